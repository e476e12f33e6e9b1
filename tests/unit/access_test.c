/*
 * access_test.c - who may come in, in the model: slow hashes, host keys and their file, users' public
 * keys, failed logins and quiet mode on a clock we turn, work done by helper threads.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "tests/unit/rig.h"

/* ---- secrets ---- */

/* The examples every password tool carries: "hashcat" as types 8 and 9. */
static const char type8[] = "$8$TnGX/fE4KGHOVU$pEhnEvxrvaynpi8j4f.EMHr6M.FzU8xnZnBr/tJdFWk";
static const char type9[] = "$9$2MJBozw/9R3UsU$2lFhcKvpghcyw8deP25GOfyZaagyUOGBymkryvOdfo6";

static void
check_known(int type, const char *text)
{
	struct aaa_secret s = { 0 };

	assert_int_equal(aaa_secret_make(&s, false, type, text, false), 0);
	assert_string_equal(s.text, text);
	assert_true(aaa_secret_is_slow(&s));
	assert_true(aaa_secret_verify(&s, "hashcat"));
	assert_false(aaa_secret_verify(&s, "Hashcat"));
	assert_false(aaa_secret_verify(&s, ""));
}

static void
test_known_hashes(void **state)
{
	struct aaa_secret s = { 0 };

	(void)state;
	check_known(8, type8);
	check_known(9, type9);
	assert_int_equal(aaa_secret_make(&s, false, 9, type8, false), -EINVAL);
	assert_int_equal(aaa_secret_make(&s, false, 8, "$8$short$", false), -EINVAL);
	assert_int_equal(aaa_secret_make(&s, true, 8, type8, false), -EINVAL);
	assert_false(s.set);
}

static void
test_made_hashes(void **state)
{
	struct aaa_secret s, again;

	(void)state;
	for (int type = 5; type <= 9; type++) {
		if (type == 6 || type == 7) {
			assert_int_equal(aaa_secret_hash(&s, type, "x"), -EINVAL);
			continue;
		}
		assert_int_equal(aaa_secret_hash(&s, type, "t0p secret"), 0);
		assert_int_equal(s.type, type);
		assert_true(aaa_secret_verify(&s, "t0p secret"));
		assert_false(aaa_secret_verify(&s, "t0p secre"));
		/* What is printed is read back; another salt each time. */
		assert_int_equal(aaa_secret_make(&again, false, type, s.text, false), 0);
		assert_int_equal(aaa_secret_hash(&again, type, "t0p secret"), 0);
		assert_string_not_equal(s.text, again.text);
	}
}

/* ---- host keys ---- */

struct place {
	char dir[32], config[48], keys[64];
};

static void
place_make(struct place *p)
{
	strcpy(p->dir, "/tmp/acegate-keys-XXXXXX");
	assert_non_null(mkdtemp(p->dir));
	snprintf(p->config, sizeof(p->config), "%s/config", p->dir);
	snprintf(p->keys, sizeof(p->keys), "%s.keys", p->config);
}

static void
place_remove(struct place *p)
{
	unlink(p->config);
	unlink(p->keys);
	assert_int_equal(rmdir(p->dir), 0);
}

static void
count(void *arg)
{
	++*(int *)arg;
}

static void
keep_rc(void *arg, int rc)
{
	*(int *)arg = rc;
}

