#!/usr/bin/env bash
# Host keys and users' keys with OpenSSH: the same host after a restart, a public key instead of a
# password, who is thrown off and who is shut out.
# shellcheck disable=SC2119 # functions are handed to wait_until
. "$(dirname "$0")/lib.sh"

port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')

cat >"$tmp/config" <<'END'
username anna privilege 15 algorithm-type scrypt secret t0psecret
line vty 0 15
 login local
end
END
ssh-keygen -q -t ed25519 -N '' -C anna@desk -f "$tmp/id"
start_router -c "$tmp/config" --ssh "127.0.0.1:$port"

ask() {	# ask COMMAND [PROGRAM...]: as anna, by key, or by what the program types
	local command=$1 method=publickey
	shift
	[ $# -eq 0 ] || method=keyboard-interactive
	timeout 60 "$@" ssh -F none -p "$port" -o StrictHostKeyChecking=yes -o "UserKnownHostsFile=$tmp/known" \
		-o GlobalKnownHostsFile=/dev/null -o LogLevel=ERROR -o User=anna -o "IdentityFile=$tmp/id" \
		-o IdentitiesOnly=yes -o "PreferredAuthentications=$method" 127.0.0.1 "$command"
}

router 'configure terminal' 'crypto key generate rsa label host modulus 2048' end >/dev/null
is "$(stat -c %a "$tmp/config.keys")" 600 "the keys are nobody else's to read"
ssh-keyscan -p "$port" 127.0.0.1 >"$tmp/known" 2>/dev/null
like "$(cat "$tmp/known")" ' ssh-rsa ' "there is an RSA host key"
like "$(cat "$tmp/known")" ' ssh-ed25519 ' "... and an Ed25519 one"

# ---- a user's key ----

is "$(ask 'show privilege' sshpass -p t0psecret)" $'Current privilege level is 15\r' "a password of type 9 lets in"
ask 'show privilege' >/dev/null 2>&1
unlike "$?" '^0$' "a key the router has not is not let in"
{
	echo 'configure terminal'
	echo 'ip ssh pubkey-chain'
	echo ' username anna'
	echo '  key-string'
	fold -w 40 "$tmp/id.pub"
	echo '  exit'
	echo end
} | "$build/acegate" -s "$socket" -f - >/dev/null
is "$(ask 'show privilege')" $'Current privilege level is 15\r' "a key in the pubkey-chain lets in, without a password"
hash=$(ssh-keygen -l -E md5 -f "$tmp/id.pub" | sed 's/.*MD5:\([0-9a-f:]*\).*/\1/; s/://g' | tr a-f A-F)
like "$(router 'show running-config')" "^   key-hash ssh-ed25519 $hash anna@desk$" "running-config has its hash"

# ---- a restart ----

router 'write memory' >/dev/null
stop_router >/dev/null
start_router -c "$tmp/config" --ssh "127.0.0.1:$port"
is "$(ask 'show privilege')" $'Current privilege level is 15\r' "after a restart it is the same host, with the same keys"

# ---- shut out ----

router 'configure terminal' 'login block-for 60 attempts 1 within 60' end >/dev/null
ask 'show privilege' sshpass -p wrong >/dev/null 2>&1
like "$(router 'show login')" 'presently in Quiet-Mode' "a wrong password begins quiet mode"
ask 'show privilege' >/dev/null 2>&1
unlike "$?" '^0$' "... and then nobody is let in"
router 'configure terminal' 'no login block-for' end >/dev/null
is "$(ask 'show privilege')" $'Current privilege level is 15\r' "... until it is over"
finish
