/*
 * acl.h - the access-list engine: entries, lists, compiled programs, hit counters.
 *
 * Pure: no I/O, no clock, no logging, no globals; depends on words/ and libc only.  IOS semantics
 * as Cisco documents them (IP access lists, 12.4/15.x): first match decides, an implicit deny ends
 * every list that has an entry, an empty list passes everything, counters belong to entries.
 *
 * Threads: a struct acl is changed and read by the control thread only.  A struct acl_program is
 * immutable and may be read by any thread while it lives.  Counters are written by the dataplane
 * threads (each its own column) and read by the control thread.  All addresses and ports here are
 * in host byte order.
 */
#ifndef ACL_ACL_H
#define ACL_ACL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "acl/object_group.h"
#include "acl/reflexive.h"
#include "acl/time_range.h"
#include "words/words.h"

enum acl_kind { ACL_STANDARD, ACL_EXTENDED, ACL_IPV6, ACL_MAC };
enum acl_action { ACL_DENY, ACL_PERMIT };
enum acl_direction { ACL_IN, ACL_OUT };

enum {
	ACL_NAME_MAX = 64,	/* bytes of a list's name, without the terminator */
	ACE_TEXT_MAX = 1024,	/* a formatted entry always fits */
	ACE_REMARK_MAX = 100,	/* bytes of a remark, as IOS; what is longer is cut off */
	ACE_NAME_MAX = 64,	/* bytes of a name in an entry: groups, ranges, tables, cookies */
	ACE_PORTS_MAX = 10,	/* ports after eq/neq, as IOS */
	ACL_SEQ_MAX = 2147483647,
	ACL_SEQ_MAX_IPV6 = 4294967294,
	ACL_SLOT_IMPLICIT = 0,	/* the counter slot of the implicit deny */
	ACL_SLOT_IMPLICIT_ND = 1,	/* of an IPv6 list's implicit permits of neighbour discovery */
};

/* ---- what is matched: one packet, as the parser saw it ---- */

enum acl_key_has {		/* which fields below were really present in the packet */
	ACL_HAS_PORTS = 1 << 0,
	ACL_HAS_TCP_FLAGS = 1 << 1,
	ACL_HAS_ICMP = 1 << 2,		/* ICMP or ICMPv6 type and code */
	ACL_HAS_IGMP = 1 << 3,
	ACL_NONINITIAL = 1 << 4,	/* fragment offset > 0: no layer 4 here */
	ACL_HAS_OPTIONS = 1 << 5,	/* IPv4: header length > 20 */
	ACL_UNDETERMINED = 1 << 6,	/* IPv6: the header chain could not be walked to its end */
	ACL_IS_IPV6 = 1 << 7,
};

enum acl_key_ext {		/* IPv6 extension headers seen on the way */
	ACL_EXT_HBH = 1 << 0,
	ACL_EXT_DEST = 1 << 1,
	ACL_EXT_ROUTING = 1 << 2,
	ACL_EXT_FRAGMENT = 1 << 3,
	ACL_EXT_AUTH = 1 << 4,
	ACL_EXT_MOBILITY = 1 << 5,
};

/* Distinct IPv4 options that a header can hold: 19 of two bytes, a no-op and the end of the list. */
enum { ACL_KEY_OPTIONS_MAX = 21 };

struct acl_key {
	/* In this order: so programs read them as they are. */
	uint8_t proto;		/* IPv6: of the last header of the chain */
	uint8_t tos;		/* the whole type-of-service byte or traffic class */
	uint8_t tcp_flags;	/* FIN 1 SYN 2 RST 4 PSH 8 ACK 16 URG 32 */
	uint8_t has;		/* enum acl_key_has */
	uint16_t sport, dport;
	union {
		struct {
			uint32_t src, dst;	/* IPv4 */
			/* The types of its options, copied bit and class included, each once. */
			uint8_t option[ACL_KEY_OPTIONS_MAX];
		};
		struct {
			uint64_t src6[2], dst6[2];	/* ACL_IS_IPV6; the high half first */
		};
	};
	uint8_t ttl;		/* or hop limit */
	uint8_t icmp_type, icmp_code;	/* igmp: its type in icmp_type */
	uint8_t ext;		/* enum acl_key_ext */
	uint8_t routing_type, mobility_type;
	uint8_t options;	/* IPv4: how many of option[]; 0 with ACL_IS_IPV6 */
	uint32_t flow_label;	/* IPv6 */
};

