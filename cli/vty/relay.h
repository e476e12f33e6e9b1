/*
 * relay.h - carries a login's bytes between its connection and its pseudo-terminal.
 */
#ifndef VTY_RELAY_H
#define VTY_RELAY_H

/*
 * Runs until either side ends: when the terminal's side does, all it wrote is delivered and the
 * connection shut down in order; a connection whose terminal never wrote a byte is reset without a
 * word. Closes both descriptors.
 */
void relay_run(int net, int pty);

#endif
