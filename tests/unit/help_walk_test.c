/*
 * help_walk_test.c - `?` and Tab at every position of every command there is.
 *
 * For each mode a session is brought there, and each word of each row of its table (and of EXEC's,
 * behind `do`) is reached once, by the shortest way.  There `?` must list it, and nothing out of
 * order; behind it `<cr>` must stand where the command may end, and then the line must be one; its
 * first letter must bring it up, and Tab must finish it.  A new mode needs a way in below, a new kind of
 * capture a sample.  Entries go on in parsers of their own, which their own tests walk.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <cmocka.h>

#include "cli/grammar/internal.h"
#include "tests/unit/rig.h"

enum { LINE_ROOM = WORDS_MAX_LINE };

static const char *const way_in[SHELL_MODES][2] = {
	[MODE_USER_EXEC] = { "" },
	[MODE_GLOBAL_CONFIG] = { "configure terminal" },
	[MODE_CONFIG_IF] = { "configure terminal\ninterface Vlan1",
		"configure terminal\ninterface FastEthernet0" },
	[MODE_EXT_NACL] = { "configure terminal\nip access-list extended X" },
	[MODE_STD_NACL] = { "configure terminal\nip access-list standard Y" },
	[MODE_CONFIG_LINE] = { "configure terminal\nline vty 0 4",
		"configure terminal\nline con 0" },
	[MODE_IPV6_ACL] = { "configure terminal\nipv6 access-list X" },
	[MODE_EXT_MACL] = { "configure terminal\nmac access-list extended X" },
	[MODE_TIME_RANGE] = { "configure terminal\ntime-range X" },
	[MODE_NETWORK_GROUP] = { "configure terminal\nobject-group network N" },
	[MODE_SERVICE_GROUP] = { "configure terminal\nobject-group service S" },
	[MODE_ARCHIVE] = { "configure terminal\narchive" },
	[MODE_ARCHIVE_LOG] = { "configure terminal\narchive\nlog config" },
	[MODE_SSH_PUBKEY] = { "configure terminal\nip ssh pubkey-chain" },
	[MODE_SSH_PUBKEY_USER] = { "configure terminal\nip ssh pubkey-chain\nusername u" },
};

struct tour {
	struct rig *rig;
	const char *lead; /* what stands before a row's words: "", "do " */
	const struct row *row;
	int from[ROW_NODES]; /* the node before each, -1 at the start, -2 not reached */
	size_t asked;
};

static const char *
ask(struct tour *t, const char *text)
{
	text_fini(&t->rig->said);
	text_add(&t->rig->said, "");
	session_help(t->rig->session, text);
	t->asked++;
	return t->rig->said.s;
}

/* ---- the ways through a row ---- */

static void
find_ways(struct tour *t)
{
	unsigned queue[ROW_NODES], head = 0, n = 0;

	for (unsigned i = 0; i < t->row->n_nodes; i++) {
		t->from[i] = -2;
		if ((t->row->first >> i & 1) != 0) {
			t->from[i] = -1;
			queue[n++] = i;
		}
	}
	while (head < n) {
		unsigned at = queue[head++];

		for (unsigned i = 0; i < t->row->n_nodes; i++) {
			if ((t->row->node[at].follow >> i & 1) == 0 || t->from[i] != -2)
				continue;
			t->from[i] = (int)at;
			queue[n++] = i;
		}
	}
}

static const struct {
	const char *text, *sample;
} custom[] = {
	{ "hh:mm:ss", "12:00:00" },
	{ "hhh:mm", "12:00" },
	{ "hh:mm", "12:00" },
	{ "MONTH", "January" },
	{ "<-23 - 23>", "1" },
	{ "flash:", "flash:xyz" },
	{ "nvram:", "nvram:startup-config" },
	{ "system:", "system:running-config" },
	{ "WORD", "xyz" },
};

/* A word that this choice takes. */
static const char *
sample(const struct choice *c, char *buf, size_t size)
{
	switch (c->type) {
	case CHOICE_KEYWORD:
		return c->text;
	case CHOICE_NUMBER:
	case CHOICE_NUMBER_ANY_BASE:
		snprintf(buf, size, "%u", c->lo);
		return buf;
	case CHOICE_IPV4:
		return "10.0.0.1";
	case CHOICE_IPV6:
		return "2001:DB8::1";
	case CHOICE_IPV6_PREFIX:
		return "2001:DB8::/32";
	case CHOICE_MAC:
		return "0001.0002.0003";
	case CHOICE_WORD:
	case CHOICE_LINE:
		return "xyz";
	case CHOICE_CUSTOM:
		break;
	case CHOICE_END:
		return "";
	}
	if (c->accept == capture_interface_number.accept)
		return "4";
	if (c->accept == capture_ifname_glued.accept || c->accept == capture_interface_glued.accept)
		return "FastEthernet4";
	if (c->accept == capture_ifname_number.accept)
		return "1";
	for (size_t i = 0; i < sizeof(custom) / sizeof(custom[0]); i++)
		if (strcmp(custom[i].text, c->text) == 0)
			return custom[i].sample;
	fail_msg("no sample of %s", c->text);
	return "";
}

