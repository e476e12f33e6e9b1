# unit tests

# words
check_PROGRAMS += tests/unit/words_test
TESTS += tests/unit/words_test
tests_unit_words_test_SOURCES = tests/unit/words_test.c
tests_unit_words_test_LDADD = libwords.a $(CMOCKA_LIBS)
check_PROGRAMS += tests/unit/pattern_test
TESTS += tests/unit/pattern_test
tests_unit_pattern_test_SOURCES = tests/unit/pattern_test.c
tests_unit_pattern_test_LDADD = libwords.a $(CMOCKA_LIBS)

# router
check_PROGRAMS += tests/unit/router_test
TESTS += tests/unit/router_test
tests_unit_router_test_SOURCES = tests/unit/router_test.c
tests_unit_router_test_LDADD = librouter.a libdataplane.a libacl.a libwords.a $(LIBS_ROUTER_EXT) \
	$(CMOCKA_LIBS)

check_PROGRAMS += tests/unit/router_names_test
TESTS += tests/unit/router_names_test
tests_unit_router_names_test_SOURCES = tests/unit/router_names_test.c $(ACL_TEST_LIB)
tests_unit_router_names_test_CPPFLAGS = $(ACL_TEST_CPPFLAGS)
tests_unit_router_names_test_LDADD = librouter.a libdataplane.a libacl.a libwords.a \
	$(LIBS_ROUTER_EXT) $(CMOCKA_LIBS)

# acl
ACL_TEST_LIB = tests/lib/acl_lines.h tests/lib/acl_lines.c tests/lib/acl_world.h \
	tests/lib/acl_world.c tests/lib/dice.h tests/lib/dice.c tests/lib/acl_random.h \
	tests/lib/acl_random.c \
	tests/lib/acl_random_key.c
ACL_TEST_CPPFLAGS = $(AM_CPPFLAGS) -DTEST_DATA='"$(abs_top_srcdir)/tests/data"'
ACL_TEST_LDADD = libacl.a libwords.a $(CMOCKA_LIBS)
acl_tests = tests/unit/ace_corpus_test tests/unit/ace_match_test tests/unit/acl_list_test \
	tests/unit/acl_counters_test tests/unit/acl_random_test tests/unit/acl_names_test \
	tests/unit/acl_memory_test
check_PROGRAMS += $(acl_tests)
TESTS += $(acl_tests)
tests_unit_ace_corpus_test_SOURCES = tests/unit/ace_corpus_test.c $(ACL_TEST_LIB)
tests_unit_ace_corpus_test_CPPFLAGS = $(ACL_TEST_CPPFLAGS)
tests_unit_ace_corpus_test_LDADD = $(ACL_TEST_LDADD)
tests_unit_ace_match_test_SOURCES = tests/unit/ace_match_test.c $(ACL_TEST_LIB)
tests_unit_ace_match_test_CPPFLAGS = $(ACL_TEST_CPPFLAGS)
tests_unit_ace_match_test_LDADD = $(ACL_TEST_LDADD)
tests_unit_acl_list_test_SOURCES = tests/unit/acl_list_test.c $(ACL_TEST_LIB)
tests_unit_acl_list_test_CPPFLAGS = $(ACL_TEST_CPPFLAGS)
tests_unit_acl_list_test_LDADD = $(ACL_TEST_LDADD)
tests_unit_acl_counters_test_SOURCES = tests/unit/acl_counters_test.c $(ACL_TEST_LIB)
tests_unit_acl_counters_test_CPPFLAGS = $(ACL_TEST_CPPFLAGS)
tests_unit_acl_counters_test_LDADD = $(ACL_TEST_LDADD)
tests_unit_acl_random_test_SOURCES = tests/unit/acl_random_test.c $(ACL_TEST_LIB)
tests_unit_acl_random_test_CPPFLAGS = $(ACL_TEST_CPPFLAGS)
tests_unit_acl_random_test_LDADD = $(ACL_TEST_LDADD)
tests_unit_acl_names_test_SOURCES = tests/unit/acl_names_test.c $(ACL_TEST_LIB)
tests_unit_acl_names_test_CPPFLAGS = $(ACL_TEST_CPPFLAGS)
tests_unit_acl_names_test_LDADD = $(ACL_TEST_LDADD)
tests_unit_acl_memory_test_SOURCES = tests/unit/acl_memory_test.c $(ACL_TEST_LIB)
tests_unit_acl_memory_test_CPPFLAGS = $(ACL_TEST_CPPFLAGS)
tests_unit_acl_memory_test_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=malloc,--wrap=calloc \
	-Wl,--wrap=reallocarray,--wrap=aligned_alloc,--wrap=free
