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
commands_tests = tests/unit/show_test tests/unit/running_config_test tests/unit/commands_test
check_PROGRAMS += $(commands_tests)
TESTS += $(commands_tests)
tests_unit_show_test_SOURCES = tests/unit/show_test.c $(COMMANDS_TEST_LIB)
tests_unit_show_test_LDADD = $(COMMANDS_TEST_LDADD)
tests_unit_running_config_test_SOURCES = tests/unit/running_config_test.c $(COMMANDS_TEST_LIB)
tests_unit_running_config_test_LDADD = $(COMMANDS_TEST_LDADD)
tests_unit_commands_test_SOURCES = tests/unit/commands_test.c $(COMMANDS_TEST_LIB)
tests_unit_commands_test_LDADD = $(COMMANDS_TEST_LDADD)
