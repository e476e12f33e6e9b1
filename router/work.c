/*
 * work.c - jobs handed to helper threads, and brought back.
 *
 * Each lane is a queue with a thread behind it, begun with the lane's first job.  Finished jobs gather
 * in one list; an eventfd tells the control thread's loop.  The lock guards the queues and that list
 * alone and is never held while a job runs.
 *
 * At the end the helpers are joined.  What is queued by then is run by nobody, but every done() is
 * called, by work_fini(), so that jobs are freed by whom they belong to.
 */
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "router/internal.h"

struct lane {
	struct work *work;
	pthread_t thread;
	bool running;
	struct job *first, **last;
	pthread_cond_t more;
};

struct work {
	pthread_mutex_t lock;
	struct lane lane[WORK_LANES];
	struct job *finished, **finished_last;
	int fd;
	bool stop;
};

static atomic_bool stopping;

bool
work_stopping(void)
{
	return atomic_load(&stopping);
}

static void
queue_add(struct job ***last, struct job *j)
{
	j->next = NULL;
	**last = j;
	*last = &j->next;
}

/* The lane's next job, waiting for one; NULL at the end. The lock is held. */
static struct job *
next_job(struct lane *lane)
{
	struct job *j;

	while (lane->first == NULL && !lane->work->stop)
		pthread_cond_wait(&lane->more, &lane->work->lock);
	if (lane->work->stop)
		return NULL;
	j = lane->first;
	lane->first = j->next;
	if (lane->first == NULL)
		lane->last = &lane->first;
	return j;
}

static void *
helper(void *arg)
{
	struct lane *lane = arg;
	struct work *w = lane->work;
	const uint64_t one = 1;
	struct job *j;

	pthread_mutex_lock(&w->lock);
	while ((j = next_job(lane)) != NULL) {
		pthread_mutex_unlock(&w->lock);
		j->run(j);
		pthread_mutex_lock(&w->lock);
		queue_add(&w->finished_last, j);
		/* A counter at its limit is readable all the same. */
		(void)!write(w->fd, &one, sizeof(one));
	}
	pthread_mutex_unlock(&w->lock);
	return NULL;
}

/* Signals are the control thread's. */
static bool
start_helper(struct lane *lane)
{
	sigset_t all, before;
	int rc;

	if (lane->running)
		return true;
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	rc = pthread_create(&lane->thread, NULL, helper, lane);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	lane->running = rc == 0;
	return lane->running;
}

void
work_submit(struct router *r, enum work_lane which, struct job *j)
{
	struct work *w = r->work;

	if (w == NULL || !start_helper(&w->lane[which])) {
		j->run(j);
		j->done(j);
		return;
	}
	pthread_mutex_lock(&w->lock);
	queue_add(&w->lane[which].last, j);
	pthread_cond_signal(&w->lane[which].more);
	pthread_mutex_unlock(&w->lock);
}

int
work_open(struct router *r)
{
	struct work *w = calloc(1, sizeof(*w));

	if (w == NULL)
		return -ENOMEM;
	w->fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (w->fd < 0) {
		int err = -errno;

		free(w);
		return err;
	}
	pthread_mutex_init(&w->lock, NULL);
	w->finished_last = &w->finished;
	for (int i = 0; i < WORK_LANES; i++) {
		w->lane[i].work = w;
		w->lane[i].last = &w->lane[i].first;
		pthread_cond_init(&w->lane[i].more, NULL);
	}
	atomic_store(&stopping, false);
	r->work = w;
	return w->fd;
}

static void
finish_all(struct job *j)
{
	while (j != NULL) {
		struct job *next = j->next; /* done() may free it */

		j->done(j);
		j = next;
	}
}

void
work_collect(struct router *r)
{
	struct work *w = r->work;
	struct job *finished;
	uint64_t count;

	if (w == NULL)
		return;
	(void)!read(w->fd, &count, sizeof(count));
	pthread_mutex_lock(&w->lock);
	finished = w->finished;
	w->finished = NULL;
	w->finished_last = &w->finished;
	pthread_mutex_unlock(&w->lock);
	finish_all(finished);
}

void
work_fini(struct router *r)
{
	struct work *w = r->work;

	if (w == NULL)
		return;
	atomic_store(&stopping, true);
	pthread_mutex_lock(&w->lock);
	w->stop = true;
	for (int i = 0; i < WORK_LANES; i++)
		pthread_cond_signal(&w->lane[i].more);
	pthread_mutex_unlock(&w->lock);
	for (int i = 0; i < WORK_LANES; i++)
		if (w->lane[i].running)
			pthread_join(w->lane[i].thread, NULL);
	r->work = NULL;
	finish_all(w->finished);
	for (int i = 0; i < WORK_LANES; i++) {
		finish_all(w->lane[i].first);
		pthread_cond_destroy(&w->lane[i].more);
	}
	pthread_mutex_destroy(&w->lock);
	close(w->fd);
	free(w);
}
