#!/usr/bin/env bash
# The botnet story through file ports: each seed list counts, logs and passes exactly what the
# capture's generator, which shares no code with the router, says it must.
# shellcheck disable=SC2317,SC2119 # functions are handed to wait_until
. "$(dirname "$0")/lib.sh"

make=$botnet/make_capture.py
lan_frames=$(python3 "$make" --summary | awk '/lan.pcap/ { print $NF }')
wan_frames=$(python3 "$make" --summary | awk '/wan.pcap/ { print $NF }')

# frames_of CAPTURE: each frame in hexadecimal on a line
frames_of() {
	python3 - "$1" <<-'END'
	import struct, sys
	data = open(sys.argv[1], "rb").read()
	order = "<" if data[:1] in (b"\xd4", b"\x4d") else ">"
	at = 24
	while at < len(data):
	    length = struct.unpack(order + "I", data[at + 8:at + 12])[0]
	    print(data[at + 16:at + 16 + length].hex())
	    at += 16 + length
	END
}

input_is() {	# input_is INTERFACE PACKETS
	router "show interfaces $1" | grep -qE "^ +$2 packets input,"
}

# The list's entries as show access-lists must print them, the hits behind.
expected_list() {	# expected_list NUMBER
	echo "Extended IP access list $(seed_name "$1")"
	paste -d' ' <(sed -n 's/^ \(permit\|deny\) */\1 /p' "$lists/$1"-*.txt) \
		<(python3 "$make" --hits "$1" | grep -v log) |
		awk '{
			n = $NF; seq = $(NF - 1); NF -= 2
			printf "    %d %s%s\n", seq, $0, n == 0 ? "" : n == 1 ? " (1 match)" : " (" n " matches)"
		}'
}

for list in 1 2 3; do
	seed_config $list >"$tmp/config"
	start_router -c "$tmp/config" -p "FastEthernet0=file:$botnet/lan.pcap,$tmp/lan-out" \
		-p "FastEthernet4=file:$botnet/wan.pcap,$tmp/wan-out"
	succeeds "list $list: all frames of the LAN come in" \
		wait_until input_is FastEthernet0 "$lan_frames"
	succeeds "list $list: all frames of the Internet's side come in" \
		wait_until input_is FastEthernet4 "$wan_frames"
	is "$(router 'show access-lists')" "$(expected_list $list)" "list $list: hits"
	log=$(router 'show logging')
	is "$(grep -c '%SEC-6-IPACCESSLOGP: ' <<<"$log")" \
		"$(python3 "$make" --hits $list | sed -n 's/^log //p')" "list $list: one message a flow"
	like "$log" "^\*[A-Z][a-z]{2} [ 0-9][0-9] [0-9:]{8}\.[0-9]{3}: %SEC-6-IPACCESSLOGP: list $(seed_name $list) denied tcp 192\.168\.200\.198\(1034\) -> 203\.0\.113\.25\(25\), 1 packet$" \
		"list $list: the message reads as IOS writes it"
	unlike "$log" 'IPACCESSLOGRL|list .* (1[^9]|[^1]).*\(25\) \(' "list $list: nothing went unlogged"
	is "$(router "show ip access-lists $(seed_name $list)")" "$(expected_list $list)" \
		"list $list: show ip access-lists NAME says the same"
	is "$(router "show ip access-lists interface Vlan1 in" | sed 1d)" \
		"$(expected_list $list | sed 1d)" "list $list: all hits were at Vlan1, inbound"
	router 'clear access-list counters' >/dev/null
	unlike "$(router 'show access-lists')" 'match' "list $list: cleared counters show nothing"
	stop_router TERM
	is "$?" 0 "list $list: the router ends"
	is "$(frames_of "$tmp/wan-out")" "$(python3 "$make" --passed $list)" \
		"list $list: towards the Internet goes what it permits, unchanged and in order"
	is "$(frames_of "$tmp/lan-out")" "$(frames_of "$botnet/wan.pcap")" \
		"list $list: towards the LAN goes everything"
done

# The factory configuration bridges and filters nothing.
"$build/acegated" -s "$socket" -p "FastEthernet0=file:$botnet/lan.pcap" --exit-at-eof \
	-p "FastEthernet4=file:$botnet/wan.pcap,$tmp/wan-out" 2>"$tmp/log" &
started+=($!)
ended() { ! kill -0 "${started[-1]}" 2>/dev/null; }
succeeds "--exit-at-eof ends by itself" wait_until ended
wait "${started[-1]}"
is "$?" 0 "--exit-at-eof ends with status 0"
is "$(frames_of "$tmp/wan-out")" "$(python3 "$make" --passed 0)" \
	"without a configuration everything is bridged"
finish
