/*
 * files.c - the file area: finding, listing, reading, removing.
 *
 * The area's directory is opened when the router is made and everything is named relative to it, one
 * part at a time with O_NOFOLLOW, so neither `..` nor a link that somebody put there on the host leads
 * out of it.  Control thread.
 */
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "router/files/area.h"
#include "router/internal.h"

struct files *
files_of(const struct router *r)
{
	return r->files;
}

bool
files_there(const struct router *r)
{
	return r->files != NULL && r->files->root >= 0;
}

bool
files_prompt_quiet(const struct router *r)
{
	return r->files->prompt_quiet;
}

void
files_set_prompt_quiet(struct router *r, bool quiet)
{
	r->files->prompt_quiet = quiet;
}

bool
files_scp_server(const struct router *r)
{
	return r->files->scp_server;
}

void
files_set_scp_server(struct router *r, bool on)
{
	r->files->scp_server = on;
}

/* ---- names ---- */

static bool
part_legal(const char *part, size_t len)
{
	if (len == 0 || len > FILES_PART_MAX || part[0] == '.')
		return false;
	for (size_t i = 0; i < len; i++)
		if (!isgraph((unsigned char)part[i]) || strchr("\\:|\"'", part[i]) != NULL)
			return false;
	return true;
}

bool
files_path_legal(const char *path)
{
	size_t parts = 0;

	if (strlen(path) > FILES_PATH_MAX)
		return false;
	while (*path != '\0') {
		size_t len = strcspn(path, "/");

		if (!part_legal(path, len) || ++parts > FILES_DEPTH_MAX)
			return false;
		path += len;
		if (*path == '/' && *++path == '\0')
			return false;
	}
	return true;
}

int
files_parent(struct router *r, const char *path, const char **last)
{
	char part[FILES_PART_MAX + 1];
	int dir, next;

	if (!files_there(r))
		return -ENODEV;
	if (!files_path_legal(path))
		return -EACCES;
	dir = openat(r->files->root, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	while (dir >= 0 && strchr(path, '/') != NULL) {
		size_t len = strcspn(path, "/");

		snprintf(part, sizeof(part), "%.*s", (int)len, path);
		next = openat(dir, part, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
		close(dir);
		dir = next;
		path += len + 1;
	}
	*last = path;
	return dir >= 0 ? dir : -errno;
}

/* ---- the area ---- */

/* What a router that was killed while it wrote has left. */
static void
remove_unfinished(int root)
{
	int fd = openat(root, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *d = fd >= 0 ? fdopendir(fd) : NULL;
	const struct dirent *e;

	if (d == NULL) {
		if (fd >= 0)
			close(fd);
		return;
	}
	while ((e = readdir(d)) != NULL)
		if (strncmp(e->d_name, FILES_UNFINISHED, strlen(FILES_UNFINISHED)) == 0)
			(void)unlinkat(root, e->d_name, 0);
	closedir(d);
}

int
files_init(struct router *r, const char *path)
{
	r->files = calloc(1, sizeof(*r->files));
	if (r->files == NULL)
		return -ENOMEM;
	r->files->root = -1;
	if (path == NULL)
		return 0;
	if (mkdir(path, 0700) < 0 && errno != EEXIST)
		return 0; /* a router without flash: is one all the same */
	r->files->root = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (r->files->root >= 0)
		remove_unfinished(r->files->root);
	return 0;
}

void
files_fini(struct router *r)
{
	if (r->files != NULL && r->files->root >= 0)
		close(r->files->root);
	free(r->files);
	r->files = NULL;
}

/* ---- one file ---- */

static bool
describe(int dir, const char *name, struct file_info *info)
{
	struct stat st;

	if (fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) < 0)
		return false;
	if (!S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode)) {
		errno = ENOENT; /* a link, a pipe: not ours */
		return false;
	}
	memset(info, 0, sizeof(*info));
	snprintf(info->name, sizeof(info->name), "%s", name);
	info->directory = S_ISDIR(st.st_mode);
	info->size = info->directory ? 0 : (uint64_t)st.st_size;
	info->changed_s = st.st_mtime;
	return true;
}

int
files_info(struct router *r, const char *path, struct file_info *info)
{
	const char *last;
	int dir = files_parent(r, path, &last), rc = 0;

	if (dir < 0)
		return dir;
	if (!describe(dir, *last != '\0' ? last : ".", info))
		rc = -errno;
	close(dir);
	return rc;
}

int
files_open(struct router *r, const char *path)
{
	const char *last;
	struct stat st;
	int dir = files_parent(r, path, &last), fd;

	if (dir < 0)
		return dir;
	fd = openat(dir, *last != '\0' ? last : ".",
		O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (fd < 0)
		fd = errno == ELOOP ? -ENOENT : -errno;
	close(dir);
	if (fd < 0)
		return fd;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode))
		return fd;
	close(fd);
	return S_ISDIR(st.st_mode) ? -EISDIR : -ENOENT;
}

