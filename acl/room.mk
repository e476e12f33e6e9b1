noinst_LIBRARIES += libacl.a
libacl_a_SOURCES = acl/acl.h \
	acl/ace_internal.h acl/ace_names.h acl/ace_names.c acl/ace_walk.c acl/ace_parse.c \
	acl/ace_qualifiers.c acl/ace_format.c acl/ace_equal.c acl/ace_match.c \
	acl/acl_internal.h acl/acl_order.h acl/acl_order.c acl/acl_index.c acl/acl_list.c \
	acl/acl_remarks.c acl/acl_counters.c acl/acl_compile.c acl/acl_classify.c
