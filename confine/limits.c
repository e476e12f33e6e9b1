/*
 * limits.c - bounds on what a role may use up (setrlimit(2)).
 *
 * Several times what each was seen to need: a bound is there to stop what has gone wrong, not to be
 * met.  Sanitizers reserve terabytes and have threads.
 */
#include "confine/confine.h"

#include <errno.h>
#include <sys/resource.h>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED true
#else
#define SANITIZED false
#endif

enum { MB = 1 << 20, NONE = -1 };

static const struct {
	long memory, descriptors, processes;
} limits[] = {
	/* The router's lists and captures are as big as the machine bears. */
	[CONFINE_ROUTER] = { NONE, NONE, NONE },
	/* Its logins are counted; what else its user runs, where that is nobody's own, is not. */
	[CONFINE_LISTENER] = { 256L * MB, 256, NONE },
	[CONFINE_TRANSPORT] = { 64L * MB, 32, 0 },
	/* A page of output may be a megabyte, the history a hundred. */
	[CONFINE_CONSOLE] = { 128L * MB, 32, 0 },
};

/* Never upwards: an administrator's bound that is lower holds. */
static int
limit(int resource, long value)
{
	struct rlimit r;

	if (value == NONE)
		return 0;
	if (getrlimit(resource, &r) < 0)
		return -errno;
	if (r.rlim_max == RLIM_INFINITY || r.rlim_max > (rlim_t)value)
		r.rlim_cur = r.rlim_max = (rlim_t)value;
	else if (r.rlim_cur > r.rlim_max)
		r.rlim_cur = r.rlim_max;
	return setrlimit(resource, &r) < 0 ? -errno : 0;
}

int
confine_limits(enum confine_role role)
{
	int rc = limit(RLIMIT_NOFILE, limits[role].descriptors);

	if (rc == 0 && !SANITIZED)
		rc = limit(RLIMIT_DATA, limits[role].memory);
	if (rc == 0 && !SANITIZED)
		rc = limit(RLIMIT_NPROC, limits[role].processes);
	return rc;
}
