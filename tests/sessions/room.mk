# sessions tests

check_PROGRAMS += tests/sessions/transcript
TESTS += tests/sessions/transcript
tests_sessions_transcript_SOURCES = tests/sessions/transcript.c
tests_sessions_transcript_CPPFLAGS = $(AM_CPPFLAGS) -DSESSIONS_DIR='"$(abs_top_srcdir)/tests/sessions"'
tests_sessions_transcript_LDADD = $(LIBS_ROUTER) $(LIBS_ROUTER_EXT)
EXTRA_DIST += tests/sessions/errors.session tests/sessions/help.session tests/sessions/modes.session \
	tests/sessions/filters.session tests/sessions/login.session

# the commands
EXTRA_DIST += tests/sessions/files.session tests/sessions/archive.session
EXTRA_DIST += tests/sessions/reach.session tests/sessions/ip.session tests/sessions/idle.session tests/sessions/foreign.session tests/sessions/clock.session
EXTRA_DIST += tests/sessions/exec.session tests/sessions/enable_on_a_vty.session \
	tests/sessions/lists.session tests/sessions/interfaces.session tests/sessions/lines.session \
	tests/sessions/users.session tests/sessions/logging.session \
	tests/sessions/running_config.session tests/sessions/saving.session
EXTRA_DIST += tests/sessions/ssh_keys.session tests/sessions/login_policy.session \
	tests/sessions/block_for.session tests/sessions/banners.session \
	tests/sessions/enable_levels.session tests/sessions/line_settings.session
