/*
 * reach.c - targets and sources, and a dialog of questions that are answered one by one.
 */
#include "cli/commands/reach.h"

#include <stdio.h>
#include <string.h>

#include "cli/commands/handlers.h"

static struct word
as_word(const char *text)
{
	return (struct word){ text, strlen(text), 0 };
}

/* "10.0.0.1, 10.0.0.2", or the broadcast address IOS asks when it knows no server. */
static void
name_servers(struct router *r, char *buf, size_t size)
{
	char address[IPV4_TEXT_MAX];
	uint32_t server;
	size_t used = 0;

	snprintf(buf, size, "255.255.255.255");
	for (size_t i = 0; (server = ip_name_server_at(r, i)) != 0; i++)
		used += (size_t)snprintf(buf + used, size - used, "%s%s", i > 0 ? ", " : "",
			ipv4_text(server, address));
}

bool
reach_target(struct session *s, const char *text, uint32_t *address)
{
	struct router *r = session_router(s);
	const struct ip_host *host;
	struct word w = as_word(text);
	char servers[IP_NAME_SERVERS * (IPV4_TEXT_MAX + 2)];
	size_t bad;

	if (word_ipv4(&w, address, &bad))
		return true;
	host = ip_host_find(r, text);
	if (host != NULL) {
		*address = host->address[0];
		return true;
	}
	if (router_service(r, SERVICE_IP_DOMAIN_LOOKUP)) {
		name_servers(r, servers, sizeof(servers));
		session_printf(s, "Translating \"%s\"...domain server (%s)\n", text, servers);
	}
	command_refuse(s, "%% Unrecognized host or address, or protocol not running.");
	return false;
}

bool
reach_source(struct session *s, const char *text, uint32_t *address)
{
	struct router *r = session_router(s);
	struct word w[2];
	size_t n = words_split(text, w, 2), bad;
	char name[IFNAME_MAX + 1];
	const struct interface *i;

	if (n == 1 && word_ipv4(&w[0], address, &bad)) {
		if (ip_address_is_own(r, *address))
			return true;
		command_refuse(s, "%% Invalid source address- IP address not on any of our up "
				  "interfaces");
		return false;
	}
	if (n > 0 && interface_name_parse(w, n, name, &bad) == n) {
		i = interface_find(r, name);
		if (i != NULL && i->address != 0 && interface_line_up(r, i)) {
			*address = i->address;
			return true;
		}
	}
	command_refuse(s, "%% Invalid source interface - IP not enabled or interface is down");
	return false;
}

bool
reach_yes(const char *answer)
{
	struct word w = as_word(answer);

	return w.len > 0 && word_abbreviates(&w, "yes");
}

static void
dialog_answered(struct session *s, const char *answer, void *arg)
{
	struct reach_dialog *d = arg;
	enum reach_taken taken = d->next->take(s, d, answer);

	if (taken == REACH_NEXT)
		d->next++;
	if (taken != REACH_OVER)
		reach_ask(s, d);
}

void
reach_ask(struct session *s, struct reach_dialog *d)
{
	while (d->next->prompt != NULL && d->next->asked != NULL && !d->next->asked(d))
		d->next++;
	if (d->next->prompt == NULL)
		d->start(s, d);
	else
		session_ask(s, ASK_LINE, d->next->prompt, dialog_answered, d);
}

enum reach_taken
reach_take_number(struct session *s, const char *answer, uint32_t lo, uint32_t hi, uint32_t *out)
{
	struct word w = as_word(answer);

	if (w.len == 0 || word_number(&w, lo, hi, out))
		return REACH_NEXT;
	command_refuse(s, "%% A decimal number between %u and %u.", lo, hi);
	return REACH_AGAIN;
}

enum reach_taken
reach_take_protocol(struct session *s, const char *answer, const char *command)
{
	struct word w = as_word(answer);

	if (w.len == 0 || word_abbreviates(&w, "ip"))
		return REACH_NEXT;
	command_refuse(s, "%% Unknown protocol - \"%s\", type \"%s ?\" for help", answer, command);
	return REACH_OVER;
}
