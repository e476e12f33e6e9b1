/*
 * acl_lines.c - entries from typed lines, for the tests of the access-list engine.
 *
 * What an entry points to is in a room of a small ring, so that entries can be passed by value.
 */
#include "tests/lib/acl_lines.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

struct ace_room *
line_room(void)
{
	static struct ace_room ring[LINE_ROOMS];
	static size_t next;

	return &ring[next++ % LINE_ROOMS];
}

int
line_parse(const char *line, size_t from, enum acl_kind kind, enum ace_dialect dialect,
	struct ace *ace, struct parse_error *err)
{
	struct word word[WORDS_MAX];
	struct word_reader r = {
		.line = line,
		.word = word,
		.n = words_split(line, word, WORDS_MAX),
		.pos = from,
		.err = err,
	};

	memset(err, 0, sizeof(*err));
	return ace_parse(&r, kind, dialect, ace, line_room());
}

struct ace
line_ace(const char *line, enum acl_kind kind)
{
	struct parse_error err;
	struct ace ace;

	if (line_parse(line, 0, kind, ACE_IN_NAMED, &ace, &err) != 0)
		fail_msg("refused: %s (fault %d at %zu %s)", line, err.fault, err.at, err.text);
	return ace;
}

void
line_expect(const char *line, enum acl_kind kind, enum ace_dialect dialect, char *out, size_t size)
{
	struct choice_list expect = { 0 };
	struct word word[WORDS_MAX];
	struct parse_error err;
	struct word_reader r = {
		.line = line,
		.word = word,
		.n = words_split(line, word, WORDS_MAX),
		.expect = &expect,
		.err = &err,
	};
	struct ace ace;
	size_t len = 0;
	char token[32];

	(void)ace_parse(&r, kind, dialect, &ace, line_room());
	out[0] = '\0';
	for (size_t i = 0; i < expect.n && len < size; i++) {
		assert_non_null(expect.v[i].help);
		len += (size_t)snprintf(out + len, size - len, "%s\n",
			choice_token(&expect.v[i], token, sizeof(token)));
	}
	choice_list_fini(&expect);
}

void
line_add(struct acl *acl, uint32_t seq, const char *line)
{
	struct ace ace = line_ace(line, acl_kind(acl));
	struct parse_error err;

	if (acl_add(acl, seq, &ace, &err) < 0)
		fail_msg("not added: %s (%s)", line, err.text);
}

void
list_text(const struct acl *acl, enum ace_style style, char *out, size_t size)
{
	char text[ACE_TEXT_MAX];
	size_t len = 0;

	out[0] = '\0';
	for (size_t i = 0; i < acl_length(acl) && len < size; i++) {
		const struct acl_entry *e = acl_at(acl, i);

		ace_format(&e->ace, style, NULL, text, sizeof(text));
		if (e->ace.is_remark)
			len += (size_t)snprintf(out + len, size - len, "%s\n", text);
		else
			len += (size_t)snprintf(out + len, size - len, "%u %s\n", e->seq, text);
	}
}

bool
row_read(FILE *f, char *line, size_t size, char *field[ROW_FIELDS])
{
	while (fgets(line, (int)size, f) != NULL) {
		char *rest = line;

		line[strcspn(line, "\n")] = '\0';
		if (line[0] == '#' || line[0] == '\0')
			continue;
		for (int i = 0; i < ROW_FIELDS; i++)
			field[i] = rest != NULL ? strsep(&rest, "\t") : NULL;
		return true;
	}
	return false;
}

FILE *
data_open(const char *name)
{
	char path[4096];
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", TEST_DATA, name);
	f = fopen(path, "r");
	if (f == NULL)
		fail_msg("cannot open %s", path);
	return f;
}
