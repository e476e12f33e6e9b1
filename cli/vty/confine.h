/*
 * confine.h - what each process of acegate-vtyd is left with, out of confine/'s means.
 */
#ifndef VTY_CONFINE_H
#define VTY_CONFINE_H

#include <sys/types.h>

#include "cli/vty/vty.h"
#include "confine/confine.h"

/*
 * The listener, before it accepts anything: a user of its own, no capabilities, and of the file system
 * no more than acegate takes to run. Its logins inherit all that. 0, or -1 with a message.
 */
int vty_confine_listener(const struct vty_program *program);
/* A login: ends with the listener. Exits when that has ended already. */
void vty_confine_login(pid_t listener);
/*
 * The process that speaks with the network, before the first byte of that: no files at all, nothing to
 * be started, and death for system calls that it has no use for. What it needs besides its descriptors
 * it must have by then: the runner, a pseudo-terminal. Exits when that cannot be done.
 */
void vty_confine_transport(void);
/*
 * acegate's, before it is run: what the listener had, without accepting, and without a way to the other
 * logins' processes. Exits likewise.
 */
void vty_confine_console(void);

#endif
