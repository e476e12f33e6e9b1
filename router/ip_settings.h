/*
 * ip_settings.h - global IP settings: the domain, name servers, hosts known by name, the default gateway.
 *
 * Addresses are in host byte order.  Control thread.
 */
#ifndef ROUTER_IP_SETTINGS_H
#define ROUTER_IP_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct router;

enum {
	IP_DOMAIN_MAX = 255,
	IP_HOST_NAME_MAX = 63,
	IP_NAME_SERVERS = 6,	/* as IOS */
	IP_HOST_ADDRESSES = 8,
	IP_HOSTS_MAX = 4096,
};

/* `ip domain name`; "" none. */
const char *ip_domain(const struct router *r);
/* 0, or -EINVAL when it is too long. "" removes. */
int ip_domain_set(struct router *r, const char *name);

/* `ip name-server`; 0 behind the last. */
uint32_t ip_name_server_at(const struct router *r, size_t i);
/* One that is there already is kept where it is. 0, or -ENOSPC. */
int ip_name_server_add(struct router *r, uint32_t address);
/* 0: all. False when it was not there. */
bool ip_name_server_remove(struct router *r, uint32_t address);

struct ip_host {
	char name[IP_HOST_NAME_MAX + 1];
	uint32_t address[IP_HOST_ADDRESSES];
	size_t addresses;
};
/* By name, sorted; NULL behind the last. */
const struct ip_host *ip_host_at(const struct router *r, size_t i);
/* Any case; also with the domain name behind it left out. NULL when there is none. */
const struct ip_host *ip_host_find(const struct router *r, const char *name);
/* Sets the addresses of a name. 0, -EINVAL (name), -ENOSPC, -ENOMEM. */
int ip_host_set(struct router *r, const char *name, const uint32_t *address, size_t n);
bool ip_host_remove(struct router *r, const char *name);

/* `ip default-gateway`; 0 none. */
uint32_t ip_default_gateway(const struct router *r);
void ip_default_gateway_set(struct router *r, uint32_t address);

#endif
