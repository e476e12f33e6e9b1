/*
 * capture_fuzz.c - `acegate replay` of any bytes: the capture file is the input.
 *
 * It goes through an IPv4, an IPv6 and a MAC list.  Claims: every frame is counted once, in one
 * place; what was written as permitted is a capture whose frames are permitted all, and what was
 * written as denied holds none that are.
 */
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/fuzz_lists.h"
#include "tests/fuzz/fuzz_router.h"

struct file {
	int fd;
	char path[32];
};

static void
file_open(struct file *f)
{
	f->fd = memfd_create("capture", MFD_CLOEXEC);
	fuzz_require(f->fd >= 0, "no memory file");
	snprintf(f->path, sizeof(f->path), "/proc/self/fd/%d", f->fd);
}

static int
play(struct dp_replay *job, struct dp_replay_result *r)
{
	char err[DP_ERR_MAX];
	int ret = dp_replay(job, r, err);
	uint64_t sum = r->permitted + r->denied + r->not_ip;

	fuzz_require((ret == 0) == (err[0] == '\0'), "returned %d and said \"%s\"", ret, err);
	for (int why = 0; why < DP_DROP_COUNT; why++)
		sum += r->broken[why];
	fuzz_require(sum == r->packets && r->implicit <= r->denied,
		"%llu of %llu frames are accounted for", (unsigned long long)sum,
		(unsigned long long)r->packets);
	return ret;
}

static void
play_again(const struct file *f, struct dp_replay again, uint64_t permitted, uint64_t denied)
{
	struct dp_replay_result r;

	again.capture = f->path;
	again.permitted = again.denied = NULL;
	fuzz_require(play(&again, &r) == 0, "what was written cannot be read");
	fuzz_require(
		r.permitted == permitted && r.denied == denied && r.packets == permitted + denied,
		"%llu permitted and %llu denied were written, %llu and %llu are there",
		(unsigned long long)permitted, (unsigned long long)denied,
		(unsigned long long)r.permitted, (unsigned long long)r.denied);
}

static void
play_through(struct router *r, enum acl_kind kind, const char *list, const char *capture)
{
	struct acl *acl = lists_find_kind(r, list, kind);
	struct dp_replay job = { .capture = capture, .kind = kind };
	struct dp_replay_result result;
	struct file permitted, denied;

	file_open(&permitted);
	file_open(&denied);
	job.permitted = permitted.path;
	job.denied = denied.path;
	fuzz_require(acl_compile(acl, router_acl_env(r), &job.list.program) == 0, "out of memory");
	job.list.counters = acl_counters_on(acl, 1, ACL_IN, DP_THREADS);
	if (play(&job, &result) == 0) {
		play_again(&permitted, job, result.permitted, 0);
		play_again(&denied, job, 0, result.denied);
	}
	acl_program_unref(job.list.program);
	close(permitted.fd);
	close(denied.fd);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct fuzz_router f;
	struct file capture;

	if (f.router == NULL) {
		fuzz_router_open(&f, false);
		fuzz_router_load_whole(f.router, fuzz_lists_config);
	}
	file_open(&capture);
	fuzz_require(write(capture.fd, data, size) == (ssize_t)size, "no room");
	play_through(f.router, ACL_EXTENDED, "Wide", capture.path);
	play_through(f.router, ACL_IPV6, "Wide6", capture.path);
	play_through(f.router, ACL_MAC, "Stations", capture.path);
	close(capture.fd);
	return 0;
}
