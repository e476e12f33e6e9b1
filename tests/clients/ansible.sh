#!/usr/bin/env bash
# tests/clients/ansible.sh: the plays of tests/clients/ansible: cisco.ios over network_cli
source "$(dirname "$0")/lib.sh"
needs ansible python3-paramiko

office_router
ssh_keys
cp -r "$clients/ansible" "$tmp/plays"
cd "$tmp/plays" || bail "the plays are copied"
export ANSIBLE_HOME=$HOME/.ansible ANSIBLE_LOCAL_TEMP=$tmp/ansible LC_ALL=C.UTF-8
ansible-playbook all.yml 2>&1
finish
