# vectors tests: frames through the whole pipeline, in the process
VECTORS_LIB = tests/vectors/bench.h tests/vectors/bench.c tests/lib/frames.h tests/lib/frames.c \
	tests/lib/acl_lines.h tests/lib/acl_lines.c tests/lib/captures.h tests/lib/captures.c
VECTORS_LDADD = libdataplane.a libacl.a libwords.a $(URCU_LIBS) $(PCAP_LIBS) $(CMOCKA_LIBS)
vectors_tests = tests/vectors/bridge_test tests/vectors/lists_test tests/vectors/offload_test \
	tests/vectors/file_test tests/vectors/replay_test tests/vectors/publish_test
check_PROGRAMS += $(vectors_tests)
TESTS += $(vectors_tests)
tests_vectors_bridge_test_SOURCES = tests/vectors/bridge_test.c $(VECTORS_LIB)
tests_vectors_bridge_test_CPPFLAGS = $(ACL_TEST_CPPFLAGS)
tests_vectors_bridge_test_LDADD = $(VECTORS_LDADD)
tests_vectors_lists_test_SOURCES = tests/vectors/lists_test.c $(VECTORS_LIB)
tests_vectors_lists_test_CPPFLAGS = $(ACL_TEST_CPPFLAGS)
tests_vectors_lists_test_LDADD = $(VECTORS_LDADD)
tests_vectors_offload_test_SOURCES = tests/vectors/offload_test.c $(VECTORS_LIB)
tests_vectors_offload_test_CPPFLAGS = $(ACL_TEST_CPPFLAGS)
tests_vectors_offload_test_LDADD = $(VECTORS_LDADD)
tests_vectors_file_test_SOURCES = tests/vectors/file_test.c $(VECTORS_LIB)
tests_vectors_file_test_CPPFLAGS = $(ACL_TEST_CPPFLAGS)
tests_vectors_file_test_LDADD = $(VECTORS_LDADD)
tests_vectors_replay_test_SOURCES = tests/vectors/replay_test.c $(VECTORS_LIB)
tests_vectors_replay_test_CPPFLAGS = $(ACL_TEST_CPPFLAGS)
tests_vectors_replay_test_LDADD = $(VECTORS_LDADD)
tests_vectors_publish_test_SOURCES = tests/vectors/publish_test.c $(VECTORS_LIB)
tests_vectors_publish_test_CPPFLAGS = $(ACL_TEST_CPPFLAGS)
tests_vectors_publish_test_LDADD = $(VECTORS_LDADD)
