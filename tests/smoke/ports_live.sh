#!/usr/bin/env bash
# The live ports themselves, in every pairing, between real machines with their offloads as they come:
# what arrives, what is counted, and what happens when the device under a port changes.
#
# It needs only the small bridge ports_live_bridge, and runs inside namespaces of its own, so that
# nothing of it can stay behind, however it ends.
#
# shellcheck disable=SC2317 # functions are handed to wait_until
. "$(dirname "$0")/namespaces.sh"
. "$(dirname "$0")/lib.sh"
here=$(cd "$(dirname "$0")" && pwd)
bridge=$build/tests/smoke/ports_live_bridge
[ -x "$bridge" ] || bail "$bridge is built (make check builds it)"

readonly CLIENT=10.9.0.1 SERVER=10.9.0.2 SERVER6=fd09::2

wire() {	# wire DEVICE MACHINE N: a veth from the router to a machine
	ip link add "$1" netns router type veth peer name eth0 netns "$2" || bail "a veth pair"
	set_sysctl router "net/ipv6/conf/$1/disable_ipv6" 1
	set_sysctl "$2" net/ipv6/conf/eth0/accept_dad 0
	ip -n router link set "$1" up
	ip -n "$2" link set eth0 up
	ip -n "$2" address add "10.9.0.$3/24" dev eth0
	ip -n "$2" address add "fd09::$3/64" dev eth0 nodad
}

for machine in client router server; do
	ip netns add $machine || bail "namespace $machine"
	ip -n $machine link set lo up
done
wire in client 1
wire out server 2
touch "$tmp/accepted"
ip netns exec server python3 "$here/peer.py" serve 80 >"$tmp/accepted" &
started+=($!)
server_listens() { grep -q listening "$tmp/accepted"; }
wait_until server_listens || bail "the server listens"

in_client() { ip netns exec client "$@"; }
in_server() { ip netns exec server "$@"; }

# ---- the bridge: a coprocess that answers a line with its counters ----

open_bridge() {	# open_bridge PORT PORT
	coproc BRIDGE { ip netns exec router "$bridge" "$@" 'deny tcp any any eq 25' \
		'permit tcp any any' 'permit ip any any'; }
	read -r reply <&"${BRIDGE[0]}"
}
counters() {
	echo >&"${BRIDGE[1]}"
	read -r reply <&"${BRIDGE[0]}"
	echo "$reply"
}
counter() {	# counter A|B|"" NAME: 0 when it is not there
	local side=$reply
	case $1 in
	A) side=${reply%%B:*} ;;
	B) side=${reply#*B:} ;;
	esac
	side=$(grep -oE "\b$2=[0-9]+" <<<"$side" | head -n 1)
	side=${side:-=0}
	echo "${side##*=}"
}
becomes() {	# becomes SIDE NAME VALUE
	counters >"$tmp/counters"
	reply=$(<"$tmp/counters")
	[ "$(counter "$1" "$2")" = "$3" ]
}
all_passed_on() {	# what came in on one side went out on the other, and nothing came back in
	counters >"$tmp/counters"
	reply=$(<"$tmp/counters")
	local a b
	a="$(counter A rx) $(counter A rxb) $(counter B rx) $(counter B rxb)"
	b="$(counter B tx) $(counter B txb) $(counter A tx) $(counter A txb)"
	[ "$a" = "$b" ]
}
close_bridge() {
	local pid=$BRIDGE_PID
	eval "exec ${BRIDGE[1]}>&-"
	wait "$pid"
}
pings() { in_client ping -c 2 -i 0.2 -W 10 -q "$@" >/dev/null; }

# ---- what every pairing must do ----

try_pair() {	# try_pair DRIVER DRIVER
	local name="$1-$2" least=$((3000000 / 1460))
	open_bridge "$1:in" "$2:out"
	is "$reply" ready "$name: the ports open"
	succeeds "$name: ping" pings $SERVER
	succeeds "$name: fragments" pings -s 4000 $SERVER
	succeeds "$name: IPv6" pings -6 $SERVER6
	succeeds "$name: 3000000 bytes of TCP there and back are the same" \
		in_client timeout 60 python3 "$here/peer.py" echo $CLIENT $SERVER 80 3000000
	succeeds "$name: every packet in one side went out the other, counted as on a wire" \
		wait_until all_passed_on
	succeeds "$name: ... at least as many as 3000000 bytes need ($(counter "" hits1))" \
		test "$(counter "" hits1)" -ge "$least"

	in_client python3 "$here/ports_live.py" syn eth0 0 $CLIENT $SERVER 25
	succeeds "$name: a priority tag hides no packet from the list" wait_until becomes "" hits0 1
	in_client python3 "$here/ports_live.py" syn eth0 5 $CLIENT $SERVER 25
	succeeds "$name: another VLAN's frame is dropped" wait_until becomes A vlan_tag 1

	local before
	counters >"$tmp/counters"
	reply=$(<"$tmp/counters")
	before=$(counter "" cpu_ms)
	sleep 1
	counters >"$tmp/counters"
	reply=$(<"$tmp/counters")
	succeeds "$name: idle, it uses no CPU" test $(($(counter "" cpu_ms) - before)) -le 5
	close_bridge
	is "$?" 0 "$name: the bridge ends"
}

datagrams() {	# datagrams ADDRESS: 20 in one frame; do they arrive?
	: >"$tmp/datagrams"	# the one before said it listens
	in_server python3 "$here/ports_live.py" datagrams-in "$1" 20 >"$tmp/datagrams" &
	local receiver=$!
	started+=("$receiver")
	receiver_listens() { grep -q listening "$tmp/datagrams"; }
	wait_until receiver_listens || return 1
	in_client python3 "$here/ports_live.py" datagrams-out "$1" 20
	wait "$receiver"
}

