/*
 * url.c - see url.h.
 */
#include "cli/files/url.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "cli/show/show.h"
#include "router/router.h"

const struct url_file_system url_file_systems[] = {
	{ "flash:", URL_FLASH, "Directory or file name" },
	{ "nvram:", URL_NVRAM, "Directory or file name" },
	{ "system:", URL_SYSTEM, "Directory or file name" },
	{ NULL, URL_FLASH, NULL },
};

static const struct url_file_system *
find_file_system(const char *text, size_t len)
{
	for (const struct url_file_system *fs = url_file_systems; fs->prefix != NULL; fs++)
		if (len >= strlen(fs->prefix) &&
			strncasecmp(text, fs->prefix, strlen(fs->prefix)) == 0)
			return fs;
	return NULL;
}

size_t
url_prefix(const char *text, size_t len)
{
	const struct url_file_system *fs = find_file_system(text, len);

	return fs != NULL ? strlen(fs->prefix) : 0;
}

bool
url_parse(const char *text, struct url *u)
{
	const struct url_file_system *fs = find_file_system(text, strlen(text));
	size_t len;

	if (fs == NULL && strchr(text, ':') != NULL)
		return false;
	u->place = fs != NULL ? fs->place : URL_FLASH;
	text += fs != NULL ? strlen(fs->prefix) : 0;
	text += strspn(text, "/");
	len = strlen(text);
	while (len > 0 && text[len - 1] == '/')
		len--;
	if (len > FILES_PATH_MAX)
		return false;
	memcpy(u->path, text, len);
	u->path[len] = '\0';
	return true;
}

char *
url_text(const struct url *u, char buf[URL_TEXT_MAX])
{
	const struct url_file_system *fs = url_file_systems;

	while (fs->place != u->place)
		fs++;
	snprintf(buf, URL_TEXT_MAX, "%s/%s", fs->prefix, u->path);
	return buf;
}

const char *
url_base(const struct url *u)
{
	const char *slash = strrchr(u->path, '/');

	return slash != NULL ? slash + 1 : u->path;
}

bool
url_is_running(const struct url *u)
{
	return u->place == URL_SYSTEM && strcmp(u->path, "running-config") == 0;
}

bool
url_is_startup(const struct url *u)
{
	return u->place == URL_NVRAM && strcmp(u->path, "startup-config") == 0;
}

static int
load_running(struct router *r, char **text, size_t *len)
{
	struct text config = { 0 };

	show_config_file(&config, r);
	if (config.failed || config.s == NULL) {
		text_fini(&config);
		return -ENOMEM;
	}
	*text = config.s; /* theirs now */
	*len = config.len;
	return 0;
}

int
url_load(struct router *r, const struct url *u, char **text, size_t *len)
{
	if (url_is_running(u))
		return load_running(r, text, len);
	if (url_is_startup(u))
		return config_store_load(r, text, len);
	if (u->place == URL_FLASH)
		return files_load(r, u->path, text, len);
	return u->path[0] == '\0' ? -EISDIR : -ENOENT;
}

const char *
url_strerror(int rc)
{
	return strerror(-rc);
}
