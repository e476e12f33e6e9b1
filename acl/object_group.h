/*
 * object_group.h - named sets of addresses or services that entries refer to (IOS object-group,
 * 12.4(20)T on).
 *
 * A group is a list of members in the order typed; a member may be another group of the same kind.
 * Entries name groups; compiling a list expands them through struct acl_env, and a reference that
 * would close a circle has to be refused when it is typed (object_group_closes_circle()).
 * Pure; control thread; host byte order.
 */
#ifndef ACL_OBJECT_GROUP_H
#define ACL_OBJECT_GROUP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "words/words.h"

enum { OBJECT_GROUP_NAME_MAX = 64, OBJECT_DESCRIPTION_MAX = 200, OBJECT_TEXT_MAX = 256 };

enum object_group_kind { OBJECT_GROUP_NETWORK, OBJECT_GROUP_SERVICE };

enum object_type {
	OBJECT_ANY,		/* network: any */
	OBJECT_HOST,		/* network: host A */
	OBJECT_SUBNET,		/* network: A MASK, a subnet mask of 1 to 31 bits; the others are any, host */
	OBJECT_RANGE,		/* network: range A B, A below or equal to B */
	OBJECT_SERVICE,		/* service: protocol [icmp type] | tcp|udp|tcp-udp [source ports] [ports] */
	OBJECT_GROUP,		/* group-object NAME */
};

struct object_ports {
	uint8_t op;		/* enum ace_port_op: ANY EQ GT LT RANGE */
	uint16_t lo, hi;	/* as typed; hi: RANGE only */
};

struct object {
	enum object_type type;
	uint32_t first, last;	/* network, inclusive; HOST: both the same; SUBNET: address and mask */
	uint8_t proto;		/* service; 0 for tcp-udp */
	bool any_proto;		/* service: ip */
	bool proto_other;	/* service: by the number's second keyword, as in struct ace */
	bool tcp_udp;		/* service: tcp-udp, both */
	int16_t icmp_type, icmp_code;	/* service icmp: ICMP_ANY or 0..255 */
	struct object_ports sport, dport;
	char group[OBJECT_GROUP_NAME_MAX + 1];	/* GROUP */
};

struct object_group;
struct acl_env;

/* NULL without memory; the name is cut at OBJECT_GROUP_NAME_MAX, a description at its MAX. */
struct object_group *object_group_create(const char *name, enum object_group_kind kind);
void object_group_destroy(struct object_group *g);	/* NULL is fine */
const char *object_group_name(const struct object_group *g);
enum object_group_kind object_group_kind(const struct object_group *g);
const char *object_group_description(const struct object_group *g);	/* "" none */
void object_group_set_description(struct object_group *g, const char *text);
/* The members as they came; NULL behind the last. */
const struct object *object_group_at(const struct object_group *g, size_t i);
/* 1 added, 0 already there, -1 without memory. Does not look for circles. */
int object_group_add(struct object_group *g, const struct object *o);
/* True when there was one. */
bool object_group_remove(struct object_group *g, const struct object *o);
/*
 * Would g, with o added, be within itself?  env finds groups by name.  Such a member is not to be
 * added: whoever walks groups relies on coming to an end.
 */
bool object_group_closes_circle(const struct object_group *g, const struct object *o,
	const struct acl_env *env);

/*
 * A member's words, `host`, `range`, `any`, A.B.C.D, `tcp eq ...`, `group-object NAME`, at r->pos to
 * the end of the line; choices in r->expect as ace_parse() does.  0, or -1 with *r->err and *o
 * undefined.
 */
int object_parse(struct word_reader *r, enum object_group_kind kind, struct object *o);
/*
 * As show object-group and running-config print it (ports and ICMP types by name).
 * The length, < OBJECT_TEXT_MAX.
 */
size_t object_format(const struct object *o, char *buf, size_t size);

#endif
