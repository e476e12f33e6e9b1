#!/usr/bin/env bash
# tests/clients/rancid.sh: clogin and a whole `rancid -t cisco`, over telnet and over SSH.
#
# RANCID collects whatever some 74 commands print and files it; it calls a run complete when all were
# answered, the configuration reached its "end" and "exit" was echoed. Two runs must file the same.
source "$(dirname "$0")/lib.sh"
needs rancid inetutils-telnet openssh-client

office_router
ssh_keys
unset ACEGATE ACEGATE_SOCKET
export PATH=/usr/lib/rancid/bin:/usr/bin:/bin PERL5LIB=/usr/share/perl5/rancid TERM=network \
	LC_COLLATE=POSIX

# clogin cannot hand options to ssh; this is ssh with the scratch directory's configuration.
cat >"$HOME/ssh" <<END
#!/bin/sh
exec /usr/bin/ssh -F "$HOME/ssh_config" "\$@"
END
chmod 700 "$HOME/ssh"

cloginrc() {	# cloginrc METHOD USER PASSWORD ENABLE-PASSWORD
	cat >"$HOME/.cloginrc" <<-END
	add method * {$1}
	add sshcmd * {$HOME/ssh}
	add user * $2
	add password * $3 $4
	END
	chmod 600 "$HOME/.cloginrc"
}

login() {	# login COMMANDS: what clogin shows of them, without carriage returns
	clogin -t 20 -c "$1" 127.0.0.1 2>&1 | tr -d '\r'
}

collect() {	# collect DIRECTORY: 127.0.0.1.new and .raw in there, and what rancid said
	mkdir "$1"
	(cd "$1" && NOPIPE=YES rancid -d -t cisco 127.0.0.1) >"$1/said" 2>&1
}

for transport in telnet ssh; do
	port=${transport}_port
	method=$transport:${!port}

	cloginrc "$method" anna t0psecret s3same
	text=$(login 'show privilege;show clock')
	like "$text" '^R1#show privilege$' "$transport: clogin, a user of privilege 15"
	like "$text" '^Current privilege level is 15$' "$transport: ... his commands are run"
	like "$text" '^R1#exit$' "$transport: ... and exit is echoed"
	cloginrc "$method" ben letmein s3same
	like "$(login 'show privilege')" '^Current privilege level is 15$' "$transport: clogin enables"
	cloginrc "$method" anna wrong s3same
	unlike "$(login 'show privilege')" '^Current' "$transport: clogin with a wrong password"

	cloginrc "$method" ben letmein s3same
	collect "$tmp/$transport-1"
	collect "$tmp/$transport-2"
	unlike "$(cat "$tmp/$transport-1/said")" 'End of run not found|missed cmd|clogin error' \
		"$transport: rancid calls the run complete"
	new=$(cat "$tmp/$transport-1/127.0.0.1.new")
	like "$new" '^!RANCID-CONTENT-TYPE: cisco$' "$transport: rancid files it"
	like "$new" '^!Chassis type: ACEGATE$' "$transport: ... the chassis"
	like "$new" '^!Memory: main [0-9]+K' "$transport: ... the memory"
	like "$new" '^!Processor ID: ' "$transport: ... the board"
	like "$new" '^!Image: Software: .*, 15\.' "$transport: ... the software"
	like "$new" '^config-register 0x2102$' "$transport: ... the register"
	like "$new" '^ deny   tcp host 192\.168\.200\.198 any eq smtp log$' "$transport: ... the lists"
	is "$(tail -n 1 <<<"$new")" end "$transport: ... the configuration to its end"
	succeeds "$transport: two runs file the same" \
		diff "$tmp/$transport-1/127.0.0.1.new" "$tmp/$transport-2/127.0.0.1.new"
done
succeeds "both transports file the same" \
	diff "$tmp/telnet-1/127.0.0.1.new" "$tmp/ssh-1/127.0.0.1.new"

# What rancid asks for and the router does not have is refused by the caret, never in other words.
raw=$(tr -d '\r' <"$tmp/telnet-1/127.0.0.1.raw")
like "$raw" "^% Invalid input detected at '\^' marker\.$" "what is not there is refused by the caret"
unlike "$raw" '^% (Unknown|Unrecognized|Ambiguous)|[Ee]rror:|timed out' "... and never otherwise"
finish
