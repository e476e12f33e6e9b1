/*
 * common.c - times, ages, MAC addresses and interface states the way IOS writes them.
 *
 * Pure but for what asks the router: the time zone, an interface's state.
 */
#include "cli/show/show_internal.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum { MINUTE = 60, HOUR = 60 * MINUTE, DAY = 24 * HOUR, WEEK = 7 * DAY, YEAR = 365 * DAY };

char *
show_time(const struct router *r, int64_t wall_us, bool milliseconds, char buf[SHOW_TIME_MAX])
{
	struct tm tm = router_local_time(r, wall_us);
	char fraction[8] = "";

	if (milliseconds)
		snprintf(fraction, sizeof(fraction), ".%03u", (unsigned)(wall_us / 1000 % 1000));
	snprintf(buf, SHOW_TIME_MAX, "%02d:%02d:%02d%s %s %s %s %d %d", tm.tm_hour, tm.tm_min,
		tm.tm_sec, fraction, router_zone(r)->name, time_day_names[tm.tm_wday],
		time_month_names[tm.tm_mon], tm.tm_mday, tm.tm_year + 1900);
	return buf;
}

char *
show_age(uint64_t s, char buf[SHOW_TIME_MAX])
{
	if (s >= YEAR)
		snprintf(buf, SHOW_TIME_MAX, "%" PRIu64 "y%" PRIu64 "w", s / YEAR, s % YEAR / WEEK);
	else if (s >= WEEK)
		snprintf(buf, SHOW_TIME_MAX, "%" PRIu64 "w%" PRIu64 "d", s / WEEK, s % WEEK / DAY);
	else if (s >= DAY)
		snprintf(buf, SHOW_TIME_MAX, "%" PRIu64 "d%02" PRIu64 "h", s / DAY, s % DAY / HOUR);
	else
		snprintf(buf, SHOW_TIME_MAX, "%02" PRIu64 ":%02" PRIu64 ":%02" PRIu64, s / HOUR,
			s % HOUR / MINUTE, s % MINUTE);
	return buf;
}

char *
show_uptime(uint64_t seconds, char buf[SHOW_TIME_MAX])
{
	static const struct {
		uint64_t unit;
		const char *name;
	} units[] = { { YEAR, "year" }, { WEEK, "week" }, { DAY, "day" }, { HOUR, "hour" },
		{ MINUTE, "minute" } };
	size_t used = 0;

	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		uint64_t n = seconds / units[i].unit;

		seconds %= units[i].unit;
		/* A unit of zero is left out; the minutes are always said. */
		if (n == 0 && units[i].unit != MINUTE)
			continue;
		used += (size_t)snprintf(buf + used, SHOW_TIME_MAX - used, "%s%" PRIu64 " %s%s",
			used != 0 ? ", " : "", n, units[i].name, n == 1 ? "" : "s");
	}
	return buf;
}

char *
show_mac(const uint8_t mac[6], char buf[SHOW_MAC_MAX])
{
	snprintf(buf, SHOW_MAC_MAX, "%02x%02x.%02x%02x.%02x%02x", mac[0], mac[1], mac[2], mac[3],
		mac[4], mac[5]);
	return buf;
}

/*
 * A port without a link is down altogether; an SVI is up by itself and only its line protocol
 * follows the members' links (Cisco: autostate).
 */
struct show_state
show_interface_state(struct router *r, const struct interface *i)
{
	bool line = interface_line_up(r, i);
	struct show_state s = { "up", line ? "up" : "down" };

	if (i->shutdown)
		s.status = "administratively down";
	else if (!line && i->kind != DP_IF_SVI)
		s.status = "down";
	return s;
}

uint8_t *
show_interface_mac(struct router *r, const struct interface *i, uint8_t mac[6])
{
	static const uint8_t none[6];
	struct dataplane *dp = router_dataplane(r);
	struct dp_port_info port;
	bool has_own = dp != NULL && dataplane_port_info(dp, i->ifindex, &port) &&
		       memcmp(port.mac, none, sizeof(none)) != 0;

	memcpy(mac, has_own ? port.mac : i->mac, sizeof(none));
	return mac;
}

char *
show_serial(const uint8_t mac[6], char buf[SHOW_MAC_MAX])
{
	snprintf(buf, SHOW_MAC_MAX, "%02X%02X%02X%02X%02X%02X", mac[0], mac[1], mac[2], mac[3],
		mac[4], mac[5]);
	return buf;
}

char *
show_board_id(struct router *r, char buf[SHOW_MAC_MAX])
{
	struct dataplane *dp = router_dataplane(r);
	const struct interface *i, *chosen = interface_by_index(r, 1); /* the first that was made */
	uint8_t mac[6];

	for (size_t k = 0; dp != NULL && (i = interface_at(r, k)) != NULL; k++) {
		if (dataplane_has_port(dp, i->ifindex)) {
			chosen = i;
			break;
		}
	}
	return show_serial(show_interface_mac(r, chosen, mac), buf);
}
