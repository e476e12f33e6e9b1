#!/usr/bin/env bash
# The startup-config: written whole or not at all, whenever the router is killed.
. "$(dirname "$0")/lib.sh"

readonly ROUNDS=25 ENTRIES=400
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

# Two configurations that no mixture can be mistaken for: hostname Old with entries for ports 1000.. and
# hostname New with entries for ports 3000.. .
lines_for() {	# lines_for HOSTNAME FIRST-PORT
	echo 'configure terminal'
	echo "hostname $1"
	echo 'no ip access-list extended Long'
	echo 'ip access-list extended Long'
	seq -f ' permit tcp any any eq %g' "$2" $(($2 + ENTRIES - 1))
	echo end
}
lines_for Old 10000 >"$tmp/old"
lines_for New 30000 >"$tmp/new"

whole() {	# the file is Old or New, from its first to its last line
	local name first
	name=$(sed -n 's/^hostname //p' "$config")
	case $name in
	Old) first=10000 ;;
	New) first=30000 ;;
	*) return 1 ;;
	esac
	[ "$(tail -n 1 "$config")" = end ] &&
		[ "$(sed -n 's/^ permit tcp any any eq //p' "$config")" = \
			"$(seq "$first" $((first + ENTRIES - 1)))" ] &&
		"$build/acegated" -t -c "$config"
}

start_router -c "$config"
"$build/acegate" -s "$socket" -f "$tmp/old" >/dev/null && router 'write memory' >/dev/null
succeeds "the long configuration is saved" whole
damaged=0 olds=0
for ((round = 1; round <= ROUNDS; round++)); do
	(
		for file in new old new old new old new old; do
			"$build/acegate" -s "$socket" -f "$tmp/$file" -c 'write memory'
		done >/dev/null 2>&1
	) &
	writer=$!
	# Somewhere among the writes; where does not matter to the verdict.
	sleep "0.0$((RANDOM % 10))$((RANDOM % 10))"
	stop_router KILL
	wait "$writer"
	if ! whole; then
		damaged=$((damaged + 1))
		cp "$config" "$tmp/damaged"
	fi
	grep -q '^hostname Old' "$config" && olds=$((olds + 1))
	start_router -c "$config"
done
echo "# the old one was found $olds times in $ROUNDS"
is "$damaged" 0 "killed $ROUNDS times while writing, the file was whole each time"
router 'write memory' >/dev/null
is "$(find "$tmp" -maxdepth 1 -name 'startup-config*' | wc -l)" 1 "no temporary file stays behind"

output=$(router 'erase startup-config')
like "$output" '^Erase of nvram: complete$' "erase startup-config"
succeeds "... removes it" test ! -e "$config"
finish
