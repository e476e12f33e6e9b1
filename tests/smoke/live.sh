#!/usr/bin/env bash
# The router between real machines: client and server in network namespaces of their own, a veth pair
# to either side of acegated in a third, offloads as they come. Both live drivers.
#
# The whole runs inside its own process, mount and network namespaces, so that nothing of it can stay
# behind, however it ends. Without root it is tried in a user namespace.
#
# shellcheck disable=SC2317 # functions are handed to wait_until
. "$(dirname "$0")/namespaces.sh"
. "$(dirname "$0")/lib.sh"
peer=$(dirname "$0")/peer.py

readonly INFECTED=192.168.200.198 CLEAN=192.168.200.7 SERVER=203.0.113.25

# ---- two machines and the router between them ----

for machine in client router server; do
	ip netns add $machine || bail "namespace $machine"
	ip -n $machine link set lo up
done
ip link add in netns router type veth peer name eth0 netns client || bail "a veth pair"
ip link add out netns router type veth peer name eth0 netns server || bail "a veth pair"
for wire in in out; do
	set_sysctl router "net/ipv6/conf/$wire/disable_ipv6" 1
	ip -n router link set $wire up
done
for machine in client server; do
	set_sysctl $machine net/ipv6/conf/eth0/accept_dad 0
	ip -n $machine link set eth0 up
done
ip -n client address add $INFECTED/24 dev eth0
ip -n client address add $CLEAN/24 dev eth0
ip -n client address add 2001:db8::198/64 dev eth0 nodad
ip -n client route add 203.0.113.0/24 dev eth0
ip -n server address add $SERVER/24 dev eth0
ip -n server address add 2001:db8::25/64 dev eth0 nodad
ip -n server route add 192.168.200.0/24 dev eth0

# The transfers prove nothing if somebody turned the offloads off.
for machine in client server; do
	features=$(ip netns exec $machine ethtool -k eth0)
	like "$features" '^tx-checksumming: on' "$machine: checksum offload is on"
	like "$features" '^tcp-segmentation-offload: on' "$machine: segmentation offload is on"
done

touch "$tmp/accepted"
ip netns exec server python3 "$peer" serve 25 80 >"$tmp/accepted" &
started+=($!)
server_listens() { [ "$(grep -c listening "$tmp/accepted")" -eq 2 ]; }
wait_until server_listens || bail "the server listens"

# ---- what is asked of it, by either driver ----

accepted() {	# accepted PORT ADDRESS: connections the server has had
	grep -c "accepted $1 $2" "$tmp/accepted"
}
in_client=(ip netns exec client)	# a word list, so that $! of a background one is the program itself
matches() {	# matches REGEX: hits of the one entry that reads like it
	router 'show access-lists' | sed -nE "s/^ +[0-9]+ $1 \(([0-9]+) match(es)?\)$/\1/p"
}
some_match() {
	[ -n "$(matches "$1")" ]
}
carries() {	# carries ADDRESS BYTES: sent to port 80 and back, and still the same
	"${in_client[@]}" timeout 120 python3 "$peer" echo "$1" $SERVER 80 "$2"
}

try_driver() {	# try_driver DRIVER BYTES
	local driver=$1 log before
	before=$(accepted 25 $INFECTED)
	echo "# driver $driver"
	seed_config 1 >"$tmp/config"
	in_router=(ip netns exec router)
	start_router -c "$tmp/config" -p "FastEthernet0=$driver:in" -p "FastEthernet4=$driver:out"

	succeeds "$driver: ping" "${in_client[@]}" ping -c 3 -i 0.2 -W 10 -q -I $CLEAN $SERVER
	succeeds "$driver: ping with 1400 bytes" \
		"${in_client[@]}" ping -c 2 -i 0.2 -W 10 -q -s 1400 -I $CLEAN $SERVER
	succeeds "$driver: a fragmented ping" \
		"${in_client[@]}" ping -c 2 -i 0.2 -W 10 -q -s 4000 -I $CLEAN $SERVER
	succeeds "$driver: IPv6 passes, its neighbour discovery too" \
		"${in_client[@]}" ping -6 -c 2 -i 0.2 -W 10 -q 2001:db8::25
	like "$(ip -n client neigh show $SERVER)" 'lladdr' "$driver: ARP passes"

	# SMTP from the infected machine: the SYN leaves, and ends at the list.
	"${in_client[@]}" python3 "$peer" knock $INFECTED $SERVER 25 >"$tmp/knock" &
	local knocking=$!
	started+=("$knocking")
	succeeds "$driver: its SYN to port 25 is counted" \
		wait_until some_match "deny tcp host $INFECTED any eq smtp log"
	has_logged() {
		log=$(router 'show logging')
		grep -qE "%SEC-6-IPACCESSLOGP: list Inside denied tcp $INFECTED\([0-9]+\) -> $SERVER\(25\), 1 packet$" <<<"$log"
	}
	succeeds "$driver: ... and logged" wait_until has_logged

	succeeds "$driver: its port 80 passes" carries $INFECTED 1000
	succeeds "$driver: a neighbour's SMTP passes" \
		"${in_client[@]}" timeout 60 python3 "$peer" knock $CLEAN $SERVER 25

	succeeds "$driver: $2 bytes there and back arrive as they were" carries $CLEAN "$2"
	unlike "$(router 'show interfaces FastEthernet4')" '^FastEthernet4 is .*down' \
		"$driver: the port is up"

	# By now its SYN would long be there, and answered.
	is "$(accepted 25 $INFECTED)" "$before" "$driver: its SYN to port 25 never reached the server"
	is "$(cat "$tmp/knock")" "knocking" "$driver: ... and was never answered"

	# The same list, edited while all this runs: the next connection obeys.
	kill "$knocking"
	wait "$knocking" 2>/dev/null
	router 'configure terminal' 'ip access-list extended Inside' 'no 10' >/dev/null
	succeeds "$driver: the entry removed, its SMTP passes" \
		"${in_client[@]}" timeout 60 python3 "$peer" knock $INFECTED $SERVER 25
	router 'configure terminal' 'ip access-list extended Inside' \
		"5 deny tcp host $CLEAN any eq www" >/dev/null
	"${in_client[@]}" python3 "$peer" knock $CLEAN $SERVER 80 >"$tmp/knock" &
	knocking=$!
	started+=("$knocking")
	succeeds "$driver: an entry inserted blocks the next connection" \
		wait_until some_match "deny tcp host $CLEAN any eq www"
	is "$(cat "$tmp/knock")" "knocking" "$driver: ... which gets no answer"
	kill "$knocking"
	wait "$knocking" 2>/dev/null
	router 'configure terminal' 'interface Vlan1' 'no ip access-group Inside in' >/dev/null
	succeeds "$driver: the list taken off, it passes" carries $CLEAN 1000

	stop_router TERM
	is "$?" 0 "$driver: the router ends"
}

