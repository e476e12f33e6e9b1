/*
 * config_replace.c - see config_replace.h.
 *
 * A copy is a router without frames, files or a startup-config, and with the interfaces that this one
 * cannot do without: those with a port are in every running configuration.
 */
#include "cli/config/config_replace.h"

#include <string.h>

#include "cli/config/config_edit.h"
#include "cli/config/config_numbers.h"
#include "cli/session/session.h"

/* ---- copies ---- */

static struct router *
copy_create(struct router *r)
{
	const struct router_options opt = { .clock = router_clock(r) };
	struct router *copy = router_create(&opt);
	struct dataplane *dp = router_dataplane(r);
	const struct interface *i;

	for (size_t k = 0; copy != NULL && dp != NULL && (i = interface_at(r, k)) != NULL; k++)
		if (dataplane_has_port(dp, i->ifindex))
			(void)interface_create(copy, i->name);
	return copy;
}

struct refusals {
	const char *text;
	const char *at; /* where line `line` begins */
	unsigned line;
	struct text *refused;
};

static void
on_fault(void *arg, unsigned line, const char *message)
{
	struct refusals *f = arg;

	(void)message;
	while (f->line < line && *f->at != '\0') {
		f->at += strcspn(f->at, "\n");
		f->at += *f->at == '\n';
		f->line++;
	}
	text_addf(f->refused, "%.*s\n", (int)strcspn(f->at, "\r\n"), f->at);
}

static void
ignore_fault(void *arg, unsigned line, const char *message)
{
	(void)arg;
	(void)line;
	(void)message;
}

/* Lists that the text does not number, and does not change, keep the numbers they have. */
static bool
keep_numbers(struct router *copy, const struct grammar *g, const char *is, const char *text,
	struct text *target)
{
	struct text commands = { 0 };
	bool ok = config_numbers_keep(is, target->s, text, &commands);

	if (ok && commands.len > 0) {
		session_load(copy, g, commands.s, ignore_fault, NULL);
		text_fini(target);
		ok = config_snapshot(copy, target);
	}
	text_fini(&commands);
	return ok;
}

/*
 * What the text means to a router that is what `is` says: the snapshot of one that has loaded it. False
 * without memory.
 */
static bool
canonical(struct router *r, const struct grammar *g, const char *is, const char *text,
	struct text *target, struct text *refused)
{
	struct refusals f = { text, text, 1, refused };
	struct router *copy = copy_create(r);
	bool ok = copy != NULL;

	if (ok) {
		session_load(copy, g, text, on_fault, &f);
		ok = config_snapshot(copy, target) && !refused->failed &&
		     keep_numbers(copy, g, is, text, target);
	}
	router_destroy(copy);
	return ok;
}

/* The edits tried out on a copy of what there is. What config_edit() says. */
static int
rehearse(struct router *r, const struct grammar *g, const char *is, const char *target,
	struct text *commands)
{
	struct router *copy = copy_create(r);
	int passes = -1;

	if (copy != NULL) {
		session_load(copy, g, is, ignore_fault, NULL);
		router_hold(copy);
		passes = config_edit(copy, g, target, commands);
		router_release(copy);
	}
	router_destroy(copy);
	return passes;
}

/* ---- the whole ---- */

/* Held by the caller. */
static enum replace_result
change(struct router *r, const struct grammar *g, const char *is, const char *target)
{
	if (config_edit(r, g, target, NULL) >= 0)
		return REPLACE_DONE;
	return config_edit(r, g, is, NULL) >= 0 ? REPLACE_FAILED : REPLACE_BROKEN;
}

enum replace_result
config_replace(struct router *r, const struct grammar *g, const char *text, struct replace *out)
{
	enum replace_result result = REPLACE_IMPOSSIBLE;
	struct text target = { 0 }, is = { 0 };

	memset(out, 0, sizeof(*out));
	if (!config_snapshot(r, &is) || !canonical(r, g, is.s, text, &target, &out->refused))
		goto out;
	result = REPLACE_REFUSED;
	if (out->refused.len > 0)
		goto out;
	result = REPLACE_IMPOSSIBLE;
	out->passes = rehearse(r, g, is.s, target.s, &out->commands);
	if (out->passes < 0)
		goto out;
	router_hold(r);
	result = change(r, g, is.s, target.s);
	router_release(r);
out:
	text_fini(&is);
	text_fini(&target);
	return result;
}

void
replace_fini(struct replace *out)
{
	text_fini(&out->refused);
	text_fini(&out->commands);
}
