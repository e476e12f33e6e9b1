#!/usr/bin/env bash
# What each process may still do, as the kernel tells it; that reload works out of the confinement; what
# happens when one of the processes dies. confine_test (tests/unit) tries what is forbidden.
# shellcheck disable=SC2317 # functions are handed to wait_until
. "$(dirname "$0")/lib.sh"

config=$tmp/startup-config
printf '%s\n' 'hostname Confined' 'line vty 0 15' ' no login' ' privilege level 15' end >"$config"
port=$(python3 -c 'import socket; s = socket.create_server(("127.0.0.1", 0)); print(s.getsockname()[1])')
readonly SYS_CHROOT=0000000000040000 NONE=0000000000000000

children() {	# children PID NAME: those of that name
	pgrep -P "$1" -x "$2"
}

of() {		# of PID FIELD: its first value in /proc/PID/status
	awk -v field="$2:" '$1 == field { print $2 }' "/proc/$1/status"
}

open_login() {	# a login that stays: descriptor 9
	exec 9<>"/dev/tcp/127.0.0.1/$port"
	wait_until prompted || bail "a login gets its prompt"
}
prompted() {
	IFS= read -r -t 0.05 -d '#' -u 9 _
}
close_login() {
	exec 9>&-
}

find_processes() {
	supervisor=$router_pid
	router=$(children "$supervisor" acegated)
	listener=$(children "$supervisor" acegate-vtyd)
	transport=$(children "$listener" acegate-vtyd)
	console=$(children "$transport" acegate)
}

start() {
	start_router -c "$config" --telnet "127.0.0.1:$port"
	open_login
	find_processes
}

# ---- what the kernel says of them ----

start
for process in router listener transport console; do
	pid=${!process}
	is "$(of "$pid" CapEff) $(of "$pid" CapPrm) $(of "$pid" CapInh) $(of "$pid" CapAmb)" \
		"$NONE $NONE $NONE $NONE" "the $process has no capabilities"
	is "$(of "$pid" NoNewPrivs)" 1 "... cannot gain any"
	is "$(of "$pid" Seccomp)" 2 "... and has a system call filter"
	is "$(awk '/^Max core file size/ { print $5 }' "/proc/$pid/limits")" 0 "... and dumps no core"
done
if [ "$(id -u)" -eq 0 ]; then
	uid=$(of "$listener" Uid)
	for process in listener transport console; do
		pid=${!process}
		is "$(awk '/^Uid:/ { print $2, $3, $4, $5 }' "/proc/$pid/status")" \
			"$uid $uid $uid $uid" "the $process is user $uid, for good"
		is "$(awk '/^Groups:/ { print NF }' "/proc/$pid/status")" 1 "... in no groups"
	done
	if getent passwd acegate >/dev/null; then
		is "$uid" "$(id -u acegate)" "that is acegate"
	else
		like "$uid" '^6[1-5][0-9]{3}$' "that is a number of its own"
		is "$(getent passwd "$uid")" "" "... nobody else's"
	fi
fi
for process in transport console; do
	! sanitized || continue
	is "$(awk '/^Max processes/ { print $3 }' "/proc/${!process}/limits")" 0 \
		"the $process cannot have children"
done
is "$(find "/proc/$transport/fd" -mindepth 1 -printf '%f\n' | sort -n | tail -n +4 | wc -l)" 3 \
	"the transport has its connection, its terminal and its console's end, no more"

# ---- a reload leaves the confinement and comes back into it ----

router 'reload' >/dev/null
wait_until router_answers || bail "the router answers after reload"
is "$(kill -0 "$supervisor" && echo lives)" lives "acegated is still the same process"
close_login
open_login
before=$router
find_processes
is "$([ "$router" != "$before" ] && echo new)" new "the router in it is another"
is "$(of "$router" CapEff) $(of "$router" NoNewPrivs) $(of "$router" Seccomp)" "$NONE 1 2" \
	"... as confined as the first"
like "$(router 'show version')" 'Reload Command' "... and knows that it was reloaded"
output=$(router 'write memory')
like "$output" '^\[OK\]$' "... and may write its configuration"

# ---- who dies ----

kill -KILL "$transport"
gone() { ! kill -0 "$1" 2>/dev/null; }
succeeds "without its transport a console ends" wait_until gone "$console"
close_login
kill -KILL "$listener"
another() { [ -n "$(children "$supervisor" acegate-vtyd)" ] && ! children "$supervisor" acegate-vtyd | grep -qx "$listener"; }
succeeds "a listener that dies gets a successor" wait_until another
open_login
find_processes
kill -ABRT "$router"
wait "$supervisor"
is "$?" 134 "a router that crashes is acegated's end, with its status"
succeeds "... and the listener's" wait_until gone "$listener"
close_login

start
kill -KILL "$supervisor"
wait "$supervisor" 2>/dev/null
succeeds "acegated killed, its router ends" wait_until gone "$router"
succeeds "... and the listener" wait_until gone "$listener"
succeeds "... and the logins" wait_until gone "$transport"
close_login
rm -f "$socket"

# ---- a kernel without Landlock ----

if [ "$(id -u)" -ne 0 ]; then
	echo "ok - without Landlock # SKIP needs root"
	finish
fi
in_router=("$build/tests/smoke/without_landlock")
start
like "$(cat "$tmp/acegated.log")" '^acegated: this kernel has no Landlock' "the router says what is missing"
is "$(of "$listener" CapEff)" $SYS_CHROOT "the listener keeps one capability"
is "$(of "$transport" CapEff) $(of "$console" CapEff)" "$NONE $NONE" "which the login has spent"
is "$(find "/proc/$transport/root/" | wc -l)" 1 "on a root directory with nothing in it"
is "$(of "$transport" Seccomp)" 2 "its system calls are filtered all the same"
stop_router TERM
finish
