/*
 * ssh_relay.c - a session's bytes between its channel and acegate.
 *
 * Nothing is lost and little is held, whoever is slow.  Towards the client: acegate is read only while
 * the channel's window is open and all that was sent before is out of libssh's hands, for what it is
 * given beyond that it keeps in memory without limit.  Towards acegate: what the client sends stays in
 * the channel until acegate takes it, and as long as it does libssh opens the client's window no further.
 */
#include <errno.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "cli/vty/ssh.h"

/* What the chunk holds goes to acegate. False when acegate takes no more just now. */
static bool
relay_feed(struct ssh_login *l)
{
	struct ssh_chunk *in = &l->in;

	while (in->used > 0) {
		ssize_t n = write(l->fd, in->data + in->start, in->used);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && errno == EAGAIN)
			return false;
		if (n < 0) /* it has ended, and soon says so to who reads */
			n = (ssize_t)in->used;
		in->start += (size_t)n;
		in->used -= (size_t)n;
	}
	in->start = 0;
	return true;
}

static void
relay_to_acegate(struct ssh_login *l)
{
	int n = 0;

	while (relay_feed(l)) {
		n = ssh_channel_read_nonblocking(l->channel, l->in.data, sizeof(l->in.data), 0);
		if (n <= 0)
			break;
		l->in.used = (size_t)n;
	}
	if (l->input_ended || l->in.used > 0 || !ssh_channel_is_eof(l->channel))
		return;
	l->input_ended = true;
	if (l->shell)
		program_end_input(&l->program);
	else
		shutdown(l->fd, SHUT_WR);
}

/* How much may be sent now. */
static size_t
relay_room(const struct ssh_login *l)
{
	if ((ssh_get_status(l->ssh) & SSH_WRITE_PENDING) != 0)
		return 0;
	return ssh_channel_window_size(l->channel);
}

/* False when acegate has ended and nothing of it is left. */
static bool
relay_to_client(struct ssh_login *l)
{
	struct ssh_chunk *out = &l->out;
	size_t room = relay_room(l);
	ssize_t n;

	if (room == 0)
		return true;
	if (out->used == 0) {
		n = read(l->fd, out->data, room < sizeof(out->data) ? room : sizeof(out->data));
		if (n < 0 && (errno == EAGAIN || errno == EINTR))
			return true;
		if (n <= 0) /* of a terminal, EIO */
			return false;
		out->start = 0;
		out->used = (size_t)n;
	}
	/* It takes nothing while new keys are agreed on. */
	n = ssh_channel_write(l->channel, out->data + out->start,
		(uint32_t)(out->used < room ? out->used : room));
	if (n < 0) {
		l->over = true;
		return true;
	}
	out->start += (size_t)n;
	out->used -= (size_t)n;
	return true;
}

bool
ssh_relay_turn(struct ssh_login *l)
{
	relay_to_acegate(l);
	return relay_to_client(l);
}

short
ssh_relay_events(struct ssh_login *l)
{
	return (short)((l->in.used > 0 ? POLLOUT : 0) |
		       (l->out.used == 0 && relay_room(l) > 0 ? POLLIN : 0));
}
