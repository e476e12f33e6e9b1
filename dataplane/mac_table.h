/*
 * mac_table.h - which interface a station is behind, per bridge domain (IEEE 802.1D 7.9).
 *
 * Fixed size, so that nothing is allocated after start and a flood of invented addresses costs only
 * the oldest entries.  Used by one thread.
 */
#ifndef DATAPLANE_MAC_TABLE_H
#define DATAPLANE_MAC_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { MAC_TABLE_SIZE = 16384 };

struct mac_slot {
	uint64_t key;		/* domain << 48 | address; 0 = free */
	uint64_t seen_ms;
	uint32_t ifindex;
};

struct mac_table {
	struct mac_slot *slot;
	uint64_t seed;		/* differs each run, so that nobody can aim at one place */
	uint64_t age_ms;	/* 0 = entries never age */
};

/* 0 or -ENOMEM. */
int mac_table_init(struct mac_table *t);
void mac_table_fini(struct mac_table *t);

/* domain is not 0. Notes that mac was heard on ifindex now, moving it there if it was elsewhere. */
void mac_table_learn(struct mac_table *t, uint16_t domain, const uint8_t mac[6], uint32_t ifindex,
	uint64_t now_ms);
/* The interface, or 0 when unknown or too old. */
uint32_t mac_table_find(const struct mac_table *t, uint16_t domain, const uint8_t mac[6],
	uint64_t now_ms);
/* Forgets the entries for which keep() says no; NULL forgets all. */
void mac_table_purge(struct mac_table *t,
	bool (*keep)(void *arg, uint16_t domain, uint32_t ifindex), void *arg);

struct mac_view {
	uint16_t domain;
	uint8_t mac[6];
	uint32_t ifindex;
	uint64_t age_ms;
};
/* The next live entry at or after slot *i, which is moved past it. False at the end. */
bool mac_table_next(const struct mac_table *t, size_t *i, uint64_t now_ms, struct mac_view *out);

#endif
