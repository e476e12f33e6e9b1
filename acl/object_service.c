/*
 * object_service.c - the words of a service object group's members, read and written.
 *
 *	service		{name | 0-255} | icmp [name | type [code]]
 *			{tcp | udp | tcp-udp} [source ports] [ports]
 *	ports		[eq] port | {gt | lt} port | range port port
 *
 * (Cisco, "object-group service" in the command reference.)  Protocol 0 is `ip`.  A port has a name
 * behind tcp-udp when both protocols call it so.
 *
 * No state; nothing allocates (but what words/ does for r->expect).
 */
#include "acl/object_words.h"

#include <string.h>

enum {
	PROTO_ICMP = 1,
	PROTO_TCP = 6,
	PROTO_UDP = 17,
};

/* What may stand at a position: tags of ids. */
enum tag {
	GROUP,
	PROTOCOL,
	PROTOCOL_NUMBER,
	IP,
	TCP_UDP,
	SOURCE,
	PORT_OP,
	PORT_NAME,
	PORT_NUMBER,
	TYPE_NAME,
	TYPE,
	CODE,
};

static int
tag_id(enum tag tag)
{
	return ace_walk_id(tag, 0);
}

/* ---- ports ---- */

static bool
has_ports(const struct object *o)
{
	return o->tcp_udp || ace_port_names(o->proto) != NULL;
}

static const struct ace_names *
port_names(const struct object *o)
{
	return ace_port_names(o->tcp_udp ? PROTO_TCP : o->proto);
}

/* Is it the port's name in every protocol that the member is about? */
static bool
is_port_name(const struct object *o, const struct ace_name *name)
{
	const struct ace_names *udp = ace_port_names(PROTO_UDP);

	for (size_t i = 0; o->tcp_udp && i < udp->n; i++)
		if (udp->v[i].value == name->value && strcmp(udp->v[i].name, name->name) == 0)
			return true;
	return !o->tcp_udp;
}

static void
offer_port(struct ace_walk *w, const struct object *o)
{
	const struct ace_names *names = port_names(o);

	ace_walk_offer_number(w, tag_id(PORT_NUMBER), 0, 65535, "Port number");
	for (size_t i = 0; i < names->n; i++)
		if (is_port_name(o, &names->v[i]))
			ace_walk_offer_name(w, ace_walk_id(PORT_NAME, i), &names->v[i]);
}

static void
offer_ports(struct ace_walk *w, const struct object *o)
{
	for (size_t i = 0; i < ace_port_ops.n; i++)
		if (ace_port_ops.v[i].value != PORT_NEQ)
			ace_walk_offer_name(w, ace_walk_id(PORT_OP, i), &ace_port_ops.v[i]);
	offer_port(w, o);
}

static uint16_t
port_value(const struct object *o, int id, const struct choice_value *v)
{
	if (ace_walk_tag(id) == PORT_NAME)
		return port_names(o)->v[ace_walk_which(id)].value;
	return (uint16_t)v->number;
}

static int
read_port(struct ace_walk *w, const struct object *o, uint16_t *port)
{
	struct choice_value v;
	int id;

	offer_port(w, o);
	id = ace_walk_choose(w, &v);
	if (id < 0)
		return -1;
	*port = port_value(o, id, &v);
	return 0;
}

/* What offer_ports() put on offer was chosen. */
static int
take_ports(struct ace_walk *w, const struct object *o, int id, const struct choice_value *v,
	struct object_ports *p)
{
	if (ace_walk_tag(id) != PORT_OP) {
		*p = (struct object_ports){ .op = PORT_EQ, .lo = port_value(o, id, v) };
		return 0;
	}
	p->op = (uint8_t)ace_port_ops.v[ace_walk_which(id)].value;
	if (read_port(w, o, &p->lo) < 0)
		return -1;
	return p->op == PORT_RANGE ? read_port(w, o, &p->hi) : 0;
}

/* [source ports] [ports] <cr> */
static int
read_ports(struct ace_walk *w, struct object *o)
{
	struct choice_value v;
	int id;

	offer_ports(w, o);
	ace_walk_offer_keyword(w, tag_id(SOURCE), "source", "Source port");
	object_end_offer(w);
	id = ace_walk_choose(w, &v);
	if (id < 0)
		return -1;
	if (id == tag_id(SOURCE)) {
		offer_ports(w, o);
		id = ace_walk_choose(w, &v);
		if (id < 0 || take_ports(w, o, id, &v, &o->sport) < 0)
			return -1;
		offer_ports(w, o);
		object_end_offer(w);
		id = ace_walk_choose(w, &v);
		if (id < 0)
			return -1;
	}
	if (id == OBJECT_ID_END)
		return 0;
	return take_ports(w, o, id, &v, &o->dport) < 0 ? -1 : object_end_read(w);
}

