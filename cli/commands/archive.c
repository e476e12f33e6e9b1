/*
 * archive.c - archive and show archive; configure replace, configure confirm, configure revert.
 *
 * The words of the dialogs are Cisco's ("Configuration Replace and Configuration Rollback", 15M&T).  The
 * time in which a change must be confirmed is `configure terminal revert timer` before it, or `configure
 * replace ... time` with it; both need `archive` with a path, for the backup.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/commands/commands.h"
#include "cli/commands/file_dialog.h"
#include "cli/commands/handlers.h"
#include "cli/config/archive.h"
#include "cli/config/config_diff.h"
#include "cli/config/config_edit.h"
#include "cli/config/config_replace.h"
#include "cli/config/rollback.h"
#include "cli/show/archive.h"

/* "admin(Priv: 15, View: 0)" */
static void
describe(struct session *s, char *buf, size_t size)
{
	const char *user = session_user(s);

	snprintf(buf, size, "%s(Priv: %d, View: 0)", user[0] != '\0' ? user : "console",
		session_privilege(s));
}

/* ---- show archive ---- */

static int
print(struct session *s, void (*make)(struct text *t, struct router *r))
{
	struct text t = { 0 };

	make(&t, session_router(s));
	return command_print(s, &t);
}

static int
run_show_archive(struct session *s, const struct args *a)
{
	(void)a;
	return print(s, show_archive);
}

static int
run_show_rollback_timer(struct session *s, const struct args *a)
{
	(void)a;
	return print(s, show_rollback_timer);
}

static int
run_show_log(struct session *s, const struct args *a)
{
	(void)a;
	return print(s, show_archive_log);
}

/* The configuration that is there, as a tree. 0, or -1 when it cannot be had, which it has said. */
static int
load_tree(struct session *s, const char *name, struct config_node *root)
{
	struct url u;
	char *text;
	size_t len;
	int rc;

	*root = (struct config_node){ .line = NULL };
	if (!file_url(s, name, &u))
		return -1;
	rc = url_load(session_router(s), &u, &text, &len);
	if (rc < 0)
		return file_refuse(s, "opening", &u, rc);
	rc = config_parse(text, root);
	free(text);
	return rc < 0 ? command_refuse(s, "%% Low on memory") : 0;
}

static const char running[] = "system:running-config", startup[] = "nvram:startup-config";

static int
run_differences(struct session *s, const struct args *a)
{
	const char *first = args_text(a, "first"), *second = args_text(a, "second");
	struct config_node from = { .line = NULL }, to = { .line = NULL };
	struct text t = { 0 };
	int rc = -1;

	if (load_tree(s, first != NULL ? first : startup, &from) == 0 &&
		load_tree(s, second != NULL ? second : running, &to) == 0) {
		config_differences(&t, &from, &to);
		rc = command_print(s, &t);
	}
	config_free(&from);
	config_free(&to);
	return rc;
}

static int
run_incremental(struct session *s, const struct args *a)
{
	struct config_node base = { .line = NULL }, more = { .line = NULL };
	struct text t = { 0 };
	int rc = -1;

	if (load_tree(s, args_text(a, "first"), &more) == 0 && load_tree(s, running, &base) == 0) {
		config_increment(&t, &base, &more, args_has(a, "ignorecase"));
		rc = command_print(s, &t);
	}
	config_free(&base);
	config_free(&more);
	return rc;
}

static int
run_archive_config(struct session *s, const struct args *a)
{
	int rc;

	(void)a;
	if (!archive_enabled(session_router(s)))
		return command_refuse(s, " Archive feature not enabled");
	rc = archive_save(session_router(s), NULL);
	if (rc < 0)
		return command_refuse(
			s, "%%Error archiving the configuration (%s)", url_strerror(rc));
	return 0;
}

/* ---- configure replace ---- */

struct replacing {
	struct url url;
	bool list, on_error;
	unsigned minutes; /* to confirm it in; 0 for ever */
};