/* The words up to node `at`, which itself is left out; each with a blank behind. */
static void
way_to(const struct tour *t, int at, char *line)
{
	char buf[64];

	if (at < 0 || t->from[at] < 0) {
		strcpy(line, t->lead);
		return;
	}
	way_to(t, t->from[at], line);
	strcat(line, sample(&t->row->node[t->from[at]].choice[0], buf, sizeof(buf)));
	strcat(line, " ");
}

/* ---- what `?` says ---- */

static bool
lists(const char *help, const char *token)
{
	size_t len = strlen(token);

	for (const char *p = help; p != NULL; p = strchr(p, '\n'), p = p != NULL ? p + 1 : NULL)
		if (strncmp(p, "  ", 2) == 0 && strncmp(p + 2, token, len) == 0 &&
			(p[2 + len] == ' ' || p[2 + len] == '\n'))
			return true;
	return false;
}

/* Two blanks, sorted, <cr> last, a blank line at the end; a header only when nothing was typed. */
static void
check_layout(const char *text, const char *help)
{
	char last[64] = "", token[64];
	const char *p = help;

	if (strcmp(help, "  LINE    <cr>\n\n") == 0)
		return;
	if (strspn(text, " ") == strlen(text) && strncmp(p, "  ", 2) != 0)
		p = strchr(p, '\n') + 1;
	for (; *p != '\n'; p = strchr(p, '\n') + 1) {
		if (strncmp(p, "  ", 2) != 0 || sscanf(p, "%63s", token) != 1)
			fail_msg("\"%s?\": not a table:\n%s", text, help);
		if (p[2] == ' ') /* the rest of the line above */
			continue;
		if (strcmp(last, "<cr>") == 0 ||
			(strcmp(token, "<cr>") != 0 && strcmp(last, token) >= 0))
			fail_msg("\"%s?\": %s behind %s:\n%s", text, token, last, help);
		strcpy(last, token);
	}
	assert_string_equal(p, "\n");
}

static void
check_listed(struct tour *t, const char *line, const struct choice *c)
{
	char buf[48];
	const char *token = choice_token(c, buf, sizeof(buf)), *help = ask(t, line);

	if (!lists(help, token))
		fail_msg("\"%s?\" does not list %s of \"%s\":\n%s", line, token,
			t->row->command->syntax, help);
	check_layout(line, help);
}

/* The first letter and `?`; all but the last letter and Tab. */
static void
check_typed(struct tour *t, const char *line, const char *keyword)
{
	char text[LINE_ROOM + 64], done[LINE_ROOM + 64], whole[64];
	const char *help, *at;

	snprintf(text, sizeof(text), "%s%c", line, keyword[0]);
	help = ask(t, text);
	snprintf(whole, sizeof(whole), "%s  ", keyword);
	at = strstr(help, whole);
	if (at == NULL || (at != help && at[-1] != ' ' && at[-1] != '\n'))
		fail_msg("\"%s?\" does not say %s:\n%s", text, keyword, help);
	snprintf(text, sizeof(text), "%s%s", line, keyword);
	session_complete(t->rig->session, text, done, sizeof(done));
	if (strncmp(done, text, strlen(text)) != 0 || strlen(done) > strlen(text) + 1)
		fail_msg("Tab makes \"%s\" of \"%s\"", done, text);
}

/* Behind the word: the end of the line, where the command may end. */
static void
check_behind(struct tour *t, const char *line)
{
	struct grammar_match m;
	const char *help;

	help = ask(t, line);
	if (strstr(help, "<cr>\n") == NULL)
		fail_msg("\"%s?\" has no <cr>:\n%s", line, help);
	check_layout(line, help);
	if (grammar_match(t->rig->grammar, t->rig->session, session_mode(t->rig->session), 15, line,
		    &m) != GRAMMAR_MATCHED)
		fail_msg("\"%s\" is refused: fault %d at %zu %s", line, m.err.fault, m.err.at,
			m.err.text);
	grammar_match_fini(&m);
}

