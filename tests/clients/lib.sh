# tests/clients/lib.sh - what the client scripts share: the router they talk to, and what they need.
#
# shellcheck shell=bash disable=SC2154
# Each script has a router of its own, office_router(): an office whose morning has passed through it,
# so that its lists have matches and its log has lines, with telnet and SSH on the loopback. The
# clients are Debian's, unmodified, with their own directory for a home.
# shellcheck source=tests/smoke/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/../smoke/lib.sh"

clients=$top/tests/clients
export HOME=$tmp/home
export PYTHONDONTWRITEBYTECODE=1
mkdir "$HOME"

needs() {	# needs PACKAGE...: without them there is nothing to test
	local package
	for package; do
		if ! dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed; then
			echo "ok - # SKIP the package $package is not installed"
			exit 0
		fi
	done
}

free_port() {
	/usr/bin/python3 -c 'import socket; s = socket.create_server(("127.0.0.1", 0))
print(s.getsockname()[1])'
}

# $telnet_port and $ssh_port are its ports, $config its startup-config.
office_router() {
	config=$tmp/startup-config
	cp "$clients/startup-config" "$config"
	telnet_port=$(free_port) ssh_port=$(free_port)
	start_router -c "$config" --telnet "127.0.0.1:$telnet_port" --ssh "127.0.0.1:$ssh_port" \
		-p "FastEthernet0=file:$botnet/lan.pcap,$tmp/to-lan.pcap" \
		-p "FastEthernet4=file:$botnet/wan.pcap,$tmp/to-internet.pcap"
	wait_until morning_has_passed || bail "the captures pass"
	export ACEGATE="$build/acegate" ACEGATE_SOCKET="$socket"
	export TELNET_PORT="$telnet_port" SSH_PORT="$ssh_port" STARTUP_CONFIG="$config"
}

# The last packet of either side has met the list: what it then shows stays as it is.
morning_has_passed() {
	router 'show access-lists InsideLog' | grep -q '60 permit ip any any (21 matches)'
}

# Host keys for the router, a known_hosts file, and $HOME/ssh_config that OpenSSH's programs are given
# by -F: for they look up the user's home directory themselves, whatever HOME says.
ssh_keys() {
	router 'configure terminal' 'ip domain name example.net' 'crypto key generate rsa modulus 2048' end \
		>"$tmp/crypto.log"
	wait_until ssh_greets || bail "SSH answers once there is a host key" "$(cat "$tmp/crypto.log")"
	ssh-keyscan -p "$ssh_port" 127.0.0.1 >"$HOME/known_hosts" 2>/dev/null
	cat >"$HOME/ssh_config" <<-END
	Host *
		Port $ssh_port
		IdentityFile none
		IdentitiesOnly yes
		StrictHostKeyChecking yes
		UserKnownHostsFile $HOME/known_hosts
		GlobalKnownHostsFile none
		LogLevel ERROR
	END
}

ssh_greets() {
	local banner
	read -r banner 2>/dev/null <"/dev/tcp/127.0.0.1/$ssh_port" && [[ $banner == SSH-2.0-* ]]
}

# The results of a program that prints such, once with "telnet" and once with "ssh" as its argument.
each_transport() {	# each_transport COMMAND...
	local transport
	for transport in telnet ssh; do
		"$@" "$transport" 2>&1 | sed "s/^\(ok\|not ok\) - /&$transport: /"
		[ "${PIPESTATUS[0]}" -eq 0 ] || failures=$((failures + 1))
	done
}

# Whatever the clients did to it: the router is there, and nothing in it has broken down.
finish() {
	succeeds "the router answers still" router_answers
	unlike "$(cat "$tmp/acegated.log")" 'Sanitizer|runtime error|router ended|vtyd ended' "... and nothing broke down"
	[ "$failures" -eq 0 ]
	exit
}
