#!/usr/bin/env bash
# The botnet captures are what their generator makes, byte for byte, and what their README says.
. "$(dirname "$0")/lib.sh"

for name in one two; do
	mkdir "$tmp/$name"
	python3 "$botnet/make_capture.py" "$tmp/$name" || bail "the generator runs"
done
for capture in lan wan morning; do
	succeeds "$capture.pcap is the same at each run" \
		cmp "$tmp/one/$capture.pcap" "$tmp/two/$capture.pcap"
	succeeds "$capture.pcap in the tree is what the generator makes" \
		cmp "$tmp/one/$capture.pcap" "$botnet/$capture.pcap"
done
size=$(cat "$botnet"/*.pcap | wc -c)
succeeds "the captures are small ($size bytes)" test "$size" -lt 300000

# What README.md quotes between its ``` lines, one block after the other.
# shellcheck disable=SC2016
quoted=$(sed -n '/^```/,/^```/{/^```/!p}' "$botnet/README.md")
made=$(
	python3 "$botnet/make_capture.py" --summary
	for list in 1 2 3; do
		python3 "$botnet/make_capture.py" --hits "$list"
	done
)
is "$quoted" "$made" "README.md quotes the generator's own counts"
finish
