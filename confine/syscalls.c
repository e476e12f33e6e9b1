/*
 * syscalls.c - the system calls a role may make (seccomp(2), through libseccomp).
 *
 * Lists of what is allowed, made up of groups.  What becomes of a call that is on none:
 *
 *   the transport, which parses what strangers send, is killed: it is small enough for its list to be
 *   known, so whatever else it calls is not its own idea;
 *   the others get EPERM: the C library and its friends probe for things they can do without, and a
 *   router must not fall over that;
 *   but calls that only make sense for breaking out (`never` below) kill any of them.
 *
 * A filter binds all that the process starts, and each adds its own, so the listener's is the sum of
 * what its children need.  Sanitizers need some more, in their builds only: their runtime asks after its
 * memory map and threads, and LeakSanitizer traces the process at its end.
 */
#include "confine/confine.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <seccomp.h>
#include <stdint.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#ifdef __has_feature
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SANITIZED 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED 1
#endif

enum { END = __NR_SCMP_ERROR };

/* clone(2) into a namespace of one's own is not for us. */
enum {
	CLONE_NAMESPACES = CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC |
			   CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET,
};

/* Bytes moved, time told, memory had, signals taken: what every role does. */
static const int basic[] = { SCMP_SYS(read), SCMP_SYS(write), SCMP_SYS(readv), SCMP_SYS(writev),
	SCMP_SYS(recvfrom), SCMP_SYS(recvmsg), SCMP_SYS(sendto), SCMP_SYS(sendmsg),
	SCMP_SYS(shutdown), SCMP_SYS(close), SCMP_SYS(close_range), SCMP_SYS(dup), SCMP_SYS(dup2),
	SCMP_SYS(dup3), SCMP_SYS(fcntl), SCMP_SYS(lseek), SCMP_SYS(fstat), SCMP_SYS(poll),
	SCMP_SYS(ppoll), SCMP_SYS(select), SCMP_SYS(pselect6), SCMP_SYS(pipe), SCMP_SYS(pipe2),
	SCMP_SYS(getsockname), SCMP_SYS(getpeername), SCMP_SYS(getsockopt), SCMP_SYS(setsockopt),
	SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(madvise), SCMP_SYS(brk), SCMP_SYS(futex),
	SCMP_SYS(clock_gettime), SCMP_SYS(clock_getres), SCMP_SYS(gettimeofday), SCMP_SYS(time),
	SCMP_SYS(clock_nanosleep), SCMP_SYS(nanosleep), SCMP_SYS(getrandom), SCMP_SYS(getpid),
	SCMP_SYS(gettid), SCMP_SYS(getppid), SCMP_SYS(getuid), SCMP_SYS(geteuid), SCMP_SYS(getgid),
	SCMP_SYS(getegid), SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigreturn),
	SCMP_SYS(rt_sigsuspend), SCMP_SYS(sigaltstack), SCMP_SYS(restart_syscall),
	SCMP_SYS(sched_yield), SCMP_SYS(wait4), SCMP_SYS(waitid), SCMP_SYS(rseq),
	SCMP_SYS(set_robust_list), SCMP_SYS(getrusage), SCMP_SYS(uname), SCMP_SYS(sysinfo),
	SCMP_SYS(exit), SCMP_SYS(exit_group), END };

/* Files, as far as Landlock leaves any; threads; the loader's and libevent's. */
static const int files[] = { SCMP_SYS(prctl), SCMP_SYS(mmap), SCMP_SYS(mprotect), SCMP_SYS(open),
	SCMP_SYS(openat), SCMP_SYS(stat), SCMP_SYS(lstat), SCMP_SYS(newfstatat), SCMP_SYS(statx),
	SCMP_SYS(access), SCMP_SYS(faccessat), SCMP_SYS(faccessat2), SCMP_SYS(readlink),
	SCMP_SYS(readlinkat), SCMP_SYS(getcwd), SCMP_SYS(pread64), SCMP_SYS(getdents64),
	SCMP_SYS(getrlimit), SCMP_SYS(setrlimit), SCMP_SYS(alarm), SCMP_SYS(setitimer),
	SCMP_SYS(sched_getaffinity), SCMP_SYS(epoll_create1), SCMP_SYS(epoll_ctl),
	SCMP_SYS(epoll_wait), SCMP_SYS(epoll_pwait), SCMP_SYS(eventfd2), SCMP_SYS(signalfd4),
	SCMP_SYS(timerfd_create), SCMP_SYS(timerfd_settime), SCMP_SYS(capget), SCMP_SYS(capset),
	END };