struct acl_mac_key {		/* what a MAC list looks at: frames that are not IP */
	uint64_t src, dst;	/* 48 bits */
	uint16_t ethertype;	/* 0 for an 802.3 frame without one */
	uint16_t lsap;		/* DSAP << 8 | SSAP; 0 beside an ethertype: not an 802.3 frame */
	uint16_t vlan;
	uint8_t cos;
};

/* ---- an entry ---- */

enum ace_port_op { PORT_ANY, PORT_EQ, PORT_NEQ, PORT_GT, PORT_LT, PORT_RANGE };
enum ace_log { ACE_LOG_NONE, ACE_LOG, ACE_LOG_INPUT };
enum ace_flags_op {
	FLAGS_NONE,
	FLAGS_ESTABLISHED,
	FLAGS_LISTED,	/* "syn ack": any of them set */
	FLAGS_ALL,	/* match-all +syn -ack: each as it says */
	FLAGS_ANY,	/* match-any +syn -ack: one of them as it says */
};
enum {
	ICMP_ANY = -1,
	ACE_UNSET = -1,		/* the numeric criteria that may be 0 */
	OPTION_ANY = 256,	/* option any-options */
};

struct ace_addr {
	uint32_t addr;		/* don't-care bits cleared */
	uint32_t wild;		/* 1 = don't care; any pattern */
};

struct ace_mac {		/* the low 48 bits */
	uint64_t addr;		/* don't-care bits cleared */
	uint64_t wild;
};

struct ace_ports {
	uint8_t op;		/* enum ace_port_op */
	uint8_t n;		/* ports used; 2 for range */
	uint16_t port[2];	/* in the order typed; a list's third and later: ace_port() */
};

/*
 * What few entries have.  Those that have none of it carry no such block.  Texts are terminated, and
 * NULL where the entry has none.
 */
struct ace_rare {
	const char *remark;	/* an entry that is a remark has nothing else */
	const char *time_range;
	const char *cookie;	/* log COOKIE */
	const char *service;	/* object-group in the protocol's place: proto and ports say nothing */
	const char *src_group;	/* object-group in an address's place, which then is 0 */
	const char *dst_group;
	const char *reflexive;	/* reflect NAME; in an evaluate entry the table it asks */
	uint32_t reflect_timeout_s;	/* 0: the router's default */
	uint16_t sport_more[ACE_PORTS_MAX - 2], dport_more[ACE_PORTS_MAX - 2];
	uint8_t ttl_op;		/* enum ace_port_op; PORT_ANY: no ttl criterion */
	uint8_t ttl[2];		/* the second for range only */
	int16_t option;		/* IPv4: 0..255, OPTION_ANY or ACE_UNSET */
	/* IPv6: numbers or ACE_UNSET */
	int32_t flow_label;
	int16_t routing_type, mobility_type;
	/* MAC: */
	int32_t ethertype, lsap;	/* or ACE_UNSET */
	uint16_t type_wild;		/* don't-care bits of either */
	int16_t vlan;			/* or ACE_UNSET */
	int8_t cos;			/* or ACE_UNSET */
};

