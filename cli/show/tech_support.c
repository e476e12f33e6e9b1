/*
 * tech_support.c - `show tech-support`: all of it in one text, each part under its name, and the
 * configuration without its secrets, so that it may be mailed.
 */
#include <stdlib.h>
#include <string.h>

#include "cli/show/show_internal.h"

static void
add_title(struct text *t, const char *command)
{
	text_addf(t, "\n------------------ show %s ------------------\n\n\n", command);
}

/* Where on this line a secret begins; NULL: nowhere. */
static const char *
secret_of(const char *line, size_t len)
{
	static const char *const words[] = { " secret ", " password " };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		const char *at = memmem(line, len, words[i], strlen(words[i]));

		if (at != NULL)
			return at + strlen(words[i]);
	}
	if (len > 9 && strncmp(line, "password ", 9) == 0)
		return line + 9;
	return NULL;
}

static bool
is_comment(const char *line, size_t len)
{
	const char *first = line + strspn(line, " ");

	return len == 0 || strncmp(first, "description", 11) == 0 ||
	       strncmp(first, "remark", 6) == 0;
}

static void
add_config(struct text *t, struct router *r)
{
	struct text config = { 0 };

	show_running_config(&config, r);
	t->failed |= config.failed;
	for (const char *line = config.s; line != NULL && *line != '\0';) {
		size_t len = strcspn(line, "\n");
		const char *secret = is_comment(line, len) ? NULL : secret_of(line, len);

		text_addf(t, "%.*s%s\n", (int)(secret != NULL ? secret - line : (long)len), line,
			secret != NULL ? "<removed>" : "");
		line += len + (line[len] == '\n');
	}
	text_fini(&config);
}

static void
add_all_interfaces(struct text *t, struct router *r)
{
	add_title(t, "interfaces");
	show_interfaces(t, r, NULL);
	add_title(t, "ip interface");
	show_ip_interface(t, r, NULL);
}

int
show_tech_support(struct text *t, struct router *r)
{
	int rc;

	add_title(t, "clock");
	show_clock(t, r, false);
	add_title(t, "version");
	show_version(t, r);
	add_title(t, "running-config");
	add_config(t, r);
	add_all_interfaces(t, r);
	add_title(t, "ip route");
	rc = show_ip_route(t, r, SHOW_ROUTES_ALL);
	if (rc < 0)
		return rc;
	add_title(t, "access-lists");
	rc = show_access_lists(t, r, NULL, LISTS_ALL);
	if (rc < 0)
		return rc;
	add_title(t, "platform drops");
	show_platform_drops(t, r);
	add_title(t, "processes cpu");
	show_processes_cpu(t, r, false);
	add_title(t, "memory statistics");
	show_memory_statistics(t, r);
	add_title(t, "inventory");
	show_inventory(t, r);
	add_title(t, "logging");
	show_logging(t, r);
	return 0;
}
