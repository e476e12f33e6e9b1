/*
 * archive.h - text makers for archived configurations. As show.h.
 */
#ifndef CLI_SHOW_ARCHIVE_H
#define CLI_SHOW_ARCHIVE_H

#include "cli/show/show.h"

void show_archive(struct text *t, struct router *r);
void show_rollback_timer(struct text *t, struct router *r);
/* `show archive log config all`: what was typed, and when. */
void show_archive_log(struct text *t, struct router *r);

#endif
