/*
 * config_order.c - which lines two texts have in common where order matters.
 *
 * The longest common sequence is looked for with Myers's algorithm ("An O(ND) Difference Algorithm and Its
 * Variations", 1986) as long as there is little change; beyond that only what is the same at both ends
 * counts as the same.
 */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "cli/config/config_tree.h"

enum { EDITS_MAX = 1000 };

/* Marks as matched what is the same in the middles a[0..n) and b[0..m), whose ends differ. */
static void
mark_common(struct config_node *a, ptrdiff_t n, struct config_node *b, ptrdiff_t m)
{
	ptrdiff_t most = n + m < EDITS_MAX ? n + m : EDITS_MAX;
	ptrdiff_t width = 2 * most + 3;
	/* furthest[d][k]: how far in a one gets on diagonal k with d edits */
	ptrdiff_t **furthest = calloc((size_t)most + 1, sizeof(*furthest));
	ptrdiff_t d, k = 0;

	if (n == 0 || m == 0)
		goto out;
	for (d = 0; furthest != NULL && d <= most; d++) {
		ptrdiff_t *now = calloc((size_t)width, sizeof(*now));
		const ptrdiff_t *before = d > 0 ? furthest[d - 1] : NULL;

		furthest[d] = now;
		if (now == NULL)
			goto out;
		for (k = -d; k <= d; k += 2) {
			ptrdiff_t at = most + 1 + k, x = 0;

			if (before != NULL)
				x = k == -d || (k != d && before[at - 1] < before[at + 1])
					    ? before[at + 1]
					    : before[at - 1] + 1;
			while (x < n && x - k < m && strcmp(a[x].line, b[x - k].line) == 0)
				x++;
			now[at] = x;
			if (x >= n && x - k >= m)
				goto found;
		}
	}
	goto out;
found:
	for (; d >= 0; d--) {
		ptrdiff_t at = most + 1 + k, x = furthest[d][at], from = 0;
		const ptrdiff_t *before = d > 0 ? furthest[d - 1] : NULL;
		bool down =
			before != NULL && (k == -d || (k != d && before[at - 1] < before[at + 1]));

		if (before != NULL)
			from = down ? before[at + 1] : before[at - 1] + 1;
		for (; x > from; x--)
			a[x - 1].matched = b[x - 1 - k].matched = true;
		k += down ? 1 : -1;
	}
out:
	for (ptrdiff_t i = 0; furthest != NULL && i <= most; i++)
		free(furthest[i]);
	free(furthest);
}

void
config_match_in_order(struct config_node *a, struct config_node *b)
{
	size_t head = 0, tail = 0;

	while (head < a->n && head < b->n && strcmp(a->child[head].line, b->child[head].line) == 0)
		head++;
	while (tail < a->n - head && tail < b->n - head &&
		strcmp(a->child[a->n - 1 - tail].line, b->child[b->n - 1 - tail].line) == 0)
		tail++;
	for (size_t i = 0; i < a->n; i++)
		a->child[i].matched = i < head || i >= a->n - tail;
	for (size_t i = 0; i < b->n; i++)
		b->child[i].matched = i < head || i >= b->n - tail;
	mark_common(a->child + head, (ptrdiff_t)(a->n - head - tail), b->child + head,
		(ptrdiff_t)(b->n - head - tail));
}
