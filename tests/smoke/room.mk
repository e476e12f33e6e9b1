# smoke tests: scripts that drive the finished programs; tools/check runs them through tests/smoke/run
EXTRA_DIST += tests/smoke tests/data

# what ports_live.sh drives
check_PROGRAMS += tests/smoke/ports_live_bridge
tests_smoke_ports_live_bridge_SOURCES = tests/smoke/ports_live_bridge.c
tests_smoke_ports_live_bridge_LDADD = libdataplane.a libacl.a libwords.a $(URCU_LIBS) $(PCAP_LIBS)
