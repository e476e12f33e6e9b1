# tests/smoke/lib.sh - what the shell smoke tests share: results, a scratch directory, a router in it.
#
# shellcheck shell=bash disable=SC2034,SC2317,SC2119
# Everything a test starts is put to an end, and its scratch directory removed, when it exits, however
# it does. Nothing waits for time to pass: wait_until() waits for a condition, with a deadline that is
# only met when something is broken.
set -u

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
build=${ACEGATE_BUILD:-$top/build}
botnet=$top/tests/data/botnet
lists=$top/tests/data/seed-lists
tmp=$(mktemp -d)
socket=$tmp/socket
failures=0
started=()	# process ids
readonly DEADLINE=30	# seconds

clean_up() {
	local pid
	for pid in ${started[@]+"${started[@]}"}; do
		kill -KILL "$pid" 2>/dev/null
		wait "$pid" 2>/dev/null
	done
	rm -rf "$tmp"
}
trap clean_up EXIT
trap 'exit 130' INT TERM

pass() {
	echo "ok - $1"
}

fail() {	# fail NAME [DETAIL]: the detail as comment lines
	echo "not ok - $1"
	[ -z "${2:-}" ] || printf '%s\n' "$2" | sed 's/^/#   /'
	failures=$((failures + 1))
}

is() {		# is GOT WANTED NAME
	if [ "$1" = "$2" ]; then
		pass "$3"
	else
		fail "$3" "got:
$1
wanted:
$2"
	fi
}

like() {	# like TEXT REGEX NAME: some line of the text matches
	if grep -qE -- "$2" <<<"$1"; then pass "$3"; else fail "$3" "no line like $2 in:
$1"; fi
}

unlike() {	# unlike TEXT REGEX NAME: no line does
	if grep -qE -- "$2" <<<"$1"; then fail "$3" "a line like $2 in:
$1"; else pass "$3"; fi
}

succeeds() {	# succeeds NAME COMMAND...: what the command prints is of no interest
	local name=$1
	shift
	if "$@" >/dev/null; then pass "$name"; else fail "$name" "status $?: $*"; fi
}

finish() {
	[ "$failures" -eq 0 ]
	exit
}

bail() {	# the test cannot go on
	fail "$@"
	[ ! -s "$tmp/acegated.log" ] || tail -n 20 "$tmp/acegated.log" | sed 's/^/#   acegated: /'
	exit 1
}

wait_until() {	# wait_until COMMAND...: true as soon as it is; false at the deadline
	local end=$((SECONDS + DEADLINE))
	until "$@"; do
		[ "$SECONDS" -lt "$end" ] || return 1
		sleep 0.05
	done
}

sanitized() {	# the programs are a sanitizer's build: its runtime's needs are not the product's
	ldd "$build/acegated" | grep -qE 'lib(asan|tsan)'
}

# The router under test. start_router ARGUMENT...; then `router LINE...` runs lines in it.
start_router() {
	"${in_router[@]}" "$build/acegated" -s "$socket" "$@" </dev/null >>"$tmp/acegated.log" 2>&1 &
	router_pid=$!
	started+=("$router_pid")
	wait_until router_answers_or_ended
	router_answers || bail "acegated $* starts"
}

router_answers_or_ended() {
	router_answers || ! kill -0 "$router_pid" 2>/dev/null
}

in_router=(env)	# what acegated is run through; the live test puts a network namespace here

router_answers() {
	"$build/acegate" -s "$socket" -c 'show clock' >/dev/null 2>&1
}

router() {
	local line
	local -a arguments=()
	for line; do
		arguments+=(-c "$line")
	done
	"$build/acegate" -s "$socket" "${arguments[@]}" 2>&1
}

stop_router() {	# stop_router [SIGNAL]; its status
	kill "-${1:-TERM}" "$router_pid"
	wait "$router_pid" 2>/dev/null
}

# The factory's bridging, a seed list as it stands, and the list on Vlan1.
seed_config() {	# seed_config NUMBER
	cat <<-END
	logging buffered 65536
	bridge irb
	bridge 1 protocol ieee
	interface Vlan1
	 bridge-group 1
	interface FastEthernet4
	 bridge-group 1
	!
	END
	cat "$lists/$1"-*.txt
	case $1 in
	2 | 3) printf 'interface Vlan1\n ip access-group InsideLog in\n' ;;
	esac
	echo end
}

seed_name() {
	case $1 in 1) echo Inside ;; *) echo InsideLog ;; esac
}
