/*
 * object_group.c - `object-group network|service NAME` and the two modes.
 *
 * A session remembers the group's name: when another session deletes it, the next member makes it
 * anew, as with lists.  What an entry or another group uses cannot be taken away (reference 1.9).
 */
#include <stddef.h>

#include "cli/commands/commands.h"
#include "cli/commands/handlers.h"

static int
run_object_group(struct session *s, const struct args *a)
{
	bool network = args_has(a, "network");
	enum object_group_kind kind = network ? OBJECT_GROUP_NETWORK : OBJECT_GROUP_SERVICE;
	struct router *r = session_router(s);
	const char *name = args_text(a, "group");
	struct parse_error err;

	if (args_no(a)) {
		if (object_groups_delete(r, name, kind, &err) < 0)
			return command_refuse(s, "%s", err.text);
		return 0;
	}
	if (object_groups_open(r, name, kind, &err) == NULL)
		return command_refuse(s, "%s", err.text);
	session_enter_named(s, network ? MODE_NETWORK_GROUP : MODE_SERVICE_GROUP, name);
	return 0;
}

/* The group of the session's mode; NULL when it cannot be had, with the error. */
static struct object_group *
this_group(struct session *s, struct parse_error *err)
{
	enum object_group_kind kind =
		session_mode(s) == MODE_NETWORK_GROUP ? OBJECT_GROUP_NETWORK : OBJECT_GROUP_SERVICE;

	return object_groups_open(session_router(s), session_name(s), kind, err);
}

static int
run_member(struct session *s, const struct args *a)
{
	struct parse_error err;
	struct object_group *g = this_group(s, &err);
	int rc = -1;

	if (g != NULL && args_no(a))
		rc = object_groups_remove(session_router(s), g, args_object(a), &err);
	else if (g != NULL)
		rc = object_groups_add(session_router(s), g, args_object(a), &err);
	return rc < 0 ? command_refuse(s, "%s", err.text) : 0;
}

static int
run_description(struct session *s, const struct args *a)
{
	struct parse_error err;
	struct object_group *g = this_group(s, &err);

	if (g == NULL)
		return command_refuse(s, "%s", err.text);
	object_group_set_description(g, args_no(a) ? "" : args_text(a, "text"));
	return 0;
}

static int
run_exit(struct session *s, const struct args *a)
{
	(void)a;
	session_exit(s);
	return 0;
}

#define GROUP_MODE(MODE, MEMBER)                                                                   \
	{ .mode = MODE,                                                                            \
		.privilege = 15,                                                                   \
		.syntax = MEMBER,                                                                  \
		.no_syntax = "=",                                                                  \
		.help = "A member",                                                                \
		.run = run_member },                                                               \
		{ .mode = MODE,                                                                    \
			.privilege = 15,                                                           \
			.syntax = "description <text:line>",                                       \
			.no_syntax = "description [<text:line>]",                                  \
			.help = DESCRIPTION,                                                       \
			.no_help = DESCRIPTION,                                                    \
			.run = run_description },                                                  \
	{                                                                                          \
		.mode = MODE, .privilege = 15, .syntax = "exit",                                   \
		.help = "Exit from object-group configuration mode", .run = run_exit               \
	}
#define DESCRIPTION "Object-group description\nUp to 200 characters describing this object-group"

const struct command object_group_commands[] = {
	{ .mode = MODE_GLOBAL_CONFIG,
		.privilege = 15,
		.syntax = "object-group {network <group:network-group>|service "
			  "<group:service-group>}",
		.no_syntax = "=",
		.help = "Configure object group\n"
			"network group\n"
			"WORD object-group name\n"
			"service group\n"
			"WORD object-group name",
		.run = run_object_group },
	GROUP_MODE(MODE_NETWORK_GROUP, "<member:object-network>"),
	GROUP_MODE(MODE_SERVICE_GROUP, "<member:object-service>"),
	{ .syntax = NULL },
};
