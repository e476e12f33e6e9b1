/*
 * saving.h - configurations stored and merged, for the handlers of several tables.
 */
#ifndef CLI_COMMANDS_SAVING_H
#define CLI_COMMANDS_SAVING_H

#include "cli/session/session.h"

/* The running configuration to the startup-config, said as IOS does; archived if so configured. 0 or -1. */
int saving_save(struct session *s);
/* Runs the lines of a configuration as if they were typed; those refused are shown with their caret. */
void saving_merge(struct session *s, const char *from, const char *text);
/* The running configuration was changed since start, and is not what is stored. */
bool saving_is_due(struct router *r);

#endif
