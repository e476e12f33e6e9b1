/*
 * replay_main.h - `acegate replay`: a capture through one access list, without a router running.
 */
#ifndef REPLAY_MAIN_H
#define REPLAY_MAIN_H

/* The subcommand's main(): argv[0] is "replay". Returns the exit status. */
int replay_main(int argc, char **argv);

#endif
