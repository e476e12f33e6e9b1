/*
 * dispatch.c - libcli: the registry of a session's commands, the one who runs them and who prints.
 *
 * Each row of the grammar is a libcli command named by its place ("r17"), with the row's mode and
 * privilege; matching has been done before, so what is run is "r17", or "r17 | include", while the
 * session holds the matched arguments and the pattern.  libcli checks mode and privilege once more,
 * sets the filters up, calls back here, and takes them down.  Its own commands are removed, its
 * line editor (cli_loop) is not used.  All output goes through cli_print() or, past the filters,
 * cli_error().
 *
 * libcli's modes are enum shell_mode: its MODE_EXEC 0 and MODE_CONFIG 1 are ours too.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libcli.h>

#include "cli/session/internal.h"

_Static_assert((int)MODE_USER_EXEC == MODE_EXEC && (int)MODE_GLOBAL_CONFIG == MODE_CONFIG,
	"libcli and enum shell_mode disagree");

enum { ROW_NAME_MAX = 16 };

/* Every row's callback: runs the one that was matched. */
static int
run_row(struct cli_def *cli, const char *command, char *argv[], int argc)
{
	struct session *s = cli_get_context(cli);

	(void)command;
	(void)argv;
	(void)argc;
	return s->match->row->run(s, s->match->args) == 0 ? CLI_OK : CLI_ERROR;
}

static void
print_line(struct cli_def *cli, const char *line)
{
	struct session *s = cli_get_context(cli);

	s->ops.output(s->ops.arg, line, strlen(line));
	s->ops.output(s->ops.arg, "\n", 1);
}

struct registration {
	struct cli_def *cli;
	unsigned next;
	bool failed;
};

static void
register_row(void *arg, const struct command *row)
{
	struct registration *reg = arg;
	char name[ROW_NAME_MAX];

	snprintf(name, sizeof(name), "r%u", reg->next++);
	if (cli_register_command(reg->cli, NULL, name, run_row, row->privilege, (int)row->mode,
		    row->syntax) == NULL)
		reg->failed = true;
}

bool
dispatch_init(struct session *s)
{
	struct registration reg = { 0 };

	s->cli = cli_init();
	if (s->cli == NULL)
		return false;
	cli_unregister_all_commands(s->cli);
	cli_unregister_all_filters(s->cli);
	cli_set_context(s->cli, s);
	cli_print_callback(s->cli, print_line);
	reg.cli = s->cli;
	grammar_each(s->grammar, register_row, &reg);
	if (reg.failed || !filters_register(s->cli))
		return false;
	/* So that libcli learns how the names differ; sessions begin unprivileged, in EXEC. */
	cli_set_privilege(s->cli, 1);
	return true;
}

void
dispatch_fini(struct session *s)
{
	if (s->cli != NULL)
		cli_done(s->cli);
	s->cli = NULL;
}

int
dispatch_run(struct session *s, const struct grammar_match *m)
{
	enum shell_mode mode = dispatch_mode(s);
	char command[ROW_NAME_MAX + 16];
	int rc;

	snprintf(command, sizeof(command), "r%u%s%s", m->index, m->filter != NULL ? " | " : "",
		m->filter != NULL ? FILTERS_NAME : "");
	if (m->is_do)
		dispatch_set_mode(s, MODE_USER_EXEC);
	s->match = m;
	rc = cli_run_command(s->cli, command);
	s->match = NULL;
	/* `do` comes back to where it was typed, unless its command went somewhere itself. */
	if (m->is_do && dispatch_mode(s) == MODE_USER_EXEC)
		dispatch_set_mode(s, mode);
	return rc == CLI_OK ? 0 : -1;
}

void
dispatch_put_line(struct session *s, const char *line)
{
	print_line(s->cli, line);
}

enum shell_mode
dispatch_mode(const struct session *s)
{
	return (enum shell_mode)s->cli->mode;
}

void
dispatch_set_mode(struct session *s, enum shell_mode mode)
{
	cli_set_configmode(s->cli, (int)mode, shell_mode_info[mode].prompt);
}

int
session_privilege(const struct session *s)
{
	return s->cli->privilege;
}

void
session_set_privilege(struct session *s, int level)
{
	cli_set_privilege(s->cli, level);
}

void
session_print(struct session *s, const char *text)
{
	size_t len = strlen(text);

	if (len == 0)
		return;
	/* cli_print() ends the last line itself. */
	if (text[len - 1] == '\n')
		len--;
	cli_print(s->cli, "%.*s", (int)len, text);
}

void
session_printf(struct session *s, const char *fmt, ...)
{
	char *text = NULL;
	va_list ap;

	va_start(ap, fmt);
	if (vasprintf(&text, fmt, ap) >= 0)
		session_print(s, text);
	else
		text = NULL;
	va_end(ap);
	free(text);
}
