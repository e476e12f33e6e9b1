#!/usr/bin/env bash
# tests/clients/openssh.sh: OpenSSH's ssh, scp and sftp - shells, single commands, keys, files, and all
# that must be refused.
source "$(dirname "$0")/lib.sh"
needs openssh-client sshpass

office_router
ssh_keys
unset ACEGATE_SOCKET

as() {		# as USER PASSWORD PROGRAM ARGUMENT...: one of OpenSSH's programs, as that user
	local user=$1 password=$2 program=$3
	shift 3
	timeout 30 sshpass -p "$password" "$program" -F "$HOME/ssh_config" -o "User=$user" "$@"
}

anna() {	# anna PROGRAM ARGUMENT...: her privilege is 15
	as anna t0psecret "$@"
}

ben() {		# his is 1
	as ben letmein "$@"
}

by_key() {	# by_key USER COMMAND: ssh with the key, and no other way
	timeout 30 ssh -F "$HOME/ssh_config" -o BatchMode=yes -i "$HOME/id" "$1@127.0.0.1" "$2" 2>&1
}

crlf() {	# crlf TEXT: each line with the carriage return a terminal wants
	printf '%s\r\n' "${1//$'\n'/$'\r\n'}"
}

# ---- one command ----

is "$(anna ssh 127.0.0.1 'show privilege')" $'Current privilege level is 15\r' "ssh HOST COMMAND"
is "$(ben ssh 127.0.0.1 'show privilege')" $'Current privilege level is 1\r' "... at the user's privilege"
is "$(anna ssh 127.0.0.1 'show access-lists')" "$(crlf "$(router 'show access-lists')")" \
	"... the output is the console's, line for line"
router 'configure terminal' 'ip access-list extended Long' \
	"$(for i in {1..500}; do echo "permit tcp host 10.0.$((i / 250)).$((i % 250)) any"; done)" end >/dev/null
is "$(anna ssh 127.0.0.1 'show access-lists Long' | wc -l)" \
	"$(router 'show access-lists Long' | wc -l)" "... and is not paged"
is "$(anna ssh 127.0.0.1 'show access-lists Long | count permit')" \
	"$(crlf "$(router 'show access-lists Long | count permit')")" "... filters are"
anna ssh 127.0.0.1 'show ip zebra' >"$tmp/out" 2>&1
is "$?" 0 "a wrong command has status 0, as on IOS"
like "$(tr -d '\r' <"$tmp/out")" "^% Invalid input detected at '\^' marker\.$" "... and says what is wrong"
# shellcheck disable=SC2016 # that is the point: nothing may expand it
text=$(anna ssh 127.0.0.1 'echo $(id); /bin/sh -c id' 2>&1)
unlike "$text" 'uid=' "nothing of it meets a unix shell"
like "$(ben ssh 127.0.0.1 'show running-config' 2>&1 | tr -d '\r')" "Invalid input detected" \
	"a command above the user's privilege is refused"
router 'write memory' >/dev/null
is "$(anna ssh 127.0.0.1 'write erase' </dev/null)" \
	$'Erasing the nvram filesystem will remove all configuration files! Continue? [confirm]\r' \
	"what asks for a [confirm] says so"
like "$(router 'show startup-config')" '^hostname R1' "... and is not done"
text=$(anna ssh 127.0.0.1 'show clock' </dev/null 2>&1)
unlike "$text" 'R1[>#]|Verification' "no prompt, no banner"

# ---- shells ----

is "$(printf 'show privilege\nexit\n' | anna ssh -T 127.0.0.1 | tr -d '\r' | grep -c '^Current privilege level is 15$')" 1 \
	"a shell without a terminal, lines from a pipe"
is "$(printf 'show privilege\n' | anna ssh -T 127.0.0.1 | tr -d '\r' | grep -c '^Current privilege level is 15$')" 1 \
	"... whose end is the session's"
text=$(printf 'show privilege\nexit\n' | anna ssh -tt 127.0.0.1)
like "$(tr -d '\r' <<<"$text")" '^R1#show privilege$' "a shell with a terminal: prompt and echo"
unlike "$text" $'\e|\r\r' "... no escapes, no doubled carriage returns"
text=$(printf 'configure terminal\nhostname R2\nend\nshow running-config | include ^hostname\nexit\n' |
	anna ssh -tt 127.0.0.1 | tr -d '\r')
like "$text" '^R2#show running-config' "the prompt follows the name"
like "$text" '^hostname R2$' "lines typed ahead are all taken"
router 'configure terminal' 'hostname R1' end >/dev/null

# ---- who may come in ----

for who in "anna wrong" "nobody t0psecret" "ben "; do
	read -r user password <<<"$who"
	text=$(as "$user" "$password" ssh -o NumberOfPasswordPrompts=1 127.0.0.1 'show clock' 2>&1)
	is "$?" 5 "$user with a wrong password is refused"
	unlike "$text" 'UTC' "... and learns nothing"
