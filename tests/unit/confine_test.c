/*
 * confine_test.c - each role tries what it is not to be able to do.
 *
 * Every attempt runs in a child of its own, confined as our processes confine themselves, and tells by
 * its end what happened: the errno it got as exit status, or the signal that killed it.  What takes root
 * or Landlock is skipped without them.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "confine/confine.h"

enum { SIGNALLED = 1000, SETUP_FAILED = 99 };

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
enum { SANITIZED = 1 };
#else
enum { SANITIZED = 0 };
#endif

static int terminal_master, terminal;
static char directory[] = "/tmp/confine_test.XXXXXX";

static void
confine_as(enum confine_role role)
{
	const struct confine_path mine[] = {
		{ .path = directory, .access = CONFINE_READ | CONFINE_WRITE | CONFINE_CHANGE },
		{ .path = "/lib", .access = CONFINE_READ },
		{ .path = "/lib64", .access = CONFINE_READ | CONFINE_EXECUTE },
		{ .path = "/usr/lib", .access = CONFINE_READ | CONFINE_EXECUTE },
		{ .path = "/bin/true", .access = CONFINE_READ | CONFINE_EXECUTE },
		{ .path = "/not/there", .access = CONFINE_READ },
	};
	int rc = confine_rights(false);

	if (rc == 0)
		rc = confine_limits(role);
	if (rc == 0 && confine_landlock_version() > 0)
		rc = role == CONFINE_TRANSPORT
			     ? confine_files(NULL, 0)
			     : confine_files(mine, sizeof(mine) / sizeof(mine[0]));
	if (rc == 0)
		rc = confine_syscalls(role);
	if (rc != 0)
		_exit(SETUP_FAILED);
}

/* What became of it: 0 done, an errno, SIGNALLED + the signal. */
static int
attempt(enum confine_role role, int (*what)(void))
{
	int status = 0;
	pid_t child = fork();

	assert_true(child >= 0);
	if (child == 0) {
		confine_as(role);
		_exit(what() < 0 ? errno : 0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	if (WIFSIGNALED(status))
		return SIGNALLED + WTERMSIG(status);
	assert_int_not_equal(WEXITSTATUS(status), SETUP_FAILED);
	return WEXITSTATUS(status);
}

#define KILLED (SIGNALLED + SIGSYS)

static int
reads_passwd(void)
{
	return open("/etc/passwd", O_RDONLY);
}

static int
makes_file_at_home(void)
{
	char path[64];

	snprintf(path, sizeof(path), "%s/file", directory);
	return open(path, O_RDWR | O_CREAT | O_TRUNC, 0600);
}

static int
makes_file_elsewhere(void)
{
	return open("/tmp/confine_test.elsewhere", O_RDWR | O_CREAT, 0600);
}

static int
starts_process(void)
{
	pid_t child = fork();

	if (child == 0)
		_exit(0);
	return child < 0 ? -1 : waitpid(child, NULL, 0) < 0 ? -1 : 0;
}

static int
runs_true(void)
{
	char *const argv[] = { "true", NULL };

	return execv("/bin/true", argv);
}

static int
runs_shell(void)
{
	char *const argv[] = { "sh", "-c", "exit 0", NULL };

	return execv("/bin/sh", argv);
}

static int
maps_code(void)
{
	void *p = mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	return p == MAP_FAILED ? -1 : 0;
}

static int
makes_memory_code(void)
{
	void *p = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	return p == MAP_FAILED ? -1 : mprotect(p, 4096, PROT_READ | PROT_EXEC);
}

static int
attaches_to_parent(void)
{
	return (int)ptrace(PTRACE_ATTACH, getppid(), NULL, NULL);
}

static int
enters_namespace(void)
{
	return (int)syscall(SYS_unshare, 0x10000000 /* CLONE_NEWUSER */);
}

static int
opens_socket(void)
{
	return socket(AF_INET, SOCK_DGRAM, 0);
}

static int
opens_packet_socket(void)
{
	return socket(AF_PACKET, SOCK_RAW, 0);
}

/* Nobody listens on port 1: ECONNREFUSED is what an unconfined process gets. */
static int
connects(void)
{
	struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons(1) };
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	return fd < 0 ? -1 : connect(fd, (struct sockaddr *)&to, sizeof(to));
}

static int
kills_parent(void)
{
	return kill(getppid(), SIGCONT);
}

static int
becomes_root(void)
{
	return setuid(0);
}

static int
types_for_others(void)
{
	return ioctl(terminal, TIOCSTI, "x");
}

/* The kernel looks at the low half only. */
static int
types_for_others_by_half(void)
{
	return (int)syscall(SYS_ioctl, terminal, 0x100000000UL | TIOCSTI, "x");
}

static int
pastes_into_console(void)
{
	char paste = 3; /* TIOCL_PASTESEL */

	return ioctl(terminal, TIOCLINUX, &paste);
}

static int
opens_stream_socket(void)
{
	return socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0);
}

