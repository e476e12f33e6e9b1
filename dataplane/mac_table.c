/*
 * mac_table.c - a hash table of stations with a bounded search.
 *
 * An entry lives in one of WINDOW neighbouring slots after the place its hash names.  The whole
 * window is looked at every time, so removing an entry just frees its slot, and when a window is
 * full its oldest entry gives way.  Ageing needs no timer: an old entry is simply no longer found.
 * Owned by the worker; no locks.
 */
#include "dataplane/mac_table.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

enum { WINDOW = 16 };

static uint64_t
make_key(uint16_t domain, const uint8_t mac[6])
{
	uint64_t key = domain;

	for (int i = 0; i < 6; i++)
		key = key << 8 | mac[i];
	return key;
}

/* Mixes all bits (the finalizer of SplitMix64), then keeps a slot number. */
static size_t
home(const struct mac_table *t, uint64_t key)
{
	key ^= t->seed;
	key = (key ^ key >> 30) * 0xbf58476d1ce4e5b9u;
	key = (key ^ key >> 27) * 0x94d049bb133111ebu;
	return (key ^ key >> 31) & (MAC_TABLE_SIZE - 1);
}

static bool
expired(const struct mac_table *t, const struct mac_slot *s, uint64_t now_ms)
{
	return t->age_ms != 0 && now_ms - s->seen_ms >= t->age_ms;
}

int
mac_table_init(struct mac_table *t)
{
	*t = (struct mac_table){ .slot = calloc(MAC_TABLE_SIZE, sizeof(*t->slot)) };
	if (t->slot == NULL)
		return -ENOMEM;
	/* Without entropy the table works just as well, only its layout can be foreseen. */
	if (getrandom(&t->seed, sizeof(t->seed), GRND_NONBLOCK) < 0)
		t->seed = 0;
	return 0;
}

void
mac_table_fini(struct mac_table *t)
{
	free(t->slot);
	t->slot = NULL;
}

void
mac_table_learn(struct mac_table *t, uint16_t domain, const uint8_t mac[6], uint32_t ifindex,
	uint64_t now_ms)
{
	uint64_t key = make_key(domain, mac);
	size_t at = home(t, key);
	struct mac_slot *best = NULL;

	for (size_t i = 0; i < WINDOW; i++) {
		struct mac_slot *s = &t->slot[(at + i) & (MAC_TABLE_SIZE - 1)];

		if (s->key == key) {
			best = s;
			break;
		}
		if (best == NULL || (best->key != 0 && (s->key == 0 || s->seen_ms < best->seen_ms)))
			best = s;
	}
	*best = (struct mac_slot){ .key = key, .seen_ms = now_ms, .ifindex = ifindex };
}

uint32_t
mac_table_find(const struct mac_table *t, uint16_t domain, const uint8_t mac[6], uint64_t now_ms)
{
	uint64_t key = make_key(domain, mac);
	size_t at = home(t, key);

	for (size_t i = 0; i < WINDOW; i++) {
		const struct mac_slot *s = &t->slot[(at + i) & (MAC_TABLE_SIZE - 1)];

		if (s->key == key)
			return expired(t, s, now_ms) ? 0 : s->ifindex;
	}
	return 0;
}

void
mac_table_purge(
	struct mac_table *t, bool (*keep)(void *arg, uint16_t domain, uint32_t ifindex), void *arg)
{
	for (size_t i = 0; i < MAC_TABLE_SIZE; i++) {
		struct mac_slot *s = &t->slot[i];

		if (s->key != 0 &&
			(keep == NULL || !keep(arg, (uint16_t)(s->key >> 48), s->ifindex)))
			s->key = 0;
	}
}

bool
mac_table_next(const struct mac_table *t, size_t *i, uint64_t now_ms, struct mac_view *out)
{
	while (*i < MAC_TABLE_SIZE) {
		const struct mac_slot *s = &t->slot[(*i)++];

		if (s->key == 0 || expired(t, s, now_ms))
			continue;
		out->domain = (uint16_t)(s->key >> 48);
		for (int b = 0; b < 6; b++)
			out->mac[b] = (uint8_t)(s->key >> (40 - 8 * b));
		out->ifindex = s->ifindex;
		out->age_ms = now_ms - s->seen_ms;
		return true;
	}
	return false;
}
