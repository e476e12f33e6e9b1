show_sources = cli/show/show.h cli/show/show_internal.h cli/show/text.c cli/show/common.c \
	cli/show/access_lists.c cli/show/access_lists_detail.c cli/show/reflexive.c \
	cli/show/time_range.c cli/show/object_group.c cli/show/running_config.c cli/show/running_config_access.c cli/show/running_config_lists.c \
	cli/show/startup_config.c cli/show/logging.c cli/show/interfaces.c cli/show/ip_interface.c \
	cli/show/running_config_logging.c cli/show/running_config_ip.c cli/show/interface_tables.c \
	cli/show/ip.c cli/show/ip_route.c cli/show/system.c cli/show/tech_support.c \
	cli/show/version.c cli/show/clock.c cli/show/lines.c cli/show/mac_address_table.c cli/show/drops.c \
	cli/show/running_config_line.c cli/show/ssh.c cli/show/login.c \
	cli/show/files.h cli/show/directory.c cli/show/reload.c \
	cli/show/archive.h cli/show/archive.c