static void
test_keys_outlive_the_router(void **state)
{
	struct place p;
	struct rig *g;
	struct stat st;
	char *text, *again;
	int told = 0, rc = 1;

	(void)state;
	place_make(&p);
	g = rig_create(p.config, false);
	ssh_listen(g->router, count, &told);
	text = ssh_server_text(g->router);
	assert_string_equal(text, "");
	free(text);
	assert_false(ssh_enabled(g->router));
	assert_int_equal(ssh_pair_generate(g->router, "r1.example.com", 1024, keep_rc, &rc), 0);
	assert_int_equal(rc, 0);
	assert_int_equal(told, 1);
	assert_true(ssh_enabled(g->router));
	text = ssh_server_text(g->router);
	assert_memory_equal(text, "timeout 120\nretries 3\n-----BEGIN PRIVATE KEY-----\n", 50);
	assert_non_null(strstr(
		strstr(text, "-----END PRIVATE KEY-----\n"), "-----BEGIN PRIVATE KEY-----\n"));
	rig_destroy(g);

	assert_int_equal(stat(p.keys, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
	g = rig_create(p.config, false);
	assert_int_equal(ssh_keys_load(g->router), 0);
	again = ssh_server_text(g->router);
	assert_string_equal(again, text);
	assert_int_equal(ssh_pair_at(g->router, 0)->bits, 1024);
	assert_true(ssh_pair_at(g->router, 0)->made == 1700000000);
	assert_null(ssh_pair_at(g->router, 1));
	free(again);
	free(text);

	/* Gone with the pair; gone with the startup-config. */
	assert_int_equal(ssh_pair_zeroize(g->router, NULL), 0);
	assert_int_equal(access(p.keys, F_OK), -1);
	assert_int_equal(ssh_pair_generate(g->router, "again", 1024, keep_rc, &rc), 0);
	assert_int_equal(access(p.keys, F_OK), 0);
	config_store_erase(g->router);
	assert_int_equal(access(p.keys, F_OK), -1);
	rig_destroy(g);
	place_remove(&p);
}

static void
test_a_broken_file_of_keys(void **state)
{
	static const char broken[] = "pair r1 1700000000 2048\n-----BEGIN PRIVATE KEY-----\nAAAA\n";
	struct place p;
	struct rig *g;
	FILE *f;

	(void)state;
	place_make(&p);
	f = fopen(p.keys, "w");
	fputs(broken, f);
	fclose(f);
	g = rig_create(p.config, false);
	assert_int_equal(ssh_keys_load(g->router), -EINVAL);
	assert_false(ssh_enabled(g->router));
	rig_destroy(g);
	place_remove(&p);
}

static void
test_which_pair_is_used(void **state)
{
	struct rig *g = *state;
	char *first, *second;
	int rc;

	assert_int_equal(ssh_pair_generate(g->router, "one", 1024, keep_rc, &rc), 0);
	first = ssh_server_text(g->router);
	assert_int_equal(ssh_pair_generate(g->router, "two", 1024, keep_rc, &rc), 0);
	second = ssh_server_text(g->router);
	assert_string_equal(first, second);
	free(second);
	ssh_use_pair(g->router, "two");
	second = ssh_server_text(g->router);
	assert_string_not_equal(first, second);
	free(first);
	/* A pair made again takes the place of the old one. */
	assert_int_equal(ssh_pair_generate(g->router, "two", 1024, keep_rc, &rc), 0);
	first = ssh_server_text(g->router);
	assert_string_not_equal(first, second);
	assert_null(ssh_pair_at(g->router, 2));
	ssh_use_pair(g->router, "three");
	assert_false(ssh_enabled(g->router));
	free(first);
	free(second);
}

/* ---- helper threads ---- */

/* Waits for the descriptor, as the event loop does. */
static void
collect(struct router *r, int fd)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };

	assert_int_equal(poll(&p, 1, 60000), 1);
	work_collect(r);
}

static void
test_a_pair_made_in_a_thread(void **state)
{
	struct rig *g = *state;
	int fd = work_open(g->router), rc = 1;

	assert_true(fd >= 0);
	assert_int_equal(ssh_pair_generate(g->router, "one", 1024, keep_rc, &rc), 0);
	assert_int_equal(ssh_pair_generate(g->router, "two", 1024, keep_rc, &rc), -EBUSY);
	assert_false(ssh_enabled(g->router));
	collect(g->router, fd);
	assert_int_equal(rc, 0);
	assert_true(ssh_enabled(g->router));
	/* Nobody waits any more: it is kept all the same. */
	rc = 7;
	assert_int_equal(ssh_pair_generate(g->router, "two", 1024, keep_rc, &rc), 0);
	ssh_pair_forget_waiter(g->router, &rc);
	collect(g->router, fd);
	assert_int_equal(rc, 7);
	assert_non_null(ssh_pair_find(g->router, "two"));
}

/* The router does not wait for a key of 4096 bits, which takes seconds, to be found. */
static void
test_the_end_comes_before_the_key(void **state)
{
	struct rig *g = rig_create(NULL, false);
	int rc = 1;

	(void)state;
	assert_true(work_open(g->router) >= 0);
	assert_int_equal(ssh_pair_generate(g->router, "one", SSH_BITS_MOST, keep_rc, &rc), 0);
	rig_destroy(g);
	assert_true(rc == 0 || rc == -ENOMEM); /* it was told, whichever came first */
}

