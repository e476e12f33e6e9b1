/*
 * directory.c - `dir`, `show flash:`, `show file systems`: what files there are.
 *
 * nvram: and system: are not directories anywhere: each has its one configuration, and is shown as a
 * directory of that.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/show/files.h"
#include "cli/show/show_internal.h"

enum { DATE_MAX = 48 };

/* "Nov 23 2026 20:01:02 +00:00" */
static char *
date(const struct router *r, int64_t seconds, char buf[DATE_MAX])
{
	struct tm tm = router_local_time(r, seconds * 1000000);
	int ahead = router_zone(r)->minutes, minutes = abs(ahead);

	snprintf(buf, DATE_MAX, "%s %d %d %02d:%02d:%02d %c%02d:%02d", time_month_names[tm.tm_mon],
		tm.tm_mday, tm.tm_year + 1900, tm.tm_hour, tm.tm_min, tm.tm_sec,
		ahead < 0 ? '-' : '+', minutes / 60, minutes % 60);
	return buf;
}

static void
add_row(struct text *t, const struct router *r, unsigned number, const struct file_info *i,
	const char *under)
{
	char when[DATE_MAX];

	text_addf(t, "%5u  %s  %10" PRIu64 "  %27s  %s%s\n", number, i->directory ? "drw-" : "-rw-",
		i->size, i->changed_s != 0 ? date(r, i->changed_s, when) : "<no date>", under,
		i->name);
}

/* What there is below `path`; under: what stands before each name. */
static int
add_files(struct text *t, struct router *r, const char *path, const char *under, bool deep,
	unsigned *number)
{
	char below[FILES_PATH_MAX + FILES_PART_MAX + 2], name[sizeof(below)];
	struct file_info *v = NULL;
	size_t n = 0;
	int rc = files_list(r, path, &v, &n);

	for (size_t i = 0; rc == 0 && i < n; i++) {
		add_row(t, r, ++*number, &v[i], under);
		if (!deep || !v[i].directory)
			continue;
		snprintf(below, sizeof(below), "%s%s%s", path, path[0] != '\0' ? "/" : "",
			v[i].name);
		snprintf(name, sizeof(name), "%s%s/", under, v[i].name);
		rc = files_path_legal(below) ? add_files(t, r, below, name, deep, number) : 0;
	}
	free(v);
	return rc;
}

static int
add_flash(struct text *t, struct router *r, const struct url *u, bool deep)
{
	struct file_info one;
	uint64_t total, available;
	unsigned number = 0;
	char name[URL_TEXT_MAX];
	int rc = files_info(r, u->path, &one);

	if (rc == 0)
		rc = files_space(r, &total, &available);
	if (rc < 0)
		return rc;
	text_addf(t, "Directory of %s\n\n", url_text(u, name));
	if (!one.directory) {
		add_row(t, r, 1, &one, "");
	} else {
		rc = add_files(t, r, u->path, "", deep, &number);
		if (number == 0)
			text_add(t, "No files in directory\n");
	}
	text_addf(t, "\n%" PRIu64 " bytes total (%" PRIu64 " bytes free)\n", total, available);
	return rc;
}

static int
add_nvram(struct text *t, struct router *r, const struct url *u)
{
	struct file_info one = { .name = "startup-config" };
	char name[URL_TEXT_MAX], *text;
	size_t len = 0;
	int rc = config_store_load(r, &text, &len);

	if (u->path[0] != '\0' && (!url_is_startup(u) || rc < 0))
		return rc < 0 ? rc : -ENOENT;
	text_addf(t, "Directory of %s\n\n", url_text(u, name));
	if (rc == 0) {
		one.size = len;
		add_row(t, r, 1, &one, "");
		free(text);
	} else {
		text_add(t, "No files in directory\n");
	}
	text_addf(t, "\n%d bytes total (%zu bytes free)\n", CONFIG_STORE_BYTES,
		CONFIG_STORE_BYTES - len);
	return 0;
}

static int
add_system(struct text *t, struct router *r, const struct url *u)
{
	struct file_info one = { .name = "running-config" };
	struct text config = { 0 };
	char name[URL_TEXT_MAX];

	if (u->path[0] != '\0' && !url_is_running(u))
		return -ENOENT;
	show_config_file(&config, r);
	one.size = config.len;
	t->failed |= config.failed;
	text_fini(&config);
	text_addf(t, "Directory of %s\n\n", url_text(u, name));
	add_row(t, r, 1, &one, "");
	text_add(t, "\nNo space information available\n");
	return 0;
}

int
show_directory(struct text *t, struct router *r, const struct url *u, bool deep)
{
	switch (u->place) {
	case URL_FLASH:
		return add_flash(t, r, u, deep);
	case URL_NVRAM:
		return add_nvram(t, r, u);
	case URL_SYSTEM:
		return add_system(t, r, u);
	}
	return -ENODEV;
}

int
show_flash(struct text *t, struct router *r)
{
	uint64_t total, available;
	struct file_info *v;
	char when[DATE_MAX];
	size_t n;
	int rc = files_space(r, &total, &available);

	if (rc == 0)
		rc = files_list(r, "", &v, &n);
	if (rc < 0)
		return rc;
	text_add(t, "-#- --length-- -----date/time--------- path\n");
	for (size_t i = 0; i < n; i++)
		text_addf(t, "%-3zu %10" PRIu64 " %27s %s\n", i + 1, v[i].size,
			date(r, v[i].changed_s, when), v[i].name);
	free(v);
	text_addf(t, "\n%" PRIu64 " bytes available (%" PRIu64 " bytes used)\n", available,
		total - available);
	return 0;
}

static void
add_file_system(
	struct text *t, char mark, bool sized, uint64_t total, uint64_t available, const char *rest)
{
	if (sized)
		text_addf(t, "%c%13" PRIu64 "%14" PRIu64 "%s\n", mark, total, available, rest);
	else
		text_addf(t, "%c%13s%14s%s\n", mark, "-", "-", rest);
}

void
show_file_systems(struct text *t, struct router *r)
{
	uint64_t total = 0, available = 0;
	char *stored = NULL;
	size_t len = 0;

	text_add(t, "File Systems:\n\n"
		    "       Size(b)       Free(b)      Type  Flags  Prefixes\n");
	add_file_system(t, ' ', false, 0, 0, "    opaque     rw   system:");
	if (config_store_load(r, &stored, &len) == 0)
		free(stored);
	add_file_system(t, ' ', true, CONFIG_STORE_BYTES, CONFIG_STORE_BYTES - len,
		"     nvram     rw   nvram:");
	if (files_space(r, &total, &available) == 0)
		add_file_system(t, '*', true, total, available, "      disk     rw   flash:#");
}
