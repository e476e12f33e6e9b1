#!/usr/bin/env bash
# Syslog: datagrams of the confined daemon arrive; and a ping that runs keeps nobody waiting.
# shellcheck disable=SC2317 # functions are handed to wait_until
. "$(dirname "$0")/lib.sh"

# A syslog server: says its port, then every line it is sent.
/usr/bin/python3 -u -c '
import socket
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.bind(("127.0.0.1", 0))
print(s.getsockname()[1])
while True:
    print(s.recv(2048).decode())
' >"$tmp/heard" &
started+=($!)
listening() { [ -s "$tmp/heard" ]; }
heard() { grep -q -- "$1" "$tmp/heard"; }
wait_until listening || bail "a syslog server listens"
port=$(head -n 1 "$tmp/heard")

cat >"$tmp/startup-config" <<END
hostname gate
logging origin-id hostname
logging host 127.0.0.1 transport udp port $port
end
END
start_router -c "$tmp/startup-config"
wait_until heard 'SYS-5-RESTART' && pass "the first message after the start arrives"
like "$(cat "$tmp/heard")" '^<189>1: gate: \*[A-Z][a-z]{2} [ 0-9][0-9] [0-9:.]{12}: %SYS-5-RESTART: ' \
	"it has priority, number, origin and stamp"
router 'configure terminal' 'logging facility local0' 'end' >/dev/null
wait_until heard '^<133>2: gate: .*%SYS-5-CONFIG_I: ' && pass "a new facility is in force at once"
like "$(router 'show logging')" '2 message lines logged' "show logging counts what was sent"

# A ping without an answer goes on, and others are served meanwhile.
router 'ping 192.0.2.1 repeat 1000000' >"$tmp/ping" &
started+=($!)
pinging() { grep -q 'Sending 1000000' "$tmp/ping"; }
wait_until pinging || bail "a ping runs"
is "$(router 'show running-config | include ^hostname')" "hostname gate" "a ping keeps nobody waiting"
kill "${started[-1]}"
wait "${started[-1]}" 2>/dev/null
like "$(router 'ping 127.0.0.1')" '^Success rate is 100 percent \(5/5\), round-trip' \
	"a ping of its own address succeeds"
finish