tests_unit_acl_memory_test_LDADD = $(ACL_TEST_LDADD)
check_PROGRAMS += tests/unit/acl_tree_test
TESTS += tests/unit/acl_tree_test
tests_unit_acl_tree_test_SOURCES = tests/unit/acl_tree_test.c bench/classify/lists.h \
	bench/classify/lists.c $(ACL_TEST_LIB)
tests_unit_acl_tree_test_CPPFLAGS = $(ACL_TEST_CPPFLAGS)
tests_unit_acl_tree_test_LDADD = $(ACL_TEST_LDADD) -lm
check_PROGRAMS += tests/unit/ace_mac_test
TESTS += tests/unit/ace_mac_test
MAC_TEST_LIB = $(ACL_TEST_LIB) tests/lib/mac_random.h tests/lib/mac_random.c
tests_unit_ace_mac_test_SOURCES = tests/unit/ace_mac_test.c $(MAC_TEST_LIB)
tests_unit_ace_mac_test_CPPFLAGS = $(ACL_TEST_CPPFLAGS)
tests_unit_ace_mac_test_LDADD = $(ACL_TEST_LDADD)
check_PROGRAMS += tests/unit/acl_edit_test
TESTS += tests/unit/acl_edit_test
tests_unit_acl_edit_test_SOURCES = tests/unit/acl_edit_test.c $(MAC_TEST_LIB) \
	tests/lib/ipv6_random.h tests/lib/ipv6_random.c
tests_unit_acl_edit_test_CPPFLAGS = $(ACL_TEST_CPPFLAGS)
tests_unit_acl_edit_test_LDADD = $(ACL_TEST_LDADD)
EXTRA_DIST += tests/data/acl/refusals.tsv tests/data/acl/valid-ext.tsv tests/data/acl/valid-std.tsv tests/data/acl/invalid.tsv \
	tests/data/seed-lists/1-inside.txt tests/data/seed-lists/2-inside-log-established.txt \
	tests/data/seed-lists/3-inside-log-syn.txt

# cli/show, cli/commands
COMMANDS_TEST_LIB = tests/unit/rig.h tests/unit/rig.c
COMMANDS_TEST_LDADD = $(LIBS_ROUTER) $(LIBS_ROUTER_EXT) $(CMOCKA_LIBS)
commands_tests = tests/unit/show_test tests/unit/running_config_test \
	tests/unit/exec_commands_test tests/unit/config_commands_test \
	tests/unit/running_lists_test tests/unit/names_commands_test tests/unit/live_lists_test
check_PROGRAMS += $(commands_tests)
TESTS += $(commands_tests)
tests_unit_show_test_SOURCES = tests/unit/show_test.c $(COMMANDS_TEST_LIB)
tests_unit_show_test_LDADD = $(COMMANDS_TEST_LDADD)
tests_unit_running_config_test_SOURCES = tests/unit/running_config_test.c $(COMMANDS_TEST_LIB)
tests_unit_running_config_test_CPPFLAGS = $(AM_CPPFLAGS) -DTEST_DATA='"$(abs_top_srcdir)/tests/data"'
tests_unit_running_config_test_LDADD = $(COMMANDS_TEST_LDADD)
tests_unit_exec_commands_test_SOURCES = tests/unit/exec_commands_test.c $(COMMANDS_TEST_LIB)
tests_unit_exec_commands_test_LDADD = $(COMMANDS_TEST_LDADD)
tests_unit_config_commands_test_SOURCES = tests/unit/config_commands_test.c $(COMMANDS_TEST_LIB)
tests_unit_config_commands_test_LDADD = $(COMMANDS_TEST_LDADD)

