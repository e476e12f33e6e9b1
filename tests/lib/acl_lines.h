/*
 * acl_lines.h - for tests: entries from typed lines, their text, and rows of tab-separated files.
 */
#ifndef TESTS_ACL_LINES_H
#define TESTS_ACL_LINES_H

#include <stdio.h>

#include "acl/acl.h"

enum { LINE_ROOMS = 64 };
/* A place for what an entry points to; used again after LINE_ROOMS more calls, or lines read. */
struct ace_room *line_room(void);
/* Reads the entry that begins at word `from` of the line. As ace_parse(). */
int line_parse(const char *line, size_t from, enum acl_kind kind, enum ace_dialect dialect,
	struct ace *ace, struct parse_error *err);
/* The same, a line that is right and begins with the entry, as typed in list mode. */
struct ace line_ace(const char *line, enum acl_kind kind);
/* The tokens that `?` behind the line would list, a newline behind each, in the order offered. */
void line_expect(const char *line, enum acl_kind kind, enum ace_dialect dialect, char *out,
	size_t size);
/* acl_add(); fails the test when it is refused. */
void line_add(struct acl *acl, uint32_t seq, const char *line);
/* The whole list, one item per line: "10 permit ...", a remark without a number. */
void list_text(const struct acl *acl, enum ace_style style, char *out, size_t size);

enum { ROW_FIELDS = 5 };
/* The next row of a tab-separated file into line, split; comments and empty lines are skipped. */
bool row_read(FILE *f, char *line, size_t size, char *field[ROW_FIELDS]);
/* Opens tests/data/NAME; fails the test when it is not there. */
FILE *data_open(const char *name);

#endif
