/*
 * entry_fuzz.c - entries of access lists, without a router around them.
 *
 * The first byte chooses the kind of list and where it is typed; each line is an entry, until an
 * empty line; the bytes behind it seed packets aimed at the entries.  Claims: an entry that is read
 * and written is the same entry, and its text the same text; asking what may follow changes no
 * answer; a list's compiled program and the readable matcher agree about every packet.  Groups and
 * time ranges are those of tests/lib/acl_world.h; an evaluated list is always empty.
 */
#include <stdlib.h>
#include <string.h>

#include "acl/acl.h"
#include "tests/fuzz/fuzz.h"
#include "tests/lib/acl_random.h"
#include "tests/lib/ipv6_random.h"

enum { ENTRIES = 32, PACKETS = 16 };

struct list {
	enum acl_kind kind;
	enum ace_dialect dialect;
	struct acl *acl;
};

static int
read_entry(const struct list *l, const char *line, struct choice_list *expect, struct ace *ace,
	struct ace_room *room, struct parse_error *err)
{
	struct word word[WORDS_MAX];
	struct word_reader r = { .line = line, .word = word, .err = err, .expect = expect };

	*err = (struct parse_error){ 0 };
	r.n = words_split(line, word, WORDS_MAX);
	return ace_parse(&r, l->kind, l->dialect, ace, room);
}

/* Read, written, read again: the same. */
static void
check_text(const struct list *l, const struct ace *ace)
{
	struct list named = { l->kind, ACE_IN_NAMED, NULL };
	char text[ACE_TEXT_MAX], again[ACE_TEXT_MAX];
	struct ace_room *room = calloc(1, sizeof(*room));
	struct parse_error err;
	struct ace back;

	fuzz_require(room != NULL, "out of memory");
	ace_format(ace, ACE_SHOW, NULL, text, sizeof(text));
	ace_format(ace, ACE_CONFIG, NULL, text, sizeof(text));
	fuzz_require(read_entry(&named, text, NULL, &back, room, &err) == 0,
		"our own text is refused: %s", text);
	fuzz_require(ace_equal(ace, &back) && ace_equal(&back, ace), "another entry: %s", text);
	ace_format(&back, ACE_CONFIG, NULL, again, sizeof(again));
	fuzz_require(strcmp(text, again) == 0, "\"%s\" became \"%s\"", text, again);
	free(room);
}

/* `?` behind the line: its answer does not depend on being asked for choices. */
static void
check_expect(const struct list *l, const char *line, int answer, const struct parse_error *err)
{
	struct choice_list expect = { 0 };
	struct ace_room *room = calloc(1, sizeof(*room));
	struct parse_error asked;
	struct ace ace;
	int ret;

	fuzz_require(room != NULL, "out of memory");
	ret = read_entry(l, line, &expect, &ace, room, &asked);
	fuzz_require(ret == answer && asked.fault == err->fault && asked.at == err->at,
		"asked for choices, \"%s\" is answered %d, else %d", line, ret, answer);
	fuzz_require(err->fault != PARSE_INVALID || err->at <= strlen(line),
		"the caret stands at %zu of \"%s\"", err->at, line);
	choice_list_fini(&expect);
	free(room);
}

static void
take_line(struct list *l, const char *line)
{
	struct ace_room *room = calloc(1, sizeof(*room));
	struct parse_error err;
	struct ace ace;
	int ret;

	fuzz_require(room != NULL, "out of memory");
	ret = read_entry(l, line, NULL, &ace, room, &err);
	fuzz_require((ret == 0) == (err.fault == PARSE_OK), "\"%s\": %d and fault %d", line, ret,
		err.fault);
	check_expect(l, line, ret, &err);
	if (ret == 0) {
		check_text(l, &ace);
		if (acl_length(l->acl) < ENTRIES)
			acl_add(l->acl, room->sequence, &ace, &err);
	}
	free(room);
}

/* The same world for every input. */
static struct world *
the_world(void)
{
	static struct world w;
	struct dice d = { .state = 1 };

	if (w.net[0] == NULL) {
		world_init(&w);
		random_world(&d, &w);
		w.env.reflexive = NULL;
	}
	return &w;
}

