/*
 * config_store.c - the startup-config on disk.
 *
 * rename(2) over the old file is what makes a kill at any moment harmless: the name always stands
 * for a whole file, and the fsyncs make that true across a power cut too.
 */
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "router/internal.h"

static int
write_all(int fd, const char *text, size_t len)
{
	while (len > 0) {
		ssize_t n = write(fd, text, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -errno;
		text += n;
		len -= (size_t)n;
	}
	return 0;
}

static int
sync_directory_of(const char *path)
{
	char copy[PATH_MAX];
	int fd, rc = 0;

	snprintf(copy, sizeof(copy), "%s", path);
	fd = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	if (fsync(fd) < 0)
		rc = -errno;
	close(fd);
	return rc;
}

int
config_store_write(const char *path, const char *text, size_t len)
{
	char temporary[PATH_MAX];
	int fd, rc;

	/*
	 * One fixed name, so that what a kill leaves behind is taken up by the next save and never piles
	 * up; exclusive, so that nobody's link is followed.
	 */
	if (snprintf(temporary, sizeof(temporary), "%s.new", path) >= PATH_MAX)
		return -ENAMETOOLONG;
	unlink(temporary);
	fd = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd < 0)
		return -errno;
	rc = write_all(fd, text, len);
	if (rc == 0 && fsync(fd) < 0)
		rc = -errno;
	if (close(fd) < 0 && rc == 0)
		rc = -errno;
	if (rc == 0 && rename(temporary, path) < 0)
		rc = -errno;
	if (rc < 0)
		unlink(temporary);
	else
		rc = sync_directory_of(path);
	return rc;
}

int
config_store_save(struct router *r, const char *text, size_t len)
{
	if (r->startup_path == NULL)
		return -ENOENT;
	return len <= CONFIG_STORE_BYTES ? config_store_write(r->startup_path, text, len) : -ENOSPC;
}

/* To the end of the file, whatever it is: a file, a pipe from a shell's <( ). */
static int
read_all(FILE *f, char **text, size_t *len)
{
	size_t room = 4096;
	char *buf = malloc(room), *grown;

	*len = 0;
	while (buf != NULL) {
		*len += fread(buf + *len, 1, room - *len - 1, f);
		if (*len < room - 1)
			break;
		room *= 2;
		grown = realloc(buf, room);
		if (grown == NULL)
			free(buf);
		buf = grown;
	}
	if (buf == NULL)
		return -ENOMEM;
	if (ferror(f)) {
		free(buf);
		return -EIO;
	}
	buf[*len] = '\0';
	*text = buf;
	return 0;
}

int
config_store_load(struct router *r, char **text, size_t *len)
{
	FILE *f;
	int rc;

	if (r->startup_path == NULL)
		return -ENOENT;
	f = fopen(r->startup_path, "re");
	if (f == NULL)
		return -errno;
	rc = read_all(f, text, len);
	fclose(f);
	return rc;
}

int
config_store_erase(struct router *r)
{
	if (r->startup_path == NULL)
		return -ENOENT;
	ssh_keys_erase_file(r);
	if (unlink(r->startup_path) < 0)
		return errno == ENOENT ? 0 : -errno;
	return sync_directory_of(r->startup_path);
}

const char *
config_store_path(const struct router *r)
{
	return r->startup_path;
}
