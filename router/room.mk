noinst_LIBRARIES += librouter.a
librouter_a_SOURCES = router/router.h router/internal.h router/router.c \
	router/clock.h router/clock.c router/interface.h router/interface.c router/interface_name.c \
	router/interface_stats.h router/interface_stats.c router/link_watch.h router/link_watch.c \
	router/lists.h router/lists.c router/lists_index.c router/lists_tidy.c \
	router/object_groups.h router/object_groups.c \
	router/time_ranges.h router/time_ranges.c router/reflexive_lists.h router/reflexive_lists.c \
	router/forwarding.c router/inert.h router/inert.c router/line.h \
	router/aaa.h router/ssh.h router/work.h \
	router/access/line.c router/access/access_class.c router/access/aaa.c \
	router/access/aaa_secret.c router/work.c router/access/ssh.c router/access/ssh_keys.c \
	router/access/ssh_users.c router/access/aaa_hash.h router/access/aaa_hash.c \
	router/login_policy.h router/access/login_policy.c router/banner.h router/access/banner.c \
	router/time_of_day.h router/time_of_day.c router/usage.h router/usage.c \
	router/ip_settings.h router/ip/ip_settings.c router/ip_routes.h router/ip/ip_routes.c \
	router/log_stamp.h router/log_stamp.c router/syslog.h router/syslog.c \
	router/logging.h router/logging.c router/acl_log.c \
	router/acl_flow.h router/acl_flow_text.c \
	router/files.h router/files/area.h router/files/files.c router/files/file_writer.c \
	router/archive.h router/reload.h router/changes/changes.h router/changes/archive.c \
	router/changes/rollback.c router/changes/reload.c \
	router/config_store.h router/config_store.c
