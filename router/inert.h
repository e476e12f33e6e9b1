/*
 * inert.h - settings that are kept for their text alone: they stand in most configurations of real
 * routers, and there is nothing here that they could change.
 *
 * What a setting says is the line itself ("no ip http server", "duplex auto"), "" when it was not
 * configured.  Each scope has its own.  Only what is true or without consequence here may become one:
 * never what filters, secures or routes.
 *
 * The texts live in the router, its interfaces and its lines.  Control thread.
 */
#ifndef ROUTER_INERT_H
#define ROUTER_INERT_H

struct router;

enum { INERT_TEXT_MAX = 47 };

struct inert {
	char text[INERT_TEXT_MAX + 1];
};

/* In each scope in the order of running-config. */
enum inert_global {
	INERT_PAD,
	INERT_KEEPALIVES_IN,
	INERT_KEEPALIVES_OUT,
	INERT_AAA,
	INERT_SOURCE_ROUTE,
	INERT_CEF,
	INERT_IPV6_CEF,
	INERT_SPANNING_TREE_MODE,
	INERT_SPANNING_TREE_ID,
	INERT_VLAN_ALLOCATION,
	INERT_HTTP,
	INERT_HTTPS,
	INERT_CDP,
	INERT_GLOBALS
};
enum inert_interface {
	INERT_SWITCHPORT_MODE,
	INERT_REDIRECTS,
	INERT_UNREACHABLES,
	INERT_PROXY_ARP,
	INERT_DUPLEX,
	INERT_SPEED,
	INERT_INTERFACE_CDP,
	INERT_PORTFAST,
	INERT_INTERFACES
};
enum inert_line {
	INERT_STOPBITS,
	INERT_LINE_SPEED,
	INERT_LINES
};

/* "" takes it away; what is longer than INERT_TEXT_MAX is cut. */
void inert_set(struct inert *kept, const char *text);
/* The router's own; never NULL. */
struct inert *router_inert(struct router *r, enum inert_global which);

#endif
