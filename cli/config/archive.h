/*
 * archive.h - archived configurations: files of flash: named by `archive`'s path, a time and a number.
 *
 * Which there are is read from the file area each time, so they outlive the router; the numbers go on
 * from the highest.  Control thread.
 */
#ifndef CLI_CONFIG_ARCHIVE_H
#define CLI_CONFIG_ARCHIVE_H

#include "cli/files/url.h"
#include "router/router.h"

struct archived {
	char name[URL_TEXT_MAX];	/* as `show archive` names it */
	char path[FILES_PATH_MAX + 1];	/* below flash: */
	unsigned long number;
};

/* Is a path set? */
bool archive_enabled(struct router *r);
/* Whether archives can be kept at such a path: below flash:, and not too long once it has its number. */
bool archive_path_legal(const char *path);
/* The archived configurations, oldest first; the caller frees. 0 or -errno. */
int archive_list(struct router *r, struct archived **v, size_t *n);
/* What the next one will be called, as IOS says it: "flash:config-<timestamp>-3". */
void archive_next_name(struct router *r, char name[URL_TEXT_MAX]);
/* Archives the running configuration; the oldest beyond the maximum go. name, its url, may be NULL. */
int archive_save(struct router *r, char name[URL_TEXT_MAX]);

#endif