/* Another login's terminal is this user's; that its mode lets nobody open it is not to be changed. */
static int
opens_up_terminal(void)
{
	char name[32];

	return ptsname_r(terminal_master, name, sizeof(name)) != 0 ? -1 : chmod(name, 0600);
}

static int
signals_itself(void)
{
	signal(SIGUSR1, SIG_IGN);
	return raise(SIGUSR1) != 0 ? -1 : kill(getpid(), SIGUSR1);
}

/* Of the same user, as confined: another login. */
static int
signals_sibling(void)
{
	pid_t child = fork();
	int rc, err;

	if (child == 0) {
		pause();
		_exit(0);
	}
	rc = kill(child, SIGKILL);
	err = errno;
	if (rc == 0)
		waitpid(child, NULL, 0);
	errno = err;
	return rc;
}

static int
limits_sibling(void)
{
	const struct rlimit none = { 0, 0 };

	return prlimit(getppid(), RLIMIT_CORE, &none, NULL);
}

static int
asks_terminal(void)
{
	return isatty(terminal) ? 0 : -1;
}

static int
takes_memory(void)
{
	for (int i = 0; i < 1024; i++) {
		void *p = mmap(
			NULL, 1 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

		if (p == MAP_FAILED)
			return -1;
		memset(p, 1, 1 << 20);
	}
	return 0;
}

static int
takes_descriptors(void)
{
	for (int i = 0; i < 1024; i++)
		if (dup(STDERR_FILENO) < 0)
			return -1;
	return 0;
}

/* What a relay does all day. */
static int
relays(void)
{
	int pair[2];
	char byte = 'x';

	if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) < 0 || write(pair[0], "a", 1) != 1 ||
		read(pair[1], &byte, 1) != 1 || byte != 'a')
		return -1;
	free(malloc(1 << 20));
	return fcntl(pair[0], F_SETFL, O_NONBLOCK);
}

static int
aborts(void)
{
	abort();
}

static void
needs_landlock(void)
{
	if (confine_landlock_version() == 0) {
		print_message("no Landlock in this kernel\n");
		skip();
	}
}

static void
test_transport_works(void **state)
{
	(void)state;
	assert_int_equal(attempt(CONFINE_TRANSPORT, relays), 0);
	assert_int_equal(attempt(CONFINE_TRANSPORT, aborts), SIGNALLED + SIGABRT);
}

static void
test_transport_is_killed(void **state)
{
	static int (*const forbidden[])(void) = { runs_true, runs_shell, maps_code,
		makes_memory_code, starts_process, enters_namespace, kills_parent, becomes_root,
		attaches_to_parent };

	(void)state;
	if (SANITIZED)
		skip();
	for (size_t i = 0; i < sizeof(forbidden) / sizeof(forbidden[0]); i++)
		assert_int_equal(attempt(CONFINE_TRANSPORT, forbidden[i]), KILLED);
}

