session_sources = cli/session/session.h cli/session/internal.h cli/session/session.c \
	cli/session/dispatch.c cli/session/filters/filters.h \
	cli/session/filters/chain.c cli/session/filters/lines.c cli/session/filters/file.c cli/session/mode.c cli/session/terminal.c cli/session/work.c \
	cli/session/history.c cli/session/login.c cli/session/verify.c cli/session/banner.c cli/session/authenticate.c cli/session/refusal.c cli/session/loader.c cli/session/config_log.c \
	cli/session/file_transfer.h cli/session/file_transfer.c \
	cli/session/protocol.h cli/session/protocol.c \
	cli/session/server.h cli/session/server_internal.h cli/session/server.c \
	cli/session/admission.c cli/session/connection.h cli/session/connection.c \
	cli/session/requests.c cli/session/replies.c cli/session/vty_channel.c