static void
same(const struct acl_verdict *a, const struct acl_verdict *b)
{
	fuzz_require(a->slot == b->slot && a->action == b->action && a->log == b->log &&
			     a->implicit == b->implicit,
		"the program says slot %u, the matcher slot %u", a->slot, b->slot);
}

static void
check_packet(const struct list *l, const struct acl_program *program, struct dice *d,
	const struct ace *aim)
{
	struct world *w = the_world();
	struct acl_verdict a, b;
	struct acl_key key;

	key = l->kind == ACL_IPV6 ? random_ipv6_key(d, aim) : random_key(d, w, aim);
	acl_classify(program, &key, NULL, 1, 0, &a);
	b = acl_classify_reference(l->acl, &w->env, &key, 0);
	same(&a, &b);
}

/* What the entry asks for, each part of it wrong once in six times. */
static struct acl_mac_key
random_mac_key(struct dice *d, const struct ace *aim)
{
	static const struct ace_rare nothing = {
		.ethertype = ACE_UNSET, .lsap = ACE_UNSET, .vlan = ACE_UNSET, .cos = ACE_UNSET
	};
	const struct ace_rare *rare = aim->rare != NULL ? aim->rare : &nothing;
	struct acl_mac_key key = {
		.src = aim->src_mac.addr | (dice_roll(d) & aim->src_mac.wild),
		.dst = aim->dst_mac.addr | (dice_roll(d) & aim->dst_mac.wild),
		.ethertype = rare->ethertype != ACE_UNSET ? (uint16_t)rare->ethertype : 0x806,
		.vlan = rare->vlan != ACE_UNSET ? (uint16_t)rare->vlan : 1,
		.cos = rare->cos != ACE_UNSET ? (uint8_t)rare->cos : 0,
	};

	if (rare->lsap != ACE_UNSET) {
		key.ethertype = 0;
		key.lsap = (uint16_t)rare->lsap;
	}
	key.ethertype ^= (uint16_t)dice_roll(d) & rare->type_wild;
	key.src ^= dice_one_in(d, 6) ? UINT64_C(1) << dice_below(d, 48) : 0;
	key.dst ^= dice_one_in(d, 6) ? UINT64_C(1) << dice_below(d, 48) : 0;
	key.ethertype ^= dice_one_in(d, 6);
	key.vlan ^= dice_one_in(d, 6);
	key.cos ^= dice_one_in(d, 6);
	return key;
}

static void
check_frame(const struct list *l, const struct acl_program *program, struct dice *d,
	const struct ace *aim)
{
	struct acl_mac_key key = random_mac_key(d, aim);
	struct acl_verdict a, b;

	acl_classify_mac(program, &key, 1, &a);
	b = acl_classify_mac_reference(l->acl, &the_world()->env, &key);
	same(&a, &b);
}

static void
check_packets(const struct list *l, uint64_t seed)
{
	struct dice d = { .state = seed };
	struct acl_program *program;
	size_t n = acl_length(l->acl);

	fuzz_require(acl_compile(l->acl, &the_world()->env, &program) == 0, "out of memory");
	for (int i = 0; i < PACKETS && program != NULL; i++) {
		const struct ace *aim = &acl_at(l->acl, dice_below(&d, (uint32_t)n))->ace;

		if (aim->is_remark || aim->is_evaluate)
			continue;
		if (l->kind == ACL_MAC)
			check_frame(l, program, &d, aim);
		else
			check_packet(l, program, &d, aim);
	}
	acl_program_unref(program);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input in = { data, size };
	uint8_t how = fuzz_u8(&in);
	struct list l = { .kind = (enum acl_kind)(how & 3),
		.dialect = (how & 4) != 0 && (how & 2) == 0 ? ACE_IN_NUMBERED : ACE_IN_NAMED };
	char *text = fuzz_text(in.at, in.left), *rest = text, *line;
	uint64_t seed = 1;

	l.acl = acl_create("List", l.kind, 1);
	fuzz_require(l.acl != NULL, "out of memory");
	while ((line = strsep(&rest, "\n")) != NULL && *line != '\0')
		if (strlen(line) < WORDS_MAX_LINE)
			take_line(&l, line);
	for (size_t i = rest != NULL ? (size_t)(rest - text) : 0; i < in.left; i++)
		seed = seed * 31 + in.at[i];
	check_packets(&l, seed);
	acl_destroy(l.acl);
	free(text);
	return 0;
}
