/*
 * syslog.h - log lines sent to syslog hosts over UDP (RFC 3164's priority, IOS's text behind it).
 *
 *	<189>45: *Mar  1 00:02:16.331: %SYS-5-CONFIG_I: Configured from console by console
 *	<189>46: branch-1: *Mar  1 ...		with `logging origin-id hostname`
 *
 * 189 is the facility, local7 by default, times 8, plus the severity; 45 counts the lines sent.  How a
 * datagram leaves is the transport's matter: the daemon opens syslog_udp, a test may listen in.
 * Sending never waits and nothing is queued here: what the transport cannot take at once is counted
 * as dropped.  Control thread.
 */
#ifndef ROUTER_SYSLOG_H
#define ROUTER_SYSLOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct router;

enum { SYSLOG_HOSTS = 16, SYSLOG_PORT = 514, SYSLOG_ORIGIN_MAX = 63, SYSLOG_FACILITIES = 24 };
enum { SYSLOG_FACILITY_DEFAULT = 23 };	/* local7 */

struct syslog_transport {
	/* To host:port, from the address `from` if it is ours to use (0: any). 0 or -errno. Never blocks. */
	int (*send)(void *arg, uint32_t host, uint16_t port, uint32_t from, const char *text,
		size_t len);
	void *arg;
};

/*
 * A transport over one UDP socket, opened here, so that a process may give up the right to open more.
 * 0 or -errno.
 */
int syslog_udp_open(struct syslog_transport *t);
void syslog_udp_close(struct syslog_transport *t);

struct syslog_host {
	uint32_t address;	/* host byte order, like all addresses of the model */
	uint16_t port;
	uint64_t logged, dropped;
};

enum syslog_origin { ORIGIN_NONE, ORIGIN_HOSTNAME, ORIGIN_IP, ORIGIN_STRING };

struct syslog {
	const struct syslog_transport *transport;	/* NULL: nothing is sent */
	struct syslog_host host[SYSLOG_HOSTS];		/* in the order configured */
	size_t hosts;
	unsigned facility;		/* 0..23 */
	enum syslog_origin origin;
	char origin_text[SYSLOG_ORIGIN_MAX + 1];
	const struct interface *source;	/* `logging source-interface`; NULL none */
	uint64_t sent;
};

/* RFC 3164's facilities by number, in IOS's words: "kern", ... "sys9", ... "local7". */
extern const char *const syslog_facility_names[SYSLOG_FACILITIES];

/* Never NULL; facility, origin and source are edited in place. */
struct syslog *syslog_settings(struct router *r);
/* One that is there already is kept. 0, or -ENOSPC. */
int syslog_host_add(struct router *r, uint32_t address, uint16_t port);
/* False when there is none such. */
bool syslog_host_remove(struct router *r, uint32_t address, uint16_t port);
/* Sends one line, stamped and without its end, to every host. For logging.c. */
void syslog_send(struct router *r, int severity, const char *line);

#endif