struct ace {
	uint8_t kind;		/* enum acl_kind: which of the addresses below count */
	uint8_t action;		/* enum acl_action; permit for evaluate */
	bool is_remark : 1;	/* then only rare->remark counts */
	bool is_evaluate : 1;	/* then only rare->reflexive counts */
	bool any_proto : 1;	/* `ip`, `ipv6`; proto is 0 */
	bool proto_other : 1;	/* typed and shown by the number's second keyword: ipinip, dvmrp */
	bool fragments : 1;
	bool undetermined : 1;	/* IPv6 undetermined-transport */
	uint8_t proto;
	uint8_t src_len, dst_len;	/* IPv6 prefix lengths */
	uint8_t log;		/* enum ace_log */
	uint8_t ext;		/* IPv6: enum acl_key_ext, each must have been seen */
	union {
		struct {
			struct ace_addr src, dst;
		};
		struct {
			uint64_t src6[2], dst6[2];	/* as in acl_key, bits behind the prefix cleared */
		};
		struct {
			struct ace_mac src_mac, dst_mac;
		};
	};
	struct ace_ports sport, dport;
	uint8_t flags_op;	/* enum ace_flags_op */
	uint8_t flags;		/* listed, or with +: bits as in acl_key.tcp_flags */
	uint8_t flags_clear;	/* FLAGS_ALL, FLAGS_ANY: with - */
	int8_t dscp, precedence, tos;	/* or ACE_UNSET */
	int16_t icmp_type, icmp_code;	/* ICMP_ANY or 0..255; of an IGMP entry its type */
	const struct ace_rare *rare;	/* or NULL */
};

/* Port i < p->n of the entry's sport or dport. */
uint16_t ace_port(const struct ace *ace, const struct ace_ports *p, unsigned i);

enum ace_dialect {		/* where the words were typed; decides what is allowed */
	ACE_IN_NAMED,		/* ip access-list ... mode */
	ACE_IN_NUMBERED,	/* access-list N ... : one port after eq, no match-all, ... */
};

/* Where a parsed entry keeps its rare parts and their texts. Lives at least as long as the entry. */
enum { ACE_ROOM_TEXTS = 6 * (ACE_NAME_MAX + 1) };
struct ace_room {
	struct ace_rare rare;
	size_t used;		/* of text */
	char text[ACE_ROOM_TEXTS];
	uint32_t sequence;	/* IPv6: the number that stood behind the entry, 0 for none */
};

/*
 * Reads an entry (from `permit`, `deny`, `evaluate` or `remark` to the end of the line) at r->pos.
 * Returns 0 and fills *ace, normalised as IOS stores it; or -1 with *r->err and *ace undefined.
 * With r->expect set it also leaves there what may follow the last word: that is `?` and Tab inside
 * an entry.  Allocates nothing: what *ace points to is in *room, not in the line.
 */
int ace_parse(struct word_reader *r, enum acl_kind kind, enum ace_dialect dialect, struct ace *ace,
	struct ace_room *room);
/* Copies an entry with all it points to into *to and *room. */
void ace_copy(struct ace *to, struct ace_room *room, const struct ace *from);

struct acl_env;

enum ace_style {
	ACE_SHOW,	/* as show access-lists: standard and MAC pad deny; "wildcard bits" */
	ACE_CONFIG,	/* as running-config: all but IPv6 pad deny; the wildcard is plain */
};
/*
 * The inverse of ace_parse(): no sequence number, no counter.  env tells ACE_SHOW whether the
 * entry's time range is active; may be NULL.  The length, < ACE_TEXT_MAX.
 */
size_t ace_format(const struct ace *ace, enum ace_style style, const struct acl_env *env, char *buf,
	size_t size);
/* Same meaning and same text (a remark: same text). */
bool ace_equal(const struct ace *a, const struct ace *b);
/*
 * The readable reference matcher: does this entry match this packet, fragments included?  An
 * evaluate entry asks its table, which counts the packet.
 */
bool ace_match(const struct ace *ace, const struct acl_env *env, const struct acl_key *key,
	uint64_t now_ms);
/* The same for an entry of a MAC list. */
bool ace_match_mac(const struct ace *ace, const struct acl_env *env, const struct acl_mac_key *key);
/* "tcp", "icmp", ... or NULL when IOS has no name for the number. */
const char *acl_protocol_name(uint8_t proto);

/* ---- lists ---- */

struct acl;

struct acl_entry {		/* of acl_at(); the list's, valid until the next change */
	uint32_t seq;		/* 0 for a remark: it has only a place */
	uint32_t slot;		/* its counter; stable from insertion to removal */
	struct ace ace;
};

