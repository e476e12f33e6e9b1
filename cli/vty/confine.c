/*
 * confine.c - what each process of acegate-vtyd is left with.
 *
 * acegate is run for a login after all rights are gone, so what it takes to run it is what they are left
 * with: the program, the dynamic loader and libraries, terminal descriptions, pseudo-terminals.  The
 * transport is not left with even that, nor with the terminal that acegated may have been started from.
 *
 * All logins' terminals belong to one user.  That none opens another's is seen to where they are made:
 * nobody may open them again (program.c, cli/console/editor).
 *
 * A kernel without Landlock leaves the file system to its own permissions; there the listener keeps one
 * capability, CAP_SYS_CHROOT, and each transport spends it on an empty root directory before it reads
 * anything.
 */
#include "cli/vty/confine.h"

#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Sanitizers report there. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
enum { KEEPS_STDERR = 1 };
#else
enum { KEEPS_STDERR = 0 };
#endif

/* Without Landlock: the working directory is to be the transports' root. */
static bool in_empty_directory;

/* The first object is this program; acegate has the same loader. */
static int
find_loader(struct dl_phdr_info *info, size_t size, void *arg)
{
	const char **loader = arg;

	(void)size;
	for (size_t i = 0; i < info->dlpi_phnum; i++)
		if (info->dlpi_phdr[i].p_type == PT_INTERP)
			*loader = (const char *)(info->dlpi_addr + info->dlpi_phdr[i].p_vaddr);
	return 1;
}

static int
confine_to_program(const struct vty_program *program)
{
	const char *loader = "/lib/ld.so";
	const struct confine_path paths[] = {
		{ .fd = program->fd, .access = CONFINE_READ | CONFINE_EXECUTE },
		{ .path = (dl_iterate_phdr(find_loader, &loader), loader),
			.access = CONFINE_READ | CONFINE_EXECUTE },
		{ .path = "/etc/ld.so.cache", .access = CONFINE_READ },
		{ .path = "/lib", .access = CONFINE_READ },
		{ .path = "/lib64", .access = CONFINE_READ },
		{ .path = "/usr/lib", .access = CONFINE_READ },
		{ .path = "/usr/lib64", .access = CONFINE_READ },
		{ .path = "/usr/local/lib", .access = CONFINE_READ },
		{ .path = "/etc/terminfo", .access = CONFINE_READ },
		{ .path = "/usr/share/terminfo", .access = CONFINE_READ },
		{ .path = "/dev/null", .access = CONFINE_READ | CONFINE_WRITE | CONFINE_DEVICE },
		{ .path = "/dev/ptmx", .access = CONFINE_READ | CONFINE_WRITE | CONFINE_DEVICE },
		{ .path = "/dev/pts", .access = CONFINE_READ | CONFINE_WRITE | CONFINE_DEVICE },
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
		{ .path = "/proc", .access = CONFINE_READ }, /* its runtime's own memory map */
#endif
	};

	return confine_files(paths, sizeof(paths) / sizeof(paths[0]));
}

int
vty_confine_listener(const struct vty_program *program)
{
	bool landlock = confine_landlock_version() > 0;
	int rc;

	if (!landlock) {
		fputs("acegate-vtyd: this kernel has no Landlock; logins get an empty root "
		      "directory instead, if there is privilege for it\n",
			stderr);
		in_empty_directory = confine_empty_directory() == 0;
	}
	rc = confine_user(ACEGATE_USER);
	if (rc == 0)
		rc = confine_rights(!landlock);
	if (rc == 0 && landlock)
		rc = confine_to_program(program);
	if (rc == 0)
		rc = confine_limits(CONFINE_LISTENER);
	if (rc == 0)
		rc = confine_syscalls(CONFINE_LISTENER);
	if (rc < 0)
		fprintf(stderr, "acegate-vtyd: cannot give up privileges: %s\n", strerror(-rc));
	return rc < 0 ? -1 : 0;
}

static void
check(int rc)
{
	if (rc == 0)
		return;
	fprintf(stderr, "acegate-vtyd: a login cannot give up privileges: %s\n", strerror(-rc));
	_exit(1);
}

void
vty_confine_login(pid_t listener)
{
	if (confine_to_parent(listener, SIGHUP) < 0)
		_exit(0);
}

/* Only root has the privilege; elsewhere the system calls alone keep files away. */
static int
confine_to_nothing(void)
{
	int rc;

	if (confine_landlock_version() > 0)
		return confine_files(NULL, 0);
	rc = in_empty_directory ? confine_chroot() : -EPERM;
	return rc == -EPERM ? 0 : rc;
}

/* What acegated was started with: somebody's terminal, to read from and write to. */
static void
forget_standard_files(int null)
{
	const int last = KEEPS_STDERR ? STDOUT_FILENO : STDERR_FILENO;

	if (null < 0)
		check(-errno);
	for (int fd = STDIN_FILENO; fd <= last; fd++)
		check(dup2(null, fd) < 0 ? -errno : 0);
	if (null > STDERR_FILENO)
		close(null);
}

void
vty_confine_transport(void)
{
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);

	check(confine_limits(CONFINE_TRANSPORT));
	check(confine_to_nothing());
	check(confine_rights(false));
	forget_standard_files(null);
	check(confine_syscalls(CONFINE_TRANSPORT));
}

void
vty_confine_console(void)
{
	check(confine_limits(CONFINE_CONSOLE));
	check(confine_rights(false));
	check(confine_syscalls(CONFINE_CONSOLE));
}
