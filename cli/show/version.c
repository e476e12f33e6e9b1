/*
 * version.c - `show version`: IOS's shape, which scripts recognise a router by, around true
 * figures.
 *
 * The first line says which IOS behaviour is offered; the second says what this really is.  What
 * boots this router is the operating system under it, so that stands where IOS names its bootstrap.
 * Everything here stays the same from call to call but the uptime, because collectors compare.
 */
#include "config.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "cli/show/show_internal.h"

static void
add_banner(struct text *t, const struct utsname *os)
{
	text_add(t, "Cisco IOS Software, ACEGATE Software (ACEGATE-ADVIPSERVICESK9-M), "
		    "Version 15.4(3)M3, RELEASE SOFTWARE (fc2)\n" PACKAGE_NAME " " PACKAGE_VERSION
		    ", a software router; not Cisco software\n\n");
	text_addf(t, "ROM: %s %s %s\n\n", os->sysname, os->release, os->machine);
}

static void
add_times(struct text *t, struct router *r)
{
	const struct router_clock *clock = router_clock(r);
	uint64_t up_ms = clock_mono_ms(clock) - router_started_ms(r);
	char buf[SHOW_TIME_MAX];

	text_addf(t, "%s uptime is %s\n", router_hostname(r), show_uptime(up_ms / 1000, buf));
	text_addf(t, "System returned to ROM by %s\n",
		router_was_reloaded(r) ? "Reload Command" : "power-on");
	text_addf(t, "System restarted at %s\n",
		show_time(r, clock_wall_us(clock) - (int64_t)up_ms * 1000, false, buf));
	text_add(t, "System image file is \"flash:" PACKAGE_NAME "-" PACKAGE_VERSION ".bin\"\n\n");
}

static void
add_hardware(struct text *t, struct router *r, const struct utsname *os)
{
	uint64_t page = (uint64_t)sysconf(_SC_PAGESIZE), pages = (uint64_t)sysconf(_SC_PHYS_PAGES);
	char id[SHOW_MAC_MAX];

	text_addf(t,
		"Cisco ACEGATE (%s) processor (revision " PACKAGE_VERSION ") with %" PRIu64
		"K bytes of memory.\n",
		os->machine, pages * (page / 1024));
	text_addf(t, "Processor board ID %s\n\n", show_board_id(r, id));
}

static bool
is_of_type(const struct interface *i, const struct interface_type *type)
{
	size_t len = strlen(type->name);

	return strncmp(i->name, type->name, len) == 0 && i->name[len] >= '0' && i->name[len] <= '9';
}

/* IOS counts no SVIs and no loopbacks. */
static bool
is_hardware(const struct interface *i)
{
	return i->kind != DP_IF_SVI && !interface_is_loopback(i);
}

/* How many of each type there are. */
static void
add_interface_counts(struct text *t, struct router *r)
{
	for (const struct interface_type *type = interface_types; type->name != NULL; type++) {
		const struct interface *i;
		unsigned n = 0;

		for (size_t k = 0; (i = interface_at(r, k)) != NULL; k++)
			if (is_hardware(i) && is_of_type(i, type))
				n++;
		if (n != 0)
			text_addf(t, "%u %s interface%s\n", n, type->name, n == 1 ? "" : "s");
	}
}

void
show_version(struct text *t, struct router *r)
{
	struct utsname os;

	if (uname(&os) < 0)
		memset(&os, 0, sizeof(os));
	add_banner(t, &os);
	add_times(t, r);
	add_hardware(t, r, &os);
	add_interface_counts(t, r);
	/* 0x2102 is "start from startup-config", which is what acegated does. */
	text_add(t, "\nConfiguration register is 0x2102\n");
}
