/*
 * landlock.c - out of the file system, and out of reach of others (landlock(7)).
 *
 * The C library has no wrappers, and its kernel headers may be older than the kernel, so what is
 * missing there is defined here.  A ruleset may only name what the running kernel knows: rights are
 * taken away by version, oldest kernel last.
 */
#include "confine/confine.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <linux/landlock.h>

/* Rights younger than Debian 12's headers. */
enum {
	FS_TRUNCATE = 1 << 14,	/* since version 3 */
	FS_IOCTL_DEV = 1 << 15, /* 5 */
	NET_BIND_TCP = 1 << 0,	/* 4 */
	NET_CONNECT_TCP = 1 << 1,
	SCOPE_ABSTRACT_UNIX_SOCKET = 1 << 0, /* 6 */
	SCOPE_SIGNAL = 1 << 1,
};

/* struct landlock_ruleset_attr as of version 6; older kernels get its beginning. */
struct ruleset {
	uint64_t fs, net, scoped;
};

enum {
	FS_READ = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR,
	FS_WRITE = LANDLOCK_ACCESS_FS_WRITE_FILE | FS_TRUNCATE,
	FS_CHANGE = LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE |
		    LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG |
		    LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_REFER,
	FS_NEVER = LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_FIFO |
		   LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_SYM,
	FS_ALL = FS_READ | FS_WRITE | FS_CHANGE | FS_NEVER | LANDLOCK_ACCESS_FS_EXECUTE |
		 FS_IOCTL_DEV,
	/* What a rule for a file that is no directory may name. */
	FS_OF_FILES =
		LANDLOCK_ACCESS_FS_READ_FILE | FS_WRITE | LANDLOCK_ACCESS_FS_EXECUTE | FS_IOCTL_DEV,
};

int
confine_landlock_version(void)
{
	long version = syscall(
		SYS_landlock_create_ruleset, NULL, (size_t)0, LANDLOCK_CREATE_RULESET_VERSION);

	return version < 0 ? 0 : (int)version;
}

static struct ruleset
ruleset_for(int version, size_t *size)
{
	struct ruleset all = { FS_ALL, NET_BIND_TCP | NET_CONNECT_TCP,
		SCOPE_ABSTRACT_UNIX_SOCKET | SCOPE_SIGNAL };

	*size = sizeof(all);
	if (version < 6)
		*size = offsetof(struct ruleset, scoped);
	if (version < 5)
		all.fs &= ~(uint64_t)FS_IOCTL_DEV;
	if (version < 4)
		*size = offsetof(struct ruleset, net);
	if (version < 3)
		all.fs &= ~(uint64_t)FS_TRUNCATE;
	if (version < 2)
		all.fs &= ~(uint64_t)LANDLOCK_ACCESS_FS_REFER;
	return all;
}

static uint64_t
rights_of(unsigned access)
{
	uint64_t rights = 0;

	if (access & CONFINE_READ)
		rights |= FS_READ;
	if (access & CONFINE_EXECUTE)
		rights |= LANDLOCK_ACCESS_FS_EXECUTE;
	if (access & CONFINE_WRITE)
		rights |= FS_WRITE;
	if (access & CONFINE_CHANGE)
		rights |= FS_CHANGE;
	if (access & CONFINE_REMOVE)
		rights |= LANDLOCK_ACCESS_FS_REMOVE_FILE;
	if (access & CONFINE_DEVICE)
		rights |= FS_IOCTL_DEV;
	return rights;
}

static int
allow(int ruleset, uint64_t handled, const struct confine_path *p)
{
	struct landlock_path_beneath_attr rule = { .allowed_access = rights_of(p->access) & handled,
		.parent_fd = p->fd };
	struct stat st;
	int rc = 0;

	if (p->path != NULL)
		rule.parent_fd = open(p->path, O_PATH | O_CLOEXEC);
	if (rule.parent_fd < 0)
		return errno == ENOENT || errno == ENOTDIR || errno == EACCES ? 0 : -errno;
	if (fstat(rule.parent_fd, &st) < 0)
		rc = -errno;
	if (rc == 0 && !S_ISDIR(st.st_mode))
		rule.allowed_access &= FS_OF_FILES;
	if (rc == 0 &&
		syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0U) < 0)
		rc = -errno;
	if (p->path != NULL)
		close(rule.parent_fd);
	return rc;
}

int
confine_files(const struct confine_path *paths, size_t n)
{
	int version = confine_landlock_version(), fd, rc = 0;
	size_t size;
	struct ruleset all = ruleset_for(version, &size);

	if (version == 0)
		return -ENOSYS;
	fd = (int)syscall(SYS_landlock_create_ruleset, &all, size, 0U);
	if (fd < 0)
		return -errno;
	for (size_t i = 0; i < n && rc == 0; i++)
		rc = allow(fd, all.fs, &paths[i]);
	if (rc == 0 && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
		rc = -errno;
	if (rc == 0 && syscall(SYS_landlock_restrict_self, fd, 0U) < 0)
		rc = -errno;
	close(fd);
	return rc;
}

int
confine_empty_directory(void)
{
	char name[] = "/tmp/acegate.XXXXXX";
	int rc;

	if (mkdtemp(name) == NULL)
		return -errno;
	rc = chmod(name, 0555) < 0 || chdir(name) < 0 ? -errno : 0; /* for the user root will be */
	rmdir(name);
	return rc;
}

int
confine_chroot(void)
{
	return chroot(".") < 0 ? -errno : 0;
}
