#!/usr/bin/env bash
# tests/clients/ansible.sh: the plays of tests/clients/ansible: cisco.ios over network_cli
source "$(dirname "$0")/lib.sh"
needs ansible python3-paramiko openssh-client

office_router
ssh_keys
cp -r "$clients/ansible" "$tmp/plays"
cd "$tmp/plays" || bail "the plays are copied"
export ANSIBLE_HOME=$HOME/.ansible ANSIBLE_LOCAL_TEMP=$tmp/ansible LC_ALL=C.UTF-8
ssh-keygen -q -t rsa -b 2048 -N '' -C dora@office -f "$HOME/dora"
DORA_KEY=$(cat "$HOME/dora.pub")
export DORA_KEY
ansible-playbook all.yml 2>&1 || failures=$((failures + 1))
is "$(ssh -F "$HOME/ssh_config" -o BatchMode=yes -i "$HOME/dora" dora@127.0.0.1 'show privilege' 2>&1)" \
	$'Current privilege level is 15\r' "ios_user's key lets its user in"
finish
