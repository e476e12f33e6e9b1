# Every test program prints TAP or cmocka results; `make check` runs those that need no privilege and
# no network, tools/check runs everything.
include $(top_srcdir)/tests/unit/room.mk
include $(top_srcdir)/tests/vectors/room.mk
include $(top_srcdir)/tests/sessions/room.mk
include $(top_srcdir)/tests/smoke/room.mk
include $(top_srcdir)/tests/clients/room.mk
include $(top_srcdir)/tests/fuzz/room.mk
