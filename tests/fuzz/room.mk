# fuzz targets: with configure --enable-sanitizer=fuzzer they are libFuzzer's (tests/fuzz/run builds
# and runs them), otherwise `make check` gives each the files of its corpus
fuzz_targets = tests/fuzz/line_fuzz tests/fuzz/config_fuzz tests/fuzz/entry_fuzz \
	tests/fuzz/packet_fuzz tests/fuzz/capture_fuzz tests/fuzz/control_fuzz tests/fuzz/telnet_fuzz \
	tests/fuzz/scp_fuzz
check_PROGRAMS += $(fuzz_targets)
check_LIBRARIES = libfuzz.a
libfuzz_a_SOURCES = tests/fuzz/fuzz.h tests/fuzz/fuzz.c
libfuzz_a_CPPFLAGS = $(AM_CPPFLAGS) -DFUZZ_CORPUS='"$(abs_top_srcdir)/tests/fuzz/corpus"'
if FUZZER
LDFLAGS_FUZZ = $(AM_LDFLAGS) -fsanitize=fuzzer
else
libfuzz_a_SOURCES += tests/fuzz/replay.c
LDFLAGS_FUZZ = $(AM_LDFLAGS)
TESTS += $(fuzz_targets)
endif

FUZZ_ROUTER_LIB = tests/fuzz/fuzz_router.h tests/fuzz/fuzz_router.c
FUZZ_LISTS_LIB = $(FUZZ_ROUTER_LIB) tests/fuzz/fuzz_lists.h tests/fuzz/fuzz_lists.c
LDADD_FUZZ = libfuzz.a $(LIBS_ROUTER) $(LIBS_ROUTER_EXT)
tests_fuzz_line_fuzz_SOURCES = tests/fuzz/line_fuzz.c $(FUZZ_ROUTER_LIB)
tests_fuzz_line_fuzz_LDADD = $(LDADD_FUZZ)
tests_fuzz_line_fuzz_LDFLAGS = $(LDFLAGS_FUZZ)
tests_fuzz_config_fuzz_SOURCES = tests/fuzz/config_fuzz.c $(FUZZ_ROUTER_LIB)
tests_fuzz_config_fuzz_LDADD = $(LDADD_FUZZ)
tests_fuzz_config_fuzz_LDFLAGS = $(LDFLAGS_FUZZ)
tests_fuzz_entry_fuzz_SOURCES = tests/fuzz/entry_fuzz.c $(IPV6_TEST_LIB)
tests_fuzz_entry_fuzz_CPPFLAGS = $(ACL_TEST_CPPFLAGS)
tests_fuzz_entry_fuzz_LDADD = libfuzz.a $(ACL_TEST_LDADD)
tests_fuzz_entry_fuzz_LDFLAGS = $(LDFLAGS_FUZZ)
tests_fuzz_packet_fuzz_SOURCES = tests/fuzz/packet_fuzz.c $(FUZZ_LISTS_LIB)
tests_fuzz_packet_fuzz_LDADD = $(LDADD_FUZZ)
tests_fuzz_packet_fuzz_LDFLAGS = $(LDFLAGS_FUZZ)
tests_fuzz_capture_fuzz_SOURCES = tests/fuzz/capture_fuzz.c $(FUZZ_LISTS_LIB)
tests_fuzz_capture_fuzz_LDADD = $(LDADD_FUZZ)
tests_fuzz_capture_fuzz_LDFLAGS = $(LDFLAGS_FUZZ)
tests_fuzz_control_fuzz_SOURCES = tests/fuzz/control_fuzz.c $(FUZZ_ROUTER_LIB)
tests_fuzz_control_fuzz_CPPFLAGS = $(AM_CPPFLAGS) $(EVENT_CFLAGS)
tests_fuzz_control_fuzz_LDADD = $(LDADD_FUZZ)
tests_fuzz_control_fuzz_LDFLAGS = $(LDFLAGS_FUZZ)
tests_fuzz_telnet_fuzz_SOURCES = tests/fuzz/telnet_fuzz.c
tests_fuzz_telnet_fuzz_LDADD = libfuzz.a libvty.a libconsole.a libshell.a $(TELNET_LIBS)
tests_fuzz_telnet_fuzz_LDFLAGS = $(LDFLAGS_FUZZ)
tests_fuzz_scp_fuzz_SOURCES = tests/fuzz/scp_fuzz.c
tests_fuzz_scp_fuzz_LDADD = libfuzz.a libconsole.a libshell.a libwords.a
tests_fuzz_scp_fuzz_LDFLAGS = $(LDFLAGS_FUZZ)
.PHONY: fuzzers
fuzzers: $(fuzz_targets)
EXTRA_DIST += tests/fuzz/corpus tests/fuzz/run tests/fuzz/ios.dict tests/fuzz/make_corpus.py
