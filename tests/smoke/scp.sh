#!/usr/bin/env bash
# SCP with OpenSSH's scp in the protocol network devices speak (-O): files both ways, and what is refused.
. "$(dirname "$0")/lib.sh"

port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')

cat >"$tmp/config" <<'END'
hostname R1
ip domain name example.net
username anna privilege 15 secret t0psecret
username bob privilege 1 secret t0psecret
line vty 0 15
 login local
end
END
start_router -c "$tmp/config" --ssh "127.0.0.1:$port"
router 'configure terminal' 'crypto key generate rsa modulus 2048' end >/dev/null

copy() {	# copy ARGUMENT...: scp, with the password
	timeout 60 sshpass -p t0psecret scp -O -F none -P "$port" -o StrictHostKeyChecking=no \
		-o UserKnownHostsFile=/dev/null -o GlobalKnownHostsFile=/dev/null -o LogLevel=ERROR "$@" 2>&1
}

head -c 300000 /dev/urandom >"$tmp/image"
echo hello >"$tmp/small"

text=$(copy "$tmp/small" anna@127.0.0.1:flash:/small)
like "$text" 'Administratively disabled' "without ip scp server enable nothing is copied"
router 'configure terminal' 'ip scp server enable' end >/dev/null

succeeds "a file goes up" copy "$tmp/image" anna@127.0.0.1:flash:/image
is "$(cmp "$tmp/image" "$tmp/flash/image" && echo same)" same "... whole"
like "$(router 'verify /md5 flash:image')" "= $(md5sum <"$tmp/image" | cut -d' ' -f1)" "... as verify /md5 says"
succeeds "it comes down" copy -p anna@127.0.0.1:flash:/image "$tmp/back"
is "$(cmp "$tmp/image" "$tmp/back" && echo same)" same "... whole"
is "$(stat -c %Y "$tmp/back")" "$(stat -c %Y "$tmp/flash/image")" "... with -p as old as it is"
succeeds "two files go into a directory" copy "$tmp/small" "$tmp/config" anna@127.0.0.1:flash:
is "$(cat "$tmp/flash/small")" hello "... under their names"
succeeds "the running configuration can be fetched" copy anna@127.0.0.1:system:running-config "$tmp/running"
like "$(cat "$tmp/running")" '^hostname R1' "... and is it"

text=$(copy anna@127.0.0.1:flash:/none "$tmp/none")
like "$text" 'flash:/none: No such file or directory' "a file that is not there"
text=$(copy "$tmp/small" anna@127.0.0.1:flash:/../outside)
like "$text" 'Permission denied' "a name outside the file area"
is "$([ -e "$tmp/outside" ] && echo there)" "" "... is not written"
text=$(copy "$tmp/small" anna@127.0.0.1:nvram:startup-config)
like "$text" 'Permission denied' "only flash: can be written"
text=$(copy "$tmp/small" bob@127.0.0.1:flash:/bob)
like "$text" 'Privilege denied' "privilege 1 copies nothing"
text=$(copy -r "$tmp/flash" anna@127.0.0.1:flash:/d)
like "$text" 'only files can be copied' "directories are not copied"
truncate -s 200M "$tmp/huge"
text=$(copy "$tmp/huge" anna@127.0.0.1:flash:/huge)
like "$text" 'No space left on device' "what is larger than flash: is refused"
text=$(sshpass -p t0psecret sftp -F none -P "$port" -o StrictHostKeyChecking=no \
	-o UserKnownHostsFile=/dev/null -o LogLevel=ERROR anna@127.0.0.1 </dev/null 2>&1)
like "$text" '(closed|refused|failed)' "there is no SFTP"
text=$(router 'dir')
like "$text" ' image$' "the files are in dir"