/* What libraries try by themselves is refused, not punished. */
static void
test_transport_is_refused(void **state)
{
	(void)state;
	assert_int_equal(attempt(CONFINE_TRANSPORT, reads_passwd), EACCES);
	assert_int_equal(attempt(CONFINE_TRANSPORT, makes_file_at_home), EACCES);
	if (SANITIZED) /* their runtime needs these */
		return;
	assert_int_equal(attempt(CONFINE_TRANSPORT, opens_socket), EACCES);
	assert_int_equal(attempt(CONFINE_TRANSPORT, takes_memory), ENOMEM);
	assert_int_equal(attempt(CONFINE_TRANSPORT, takes_descriptors), EMFILE);
}

static void
test_console(void **state)
{
	(void)state;
	needs_landlock();
	assert_int_equal(attempt(CONFINE_CONSOLE, relays), 0);
	assert_int_equal(attempt(CONFINE_CONSOLE, runs_true), 0);
	assert_int_equal(attempt(CONFINE_CONSOLE, runs_shell), EACCES);
	assert_int_equal(attempt(CONFINE_CONSOLE, reads_passwd), EACCES);
	assert_int_equal(attempt(CONFINE_CONSOLE, makes_file_elsewhere), EACCES);
	assert_int_equal(attempt(CONFINE_CONSOLE, opens_socket), EPERM);
	assert_int_equal(attempt(CONFINE_CONSOLE, enters_namespace), KILLED);
	assert_int_equal(attempt(CONFINE_CONSOLE, becomes_root), KILLED);
	assert_int_equal(attempt(CONFINE_CONSOLE, signals_itself), 0);
	if (SANITIZED)
		return;
	assert_int_equal(attempt(CONFINE_CONSOLE, signals_sibling), EPERM);
	assert_int_equal(attempt(CONFINE_CONSOLE, limits_sibling), EPERM);
	assert_int_equal(attempt(CONFINE_CONSOLE, attaches_to_parent), KILLED);
	assert_int_equal(attempt(CONFINE_CONSOLE, takes_memory), ENOMEM);
}

static void
test_terminal_input_is_the_users(void **state)
{
	(void)state;
	assert_int_equal(openpty(&terminal_master, &terminal, NULL, NULL, NULL), 0);
	assert_int_equal(attempt(CONFINE_CONSOLE, asks_terminal), 0);
	assert_int_equal(attempt(CONFINE_CONSOLE, types_for_others), EPERM);
	assert_int_equal(attempt(CONFINE_ROUTER, types_for_others), EPERM);
	assert_int_equal(attempt(CONFINE_ROUTER, types_for_others_by_half), EPERM);
	assert_int_equal(attempt(CONFINE_CONSOLE, types_for_others_by_half), EPERM);
	assert_int_equal(attempt(CONFINE_ROUTER, pastes_into_console), EPERM);
	assert_int_equal(attempt(CONFINE_CONSOLE, opens_up_terminal), EPERM);
	assert_int_equal(attempt(CONFINE_TRANSPORT, types_for_others), KILLED);
	close(terminal_master);
	close(terminal);
}

static void
test_router(void **state)
{
	(void)state;
	needs_landlock();
	assert_int_equal(attempt(CONFINE_ROUTER, relays), 0);
	assert_int_equal(attempt(CONFINE_ROUTER, makes_file_at_home), 0);
	assert_int_equal(attempt(CONFINE_ROUTER, makes_file_elsewhere), EACCES);
	assert_int_equal(attempt(CONFINE_ROUTER, reads_passwd), EACCES);
	assert_int_equal(attempt(CONFINE_ROUTER, opens_socket), 0);
	assert_int_equal(attempt(CONFINE_ROUTER, opens_packet_socket), EPERM);
	assert_int_equal(attempt(CONFINE_ROUTER, enters_namespace), KILLED);
	assert_int_equal(attempt(CONFINE_ROUTER, opens_stream_socket), EPERM);
	assert_int_equal(attempt(CONFINE_ROUTER, connects), EPERM);
	if (confine_landlock_version() >= 6)
		assert_int_equal(attempt(CONFINE_ROUTER, kills_parent), EPERM);
	if (SANITIZED)
		return;
	assert_int_equal(attempt(CONFINE_ROUTER, runs_true), EPERM);
	assert_int_equal(attempt(CONFINE_ROUTER, starts_process), EPERM);
}

