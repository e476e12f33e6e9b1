/*
 * verify.c - is what was typed the secret?  Asked without holding the router up.
 *
 * Types 8 and 9 are slow by design: each check takes milliseconds, and whoever may knock may ask for
 * one.  They are a helper thread's work, and the session waits (work.c) while everybody else goes on.
 * A wrong answer is told late, which is what bounds how fast one can guess.
 *
 * A session that goes while its check runs leaves it behind: the check then frees itself.
 */
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "cli/session/internal.h"

enum { LOOK_MS = 5 };

struct check {
	struct job job; /* first: what router/work.h hands back */
	struct session *session;
	struct aaa_secret secret;
	char typed[AAA_SECRET_MAX + 2]; /* one more than any secret: too long stays too long */
	bool right;
	bool nobodys;	  /* the secret is somebody else's: it is checked for the time that takes */
	bool finished;	  /* the job is */
	atomic_bool left; /* the session does not wait any more */
	bool delayed;
	bool over; /* the answer may be told */
	unsigned late_ms;
	void (*answered)(struct session *s, bool right, void *arg);
	void *arg;
};

static void
check_free(struct check *c)
{
	explicit_bzero(c, sizeof(*c));
	free(c);
}

static void
check_run(struct job *j)
{
	struct check *c = (struct check *)j;

	if (!c->left) /* nobody would hear it */
		c->right = aaa_secret_verify(&c->secret, c->typed) && !c->nobodys;
}

static void
check_finished(struct job *j)
{
	struct check *c = (struct check *)j;

	c->finished = true;
	if (c->left)
		check_free(c);
}

static int64_t
check_step(struct session *s, void *arg)
{
	struct check *c = arg;

	(void)s;
	if (!c->finished)
		return LOOK_MS;
	if (!c->right && !c->delayed && c->late_ms > 0) {
		c->delayed = true;
		return c->late_ms;
	}
	c->over = true;
	return WORK_DONE;
}

static void
check_stopped(struct session *s, void *arg)
{
	(void)s;
	(void)arg;
}

/* Work is over, so what the answer leads to may begin another. */
static void
check_done(void *arg)
{
	struct check *c = arg;
	void (*answered)(struct session * s, bool right, void *arg) = c->answered;
	void *answered_arg = c->arg;
	struct session *s = c->session;
	bool over = c->over, right = over && c->right; /* until then `right` is the helper's */

	c->left = true;
	if (c->finished)
		check_free(c);
	if (over)
		answered(s, right, answered_arg);
}

static void
verify(struct session *s, const struct aaa_secret *secret, const char *typed, bool nobodys,
	bool late, void (*answered)(struct session *s, bool right, void *arg), void *arg)
{
	struct session_work work = { check_step, check_stopped, check_done, NULL };
	bool slow = aaa_secret_is_slow(secret);
	bool right = !slow && aaa_secret_verify(secret, typed) && !nobodys;
	struct check *c;

	if (!slow && (!late || right)) {
		answered(s, right, arg);
		return;
	}
	c = calloc(1, sizeof(*c));
	if (c == NULL) {
		answered(s, false, arg);
		return;
	}
	c->job = (struct job){ .run = check_run, .done = check_finished };
	c->session = s;
	c->secret = *secret;
	strncpy(c->typed, typed, sizeof(c->typed) - 1);
	c->nobodys = nobodys;
	c->late_ms = late ? login_delay_ms(s->router) : 0;
	c->answered = answered;
	c->arg = arg;
	work.arg = c;
	if (slow)
		work_submit(s->router, WORK_SECRETS, &c->job);
	else
		c->finished = true; /* it is wrong: only the delay is left */
	session_work(s, &work);
}

void
session_verify(struct session *s, const struct aaa_secret *secret, const char *typed, bool late,
	void (*answered)(struct session *s, bool right, void *arg), void *arg)
{
	verify(s, secret, typed, false, late, answered, arg);
}

void
session_verify_nobody(struct session *s, const struct aaa_secret *secret, const char *typed,
	void (*answered)(struct session *s, bool right, void *arg), void *arg)
{
	verify(s, secret, typed, true, true, answered, arg);
}
