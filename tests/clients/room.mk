# real clients, driven as people drive them; tools/check runs them through tests/clients/run
EXTRA_DIST += tests/clients/ansible.sh tests/clients/human.exp tests/clients/human.sh \
	tests/clients/lib.sh tests/clients/netmiko.sh tests/clients/netmiko_client.py \
	tests/clients/openssh.sh tests/clients/rancid.sh tests/clients/results.py tests/clients/run \
	tests/clients/startup-config tests/clients/telnet.sh tests/clients/telnet_client.py
EXTRA_DIST += tests/clients/ansible/acls.yml tests/clients/ansible/all.yml \
	tests/clients/ansible/ansible.cfg tests/clients/ansible/callback_plugins/tap.py \
	tests/clients/ansible/commands.yml tests/clients/ansible/config.yml \
	tests/clients/ansible/facts.yml tests/clients/ansible/inventory.yml \
	tests/clients/ansible/settings.yml tests/clients/ansible/twice.yml