# GSO frames stand for many packets and are counted as those.
counts_segments() {
	seed_config 1 >"$tmp/config"
	start_router -c "$tmp/config" -p FastEthernet0=packet:in -p FastEthernet4=packet:out
	router 'configure terminal' 'no ip access-list extended Inside' \
		'ip access-list extended Inside' 'permit tcp any any eq www' 'permit ip any any' >/dev/null
	carries $CLEAN 3000000 || fail "packet: 3000000 bytes"
	local counted least=$((3000000 / 1460))
	counted=$(matches 'permit tcp any any eq www')
	succeeds "packet: 3000000 bytes count as the packets they are ($counted, at least $least)" \
		test "$counted" -ge "$least"
	like "$(router 'show interfaces FastEthernet0' | sed -nE 's/^ +([0-9]+) packets input, ([0-9]+) bytes.*/\1 \2/p' |
		awk -v least="$least" '$1 >= least && $2 >= 3000000 { print "yes" }')" yes \
		"packet: the interface counts them likewise"
	stop_router TERM
}

# The client's machine is started again, and with it the device on our side of its wire.
rewire_client() {
	ip link add in netns router type veth peer name eth0 netns client
	set_sysctl router net/ipv6/conf/in/disable_ipv6 1
	ip -n router link set in up
	ip -n client link set eth0 up
	ip -n client address add $CLEAN/24 dev eth0
	ip -n client address add $INFECTED/24 dev eth0
	ip -n client route add 203.0.113.0/24 dev eth0
}
logged() {	# logged REGEX: since `clear logging`
	router 'show logging' | grep -qE "$1"
}
changed_to() {	# changed_to STATE: regex of the last of the lines it takes
	wait_until logged "%LINEPROTO-5-UPDOWN: Line protocol on Interface Vlan1, changed state to $1$" &&
		logged "%LINK-3-UPDOWN: Interface FastEthernet0, changed state to $1$" &&
		logged "%LINEPROTO-5-UPDOWN: Line protocol on Interface FastEthernet0, changed state to $1$"
}

survives_removal() {	# survives_removal DRIVER
	local driver=$1 ticks
	seed_config 1 >"$tmp/config"
	start_router -c "$tmp/config" -p "FastEthernet0=$driver:in" -p FastEthernet4=packet:out
	carries $CLEAN 1000 || fail "$driver: before the device is removed"
	ip -n router link delete in
	succeeds "$driver: the device removed, that is logged" changed_to down
	like "$(router 'show interfaces FastEthernet0')" \
		'^FastEthernet0 is down, line protocol is down' "$driver: ... and shown"
	ticks=$(cpu_ticks)
	sleep 1
	succeeds "$driver: ... at no cost" test $(($(cpu_ticks) - ticks)) -le 2
	router 'clear logging' >/dev/null
	rewire_client
	case $driver in
	packet)
		succeeds "$driver: there again, that is logged" changed_to up
		succeeds "$driver: ... and traffic flows" carries $CLEAN 1000
		;;
	pcap)
		"${in_client[@]}" ping -c 1 -W 1 -q -I $CLEAN $SERVER >/dev/null
		like "$(router 'show interfaces FastEthernet0')" \
			'^FastEthernet0 is down, line protocol is down' \
			"$driver: there again, the port does not pretend to be up"
		succeeds "$driver: ... and has said why" wait_until grep -qF -e \
			'%LINK-3-ERROR: Interface FastEthernet0: in: the device was removed; a pcap port' \
			"$tmp/acegated.log"
		;;
	esac
	stop_router TERM
}
cpu_ticks() {	# what acegated has used, in 1/100 s
	awk '{ print $14 + $15 }' "/proc/$router_pid/stat"
}

try_driver packet 20000000
try_driver pcap 200000
counts_segments
survives_removal packet
survives_removal pcap
finish