/* To any process of the same user; a console may only to itself. */
static const int processes[] = { SCMP_SYS(kill), SCMP_SYS(tgkill), SCMP_SYS(prlimit64), END };

/* Programs started and become, and confined further before; terminals closed to others (fchmod). */
static const int starting[] = { SCMP_SYS(execve), SCMP_SYS(execveat), SCMP_SYS(arch_prctl),
	SCMP_SYS(set_tid_address), SCMP_SYS(fork), SCMP_SYS(vfork), SCMP_SYS(setsid),
	SCMP_SYS(setpgid), SCMP_SYS(getpgrp), SCMP_SYS(getpgid), SCMP_SYS(getsid),
	SCMP_SYS(seccomp), SCMP_SYS(landlock_create_ruleset), SCMP_SYS(landlock_add_rule),
	SCMP_SYS(landlock_restrict_self), SCMP_SYS(fchmod), END };

/* Connections taken. */
static const int listening[] = { SCMP_SYS(accept), SCMP_SYS(accept4), SCMP_SYS(chroot), END };

/* The router: its files, its sockets, its worker. */
static const int routing[] = { SCMP_SYS(accept), SCMP_SYS(accept4), SCMP_SYS(connect),
	SCMP_SYS(bind), SCMP_SYS(recvmmsg), SCMP_SYS(sendmmsg), SCMP_SYS(pwrite64), SCMP_SYS(fsync),
	SCMP_SYS(fdatasync), SCMP_SYS(ftruncate), SCMP_SYS(fallocate), SCMP_SYS(fstatfs),
	SCMP_SYS(statfs), SCMP_SYS(rename), SCMP_SYS(renameat), SCMP_SYS(renameat2),
	SCMP_SYS(unlink), SCMP_SYS(unlinkat), SCMP_SYS(mkdir), SCMP_SYS(mkdirat), SCMP_SYS(rmdir),
	SCMP_SYS(chmod), SCMP_SYS(fchmod), SCMP_SYS(fchmodat), SCMP_SYS(utimensat), SCMP_SYS(umask),
	SCMP_SYS(flock), SCMP_SYS(copy_file_range), SCMP_SYS(sendfile), SCMP_SYS(openat2),
	SCMP_SYS(chdir), SCMP_SYS(fchdir), SCMP_SYS(membarrier), SCMP_SYS(getcpu),
	SCMP_SYS(sched_setaffinity), SCMP_SYS(sched_getparam), SCMP_SYS(sched_getscheduler),
	SCMP_SYS(times), SCMP_SYS(rt_sigtimedwait), SCMP_SYS(timerfd_gettime), SCMP_SYS(mlock),
	SCMP_SYS(munlock), SCMP_SYS(msync), END };

#ifndef SANITIZED
/* What a transport's libraries try and can do without: no files, no sockets, no threads. */
static const int refused[] = { SCMP_SYS(open), SCMP_SYS(openat), SCMP_SYS(stat), SCMP_SYS(lstat),
	SCMP_SYS(statx), SCMP_SYS(access), SCMP_SYS(faccessat), SCMP_SYS(faccessat2),
	SCMP_SYS(readlink), SCMP_SYS(readlinkat), SCMP_SYS(getcwd), SCMP_SYS(socket),
	SCMP_SYS(connect), SCMP_SYS(prlimit64), SCMP_SYS(sched_getaffinity), SCMP_SYS(prctl),
	SCMP_SYS(mlock), SCMP_SYS(munlock), END };
#endif

