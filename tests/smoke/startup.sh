#!/usr/bin/env bash
# The startup-config: written whole or not at all, whenever the router is killed.
# shellcheck disable=SC2317 # functions are handed to wait_until
. "$(dirname "$0")/lib.sh"

readonly ROUNDS=30 ENTRIES=20000
seed=${SEED:-$RANDOM}
RANDOM=$seed
echo "# seed $seed (SEED=$seed tests/smoke/startup.sh runs it again)"

config=$tmp/startup-config

# ---- write memory, and what a new router makes of it ----

start_router -c "$config"
output=$(router 'show startup-config')
like "$output" '^startup-config is not present' "no startup-config yet"
for list in 1 2 3; do
	seed_config $list | sed '/^logging\|^end/d'
done >"$tmp/lines"
{
	echo 'configure terminal'
	cat "$tmp/lines"
	printf 'hostname Old\nend\nwrite memory\n'
} >"$tmp/typed"
output=$("$build/acegate" -s "$socket" -f "$tmp/typed")
like "$output" '^Building configuration\.\.\.$' "write memory says what it does"
like "$output" '^\[OK\]$' "... and that it is done"
is "$(stat -c %a "$config")" 600 "the startup-config is its owner's only"
running() {	# what must survive: all but the head, which has the size and the time
	router 'show running-config' | sed -n '/^version/,$p'
}
before=$(running)
stop_router TERM
start_router -c "$config"
is "$(running)" "$before" "after a restart the configuration is the same"
output=$(router 'copy running-config startup-config')
like "$output" '^\[OK\]$' "copy running-config startup-config works, too"
stop_router KILL
wait_until test ! -e "/proc/$router_pid"

# ---- killed while it writes ----

# Two configurations that differ at their beginning (the host name) and at their end (the line's
# password), with a list between them long enough for a write to take its time.
lines_for() {	# lines_for NAME
	printf '%s\n' 'configure terminal' "hostname $1" 'line vty 0 4' "password $1" end
}

whole() {	# the file is Old or New, from its first to its last line
	local name
	name=$(sed -n 's/^hostname //p' "$config")
	[[ $name == Old || $name == New ]] &&
		[ "$(sed -n 's/^ password //p' "$config")" = "$name" ] &&
		[ "$(grep -c '^ permit tcp any any eq ' "$config")" -eq "$ENTRIES" ] &&
		[ "$(tail -n 1 "$config")" = end ] &&
		"$build/acegated" -t -c "$config"
}

start_router -c "$config"
{
	printf '%s\n' 'configure terminal' 'ip access-list extended Long'
	seq -f ' permit tcp any any eq %g' 1 "$ENTRIES"
	echo end
	lines_for Old
	echo 'write memory'
} >"$tmp/typed"
"$build/acegate" -s "$socket" -f "$tmp/typed" >/dev/null
succeeds "the long configuration is saved" whole
for ((i = 0; i < 200; i++)); do
	lines_for New
	echo 'write memory'
	lines_for Old
	echo 'write memory'
done >"$tmp/writes"

replaced() {
	[ "$(stat -c %i:%y "$config" 2>/dev/null)" != "$before" ]
}

damaged=0 news=0
for ((round = 1; round <= ROUNDS; round++)); do
	"$build/acegate" -s "$socket" -f "$tmp/writes" >/dev/null 2>&1 &
	writer=$!
	# Once it has begun, somewhere among the writes; where does not matter to the verdict.
	before=$(stat -c %i:%y "$config")
	wait_until replaced || bail "the startup-config is written"
	sleep "0.$((RANDOM % 2))$((RANDOM % 10))$((RANDOM % 10))"
	stop_router KILL
	wait "$writer"
	if ! whole; then
		damaged=$((damaged + 1))
		echo "# damaged: $(wc -c <"$config") bytes"
		break
	fi
	grep -q '^hostname New' "$config" && news=$((news + 1))
	start_router -c "$config"
done
is "$damaged" 0 "killed $((round - 1)) times while writing, the file was whole each time"
echo "# it was New $news times, else Old"
router 'write memory' >/dev/null
is "$(find "$tmp" -maxdepth 1 -name 'startup-config*' | wc -l)" 1 "no temporary file stays behind"

output=$(router 'erase startup-config')
like "$output" '^Erase of nvram: complete$' "erase startup-config"
succeeds "... removes it" test ! -e "$config"
finish
