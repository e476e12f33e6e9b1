# ACEGATE_WARNINGS: the warnings the tree is kept free of, in AM_CFLAGS' WARN_CFLAGS.
AC_DEFUN([ACEGATE_WARNINGS], [
	WARN_CFLAGS="-std=gnu11 -fvisibility=hidden -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes"
	AC_ARG_ENABLE([werror], [AS_HELP_STRING([--enable-werror], [stop at the first warning])])
	AS_IF([test "x$enable_werror" = xyes], [WARN_CFLAGS="$WARN_CFLAGS -Werror"])
	AC_SUBST([WARN_CFLAGS])
])

# ACEGATE_SANITIZERS: --enable-sanitizer=address|thread|fuzzer builds everything with it.
AC_DEFUN([ACEGATE_SANITIZERS], [
	AC_ARG_ENABLE([sanitizer],
		[AS_HELP_STRING([--enable-sanitizer=KIND],
			[address (with undefined), thread, or fuzzer: address for the fuzz targets, needs clang])],
		[], [enable_sanitizer=no])
	AS_CASE([$enable_sanitizer],
		[no], [SAN_CFLAGS=""],
		[address], [SAN_CFLAGS="-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer"],
		[thread], [SAN_CFLAGS="-fsanitize=thread"],
		[fuzzer], [SAN_CFLAGS="-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer"],
		[AC_MSG_ERROR([--enable-sanitizer takes address, thread or fuzzer])])
	AC_SUBST([SAN_CFLAGS])
	AM_CONDITIONAL([FUZZER], [test "x$enable_sanitizer" = xfuzzer])
])

# ACEGATE_LIBRARIES: everything we link, found once. libcli has no .pc file.
AC_DEFUN([ACEGATE_LIBRARIES], [
	PKG_CHECK_MODULES([EVENT], [libevent_core])
	PKG_CHECK_MODULES([URCU], [liburcu-qsbr])
	PKG_CHECK_MODULES([PCAP], [libpcap])
	PKG_CHECK_MODULES([EDIT], [libedit])
	PKG_CHECK_MODULES([TELNET], [libtelnet])
	PKG_CHECK_MODULES([SSH], [libssh])
	PKG_CHECK_MODULES([LIBCAP], [libcap])
	PKG_CHECK_MODULES([SECCOMP], [libseccomp])
	PKG_CHECK_MODULES([CRYPT], [libcrypt])
	PKG_CHECK_MODULES([CRYPTO], [libcrypto])
	PKG_CHECK_MODULES([CMOCKA], [cmocka])
	AC_CHECK_HEADER([libcli.h], [], [AC_MSG_ERROR([libcli.h not found (Debian: libcli-dev)])])
	AC_CHECK_LIB([cli], [cli_run_command], [CLI_LIBS="-lcli"],
		[AC_MSG_ERROR([libcli not found (Debian: libcli-dev)])], [-lcrypt])
	AC_SUBST([CLI_LIBS])
	dnl The peer of bench/classify; nothing else wants it.
	PKG_CHECK_MODULES([DPDK], [libdpdk], [have_dpdk=yes], [have_dpdk=no])
	AM_CONDITIONAL([HAVE_DPDK], [test "x$have_dpdk" = xyes])
])
