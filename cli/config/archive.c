/*
 * archive.c - see archive.h.
 *
 * In the path $h is the host name and $t the time; without a $t the time is put behind (Cisco,
 * "Configuration Replace and Configuration Rollback").
 */
#include "cli/config/archive.h"

#include <ctype.h>
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

/* What a name has behind its time, without the zone that stamp() may have put there; NULL: no time. */
static const char *
skip_stamp(const char *name)
{
	static const char shape[] = "-dd-dd-dd-dd.ddd";
	size_t month = 0;

	while (month < 12 && strncmp(name, time_month_names[month], 3) != 0)
		month++;
	if (month == 12)
		return NULL;
	name += 3;
	for (const char *p = shape; *p != '\0'; p++, name++) {
		bool tens_of_day = p == shape + 1;

		if (*p == 'd' ? !isdigit((unsigned char)*name) && !(tens_of_day && *name == '-')
			      : *name != *p)
			return NULL;
	}
	return name;
}

/* The number behind a dash, and nothing else. */
static bool
is_number(const char *name, unsigned long *number)
{
	char *end;

	if (name[0] != '-' || !isdigit((unsigned char)name[1]))
		return false;
	*number = strtoul(name + 1, &end, 10);
	return *end == '\0';
}

/*
 * Whether a file's name is what the last part of a path makes, with a number at its end.  Names that only
 * begin alike are another path's.
 */
static bool
is_archived(struct router *r, const char *path, const char *name, unsigned long *number)
{
	const char *host = router_hostname(r);

	if (path[0] == '\0')
		return is_number(name, number);
	if (strncmp(path, "$h", 2) == 0)
		return strncmp(name, host, strlen(host)) == 0 &&
		       is_archived(r, path + 2, name + strlen(host), number);
	if (strncmp(path, "$t", 2) != 0)
		return path[0] == name[0] && is_archived(r, path + 1, name + 1, number);
	name = skip_stamp(name);
	if (name == NULL)
		return false;
	if (is_archived(r, path + 2, name, number))
		return true;
	return *name == '-' && is_archived(r, path + 2, name + 1 + strcspn(name + 1, "-"), number);
}

/* The part of a path that is a file's name, not a directory's. */
static const char *
last_part(const char *path)
{
	const char *at = strrchr(path, '/');

	at = at != NULL ? at : strchr(path, ':');
	return at != NULL ? at + 1 : path;
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
	char begins[URL_TEXT_MAX], like[URL_TEXT_MAX + sizeof("-$t")];
	struct file_info *file = NULL;
	struct url directory;
	size_t files = 0, len;
	int rc;

	*v = NULL;
	*n = 0;
	snprintf(like, sizeof(like), "%s%s", last_part(archive_settings(r)->path),
		has_time(r) ? "" : "-$t");
	expand(r, NULL, begins, sizeof(begins));
	len = (size_t)(last_part(begins) - begins);
	begins[len] = '\0';
	if (!url_parse(begins, &directory))
		return -EINVAL;
	rc = files_list(r, directory.path, &file, &files);
	if (rc == 0)
		*v = calloc(files + 1, sizeof(**v));
	if (rc == 0 && *v == NULL)
		rc = -ENOMEM;
	for (size_t i = 0; rc == 0 && i < files; i++) {
		struct archived *a = &(*v)[*n];

		if (file[i].directory || !is_archived(r, like, file[i].name, &a->number))
			continue;
		/* The name as typed, slash or not behind the file system; one too long is not ours. */
		if ((size_t)snprintf(a->path, sizeof(a->path), "%s%s%s", directory.path,
			    directory.path[0] != '\0' ? "/" : "",
			    file[i].name) >= sizeof(a->path) ||
			(size_t)snprintf(a->name, sizeof(a->name), "%s%s", begins, file[i].name) >=
				sizeof(a->name))
			continue;
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
