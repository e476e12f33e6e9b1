#!/usr/bin/env bash
# tests/clients/netmiko.sh: netmiko over telnet and over SSH
source "$(dirname "$0")/lib.sh"
needs python3-netmiko

office_router
ssh_keys
each_transport /usr/bin/python3 "$clients/netmiko_client.py"
finish
