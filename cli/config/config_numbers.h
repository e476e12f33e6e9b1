/*
 * config_numbers.h - the numbers of entries that a configuration in the classic form says nothing about.
 *
 * Pure: texts in, text out.  Any thread.
 */
#ifndef CLI_CONFIG_CONFIG_NUMBERS_H
#define CLI_CONFIG_CONFIG_NUMBERS_H

#include <stdbool.h>

#include "cli/show/show.h"

/*
 * Adds to `commands` what gives the IPv4 lists of a router that has loaded `file` the numbers they have in
 * `is`: those whose entries are the same there, in the same order, and which the file does not number.
 * is and target are canonical (config_edit.h), target being what the file means.  Nothing is added when
 * there is nothing to do.  False without memory.
 */
bool config_numbers_keep(
	const char *is, const char *target, const char *file, struct text *commands);

#endif
