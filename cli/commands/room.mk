commands_sources = cli/commands/commands.h cli/commands/handlers.h cli/commands/factory.h \
	cli/commands/commands.c cli/commands/handlers.c cli/commands/factory.c cli/commands/exec.c cli/commands/idle.c cli/commands/inert.c \
	cli/commands/terminal.c cli/commands/show.c \
	cli/commands/show_interfaces.c cli/commands/show_system.c cli/commands/clock.c \
	cli/commands/ip.c cli/commands/reach.h cli/commands/reach.c cli/commands/ping.c \
	cli/commands/traceroute.c cli/commands/interface_parameters.c cli/commands/clear.c cli/commands/file.c cli/commands/saving.h cli/commands/saving.c \
	cli/commands/file_dialog.h cli/commands/file_dialog.c cli/commands/file_system.c \
	cli/commands/copy.c cli/commands/reload.c cli/commands/archive.c \
	cli/commands/config.c cli/commands/access_list.c \
	cli/commands/ipv6_mac_list.c cli/commands/acl_options.c cli/commands/time_range.c \
	cli/commands/object_group.c cli/commands/interface.c \
	cli/commands/bridge.c cli/commands/line.h cli/commands/line.c cli/commands/line_terminal.c cli/commands/lines.c cli/commands/user.c cli/commands/logging.c \
	cli/commands/banner.c cli/commands/login.c cli/commands/crypto.c cli/commands/ssh.c
