noinst_LIBRARIES += libvty.a
libvty_a_SOURCES = cli/vty/vty.h cli/vty/listener.c cli/vty/login.c cli/vty/relay.h cli/vty/relay.c \
	cli/vty/nvt.h cli/vty/nvt.c cli/vty/confine.h cli/vty/confine.c
libvty_a_CPPFLAGS = $(AM_CPPFLAGS) $(TELNET_CFLAGS)
