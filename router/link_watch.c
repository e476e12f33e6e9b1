/*
 * link_watch.c - what became of the links, told to the log.
 *
 * The kernel's route socket only wakes us: what its messages say is not read but looked at afresh, so
 * one that was lost does no harm, and a storm of them costs one look.  A link that was gone and is
 * back when we look has not changed, as with IOS within its carrier-delay.  Looking also brings a
 * packet port back to its device, see dataplane_port_info().
 * Control thread.  Reference: rtnetlink(7).
 */
#include "router/link_watch.h"

#include <errno.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>
#include <unistd.h>

#include "router/internal.h"

static void
tell(struct router *r, const struct interface *i, bool up)
{
	const char *state = up ? "up" : "down";

	/* An SVI is up by itself (Cisco: autostate); only its line protocol follows its members. */
	if (i->kind != DP_IF_SVI)
		logging_emit(r, "LINK", 3, "UPDOWN", "Interface %s, changed state to %s", i->name,
			state);
	logging_emit(r, "LINEPROTO", 5, "UPDOWN",
		"Line protocol on Interface %s, changed state to %s", i->name, state);
}

/* What is wrong with the port that is down; it may turn out only after that it is. */
static void
tell_fault(struct router *r, const struct interface *i, struct if_watch *w, bool aloud)
{
	struct dp_port_info port;
	bool fault = !w->line_up && r->dp != NULL &&
		     dataplane_port_info(r->dp, i->ifindex, &port) && port.error[0] != '\0';

	if (aloud && fault && !w->fault_told)
		logging_emit(r, "LINK", 3, "ERROR", "Interface %s: %s", i->name, port.error);
	w->fault_told = fault;
}

static void
look(struct router *r, bool aloud)
{
	for (size_t k = 0; k < r->interfaces; k++) {
		const struct interface *i = r->interface[k];
		struct if_watch *w = &r->watch[i->ifindex];
		bool up = interface_line_up(r, i);

		if (aloud && w->line_seen && up != w->line_up)
			tell(r, i, up);
		w->line_seen = true;
		w->line_up = up;
		tell_fault(r, i, w, aloud);
	}
}

void
link_watch_look(struct router *r)
{
	look(r, true);
}

void
link_watch_adopt(struct router *r)
{
	look(r, false);
}

int
link_watch_open(void)
{
	struct sockaddr_nl links = { .nl_family = AF_NETLINK, .nl_groups = RTMGRP_LINK };
	int err, fd;

	fd = socket(AF_NETLINK, SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC, NETLINK_ROUTE);
	if (fd < 0)
		return -errno;
	if (bind(fd, (struct sockaddr *)&links, sizeof(links)) < 0) {
		err = errno;
		close(fd);
		return -err;
	}
	return fd;
}

void
link_watch_read(struct router *r, int fd)
{
	char start; /* the rest of a message is thrown away */

	/* Messages were lost: those that were not come after. */
	while (recv(fd, &start, sizeof(start), 0) >= 0 || errno == ENOBUFS || errno == EINTR)
		;
	link_watch_look(r);
}
