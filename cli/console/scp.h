/*
 * scp.h - the far end of an scp client, on stdin and stdout.
 */
#ifndef CONSOLE_SCP_H
#define CONSOLE_SCP_H

#include "cli/console/wire.h"

bool scp_is_command(const char *command);
/* Runs it, over a session that has said HELLO; writes into command. False when it did not work out. */
bool scp_run(struct wire *wire, char *command);

#endif
