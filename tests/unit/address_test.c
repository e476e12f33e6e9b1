/*
 * address_test.c - IPv6 addresses, prefixes, stations and numbers of any base: what is taken, where
 * what is not stops being legal, and how they are written.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <arpa/inet.h>
#include <stdlib.h>

#include <cmocka.h>

#include "words/words.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

enum { RANDOM_ADDRESSES = 20000 };

static struct word
as_word(const char *text)
{
	return (struct word){ .text = text, .len = strlen(text) };
}

static void
ipv6_is_read(void **state)
{
	static const struct {
		const char *text;
		uint64_t high, low;
	} row[] = {
		{ "::", 0, 0 },
		{ "::1", 0, 1 },
		{ "1::", 0x0001000000000000, 0 },
		{ "2001:db8::1", 0x20010db800000000, 1 },
		{ "2001:DB8:0:0:8:800:200C:417A", 0x20010db800000000, 0x00080800200c417a },
		{ "1:2:3:4:5:6:7::", 0x0001000200030004, 0x0005000600070000 },
		{ "::2:3:4:5:6:7:8", 0x0000000200030004, 0x0005000600070008 },
		{ "1::3:4:5:6:7:8", 0x0001000000030004, 0x0005000600070008 },
		{ "fe80::0202:b3ff:fe1e:8329", 0xfe80000000000000, 0x0202b3fffe1e8329 },
		{ "::ffff:192.0.2.128", 0, 0x0000ffffc0000280 },
		{ "::13.1.68.3", 0, 0x000000000d014403 },
		{ "1:2:3:4:5:6:7.8.9.10", 0x0001000200030004, 0x000500060708090a },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(row); i++) {
		struct word w = as_word(row[i].text);
		uint64_t addr[2];
		size_t bad;

		if (!word_ipv6(&w, addr, &bad))
			fail_msg("%s is wrong from %zu", row[i].text, bad);
		assert_int_equal(addr[0], row[i].high);
		assert_int_equal(addr[1], row[i].low);
	}
}

static void
ipv6_is_wrong_where_it_stops_being_legal(void **state)
{
	static const struct {
		const char *text;
		size_t bad;
	} row[] = {
		{ "", 0 },
		{ ":", 1 },
		{ ":1", 1 },
		{ "1:", 2 },
		{ "12345::", 4 },
		{ "1:::2", 3 },
		{ "1::2::3", 5 },
		{ "1::2:", 5 },
		{ "1:2:3:4:5:6:7", 13 },
		{ "1:2:3:4:5:6:7:8:", 15 },
		{ "1:2:3:4:5:6:7:8:9", 15 },
		{ "1:2:3:4:5:6:7:8::", 15 },
		{ "::1:2:3:4:5:6:7:8", 15 },
		{ "1:2:3:4::5:6:7:8", 14 },
		{ "fe80::1%eth0", 7 },
		{ "2001:db8::g", 10 },
		{ "10.0.0.1", 2 },
		{ "1:2:3:4:5:6:7:1.2.3.4", 15 },
		{ "::1.2.3", 7 },
		{ "::1.2.3.256", 8 },
		{ "::1.2.3.4.5", 9 },
		{ "::1.2.3.4:5", 9 },
		{ "::/0", 2 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(row); i++) {
		struct word w = as_word(row[i].text);
		size_t bad = 999;
		uint64_t addr[2];

		assert_false(word_ipv6(&w, addr, &bad));
		if (bad != row[i].bad)
			fail_msg("%s: %zu, not %zu", row[i].text, bad, row[i].bad);
	}
}

/* The C library reads what we write as we do, and agrees on what is no address. */
static void
ipv6_agrees_with_the_c_library(void **state)
{
	static const char alphabet[] = "0019afF:::..";
	uint32_t seed = 7;

	(void)state;
	for (int i = 0; i < RANDOM_ADDRESSES; i++) {
		char text[48], written[IPV6_TEXT_MAX];
		size_t len = 2 + (size_t)(seed >> 8) % 24, bad = 0;
		uint8_t theirs[16], ours[16];
		uint64_t addr[2];
		struct word w;
		bool good;

		for (size_t k = 0; k < len; k++) {
			seed = seed * 1664525 + 1013904223;
			text[k] = alphabet[(seed >> 16) % (sizeof(alphabet) - 1)];
		}
		text[len] = '\0';
		w = as_word(text);
		good = word_ipv6(&w, addr, &bad);
		/* glibc refuses leading zeros in the dotted tail, which IOS does not. */
		if (strchr(text, '.') == NULL && good != (inet_pton(AF_INET6, text, theirs) == 1))
			fail_msg("%s: %d", text, good);
		if (!good) {
			assert_true(bad <= len);
			continue;
		}
		for (size_t k = 0; k < 16; k++)
			ours[k] = (uint8_t)(addr[k / 8] >> (56 - 8 * (k % 8)));
		assert_int_equal(inet_pton(AF_INET6, ipv6_text(addr, written), theirs), 1);
		assert_memory_equal(ours, theirs, 16);
	}
}

