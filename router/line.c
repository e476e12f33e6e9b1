/*
 * line.c - con 0 and the vtys: their defaults, as IOS has them, and who is on which.
 */
#include <string.h>

#include "router/internal.h"

void
line_set_defaults(struct line *l)
{
	l->configured = l->kind == LINE_CON || l->number < 5;
	l->login = l->kind == LINE_CON ? LOGIN_NONE : LOGIN_PASSWORD;
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
	l->access_class[0] = '\0';
	l->access_class_vrf_also = false;
	l->ipv6_access_class[0] = '\0';
}

void
lines_init(struct router *r)
{
	r->con.kind = LINE_CON;
	line_set_defaults(&r->con);
	for (unsigned i = 0; i < LINE_VTYS; i++) {
		r->vty[i].kind = LINE_VTY;
		r->vty[i].number = i;
		line_set_defaults(&r->vty[i]);
	}
}

struct line *
line_get(struct router *r, enum line_kind kind, unsigned number)
{
	if (kind == LINE_CON)
		return number == 0 ? &r->con : NULL;
	return number < LINE_VTYS ? &r->vty[number] : NULL;
}

struct line *
line_take_vty(struct router *r)
{
	for (unsigned i = 0; i < LINE_VTYS; i++) {
		struct line *l = &r->vty[i];

		if (l->busy || !l->configured)
			continue;
		l->busy = true;
		return l;
	}
	return NULL;
}

void
line_release(struct line *l)
{
	l->busy = false;
	l->user[0] = '\0';
	l->peer[0] = '\0';
}

unsigned
line_absolute(const struct line *l)
{
	return l->kind == LINE_CON ? 0 : 2 + l->number;
}
