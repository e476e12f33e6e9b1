noinst_LIBRARIES += libconfine.a
libconfine_a_SOURCES = confine/confine.h confine/rights.c confine/landlock.c confine/syscalls.c \
	confine/limits.c
libconfine_a_CPPFLAGS = $(AM_CPPFLAGS) $(SECCOMP_CFLAGS)
