/*
 * line.c - con 0, aux 0 and the vtys: their defaults, as IOS has them, and who is on which.
 */
#include <string.h>

#include "router/internal.h"

void
line_set_defaults(struct line *l)
{
	l->configured = l->kind != LINE_VTY || l->number < 5;
	l->login = l->kind == LINE_VTY ? LOGIN_PASSWORD : LOGIN_NONE;
	l->password[0] = '\0';
	l->password_type = 0;
	l->privilege = 1;
	l->exec_timeout_s = 600;
	l->length = -1;
	l->width = -1;
	l->logging_synchronous = false;
	l->history_size = -1;
	l->transport_telnet = true;
	l->transport_ssh = true;
	l->transport_named = false;
	l->transport_output = LINE_TELNET | LINE_SSH;
	l->transport_preferred = PREFERRED_DEFAULT;
	l->session_timeout_min = 0;
	l->absolute_timeout_min = 0;
	l->exec = true;
	l->exec_banner = true;
	l->motd_banner = true;
	l->location[0] = '\0';
	l->access_class[0] = '\0';
	l->access_class_vrf_also = false;
	l->ipv6_access_class[0] = '\0';
	for (int i = 0; i < INERT_LINES; i++)
		inert_set(&l->inert[i], "");
}

void
lines_init(struct router *r)
{
	r->con.kind = LINE_CON;
	line_set_defaults(&r->con);
	r->aux.kind = LINE_AUX;
	line_set_defaults(&r->aux);
	for (unsigned i = 0; i < LINE_VTYS; i++) {
		r->vty[i].kind = LINE_VTY;
		r->vty[i].number = i;
		line_set_defaults(&r->vty[i]);
	}
}

struct line *
line_get(struct router *r, enum line_kind kind, unsigned number)
{
	switch (kind) {
	case LINE_CON:
		return number == 0 ? &r->con : NULL;
	case LINE_AUX:
		return number == 0 ? &r->aux : NULL;
	case LINE_VTY:
		break;
	}
	return number < LINE_VTYS ? &r->vty[number] : NULL;
}

struct line *
line_take_vty(struct router *r, enum line_transport transport)
{
	for (unsigned i = 0; i < LINE_VTYS; i++) {
		struct line *l = &r->vty[i];

		if (l->busy || !l->configured || !l->exec)
			continue;
		if (!(transport == LINE_SSH ? l->transport_ssh : l->transport_telnet))
			continue;
		l->busy = true;
		l->transport = transport;
		return l;
	}
	return NULL;
}

struct line *
line_at(struct router *r, unsigned absolute)
{
	if (absolute < 2)
		return line_get(r, absolute == 0 ? LINE_CON : LINE_AUX, 0);
	return line_get(r, LINE_VTY, absolute - 2);
}

void
line_take(struct router *r, struct line *l, void (*hang_up)(void *arg), void *arg)
{
	l->busy = true;
	l->taken_ms = clock_mono_ms(router_clock(r));
	l->uses++;
	l->hang_up = hang_up;
	l->hang_up_arg = arg;
}

void
line_hang_up(struct line *l)
{
	if (l->hang_up != NULL)
		l->hang_up(l->hang_up_arg);
}

void
line_release(struct line *l)
{
	l->busy = false;
	l->hang_up = NULL;
	l->user[0] = '\0';
	l->peer[0] = '\0';
	l->cipher[0] = l->hmac[0] = '\0';
}

unsigned
line_absolute(const struct line *l)
{
	switch (l->kind) {
	case LINE_CON:
		return 0;
	case LINE_AUX:
		return 1;
	case LINE_VTY:
		break;
	}
	return 2 + l->number;
}
