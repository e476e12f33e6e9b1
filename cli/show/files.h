/*
 * files.h - text makers for files: directories and file systems. As show.h.
 */
#ifndef CLI_SHOW_FILES_H
#define CLI_SHOW_FILES_H

#include "cli/files/url.h"
#include "cli/show/show.h"

/* `dir`; deep: with what is in directories. 0, or -errno when there is no such place. */
int show_directory(struct text *t, struct router *r, const struct url *u, bool deep);
/* `show flash:`. 0 or -errno. */
int show_flash(struct text *t, struct router *r);
void show_file_systems(struct text *t, struct router *r);

#endif
