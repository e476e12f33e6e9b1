#!/usr/bin/env bash
# tools/try tells its story to a pipe and ends; at a terminal it leaves one at the router's prompt.
. "$(dirname "$0")/lib.sh"

make=$botnet/make_capture.py
if [ "$build" != "$top/build" ]; then
	echo "ok - try # SKIP tools/try runs the programs in build/, not those under test"
	exit 0
fi

mkdir "$tmp/scratch"
output=$(cd / && TMPDIR=$tmp/scratch "$top/tools/try" </dev/null 2>&1)
is "$?" 0 "ends well"
wanted=$(for list in 1 2 3; do python3 "$make" --hits $list; done |
	sed -nE 's/^([0-9]+) ([0-9]+)$/\1 (\2 matches)/p')
is "$(sed -nE 's/^    ([0-9]+) (permit|deny) .*(\([0-9]+ match(es)?\))$/\1 \3/p' <<<"$output")" \
	"$wanted" "shows each list's hits"
is "$(sed -nE 's/^  \.\.\. ([0-9]+) messages in all$/\1/p' <<<"$output")" \
	"$(for list in 1 2 3; do python3 "$make" --hits $list; done | sed -n 's/^log //p')" \
	"shows each list's messages"
is "$(find "$tmp/scratch" -mindepth 1)" "" "leaves nothing behind"

output=$(TMPDIR=$tmp/scratch expect -f - "$top/tools/try" <<'END'
set timeout 120
log_user 0
spawn -noecho [lindex $argv 0]
expect {
	-re {\nRouter>$} {}
	timeout {puts "no prompt"; exit 1}
	eof {puts "ended without a prompt"; exit 1}
}
send "enable\r"
expect -re {Router#$}
send "terminal length 0\r"
expect -re {Router#$}
send "show access-lists\r"
expect -re {Router#$} {puts $expect_out(buffer)}
send "exit\r"
expect {
	eof {puts "ended"}
	timeout {puts "exit does not end it"}
}
END
)
like "$output" '10 deny tcp host 192\.168\.200\.198 any eq smtp log \([0-9]+ matches\)' \
	"at a terminal: the router's prompt, with list 3 and its hits"
like "$output" '^ended' "... until exit"
is "$(find "$tmp/scratch" -mindepth 1)" "" "... and leaves nothing behind"
finish