/* Says how it went. 0 or -1. */
static int
tell_outcome(struct session *s, enum replace_result result, const struct replace *done, bool list)
{
	if (list && done->commands.len > 0)
		session_print(s, done->commands.s);
	switch (result) {
	case REPLACE_DONE:
		session_printf(s, "\nTotal number of passes: %d\nRollback Done\n\n", done->passes);
		return 0;
	case REPLACE_REFUSED:
		session_printf(s,
			"\nThe following commands are failed to apply to the IOS image.\n"
			"********\n%s********\n\nRollback aborted\n",
			done->refused.s);
		return -1;
	case REPLACE_IMPOSSIBLE:
	case REPLACE_FAILED:
		session_printf(s, "\nRollback aborted after %d passes\n", CONFIG_PASSES_MAX);
		return -1;
	case REPLACE_BROKEN:
		break;
	}
	return command_refuse(s, "\nRollback failed midway. Check the running configuration.");
}

static int
replace_with(struct session *s, const struct replacing *q, const char *text)
{
	struct router *r = session_router(s);
	struct rollback_backup backup = { .target = NULL };
	char name[URL_TEXT_MAX], who[ARCHIVE_WHO_MAX];
	enum replace_result result;
	struct replace done;
	int rc = 0;

	if (q->minutes > 0) {
		rc = rollback_backup(r, &backup);
		if (rc < 0)
			return command_refuse(
				s, "%%Error archiving the configuration (%s)", url_strerror(rc));
		session_printf(s,
			"Rollback Confirmed Change: Backing up current running config to %s\n\n",
			backup.file);
	}
	result = config_replace(r, session_grammar(s), text, &done);
	rc = tell_outcome(s, result, &done, q->list);
	if (rc < 0 && q->on_error && result != REPLACE_BROKEN)
		session_print(s, "The original configuration has been successfully restored.\n");
	if (rc == 0 && done.passes > 0) {
		router_note_change(r, session_user(s));
		logging_emit(r, "SYS", 5, "CONFIG_I", "Configured from %s by %s",
			url_text(&q->url, name), command_origin(s, who, sizeof(who)));
	}
	if (rc == 0 && q->minutes > 0) {
		describe(s, who, sizeof(who));
		rollback_arm(r, &backup, false, q->minutes, session_line(s), who);
	}
	free(backup.target);
	replace_fini(&done);
	return rc;
}

/* A configuration has an `end`; what has none may have lost more than that on its way here. */
static bool
has_end(const char *text)
{
	for (; *text != '\0'; text += *text == '\n') {
		size_t len = strcspn(text, "\r\n");

		if (len == 3 && strncmp(text, "end", 3) == 0)
			return true;
		text += strcspn(text, "\n");
	}
	return false;
}

static int
replace_now(struct session *s, const struct replacing *q)
{
	char *text;
	size_t len;
	int rc = url_load(session_router(s), &q->url, &text, &len);

	if (rc < 0)
		return file_refuse(s, "opening", &q->url, rc);
	if (has_end(text))
		rc = replace_with(s, q, text);
	else
		rc = command_refuse(s, "%%The input file is not a valid config file.");
	free(text);
	return rc;
}

static void
replace_answered(struct session *s, const char *answer, void *arg)
{
	const struct word word = { .text = answer, .len = strlen(answer) };

	if (word.len > 0 && word_abbreviates(&word, "yes"))
		(void)replace_now(s, arg);
}

static int
run_replace(struct session *s, const struct args *a)
{
	struct replacing *q = session_memory(s, sizeof(*q));
	struct router *r = session_router(s);
	struct file_info info;
	int rc = 0;

	if (q == NULL)
		return command_refuse(s, "%% Low on memory");
	if (!file_url(s, args_text(a, "file"), &q->url))
		return -1;
	q->list = args_has(a, "list");
	q->on_error = args_has(a, "revert");
	q->minutes = args_number(a, "minutes", 0);
	if ((q->minutes > 0 || q->on_error) && !archive_enabled(r))
		return command_refuse(s, "%%Please turn config archive on before using "
					 "Rollback Confirmed Change");
	if (q->minutes > 0 && rollback_pending(r)->pending)
		return command_refuse(s, "%%Rollback Confirmed Change is already pending");
	if (q->url.place == URL_FLASH)
		rc = files_info(r, q->url.path, &info);
	if (rc < 0)
		return file_refuse(s, "opening", &q->url, rc);
	if (args_has(a, "force"))
		return replace_now(s, q);
	session_print(s, "This will apply all necessary additions and deletions\n"
			 "to replace the current running configuration with the\n"
			 "contents of the specified configuration file, which is\n"
			 "assumed to be a complete configuration, not a partial\n");
	session_ask(s, ASK_LINE,
		"configuration. Enter Y if you are sure you want to proceed. ? [no]: ",
		replace_answered, q);
	return 0;
}

