noinst_LIBRARIES += libvty.a
libvty_a_SOURCES = cli/vty/vty.h cli/vty/listener.c cli/vty/login.c cli/vty/program.h cli/vty/program.c \
	cli/vty/ssh.h cli/vty/ssh_login.c cli/vty/ssh_server.c cli/vty/ssh_key.c cli/vty/ssh_auth.c \
	cli/vty/ssh_channel.c cli/vty/ssh_relay.c cli/vty/relay.h cli/vty/relay.c \
	cli/vty/nvt.h cli/vty/nvt.c cli/vty/confine.h cli/vty/confine.c \
	cli/vty/runner.h cli/vty/runner.c cli/vty/pace.h cli/vty/pace.c
libvty_a_CPPFLAGS = $(AM_CPPFLAGS) $(TELNET_CFLAGS) $(SSH_CFLAGS) $(CRYPTO_CFLAGS)
