/*
 * ip_settings.c - see ip_settings.h. Hosts are kept sorted by name, which is how they are shown.
 */
#include "router/ip_settings.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "router/internal.h"

const char *
ip_domain(const struct router *r)
{
	return r->ip.domain;
}

int
ip_domain_set(struct router *r, const char *name)
{
	if (strlen(name) > IP_DOMAIN_MAX)
		return -EINVAL;
	strcpy(r->ip.domain, name);
	return 0;
}

uint32_t
ip_name_server_at(const struct router *r, size_t i)
{
	return i < r->ip.name_servers ? r->ip.name_server[i] : 0;
}

int
ip_name_server_add(struct router *r, uint32_t address)
{
	for (size_t i = 0; i < r->ip.name_servers; i++)
		if (r->ip.name_server[i] == address)
			return 0;
	if (r->ip.name_servers == IP_NAME_SERVERS)
		return -ENOSPC;
	r->ip.name_server[r->ip.name_servers++] = address;
	return 0;
}

bool
ip_name_server_remove(struct router *r, uint32_t address)
{
	size_t kept = 0, before = r->ip.name_servers;

	for (size_t i = 0; i < before; i++)
		if (address != 0 && r->ip.name_server[i] != address)
			r->ip.name_server[kept++] = r->ip.name_server[i];
	r->ip.name_servers = kept;
	return kept < before;
}

const struct ip_host *
ip_host_at(const struct router *r, size_t i)
{
	return i < r->ip.hosts ? &r->ip.host[i] : NULL;
}

/* Where the name is, or belongs. */
static size_t
host_place(const struct router *r, const char *name, bool *found)
{
	size_t lo = 0, hi = r->ip.hosts;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		int order = strcasecmp(r->ip.host[mid].name, name);

		if (order == 0) {
			*found = true;
			return mid;
		}
		if (order < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	*found = false;
	return lo;
}

const struct ip_host *
ip_host_find(const struct router *r, const char *name)
{
	char full[IP_HOST_NAME_MAX + IP_DOMAIN_MAX + 2];
	bool found;
	size_t at = host_place(r, name, &found);

	if (!found && r->ip.domain[0] != '\0' && strlen(name) <= IP_HOST_NAME_MAX) {
		strcpy(full, name);
		strcat(full, ".");
		strcat(full, r->ip.domain);
		at = host_place(r, full, &found);
	}
	return found ? &r->ip.host[at] : NULL;
}

/* Makes a host of this name at its place. NULL without memory. */
static struct ip_host *
host_insert(struct router *r, size_t at, const char *name)
{
	struct ip_host *grown = reallocarray(r->ip.host, r->ip.hosts + 1, sizeof(*grown));

	if (grown == NULL)
		return NULL;
	r->ip.host = grown;
	memmove(&grown[at + 1], &grown[at], (r->ip.hosts - at) * sizeof(*grown));
	r->ip.hosts++;
	strcpy(grown[at].name, name);
	return &grown[at];
}

int
ip_host_set(struct router *r, const char *name, const uint32_t *address, size_t n)
{
	bool found;
	size_t at = host_place(r, name, &found);
	struct ip_host *h;

	if (strlen(name) > IP_HOST_NAME_MAX || n == 0 || n > IP_HOST_ADDRESSES)
		return -EINVAL;
	if (!found && r->ip.hosts == IP_HOSTS_MAX)
		return -ENOSPC;
	h = found ? &r->ip.host[at] : host_insert(r, at, name);
	if (h == NULL)
		return -ENOMEM;
	memcpy(h->address, address, n * sizeof(*address));
	h->addresses = n;
	return 0;
}

bool
ip_host_remove(struct router *r, const char *name)
{
	bool found;
	size_t at = host_place(r, name, &found);

	if (!found)
		return false;
	r->ip.hosts--;
	memmove(&r->ip.host[at], &r->ip.host[at + 1], (r->ip.hosts - at) * sizeof(r->ip.host[0]));
	return true;
}

uint32_t
ip_default_gateway(const struct router *r)
{
	return r->ip.default_gateway;
}

void
ip_default_gateway_set(struct router *r, uint32_t address)
{
	r->ip.default_gateway = address;
}

void
ip_settings_fini(struct router *r)
{
	free(r->ip.host);
	free(r->ip.route);
}
