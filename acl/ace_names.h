/*
 * ace_names.h - the words of the access-list language that stand for numbers.
 *
 * Each table is used to parse, to print, for `?`, and by the tests.
 */
#ifndef ACL_ACE_NAMES_H
#define ACL_ACE_NAMES_H

#include <stddef.h>
#include <stdint.h>

enum ace_name_use {
	NAME_SHOWN,	/* the number is displayed by this name */
	NAME_OTHER,	/* the number's second keyword: listed by `?`, displayed where typed */
	NAME_ACCEPTED,	/* of other releases: understood in full, not listed, not displayed */
};

struct ace_name {
	const char *name;
	const char *help;
	uint16_t value;
	int16_t code;	/* ICMP: the code, or ICMP_ANY; else 0 */
	uint8_t use;	/* enum ace_name_use */
};

struct ace_names {
	const struct ace_name *v;
	size_t n;
};

extern const struct ace_names ace_actions;	/* enum ace_action_word */
extern const struct ace_names ace_protocols;	/* without `ip`, which is no number */
extern const struct ace_names ace_port_ops;	/* enum ace_port_op */
extern const struct ace_names ace_tcp_ports;
extern const struct ace_names ace_udp_ports;
extern const struct ace_names ace_icmp_types;	/* value is the type, code the code */
extern const struct ace_names ace_igmp_types;
extern const struct ace_names ace_tcp_flags;	/* bits as in acl_key.tcp_flags, in display order */
extern const struct ace_names ace_precedences;
extern const struct ace_names ace_tos_values;
extern const struct ace_names ace_dscp_values;
extern const struct ace_names ace_ip_options;	/* OPTION_ANY among them */
extern const struct ace_names ace_ttl_ops;	/* enum ace_port_op */

enum ace_action_word { ACTION_DENY, ACTION_EVALUATE, ACTION_PERMIT, ACTION_REMARK };

/* The row whose name is displayed for the number, or NULL. code is 0 outside ace_icmp_types. */
const struct ace_name *ace_name_shown(const struct ace_names *names, uint32_t value, int code);
/* The NAME_OTHER row of the number, or NULL. */
const struct ace_name *ace_name_other(const struct ace_names *names, uint32_t value);
/* The port names of a protocol, or NULL when it has no ports. */
const struct ace_names *ace_port_names(uint8_t proto);

#endif
