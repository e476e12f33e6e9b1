#!/usr/bin/env bash
# tests/clients/human.sh: somebody at a terminal, over telnet(1) and ssh(1)
source "$(dirname "$0")/lib.sh"
needs expect inetutils-telnet openssh-client

office_router
ssh_keys
each_transport expect "$clients/human.exp"
finish
