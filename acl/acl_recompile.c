/*
 * acl_recompile.c - a program from the one before and the edits since.
 *
 * An edit must not cost what the list's length costs.  So the list notes what is added and removed, and
 * the next program takes over the pieces of the last one: what was removed is marked dead in them,
 * which the search passes over, and what was added becomes a piece of its own.  Pieces are in classes
 * of growing size; one of a class takes in those that are not larger when it is made, so there are few
 * pieces and an entry is compiled again only a few times, however many lines follow each other.
 *
 * Large pieces, which take long, are several in their class, and made with less effort, as is a large list that
 * must be compiled anew.  When it is quiet all is made one again, with all effort: a whole program, built aside (by another thread, if the caller likes) while edits go on.  Those since it
 * was begun are applied to it then.
 *
 * Control thread, but for acl_whole_build().
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "acl/acl_internal.h"

enum {
	CLASS_0 = 16,	       /* entries in a piece of the lowest class at most */
	GROWTH_BITS_SMALL = 4, /* from the lowest class to the next, ... */
	GROWTH_BITS = 3,       /* ... and from there on, each so many bits more */
	CLASS_LEAF =
		1, /* pieces up to this class are one leaf: made in no time, searched well enough */
	CLASS_LARGE = 3, /* takes milliseconds to make: from here on there are ... */
	LARGE_MOST = 8,	 /* ... so many of a class */
	DEAD_FREE = 64,	 /* a piece with so many more dead than others is made anew */
	CHANGES_FREE =
		4096, /* noted of a list that nobody compiles, beside as many as it has entries */
};

struct acl_whole {
	struct acl_level level;
	struct acl_rows rows;
	int err;
};

/* A program in the making. */
struct draft {
	struct acl *acl;
	const struct acl_env *env;
	struct acl_program *p;
	bool own[ACL_LEVELS_MAX]; /* the dead of that level are not yet shared */
	bool changed;
	struct acl_member *member; /* of the piece to be made */
	size_t members, room;
};

/* ---- what the list notes ---- */

static void
forget_changes(struct acl *acl)
{
	acl->changes = acl->applied = 0;
	if (acl->change_room > CHANGES_FREE) {
		free(acl->change);
		acl->change = NULL;
		acl->change_room = 0;
	}
}

static void
stop_tracking(struct acl *acl)
{
	forget_changes(acl);
	acl->tracked = acl->renumbered = false;
	acl->making = NULL;
}

static void
note(struct acl *acl, uint32_t rank, uint32_t slot)
{
	struct acl_member *v;

	if (!acl->tracked)
		return;
	v = acl->changes < acl->aces + CHANGES_FREE
		    ? acl_grow(acl->change, acl->changes, &acl->change_room, sizeof(*v))
		    : NULL;
	if (v == NULL) {
		stop_tracking(acl);
		return;
	}
	acl->change = v;
	v[acl->changes++] = (struct acl_member){ .rank = rank, .slot = slot };
}

void
acl_note_added(struct acl *acl, const struct acl_item *item)
{
	note(acl, acl_item_rank(acl, item), item->entry.slot);
}

void
acl_note_removed(struct acl *acl, const struct acl_item *item)
{
	note(acl, acl_item_rank(acl, item), 0);
}

void
acl_note_renumbered(struct acl *acl)
{
	/* What was noted under the old numbers can be applied no more. */
	if (acl->changes > acl->applied) {
		stop_tracking(acl);
		return;
	}
	forget_changes(acl);
	acl->making = NULL;
	acl->renumbered = acl->tracked;
}

void
acl_note_reclaimed(struct acl *acl)
{
	if (acl->changes > acl->applied)
		stop_tracking(acl);
}

/* ---- a draft ---- */

static size_t
live_in(const struct acl_level *l)
{
	return l->piece->rules - (l->dead != NULL ? l->dead->n : 0);
}

static int
draft_begin(struct draft *d, struct acl *acl, const struct acl_env *env)
{
	*d = (struct draft){ .acl = acl, .env = env, .p = acl_program_create(acl) };
	return d->p != NULL ? 0 : -ENOMEM;
}

