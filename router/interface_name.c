/*
 * interface_name.c - interface names as people type them, and their two printed forms.
 *
 * A name is a type and a number: any unique abbreviation of the type, any case, with or without a
 * blank before the number ("fa0", "Fast 0", "vlan 1", "gi0/1.10").
 */
#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "router/interface.h"

/* In the order running-config prints the types. */
const struct interface_type interface_types[] = {
	{ "Loopback", "Lo", "Loopback interface" },
	{ "Port-channel", "Po", "Ethernet Channel of interfaces" },
	{ "Tunnel", "Tu", "Tunnel interface" },
	{ "Ethernet", "Et", "IEEE 802.3" },
	{ "FastEthernet", "Fa", "FastEthernet IEEE 802.3" },
	{ "GigabitEthernet", "Gi", "GigabitEthernet IEEE 802.3z" },
	{ "TenGigabitEthernet", "Te", "Ten Gigabit Ethernet" },
	{ "Serial", "Se", "Serial" },
	{ "Dialer", "Di", "Dialer interface" },
	{ "BVI", "BV", "Bridge-Group Virtual Interface" },
	{ "Vlan", "Vl", "Catalyst Vlans" },
	{ NULL, NULL, NULL },
};

enum { VLAN_MAX = 4094, UNIT_DIGITS_MAX = 5 };

/* The length of a legal number at s: "1", "0/1", "0/0/1.10"; 0 when there is none. */
static size_t
unit_length(const char *s, size_t len)
{
	size_t i = 0, parts = 0;

	for (;;) {
		size_t digits = 0;

		while (i + digits < len && isdigit((unsigned char)s[i + digits]))
			digits++;
		if (digits == 0 || digits > UNIT_DIGITS_MAX)
			return 0;
		i += digits;
		parts++;
		if (i == len)
			return i;
		if ((s[i] != '/' || parts > 3) && s[i] != '.')
			return 0;
		i++;
	}
}

static bool
unit_legal(const struct interface_type *type, const char *unit, size_t len)
{
	unsigned long n = 0;

	if (strcmp(type->name, "Vlan") != 0)
		return true;
	for (size_t i = 0; i < len; i++) {
		if (!isdigit((unsigned char)unit[i]))
			return false;
		n = n * 10 + (unsigned long)(unit[i] - '0');
	}
	return n >= 1 && n <= VLAN_MAX;
}

/* The type that the first len bytes abbreviate; NULL for none or several. *common: how far they
 * fit. */
static const struct interface_type *
type_of(const char *s, size_t len, size_t *common)
{
	const struct interface_type *found = NULL;
	int matches = 0;

	*common = 0;
	for (const struct interface_type *t = interface_types; t->name != NULL; t++) {
		size_t same = 0;

		while (same < len && t->name[same] != '\0' &&
			tolower((unsigned char)s[same]) == tolower((unsigned char)t->name[same]))
			same++;
		if (same > *common)
			*common = same;
		if (same != len)
			continue;
		matches++;
		found = t;
	}
	return matches == 1 ? found : NULL;
}

size_t
interface_name_parse(const struct word *w, size_t n, char name[IFNAME_MAX + 1], size_t *bad)
{
	const struct interface_type *type;
	size_t letters = 0, common, taken = 1, len;
	const char *unit;

	*bad = 0;
	if (n == 0)
		return 0;
	while (letters < w[0].len && !isdigit((unsigned char)w[0].text[letters]))
		letters++;
	if (letters == 0)
		return 0;
	type = type_of(w[0].text, letters, &common);
	*bad = common;
	if (type == NULL)
		return 0;
	unit = w[0].text + letters;
	len = w[0].len - letters;
	if (len == 0) {
		if (n < 2)
			return 0;
		unit = w[1].text;
		len = w[1].len;
		taken = 2;
	}
	if (unit_length(unit, len) == 0 || !unit_legal(type, unit, len) ||
		strlen(type->name) + len > IFNAME_MAX)
		return 0;
	snprintf(name, IFNAME_MAX + 1, "%s%.*s", type->name, (int)len, unit);
	return taken;
}

char *
interface_short_name(const char *name, char *buf)
{
	for (const struct interface_type *t = interface_types; t->name != NULL; t++) {
		size_t len = strlen(t->name);

		if (strncmp(name, t->name, len) != 0 || !isdigit((unsigned char)name[len]))
			continue;
		snprintf(buf, IFNAME_MAX + 1, "%s%s", t->short_name, name + len);
		return buf;
	}
	snprintf(buf, IFNAME_MAX + 1, "%s", name);
	return buf;
}
