/*
 * rights.c - user, capabilities, descriptors, limits.
 *
 * Order matters: groups before the user (only root may set them), the parent-death signal after both
 * (the kernel forgets it when credentials change, prctl(2)).
 */
#include "confine/confine.h"

#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/capability.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

/* LeakSanitizer attaches to the process it is in. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
enum { DUMPABLE = 1 };
#else
enum { DUMPABLE = 0 };
#endif

enum { KEEP_MAX = 64, DYNAMIC_FIRST = 61184, DYNAMIC_LAST = 65519 };

static int
compare(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

void
confine_descriptors(const int *keep, size_t n)
{
	int sorted[KEEP_MAX];
	unsigned from = STDERR_FILENO + 1;
	size_t used = 0;

	for (size_t i = 0; i < n && used < KEEP_MAX; i++) {
		if (keep[i] >= (int)from)
			sorted[used++] = keep[i];
	}
	qsort(sorted, used, sizeof(sorted[0]), compare);
	for (size_t i = 0; i < used; i++) {
		if ((unsigned)sorted[i] > from)
			close_range(from, (unsigned)sorted[i] - 1, 0);
		from = (unsigned)sorted[i] + 1;
	}
	close_range(from, ~0U, 0);
}

/* The same number for the same name as long as nobody else takes it. */
static uid_t
dynamic_uid(const char *name)
{
	uint32_t hash = 2166136261U; /* FNV-1a */
	uid_t range = DYNAMIC_LAST - DYNAMIC_FIRST + 1;

	for (; *name != '\0'; name++)
		hash = (hash ^ (unsigned char)*name) * 16777619U;
	for (uid_t i = 0; i < range; i++) {
		uid_t uid = DYNAMIC_FIRST + (hash + i) % range;

		if (getpwuid(uid) == NULL && getgrgid(uid) == NULL)
			return uid;
	}
	return DYNAMIC_FIRST + hash % range;
}

/*
 * In a user namespace that does not have the number nobody can become it; and its root is somebody
 * without rights already.
 */
static bool
uid_exists(uid_t uid)
{
	FILE *f = fopen("/proc/self/uid_map", "re");
	unsigned long first, outside, count;
	bool found = f == NULL;

	while (!found && fscanf(f, "%lu %lu %lu", &first, &outside, &count) == 3)
		found = uid >= first && uid - first < count;
	if (f != NULL)
		fclose(f);
	return found;
}

int
confine_user(const char *name)
{
	const struct passwd *user = getpwnam(name);
	uid_t uid = user != NULL ? user->pw_uid : dynamic_uid(name);
	gid_t gid = user != NULL ? user->pw_gid : uid;

	if (geteuid() != 0 || !uid_exists(uid))
		return 0;
	/* What stays permitted is for confine_rights() to choose from. */
	if (prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0) < 0 || setgroups(0, NULL) < 0 || setgid(gid) < 0 ||
		setuid(uid) < 0)
		return -errno;
	return 0;
}

static int
keep_capabilities(bool keep_chroot)
{
	static const cap_value_t value[] = { CAP_SYS_CHROOT };
	cap_t had = cap_get_proc(), kept = cap_init();
	cap_flag_value_t has = CAP_CLEAR;
	int rc = had != NULL && kept != NULL ? 0 : -ENOMEM;

	if (rc == 0 && keep_chroot)
		(void)cap_get_flag(had, value[0], CAP_PERMITTED, &has);
	if (rc == 0 && has == CAP_SET &&
		(cap_set_flag(kept, CAP_PERMITTED, 1, value, CAP_SET) < 0 ||
			cap_set_flag(kept, CAP_EFFECTIVE, 1, value, CAP_SET) < 0))
		rc = -errno;
	if (rc == 0 && cap_set_proc(kept) < 0)
		rc = -errno;
	cap_free(had);
	cap_free(kept);
	return rc;
}

int
confine_rights(bool keep_chroot)
{
	const struct rlimit no_core = { 0, 0 };
	int rc = keep_capabilities(keep_chroot);

	if (rc == 0 && (setrlimit(RLIMIT_CORE, &no_core) < 0 ||
			       prctl(PR_SET_DUMPABLE, DUMPABLE, 0, 0, 0) < 0 ||
			       prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0))
		rc = -errno;
	return rc;
}

int
confine_to_parent(pid_t parent, int signal)
{
	if (prctl(PR_SET_PDEATHSIG, signal, 0, 0, 0) < 0)
		return -errno;
	return getppid() == parent ? 0 : -ESRCH;
}
