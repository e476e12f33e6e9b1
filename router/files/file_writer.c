/*
 * file_writer.c - writing into the file area, and how much of it is used.
 *
 * The area is counted afresh whenever a file is opened for writing, for the host may have put something
 * there; from then on every byte written is added, whichever writer it is from, so that several at once
 * cannot take the same space twice.  Control thread.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "router/files/area.h"
#include "router/internal.h"

struct file_writer {
	struct router *router;
	int fd, dir;			 /* dir: of the file's name */
	char name[FILES_PART_MAX + 1];	 /* in dir */
	char beside[FILES_PART_MAX + 1]; /* in the area, until it is whole; "" when it appends */
	int failed;			 /* -errno of the first failure */
	size_t gathered;		 /* in piece */
	char piece[64 * 1024];
};

/* ---- how much there is ---- */

/* Takes fd over. Files that are being written count, too. */
static int
count_directory(struct files *f, int fd, unsigned depth)
{
	DIR *d = fdopendir(fd);
	const struct dirent *e;
	int rc = 0;

	if (d == NULL) {
		close(fd);
		return -ENOMEM;
	}
	while (rc == 0 && (e = readdir(d)) != NULL) {
		struct stat st;
		int sub;

		if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0 ||
			fstatat(fd, e->d_name, &st, AT_SYMLINK_NOFOLLOW) < 0)
			continue;
		f->count++;
		if (S_ISREG(st.st_mode))
			f->used += (uint64_t)st.st_size;
		if (!S_ISDIR(st.st_mode) || depth == FILES_DEPTH_MAX)
			continue;
		sub = openat(fd, e->d_name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
		if (sub >= 0)
			rc = count_directory(f, sub, depth + 1);
	}
	closedir(d);
	return rc;
}

int
files_count(struct router *r)
{
	int fd;

	if (!files_there(r))
		return -ENODEV;
	fd = openat(r->files->root, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	r->files->used = 0;
	r->files->count = 0;
	return count_directory(r->files, fd, 0);
}

uint64_t
files_left(const struct router *r)
{
	uint64_t area = FILES_AREA_BYTES, disk;
	struct statvfs fs;

	area = area > r->files->used ? area - r->files->used : 0;
	if (fstatvfs(r->files->root, &fs) < 0)
		return area;
	disk = (uint64_t)fs.f_bavail * fs.f_frsize;
	return disk < area ? disk : area;
}

int
files_space(struct router *r, uint64_t *total, uint64_t *available)
{
	int rc = files_count(r);

	if (rc < 0)
		return rc;
	*available = files_left(r);
	*total = r->files->used + *available;
	return 0;
}

/* ---- one file ---- */

/* Opens what is written to; the descriptor or -errno. */
static int
open_to_write(struct file_writer *w, enum file_write how)
{
	struct files *f = w->router->files;
	struct stat st;
	int fd;

	if (fstatat(w->dir, w->name, &st, AT_SYMLINK_NOFOLLOW) == 0 && !S_ISREG(st.st_mode))
		return S_ISDIR(st.st_mode) ? -EISDIR : -EACCES;
	if (how == FILE_APPEND) {
		fd = openat(w->dir, w->name,
			O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0600);
	} else {
		snprintf(w->beside, sizeof(w->beside), FILES_UNFINISHED "%u", f->unfinished++);
		fd = openat(f->root, w->beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	}
	return fd >= 0 ? fd : -errno;
}

struct file_writer *
file_writer_open(struct router *r, const char *path, enum file_write how, int *err)
{
	struct file_writer *w = calloc(1, sizeof(*w));
	const char *last;

	*err = w == NULL ? -ENOMEM : files_count(r);
	if (*err == 0 && r->files->count >= FILES_MOST)
		*err = -ENOSPC;
	if (*err < 0) {
		free(w);
		return NULL;
	}
	w->router = r;
	w->dir = files_parent(r, path, &last);
	if (w->dir < 0) {
		*err = w->dir;
	} else if (*last == '\0') {
		*err = -EISDIR;
	} else {
		snprintf(w->name, sizeof(w->name), "%s", last);
		w->fd = open_to_write(w, how);
		if (w->fd >= 0)
			return w;
		*err = w->fd;
	}
	if (w->dir >= 0)
		close(w->dir);
	free(w);
	return NULL;
}

/* What is gathered goes to the disk. */
static void
flush(struct file_writer *w)
{
	const char *p = w->piece;
	size_t len = w->gathered;

	w->gathered = 0;
	if (w->failed == 0 && len > files_left(w->router))
		w->failed = -ENOSPC;
	while (w->failed == 0 && len > 0) {
		ssize_t n = write(w->fd, p, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0) {
			w->failed = -errno;
			break;
		}
		w->router->files->used += (uint64_t)n;
		p += n;
		len -= (size_t)n;
	}
}

int
file_writer_add(struct file_writer *w, const void *data, size_t len)
{
	const char *p = data;

	while (w->failed == 0 && len > 0) {
		size_t room = sizeof(w->piece) - w->gathered, n = len < room ? len : room;

		memcpy(w->piece + w->gathered, p, n);
		w->gathered += n;
		p += n;
		len -= n;
		if (w->gathered == sizeof(w->piece))
			flush(w);
	}
	return w->failed;
}

/* A file is as old as the router's clock says, not the host's. */
static int
set_time(const struct file_writer *w)
{
	int64_t now = clock_wall_us(w->router->clock);
	const struct timespec at = { (time_t)(now / 1000000), (long)(now % 1000000) * 1000 };
	const struct timespec times[2] = { at, at };

	return futimens(w->fd, times);
}

int
file_writer_close(struct file_writer *w, bool keep)
{
	int root = w->router->files->root, rc;
	bool beside = w->beside[0] != '\0';

	if (keep)
		flush(w);
	rc = w->failed;
	if (rc == 0 && keep && (set_time(w) < 0 || fsync(w->fd) < 0))
		rc = -errno;
	close(w->fd);
	if (beside && rc == 0 && keep && renameat(root, w->beside, w->dir, w->name) < 0)
		rc = -errno;
	if (beside && (rc < 0 || !keep))
		(void)unlinkat(root, w->beside, 0);
	if (rc == 0 && keep && fsync(w->dir) < 0)
		rc = -errno;
	close(w->dir);
	free(w);
	return rc;
}
