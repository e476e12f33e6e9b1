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
EXTRA_DIST += tests/clients/textfsm.sh tests/clients/textfsm_client.py \
	tests/clients/textfsm/show_access_lists.textfsm \
	tests/clients/textfsm/show_interfaces.textfsm \
	tests/clients/textfsm/show_interfaces_description.textfsm \
	tests/clients/textfsm/show_interfaces_status.textfsm \
	tests/clients/textfsm/show_inventory.textfsm \
	tests/clients/textfsm/show_ip_arp.textfsm \
	tests/clients/textfsm/show_ip_interface_brief.textfsm \
	tests/clients/textfsm/show_ip_route.textfsm \
	tests/clients/textfsm/show_logging.textfsm \
	tests/clients/textfsm/show_processes_cpu.textfsm \
	tests/clients/textfsm/show_version.textfsm
