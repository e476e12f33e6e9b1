/*
 * refusals_test.c - lines that IOS refuses, typed at a session: the message, and the caret under the
 * right column of the screen.
 *
 * The rows are those of the reference's corpus of refusals, and ours for the commands it has none of.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/lib/acl_lines.h"
#include "tests/unit/rig.h"

static const struct {
	const char *mode, *enter;
} modes[] = {
	{ "exec", NULL },
	{ "config", "configure terminal" },
	{ "config-if", "configure terminal\ninterface Vlan1" },
	{ "ext-nacl", "configure terminal\nip access-list extended X" },
	{ "std-nacl", "configure terminal\nip access-list standard 9" },
	{ "ipv6-acl", "configure terminal\nipv6 access-list X" },
	{ "config-line", "configure terminal\nline vty 0 4" },
	{ "config-time-range", "configure terminal\ntime-range X" },
	{ "config-network-group", "configure terminal\nobject-group network N" },
	{ "config-service-group", "configure terminal\nobject-group service S" },
};

/* "ext-nacl {10 permit ip any any}": enters the mode, types the line. */
static void
enter_mode(struct rig *g, char *mode)
{
	char *first = strstr(mode, " {");

	rig_type(g, "");
	session_end(g->session);
	if (first != NULL) {
		*first = '\0';
		first += 2;
		first[strlen(first) - 1] = '\0';
	}
	for (size_t i = 0; i < sizeof(modes) / sizeof(modes[0]); i++) {
		if (strcmp(modes[i].mode, mode) != 0)
			continue;
		if (modes[i].enter != NULL)
			rig_type(g, modes[i].enter);
		if (first != NULL)
			rig_type(g, first);
		return;
	}
	fail_msg("no mode \"%s\"", mode);
}

/* What the screen must hold: the caret under its column and the message, or the message alone. */
static void
check(struct rig *g, const char *line, const char *message, const char *caret)
{
	char prompt[128], expected[512] = "";
	const char *said;
	int column, len = 0;

	column = (int)strlen(session_prompt(g->session, prompt, sizeof(prompt)));
	said = rig_type(g, line);
	if (strcmp(caret, "-") != 0)
		len = snprintf(expected, sizeof(expected), "%*s^\n", column + atoi(caret), "");
	snprintf(expected + len, sizeof(expected) - (size_t)len, "%s\n%s", message,
		len > 0 || strstr(message, "Incomplete") != NULL ? "\n" : "");
	if (strcmp(said, expected) != 0)
		fail_msg("\"%s\" was answered (the caret at %d):\n%s", line,
			(int)strspn(said, " ") - column, said);
}

static void
test_refusals(void **state)
{
	struct rig *g = *state;
	FILE *f = data_open("acl/refusals.tsv");
	char line[1024], *field[ROW_FIELDS];

	while (row_read(f, line, sizeof(line), field)) {
		enter_mode(g, field[0]);
		check(g, field[1], field[2], field[3]);
	}
	fclose(f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_RIG(test_refusals),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