static int
read_whole(int fd, char **data, size_t *len)
{
	struct stat st;
	char *buf;
	ssize_t n;

	if (fstat(fd, &st) < 0)
		return -errno;
	if (st.st_size > FILES_AREA_BYTES)
		return -EFBIG;
	buf = malloc((size_t)st.st_size + 1);
	if (buf == NULL)
		return -ENOMEM;
	*len = 0;
	do {
		n = read(fd, buf + *len, (size_t)st.st_size - *len);
		if (n > 0)
			*len += (size_t)n;
	} while (n > 0 || (n < 0 && errno == EINTR));
	if (n < 0) {
		int rc = -errno;

		free(buf);
		return rc;
	}
	buf[*len] = '\0';
	*data = buf;
	return 0;
}

int
files_load(struct router *r, const char *path, char **data, size_t *len)
{
	int fd = files_open(r, path), rc;

	if (fd < 0)
		return fd;
	rc = read_whole(fd, data, len);
	close(fd);
	return rc;
}

/* ---- directories ---- */

static int
by_name(const void *a, const void *b)
{
	return strcmp(((const struct file_info *)a)->name, ((const struct file_info *)b)->name);
}

/* Takes fd over. */
static int
list_directory(int fd, struct file_info **v, size_t *n)
{
	DIR *d = fdopendir(fd);
	const struct dirent *e;
	size_t room = 0;

	*v = NULL;
	*n = 0;
	if (d == NULL) {
		close(fd);
		return -ENOMEM;
	}
	while ((e = readdir(d)) != NULL && *n < FILES_MOST) {
		if (!part_legal(e->d_name, strlen(e->d_name)))
			continue;
		if (*n == room) {
			struct file_info *more =
				reallocarray(*v, room = room * 2 + 16, sizeof(**v));

			if (more == NULL) {
				free(*v);
				*v = NULL;
				closedir(d);
				return -ENOMEM;
			}
			*v = more;
		}
		*n += describe(fd, e->d_name, &(*v)[*n]);
	}
	closedir(d);
	if (*n > 0)
		qsort(*v, *n, sizeof(**v), by_name);
	return 0;
}

int
files_list(struct router *r, const char *path, struct file_info **v, size_t *n)
{
	const char *last;
	int dir = files_parent(r, path, &last), fd, rc;

	if (dir < 0)
		return dir;
	fd = openat(
		dir, *last != '\0' ? last : ".", O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	rc = fd >= 0 ? list_directory(fd, v, n) : -errno;
	close(dir);
	return rc;
}

/* ---- changing ---- */

/* Does to the last part of a path what unlinkat() does, or with `make` mkdirat(). */
static int
at_last(struct router *r, const char *path, int flags, bool make)
{
	const char *last;
	int dir = files_parent(r, path, &last), rc;

	if (dir < 0)
		return dir;
	if (*last == '\0')
		rc = make ? -EEXIST : -EACCES;
	else if (make)
		rc = mkdirat(dir, last, 0700) < 0 ? -errno : 0;
	else
		rc = unlinkat(dir, last, flags) < 0 ? -errno : 0;
	close(dir);
	return rc;
}

int
files_remove(struct router *r, const char *path)
{
	struct file_info info;
	int rc = files_info(r, path, &info);

	if (rc < 0)
		return rc;
	return info.directory ? -EISDIR : at_last(r, path, 0, false);
}

int
files_remove_directory(struct router *r, const char *path)
{
	return at_last(r, path, AT_REMOVEDIR, false);
}

int
files_make_directory(struct router *r, const char *path)
{
	int rc = files_count(r);

	if (rc < 0)
		return rc;
	if (r->files->count >= FILES_MOST)
		return -ENOSPC;
	return at_last(r, path, 0, true);
}

int
files_rename(struct router *r, const char *from, const char *to)
{
	struct file_info info;
	const char *from_last, *to_last;
	int from_dir, to_dir, rc = files_info(r, from, &info);

	if (rc < 0)
		return rc;
	if (files_info(r, to, &info) == 0)
		return -EEXIST;
	from_dir = files_parent(r, from, &from_last);
	to_dir = files_parent(r, to, &to_last);
	if (from_dir < 0 || to_dir < 0)
		rc = from_dir < 0 ? from_dir : to_dir;
	else if (*from_last == '\0' || *to_last == '\0')
		rc = -EACCES;
	else if (renameat(from_dir, from_last, to_dir, to_last) < 0)
		rc = -errno;
	if (from_dir >= 0)
		close(from_dir);
	if (to_dir >= 0)
		close(to_dir);
	return rc;
}
