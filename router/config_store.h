/*
 * config_store.h - the startup-config on disk: read whole, replaced whole.
 */
#ifndef ROUTER_CONFIG_STORE_H
#define ROUTER_CONFIG_STORE_H

#include <stddef.h>

struct router;

/* This router's NVRAM: a configuration beyond it is not stored (-ENOSPC). */
enum { CONFIG_STORE_BYTES = 32 << 20 };

/*
 * Replaces the startup-config: a temporary file beside it (mode 0600), fsync, rename, fsync of the
 * directory; a kill at any moment leaves the old or the new file, whole.  0 or -errno (-ENOENT when
 * the router was started without a path).
 */
int config_store_save(struct router *r, const char *text, size_t len);
/* *text is malloc'ed and terminated. 0, or -ENOENT when there is none, or -errno. */
int config_store_load(struct router *r, char **text, size_t *len);
/* `erase startup-config`. 0 or -errno; none there is 0. */
int config_store_erase(struct router *r);
const char *config_store_path(const struct router *r);

#endif
