#!/usr/bin/env bash
# SSH with OpenSSH and paramiko: the protocol's corners, that clients' tests do not go to. What is said
# in a session, and by whom, is tests/clients' and the session transcripts'.
# shellcheck disable=SC2317,SC2119 # functions are handed to wait_until
. "$(dirname "$0")/lib.sh"

port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
python=/usr/bin/python3	# Debian's, which has Debian's paramiko

cat >"$tmp/config" <<'END'
hostname R1
ip domain name example.net
username anna privilege 15 secret t0psecret
banner login ^
Authorized people only.
^
line vty 0 15
 login local
end
END
start_router -c "$tmp/config" --ssh "127.0.0.1:$port"

as_anna() {	# as_anna ARGUMENT...: ssh, with her password
	timeout 60 sshpass -p t0psecret ssh -F none -p "$port" -o StrictHostKeyChecking=no \
		-o UserKnownHostsFile=/dev/null -o GlobalKnownHostsFile=/dev/null -o User=anna "$@"
}

command_of_anna() {	# command_of_anna COMMAND [ARGUMENT...]: of two options that differ, ssh takes the first
	local command=$1
	shift
	as_anna "$@" -o LogLevel=ERROR 127.0.0.1 "$command"
}

# ---- no host keys, no SSH ----

text=$(as_anna -T 127.0.0.1 </dev/null 2>&1)
like "$text" 'Connection (reset|closed)' "without host keys there is no SSH"
like "$(router 'show ip ssh')" '^SSH Disabled' "... as show ip ssh says"
router 'configure terminal' 'crypto key generate rsa modulus 2048' end >/dev/null
like "$(router 'show ip ssh')" '^SSH Enabled' "with them there is, at once"
is "$(command_of_anna 'show privilege' 2>/dev/null)" $'Current privilege level is 15\r' "... a command runs"

# ---- what is agreed on ----

text=$(command_of_anna 'show privilege' -v -o LogLevel=DEBUG 2>&1)
like "$text" 'remote software version Cisco-1\.25' "the version is Cisco's"
like "$text" '^Authorized people only\.' "banner login comes before the password"
like "$text" 'Exit status 0' "the exit status comes"
for kex in curve25519-sha256 curve25519-sha256@libssh.org ecdh-sha2-nistp256 diffie-hellman-group14-sha256; do
	succeeds "key exchange $kex" command_of_anna 'show clock' -o "KexAlgorithms=$kex"
done
for key in rsa-sha2-256 rsa-sha2-512 ssh-ed25519; do
	succeeds "host key $key" command_of_anna 'show clock' -o "HostKeyAlgorithms=$key"
done
for cipher in aes128-ctr aes256-ctr aes256-gcm@openssh.com; do
	succeeds "cipher $cipher" command_of_anna 'show clock' -o "Ciphers=$cipher"
done
for mac in hmac-sha2-256 hmac-sha2-256-etm@openssh.com; do
	succeeds "MAC $mac" command_of_anna 'show clock' -o "MACs=$mac"
done
for method in password keyboard-interactive; do
	succeeds "method $method" command_of_anna 'show clock' -o "PreferredAuthentications=$method"
done
if command_of_anna 'show clock' -o KexAlgorithms=diffie-hellman-group14-sha1 >/dev/null 2>&1; then
	fail "SHA-1 is not offered"
else
	pass "SHA-1 is not offered"
fi

# ---- refused, and the session goes on ----

text=$(command_of_anna 'show privilege' -o SetEnv=LANG=C -A -o LogLevel=DEBUG 2>&1)
like "$text" '^Current privilege level is 15' "environment and agent are refused, the command runs"
text=$(command_of_anna 'show privilege' -R 127.0.0.1:1:127.0.0.1:1 -o ExitOnForwardFailure=yes 2>&1)
like "$text" 'remote port forwarding failed' "forwarding is refused"

# ---- much output: whole, through new keys and slow readers ----

{
	echo 'ip access-list extended Long'
	for i in {1..3000}; do
		echo "permit tcp host 10.$((i / 65536)).$((i / 256 % 256)).$((i % 256)) any eq $i"
	done
} >"$tmp/long"
"$build/acegate" -s "$socket" -c 'configure terminal' -f "$tmp/long" >/dev/null
router 'show access-lists Long' | sed 's/$/\r/' >"$tmp/wanted"
command_of_anna 'show access-lists Long' -o RekeyLimit=16K >"$tmp/got"
succeeds "a long list comes whole, with new keys on the way" cmp "$tmp/wanted" "$tmp/got"
command_of_anna 'show access-lists Long' | while IFS= read -r line; do echo "$line"; done >"$tmp/got"
succeeds "... to a slow reader, too" cmp "$tmp/wanted" "$tmp/got"
if command_of_anna 'show access-lists Long' | head -n 1 >"$tmp/got"; then :; fi
is "$(cat "$tmp/got")" "$(head -n 1 "$tmp/wanted")" "a reader that goes away"

# ---- lines from a pipe, without a terminal ----

text=$(printf 'terminal length 0\nshow privilege\nshow access-lists Long\n' | as_anna -T -o LogLevel=ERROR 127.0.0.1)
is "$?" 0 "a shell without a terminal ends with its input"
is "$(tr -d '\r' <<<"$text" | grep -c '^    [0-9]* permit')" 3000 "... when everything was done"

# ---- paramiko ----

while IFS= read -r line; do
	case $line in
	"ok - "*) pass "paramiko: ${line#ok - }" ;;
	"not ok - "*) fail "paramiko: ${line#not ok - }" ;;
	"# "*) echo "$line" ;;
	esac
done < <(
	"$python" "$(dirname "$0")/ssh_paramiko.py" "$port" "$tmp/wanted" 2>&1 || echo "not ok - ends well"
)

# ---- limits ----

router 'configure terminal' 'ip ssh time-out 1' end >/dev/null
text=$(timeout 30 bash -c "exec 3<>/dev/tcp/127.0.0.1/$port; cat <&3 | tr -d '\0' | head -c 19")
is "$text" $'SSH-2.0-Cisco-1.25\r' "ip ssh time-out: who says nothing is hung up on"
free() {
	! router 'show users' | grep -q 'vty'
}
succeeds "no line stays behind" wait_until free
unlike "$(cat "$tmp/acegated.log")" 'acegate-vtyd ended' "acegate-vtyd has not ended"
finish
