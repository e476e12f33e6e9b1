noinst_LIBRARIES += libacl.a
libacl_a_SOURCES = acl/acl.h \
	acl/ace_internal.h acl/ace_names.h acl/ace_names.c acl/ace_rare.c acl/ace_walk.c \
	acl/ace_parse.c acl/ace_tail.c acl/ace_qualifiers.c acl/ace_layer4.c acl/ace_header.c \
	acl/ace_effects.c acl/ace_format.c acl/ace_equal.c acl/ace_match.c acl/ace_match_groups.c \
	acl/ace_ipv6.h acl/ace_ipv6_names.c acl/ace_ipv6_words.c acl/ace_ipv6_qualifiers.c \
	acl/ace_ipv6_match.c \
	acl/ace_mac.h acl/ace_mac.c acl/ace_mac_names.c acl/acl_mac.c \
	acl/acl_internal.h acl/acl_order.h acl/acl_order.c acl/acl_index.c acl/acl_list.c \
	acl/acl_remarks.c acl/acl_counters.c acl/acl_compile.c acl/acl_program.c acl/acl_recompile.c \
	acl/acl_compile_tests.c acl/acl_compile_groups.c acl/acl_compile_ipv6.c acl/acl_classify.c \
	acl/acl_compile_rows.c acl/acl_compile_tree.c acl/acl_uses.c \
	acl/acl_tree.h acl/acl_tree_build.h acl/acl_tree_build.c acl/acl_tree_leaf.c acl/acl_tree_cut.c \
	acl/acl_tree_match.h acl/acl_tree_portable.c acl/acl_tree_avx2.c acl/acl_tree_avx512.c \
	acl/object_group.h acl/object_group.c acl/object_words.h acl/object_words.c \
	acl/object_service.c acl/time_range.h acl/time_range.c acl/time_window.c acl/reflexive.h \
	acl/reflexive.c acl/reflexive_table.h acl/reflexive_table.c
