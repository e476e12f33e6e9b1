#!/usr/bin/env bash
# Command lines of the programs: what they say and how they end.
# shellcheck disable=SC2317,SC2119 # functions are handed to wait_until
. "$(dirname "$0")/lib.sh"

acegated=$build/acegated
acegate=$build/acegate

# run COMMAND...: leaves what it printed in $output and its status in $status
run() {
	output=$("$@" 2>&1 </dev/null)
	status=$?
}

run "$acegated" --help
is "$status" 0 "acegated --help ends well"
like "$output" '^usage: acegated ' "acegated --help says how to call it"
run "$acegated" --no-such-option
is "$status" 2 "an unknown option of acegated is a usage error"
run "$acegate" --no-such-option
is "$status" 2 "an unknown option of acegate is a usage error"

for option in --telnet --ssh; do
	run "$acegated" -s "$socket" $option 127.0.0.1
	is "$status:$output" "1:acegated: $option 127.0.0.1: not ADDR:PORT" "$option wants an address and a port"
	many=()
	for ((i = 0; i < 9; i++)); do
		many+=("$option" 127.0.0.1:0)
	done
	run "$acegated" -s "$socket" "${many[@]}"
	like "$status:$output" '^2:acegated: more than 8 ' "$option may be repeated, but not without end"
done

# ---- -t ----

for list in 1 2 3; do
	seed_config $list >"$tmp/config"
	run "$acegated" -t -c "$tmp/config"
	is "$status:$output" "0:" "-t: a configuration with seed list $list is good"
done

cat >"$tmp/bad" <<'END'
hostname R1
ip access-list extended X
 permit tcp any any eq smtpp
 permit ip any
 permit ip any any
interface Vlan1
 ip access-group X sideways
frobnicate
end
END
run "$acegated" -t -c "$tmp/bad"
is "$status" 1 "-t: faults give status 1"
is "$(grep -o '^[^:]*:[0-9]*: ' <<<"$output")" "$(printf "$tmp/bad:%d: \n" 3 4 7 8)" \
	"-t: FILE:LINE: for each fault, and for nothing else"
like "$output" ":3: .*Invalid input" "-t: a wrong word is invalid input"
like "$output" ":4: .*Incomplete" "-t: an entry cut short is incomplete"
run "$acegated" -t -c "$tmp/none"
is "$status" 1 "-t: a file that is not there gives status 1"
like "$output" "$tmp/none.*No such file" "-t: ... and is named"
run "$acegated" -t
is "$status" 2 "-t without -c is a usage error"

# ---- -p ----

for port in "FastEthernet0" "Fastish0=file:$botnet/lan.pcap" "Vlan1=file:$botnet/lan.pcap"; do
	run "$acegated" -s "$socket" -p "$port"
	is "$status" 1 "-p $port is refused"
	like "$output" "${port%%=*}" "-p $port: ... and named"
done
run "$acegated" -s "$socket" -p "FastEthernet0=file:$tmp/none.pcap"
is "$status" 1 "a capture that is not there ends the start"
like "$output" "none.pcap" "... and is named"
run "$acegated" -s "$socket" -p FastEthernet0=packet:no-such-dev
is "$status" 1 "a device that is not there ends the start"
like "$output" "no-such-dev" "... and is named"

# ---- the control socket ----

run "$acegate" -s "$socket" -c 'show clock'
is "$status" 2 "acegate without a router ends with status 2"
like "$output" "$socket" "... and names the socket"

start_router
is "$(stat -c %a "$socket")" 660 "the control socket has mode 0660"
run "$acegated" -s "$socket"
is "$status" 1 "a second router on the same socket is refused"
succeeds "... and the first goes on" router_answers
stop_router KILL
succeeds "a killed router leaves its socket behind" test -S "$socket"
start_router
pass "the next one takes a dead router's socket over"

# ---- acegate -c and -f ----

run "$acegate" -s "$socket" -c 'show privilege'
is "$status:$output" "0:Current privilege level is 15" "acegate -c runs privileged"
run "$acegate" -s "$socket" -c 'show nonsense'
is "$status" 1 "a refused line gives status 1"
like "$output" "^% Invalid input detected at '\^' marker\.$" "... and IOS's words"
printf 'configure terminal\nhostname Fred\nend\nshow running-config | include ^hostname\n' \
	>"$tmp/lines"
run "$acegate" -s "$socket" -f "$tmp/lines"
is "$status" 0 "acegate -f runs a file of lines"
like "$output" '^hostname Fred$' "... in one session, through its modes"
run "$acegate" -s "$socket" -f "$tmp/none"
is "$status" 1 "a file of lines that is not there gives status 1"
stop_router TERM
is "$?" 0 "SIGTERM ends the router, status 0"
succeeds "... and it removes its socket" test ! -e "$socket"
finish
