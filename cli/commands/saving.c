/*
 * saving.c - see saving.h.
 */
#include "cli/commands/saving.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/commands/handlers.h"
#include "cli/config/archive.h"

static void
archive_too(struct session *s)
{
	struct router *r = session_router(s);
	int rc;

	if (!archive_settings(r)->write_memory || !archive_enabled(r))
		return;
	rc = archive_save(r, NULL);
	if (rc < 0)
		command_refuse(s, "%%Error archiving the configuration (%s)", url_strerror(rc));
}

int
saving_save(struct session *s)
{
	struct router *r = session_router(s);
	struct text config = { 0 };
	int rc;

	session_print(s, "Building configuration...\n");
	show_config_file(&config, r);
	if (config.failed) {
		text_fini(&config);
		return command_refuse(s, "%%Error: out of memory, nothing was saved");
	}
	rc = config_store_save(r, config.s, config.len);
	text_fini(&config);
	if (rc == -ENOENT && config_store_path(r) == NULL)
		return command_refuse(s, "%%Error writing nvram:/startup-config "
					 "(the router was started without -c)");
	if (rc < 0)
		return command_refuse(
			s, "%%Error writing nvram:/startup-config (%s)", strerror(-rc));
	session_print(s, "[OK]\n");
	archive_too(s);
	return 0;
}

/* ---- merging ---- */

struct merge {
	struct session *session;
	const char *at; /* where line `line` begins */
	unsigned line;
};

/* The line, and under the word that the message names a caret, as somebody typing would see it. */
static void
on_fault(void *arg, unsigned line, const char *message)
{
	static const char caret[] = "% Invalid input detected at '";
	struct merge *m = arg;
	char text[WORDS_MAX_LINE], word[WORDS_MAX_LINE], *at;

	for (; m->line < line && *m->at != '\0'; m->line++) {
		m->at += strcspn(m->at, "\n");
		m->at += *m->at == '\n';
	}
	snprintf(text, sizeof(text), "%.*s", (int)strcspn(m->at, "\r\n"), m->at);
	session_printf(m->session, "%s\n", text);
	if (strncmp(message, caret, strlen(caret)) != 0) {
		session_printf(m->session, "%s\n", message);
		return;
	}
	snprintf(word, sizeof(word), "%s", message + strlen(caret));
	at = strrchr(word, '\'');
	if (at != NULL)
		*at = '\0';
	at = strstr(text, word);
	session_printf(m->session, "%*s^\n%% Invalid input detected at '^' marker.\n\n",
		at != NULL ? (int)(at - text) : 0, "");
}

void
saving_merge(struct session *s, const char *from, const char *text)
{
	struct merge m = { s, text, 1 };
	char who[LINE_USER_MAX + LINE_PEER_MAX + 32];

	session_load(session_router(s), session_grammar(s), text, on_fault, &m);
	router_note_change(session_router(s), session_user(s));
	logging_emit(session_router(s), "SYS", 5, "CONFIG_I", "Configured from %s by %s", from,
		command_origin(s, who, sizeof(who)));
}

/* ---- is there something to save? ---- */

/* A configuration without the comments before it, which say when it was changed. */
static const char *
skip_comments(const char *config)
{
	while (*config == '!') {
		config = strchrnul(config, '\n');
		config += *config == '\n';
	}
	return config;
}

bool
saving_is_due(struct router *r)
{
	struct text running = { 0 };
	const char *who;
	char *stored;
	size_t len;
	bool same;

	if (router_last_change(r, &who) == 0)
		return false;
	if (config_store_load(r, &stored, &len) < 0)
		return true;
	show_config_file(&running, r);
	same = !running.failed && strcmp(skip_comments(running.s), skip_comments(stored)) == 0;
	text_fini(&running);
	free(stored);
	return !same;
}