done
text=$(ssh -F "$HOME/ssh_config" -v -o LogLevel=DEBUG1 -o BatchMode=yes anna@127.0.0.1 'show clock' 2>&1)
like "$text" 'Authentications that can continue: .*publickey' "keys are among the methods offered"
like "$text" 'Authentications that can continue: .*keyboard-interactive' "... and so is keyboard-interactive"
like "$text" 'Authentications that can continue: .*password' "... and so is the password"
for method in keyboard-interactive password; do
	is "$(anna ssh -o PreferredAuthentications=$method 127.0.0.1 'show privilege')" \
		$'Current privilege level is 15\r' "a login by $method"
done

ssh-keygen -q -t rsa -b 2048 -N '' -C anna@office -f "$HOME/id"
text=$(by_key anna 'show clock')
is "$?" 255 "a key nobody knows is refused"
blob=$(cut -d ' ' -f 2 "$HOME/id.pub" | fold -w 200)
router 'configure terminal' 'ip ssh pubkey-chain' 'username anna' 'key-string' "$blob" exit end >"$tmp/chain" 2>&1
is "$(by_key anna 'show privilege')" $'Current privilege level is 15\r' \
	"a login by the key in her pubkey-chain"
router 'write memory' >/dev/null
like "$(cat "$config")" '^ +key-hash ssh-rsa [0-9A-F]{32}' "... of which the hash is kept"
text=$(by_key ben 'show privilege')
is "$?" 255 "... it is hers alone"

# ---- files ----

seq 1 2000 >"$HOME/list.txt"
text=$(anna scp -O "$HOME/list.txt" 127.0.0.1:flash:list.txt 2>&1)
is "$?" 1 "scp is refused until ip scp server enable"
router 'configure terminal' 'ip scp server enable' end >/dev/null
succeeds "scp -O to the router" anna scp -O -q "$HOME/list.txt" 127.0.0.1:flash:list.txt
like "$(router 'dir flash:')" ' 8893 .* list\.txt$' "... where dir shows it"
succeeds "scp -O from the router" anna scp -O -q 127.0.0.1:flash:list.txt "$HOME/back.txt"
succeeds "... the same, byte for byte" cmp "$HOME/list.txt" "$HOME/back.txt"
like "$(router 'verify /md5 flash:list.txt')" "= $(md5sum <"$HOME/list.txt" | cut -d ' ' -f 1)$" "... verify knows its sum"
text=$(anna scp -O -q 127.0.0.1:flash:none.txt "$HOME/none.txt" 2>&1)
is "$?" 1 "scp of a file that is not there fails"
for name in ../../etc/passwd /etc/passwd flash:../../../etc/passwd flash:/../startup-config; do
	rm -f "$HOME/stolen"
	anna scp -O -q "127.0.0.1:$name" "$HOME/stolen" >/dev/null 2>&1
	if [ -e "$HOME/stolen" ]; then
		fail "$name is out of reach"
	else
		pass "$name is out of reach"
	fi
done
text=$(ben scp -O "$HOME/list.txt" 127.0.0.1:flash:bens.txt 2>&1)
is "$?" 1 "scp by a user of privilege 1 is refused"
unlike "$(router 'dir flash:')" 'bens' "... and leaves nothing"

# ---- what there is not ----

printf 'ls\n' >"$HOME/batch"
anna sftp -b "$HOME/batch" 127.0.0.1 >"$tmp/out" 2>&1
is "$?" 255 "sftp is refused"

# The forwards lead to the router's own telnet port: something would answer there.
forward_port=$(free_port)
tries() {	# tries NAME REGEX SSH-ARGUMENT...: ssh says this when it is asked for
	local name=$1 said=$2
	shift 2
	like "$(anna ssh -o LogLevel=VERBOSE "$@" 2>&1)" "$said" "$name"
}
tries "forwarding from the router (-R) is refused" 'remote port forwarding failed|Remote: ' -o ExitOnForwardFailure=yes \
	-R "$forward_port:127.0.0.1:$telnet_port" 127.0.0.1 'show clock'
tries "forwarding by the router (-W) is refused" 'open failed|forwarding failed|prohibited' \
	-W "127.0.0.1:$telnet_port" 127.0.0.1
tries "agent forwarding (-A) is refused, and the command run" ' UTC ' -A 127.0.0.1 'show clock'
tries "X11 forwarding (-X) is refused, and the command run" ' UTC ' -X 127.0.0.1 'show clock'
tries "an environment (SetEnv) is refused, and the command run" ' UTC ' -o SetEnv=LD_PRELOAD=/x 127.0.0.1 'show clock'

# ---- who is on, and what is said about it ----

like "$(anna ssh 127.0.0.1 'show ssh' | tr -d '\r')" '2\.0 +IN +aes.* anna' "show ssh shows the session that asks"
like "$(router 'show ip ssh')" '^SSH Enabled - version 1\.99$' "show ip ssh: both versions, as configured"
router 'configure terminal' 'ip ssh version 2' end >/dev/null
like "$(router 'show ip ssh')" '^SSH Enabled - version 2\.0$' "... and version 2 alone"
unlike "$(router 'show logging' ; cat "$config")" 't0psecret|letmein' "no password is in the log or the configuration"
finish
