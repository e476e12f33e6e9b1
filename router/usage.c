/*
 * usage.c - processor time and memory, sampled.
 *
 * Each tick reads every thread's processor time and moves three averages, the way load averages
 * move: exponentially, with time constants of 5 seconds, a minute and five minutes.  The shares are
 * over the time that really passed, so a late tick does no harm.
 */
#include "router/usage.h"

#include <dirent.h>
#include <inttypes.h>
#include <malloc.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sysinfo.h>
#include <unistd.h>

#include "dataplane/dataplane.h"
#include "router/internal.h"

/* ---- reading /proc ---- */

/* A short file's text, terminated; false when there is none. */
static bool
read_text(const char *path, char *buf, size_t size)
{
	FILE *f = fopen(path, "re");
	size_t n;

	if (f == NULL)
		return false;
	n = fread(buf, 1, size - 1, f);
	fclose(f);
	buf[n] = '\0';
	return n > 0;
}

/* The number behind `key` ("MemAvailable:"); 0 when it is not there. */
static uint64_t
number_behind(const char *text, const char *key)
{
	const char *at = strstr(text, key);

	return at != NULL ? strtoull(at + strlen(key), NULL, 10) : 0;
}

/* Fills name and times of one thread; false when it is gone. */
static bool
read_thread(int id, struct usage_thread *t)
{
	char path[64], text[4096];
	const char *open, *close;
	unsigned long utime, stime;

	*t = (struct usage_thread){ .id = id };
	snprintf(path, sizeof(path), "/proc/self/task/%d/stat", id);
	if (!read_text(path, text, sizeof(text)))
		return false;
	open = strchr(text, '(');
	close = strrchr(text, ')'); /* a name may hold brackets */
	if (open == NULL || close == NULL || close < open ||
		sscanf(close + 1, " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &utime,
			&stime) != 2)
		return false;
	snprintf(t->name, sizeof(t->name), "%.*s", (int)(close - open - 1), open + 1);
	t->forwards = strcmp(t->name, DP_WORKER_NAME) == 0;
	t->runtime_ms = (uint64_t)(utime + stime) * 1000 / (uint64_t)sysconf(_SC_CLK_TCK);
	snprintf(path, sizeof(path), "/proc/self/task/%d/status", id);
	if (read_text(path, text, sizeof(text)))
		t->invoked = number_behind(text, "\nvoluntary_ctxt_switches:") +
			     number_behind(text, "\nnonvoluntary_ctxt_switches:");
	return true;
}

static int
compare_threads(const void *a, const void *b)
{
	return ((const struct usage_thread *)a)->id - ((const struct usage_thread *)b)->id;
}

static size_t
read_threads(struct usage_thread t[USAGE_THREADS])
{
	DIR *dir = opendir("/proc/self/task");
	struct dirent *e;
	size_t n = 0;

	if (dir == NULL)
		return 0;
	while (n < USAGE_THREADS && (e = readdir(dir)) != NULL) {
		int id = atoi(e->d_name);

		if (id > 0 && read_thread(id, &t[n]))
			n++;
	}
	closedir(dir);
	qsort(t, n, sizeof(*t), compare_threads);
	return n;
}

/* ---- averages ---- */

static const struct usage_thread *
find_thread(const struct usage *u, int id)
{
	for (size_t i = 0; i < u->threads; i++)
		if (u->thread[i].id == id)
			return &u->thread[i];
	return NULL;
}

static double
moved(double average, double sample, double passed_s, double constant_s)
{
	return average + (sample - average) * (1.0 - exp(-passed_s / constant_s));
}

static void
move_shares(struct usage_thread *now, const struct usage_thread *before, double passed_s)
{
	double sample;

	if (before == NULL || passed_s <= 0)
		return; /* a new one's share is known with the next tick */
	sample = (double)(now->runtime_ms - before->runtime_ms) / (passed_s * 10);
	now->share.five_seconds = moved(before->share.five_seconds, sample, passed_s, 5);
	now->share.one_minute = moved(before->share.one_minute, sample, passed_s, 60);
	now->share.five_minutes = moved(before->share.five_minutes, sample, passed_s, 300);
}

static uint64_t
free_memory(void)
{
	char text[4096];
	struct sysinfo si;

	if (read_text("/proc/meminfo", text, sizeof(text)) && strstr(text, "MemAvailable:") != NULL)
		return number_behind(text, "MemAvailable:") * 1024;
	if (sysinfo(&si) < 0)
		return 0;
	return ((uint64_t)si.freeram + si.bufferram) * si.mem_unit;
}

static void
note_memory(struct usage *u, uint64_t free)
{
	if (u->lowest == 0 || free < u->lowest)
		u->lowest = free;
}

void
usage_tick(struct router *r)
{
	struct usage *u = &r->usage;
	uint64_t now_ms = clock_mono_ms(r->clock);
	double passed_s = (double)(now_ms - u->ticked_ms) / 1000;
	struct usage_thread now[USAGE_THREADS];
	size_t n = read_threads(now);

	for (size_t i = 0; i < n; i++)
		move_shares(&now[i], find_thread(u, now[i].id), passed_s);
	memcpy(u->thread, now, n * sizeof(now[0]));
	u->threads = n;
	u->ticked_ms = now_ms;
	note_memory(u, free_memory());
}

/* ---- asked ---- */

void
usage_threads(struct router *r, struct usage_thread out[USAGE_THREADS], size_t *n)
{
	*n = read_threads(out);
	for (size_t i = 0; i < *n; i++) {
		const struct usage_thread *known = find_thread(&r->usage, out[i].id);

		if (known != NULL)
			out[i].share = known->share;
	}
}

static void
add_share(struct usage_share *sum, const struct usage_share *s)
{
	sum->five_seconds += s->five_seconds;
	sum->one_minute += s->one_minute;
	sum->five_minutes += s->five_minutes;
}

void
usage_cpu(struct router *r, struct usage_share *all, struct usage_share *forwarding)
{
	const struct usage *u = &r->usage;

	*all = *forwarding = (struct usage_share){ 0 };
	for (size_t i = 0; i < u->threads; i++) {
		add_share(all, &u->thread[i].share);
		if (u->thread[i].forwards)
			add_share(forwarding, &u->thread[i].share);
	}
}

void
usage_memory(struct router *r, struct usage_memory *out)
{
	struct mallinfo2 heap = mallinfo2();
	char text[4096] = "";
	struct sysinfo si = { 0 };

	*out = (struct usage_memory){ 0 };
	if (sysinfo(&si) == 0)
		out->total = (uint64_t)si.totalram * si.mem_unit;
	out->free = free_memory();
	note_memory(&r->usage, out->free);
	out->lowest = r->usage.lowest;
	out->heap = heap.arena + heap.hblkhd;
	out->heap_used = heap.uordblks + heap.hblkhd;
	out->heap_largest = heap.keepcost;
	if (read_text("/proc/self/status", text, sizeof(text)))
		out->resident = number_behind(text, "\nVmRSS:") * 1024;
}