/* ---- rollback confirmed change ---- */

/* The minutes that were typed, and whether they count an idle line's. */
static unsigned
timer_of(const struct args *a, bool *idle)
{
	*idle = args_has(a, "idle");
	return args_number(a, "minutes", 0);
}

static int
run_terminal_revert(struct session *s, const struct args *a)
{
	struct router *r = session_router(s);
	struct rollback_backup backup = { .target = NULL };
	char who[ARCHIVE_WHO_MAX];
	unsigned minutes;
	bool idle;
	int rc;

	if (!archive_enabled(r))
		return command_refuse(
			s, "%%Turn config archive on before using Rollback Confirmed Change");
	if (rollback_pending(r)->pending)
		return command_refuse(s, "%%Rollback Confirmed Change is already pending");
	rc = rollback_backup(r, &backup);
	if (rc < 0)
		return command_refuse(
			s, "%%Error archiving the configuration (%s)", url_strerror(rc));
	session_printf(s,
		"Rollback Confirmed Change: Backing up current running config to %s\n\n"
		"Enter configuration commands, one per line.  End with CNTL/Z.\n",
		backup.file);
	describe(s, who, sizeof(who));
	minutes = timer_of(a, &idle);
	rollback_arm(r, &backup, idle, minutes, session_line(s), who);
	session_enter(s, MODE_GLOBAL_CONFIG);
	return 0;
}

static const char not_pending[] = "%No Rollback Confirmed Change pending";

static int
run_confirm(struct session *s, const struct args *a)
{
	char who[ARCHIVE_WHO_MAX];

	(void)a;
	if (!rollback_pending(session_router(s))->pending)
		return command_refuse(s, "%s", not_pending);
	describe(s, who, sizeof(who));
	logging_emit(session_router(s), "ARCHIVE_DIFF", 5, "ROLLBK_CNFMD_CHG_CONFIRM",
		"User: %s: Confirm the configuration change", who);
	rollback_forget(session_router(s));
	return 0;
}

static int
run_revert(struct session *s, const struct args *a)
{
	struct router *r = session_router(s);
	enum replace_result result;
	struct replace done;
	unsigned minutes;
	bool idle;
	int rc;

	if (!rollback_pending(r)->pending)
		return command_refuse(s, "%s", not_pending);
	if (!args_has(a, "now")) {
		minutes = timer_of(a, &idle);
		rollback_set_timer(r, idle, minutes, session_line(s));
		return 0;
	}
	session_printf(s, "Rollback Confirmed Change: Rolling to:%s\n", rollback_pending(r)->file);
	result = rollback_run(r, session_grammar(s), &done);
	rc = tell_outcome(s, result, &done, false);
	replace_fini(&done);
	return rc;
}

/* ---- configuration ---- */

static int
run_archive(struct session *s, const struct args *a)
{
	if (args_no(a))
		archive_set_defaults(session_router(s));
	else
		session_enter(s, MODE_ARCHIVE);
	return 0;
}

static int
run_path(struct session *s, const struct args *a)
{
	struct archive *settings = archive_settings(session_router(s));
	const char *path = args_no(a) ? "" : args_text(a, "path");

	if (*path != '\0' && !archive_path_legal(path))
		return command_refuse(s, "%% Invalid archive path: %s", path);
	strcpy(settings->path, path);
	return 0;
}

static int
run_maximum(struct session *s, const struct args *a)
{
	archive_settings(session_router(s))->maximum =
		args_no(a) ? ARCHIVE_MAXIMUM_DEFAULT
			   : args_number(a, "maximum", ARCHIVE_MAXIMUM_DEFAULT);
	return 0;
}

static int
run_write_memory(struct session *s, const struct args *a)
{
	archive_settings(session_router(s))->write_memory = !args_no(a);
	return 0;
}

static int
run_time_period(struct session *s, const struct args *a)
{
	archive_set_period(session_router(s), args_no(a) ? 0 : args_number(a, "minutes", 0));
	return 0;
}

