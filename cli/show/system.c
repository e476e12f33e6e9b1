/*
 * system.c - `show memory statistics`, `show processes cpu|memory`, `show inventory`: IOS's columns
 * around what the kernel and the C library say of this process and this machine.
 *
 * IOS is the whole machine, this router one process on it.  The "Processor" pool is the machine's memory:
 * used is what it could not give any more, whoever has it.  The process's own heap stands in `show
 * processes memory`.  A process of IOS is a thread here; what IOS does at interrupt level, moving
 * packets, the frames' thread does.
 */
#include "config.h"

#include <inttypes.h>
#include <string.h>
#include <sys/utsname.h>

#include "cli/show/show_internal.h"

/* ---- memory ---- */

/* Where the heap begins: an address that stays the same while the process lives. */
static uintptr_t
head_of_heap(const struct router *r)
{
	return (uintptr_t)r; /* the first thing that was allocated */
}

void
show_memory_statistics(struct text *t, struct router *r)
{
	struct usage_memory m;

	usage_memory(r, &m);
	text_add(t, "                Head    Total(b)     Used(b)     Free(b)   Lowest(b)  "
		    "Largest(b)\n");
	text_addf(t,
		"Processor   %8" PRIXPTR "  %10" PRIu64 "  %10" PRIu64 "  %10" PRIu64 "  %10" PRIu64
		"  %10" PRIu64 "\n",
		head_of_heap(r), m.total, m.total - m.free, m.free, m.lowest, m.free);
}

void
show_processes_memory(struct text *t, struct router *r)
{
	struct usage_memory m;

	usage_memory(r, &m);
	text_addf(t,
		"Processor Pool Total: %10" PRIu64 " Used: %10" PRIu64 " Free: %10" PRIu64 "\n\n",
		m.total, m.total - m.free, m.free);
	text_add(t, " PID TTY  Allocated      Freed    Holding    Getbufs    Retbufs Process\n");
	text_addf(t,
		"%4d   0 %10" PRIu64 " %10" PRIu64 " %10" PRIu64 "          0          0 "
		"%s\n",
		1, m.heap, m.heap - m.heap_used, m.heap_used, "Heap");
	text_addf(t, "%55s%10" PRIu64 " Total\n", "", m.resident);
}

/* ---- processor ---- */

/* IOS counts the machine as one processor; a router with several never shows more than all of it. */
static unsigned
percent(double share)
{
	return share > 100 ? 100 : (unsigned)(share + 0.5);
}

static void
add_thread(struct text *t, const struct usage_thread *p, int first_id)
{
	text_addf(t,
		"%4d %11" PRIu64 " %11" PRIu64 " %7" PRIu64 " %5.2f%% %5.2f%% %5.2f%%   0 %s \n",
		p->id - first_id + 1, p->runtime_ms, p->invoked,
		p->invoked == 0 ? 0 : p->runtime_ms * 1000 / p->invoked, p->share.five_seconds,
		p->share.one_minute, p->share.five_minutes, p->name);
}

void
show_processes_cpu(struct text *t, struct router *r, bool sorted)
{
	struct usage_thread thread[USAGE_THREADS], swap;
	struct usage_share all, forwarding;
	size_t n;
	int first_id;

	usage_cpu(r, &all, &forwarding);
	usage_threads(r, thread, &n);
	text_addf(t,
		"CPU utilization for five seconds: %u%%/%u%%; one minute: %u%%; five minutes: "
		"%u%%\n",
		percent(all.five_seconds), percent(forwarding.five_seconds),
		percent(all.one_minute), percent(all.five_minutes));
	text_add(t, " PID Runtime(ms)     Invoked      uSecs   5Sec   1Min   5Min TTY Process \n");
	first_id = n > 0 ? thread[0].id : 0;
	/* A handful of threads: the busiest goes up, place by place. */
	for (size_t i = 1; sorted && i < n; i++)
		for (size_t k = i;
			k > 0 && thread[k].share.five_seconds > thread[k - 1].share.five_seconds;
			k--) {
			swap = thread[k];
			thread[k] = thread[k - 1];
			thread[k - 1] = swap;
		}
	for (size_t i = 0; i < n; i++)
		add_thread(t, &thread[i], first_id);
}

/* ---- inventory ---- */

static void
add_item(struct text *t, const char *name, const char *descr, const char *pid, const char *serial)
{
	text_addf(t, "NAME: \"%s\", DESCR: \"%s\"\nPID: %-18s, VID: %s, SN: %s\n\n", name, descr,
		pid, PACKAGE_VERSION, serial);
}

static void
add_port(struct text *t, struct router *r, const struct interface *i)
{
	struct dataplane *dp = router_dataplane(r);
	char descr[sizeof(((struct dp_port_info *)0)->device) + 32], mac[SHOW_MAC_MAX];
	struct dp_port_info port;
	uint8_t own[6];

	if (dp == NULL || !dataplane_port_info(dp, i->ifindex, &port))
		return;
	snprintf(descr, sizeof(descr), "%s port %s", port.driver, port.device);
	add_item(t, i->name, descr, port.driver, show_serial(show_interface_mac(r, i, own), mac));
}

void
show_inventory(struct text *t, struct router *r)
{
	char descr[sizeof(((struct utsname *)0)->machine) + 64], id[SHOW_MAC_MAX];
	const struct interface *i;
	struct utsname os;

	if (uname(&os) < 0)
		memset(&os, 0, sizeof(os));
	snprintf(descr, sizeof(descr), "%s %s chassis, %s", PACKAGE_NAME, PACKAGE_VERSION,
		os.machine);
	add_item(t, "ACEGATE chassis", descr, "ACEGATE", show_board_id(r, id));
	for (size_t k = 0; (i = interface_at(r, k)) != NULL; k++)
		add_port(t, r, i);
}
