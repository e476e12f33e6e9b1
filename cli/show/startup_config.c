/*
 * startup_config.c - `show startup-config`: the stored configuration as it lies on disk.
 *
 * "Using N out of M bytes": N is the length of the file, M the size of the file system it lives on,
 * which is the nearest thing this router has to an NVRAM.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <sys/statvfs.h>

#include "cli/show/show.h"

int
show_startup_config(struct text *t, struct router *r)
{
	struct statvfs fs;
	char *stored;
	size_t len;
	int rc = config_store_load(r, &stored, &len);

	if (rc == -ENOENT) {
		text_add(t, "startup-config is not present\n");
		return 0;
	}
	if (rc < 0)
		return rc;
	if (statvfs(config_store_path(r), &fs) == 0)
		text_addf(t, "Using %zu out of %" PRIu64 " bytes\n", len,
			(uint64_t)fs.f_blocks * fs.f_frsize);
	text_add(t, stored);
	if (len > 0 && stored[len - 1] != '\n')
		text_add(t, "\n");
	free(stored);
	return 0;
}
