/*
 * inert.c - see inert.h.
 */
#include "router/inert.h"

#include <stdio.h>

#include "router/internal.h"

void
inert_set(struct inert *kept, const char *text)
{
	snprintf(kept->text, sizeof(kept->text), "%s", text);
}

struct inert *
router_inert(struct router *r, enum inert_global which)
{
	return &r->inert[which];
}
