# What bench/live/forward drives: the traffic, and a peer
EXTRA_PROGRAMS += bench/live/blast bench/live/plain_bridge
bench_live_blast_SOURCES = bench/live/blast.c
bench_live_plain_bridge_SOURCES = bench/live/plain_bridge.c
bench_live_plain_bridge_LDADD = $(PCAP_LIBS)
EXTRA_DIST += bench/live/forward bench/replay bench/run