static int
run_log_config(struct session *s, const struct args *a)
{
	struct archive *settings = archive_settings(session_router(s));

	if (!args_no(a)) {
		session_enter(s, MODE_ARCHIVE_LOG);
		return 0;
	}
	settings->log = settings->log_hidekeys = settings->log_syslog = false;
	archive_set_log_size(session_router(s), ARCHIVE_LOG_SIZE_DEFAULT);
	return 0;
}

static int
run_log_setting(struct session *s, const struct args *a)
{
	struct archive *settings = archive_settings(session_router(s));
	bool on = !args_no(a);

	if (args_has(a, "enable"))
		settings->log = on;
	else if (args_has(a, "hidekeys"))
		settings->log_hidekeys = on;
	else
		settings->log_syslog = on;
	return 0;
}

static int
run_log_size(struct session *s, const struct args *a)
{
	archive_set_log_size(session_router(s),
		args_no(a) ? ARCHIVE_LOG_SIZE_DEFAULT
			   : args_number(a, "entries", ARCHIVE_LOG_SIZE_DEFAULT));
	return 0;
}

static int
run_exit(struct session *s, const struct args *a)
{
	(void)a;
	session_exit(s);
	return 0;
}

#define SHOW "Show running system information\nArchive functions\n"
#define SHOW_CONFIG SHOW "Archived configurations information\n"
#define CONFIGURE "Enter configuration mode\n"
#define TERMINAL CONFIGURE "Configure from the terminal\n"
#define REVERT "Parameters for reverting the configuration\n"
#define TIMER                                                                                      \
	"Timer for rollback confirmed change\nRollback after so many minutes\n"                    \
	"Rollback when the session has been idle\nMinutes of idleness"
#define TIMER_SYNTAX "timer {<minutes:1-120>|idle <minutes:1-120>}"
#define ARCHIVE "Archive the configuration\n"
#define LOGGER "Modify config logger parameters\n"

