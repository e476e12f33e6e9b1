/*
 * factory.h - the configuration of a router that has none yet.
 */
#ifndef CLI_COMMANDS_FACTORY_H
#define CLI_COMMANDS_FACTORY_H

/* IOS text, as a startup-config would hold it; for session_load(). */
extern const char factory_config[];

#endif
