/*
 * line.h - terminal lines: con 0 and vty 0-15, what is configured on each and who is on it.
 */
#ifndef ROUTER_LINE_H
#define ROUTER_LINE_H

#include <stdbool.h>
#include <stdint.h>

#include "acl/acl.h"

struct router;

enum { LINE_VTYS = 16, LINE_PASSWORD_MAX = 128, LINE_USER_MAX = 64, LINE_PEER_MAX = 64 };
enum line_kind { LINE_CON, LINE_VTY };
enum line_login { LOGIN_NONE /* no login */, LOGIN_PASSWORD /* login */, LOGIN_LOCAL /* login local */ };

struct line {
	enum line_kind kind;
	unsigned number;		/* within its kind */
	/* configured */
	bool configured;		/* vty 0-4 always print; 5-15 once touched */
	enum line_login login;		/* con: NONE, vty: PASSWORD by default */
	char password[LINE_PASSWORD_MAX + 1];	/* as typed, or type 7; "" none */
	int password_type;		/* 0 or 7 */
	int privilege;			/* 1 by default; con and vty alike */
	uint32_t exec_timeout_s;	/* 600 by default; 0 never */
	int length;			/* -1 not set; 0 no paging */
	int width;			/* -1 not set */
	bool logging_synchronous;
	int history_size;		/* -1 not set */
	bool transport_telnet, transport_ssh;	/* vty */
	char access_class[ACL_NAME_MAX + 1];	/* vty, in; "" none; the list may not exist */
	bool access_class_vrf_also;
	char ipv6_access_class[ACL_NAME_MAX + 1];
	/* in use */
	bool busy;
	char user[LINE_USER_MAX + 1];
	char peer[LINE_PEER_MAX + 1];	/* "" on the console */
	uint64_t last_input_ms;		/* for idle times */
};

/* Where the hits of access classes count: no interface has this index. */
enum { LINE_IFINDEX = 0 };

/* Never NULL for con 0 and vty 0..LINE_VTYS-1; NULL otherwise. */
struct line *line_get(struct router *r, enum line_kind kind, unsigned number);
/* The lowest free vty, marked busy; NULL when all are taken. Freed by line_release(). */
struct line *line_take_vty(struct router *r);
void line_release(struct line *l);
/*
 * Whether the line's access class lets a login from this address in ("192.0.2.1", "2001:db8::1";
 * port 0: not known).  The deciding entry counts it, and logs it if it says so.
 */
bool line_admits(struct router *r, const struct line *l, const char *peer, uint16_t port);
/* Sets the configured fields back to their defaults (`no line vty 5 15`, `default`). */
void line_set_defaults(struct line *l);
/* The absolute number `show users` prints: con 0 is 0, vty N is 2 + N (a router without aux modem: 1 is aux). */
unsigned line_absolute(const struct line *l);

#endif
