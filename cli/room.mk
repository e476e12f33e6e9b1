include $(top_srcdir)/cli/grammar/room.mk
include $(top_srcdir)/cli/session/room.mk
include $(top_srcdir)/cli/commands/room.mk
include $(top_srcdir)/cli/show/room.mk
include $(top_srcdir)/cli/files/room.mk
include $(top_srcdir)/cli/config/room.mk
include $(top_srcdir)/cli/console/room.mk
include $(top_srcdir)/cli/vty/room.mk

noinst_LIBRARIES += libshell.a
libshell_a_SOURCES = $(grammar_sources) $(session_sources) $(commands_sources) $(show_sources) \
	$(files_sources) $(config_sources)
libshell_a_CPPFLAGS = $(AM_CPPFLAGS) $(EVENT_CFLAGS)
