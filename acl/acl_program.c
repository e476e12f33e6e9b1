/*
 * acl_program.c - programs: which pieces they have, and how long those live.
 *
 * Pieces, ranks and sets of the dead are shared among the programs that a list had one after the other.
 *
 * A program never changes once acl_program_finish() was called; any thread may read it while it lives.
 * All reference counts are the control thread's.
 */
#include <errno.h>
#include <stdlib.h>

#include "acl/acl_internal.h"

struct acl_piece *
acl_piece_ref(struct acl_piece *p)
{
	p->refs++;
	return p;
}

void
acl_piece_unref(struct acl_piece *p)
{
	if (p == NULL || --p->refs > 0)
		return;
	free(p->rule);
	free(p->rule6);
	free(p->mac_rule);
	free(p->result);
	free(p->special);
	free(p->evaluate);
	acl_tree_fini(&p->tree);
	free(p->tests);
	free(p->span);
	free(p->set);
	free(p->range);
	free(p);
}

struct acl_words *
acl_words_ref(struct acl_words *w)
{
	if (w != NULL)
		w->refs++;
	return w;
}

void
acl_words_unref(struct acl_words *w)
{
	if (w != NULL && --w->refs == 0)
		free(w);
}

void
acl_level_unref(struct acl_level *l)
{
	acl_piece_unref(l->piece);
	acl_words_unref(l->rank);
	acl_words_unref(l->dead);
	*l = (struct acl_level){ 0 };
}

struct acl_program *
acl_program_create(const struct acl *acl)
{
	struct acl_program *p = calloc(1, sizeof(*p));

	if (p == NULL)
		return NULL;
	p->refs = 1;
	p->list_id = acl_id(acl);
	p->kind = acl_kind(acl);
	p->search = acl_search_available(0);
	return p;
}

/* ---- rules that evaluate, of all pieces ---- */

static int
by_rank(const void *a, const void *b)
{
	const struct acl_asked *x = a, *y = b;

	return x->rank < y->rank ? -1 : x->rank > y->rank;
}

static void
put_asked(struct acl_program *p, const struct acl_level *l)
{
	const struct acl_piece *piece = l->piece;

	for (size_t i = 0; i < piece->evaluates; i++) {
		const uint32_t pos = piece->evaluate[i];

		if (acl_level_dead(l, pos))
			continue;
		p->asked[p->n_asked++] = (struct acl_asked){ .rank = l->rank->v[pos],
			.rule = &piece->special[piece->result[pos] & ~ACL_RESULT_SPECIAL],
			.piece = piece };
	}
}

int
acl_program_finish(struct acl_program *p)
{
	size_t most = 0;

	for (size_t k = 0; k < p->levels; k++)
		most += p->level[k].piece->evaluates;
	if (most == 0 || acl_program_is_single(p))
		return 0;
	p->asked = calloc(most, sizeof(*p->asked));
	if (p->asked == NULL)
		return -ENOMEM;
	for (size_t k = 0; k < p->levels; k++)
		put_asked(p, &p->level[k]);
	qsort(p->asked, p->n_asked, sizeof(*p->asked), by_rank);
	return 0;
}

/* ---- for all ---- */

int
acl_compile_all(const struct acl *acl, const struct acl_env *env, enum acl_effort effort,
	struct acl_program **out)
{
	struct acl_program *p;
	struct acl_rows rows;
	int err;

	*out = NULL;
	if (acl_ace_count(acl) == 0)
		return 0;
	p = acl_program_create(acl);
	if (p == NULL)
		return -ENOMEM;
	p->levels = 1;
	err = acl_piece_begin(acl, env, NULL, 0, &p->level[0], &rows);
	if (err == 0) {
		p->level[0].piece->effort = (uint8_t)effort;
		err = acl_piece_build(p->level[0].piece, &rows);
	}
	free(rows.v);
	if (err != 0)
		acl_program_unref(p);
	else
		*out = p;
	return err;
}

int
acl_compile(const struct acl *acl, const struct acl_env *env, struct acl_program **out)
{
	return acl_compile_all(acl, env, ACL_EFFORT_FULL, out);
}

struct acl_program *
acl_program_ref(struct acl_program *p)
{
	if (p != NULL)
		p->refs++;
	return p;
}

void
acl_program_unref(struct acl_program *p)
{
	if (p == NULL || --p->refs > 0)
		return;
	for (size_t k = 0; k < p->levels; k++)
		acl_level_unref(&p->level[k]);
	free(p->asked);
	free(p);
}

uint32_t
acl_program_list_id(const struct acl_program *p)
{
	return p->list_id;
}

enum acl_kind
acl_program_kind(const struct acl_program *p)
{
	return p->kind;
}

bool
acl_program_is_whole(const struct acl_program *p)
{
	return p->levels == 0 ||
	       (acl_program_is_single(p) && p->level[0].piece->effort == ACL_EFFORT_FULL);
}