static void
prefixes_are_read(void **state)
{
	static const struct {
		const char *text;
		bool ok;
		size_t n; /* the length, or where it is wrong */
	} row[] = {
		{ "2001:DB8:13::/64", true, 64 },
		{ "::/0", true, 0 },
		{ "::1/128", true, 128 },
		{ "::1/064", true, 64 },
		{ "::1", false, 3 },
		{ "::1/", false, 4 },
		{ "::1/129", false, 4 },
		{ "::1/6x", false, 5 },
		{ "::1/64/1", false, 6 },
		{ "2001:db8/32", false, 8 },
		{ "10.0.0.0/8", false, 2 },
		{ "2001:db8::%/32", false, 10 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(row); i++) {
		struct word w = as_word(row[i].text);
		uint64_t addr[2];
		uint8_t len = 0;
		size_t bad = 999;

		if (word_ipv6_prefix(&w, addr, &len, &bad) != row[i].ok)
			fail_msg("%s", row[i].text);
		assert_int_equal(row[i].ok ? len : bad, row[i].n);
	}
}

static void
ipv6_is_written_in_upper_case_and_short(void **state)
{
	static const char *const row[][2] = {
		{ "::", "::" },
		{ "0:0:0:0:0:0:0:1", "::1" },
		{ "1:0:0:0:0:0:0:0", "1::" },
		{ "2001:0db8:0013::", "2001:DB8:13::" },
		{ "2001:db8:0:1:1:1:1:1", "2001:DB8:0:1:1:1:1:1" },
		{ "2001:0:0:1:0:0:0:1", "2001:0:0:1::1" },
		{ "2001:db8:0:0:1:0:0:1", "2001:DB8::1:0:0:1" },
		{ "1:2:3:4:5:6:0:0", "1:2:3:4:5:6::" },
		{ "::1.2.3.4", "::102:304" },
		{ "fe80::abcd:ef01:2345:6789", "FE80::ABCD:EF01:2345:6789" },
		{ "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
			"FFFF:FFFF:FFFF:FFFF:FFFF:FFFF:FFFF:FFFF" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(row); i++) {
		struct word w = as_word(row[i][0]);
		char text[IPV6_TEXT_MAX];
		uint64_t addr[2];
		size_t bad;

		assert_true(word_ipv6(&w, addr, &bad));
		assert_string_equal(ipv6_text(addr, text), row[i][1]);
	}
}

static void
stations_are_read_and_written(void **state)
{
	static const struct {
		const char *text;
		bool ok;
		uint64_t n; /* the address, or where it is wrong */
	} row[] = {
		{ "0001.00ff.0235", true, 0x000100ff0235 },
		{ "1.FF.235", true, 0x000100ff0235 },
		{ "ffff.ffff.ffff", true, 0xffffffffffff },
		{ "0001.00ff", false, 9 },
		{ "0001.00ff.", false, 10 },
		{ "0001.00ff.02355", false, 14 },
		{ "00011.0.0", false, 4 },
		{ "0001:00ff", false, 4 },
		{ "0001..1", false, 5 },
		{ "0.0.0.0", false, 5 },
		{ "xyz", false, 0 },
	};
	char text[MAC_TEXT_MAX];

	(void)state;
	for (size_t i = 0; i < COUNT(row); i++) {
		struct word w = as_word(row[i].text);
		uint64_t mac = 0;
		size_t bad = 999;

		if (word_mac(&w, &mac, &bad) != row[i].ok)
			fail_msg("%s", row[i].text);
		assert_int_equal(row[i].ok ? mac : bad, row[i].n);
	}
	assert_string_equal(mac_text(0x000100ff0235, text), "0001.00ff.0235");
	assert_string_equal(mac_text(0xffffffffffff, text), "ffff.ffff.ffff");
}

static void
numbers_of_any_base(void **state)
{
	static const struct {
		const char *text;
		bool ok;
		uint32_t value;
	} row[] = {
		{ "0", true, 0 },
		{ "2048", true, 2048 },
		{ "0x800", true, 0x800 },
		{ "0XD8fe", true, 0xd8fe },
		{ "010", true, 8 },
		{ "65535", true, 65535 },
		{ "65536", false, 0 },
		{ "0x10000", false, 0 },
		{ "0x", false, 0 },
		{ "08", false, 0 },
		{ "12a", false, 0 },
		{ "x800", false, 0 },
		{ "", false, 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(row); i++) {
		struct word w = as_word(row[i].text);
		uint32_t value = 0;

		if (word_number_any_base(&w, 0, 65535, &value) != row[i].ok)
			fail_msg("%s", row[i].text);
		if (row[i].ok)
			assert_int_equal(value, row[i].value);
	}
}

/* As choices: the value, the token of `?`, and the caret beside keywords. */
static void
addresses_are_choices(void **state)
{
	static const struct choice where[] = {
		{ .type = CHOICE_KEYWORD, .text = "any", .id = 1 },
		{ .type = CHOICE_IPV6_PREFIX, .text = "X:X:X:X::X/<0-128>", .id = 2 },
		{ .type = CHOICE_IPV6, .text = "X:X:X:X::X", .id = 3 },
		{ .type = CHOICE_MAC, .text = "H.H.H", .id = 4 },
		{ .type = CHOICE_NUMBER_ANY_BASE, .lo = 0, .hi = 65535, .id = 5 },
	};
	static const struct {
		const char *line;
		int id;
		size_t at;
	} row[] = {
		{ "a", 1, 0 },
		{ "ab::/16", 2, 0 },
		{ "ab::", 3, 0 },
		{ "1.2.3", 4, 0 },
		{ "0x88cc", 5, 0 },
		{ "  ab::/129", -1, 7 },
		{ " 1.2.3.4", -1, 6 },
	};
	char token[32];

	(void)state;
	for (size_t i = 0; i < COUNT(row); i++) {
		struct parse_error err = { 0 };
		struct word word[4];
		struct word_reader r = { .line = row[i].line, .word = word, .err = &err };
		struct choice_value v;

		r.n = words_split(row[i].line, word, COUNT(word));
		assert_int_equal(word_choose(&r, where, COUNT(where), &v), row[i].id);
		assert_int_equal(err.at, row[i].at);
		if (row[i].id == 2)
			assert_int_equal(v.prefix_len, 16);
		if (row[i].id == 2 || row[i].id == 3)
			assert_int_equal(v.ipv6[0], 0x00ab000000000000);
		if (row[i].id == 4)
			assert_int_equal(v.mac, 0x000100020003);
		if (row[i].id == 5)
			assert_int_equal(v.number, 0x88cc);
	}
	assert_string_equal(choice_token(&where[1], token, sizeof(token)), "X:X:X:X::X/<0-128>");
	assert_string_equal(choice_token(&where[4], token, sizeof(token)), "<0-65535>");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ipv6_is_read),
		cmocka_unit_test(ipv6_is_wrong_where_it_stops_being_legal),
		cmocka_unit_test(ipv6_agrees_with_the_c_library),
		cmocka_unit_test(prefixes_are_read),
		cmocka_unit_test(ipv6_is_written_in_upper_case_and_short),
		cmocka_unit_test(stations_are_read_and_written),
		cmocka_unit_test(numbers_of_any_base),
		cmocka_unit_test(addresses_are_choices),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
