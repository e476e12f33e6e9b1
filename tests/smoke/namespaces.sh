# tests/smoke/namespaces.sh - sourced first by tests that need networks of their own: runs the script
# again inside its own process, mount and network namespaces, or skips it and says why.
#
# shellcheck shell=bash
# Nothing made in there can stay behind, however the test ends: the namespaces die with their first
# process, and everything started in them with it. Root can make them; others in a user namespace
# where the system lets them, or through a sudo that asks no password.
PATH=$PATH:/usr/sbin:/sbin

enter_namespaces() {	# enter_namespaces SCRIPT ARGUMENT...
	local why name=${1##*/}
	local -a into=(--net --mount --pid --fork --kill-child --mount-proc) probe=(ip link add name
		probe0 type veth peer name probe1)
	local -a through=(unshare)
	if [ "$(id -u)" -ne 0 ]; then
		through=(unshare --map-root-user)
		"${through[@]}" "${into[@]}" "${probe[@]}" 2>/dev/null ||
			through=(sudo -n "PATH=$PATH" "ACEGATE_BUILD=${ACEGATE_BUILD:-}" unshare)
	fi
	if ! why=$("${through[@]}" "${into[@]}" "${probe[@]}" 2>&1); then
		echo "ok - ${name%.*} # SKIP needs root, sudo or user namespaces, and veth: ${why##*$'\n'}"
		exit 0
	fi
	exec "${through[@]}" "${into[@]}" env INSIDE_NAMESPACES=yes "$@"
}

[ -n "${INSIDE_NAMESPACES:-}" ] || enter_namespaces "$0" "$@"
mount -t tmpfs tmpfs /run	# ip netns keeps its names there
mkdir -p /run/netns

set_sysctl() {	# set_sysctl MACHINE NAME VALUE, as net/ipv6/conf/eth0/disable_ipv6
	ip netns exec "$1" sh -c "echo $3 >/proc/sys/$2"
}
