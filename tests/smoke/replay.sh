#!/usr/bin/env bash
# acegate replay: a capture through a list, with no router running and no privilege.
. "$(dirname "$0")/lib.sh"

make=$botnet/make_capture.py
summary=$(python3 "$make" --summary)
count() {	# count NAME: a figure of the summary
	awk -v name="$1" 'index($0, name " .") == 1 { print $NF }' <<<"$summary"
}
frames=$(count 'frames in lan.pcap')
inside=$(count 'lan: of these, inside the VLAN')
not_ip=$(($(count 'lan: ARP') + $(count 'lan: IPv6')))

replay() {	# replay LIST ARGUMENT...; leaves $output and $status
	seed_config "$1" >"$tmp/config"
	shift
	output=$("$build/acegate" replay -c "$tmp/config" -i Vlan1 -d in "$@" 2>&1)
	status=$?
}

# The permitting last entry also gets what a live VLAN keeps to itself: replay knows no ports.
hits() {	# hits LIST: "SEQ PACKETS" lines
	python3 "$make" --hits "$1" | grep -v log |
		awk -v inside="$inside" 'NR > 1 { print seq, n } { seq = $1; n = $2 }
			END { print seq, n + inside }'
}
shown_hits() {
	sed -n 's/^ *\([0-9]*\) [pd]e.*(\([0-9]*\) match.*/\1 \2/p' <<<"$output"
}
permitting() {	# permitting LIST: sequence numbers of its permit entries
	sed -n 's/^ \(permit\|deny\).*/\1/p' "$lists/$1"-*.txt | awk '/permit/ { print NR * 10 }'
}

for list in 1 2 3; do
	replay $list -w "$tmp/permitted" -x "$tmp/denied" "$botnet/lan.pcap"
	is "$status" 0 "list $list: replay ends well"
	is "$(head -n 1 <<<"$output")" "Extended IP access list $(seed_name $list)" \
		"list $list: prints the list"
	is "$(shown_hits)" "$(hits $list)" "list $list: hits"
	permitted=$(hits $list | awk 'NR == FNR { yes[$1]; next } $1 in yes { n += $2 } END { print n }' \
		<(permitting $list) -)
	denied=$((frames - not_ip - permitted))
	is "$(tail -n 1 <<<"$output")" \
		"$frames packets: $permitted permitted, $denied denied (0 by the implicit deny), $not_ip not IP" \
		"list $list: the sum"
	replay $list "$tmp/denied"
	like "$output" "^$denied packets: 0 permitted, $denied denied" \
		"list $list: the denied, once more, are all denied"
	replay $list "$tmp/permitted"
	like "$output" ", 0 denied \(0 by the implicit deny\)" \
		"list $list: the permitted, once more, are all permitted"
done

# ---- other files ----

relinked() {	# relinked LINKTYPE: the IPv4 of lan.pcap, raw (101) or Linux cooked (113)
	python3 - "$botnet/lan.pcap" "$1" <<-'END'
	import struct, sys
	data, link = open(sys.argv[1], "rb").read(), int(sys.argv[2])
	out, at = data[:20] + struct.pack("<I", link), 24
	while at < len(data):
	    size = struct.unpack("<I", data[at + 8:at + 12])[0]
	    frame = data[at + 16:at + 16 + size]
	    if frame[12:14] == b"\x08\x00":
	        head = struct.pack("!HHH", 0, 1, 6) + frame[6:12] + bytes(2) + frame[12:14]
	        packet = (head if link == 113 else b"") + frame[14:]
	        out += data[at:at + 8] + struct.pack("<II", len(packet), len(packet)) + packet
	    at += 16 + size
	sys.stdout.buffer.write(out)
	END
}
for link in 101 113; do
	relinked $link >"$tmp/relinked"
	replay 2 "$tmp/relinked"
	is "$(shown_hits)" "$(hits 2)" "link type $link: the same hits"
	like "$output" "^$((frames - not_ip)) packets: .*, 0 not IP$" "link type $link: the sum"
done

head -c 20000 "$botnet/lan.pcap" >"$tmp/short"
replay 1 "$tmp/short"
is "$status" 1 "a file cut short gives status 1"
like "$output" "short" "... it is named"
like "$output" "^[1-9][0-9]* packets: " "... after what could be read was counted"
echo "not a capture" >"$tmp/text"
replay 1 "$tmp/text"
is "$status" 1 "a file that is no capture gives status 1"
like "$output" "$tmp/text" "... it is named"
replay 1 "$tmp/none"
is "$status" 1 "a file that is not there gives status 1"
like "$output" "$tmp/none" "... it is named"
finish
