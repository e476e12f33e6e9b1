show_sources = cli/show/show.h cli/show/show_internal.h cli/show/text.c cli/show/common.c \
	cli/show/access_lists.c cli/show/access_lists_detail.c cli/show/reflexive.c \
	cli/show/time_range.c cli/show/object_group.c cli/show/running_config.c cli/show/running_config_access.c cli/show/running_config_lists.c \
	cli/show/startup_config.c cli/show/logging.c cli/show/interfaces.c cli/show/ip_interface.c \
	cli/show/version.c cli/show/clock_users.c cli/show/mac_address_table.c cli/show/drops.c
