noinst_LIBRARIES += libconsole.a
libconsole_a_SOURCES = cli/console/console.h cli/console/console.c cli/console/terminal.h \
	cli/console/terminal_output.c cli/console/prompt.c cli/console/batch.c \
	cli/console/editor.h cli/console/editor.c cli/console/paint.h cli/console/paint.c \
	cli/console/pager.h cli/console/pager.c cli/console/input.h cli/console/input.c \
	cli/console/newline.h cli/console/newline.c cli/console/out.h cli/console/out.c \
	cli/console/reconnect.c cli/console/tty.h cli/console/tty.c cli/console/wire.h cli/console/wire.c
libconsole_a_CPPFLAGS = $(AM_CPPFLAGS) $(EDIT_CFLAGS)
