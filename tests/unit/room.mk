# unit tests

# words
check_PROGRAMS += tests/unit/words_test
TESTS += tests/unit/words_test
tests_unit_words_test_SOURCES = tests/unit/words_test.c
tests_unit_words_test_LDADD = libwords.a $(CMOCKA_LIBS)

# router
check_PROGRAMS += tests/unit/router_test
TESTS += tests/unit/router_test
tests_unit_router_test_SOURCES = tests/unit/router_test.c
tests_unit_router_test_LDADD = librouter.a libdataplane.a libacl.a libwords.a $(LIBS_ROUTER_EXT) \
	$(CMOCKA_LIBS)

# acl
ACL_TEST_LIB = tests/lib/acl_lines.h tests/lib/acl_lines.c tests/lib/acl_random.h \
	tests/lib/acl_random.c
ACL_TEST_CPPFLAGS = $(AM_CPPFLAGS) -DTEST_DATA='"$(abs_top_srcdir)/tests/data"'
ACL_TEST_LDADD = libacl.a libwords.a $(CMOCKA_LIBS)
acl_tests = tests/unit/ace_corpus_test tests/unit/ace_match_test tests/unit/acl_list_test \
	tests/unit/acl_counters_test tests/unit/acl_random_test
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
EXTRA_DIST += tests/data/acl/valid-ext.tsv tests/data/acl/valid-std.tsv tests/data/acl/invalid.tsv \
	tests/data/seed-lists/1-inside.txt tests/data/seed-lists/2-inside-log-established.txt \
	tests/data/seed-lists/3-inside-log-syn.txt

# cli/show, cli/commands
COMMANDS_TEST_LIB = tests/unit/rig.h tests/unit/rig.c
COMMANDS_TEST_LDADD = $(LIBS_ROUTER) $(LIBS_ROUTER_EXT) $(CMOCKA_LIBS)
commands_tests = tests/unit/show_test tests/unit/running_config_test \
	tests/unit/exec_commands_test tests/unit/config_commands_test
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

# dataplane
FRAMES_LIB = tests/lib/frames.h tests/lib/frames.c
DATAPLANE_TEST_LDADD = libdataplane.a libacl.a libwords.a $(URCU_LIBS) $(PCAP_LIBS) $(CMOCKA_LIBS)
dataplane_tests = tests/unit/parse_test tests/unit/mac_table_test tests/unit/log_ring_test \
	tests/unit/offload_test
check_PROGRAMS += $(dataplane_tests)
TESTS += $(dataplane_tests)
tests_unit_parse_test_SOURCES = tests/unit/parse_test.c $(FRAMES_LIB)
tests_unit_parse_test_LDADD = $(DATAPLANE_TEST_LDADD)
tests_unit_mac_table_test_SOURCES = tests/unit/mac_table_test.c
tests_unit_mac_table_test_LDADD = $(DATAPLANE_TEST_LDADD)
tests_unit_log_ring_test_SOURCES = tests/unit/log_ring_test.c
tests_unit_log_ring_test_LDADD = $(DATAPLANE_TEST_LDADD)
tests_unit_offload_test_SOURCES = tests/unit/offload_test.c $(FRAMES_LIB)
tests_unit_offload_test_LDADD = $(DATAPLANE_TEST_LDADD)

# cli/console, cli/vty
console_tests = tests/unit/console_test tests/unit/console_pty_test tests/unit/telnet_test
check_PROGRAMS += $(console_tests)
TESTS += $(console_tests)
FAKE_ROUTER_LIB = tests/lib/fake_router.h tests/lib/fake_router.c
tests_unit_console_test_SOURCES = tests/unit/console_test.c
tests_unit_console_test_LDADD = libconsole.a $(CMOCKA_LIBS)
tests_unit_console_pty_test_SOURCES = tests/unit/console_pty_test.c $(FAKE_ROUTER_LIB)
tests_unit_console_pty_test_LDADD = libshell.a $(CMOCKA_LIBS)
tests_unit_telnet_test_SOURCES = tests/unit/telnet_test.c $(FAKE_ROUTER_LIB)
tests_unit_telnet_test_LDADD = libshell.a $(CMOCKA_LIBS)

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
