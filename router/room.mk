noinst_LIBRARIES += librouter.a
librouter_a_SOURCES = router/router.h router/internal.h router/router.c \
	router/clock.h router/clock.c router/interface.h router/interface.c router/interface_name.c \
	router/interface_stats.h router/interface_stats.c router/link_watch.h router/link_watch.c \
	router/lists.h router/lists.c router/lists_index.c router/lists_tidy.c \
	router/object_groups.h router/object_groups.c \
	router/time_ranges.h router/time_ranges.c router/reflexive_lists.h router/reflexive_lists.c \
	router/forwarding.c router/line.h router/line.c router/access_class.c \
	router/aaa.h router/aaa.c router/aaa_secret.c \
	router/logging.h router/logging.c router/acl_log.c \
	router/acl_flow.h router/acl_flow_text.c \
	router/config_store.h router/config_store.c
