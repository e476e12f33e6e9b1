/*
 * confine.c - the rights of a login's process: those of nobody.
 *
 * Order matters: groups before the user (only root may set them), the parent-death signal after both
 * (the kernel forgets it when credentials change, prctl(2)).
 */
#include "cli/vty/confine.h"

#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/capability.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

enum { CONFINE_NOBODY = 65534, CONFINE_KEEP_MAX = 64 };

static int
confine_compare(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

void
confine_descriptors(const int *keep, size_t n)
{
	int sorted[CONFINE_KEEP_MAX];
	unsigned from = STDERR_FILENO + 1;
	size_t used = 0;

	for (size_t i = 0; i < n && used < CONFINE_KEEP_MAX; i++) {
		if (keep[i] >= (int)from)
			sorted[used++] = keep[i];
	}
	qsort(sorted, used, sizeof(sorted[0]), confine_compare);
	for (size_t i = 0; i < used; i++) {
		if ((unsigned)sorted[i] > from)
			close_range(from, (unsigned)sorted[i] - 1, 0);
		from = (unsigned)sorted[i] + 1;
	}
	close_range(from, ~0U, 0);
}

static int
confine_user(void)
{
	const struct passwd *nobody = getpwnam("nobody");
	uid_t uid = nobody != NULL ? nobody->pw_uid : CONFINE_NOBODY;
	gid_t gid = nobody != NULL ? nobody->pw_gid : CONFINE_NOBODY;

	if (geteuid() != 0)
		return 0;
	if (setgroups(0, NULL) < 0 || setgid(gid) < 0 || setuid(uid) < 0)
		return -errno;
	return 0;
}

static int
confine_capabilities(void)
{
	cap_t none = cap_init();
	bool gone = none != NULL && cap_set_proc(none) == 0;
	int err = errno;

	cap_free(none);
	return gone ? 0 : -err;
}

int
confine_privileges(pid_t parent)
{
	const struct rlimit no_core = { 0, 0 };
	int err = confine_user();

	if (err == 0)
		err = confine_capabilities();
	if (err < 0)
		return err;
	if (setrlimit(RLIMIT_CORE, &no_core) < 0 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0 ||
		prctl(PR_SET_PDEATHSIG, SIGHUP, 0, 0, 0) < 0)
		return -errno;
	return getppid() == parent ? 0 : -ESRCH;
}
