/*
 * confine.h - a process gives up, for good, what it does not need. Linux only; libcap, libseccomp and
 * the Landlock system calls live here.
 *
 * What each process of ours is left with is decided by its role; docs/decisions/0006 says why.
 * Everything is inherited by what the process starts, so a parent's role allows what its children's
 * need. All functions concern the calling process, are called before it has a second thread, and return
 * 0 or -errno; a caller that cannot be confined must not go on.
 */
#ifndef CONFINE_CONFINE_H
#define CONFINE_CONFINE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

enum confine_role {
	CONFINE_ROUTER,		/* acegated: holds the router, parses what sessions send */
	CONFINE_LISTENER,	/* acegate-vtyd: accepts connections and starts a login for each */
	CONFINE_TRANSPORT,	/* a login: parses what the network sends */
	CONFINE_CONSOLE,	/* acegate on that login's behalf: the user's keys, the router's text */
};

/* Closes every descriptor above stderr but these. */
void confine_descriptors(const int *keep, size_t n);

/*
 * Root becomes the user of that name, or, where there is none, a number of its own that no user of the
 * system has (the range that systemd.exec(5) keeps for DynamicUser=). Its groups go; its capabilities
 * are confine_rights()'s to take. Nothing happens to who is not root, or root of a user namespace
 * that has no such number.
 */
int confine_user(const char *name);
/*
 * All capabilities go, CAP_SYS_CHROOT excepted where keep_chroot says so and it is there; no program
 * run from here gains any; no core is dumped and nobody may attach.
 */
int confine_rights(bool keep_chroot);
/* `signal` comes when the parent, which must still be `parent` (else -ESRCH), ends. */
int confine_to_parent(pid_t parent, int signal);

/* What a file, or everything below a directory, is still good for. */
enum confine_access {
	CONFINE_READ = 1 << 0,		/* files read, directories listed */
	CONFINE_EXECUTE = 1 << 1,	/* files run */
	CONFINE_WRITE = 1 << 2,		/* files written and truncated */
	CONFINE_CHANGE = 1 << 3,	/* ... made, renamed, removed; sockets and directories too */
	CONFINE_DEVICE = 1 << 4,	/* ioctl(2) on devices */
	CONFINE_REMOVE = 1 << 5,	/* files and sockets removed, no more */
};

struct confine_path {
	const char *path;	/* NULL: fd. One that is not there is skipped. */
	int fd;
	unsigned access;	/* enum confine_access */
};

/* Whether the kernel knows Landlock: its version, 0 when it does not. */
int confine_landlock_version(void);
/*
 * Everything but these paths is out of reach, and so are TCP connections to be made, and, where the
 * kernel can do that, signals and abstract sockets of others. -ENOSYS without Landlock.
 */
int confine_files(const struct confine_path *paths, size_t n);
/* The working directory becomes one that is empty and stays so: it has no name any more. */
int confine_empty_directory(void);
/* In Landlock's place: the working directory becomes the root. Takes CAP_SYS_CHROOT. */
int confine_chroot(void);

/* The system calls the role needs; see syscalls.c for what becomes of the others. */
int confine_syscalls(enum confine_role role);
/* Bounds on memory, descriptors, processes and files written. */
int confine_limits(enum confine_role role);

#endif