tests_unit_running_lists_test_SOURCES = tests/unit/running_lists_test.c $(COMMANDS_TEST_LIB)
tests_unit_running_lists_test_LDADD = $(COMMANDS_TEST_LDADD)
tests_unit_names_commands_test_SOURCES = tests/unit/names_commands_test.c $(COMMANDS_TEST_LIB)
tests_unit_names_commands_test_LDADD = $(COMMANDS_TEST_LDADD)
tests_unit_live_lists_test_SOURCES = tests/unit/live_lists_test.c $(COMMANDS_TEST_LIB) \
	$(FRAMES_LIB)
tests_unit_live_lists_test_LDADD = $(COMMANDS_TEST_LDADD)
small_tests = tests/unit/ping_test tests/unit/syslog_test tests/unit/ip_commands_test \
	tests/unit/system_commands_test
check_PROGRAMS += $(small_tests)
TESTS += $(small_tests)
tests_unit_ping_test_SOURCES = tests/unit/ping_test.c $(COMMANDS_TEST_LIB)
tests_unit_ping_test_LDADD = $(COMMANDS_TEST_LDADD)
tests_unit_syslog_test_SOURCES = tests/unit/syslog_test.c $(COMMANDS_TEST_LIB)
tests_unit_syslog_test_LDADD = $(COMMANDS_TEST_LDADD)
tests_unit_ip_commands_test_SOURCES = tests/unit/ip_commands_test.c $(COMMANDS_TEST_LIB)
tests_unit_ip_commands_test_LDADD = $(COMMANDS_TEST_LDADD)
tests_unit_system_commands_test_SOURCES = tests/unit/system_commands_test.c $(COMMANDS_TEST_LIB)
tests_unit_system_commands_test_LDADD = $(COMMANDS_TEST_LDADD)
check_PROGRAMS += tests/unit/inert_test
TESTS += tests/unit/inert_test
tests_unit_inert_test_SOURCES = tests/unit/inert_test.c $(COMMANDS_TEST_LIB)
tests_unit_inert_test_LDADD = $(COMMANDS_TEST_LDADD)
check_PROGRAMS += tests/unit/refusals_test
TESTS += tests/unit/refusals_test
tests_unit_refusals_test_SOURCES = tests/unit/refusals_test.c $(COMMANDS_TEST_LIB) $(ACL_TEST_LIB)
tests_unit_refusals_test_CPPFLAGS = $(ACL_TEST_CPPFLAGS)
tests_unit_refusals_test_LDADD = $(COMMANDS_TEST_LDADD)
check_PROGRAMS += tests/unit/help_walk_test
TESTS += tests/unit/help_walk_test
tests_unit_help_walk_test_SOURCES = tests/unit/help_walk_test.c $(COMMANDS_TEST_LIB)
tests_unit_help_walk_test_LDADD = $(COMMANDS_TEST_LDADD)

check_PROGRAMS += tests/unit/access_test tests/unit/login_test
TESTS += tests/unit/access_test tests/unit/login_test
tests_unit_access_test_SOURCES = tests/unit/access_test.c $(COMMANDS_TEST_LIB)
tests_unit_access_test_LDADD = $(COMMANDS_TEST_LDADD)
tests_unit_login_test_SOURCES = tests/unit/login_test.c $(COMMANDS_TEST_LIB)
tests_unit_login_test_LDADD = $(COMMANDS_TEST_LDADD)

# dataplane
FRAMES_LIB = tests/lib/frames.h tests/lib/frames.c
DATAPLANE_TEST_LDADD = libdataplane.a libacl.a libwords.a $(URCU_LIBS) $(PCAP_LIBS) $(CMOCKA_LIBS)
dataplane_tests = tests/unit/parse_test tests/unit/parse_ipv6_test tests/unit/parse_random_test \
	tests/unit/mac_table_test tests/unit/log_ring_test tests/unit/offload_test