/* Which numbers belong to which kind: 1-99, 1300-1999 standard; 100-199, 2000-2699 extended. */
bool acl_number_kind(const char *name, enum acl_kind *kind);

/* A new empty list, or NULL without memory. id is the caller's, never reused. */
struct acl *acl_create(const char *name, enum acl_kind kind, uint32_t id);
/* NULL is fine. No program compiled from it, nor its counters, may be in use any more. */
void acl_destroy(struct acl *acl);
const char *acl_name(const struct acl *acl);
enum acl_kind acl_kind(const struct acl *acl);
uint32_t acl_id(const struct acl *acl);

/* Entries and remarks in the order they are evaluated and shown (standard: hosts first). */
size_t acl_length(const struct acl *acl);
const struct acl_entry *acl_at(const struct acl *acl, size_t i);
/* The entry that counts in this slot; NULL when there is none (any more). */
const struct acl_entry *acl_by_slot(const struct acl *acl, uint32_t slot);
/*
 * How many of them decide packets; 0 means that the list passes everything.  IOS does not keep an
 * IPv6 list without entries at all: whoever takes out the last one destroys the list.
 */
size_t acl_ace_count(const struct acl *acl);

/*
 * Adds an entry; seq 0 = at the end, numbered highest + 10.  Returns 1 when added, 0 when an equal
 * entry was there already (silently nothing, as IOS), -1 with a PARSE_MESSAGE: the duplicate
 * sequence number, the exceeded maximum, the standard host that a range already covers.
 */
int acl_add(struct acl *acl, uint32_t seq, const struct ace *ace, struct parse_error *err);
/* Remove; true when there was one. acl_remove() also takes a remark by its text. */
bool acl_remove_seq(struct acl *acl, uint32_t seq);
bool acl_remove(struct acl *acl, const struct ace *ace);
/*
 * Renumbers in display order; start and step are at least 1.  -1 with a message, and nothing
 * changed, when the last would exceed ACL_SEQ_MAX.
 */
int acl_resequence(struct acl *acl, uint32_t start, uint32_t step, struct parse_error *err);

/* ---- counters: per entry x interface x direction ---- */

struct acl_hits {
	uint64_t packets;
	uint64_t bytes;
	uint64_t first_ms, last_ms;	/* of those since the last clear, on the dataplane's clock; 0 = none */
};

struct acl_counters;		/* one list on one interface in one direction */

/*
 * The counters of this list there, made at the first call and kept as long as the list, so that
 * taking the list off an interface and putting it back forgets nothing.  threads = the dataplane's
 * columns, the same at every call.  NULL without memory.  Control thread.
 */
struct acl_counters *acl_counters_on(struct acl *acl, uint32_t ifindex, enum acl_direction dir,
	unsigned threads);
/*
 * Adds to a slot in one thread's column, which that thread alone writes; now_ms is not 0.  The hot path: relaxed
 * loads and stores, no locked instruction, no checks.
 */
void acl_counters_hit(struct acl_counters *c, unsigned thread, uint32_t slot, uint32_t packets,
	uint64_t bytes, uint64_t now_ms);
/* Sums of a slot: over every place the list is used, or one place (zero if never used there). */
struct acl_hits acl_hits(const struct acl *acl, uint32_t slot);
struct acl_hits acl_hits_on(const struct acl *acl, uint32_t ifindex, enum acl_direction dir,
	uint32_t slot);
/* Zeroes what readers see, everywhere. */
void acl_clear_hits(struct acl *acl);
/*
 * After an edit was published and the grace period is over: slots of removed entries may be used
 * again, starting from zero.
 */
void acl_reclaim(struct acl *acl);

/* ---- what entries refer to by name ---- */

/*
 * How acl/ asks for what entries name.  Each may return NULL (false) for a name that is not defined:
 * such a time range is never active, such a group has no members, such a reflexive list no entries.
 * NULL callbacks answer so for every name.
 */
struct acl_env {
	void *arg;
	const struct object_group *(*object_group)(void *arg, const char *name);
	bool (*time_range_active)(void *arg, const char *name);
	struct reflexive *(*reflexive)(void *arg, const char *name);
};

