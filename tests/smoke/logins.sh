#!/usr/bin/env bash
# A hundred logins at once, half of them garbage: the users among them are served, the router, its other
# sessions and its forwarding do not notice, and when it is over it has what memory and processes it had.
#
# Runs in namespaces of its own, with a machine on either side of the router (see live.sh).
# shellcheck disable=SC2317 # functions are handed to wait_until
. "$(dirname "$0")/namespaces.sh"
. "$(dirname "$0")/lib.sh"

readonly ROUNDS=4 NAME=ali PASSWORD=sesame
seed=${SEED:-$RANDOM}
echo "# seed $seed (SEED=$seed tests/smoke/logins.sh runs it again)"

ip link set lo up
for machine in client server; do
	ip netns add $machine || bail "namespace $machine"
	ip link add to-$machine type veth peer name eth0 netns $machine || bail "a veth pair"
	ip link set to-$machine up
	ip -n $machine link set eth0 up
done
ip -n client address add 192.168.200.7/24 dev eth0
ip -n server address add 192.168.200.25/24 dev eth0

printf '%s\n' 'hostname Busy' 'bridge irb' 'bridge 1 protocol ieee' 'interface Vlan1' ' bridge-group 1' \
	'interface FastEthernet4' ' bridge-group 1' 'ip domain name example.net' \
	"username $NAME password 0 $PASSWORD" 'line vty 0 15' ' login local' ' transport input telnet ssh' \
	end >"$tmp/startup-config"
start_router -c "$tmp/startup-config" -p FastEthernet0=packet:to-client \
	-p FastEthernet4=packet:to-server --telnet 127.0.0.1:2323 --ssh 127.0.0.1:2222
router=$(pgrep -P "$router_pid" -x acegated)
listener=$(pgrep -P "$router_pid" -x acegate-vtyd)

router 'configure terminal' 'crypto key generate rsa modulus 2048' end >/dev/null
ssh_enabled() { router 'show ip ssh' | grep -q '^SSH Enabled'; }
wait_until ssh_enabled || bail "SSH is enabled"

reaches() { ip netns exec client ping -c 1 -W 1 -q 192.168.200.25 >/dev/null; }
wait_until reaches || bail "the machines see each other"

# A session that was there before, on the console's socket; it is asked between the rounds.
coproc session { "$build/acegate" -s "$socket" -f - 2>&1; }
ask() {		# ask LINE: its answer, one line
	echo "$1" >&"${session[1]}"
	IFS= read -r -t "$DEADLINE" answer <&"${session[0]}"
	echo "$answer"
}
is "$(ask 'show privilege')" 'Current privilege level is 15' "a session works before"

ip netns exec client ping -i 0.02 -q 192.168.200.25 >"$tmp/ping" 2>&1 &
ping=$!
started+=("$ping")

memory() {	# kB
	awk '/^VmRSS:/ { print $2 }' "/proc/$1/status"
}
descriptors() {
	find "/proc/$1/fd" -mindepth 1 | wc -l
}
quiet() {	# no login is left
	[ -z "$(pgrep -P "$listener")" ] &&
		! router 'show users' | grep -q ' vty '
}

descriptors_before=$(descriptors "$router")
for ((round = 1; round <= ROUNDS; round++)); do
	output=$(python3 "$(dirname "$0")/logins.py" $NAME $PASSWORD "$seed.$round" 2323 2222)
	is "$output" "50 of 50 users were served" "round $round: every user among the vandals is served"
	is "$(ask 'show privilege')" 'Current privilege level is 15' "... the older session goes on"
	succeeds "... all logins end" wait_until quiet
	[ $round -gt 1 ] || first=$(memory "$router") first_listener=$(memory "$listener")
	echo "# router $(memory "$router") kB, listener $(memory "$listener") kB"
done
kill -INT "$ping"
wait "$ping"
like "$(cat "$tmp/ping")" ' 0% packet loss' "not one frame was lost meanwhile"
is "$(pgrep -P "$router_pid" -x acegated) $(pgrep -P "$router_pid" -x acegate-vtyd)" "$router $listener" \
	"router and listener are the ones they were"
is "$(descriptors "$router")" "$descriptors_before" "the router has as many descriptors as before"
if sanitized; then
	echo "ok - memory # SKIP the sanitizer keeps what was freed"
	finish
fi
# What the first round taught the allocator to keep is no leak; what the third adds would be one.
after=$(memory "$router")
is "$((after - first < 512 ? 1 : after - first))" 1 "its memory is where it was after the first round"
after=$(memory "$listener")
is "$((after - first_listener < 512 ? 1 : after - first_listener))" 1 "... and the listener's"
finish
