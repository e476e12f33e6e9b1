/*
 * startup_config.c - `show startup-config`: the stored configuration as it lies on disk.
 *
 * "Using N out of M bytes": N is the length of the file, M what may be stored at most.
 */
#include <errno.h>
#include <stdlib.h>

#include "cli/show/show.h"

int
show_startup_config(struct text *t, struct router *r)
{
	char *stored;
	size_t len;
	int rc = config_store_load(r, &stored, &len);

	if (rc == -ENOENT) {
		text_add(t, "startup-config is not present\n");
		return 0;
	}
	if (rc < 0)
		return rc;
	text_addf(t, "Using %zu out of %d bytes\n", len, CONFIG_STORE_BYTES);
	text_add(t, stored);
	if (len > 0 && stored[len - 1] != '\n')
		text_add(t, "\n");
	free(stored);
	return 0;
}