/* Nobody's: other processes, other kernels, other roots. */
static const int never[] = { SCMP_SYS(process_vm_readv), SCMP_SYS(process_vm_writev),
	SCMP_SYS(pidfd_getfd), SCMP_SYS(bpf), SCMP_SYS(perf_event_open), SCMP_SYS(userfaultfd),
	SCMP_SYS(io_uring_setup), SCMP_SYS(io_uring_enter), SCMP_SYS(io_uring_register),
	SCMP_SYS(mount), SCMP_SYS(umount2), SCMP_SYS(pivot_root), SCMP_SYS(move_mount),
	SCMP_SYS(fsopen), SCMP_SYS(open_tree), SCMP_SYS(unshare), SCMP_SYS(setns), SCMP_SYS(reboot),
	SCMP_SYS(kexec_load), SCMP_SYS(kexec_file_load), SCMP_SYS(init_module),
	SCMP_SYS(finit_module), SCMP_SYS(delete_module), SCMP_SYS(add_key), SCMP_SYS(request_key),
	SCMP_SYS(keyctl), SCMP_SYS(modify_ldt), SCMP_SYS(iopl), SCMP_SYS(ioperm), SCMP_SYS(swapon),
	SCMP_SYS(swapoff), SCMP_SYS(acct), SCMP_SYS(setuid), SCMP_SYS(setgid), SCMP_SYS(setreuid),
	SCMP_SYS(setregid), SCMP_SYS(setresuid), SCMP_SYS(setresgid), SCMP_SYS(setgroups),
	SCMP_SYS(open_by_handle_at), SCMP_SYS(mknod), SCMP_SYS(mknodat), SCMP_SYS(settimeofday),
	SCMP_SYS(clock_settime), SCMP_SYS(sethostname),
#ifndef SANITIZED
	SCMP_SYS(ptrace),
#endif
	END };

#ifdef SANITIZED
static const int sanitizers[] = { SCMP_SYS(ptrace), SCMP_SYS(clone), SCMP_SYS(prctl),
	SCMP_SYS(mmap), SCMP_SYS(mprotect), SCMP_SYS(open), SCMP_SYS(openat), SCMP_SYS(stat),
	SCMP_SYS(newfstatat), SCMP_SYS(readlink), SCMP_SYS(readlinkat), SCMP_SYS(getdents64),
	SCMP_SYS(prlimit64), SCMP_SYS(getrlimit), SCMP_SYS(setrlimit), SCMP_SYS(personality),
	SCMP_SYS(kill), SCMP_SYS(tgkill), SCMP_SYS(pread64), SCMP_SYS(mincore), SCMP_SYS(getcwd),
	SCMP_SYS(sched_getaffinity), SCMP_SYS(set_tid_address), SCMP_SYS(arch_prctl),
	SCMP_SYS(statx), SCMP_SYS(lstat), SCMP_SYS(access), SCMP_SYS(getdents), END };
#endif

/* What is asked of a terminal, of a socket, of a network device; not TIOCSTI, which types for others. */
static const unsigned long terminal_requests[] = { TCGETS, TCSETS, TCSETSW, TCSETSF, TCSBRK, TCXONC,
	TCFLSH, TIOCGWINSZ, TIOCSWINSZ, TIOCSCTTY, TIOCNOTTY, TIOCGPTN, TIOCSPTLCK, TIOCGPTPEER,
	TIOCGPGRP, TIOCSPGRP, TIOCGSID, TIOCOUTQ, FIONREAD, FIONBIO, FIOCLEX, FIONCLEX, 0 };

static int
each(scmp_filter_ctx ctx, uint32_t action, const int *calls)
{
	int rc = 0;

	for (; *calls != END && rc == 0; calls++)
		rc = seccomp_rule_add(ctx, action, *calls, 0);
	return rc;
}

static int
one(scmp_filter_ctx ctx, int call, struct scmp_arg_cmp only)
{
	return seccomp_rule_add_array(ctx, SCMP_ACT_ALLOW, call, 1, &only);
}

static int
terminals(scmp_filter_ctx ctx)
{
	int rc = 0;

	for (const unsigned long *r = terminal_requests; *r != 0 && rc == 0; r++)
		rc = one(ctx, SCMP_SYS(ioctl), SCMP_A1(SCMP_CMP_EQ, *r, 0));
	return rc;
}

