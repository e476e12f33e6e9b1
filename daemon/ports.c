/*
 * ports.c - `-p PORT=DRIVER:ARG`: which interface, which driver, opened.
 *
 * An interface that the factory does not have comes to be by having a port; a virtual one cannot have
 * one.  A device's own MAC address becomes the interface's.
 */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "daemon/ports.h"

/* "file:a.pcap" -> driver and argument; a bare netdev gets the best driver. */
static void
split_driver(const char *spec, char *driver, size_t size, const char **arg)
{
	static const char *const drivers[] = { "file", "packet", "pcap", "memory" };

	for (size_t i = 0; i < sizeof(drivers) / sizeof(drivers[0]); i++) {
		size_t len = strlen(drivers[i]);

		if (strncmp(spec, drivers[i], len) == 0 && spec[len] == ':') {
			snprintf(driver, size, "%s", drivers[i]);
			*arg = spec + len + 1;
			return;
		}
	}
	snprintf(driver, size, "packet");
	*arg = spec;
}

int
ports_add(struct router *r, const char *option)
{
	char name[IFNAME_MAX + 1], typed[128], driver[16], err[DP_ERR_MAX];
	const char *equals = strchr(option, '='), *arg;
	struct word w[3];
	struct interface *i;
	struct dp_port_info info;
	size_t bad, n;

	if (equals == NULL || (size_t)(equals - option) >= sizeof(typed)) {
		fprintf(stderr, "acegated: -p %s: not PORT=DRIVER:ARG\n", option);
		return -1;
	}
	snprintf(typed, sizeof(typed), "%.*s", (int)(equals - option), option);
	n = words_split(typed, w, 3);
	if (n == 0 || interface_name_parse(w, n, name, &bad) != n) {
		fprintf(stderr, "acegated: -p %s: \"%s\" is not an interface\n", option, typed);
		return -1;
	}
	i = interface_create(r, name);
	if (i == NULL || i->kind == DP_IF_SVI) {
		fprintf(stderr, "acegated: -p %s: %s cannot have a port\n", option, name);
		return -1;
	}
	split_driver(equals + 1, driver, sizeof(driver), &arg);
	if (dataplane_add_port(router_dataplane(r), i->ifindex, driver, arg, err) < 0) {
		fprintf(stderr, "acegated: %s: %s\n", name, err);
		return -1;
	}
	if (dataplane_port_info(router_dataplane(r), i->ifindex, &info) &&
		(info.mac[0] | info.mac[1] | info.mac[2]))
		memcpy(i->mac, info.mac, sizeof(i->mac));
	return 0;
}
