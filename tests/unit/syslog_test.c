/*
 * syslog_test.c - what syslog hosts are sent: to whom, what levels, the form of a line, and that nothing waits.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <arpa/inet.h>
#include <cmocka.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/unit/rig.h"

enum { HOST_1 = 0xc0000201, HOST_2 = 0xc0000202 }; /* 192.0.2.1, 192.0.2.2 */

/* Takes down what was sent; refuses everything for one host, if told to. */
struct post {
	char text[4096];
	uint32_t unreachable;
};

static int
post_send(void *arg, uint32_t host, uint16_t port, uint32_t from, const char *text, size_t len)
{
	struct post *p = arg;
	size_t used = strlen(p->text);

	(void)from;
	if (host == p->unreachable)
		return -EAGAIN;
	snprintf(p->text + used, sizeof(p->text) - used, "%u.%u:%u %.*s\n", host >> 24, host & 255,
		(unsigned)port, (int)len, text);
	return 0;
}

static struct post post;
static const struct syslog_transport listening = { post_send, &post };

static int
setup(void **state)
{
	struct rig *g = rig_create(NULL, false);

	memset(&post, 0, sizeof(post));
	syslog_settings(g->router)->transport = &listening;
	*state = g;
	return 0;
}

/* Emits a message of this severity and gives what was sent since the last time. */
static const char *
sent(struct rig *g, int severity)
{
	post.text[0] = '\0';
	logging_emit(g->router, "TEST", severity, "NOTE", "said");
	return post.text;
}

static void
test_form(void **state)
{
	struct rig *g = *state;

	assert_string_equal(sent(g, 5), "");
	rig_load(g, "logging host 192.0.2.1\nlogging host 192.0.2.2 transport udp port 1514\n");
	assert_string_equal(sent(g, 5),
		"192.1:514 <189>2: *Nov 14 22:13:20.123: %TEST-5-NOTE: said\n"
		"192.2:1514 <189>2: *Nov 14 22:13:20.123: %TEST-5-NOTE: said\n");
	rig_load(g, "no logging host 192.0.2.1\nlogging facility local3\n");
	assert_string_equal(
		sent(g, 6), "192.2:1514 <158>3: *Nov 14 22:13:20.123: %TEST-6-NOTE: said\n");
	/* The other one is another port's. */
	rig_load(g, "no logging host 192.0.2.2\n");
	assert_string_not_equal(sent(g, 6), "");
	rig_load(g, "no logging host 192.0.2.2 transport udp port 1514\n");
	assert_string_equal(sent(g, 6), "");
}

static void
test_levels(void **state)
{
	struct rig *g = *state;

	rig_load(g, "logging 192.0.2.1\n");
	assert_string_equal(sent(g, 7), "");
	rig_load(g, "logging trap errors\n");
	assert_string_equal(sent(g, 4), "");
	assert_string_not_equal(sent(g, 3), "");
	rig_load(g, "no logging trap\n");
	assert_string_equal(sent(g, 0), "");
	rig_load(g, "logging trap debugging\n");
	assert_string_not_equal(sent(g, 7), "");
	rig_load(g, "no logging on\n");
	assert_string_equal(sent(g, 0), "");
	rig_load(g, "logging on\ndefault logging trap\n");
	assert_string_equal(sent(g, 7), "");
	assert_string_not_equal(sent(g, 6), "");
}

static void
test_origin_and_numbers(void **state)
{
	struct rig *g = *state;

	rig_load(g, "hostname branch\nlogging host 192.0.2.1\nlogging origin-id hostname\n");
	assert_non_null(strstr(sent(g, 5), " <189>1: branch: *Nov 14"));
	rig_load(g, "logging origin-id string rack 7\nservice sequence-numbers\n");
	assert_non_null(strstr(sent(g, 5), " <189>2: rack 7: 000002: *Nov 14"));
	rig_load(g, "interface Loopback7\n ip address 10.7.7.7 255.255.255.255\n"
		    "logging origin-id ip\n");
	assert_non_null(strstr(sent(g, 5), " <189>3: 10.7.7.7: 000003: "));
	rig_load(g, "no logging origin-id\nno service sequence-numbers\n");
	assert_non_null(strstr(sent(g, 5), " <189>4: *Nov 14"));
}

static void
test_what_cannot_be_sent_is_counted(void **state)
{
	struct rig *g = *state;
	const char *shown;

	post.unreachable = HOST_1;
	rig_load(g, "logging host 192.0.2.1\nlogging host 192.0.2.2\n");
	sent(g, 5);
	assert_int_equal(syslog_settings(g->router)->host[0].dropped, 1);
	assert_int_equal(syslog_settings(g->router)->host[0].logged, 0);
	assert_int_equal(syslog_settings(g->router)->host[1].logged, 1);
	shown = rig_type(g, "show logging");
	assert_non_null(
		strstr(shown, "    Trap logging: level informational, 1 message lines logged\n"
			      "        Logging to 192.0.2.1  (udp port 514, audit disabled,\n"
			      "              link up),\n"
			      "              0 message lines logged, \n"));
	assert_non_null(strstr(shown, "        Logging to 192.0.2.2  (udp port 514, audit disabled,"
				      "\n              link up),\n"
				      "              1 message lines logged, \n"));
}