const struct command archive_commands[] = {
	{ .mode = MODE_USER_EXEC,
		.privilege = 15,
		.syntax = "show archive",
		.help = "Show running system information\nArchive functions",
		.flags = CMD_OUTPUT,
		.run = run_show_archive },
	{ .mode = MODE_USER_EXEC,
		.privilege = 15,
		.syntax = "show archive config differences [<first:file> [<second:file>]]",
		.help = SHOW_CONFIG "Contextual differences between two configurations\n\n",
		.flags = CMD_OUTPUT,
		.run = run_differences },
	{ .mode = MODE_USER_EXEC,
		.privilege = 15,
		.syntax = "show archive config incremental-diffs <first:file> [ignorecase]",
		.help = SHOW_CONFIG "Lines that a file would add to the running configuration\n\n"
				    "Ignore the case of the configuration",
		.flags = CMD_OUTPUT,
		.run = run_incremental },
	{ .mode = MODE_USER_EXEC,
		.privilege = 15,
		.syntax = "show archive config rollback timer",
		.help = SHOW_CONFIG "Rollback confirmed change\nThe pending timer",
		.flags = CMD_OUTPUT,
		.run = run_show_rollback_timer },
	{ .mode = MODE_USER_EXEC,
		.privilege = 15,
		.syntax = "show archive log config all",
		.help = SHOW "Archived log information\nConfiguration logger\nAll log entries",
		.flags = CMD_OUTPUT,
		.run = run_show_log },
	{ .mode = MODE_USER_EXEC,
		.privilege = 15,
		.syntax = "archive config",
		.help = ARCHIVE "Archive the running configuration",
		.run = run_archive_config },
	{ .mode = MODE_USER_EXEC,
		.privilege = 15,
		.syntax = "configure replace <file:file> [list [force]|force [list]] [nolock]"
			  " [time <minutes:1-120>|revert trigger error [timer <minutes:1-120>]]",
		.help = CONFIGURE
		"Replace the running-config with a new config file\n\n"
		"List the commands applied in each pass\nForce without a question\n"
		"Force without a question\nList the commands applied in each pass\n"
		"Do not lock the configuration\n"
		"Time in which to confirm the replace\nTime in minutes\n"
		"Parameters for reverting the configuration\nWhat reverts it\n"
		"Revert on error\nTime in which to confirm the replace\nTime in minutes",
		.run = run_replace },
	{ .mode = MODE_USER_EXEC,
		.privilege = 15,
		.syntax = "configure terminal revert " TIMER_SYNTAX,
		.help = TERMINAL REVERT TIMER,
		.run = run_terminal_revert },
	{ .mode = MODE_USER_EXEC,
		.privilege = 15,
		.syntax = "configure confirm",
		.help = CONFIGURE "Confirm replacement of running-config with a new config file",
		.run = run_confirm },
	{ .mode = MODE_USER_EXEC,
		.privilege = 15,
		.syntax = "configure revert {now|" TIMER_SYNTAX "}",
		.help = CONFIGURE REVERT "Rollback immediately\n" TIMER,
		.run = run_revert },
	{ .mode = MODE_GLOBAL_CONFIG,
		.privilege = 15,
		.syntax = "archive",
		.no_syntax = "=",
		.help = "Archive the configuration",
		.run = run_archive },
	{ .mode = MODE_ARCHIVE,
		.privilege = 15,
		.syntax = "path <path:word>",
		.no_syntax = "path [<path:word>]",
		.help = "Path for backups\nURL of the files, without the number",
		.no_help = "Path for backups\nURL of the files, without the number",
		.run = run_path },
	{ .mode = MODE_ARCHIVE,
		.privilege = 15,
		.syntax = "maximum <maximum:1-14>",
		.no_syntax = "maximum [<maximum:1-14>]",
		.help = "Maximum number of backup copies\nNumber of copies",
		.no_help = "Maximum number of backup copies\nNumber of copies",
		.run = run_maximum },
	{ .mode = MODE_ARCHIVE,
		.privilege = 15,
		.syntax = "write-memory",
		.no_syntax = "=",
		.help = "Enable automatic backup generation during write memory",
		.run = run_write_memory },
	{ .mode = MODE_ARCHIVE,
		.privilege = 15,
		.syntax = "time-period <minutes:1-525600>",
		.no_syntax = "time-period [<minutes:1-525600>]",
		.help = "Period of time in minutes to automatically archive the running-config\n"
			"Number of minutes to wait between archive creation",
		.no_help = "Period of time in minutes to automatically archive the running-config\n"
			   "Number of minutes to wait between archive creation",
		.run = run_time_period },
	{ .mode = MODE_ARCHIVE,
		.privilege = 15,
		.syntax = "log config",
		.no_syntax = "=",
		.help = "Logging commands\nConfiguration logger",
		.run = run_log_config },
	{ .mode = MODE_ARCHIVE,
		.privilege = 15,
		.syntax = "exit",
		.help = "Exit from archive configuration mode",
		.run = run_exit },
	{ .mode = MODE_ARCHIVE_LOG,
		.privilege = 15,
		.syntax = "logging enable",
		.no_syntax = "=",
		.help = LOGGER "Enable the config logger",
		.run = run_log_setting },
	{ .mode = MODE_ARCHIVE_LOG,
		.privilege = 15,
		.syntax = "logging size <entries:1-1000>",
		.no_syntax = "logging size [<entries:1-1000>]",
		.help = LOGGER "Set maximum size of the config log\nNumber of entries",
		.no_help = LOGGER "Set maximum size of the config log\nNumber of entries",
		.run = run_log_size },
	{ .mode = MODE_ARCHIVE_LOG,
		.privilege = 15,
		.syntax = "hidekeys",
		.no_syntax = "=",
		.help = "suppress output (e.g. passwords) when displaying logged commands",
		.run = run_log_setting },
	{ .mode = MODE_ARCHIVE_LOG,
		.privilege = 15,
		.syntax = "notify syslog [contenttype plaintext]",
		.no_syntax = "notify syslog [contenttype plaintext]",
		.help = "Send logged commands to target via registered notification\n"
			"Config change notifications through syslog\n"
			"How to format the notifications\nAs text",
		.no_help = "Send logged commands to target via registered notification\n"
			   "Config change notifications through syslog\n"
			   "How to format the notifications\nAs text",
		.run = run_log_setting },
	{ .mode = MODE_ARCHIVE_LOG,
		.privilege = 15,
		.syntax = "exit",
		.help = "Exit from the log config submode",
		.run = run_exit },
	{ .syntax = NULL },
};
