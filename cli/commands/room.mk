commands_sources = cli/commands/commands.h cli/commands/handlers.h cli/commands/factory.h \
	cli/commands/commands.c cli/commands/handlers.c cli/commands/factory.c cli/commands/exec.c \
	cli/commands/terminal.c cli/commands/show.c cli/commands/clear.c cli/commands/file.c \
	cli/commands/config.c cli/commands/access_list.c \
	cli/commands/ipv6_mac_list.c cli/commands/acl_options.c cli/commands/time_range.c \
	cli/commands/object_group.c cli/commands/interface.c \
	cli/commands/bridge.c cli/commands/line.c cli/commands/user.c cli/commands/logging.c
