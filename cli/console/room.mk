noinst_LIBRARIES += libconsole.a
libconsole_a_SOURCES = cli/console/console.h cli/console/console.c cli/console/terminal.h \
	cli/console/terminal_output.c cli/console/prompt.c cli/console/batch.c cli/console/exec.c cli/console/scp.h cli/console/scp.c \
	cli/console/paint.h cli/console/paint.c cli/console/more.c \
	cli/console/sieve.h cli/console/sieve.c \
	cli/console/pager.h cli/console/pager.c cli/console/input.h cli/console/input.c \
	cli/console/newline.h cli/console/newline.c cli/console/out.h cli/console/out.c \
	cli/console/reconnect.c cli/console/tty.h cli/console/tty.c cli/console/wire.h cli/console/wire.c \
	cli/console/editor/editor.h cli/console/editor/internal.h cli/console/editor/editor.c \
	cli/console/editor/bindings.c cli/console/editor/keys.c cli/console/editor/recall.c \
	cli/console/editor/delete_buffer.c
libconsole_a_CPPFLAGS = $(AM_CPPFLAGS) $(EDIT_CFLAGS)