/* A line of /proc/PID/status, as a number of that base. */
static unsigned long
status_of(pid_t pid, const char *field, int base)
{
	char path[32], line[256];
	unsigned long value = ~0UL;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%d/status", pid);
	f = fopen(path, "r");
	assert_non_null(f);
	while (fgets(line, sizeof(line), f) != NULL)
		if (strncmp(line, field, strlen(field)) == 0 && line[strlen(field)] == ':')
			value = strtoul(line + strlen(field) + 1, NULL, base);
	fclose(f);
	return value;
}

static void
test_kernel_agrees(void **state)
{
	int ready[2], end[2];
	char byte;
	pid_t child;

	(void)state;
	assert_int_equal(pipe(ready), 0);
	assert_int_equal(pipe(end), 0);
	child = fork();
	if (child == 0) {
		if (confine_user("acegate_test") < 0)
			_exit(SETUP_FAILED);
		confine_as(CONFINE_TRANSPORT);
		close(end[1]);
		(void)!write(ready[1], "r", 1);
		(void)!read(end[0], &byte, 1);
		_exit(0);
	}
	assert_int_equal(read(ready[0], &byte, 1), 1);
	if (geteuid() == 0)
		assert_int_not_equal(status_of(child, "Uid", 10), 0);
	assert_int_equal(status_of(child, "CapPrm", 16), 0);
	assert_int_equal(status_of(child, "CapEff", 16), 0);
	assert_int_equal(status_of(child, "CapInh", 16), 0);
	assert_int_equal(status_of(child, "NoNewPrivs", 10), 1);
	assert_int_equal(status_of(child, "Seccomp", 10), 2);
	close(end[1]);
	close(end[0]);
	assert_int_equal(waitpid(child, NULL, 0), child);
	close(ready[0]);
	close(ready[1]);
}

static int
sees_nothing(void)
{
	if (access("/etc", F_OK) == 0 || access("/proc", F_OK) == 0) {
		errno = EEXIST;
		return -1;
	}
	return mkdir("/mine", 0700);
}

static void
test_empty_root(void **state)
{
	int status = 0;
	pid_t child;

	(void)state;
	if (geteuid() != 0)
		skip();
	child = fork();
	if (child == 0) {
		if (confine_empty_directory() < 0 || confine_user("acegate_test") < 0 ||
			confine_rights(true) < 0 || confine_chroot() < 0 ||
			confine_rights(false) < 0)
			_exit(SETUP_FAILED);
		_exit(sees_nothing() < 0 ? errno : 0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), ENOENT); /* nothing can be made in it */
}

static int
make_directory(void **state)
{
	(void)state;
	return mkdtemp(directory) != NULL ? 0 : -1;
}

static int
remove_directory(void **state)
{
	char path[64];

	(void)state;
	snprintf(path, sizeof(path), "%s/file", directory);
	unlink(path);
	return rmdir(directory);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_transport_works),
		cmocka_unit_test(test_transport_is_killed),
		cmocka_unit_test(test_transport_is_refused),
		cmocka_unit_test(test_console),
		cmocka_unit_test(test_terminal_input_is_the_users),
		cmocka_unit_test(test_router),
		cmocka_unit_test(test_kernel_agrees),
		cmocka_unit_test(test_empty_root),
	};

	return cmocka_run_group_tests(tests, make_directory, remove_directory);
}