/* ---- public keys ---- */

#define KEY "AAAAC3NzaC1lZDI1NTE5AAAAIDV4aIyr6zoD5nN3TAK7q7zeo1XZPboAetgyohUT/5Zl"
#define HASH "FEC3D3A8DDA6F57FF310C53159417F6A" /* as ssh-keygen -l -E md5 has it */

static void
test_pubkey_chain(void **state)
{
	struct rig *g = *state;
	const struct ssh_user *u;

	assert_int_equal(ssh_user_add_key(g->router, "anna", "ssh-ed25519 " KEY " anna@desk\n"), 0);
	u = ssh_user_at(g->router, 0);
	assert_string_equal(u->name, "anna");
	assert_string_equal(u->key[0].type, "ssh-ed25519");
	assert_string_equal(u->key[0].hash, HASH);
	assert_string_equal(u->key[0].comment, "anna@desk");
	assert_true(ssh_user_has_key(g->router, "anna", "ssh-ed25519 " KEY));
	assert_false(ssh_user_has_key(g->router, "ben", "ssh-ed25519 " KEY));
	assert_false(ssh_user_has_key(g->router, "anna", "ssh-ed25519 AAAA"));
	/* Once is enough; broken over lines it is the same key. */
	assert_int_equal(ssh_user_add_key(g->router, "anna",
				 "AAAAC3NzaC1lZDI1NTE5AAAAIDV4aIyr6zo\nD5nN3TAK7q7zeo1XZPboAetg\n"
				 "yohUT/5Zl\n"),
		-EEXIST);
	assert_int_equal(
		ssh_user_add_key(g->router, "anna",
			"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDV4\n  aIyr6zoD5nN3TAK7q7zeo1XZ"
			"PboAetgyohUT/\n  5Zl anna@desk in the\n office\n"),
		-EEXIST);
	assert_int_equal(ssh_user_add_key(g->router, "anna", "no key"), -EINVAL);
	assert_int_equal(ssh_user_add_key(g->router, "anna", KEY "AAAA"), -EINVAL);
	assert_int_equal(ssh_user_add_key(g->router, "anna", "AAAAC3Nz"), -EINVAL);
	assert_int_equal(ssh_user_add_hash(g->router, "ben", "ssh-rsa", HASH "00", ""), -EINVAL);
	assert_int_equal(ssh_user_add_hash(g->router, "ben", "ssh-ed25519", HASH, ""), 0);
	assert_true(ssh_user_has_key(g->router, "ben", KEY));
	assert_true(ssh_user_remove_hash(g->router, "ben", "ssh-ed25519", HASH));
	assert_false(ssh_user_has_key(g->router, "ben", KEY));
	assert_true(ssh_user_delete(g->router, "anna"));
	assert_false(ssh_user_has_key(g->router, "anna", KEY));
}

/* ---- failed logins ---- */

static struct line *
take(struct rig *g, const char *peer)
{
	struct line *l = line_take_vty(g->router, LINE_SSH);

	assert_non_null(l);
	strcpy(l->peer, peer);
	return l;
}

static void
test_quiet_mode(void **state)
{
	struct rig *g = *state;
	struct line *l = take(g, "192.0.2.7");
	struct login_policy *p = login_policy(g->router);

	rig_load(g, "access-list 10 permit 192.0.2.1\n");
	p->block_for_s = 60;
	p->attempts = 3;
	p->within_s = 30;
	login_policy_watch(g->router);
	login_failed(g->router, l, "anna", LOGIN_BAD_PASSWORD);
	login_failed(g->router, l, "anna", LOGIN_BAD_PASSWORD);
	rig_turn(g, 30000); /* a new window */
	login_failed(g->router, l, "anna", LOGIN_BAD_PASSWORD);
	login_failed(g->router, l, "ben", LOGIN_BAD_USER);
	assert_true(line_admits(g->router, l, "192.0.2.7", 0));
	rig_turn(g, 29999);
	login_failed(g->router, l, "ben", LOGIN_BAD_USER);
	assert_false(line_admits(g->router, l, "192.0.2.7", 0));
	assert_false(line_admits(g->router, l, "192.0.2.1", 0));
	strcpy(p->quiet_class, "10");
	assert_true(line_admits(g->router, l, "192.0.2.1", 0));
	assert_false(line_admits(g->router, l, "192.0.2.7", 0));
	assert_true(login_admits(g->router, line_get(g->router, LINE_CON, 0), "", 0));
	assert_int_equal(login_tick(g->router), 60000);
	rig_turn(g, 59999);
	assert_false(line_admits(g->router, l, "192.0.2.7", 0));
	rig_turn(g, 1);
	assert_int_equal(login_tick(g->router), -1);
	assert_true(line_admits(g->router, l, "192.0.2.7", 0));
	assert_int_equal(login_state(g->router).total, 5);
}

