/*
 * md5.h - the sum `verify /md5` tells: to see that a file came over whole, no protection.
 */
#ifndef CLI_FILES_MD5_H
#define CLI_FILES_MD5_H

#include "cli/files/url.h"

enum { MD5_TEXT_MAX = 33 };

/* In hexadecimal. 0 or -errno. */
int md5_of(struct router *r, const struct url *u, char text[MD5_TEXT_MAX]);

#endif
