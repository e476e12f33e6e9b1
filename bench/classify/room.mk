# bench/classify: how fast a list decides, beside librte_acl when DPDK is there (Debian: dpdk-dev).
# Made by name: make bench/classify/classify
EXTRA_PROGRAMS += bench/classify/classify
bench_classify_classify_SOURCES = bench/classify/lists.h bench/classify/lists.c \
	bench/classify/peer.h bench/classify/classify.c tests/lib/dice.h tests/lib/dice.c
bench_classify_classify_LDADD = $(PEER_LIBS) libacl.a libwords.a -lm
EXTRA_DIST += bench/classify/peer_rte_acl.c bench/classify/peer_none.c
if HAVE_DPDK
# Its flags are for an older processor than the programs', so they are for its own file only.
EXTRA_LIBRARIES = libpeer.a
libpeer_a_SOURCES = bench/classify/peer_rte_acl.c
libpeer_a_CFLAGS = $(AM_CFLAGS) $(DPDK_CFLAGS)
PEER_LIBS = libpeer.a -lrte_acl -lrte_eal
else
PEER_LIBS =
bench_classify_classify_SOURCES += bench/classify/peer_none.c
endif
