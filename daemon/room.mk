# what acegated is put together from; acegated.c is the composition root
daemon_sources = daemon/options.h daemon/options.c daemon/ports.h daemon/ports.c \
	daemon/listen.h daemon/listen.c daemon/vtyd.h daemon/vtyd.c daemon/loop.h daemon/loop.c \
	daemon/supervisor.h daemon/supervisor.c daemon/confine.h daemon/confine.c