# ---- what happens to the device under a port ----

try_changes() {	# try_changes DRIVER
	local name=$1 before
	open_bridge "$1:in" "$1:out"
	succeeds "$name: ping" pings $SERVER
	ip -n router link set out mtu 1400
	in_client ping -c 1 -W 1 -q -s 1450 $SERVER >/dev/null
	succeeds "$name: over the MTU and not divisible: dropped and counted" \
		wait_until becomes B too_big 1
	ip -n router link set out mtu 1500
	succeeds "$name: the MTU raised, it passes" pings -s 1450 $SERVER

	ip -n router link set in down
	succeeds "$name: a link that is down shows" wait_until becomes A link 0
	ip -n router link set in up
	succeeds "$name: ... and up again, frames pass" pings $SERVER

	ip -n router link set out down
	in_client ping -c 1 -W 1 -q $SERVER >/dev/null
	succeeds "$name: what the other link, down, refuses is counted" wait_until lost tx_error
	ip -n router link set out up
	succeeds "$name: ... and up again, frames pass" pings $SERVER
	fills_queue "$name"

	ip -n router link delete in
	succeeds "$name: the device gone, its port has no link" wait_until becomes A link 0
	before=$(counter "" cpu_ms)
	in_server ping -c 1 -W 1 -q $CLIENT >/dev/null	# must not bring it down
	succeeds "$name: ... and the rest lives on, at no cost" wait_until becomes A link 0
	succeeds "$name: ... (CPU)" test $(($(counter "" cpu_ms) - before)) -le 50
	"after_removal_$name" "$name"
	close_bridge
	is "$?" 0 "$name: the bridge ends"
}

lost() {	# lost REASON: some frame died of it at B, and none that came in at A is unaccounted for
	counters >"$tmp/counters"
	reply=$(<"$tmp/counters")
	local gone
	gone=$(($(counter B tx_error) + $(counter B tx_full) + $(counter B too_big)))
	[ "$(counter B "$1")" -gt 0 ] && [ "$(counter A rx)" -eq $(($(counter B tx) + gone)) ]
}

# A queue that is as good as never emptied takes a few frames; no frame may be lost uncounted.
fills_queue() {	# fills_queue DRIVER
	if ! ip netns exec router tc qdisc add dev out root tbf rate 8kbit burst 2000 limit 4000; then
		pass "$1: a full queue # SKIP no tbf"
		return
	fi
	in_client bash -c "for ((i = 0; i < 300; i++)); do echo >/dev/udp/$SERVER/9; done" 2>/dev/null
	succeeds "$1: with the queue full, every frame went out or is counted" wait_until lost tx_full
	ip netns exec router tc qdisc del dev out root
	succeeds "$1: ... and frames pass again" pings "$SERVER"
}

# Without privilege, the bridge gave that up, the port is on its device again as soon as there is one.
after_removal_packet() {	# after_removal_packet DRIVER
	local before
	# One that is down, and then gone again.
	ip link add in netns router type veth peer name spare netns router || bail "a veth pair"
	becomes A link 0
	ip -n router link delete in
	wire in client 1
	succeeds "$1: a device of that name there again, the port has a link" \
		wait_until becomes A link 1
	succeeds "$1: ... and frames pass" pings "$SERVER"

	# From another namespace a device comes back with the index it had.
	before=$(ip -n router -o link show in | cut -d: -f1)
	ip -n router link set in netns client
	succeeds "$1: the device moved away, its port has no link" wait_until becomes A link 0
	ip -n client link set in netns router
	ip -n router link set in up
	is "$(ip -n router -o link show in | cut -d: -f1)" "$before" "$1: ... and back, as the same"
	succeeds "$1: ... it has" wait_until becomes A link 1
	succeeds "$1: ... and frames pass" pings "$SERVER"

	ip -n router link set in down
	ip -n router link set in name other
	ip link add in netns router type veth peer name eth1 netns client
	ip -n router link set in up
	ip -n client link set eth1 up
	succeeds "$1: the device renamed and another there, the port is on that" \
		wait_until becomes A link 1
	like "$(ip -n router -d link show in)" 'promiscuity 1 ' "$1: ... which is promiscuous now"
	like "$(ip -n router -d link show other)" 'promiscuity 0 ' "$1: ... and the other no more"
	ip -n router link delete in
	ip -n router link set other name in
	ip -n router link set in up
	succeeds "$1: and renamed back, frames pass" wait_until becomes A link 1
	succeeds "$1: ... frames pass" pings "$SERVER"
}

# A libpcap handle cannot follow; it must not say it could.
after_removal_pcap() {	# after_removal_pcap DRIVER
	wire in client 1
	succeeds "$1: a device of that name there again, the port still has no link" \
		wait_until becomes A link 0
}

refused() {	# refused PORT PORT TEXT
	open_bridge "$1" "$2"
	is "$reply" "refused: $3" "$1 $2 is refused"
	wait "$BRIDGE_PID"
}

for a in packet pcap; do
	for b in packet pcap; do
		try_pair $a $b
	done
done
for b in packet pcap; do
	open_bridge packet:in "$b:out"
	succeeds "packet-$b: UDP that hardware was to cut arrives as datagrams" datagrams $SERVER
	succeeds "packet-$b: ... over IPv6 too" datagrams $SERVER6
	close_bridge
done
for driver in packet pcap; do
	try_changes $driver
done
refused packet:in pcap:in "in: already the port of another interface"
refused packet:in packet:lo "lo: a loopback device has no other end"
refused packet:in pcap:any "any: stands for all devices at once; a port is one of them"
finish