check_PROGRAMS += $(dataplane_tests)
TESTS += $(dataplane_tests)
tests_unit_parse_test_SOURCES = tests/unit/parse_test.c $(FRAMES_LIB)
tests_unit_parse_test_LDADD = $(DATAPLANE_TEST_LDADD)
tests_unit_parse_ipv6_test_SOURCES = tests/unit/parse_ipv6_test.c $(FRAMES_LIB)
tests_unit_parse_ipv6_test_LDADD = $(DATAPLANE_TEST_LDADD)
tests_unit_parse_random_test_SOURCES = tests/unit/parse_random_test.c $(FRAMES_LIB) \
	tests/lib/dice.h tests/lib/dice.c
tests_unit_parse_random_test_LDADD = $(DATAPLANE_TEST_LDADD)
tests_unit_mac_table_test_SOURCES = tests/unit/mac_table_test.c
tests_unit_mac_table_test_LDADD = $(DATAPLANE_TEST_LDADD)
tests_unit_log_ring_test_SOURCES = tests/unit/log_ring_test.c
tests_unit_log_ring_test_LDADD = $(DATAPLANE_TEST_LDADD)
tests_unit_offload_test_SOURCES = tests/unit/offload_test.c $(FRAMES_LIB)
tests_unit_offload_test_LDADD = $(DATAPLANE_TEST_LDADD)

# cli/console, cli/vty
console_tests = tests/unit/console_test tests/unit/console_pty_test tests/unit/telnet_test \
	tests/unit/ssh_test
check_PROGRAMS += $(console_tests)
TESTS += $(console_tests)
FAKE_ROUTER_LIB = tests/lib/fake_router.h tests/lib/fake_router.c
VTYD_LIB = $(FAKE_ROUTER_LIB) tests/lib/vtyd.h tests/lib/vtyd.c
tests_unit_console_test_SOURCES = tests/unit/console_test.c
tests_unit_console_test_LDADD = libconsole.a $(CMOCKA_LIBS)
tests_unit_console_pty_test_SOURCES = tests/unit/console_pty_test.c $(FAKE_ROUTER_LIB)
tests_unit_console_pty_test_LDADD = libshell.a $(CMOCKA_LIBS)
tests_unit_telnet_test_SOURCES = tests/unit/telnet_test.c $(VTYD_LIB)
tests_unit_telnet_test_LDADD = libshell.a $(CMOCKA_LIBS)
tests_unit_ssh_test_SOURCES = tests/unit/ssh_test.c $(VTYD_LIB) tests/lib/ssh_client.h \
	tests/lib/ssh_client.c
tests_unit_ssh_test_CPPFLAGS = $(AM_CPPFLAGS) $(SSH_CFLAGS) $(CRYPTO_CFLAGS)
tests_unit_ssh_test_LDADD = libshell.a $(SSH_LIBS) $(CRYPTO_LIBS) $(CMOCKA_LIBS)

# the shell: grammar, session, control socket
LDADD_SHELL = $(LIBS_ROUTER) $(LIBS_ROUTER_EXT) $(CMOCKA_LIBS)
check_PROGRAMS += tests/unit/grammar_test tests/unit/session_test tests/unit/server_test \
	tests/unit/protocol_test tests/unit/tables_test
TESTS += tests/unit/grammar_test tests/unit/session_test tests/unit/server_test \
	tests/unit/protocol_test tests/unit/tables_test