static void
test_login_messages(void **state)
{
	struct rig *g = *state;
	struct line *l = take(g, "192.0.2.7");
	struct login_policy *p = login_policy(g->router);

	login_failed(g->router, l, "anna", LOGIN_BAD_PASSWORD);
	login_succeeded(g->router, l, "anna");
	assert_null(logging_buffer_line(g->router, 0));
	p->log_failure_every = 2;
	p->log_success_every = 1;
	login_failed(g->router, l, "ev\x1b[31me\n", LOGIN_BAD_USER);
	login_failed(g->router, l, "anna", LOGIN_BAD_PASSWORD);
	login_succeeded(g->router, l, "anna");
	assert_string_equal(logging_buffer_line(g->router, 0),
		"*Nov 14 22:13:20.123: %SEC_LOGIN-4-LOGIN_FAILED: Login failed [user: ev[31me] "
		"[Source: 192.0.2.7] [localport: 22] [Reason: Login Authentication Failed - "
		"BadUser] at 22:13:20 UTC Tue Nov 14 2023");
	assert_string_equal(logging_buffer_line(g->router, 1),
		"*Nov 14 22:13:20.123: %SEC_LOGIN-5-LOGIN_SUCCESS: Login Success [user: anna] "
		"[Source: 192.0.2.7] [localport: 22] at 22:13:20 UTC Tue Nov 14 2023");
	assert_null(logging_buffer_line(g->router, 2));
}

static void
test_failures_are_remembered(void **state)
{
	struct rig *g = *state;
	struct line *l = take(g, "192.0.2.7");
	char name[16];
	size_t n = 0;

	for (int i = 0; i < 60; i++) {
		snprintf(name, sizeof(name), "user%d", i);
		login_failed(g->router, l, name, LOGIN_BAD_USER);
	}
	login_failed(g->router, l, "user20", LOGIN_BAD_USER);
	while (login_failure_at(g->router, n) != NULL)
		n++;
	assert_int_equal(n, LOGIN_FAILURES_KEPT);
	assert_string_equal(login_failure_at(g->router, 0)->user, "user20");
	assert_int_equal(login_failure_at(g->router, 0)->count, 2);
	assert_string_equal(login_failure_at(g->router, 1)->user, "user59");
	assert_string_equal(login_failure_at(g->router, n - 1)->user, "user10");
}

/* ---- lines ---- */

static void
test_lines_by_transport(void **state)
{
	struct rig *g = *state;

	rig_load(g, "line vty 0 1\n transport input telnet\nline vty 2\n no exec\n"
		    "line vty 3\n transport input ssh\nline vty 4\n transport input none\n");
	assert_int_equal(line_take_vty(g->router, LINE_SSH)->number, 3);
	assert_null(line_take_vty(g->router, LINE_SSH));
	assert_int_equal(line_take_vty(g->router, LINE_TELNET)->number, 0);
	assert_int_equal(line_take_vty(g->router, LINE_TELNET)->number, 1);
	assert_null(line_take_vty(g->router, LINE_TELNET));
	line_release(line_get(g->router, LINE_VTY, 0));
	assert_int_equal(line_take_vty(g->router, LINE_TELNET)->number, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_known_hashes),
		cmocka_unit_test(test_made_hashes),
		cmocka_unit_test(test_keys_outlive_the_router),
		cmocka_unit_test(test_a_broken_file_of_keys),
		WITH_RIG(test_which_pair_is_used),
		WITH_RIG(test_a_pair_made_in_a_thread),
		cmocka_unit_test(test_the_end_comes_before_the_key),
		WITH_RIG(test_pubkey_chain),
		WITH_RIG(test_quiet_mode),
		WITH_RIG(test_login_messages),
		WITH_RIG(test_failures_are_remembered),
		WITH_RIG(test_lines_by_transport),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
