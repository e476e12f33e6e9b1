/*
 * line.h - terminal lines: con 0, aux 0 and vty 0-15, what is configured on each and who is on it.
 */
#ifndef ROUTER_LINE_H
#define ROUTER_LINE_H

#include <stdbool.h>
#include <stdint.h>

#include "acl/acl.h"
#include "router/inert.h"

struct router;

enum {
	LINE_VTYS = 16,
	LINE_PASSWORD_MAX = 128,
	LINE_USER_MAX = 64,
	LINE_PEER_MAX = 64,
	LINE_ALGORITHM_MAX = 47,
	LINE_LOCATION_MAX = 80,
	LINE_HISTORY_DEFAULT = 10,
	LINE_LENGTH_DEFAULT = 24,
	LINE_WIDTH_DEFAULT = 80,
};
enum line_kind { LINE_CON, LINE_AUX, LINE_VTY };
enum line_login { LOGIN_NONE /* no login */, LOGIN_PASSWORD /* login */, LOGIN_LOCAL /* login local */ };

enum line_transport { LINE_TELNET = 1 << 0, LINE_SSH = 1 << 1 };
/* transport preferred: what an unknown word is taken for; with none, for a mistake. */
enum line_preferred { PREFERRED_DEFAULT, PREFERRED_NONE, PREFERRED_TELNET, PREFERRED_SSH };

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
	bool transport_telnet, transport_ssh;	/* input; vty */
	bool transport_named;		/* input "telnet ssh" was typed: what the default admits, but shown */
	unsigned transport_output;	/* enum line_transport; both by default */
	enum line_preferred transport_preferred;
	uint32_t session_timeout_min, absolute_timeout_min;	/* 0 none */
	bool exec;			/* `no exec`: no session begins here */
	bool exec_banner, motd_banner;
	char location[LINE_LOCATION_MAX + 1];
	char access_class[ACL_NAME_MAX + 1];	/* vty, in; "" none; the list may not exist */
	bool access_class_vrf_also;
	char ipv6_access_class[ACL_NAME_MAX + 1];
	struct inert inert[INERT_LINES];
	/* in use */
	bool busy;
	enum line_transport transport;	/* vty: how the login came */
	char cipher[LINE_ALGORITHM_MAX + 1], hmac[LINE_ALGORITHM_MAX + 1];	/* SSH; "" not known yet */
	char user[LINE_USER_MAX + 1];
	char peer[LINE_PEER_MAX + 1];	/* "" on the console */
	uint64_t last_input_ms;		/* for idle times */
	uint64_t taken_ms;		/* since when it is busy */
	unsigned uses;			/* how often it was taken */
	void (*hang_up)(void *arg);	/* the session's: `clear line` */
	void *hang_up_arg;
};

/* Where the hits of access classes count: no interface has this index. */
enum { LINE_IFINDEX = 0 };

/* Never NULL for con 0, aux 0 and vty 0..LINE_VTYS-1; NULL otherwise. */
struct line *line_get(struct router *r, enum line_kind kind, unsigned number);
/*
 * The lowest free vty whose `transport input` admits this, marked busy; NULL when there is none. Freed by
 * line_release().
 */
struct line *line_take_vty(struct router *r, enum line_transport transport);
void line_release(struct line *l);
/* con 0, aux 0, vty 0 ...: by line_absolute(); NULL after the last. */
struct line *line_at(struct router *r, unsigned absolute);
/* Somebody is on it now, who can be thrown off by hang_up(). */
void line_take(struct router *r, struct line *l, void (*hang_up)(void *arg), void *arg);
/* `clear line`: throws off who is on it; nothing when nobody is. */
void line_hang_up(struct line *l);
/*
 * Whether the line's access class lets a login from this address in ("192.0.2.1", "2001:db8::1";
 * port 0: not known).  The deciding entry counts it, and logs it if it says so.
 */
bool line_admits(struct router *r, const struct line *l, const char *peer, uint16_t port);
/* Sets the configured fields back to their defaults (`no line vty 5 15`, `default`). */
void line_set_defaults(struct line *l);
/* The absolute number `show users` prints: con 0 is 0, aux 0 is 1, vty N is 2 + N. */
unsigned line_absolute(const struct line *l);

#endif