/* ---- service groups ---- */

static int
read_icmp(struct ace_walk *w, struct object *o)
{
	struct choice_value v;
	int id;

	ace_walk_offer_number(w, tag_id(TYPE), 0, 255, "ICMP message type");
	ace_walk_offer_names(w, TYPE_NAME, &ace_icmp_types);
	object_end_offer(w);
	id = ace_walk_choose(w, &v);
	if (id < 0 || id == OBJECT_ID_END)
		return id < 0 ? -1 : 0;
	if (ace_walk_tag(id) == TYPE_NAME) {
		o->icmp_type = (int16_t)ace_icmp_types.v[ace_walk_which(id)].value;
		o->icmp_code = ace_icmp_types.v[ace_walk_which(id)].code;
		return object_end_read(w);
	}
	o->icmp_type = (int16_t)v.number;
	ace_walk_offer_number(w, tag_id(CODE), 0, 255, "ICMP message code");
	object_end_offer(w);
	id = ace_walk_choose(w, &v);
	if (id < 0 || id == OBJECT_ID_END)
		return id < 0 ? -1 : 0;
	o->icmp_code = (int16_t)v.number;
	return object_end_read(w);
}

static void
take_protocol(struct object *o, int id, const struct choice_value *v)
{
	const struct ace_name *name = &ace_protocols.v[ace_walk_which(id)];

	if (ace_walk_tag(id) == PROTOCOL) {
		o->proto = (uint8_t)name->value;
		o->proto_other = name->use == NAME_OTHER;
	} else if (ace_walk_tag(id) == PROTOCOL_NUMBER) {
		o->proto = (uint8_t)v->number;
	}
	o->tcp_udp = ace_walk_tag(id) == TCP_UDP;
	o->any_proto = o->proto == 0 && !o->tcp_udp;
}

int
object_service_read(struct ace_walk *w, struct object *o)
{
	struct choice_value v;
	int id;

	ace_walk_offer_number(w, tag_id(PROTOCOL_NUMBER), 0, 255, "An IP protocol number");
	ace_walk_offer_names(w, PROTOCOL, &ace_protocols);
	object_group_offer(w, tag_id(GROUP));
	ace_walk_offer_keyword(w, tag_id(IP), "ip", "Any Internet Protocol");
	ace_walk_offer_keyword(w, tag_id(TCP_UDP), "tcp-udp", "TCP or UDP protocol");
	id = ace_walk_choose(w, &v);
	if (id < 0)
		return -1;
	if (id == tag_id(GROUP))
		return object_group_read(w, o);
	o->type = OBJECT_SERVICE;
	take_protocol(o, id, &v);
	if (has_ports(o))
		return read_ports(w, o);
	return !o->any_proto && o->proto == PROTO_ICMP ? read_icmp(w, o) : object_end_read(w);
}

/* ---- writing ---- */

static void
put_port(struct ace_text *t, const struct object *o, uint16_t port)
{
	const struct ace_name *name = ace_name_shown(port_names(o), port, 0);

	if (name != NULL && is_port_name(o, name))
		ace_text_word(t, name->name);
	else
		ace_text_number(t, port);
}

static void
put_ports(struct ace_text *t, const struct object *o, const struct object_ports *p)
{
	if (p->op == PORT_ANY)
		return;
	ace_text_word(t, ace_name_shown(&ace_port_ops, p->op, 0)->name);
	put_port(t, o, p->lo);
	if (p->op == PORT_RANGE)
		put_port(t, o, p->hi);
}

static void
put_icmp(struct ace_text *t, const struct object *o)
{
	const struct ace_name *name =
		ace_name_shown(&ace_icmp_types, (uint32_t)o->icmp_type, o->icmp_code);

	if (name != NULL) {
		ace_text_word(t, name->name);
		return;
	}
	ace_text_number(t, (uint32_t)o->icmp_type);
	if (o->icmp_code != ICMP_ANY)
		ace_text_number(t, (uint32_t)o->icmp_code);
}

static void
put_protocol(struct ace_text *t, const struct object *o)
{
	const struct ace_name *name = o->proto_other ? ace_name_other(&ace_protocols, o->proto)
						     : ace_name_shown(&ace_protocols, o->proto, 0);

	if (o->tcp_udp || o->any_proto)
		ace_text_word(t, o->tcp_udp ? "tcp-udp" : "ip");
	else if (name != NULL)
		ace_text_word(t, name->name);
	else
		ace_text_number(t, o->proto);
}

void
object_service_put(struct ace_text *t, const struct object *o)
{
	put_protocol(t, o);
	if (o->icmp_type != ICMP_ANY)
		put_icmp(t, o);
	if (o->sport.op != PORT_ANY)
		ace_text_word(t, "source");
	put_ports(t, o, &o->sport);
	put_ports(t, o, &o->dport);
}
