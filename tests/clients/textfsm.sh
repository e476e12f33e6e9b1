#!/usr/bin/env bash
# tests/clients/textfsm.sh: what the router shows, read by TextFSM with templates of our own
source "$(dirname "$0")/lib.sh"
needs python3-textfsm

office_router
router 'configure terminal' 'hostname branch' \
	'interface Loopback0' 'ip address 10.255.0.1 255.255.255.255' \
	'interface FastEthernet4' 'description To the Internet' 'bandwidth 2000' \
	'ip address 203.0.113.2 255.255.255.252' \
	'interface FastEthernet3' 'shutdown' \
	'ip route 0.0.0.0 0.0.0.0 203.0.113.1' 'logging host 127.0.0.1 transport udp port 9' \
	'end' >/dev/null
/usr/bin/python3 "$clients/textfsm_client.py" || failures=1
finish
