/*
 * fuzz_lists.c - see fuzz_lists.h.
 */
#include "tests/fuzz/fuzz_lists.h"

#include <string.h>

#include "tests/fuzz/fuzz.h"

const char fuzz_lists_config[] = "object-group network Inside\n"
				 " 10.0.0.0 255.0.0.0\n"
				 " range 192.168.1.10 192.168.1.99\n"
				 "object-group network Everyone\n"
				 " host 192.0.2.1\n"
				 " group-object Inside\n"
				 "object-group service Talk\n"
				 " icmp echo\n"
				 " tcp source gt 1023 eq www\n"
				 " udp range 5000 5010\n"
				 " tcp-udp eq domain\n"
				 " 89\n"
				 "time-range Always\n"
				 " periodic daily 0:00 to 23:59\n"
				 "time-range Never\n"
				 " absolute end 00:00 01 January 2000\n"
				 "access-list 10 permit 10.1.1.1 log\n"
				 "access-list 10 deny 10.0.0.0 0.255.0.255\n"
				 "access-list 10 permit any\n"
				 "ip access-list extended Wide\n"
				 " deny ip any any fragments\n"
				 " permit tcp any any established log\n"
				 " permit tcp any eq 20 21 22 any range 1024 65535\n"
				 " permit tcp any any match-all +syn -ack -rst log-input\n"
				 " deny tcp any any match-any +urg -fin\n"
				 " deny tcp any any psh urg dscp ef\n"
				 " permit udp any neq 53 123 any lt 1024 ttl gt 5\n"
				 " permit udp any any eq snmp time-range Never\n"
				 " permit icmp any any echo-reply\n"
				 " permit icmp any any 3 4 time-range Always\n"
				 " permit igmp any any host-report\n"
				 " deny ip any any option any-options log\n"
				 " permit object-group Talk object-group Everyone any\n"
				 " permit 47 10.0.0.0 0.255.255.255 any tos 8\n"
				 " permit ip any 224.0.0.0 15.255.255.255 precedence internet\n"
				 " permit ospf any any ttl range 1 2\n"
				 " deny ip 0.0.0.1 255.255.255.254 any\n"
				 " permit ip any any log\n"
				 "ip access-list extended Narrow\n"
				 " permit tcp any any eq www syn\n"
				 " deny udp any any range 1 100\n"
				 " permit icmp any any 8 0\n"
				 "ip access-list extended Out\n"
				 " permit tcp any any reflect Flows timeout 60\n"
				 " permit udp any any reflect Flows\n"
				 " permit icmp any any reflect Flows log\n"
				 " deny ip any any option router-alert\n"
				 " permit ip any any\n"
				 "ip access-list extended Back\n"
				 " evaluate Flows\n"
				 " permit ip any any log-input\n"
				 "ipv6 access-list Wide6\n"
				 " permit tcp any any established log\n"
				 " permit tcp any range 1 1023 any gt 1023 syn\n"
				 " deny ipv6 any any undetermined-transport log\n"
				 " deny ipv6 any any routing-type 0\n"
				 " permit ipv6 any any routing\n"
				 " deny ipv6 any any fragments\n"
				 " permit icmp any any echo-request\n"
				 " permit icmp any any 1 4\n"
				 " permit udp 2001:db8::/32 any eq domain flow-label 7\n"
				 " permit ipv6 any any mobility-type 5\n"
				 " permit ipv6 any any mobility\n"
				 " permit ipv6 any any auth\n"
				 " permit ipv6 any any dest-option dscp ef\n"
				 " deny ipv6 any any hbh\n"
				 " permit sctp any any\n"
				 " permit ipv6 fe80::/10 any\n"
				 " deny esp any host 2001:db8::1 log-input\n"
				 "ipv6 access-list Out6\n"
				 " permit tcp any any reflect Flows6\n"
				 " permit udp any any reflect Flows6 timeout 5\n"
				 " permit ipv6 any any\n"
				 "ipv6 access-list Back6\n"
				 " evaluate Flows6\n"
				 " permit icmp any any\n"
				 "mac access-list extended Stations\n"
				 " deny host 0200.0000.0001 any\n"
				 " permit any any vlan 1\n"
				 " deny any 0200.0000.0000 0000.0000.ffff cos 3\n"
				 " permit any any aarp\n"
				 " deny any any lsap 0xAAAA 0x0\n"
				 " permit any any 0x806 0x0\n"
				 "bridge irb\n"
				 "bridge 1 protocol ieee\n"
				 "interface FastEthernet0\n"
				 " ip access-group Narrow in\n"
				 " mac access-group Stations in\n"
				 "interface FastEthernet1\n"
				 " ip access-group 10 in\n"
				 "interface Vlan1\n"
				 " bridge-group 1\n"
				 " ip access-group Wide in\n"
				 " ip access-group Back out\n"
				 " ipv6 traffic-filter Wide6 in\n"
				 " ipv6 traffic-filter Back6 out\n"
				 "interface FastEthernet4\n"
				 " bridge-group 1\n"
				 " ip access-group Back in\n"
				 " ip access-group Out out\n"
				 " ipv6 traffic-filter Back6 in\n"
				 " ipv6 traffic-filter Out6 out\n"
				 "end\n";

/* The list's program, compiled once per process; NULL for one that is not asked. */
static struct acl_program *
program_of(struct router *r, struct acl *acl, size_t i)
{
	static struct acl_program *program[16];
	bool reflects;

	fuzz_require(i < 16, "more lists than expected");
	if (acl_uses_reflexive(acl, "Flows", &reflects) && !reflects)
		return NULL;
	if (acl_uses_reflexive(acl, "Flows6", &reflects) && !reflects)
		return NULL;
	if (program[i] == NULL)
		fuzz_require(
			acl_compile(acl, router_acl_env(r), &program[i]) == 0 && program[i] != NULL,
			"%s does not compile", acl_name(acl));
	return program[i];
}

static void
same(const struct acl *acl, struct acl_verdict a, struct acl_verdict b)
{
	fuzz_require(a.slot == b.slot && a.action == b.action && a.log == b.log &&
			     a.implicit == b.implicit && a.reflect == b.reflect &&
			     a.reflect_timeout_s == b.reflect_timeout_s,
		"%s: the program says slot %u action %u, the matcher slot %u action %u",
		acl_name(acl), a.slot, a.action, b.slot, b.action);
}

void
fuzz_lists_agree(struct router *r, const struct acl_key *key)
{
	bool ipv6 = (key->has & ACL_IS_IPV6) != 0;
	struct acl_verdict v;
	struct acl *acl;

	for (size_t i = 0; (acl = lists_at(r, i)) != NULL; i++) {
		struct acl_program *p = program_of(r, acl, i);

		if (p == NULL || acl_kind(acl) == ACL_MAC || ipv6 != (acl_kind(acl) == ACL_IPV6))
			continue;
		acl_classify(p, key, NULL, 1, 0, &v);
		same(acl, v, acl_classify_reference(acl, router_acl_env(r), key, 0));
	}
}

void
fuzz_lists_agree_mac(struct router *r, const struct acl_mac_key *key)
{
	struct acl_verdict v;
	struct acl *acl;

	for (size_t i = 0; (acl = lists_at(r, i)) != NULL; i++) {
		if (acl_kind(acl) != ACL_MAC)
			continue;
		acl_classify_mac(program_of(r, acl, i), key, 1, &v);
		same(acl, v, acl_classify_mac_reference(acl, router_acl_env(r), key));
	}
}
