/*
 * url.h - the names of files as IOS types them: flash:name, nvram:startup-config, system:running-config.
 *
 * A name without a file system is in flash:, the default.  Network file systems are not there.  No state;
 * control thread where a router is asked.
 */
#ifndef CLI_FILES_URL_H
#define CLI_FILES_URL_H

#include <stdbool.h>
#include <stddef.h>

#include "router/files.h"

struct router;
struct file_writer;

enum url_place {
	URL_FLASH,	/* path is below it; "" the directory itself */
	URL_NVRAM,	/* path is "startup-config", or "" */
	URL_SYSTEM,	/* path is "running-config", or "" */
};

struct url {
	enum url_place place;
	char path[FILES_PATH_MAX + 1];
};

enum { URL_TEXT_MAX = FILES_PATH_MAX + 16 };

/* The file systems' prefixes with their help, NULL ends. */
struct url_file_system {
	const char *prefix;
	enum url_place place;
	const char *help;
};
extern const struct url_file_system url_file_systems[];

/* The length of a file system's prefix at the start of text[0..len); 0: there is none of ours. */
size_t url_prefix(const char *text, size_t len);
/* False: a file system we do not have, or a path that is too long. */
bool url_parse(const char *text, struct url *u);
/* "flash:/name". Returns buf. */
char *url_text(const struct url *u, char buf[URL_TEXT_MAX]);
/* The part behind the last slash. */
const char *url_base(const struct url *u);
bool url_is_running(const struct url *u);
bool url_is_startup(const struct url *u);

/* What is there, terminated; the running configuration as `write memory` would store it. 0 or -errno. */
int url_load(struct router *r, const struct url *u, char **text, size_t *len);
/* For errors, as IOS words them. */
const char *url_strerror(int rc);

#endif
