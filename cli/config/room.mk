config_sources = cli/config/config_tree.h cli/config/config_tree.c cli/config/config_order.c cli/config/config_diff.h \
	cli/config/config_diff.c cli/config/config_edit.h cli/config/config_edit.c \
	cli/config/config_numbers.h cli/config/config_numbers.c \
	cli/config/config_replace.h cli/config/config_replace.c \
	cli/config/archive.h cli/config/archive.c cli/config/rollback.h cli/config/rollback.c
