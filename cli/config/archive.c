/*
 * archive.c - see archive.h.
 *
 * In the path $h is the host name and $t the time; without a $t the time is put behind (Cisco,
 * "Configuration Replace and Configuration Rollback").
 */
#include "cli/config/archive.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/show/show.h"

enum { STAMP_MAX = 48, ROOM_FOR_NUMBER = 64 };

bool
archive_enabled(struct router *r)
{
	return archive_settings(r)->path[0] != '\0';
}

bool
archive_path_legal(const char *path)
{
	struct url u;

	if (strlen(path) >= sizeof(((struct archive *)0)->path) || !url_parse(path, &u) ||
		u.place != URL_FLASH || !files_path_legal(u.path))
		return false;
	return strlen(url_base(&u)) + ROOM_FOR_NUMBER <= FILES_PART_MAX &&
	       strlen(u.path) + ROOM_FOR_NUMBER <= FILES_PATH_MAX;
}

/* "May--4-14-05-34.882": a file's name cannot have the blanks and colons. */
static char *
stamp(struct router *r, char buf[STAMP_MAX])
{
	int64_t now_us = clock_wall_us(router_clock(r));
	struct tm tm = router_local_time(r, now_us);
	const char *zone = router_zone(r)->name;
	bool named = strcmp(zone, "UTC") != 0;
	char day[4];

	snprintf(day, sizeof(day), "%2d", tm.tm_mday);
	if (day[0] == ' ')
		day[0] = '-';
	snprintf(buf, STAMP_MAX, "%s-%s-%02d-%02d-%02d.%03u%s%s", time_month_names[tm.tm_mon], day,
		tm.tm_hour, tm.tm_min, tm.tm_sec, (unsigned)(now_us / 1000 % 1000),
		named ? "-" : "", named ? zone : "");
	return buf;
}

/* The path with $h and, unless `time` is NULL, $t filled in; what stands behind a $t is left out then. */
static void
expand(struct router *r, const char *time, char *out, size_t size)
{
	size_t n = 0;

	for (const char *p = archive_settings(r)->path; *p != '\0' && n + 1 < size; p++) {
		const char *with = NULL;

		if (strncmp(p, "$h", 2) == 0)
			with = router_hostname(r);
		else if (strncmp(p, "$t", 2) == 0 && time == NULL)
			break;
		else if (strncmp(p, "$t", 2) == 0)
			with = time;
		if (with == NULL) {
			out[n++] = *p;
			continue;
		}
		n += (size_t)snprintf(out + n, size - n, "%s", with);
		if (n >= size)
			n = size - 1;
		p++;
	}
	out[n] = '\0';
}

static bool
has_time(struct router *r)
{
	return strstr(archive_settings(r)->path, "$t") != NULL;
}

/* "flash:config-TIME-7", given the time and the number. */
static void
make_name(struct router *r, const char *time, unsigned long number, char name[URL_TEXT_MAX])
{
	size_t len;

	expand(r, time, name, URL_TEXT_MAX);
	len = strlen(name);
	if (has_time(r))
		snprintf(name + len, URL_TEXT_MAX - len, "-%lu", number);
	else
		snprintf(name + len, URL_TEXT_MAX - len, "-%s-%lu", time, number);
}

/* The number at the end of an archived file's name; false when it is none of ours. */
static bool
number_of(const char *name, const char *prefix, unsigned long *number)
{
	const char *dash = strrchr(name, '-');
	char *end;

	if (strncmp(name, prefix, strlen(prefix)) != 0 || dash == NULL || dash[1] == '\0' ||
		dash < name + strlen(prefix))
		return false;
	*number = strtoul(dash + 1, &end, 10);
	return *end == '\0';
}

static int
by_number(const void *va, const void *vb)
{
	const struct archived *a = va, *b = vb;

	return (a->number > b->number) - (a->number < b->number);
}

int
archive_list(struct router *r, struct archived **v, size_t *n)
{
	char begins[URL_TEXT_MAX], directory[FILES_PATH_MAX + 1];
	struct file_info *file = NULL;
	const char *prefix;
	struct url u;
	size_t files = 0;
	int rc;

	*v = NULL;
	*n = 0;
	expand(r, NULL, begins, sizeof(begins));
	if (!url_parse(begins, &u))
		return -EINVAL;
	prefix = url_base(&u);
	snprintf(directory, sizeof(directory), "%.*s",
		(int)(prefix > u.path ? prefix - u.path - 1 : 0), u.path);
	rc = files_list(r, directory, &file, &files);
	if (rc == 0)
		*v = calloc(files + 1, sizeof(**v));
	if (rc == 0 && *v == NULL)
		rc = -ENOMEM;
	for (size_t i = 0; rc == 0 && i < files; i++) {
		struct archived *a = &(*v)[*n];

		if (file[i].directory || !number_of(file[i].name, prefix, &a->number))
			continue;
		snprintf(a->path, sizeof(a->path), "%.*s%s", (int)(prefix - u.path), u.path,
			file[i].name);
		/* As typed, slash or not behind the file system. */
		snprintf(a->name, sizeof(a->name), "%.*s%s", (int)(strlen(begins) - strlen(prefix)),
			begins, file[i].name);
		(*n)++;
	}
	free(file);
	if (*n > 0)
		qsort(*v, *n, sizeof(**v), by_number);
	return rc;
}

static unsigned long
next_number(const struct archived *v, size_t n)
{
	return n > 0 ? v[n - 1].number + 1 : 0;
}

void
archive_next_name(struct router *r, char name[URL_TEXT_MAX])
{
	struct archived *v;
	size_t n;

	(void)archive_list(r, &v, &n);
	make_name(r, "<timestamp>", next_number(v, n), name);
	free(v);
}

static int
write_running(struct router *r, const char *path)
{
	struct text config = { 0 };
	struct file_writer *w;
	int rc = -ENOMEM;

	show_config_file(&config, r);
	if (!config.failed) {
		w = file_writer_open(r, path, FILE_REPLACE, &rc);
		if (w != NULL) {
			(void)file_writer_add(w, config.s, config.len);
			rc = file_writer_close(w, true);
		}
	}
	text_fini(&config);
	return rc;
}

int
archive_save(struct router *r, char name[URL_TEXT_MAX])
{
	char time[STAMP_MAX], made[URL_TEXT_MAX];
	struct archived *v;
	struct url u;
	size_t n, keep = archive_settings(r)->maximum - 1;
	int rc;

	if (!archive_enabled(r))
		return -ENOENT;
	rc = archive_list(r, &v, &n);
	if (rc < 0)
		return rc;
	make_name(r, stamp(r, time), next_number(v, n), made);
	rc = url_parse(made, &u) ? write_running(r, u.path) : -ENAMETOOLONG;
	for (size_t i = 0; rc == 0 && n - i > keep; i++)
		(void)files_remove(r, v[i].path);
	free(v);
	if (rc == 0 && name != NULL)
		snprintf(name, URL_TEXT_MAX, "%s", made);
	return rc;
}
