/*
 * without_landlock PROGRAM ARGUMENT...: runs it as on a kernel that does not know Landlock.
 *
 * A seccomp filter answers ENOSYS to its three system calls. Takes root, so that the program may still
 * give up privileges by itself.
 */
#include <errno.h>
#include <seccomp.h>
#include <stdio.h>
#include <unistd.h>

int
main(int argc, char **argv)
{
	scmp_filter_ctx ctx = seccomp_init(SCMP_ACT_ALLOW);

	if (argc < 2 || ctx == NULL || seccomp_attr_set(ctx, SCMP_FLTATR_CTL_NNP, 0) < 0 ||
		seccomp_rule_add(
			ctx, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(landlock_create_ruleset), 0) < 0 ||
		seccomp_rule_add(ctx, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(landlock_add_rule), 0) < 0 ||
		seccomp_rule_add(ctx, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(landlock_restrict_self), 0) <
			0 ||
		seccomp_load(ctx) < 0) {
		fputs("without_landlock: takes root and a program\n", stderr);
		return 1;
	}
	execv(argv[1], argv + 1);
	perror(argv[1]);
	return 1;
}