static void
share_levels(struct draft *d, const struct acl_program *old)
{
	for (size_t k = 0; k < old->levels; k++) {
		const struct acl_level *l = &old->level[k];

		d->p->level[k].piece = acl_piece_ref(l->piece);
		d->p->level[k].rank = acl_words_ref(l->rank);
		d->p->level[k].dead = acl_words_ref(l->dead);
	}
	d->p->levels = old->levels;
}

/* A copy of the level's dead that may be written. */
static int
own_dead(struct draft *d, size_t k)
{
	struct acl_level *l = &d->p->level[k];
	const size_t words = (l->piece->rules + 31) / 32;
	struct acl_words *copy;

	if (d->own[k])
		return 0;
	copy = calloc(1, sizeof(*copy) + words * sizeof(copy->v[0]));
	if (copy == NULL)
		return -ENOMEM;
	if (l->dead != NULL)
		memcpy(copy, l->dead, sizeof(*copy) + words * sizeof(copy->v[0]));
	copy->refs = 1;
	acl_words_unref(l->dead);
	l->dead = copy;
	d->own[k] = true;
	return 0;
}

/* The first position that is not before the rank. */
static size_t
find_rank(const struct acl_words *ranks, uint32_t rank)
{
	size_t lo = 0, hi = ranks->n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (ranks->v[mid] < rank)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

/* The entry of that rank is no more, if there is one: it may have come and gone since. */
static int
bury(struct draft *d, uint32_t rank)
{
	for (size_t k = 0; k < d->p->levels; k++) {
		struct acl_level *l = &d->p->level[k];
		size_t pos = find_rank(l->rank, rank);

		for (; pos < l->rank->n && l->rank->v[pos] == rank; pos++) {
			if (acl_level_dead(l, (uint32_t)pos))
				continue;
			if (own_dead(d, k) != 0)
				return -ENOMEM;
			l->dead->v[pos / 32] |= UINT32_C(1) << pos % 32;
			l->dead->n++;
			d->changed = true;
		}
	}
	return 0;
}

static int
add_member(struct draft *d, uint32_t rank, uint32_t slot)
{
	struct acl_member *v = acl_grow(d->member, d->members, &d->room, sizeof(*v));

	if (v == NULL)
		return -ENOMEM;
	d->member = v;
	v[d->members++] = (struct acl_member){ .rank = rank, .slot = slot };
	return 0;
}

/* Is the entry that was added there still? */
static bool
is_there(const struct acl *acl, const struct acl_member *m)
{
	const struct acl_item *item = acl_item_of(acl, m->slot);

	return item->entry.seq != 0 && acl_item_rank(acl, item) == m->rank;
}

static int
by_rank(const void *a, const void *b)
{
	const struct acl_member *x = a, *y = b;

	return x->rank < y->rank ? -1 : x->rank > y->rank;
}

/* Sorts the members; each once, though it was added, removed and added again. */
static void
sort_members(struct draft *d)
{
	size_t n = 0;

	if (d->members == 0)
		return;
	qsort(d->member, d->members, sizeof(*d->member), by_rank);
	for (size_t i = 1; i < d->members; i++)
		if (d->member[i].rank != d->member[n].rank)
			d->member[++n] = d->member[i];
	d->members = n + 1;
}

static int
apply_changes(struct draft *d, size_t from)
{
	const struct acl *acl = d->acl;
	int err = 0;

	for (size_t i = from; err == 0 && i < acl->changes; i++) {
		const struct acl_member *m = &acl->change[i];

		if (m->slot == 0)
			err = bury(d, m->rank);
		else if (is_there(acl, m))
			err = add_member(d, m->rank, m->slot);
	}
	sort_members(d);
	d->changed |= d->members > 0;
	return err;
}

/* ---- pieces that are taken in by a new one ---- */

static unsigned
class_of(size_t entries)
{
	size_t most = CLASS_0 << GROWTH_BITS_SMALL;
	unsigned class = 1;

	if (entries <= CLASS_0)
		return 0;
	for (; entries > most; most <<= GROWTH_BITS)
		class ++;
	return class;
}

static size_t
count_class(const struct draft *d, unsigned class)
{
	size_t n = 0;

	for (size_t k = 0; k < d->p->levels; k++)
		n += class_of(live_in(&d->p->level[k])) == class;
	return n;
}

/* Is level k to be part of the new piece? */
static bool
joins(const struct draft *d, size_t k)
{
	const struct acl_level *l = &d->p->level[k];
	const size_t live = live_in(l);
	const unsigned class = class_of(live), of_new = class_of(d->members);

	if (l->dead != NULL && l->dead->n > live + DEAD_FREE)
		return true;
	if (live == 0)
		return true;
	if (d->members == 0 || class > of_new)
		return false;
	return class < of_new || class < CLASS_LARGE || count_class(d, class) >= LARGE_MOST;
}

static size_t
smallest(const struct draft *d)
{
	size_t at = 0;

	for (size_t k = 1; k < d->p->levels; k++)
		if (live_in(&d->p->level[k]) < live_in(&d->p->level[at]))
			at = k;
	return at;
}

static int
take_in(struct draft *d, size_t k)
{
	struct acl_program *p = d->p;
	struct acl_level *l = &p->level[k];
	uint32_t before = 0;
	int err = 0;

	for (uint32_t pos = 0; err == 0 && pos < l->piece->rules; pos++) {
		if (acl_level_dead(l, pos) || l->rank->v[pos] == before)
			continue;
		before = l->rank->v[pos];
		err = add_member(d, before, acl_piece_slot(l->piece, pos));
	}
	acl_level_unref(l);
	p->levels--;
	memmove(l, l + 1, (p->levels - k) * sizeof(*l));
	memmove(&d->own[k], &d->own[k + 1], (p->levels - k) * sizeof(d->own[0]));
	d->changed = true;
	return err;
}

static int
take_in_all(struct draft *d)
{
	size_t k = 0;
	int err = 0;

	while (err == 0 && k < d->p->levels) {
		if (!joins(d, k)) {
			k++;
			continue;
		}
		err = take_in(d, k);
		k = 0; /* the new piece has grown */
	}
	if (err == 0 && d->members > 0 && d->p->levels == ACL_LEVELS_MAX)
		err = take_in(d, smallest(d));
	sort_members(d);
	return err;
}

/* The lowest class, alone, needs no tree; what is not alone will be made again. */
static enum acl_effort
effort_for(const struct draft *d)
{
	const unsigned class = class_of(d->members);

	if (d->p->levels == 1 && class == 0)
		return ACL_EFFORT_FULL;
	return class <= CLASS_LEAF ? ACL_EFFORT_LEAF : ACL_EFFORT_QUICK;
}

static int
make_piece(struct draft *d)
{
	struct acl_program *p = d->p;
	struct acl_level *l = &p->level[p->levels];
	struct acl_rows rows;
	int err;

	if (d->members == 0)
		return 0;
	err = acl_piece_begin(d->acl, d->env, d->member, d->members, l, &rows);
	p->levels++; /* whatever came of it is in the program */
	if (err == 0) {
		l->piece->effort = effort_for(d);
		err = acl_piece_build(l->piece, &rows);
	}
	free(rows.v);
	return err;
}

static int
draft_end(struct draft *d, int err, struct acl_program **out)
{
	if (err == 0)
		err = take_in_all(d);
	if (err == 0)
		err = make_piece(d);
	if (err == 0)
		err = acl_program_finish(d->p);
	free(d->member);
	if (err != 0)
		acl_program_unref(d->p);
	else
		*out = d->p;
	return err;
}

/* ---- renumbering ---- */

/* The ranks of a level from the numbers that its entries have now. */
static int
rank_again(struct draft *d, struct acl_level *l)
{
	const size_t n = l->piece->rules;
	struct acl_words *w = malloc(sizeof(*w) + n * sizeof(w->v[0]));
	uint32_t rank = 0;

	if (w == NULL)
		return -ENOMEM;
	*w = (struct acl_words){ .refs = 1, .n = n };
	for (uint32_t pos = 0; pos < n; pos++) {
		if (!acl_level_dead(l, pos)) /* the slots of the dead may be others' by now */
			rank = acl_item_rank(
				d->acl, acl_item_of(d->acl, acl_piece_slot(l->piece, pos)));
		w->v[pos] = rank;
	}
	acl_words_unref(l->rank);
	l->rank = w;
	return 0;
}

static int
rank_all_again(struct draft *d)
{
	int err = 0;

	for (size_t k = 0; err == 0 && k < d->p->levels; k++)
		err = rank_again(d, &d->p->level[k]);
	d->changed = true;
	return err;
}

/* ---- programs ---- */

/* The list's program is as the list is. */
static void
settled(struct acl *acl)
{
	acl->tracked = true;
	acl->renumbered = false;
	if (acl->making != NULL)
		acl->applied = acl->changes;
	else
		forget_changes(acl);
}

static int
compile_anew(struct acl *acl, const struct acl_env *env, struct acl_program **out)
{
	const bool large = class_of(acl->aces) >= CLASS_LARGE;
	int err = acl_compile_all(acl, env, large ? ACL_EFFORT_QUICK : ACL_EFFORT_FULL, out);

	if (err != 0)
		return err;
	stop_tracking(acl);
	if (*out != NULL)
		settled(acl);
	return 0;
}

int
acl_recompile(struct acl *acl, const struct acl_env *env, struct acl_program *old,
	struct acl_program **out)
{
	struct draft d;
	int err;

	*out = NULL;
	if (old == NULL || !acl->tracked || acl_ace_count(acl) == 0)
		return compile_anew(acl, env, out);
	if (draft_begin(&d, acl, env) != 0)
		return -ENOMEM;
	share_levels(&d, old);
	err = acl->renumbered ? rank_all_again(&d) : 0;
	if (err == 0)
		err = apply_changes(&d, acl->applied);
	if (err == 0 && !d.changed) { /* a remark, say */
		free(d.member);
		acl_program_unref(d.p);
		*out = acl_program_ref(old);
	} else {
		err = draft_end(&d, err, out);
	}
	if (err == 0)
		settled(acl);
	return err;
}

/* ---- whole programs, aside ---- */

struct acl_whole *
acl_whole_begin(struct acl *acl, const struct acl_env *env)
{
	struct acl_whole *w;

	if (!acl->tracked || acl->renumbered || acl->changes > acl->applied)
		return NULL;
	w = calloc(1, sizeof(*w));
	if (w == NULL)
		return NULL;
	if (acl_piece_begin(acl, env, NULL, 0, &w->level, &w->rows) != 0) {
		acl_whole_free(w);
		return NULL;
	}
	forget_changes(acl);
	acl->making = w;
	return w;
}

void
acl_whole_build(struct acl_whole *w)
{
	w->err = acl_piece_build(w->level.piece, &w->rows);
	free(w->rows.v);
	w->rows.v = NULL;
}

int
acl_whole_adopt(
	struct acl *acl, const struct acl_env *env, struct acl_whole *w, struct acl_program **out)
{
	struct draft d;
	int err;

	*out = NULL;
	if (acl->making != w || w->err != 0 || acl_ace_count(acl) == 0)
		return 0;
	if (draft_begin(&d, acl, env) != 0)
		return -ENOMEM;
	d.p->level[0] = w->level;
	d.p->levels = 1;
	w->level = (struct acl_level){ 0 };
	err = draft_end(&d, apply_changes(&d, 0), out);
	acl->making = NULL;
	if (err == 0)
		settled(acl);
	return err;
}

void
acl_whole_free(struct acl_whole *w)
{
	if (w == NULL)
		return;
	acl_level_unref(&w->level);
	free(w->rows.v);
	free(w);
}
