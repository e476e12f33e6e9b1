/*
 * file_dialog.h - what the handlers of files share: naming them, asking for their names, saying what went
 * wrong.
 */
#ifndef CLI_COMMANDS_FILE_DIALOG_H
#define CLI_COMMANDS_FILE_DIALOG_H

#include "cli/files/url.h"
#include "cli/session/session.h"

/* What was typed as a url; false, and said, when it is none. */
bool file_url(struct session *s, const char *text, struct url *u);
/* "%Error DOING flash:/name (Why)". Returns -1. */
int file_refuse(struct session *s, const char *doing, const struct url *u, int rc);
/* Nobody is there to ask, or `file prompt quiet`. */
bool file_asks_nothing(struct session *s);
/* "WHAT [name]? ", which file_renamed() takes the answer of. */
void file_ask_name(struct session *s, const char *what, const struct url *u,
	void (*answered)(struct session *s, const char *answer, void *arg), void *arg);
/* Enter keeps the name; another name is one in the same directory, or a whole url. False: said. */
bool file_renamed(struct session *s, const char *answer, struct url *u);

#endif