/* ---- programs: what the dataplane runs ---- */

struct acl_program;

struct acl_verdict {
	uint32_t slot;		/* whose counter; ACL_SLOT_IMPLICIT..., when no entry decided */
	uint8_t action;		/* enum acl_action */
	uint8_t log;		/* enum ace_log of the deciding entry */
	uint8_t implicit;	/* no entry decided: the implicit deny, or an IPv6 list's implicit ND permit */
	/* the deciding entry reflects: where to, and for how long. NULL otherwise */
	struct reflexive *reflect;
	uint32_t reflect_timeout_s;	/* 0: the router's default */
};

/*
 * Compiles, inactive and empty parts left out; *out is NULL (and 0 returned) for a list that passes
 * everything (one without entries: entries that are merely inactive leave the implicit deny). -ENOMEM.
 * env may be NULL.
 */
int acl_compile(const struct acl *acl, const struct acl_env *env, struct acl_program **out);
/*
 * The same for a list that has a program: what the last call here, or acl_whole_adopt(), gave for it is
 * `old`.  Takes over from that what edits since have not touched: an edit costs a few microseconds, a
 * little more with the logarithm of the list's length.  With old NULL all is compiled, a long list not
 * at once whole, as it must be when something changed that entries refer to by name.  *out may be old itself with one reference more.
 */
int acl_recompile(struct acl *acl, const struct acl_env *env, struct acl_program *old,
	struct acl_program **out);
/* A program after edits may be slower than one that is whole, as acl_compile() makes it; the same otherwise. */
bool acl_program_is_whole(const struct acl_program *p);
/*
 * Making it whole takes long for a long list.  begin and adopt belong to the control thread, build to
 * any one thread, meanwhile the list is edited on and on.  NULL without memory, or when acl_recompile() was not
 * called since the last edit.
 */
struct acl_whole;
struct acl_whole *acl_whole_begin(struct acl *acl, const struct acl_env *env);
void acl_whole_build(struct acl_whole *w);
/*
 * The program, in force of all edits so far.  *out is NULL, and 0 returned, when it came to nothing: all
 * was compiled or renumbered since, or w is not what was begun last.  w is still to be freed. -ENOMEM.
 */
int acl_whole_adopt(struct acl *acl, const struct acl_env *env, struct acl_whole *w,
	struct acl_program **out);
/* NULL is fine. */
void acl_whole_free(struct acl_whole *w);
/* Reference count, control thread only; the last unref frees. NULL is fine. */
struct acl_program *acl_program_ref(struct acl_program *p);
void acl_program_unref(struct acl_program *p);
uint32_t acl_program_list_id(const struct acl_program *p);
enum acl_kind acl_program_kind(const struct acl_program *p);
/*
 * Decides a burst: out[i] for key[i].  Does not count.  Any thread, except that a program with
 * `evaluate` in it asks (and refreshes) reflexive tables, which belong to the dataplane's worker.  now_ms is
 * for those tables; packets[i] what frame i stands for (NULL: 1 each).
 */
void acl_classify(const struct acl_program *p, const struct acl_key *key, const uint32_t *packets,
	size_t n, uint64_t now_ms, struct acl_verdict *out);
void acl_classify_mac(const struct acl_program *p, const struct acl_mac_key *key, size_t n,
	struct acl_verdict *out);
/* The same answers straight from the list by ace_match(): the oracle of the random tests. */
struct acl_verdict acl_classify_reference(const struct acl *acl, const struct acl_env *env,
	const struct acl_key *key, uint64_t now_ms);
struct acl_verdict acl_classify_mac_reference(const struct acl *acl, const struct acl_env *env,
	const struct acl_mac_key *key);
/* Every name of that sort the list's entries use, for "which lists must be compiled again". */
bool acl_uses_time_range(const struct acl *acl, const char *name);
bool acl_uses_object_group(const struct acl *acl, const char *name);	/* directly */
bool acl_uses_reflexive(const struct acl *acl, const char *name, bool *reflects);

#endif