tests_unit_grammar_test_SOURCES = tests/unit/grammar_test.c tests/lib/shell.h tests/lib/shell.c
tests_unit_grammar_test_LDADD = $(LDADD_SHELL)
tests_unit_session_test_SOURCES = tests/unit/session_test.c tests/lib/shell.h tests/lib/shell.c
tests_unit_session_test_LDADD = $(LDADD_SHELL)
tests_unit_server_test_SOURCES = tests/unit/server_test.c
tests_unit_server_test_CPPFLAGS = $(AM_CPPFLAGS) $(EVENT_CFLAGS)
tests_unit_server_test_LDADD = $(LDADD_SHELL)
tests_unit_protocol_test_SOURCES = tests/unit/protocol_test.c
tests_unit_protocol_test_LDADD = libshell.a $(CMOCKA_LIBS)
tests_unit_tables_test_SOURCES = tests/unit/tables_test.c
tests_unit_tables_test_LDADD = $(LDADD_SHELL)

# acl: what entries name, and words that are addresses
names_tests = tests/unit/address_test tests/unit/time_range_test tests/unit/object_group_test \
	tests/unit/reflexive_test
check_PROGRAMS += $(names_tests)
TESTS += $(names_tests)
tests_unit_address_test_SOURCES = tests/unit/address_test.c
tests_unit_address_test_LDADD = libwords.a $(CMOCKA_LIBS)
tests_unit_time_range_test_SOURCES = tests/unit/time_range_test.c
tests_unit_time_range_test_LDADD = libacl.a libwords.a $(CMOCKA_LIBS)
tests_unit_object_group_test_SOURCES = tests/unit/object_group_test.c
tests_unit_object_group_test_LDADD = libacl.a libwords.a $(CMOCKA_LIBS)
tests_unit_reflexive_test_SOURCES = tests/unit/reflexive_test.c tests/lib/dice.h tests/lib/dice.c
tests_unit_reflexive_test_LDADD = libacl.a libwords.a $(CMOCKA_LIBS)

# configurations as people keep them
check_PROGRAMS += tests/unit/configs_test
TESTS += tests/unit/configs_test
tests_unit_configs_test_SOURCES = tests/unit/configs_test.c $(COMMANDS_TEST_LIB)
tests_unit_configs_test_CPPFLAGS = $(AM_CPPFLAGS) -DTEST_DATA='"$(abs_top_srcdir)/tests/data"'
tests_unit_configs_test_LDADD = $(COMMANDS_TEST_LDADD)
EXTRA_DIST += tests/data/configs/abbreviations.cfg tests/data/configs/abbreviations.expected \
	tests/data/configs/abbreviations.faults tests/data/configs/branch-office.cfg \
	tests/data/configs/branch-office.expected tests/data/configs/crlf.cfg \
	tests/data/configs/crlf.expected tests/data/configs/edge-anti-spoofing.cfg \
	tests/data/configs/edge-anti-spoofing.expected tests/data/configs/edits-in-place.cfg \
	tests/data/configs/edits-in-place.expected tests/data/configs/generated-policy.cfg \
	tests/data/configs/generated-policy.expected tests/data/configs/hardening.cfg \
	tests/data/configs/hardening.expected tests/data/configs/icmp-by-number.cfg \
	tests/data/configs/icmp-by-number.expected tests/data/configs/ipv6-edge.cfg \
	tests/data/configs/ipv6-edge.expected tests/data/configs/mac-lists.cfg \
	tests/data/configs/mac-lists.expected tests/data/configs/management.cfg \
	tests/data/configs/management.expected tests/data/configs/masks-for-wildcards.cfg \
	tests/data/configs/masks-for-wildcards.expected tests/data/configs/multicast.cfg \
	tests/data/configs/multicast.expected tests/data/configs/numbers-in-front.cfg \
	tests/data/configs/numbers-in-front.expected tests/data/configs/object-groups.cfg \
	tests/data/configs/object-groups.expected tests/data/configs/odd-spacing.cfg \
	tests/data/configs/odd-spacing.expected tests/data/configs/pasted-prompts.cfg \
	tests/data/configs/pasted-prompts.expected tests/data/configs/pasted-prompts.faults \
	tests/data/configs/pasted-show.cfg tests/data/configs/pasted-show.expected \
	tests/data/configs/pasted-show.faults tests/data/configs/persistent.cfg \
	tests/data/configs/persistent.expected tests/data/configs/ports-by-number.cfg \
	tests/data/configs/ports-by-number.expected tests/data/configs/reflexive.cfg \
	tests/data/configs/reflexive.expected tests/data/configs/refusals.cfg \
	tests/data/configs/refusals.expected tests/data/configs/refusals.faults \
	tests/data/configs/time-based.cfg tests/data/configs/time-based.expected \
	tests/data/configs/voice.cfg tests/data/configs/voice.expected tests/data/configs/vpn.cfg \
	tests/data/configs/vpn.expected tests/data/configs/whole-router-with-nat.cfg \
	tests/data/configs/whole-router-with-nat.expected \
	tests/data/configs/whole-router-with-nat.faults tests/data/configs/worms.cfg \
	tests/data/configs/worms.expected