/* Processes in the namespaces there are, or threads; clone3(2) hides its flags, the C library copes. */
static int
clones(scmp_filter_ctx ctx, uint64_t asked, uint64_t wanted)
{
	int rc = one(ctx, SCMP_SYS(clone), SCMP_A0(SCMP_CMP_MASKED_EQ, asked, wanted));

	return rc < 0 ? rc : seccomp_rule_add(ctx, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0);
}

/* AF_UNIX pairs, for the listener and whoever starts a program. */
static int
pairs(scmp_filter_ctx ctx)
{
	return one(ctx, SCMP_SYS(socketpair), SCMP_A0(SCMP_CMP_EQ, AF_UNIX, 0));
}

#ifndef SANITIZED
/* Memory that is data, and stays it; files looked at only through descriptors. */
static int
data_only(scmp_filter_ctx ctx)
{
	int rc = one(ctx, SCMP_SYS(mmap), SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));

	if (rc == 0)
		rc = one(ctx, SCMP_SYS(mprotect), SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
	if (rc == 0) /* the C library's fstat(3) */
		rc = one(ctx, SCMP_SYS(newfstatat),
			SCMP_A3(SCMP_CMP_MASKED_EQ, AT_EMPTY_PATH, AT_EMPTY_PATH));
	if (rc == 0)
		rc = seccomp_rule_add(ctx, SCMP_ACT_ERRNO(EACCES), SCMP_SYS(newfstatat), 1,
			SCMP_A3(SCMP_CMP_MASKED_EQ, AT_EMPTY_PATH, 0));
	return rc == 0 ? each(ctx, SCMP_ACT_ERRNO(EACCES), refused) : rc;
}
#endif

static int
transport(scmp_filter_ctx ctx)
{
	const uint64_t self = (uint64_t)getpid();
	int rc = each(ctx, SCMP_ACT_ALLOW, basic);

	if (rc == 0)
		rc = terminals(ctx);
	if (rc == 0)
		rc = pairs(ctx);
	if (rc == 0)
		rc = one(ctx, SCMP_SYS(tgkill), SCMP_A0(SCMP_CMP_EQ, self, 0)); /* abort(3) */
#ifndef SANITIZED
	if (rc == 0)
		rc = data_only(ctx);
#endif
	return rc;
}

/* The other logins are processes of the same user: their signals and limits are not for this one. */
static int
only_itself(scmp_filter_ctx ctx)
{
	const uint64_t self = (uint64_t)getpid(); /* exec changes the program, not the number */
	int rc = one(ctx, SCMP_SYS(kill), SCMP_A0(SCMP_CMP_EQ, self, 0));

	if (rc == 0)
		rc = one(ctx, SCMP_SYS(tgkill), SCMP_A0(SCMP_CMP_EQ, self, 0));
	return rc == 0 ? one(ctx, SCMP_SYS(prlimit64), SCMP_A0(SCMP_CMP_EQ, 0, 0)) : rc;
}

/* What acegate may, and who starts it. */
static int
program(scmp_filter_ctx ctx)
{
	int rc = each(ctx, SCMP_ACT_ALLOW, basic);

	if (rc == 0)
		rc = each(ctx, SCMP_ACT_ALLOW, files);
	if (rc == 0)
		rc = each(ctx, SCMP_ACT_ALLOW, starting);
	if (rc == 0)
		rc = terminals(ctx);
	if (rc == 0)
		rc = pairs(ctx);
	return rc == 0 ? clones(ctx, CLONE_NAMESPACES, 0) : rc;
}

/* Datagrams: syslog.  Landlock keeps from TCP only in kernels younger than Debian 12's. */
static int
datagrams(scmp_filter_ctx ctx, int family)
{
	const struct scmp_arg_cmp only[] = { SCMP_A0(SCMP_CMP_EQ, (uint64_t)family, 0),
		SCMP_A1(SCMP_CMP_MASKED_EQ, 0xf, SOCK_DGRAM) };

	return seccomp_rule_add_array(ctx, SCMP_ACT_ALLOW, SCMP_SYS(socket), 2, only);
}