static void
test_hosts_are_bounded(void **state)
{
	struct rig *g = *state;
	char line[64];

	rig_type(g, "configure terminal\nno logging console");
	for (int i = 1; i <= SYSLOG_HOSTS; i++) {
		snprintf(line, sizeof(line), "logging host 192.0.2.%d", i);
		rig_says(g, line, "");
	}
	rig_says(g, "logging host 192.0.2.1", "");
	rig_says(g, "logging host 192.0.2.99", "% No more than 16 logging hosts\n");
}

static void
test_configured_is_printed(void **state)
{
	static const char config[] = "logging trap warnings\n"
				     "logging origin-id string rack 7\n"
				     "logging facility local3\n"
				     "logging source-interface Loopback0\n"
				     "logging host 192.0.2.1\n"
				     "logging host 192.0.2.2 transport udp port 1514\n";
	struct rig *g = *state;
	struct text t = { 0 };

	rig_load(g, "interface Loopback0\n ip address 10.7.7.7 255.255.255.255\n");
	rig_load(g, config);
	show_running_config_body(&t, g->router);
	assert_non_null(strstr(t.s, config));
	text_fini(&t);
	/* With the interface its name goes, or the line could not be read back. */
	rig_load(g, "no interface Loopback0\nno logging trap\nno logging origin-id\n"
		    "no logging facility\nno logging host 192.0.2.1\n"
		    "no logging host 192.0.2.2 transport udp port 1514\n");
	show_running_config_body(&t, g->router);
	assert_null(strstr(t.s, "logging source"));
	assert_non_null(strstr(t.s, "no logging trap\n"));
	assert_null(strstr(t.s, "logging host"));
	text_fini(&t);
}

static void
test_start_and_stop_are_told(void **state)
{
	struct rig *g = *state;

	rig_load(g, "logging host 192.0.2.2\n");
	assert_null(logging_buffer_line(g->router, 0));
	rig_type(g, "configure terminal\nlogging host 192.0.2.1\nno logging host 192.0.2.1");
	assert_string_equal(logging_buffer_line(g->router, 0),
		"*Nov 14 22:13:20.123: %SYS-6-LOGGINGHOST_STARTSTOP: "
		"Logging to host 192.0.2.1 port 514 started - CLI initiated");
	assert_string_equal(logging_buffer_line(g->router, 1),
		"*Nov 14 22:13:20.123: %SYS-6-LOGGINGHOST_STARTSTOP: "
		"Logging to host 192.0.2.1 port 514 stopped - CLI initiated");
}

/* A real datagram, over the loopback. */
static void
test_udp(void **state)
{
	struct sockaddr_in at = { .sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	socklen_t len = sizeof(at);
	struct syslog_transport udp;
	char got[64] = "";

	(void)state;
	assert_true(fd >= 0);
	assert_int_equal(bind(fd, (struct sockaddr *)&at, sizeof(at)), 0);
	assert_int_equal(getsockname(fd, (struct sockaddr *)&at, &len), 0);
	assert_int_equal(syslog_udp_open(&udp), 0);
	assert_int_equal(udp.send(udp.arg, INADDR_LOOPBACK, ntohs(at.sin_port), INADDR_LOOPBACK + 1,
				 "one", 3),
		0);
	assert_int_equal(recvfrom(fd, got, sizeof(got), 0, (struct sockaddr *)&at, &len), 3);
	assert_string_equal(got, "one");
	assert_int_equal(
		ntohl(at.sin_addr.s_addr), INADDR_LOOPBACK + 1); /* where it was to come from */
	/* An address the host has not got is no reason not to send. */
	getsockname(fd, (struct sockaddr *)&at, &len);
	assert_int_equal(
		udp.send(udp.arg, INADDR_LOOPBACK, ntohs(at.sin_port), HOST_2, "two", 3), 0);
	assert_int_equal(recv(fd, got, sizeof(got), 0), 3);
	assert_string_equal(got, "two");
	syslog_udp_close(&udp);
	close(fd);
}

#define WITH_POST(test) cmocka_unit_test_setup_teardown(test, setup, rig_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_POST(test_form),
		WITH_POST(test_levels),
		WITH_POST(test_origin_and_numbers),
		WITH_POST(test_what_cannot_be_sent_is_counted),
		WITH_POST(test_hosts_are_bounded),
		WITH_POST(test_configured_is_printed),
		WITH_POST(test_start_and_stop_are_told),
		cmocka_unit_test(test_udp),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