# acl: IPv6 lists
IPV6_TEST_LIB = $(ACL_TEST_LIB) tests/lib/ipv6_random.h tests/lib/ipv6_random.c
ipv6_tests = tests/unit/acl_ipv6_test tests/unit/acl_ipv6_random_test
check_PROGRAMS += $(ipv6_tests)
TESTS += $(ipv6_tests)
tests_unit_acl_ipv6_test_SOURCES = tests/unit/acl_ipv6_test.c $(ACL_TEST_LIB)
tests_unit_acl_ipv6_test_CPPFLAGS = $(ACL_TEST_CPPFLAGS)
tests_unit_acl_ipv6_test_LDADD = $(ACL_TEST_LDADD)
tests_unit_acl_ipv6_random_test_SOURCES = tests/unit/acl_ipv6_random_test.c $(IPV6_TEST_LIB)
tests_unit_acl_ipv6_random_test_CPPFLAGS = $(ACL_TEST_CPPFLAGS)
tests_unit_acl_ipv6_random_test_LDADD = $(ACL_TEST_LDADD)

# confine: what each role cannot do
check_PROGRAMS += tests/unit/confine_test
TESTS += tests/unit/confine_test
tests_unit_confine_test_SOURCES = tests/unit/confine_test.c
tests_unit_confine_test_LDADD = libconfine.a $(LIBCAP_LIBS) $(SECCOMP_LIBS) $(CMOCKA_LIBS)

# files, archives, replacing and rolling back
files_tests = tests/unit/config_replace_test tests/unit/rollback_test tests/unit/files_test \
	tests/unit/filters_test tests/unit/config_diff_test
check_PROGRAMS += $(files_tests)
TESTS += $(files_tests)
tests_unit_config_replace_test_SOURCES = tests/unit/config_replace_test.c tests/lib/dice.h \
	tests/lib/dice.c $(COMMANDS_TEST_LIB)
tests_unit_config_replace_test_CPPFLAGS = $(AM_CPPFLAGS) -DTEST_DATA='"$(abs_top_srcdir)/tests/data"'
tests_unit_config_replace_test_LDADD = $(COMMANDS_TEST_LDADD)
tests_unit_rollback_test_SOURCES = tests/unit/rollback_test.c $(COMMANDS_TEST_LIB)
tests_unit_rollback_test_LDADD = $(COMMANDS_TEST_LDADD)

# cli/vty: how fast logins may begin
check_PROGRAMS += tests/unit/pace_test
TESTS += tests/unit/pace_test
tests_unit_pace_test_SOURCES = tests/unit/pace_test.c
tests_unit_pace_test_LDADD = libvty.a $(CMOCKA_LIBS)
tests_unit_files_test_SOURCES = tests/unit/files_test.c $(COMMANDS_TEST_LIB)
tests_unit_files_test_LDADD = $(COMMANDS_TEST_LDADD)
tests_unit_filters_test_SOURCES = tests/unit/filters_test.c $(COMMANDS_TEST_LIB)
tests_unit_filters_test_LDADD = $(COMMANDS_TEST_LDADD)
tests_unit_config_diff_test_SOURCES = tests/unit/config_diff_test.c
tests_unit_config_diff_test_LDADD = $(COMMANDS_TEST_LDADD)
