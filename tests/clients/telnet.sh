#!/usr/bin/env bash
# tests/clients/telnet.sh: Python's telnetlib, which refuses every option, and a plain TCP connection,
# which knows none and sends every Enter there is
source "$(dirname "$0")/lib.sh"
needs python3

office_router
/usr/bin/python3 "$clients/telnet_client.py" 2>&1 || failures=$((failures + 1))
finish
