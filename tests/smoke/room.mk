# smoke tests: scripts that drive the finished programs; tools/check runs them through tests/smoke/run
# Each by name: a directory would also bring what was built in it.
EXTRA_DIST += tests/smoke/capture.sh tests/smoke/confined.sh tests/smoke/console.exp tests/smoke/lib.exp \
	tests/smoke/lib.sh tests/smoke/lists.exp tests/smoke/logins.py tests/smoke/logins.sh tests/smoke/live.sh tests/smoke/namespaces.sh tests/smoke/options.sh \
	tests/smoke/peer.py tests/smoke/ports_live.py tests/smoke/ports_live.sh tests/smoke/replay.sh \
	tests/smoke/run tests/smoke/sessions.exp tests/smoke/scp.sh tests/smoke/ssh.sh tests/smoke/keys.sh tests/smoke/ssh_paramiko.py tests/smoke/startup.sh tests/smoke/story.sh tests/smoke/syslog.sh \
	tests/smoke/telnet.exp tests/smoke/try.sh
EXTRA_DIST += tests/data/botnet/README.md tests/data/botnet/lan.pcap \
	tests/data/botnet/make_capture.py tests/data/botnet/morning.pcap tests/data/botnet/wan.pcap

# what ports_live.sh drives
check_PROGRAMS += tests/smoke/ports_live_bridge
tests_smoke_ports_live_bridge_SOURCES = tests/smoke/ports_live_bridge.c
tests_smoke_ports_live_bridge_LDADD = libdataplane.a libacl.a libwords.a $(URCU_LIBS) $(PCAP_LIBS)

# what confined.sh takes Landlock away with
check_PROGRAMS += tests/smoke/without_landlock
tests_smoke_without_landlock_SOURCES = tests/smoke/without_landlock.c
tests_smoke_without_landlock_CPPFLAGS = $(AM_CPPFLAGS) $(SECCOMP_CFLAGS)
tests_smoke_without_landlock_LDADD = $(SECCOMP_LIBS)