static void
visit_node(struct tour *t, unsigned at)
{
	const struct node *node = &t->row->node[at];
	char line[LINE_ROOM], buf[64];
	bool own_words = node->type != NULL &&
			 (node->type->kind == CAPTURE_PARSED || node->type->kind == CAPTURE_EXEC);

	/* What every configuration mode has (do, end) works in a sub-mode and is not listed there. */
	bool unlisted =
		t->row->hidden || (t->from[at] == -1 && *t->lead == '\0' &&
					  t->row->command->mode != session_mode(t->rig->session));

	if (t->from[at] == -2)
		fail_msg("nothing leads to word %u of \"%s\"", at, t->row->command->syntax);
	way_to(t, (int)at, line);
	for (size_t i = 0; i < node->n_choices; i++) {
		const struct choice *c = &node->choice[i];

		if (unlisted || (c->text != NULL && *c->text == '\0') ||
			(node->type != NULL && node->type->kind == CAPTURE_EXEC)) /* behind_do() */
			continue;
		check_listed(t, line, c);
		if (c->type == CHOICE_KEYWORD)
			check_typed(t, line, c->text);
	}
	if (own_words || !node->last)
		return;
	/* Of the other types there is none whose number could be taken. */
	if (node->choice[0].accept == capture_interface_number.accept &&
		strcmp(t->row->node[t->from[at]].choice[0].text, "FastEthernet") != 0)
		return;
	strcat(line, sample(&node->choice[0], buf, sizeof(buf)));
	strcat(line, " ");
	check_behind(t, line);
}

static void
visit_rows(struct tour *t, enum shell_mode mode)
{
	const struct row_list *rows = &t->rig->grammar->mode[mode];

	for (size_t i = 0; i < rows->n; i++) {
		t->row = rows->v[i];
		if (t->row->command->offered != NULL && !t->row->command->offered(t->rig->session))
			continue;
		find_ways(t);
		for (unsigned n = 0; n < t->row->n_nodes; n++)
			visit_node(t, n);
	}
}

static void
enter(struct rig *g, const char *lines)
{
	rig_type(g, "");
	session_end(g->session);
	session_set_width(g->session, 0);
	rig_type(g, lines);
}

static void
every_word_of_every_mode(void **state)
{
	struct tour t = { .rig = *state, .lead = "" };

	for (enum shell_mode mode = 0; mode < SHELL_MODES; mode++) {
		assert_non_null(way_in[mode][0]);
		for (int i = 0; i < 2 && way_in[mode][i] != NULL; i++) {
			enter(t.rig, way_in[mode][i]);
			assert_int_equal(session_mode(t.rig->session), mode);
			visit_rows(&t, mode);
		}
	}
	assert_true(t.asked > 1000);
}

static void
behind_do(void **state)
{
	struct tour t = { .rig = *state, .lead = "do " };

	enter(t.rig, "configure terminal\ninterface Vlan1");
	visit_rows(&t, MODE_USER_EXEC);
	assert_true(t.asked > 200);
}

/* What a level may not do, `?` does not mention, and Tab does not finish. */
static void
privilege_limits_help(void **state)
{
	struct rig *g = *state;
	struct tour t = { .rig = g, .lead = "" };

	enter(g, "");
	assert_true(lists(ask(&t, ""), "configure"));
	assert_true(lists(ask(&t, "show "), "running-config"));
	session_set_privilege(g->session, 1);
	assert_false(lists(ask(&t, ""), "configure"));
	assert_true(lists(ask(&t, ""), "show"));
	assert_false(lists(ask(&t, "show "), "running-config"));
	assert_string_equal(ask(&t, "conf"), "% Unrecognized command\n");
	session_set_privilege(g->session, 15);
}

/* Any bytes before `?` and Tab: an answer, and nothing else. */
static void
nonsense_is_answered(void **state)
{
	static const char *const nonsense[] = { "\x01", "|", "| |", "show |", "show | include",
		"do do do", "no no", "default no", "access-list 1 permit \xff\xfe", "\t\t",
		"interface interface", "ip access-list extended \"", "show run | section | x", "!",
		"! ?", "no", "default", "do", "    ", "permit tcp any any eq", "\xc3\xa9" };
	struct rig *g = *state;
	struct tour t = { .rig = g, .lead = "" };
	char text[64], done[256];

	for (enum shell_mode mode = 0; mode < SHELL_MODES; mode++) {
		enter(g, way_in[mode][0]);
		for (size_t i = 0; i < sizeof(nonsense) / sizeof(nonsense[0]); i++) {
			for (int blank = 0; blank < 2; blank++) {
				snprintf(text, sizeof(text), "%s%s", nonsense[i], blank ? " " : "");
				assert_true(strlen(ask(&t, text)) > 0);
				session_complete(g->session, text, done, sizeof(done));
				assert_memory_equal(done, text, strlen(text));
			}
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_RIG(every_word_of_every_mode),
		WITH_RIG(behind_do),
		WITH_RIG(privilege_limits_help),
		WITH_RIG(nonsense_is_answered),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