static int
router(scmp_filter_ctx ctx)
{
	static const int families[] = { AF_UNIX, AF_NETLINK };
	int rc = each(ctx, SCMP_ACT_ALLOW, routing);

	if (rc == 0)
		rc = each(ctx, SCMP_ACT_ALLOW, basic);
	if (rc == 0)
		rc = each(ctx, SCMP_ACT_ALLOW, files);
	if (rc == 0)
		rc = each(ctx, SCMP_ACT_ALLOW, processes);
	/* It has ports, with requests of their own; see no_typing(). */
	if (rc == 0)
		rc = seccomp_rule_add(ctx, SCMP_ACT_ALLOW, SCMP_SYS(ioctl), 0);
	if (rc == 0)
		rc = pairs(ctx);
	for (size_t i = 0; i < sizeof(families) / sizeof(families[0]) && rc == 0; i++)
		rc = one(ctx, SCMP_SYS(socket), SCMP_A0(SCMP_CMP_EQ, (uint64_t)families[i], 0));
	if (rc == 0)
		rc = datagrams(ctx, AF_INET);
	if (rc == 0)
		rc = datagrams(ctx, AF_INET6);
	/* Threads, no processes. */
	return rc == 0 ? clones(ctx, CLONE_NAMESPACES | CLONE_THREAD, CLONE_THREAD) : rc;
}

static int
rules(scmp_filter_ctx ctx, enum confine_role role)
{
	int rc;

	switch (role) {
	case CONFINE_ROUTER:
		rc = router(ctx);
		break;
	case CONFINE_LISTENER:
		rc = program(ctx);
		if (rc == 0)
			rc = each(ctx, SCMP_ACT_ALLOW, processes);
		if (rc == 0)
			rc = each(ctx, SCMP_ACT_ALLOW, listening);
		break;
	case CONFINE_TRANSPORT:
		rc = transport(ctx);
		break;
	default:
		rc = program(ctx);
		if (rc == 0)
			rc = only_itself(ctx);
		break;
	}
#ifdef SANITIZED
	if (rc == 0)
		rc = each(ctx, SCMP_ACT_ALLOW, sanitizers);
#endif
	return rc;
}

/*
 * The router may be in the foreground of somebody's terminal: it types nothing there (TIOCSTI, and what
 * consoles have for pasting).  The kernel takes the low half of a request alone, so that is what is
 * compared; to "all but this" a list of what is allowed can only compare the whole, and anything in
 * the other half would pass.  So this is a filter of its own.
 */
static int
no_typing(void)
{
	static const unsigned long requests[] = { TIOCSTI, TIOCLINUX };
	scmp_filter_ctx ctx = seccomp_init(SCMP_ACT_ALLOW);
	int rc = ctx != NULL ? 0 : -ENOMEM;

	for (size_t i = 0; i < sizeof(requests) / sizeof(requests[0]) && rc == 0; i++)
		rc = seccomp_rule_add(ctx, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(ioctl), 1,
			SCMP_A1(SCMP_CMP_MASKED_EQ, 0xffffffffU, requests[i]));
	if (rc == 0)
		rc = seccomp_load(ctx);
	seccomp_release(ctx);
	return rc;
}

int
confine_syscalls(enum confine_role role)
{
	bool strict = role == CONFINE_TRANSPORT;
	int rc = role == CONFINE_ROUTER ? no_typing() : 0;
	scmp_filter_ctx ctx;

	if (rc < 0)
		return rc;
	ctx = seccomp_init(strict ? SCMP_ACT_KILL_PROCESS : SCMP_ACT_ERRNO(EPERM));
	if (ctx == NULL)
		return -ENOMEM;
	rc = seccomp_attr_set(ctx, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS);
	if (rc == 0)
		rc = rules(ctx, role);
	if (rc == 0 && !strict) /* killing is the transport's default */
		rc = each(ctx, SCMP_ACT_KILL_PROCESS, never);
	if (rc == 0) /* binary search: a call costs a few steps instead of a walk down the list */
		rc = seccomp_attr_set(ctx, SCMP_FLTATR_CTL_OPTIMIZE, 2);
	if (rc == 0)
		rc = seccomp_load(ctx);
	seccomp_release(ctx);
	return rc;
}
