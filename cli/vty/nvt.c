/*
 * nvt.c - TELNET as IOS speaks it, on libtelnet.
 *
 * We echo and suppress go-ahead, and would like to know the window; that is all.  A client may refuse
 * each of these and gets the same session (python's telnetlib refuses everything and yet waits for
 * the echo).  libtelnet answers options we do not know with a refusal, each once (RFC 1143).  Enter is
 * left as the client spells it: what that means only the terminal can tell (newline.c).
 *
 * libtelnet begins to inflate when a client claims to compress, asked or not; a megabyte of it fits
 * in a kilobyte, so such a client is hung up on.
 */
#include "cli/vty/nvt.h"

#include <libtelnet.h>
#include <stdlib.h>

struct nvt {
	telnet_t *telnet;
	struct nvt_ops ops;
	bool broken;
};

static const telnet_telopt_t nvt_options[] = {
	{ TELNET_TELOPT_ECHO, TELNET_WILL, TELNET_DONT },
	{ TELNET_TELOPT_SGA, TELNET_WILL, TELNET_DO },
	{ TELNET_TELOPT_TTYPE, TELNET_WONT, TELNET_DO },
	{ TELNET_TELOPT_NAWS, TELNET_WONT, TELNET_DO },
	{ -1, 0, 0 },
};

/* The commands of RFC 854 that mean a key of ours; the others mean nothing here. */
static void
nvt_on_command(struct nvt *v, unsigned char command)
{
	static const char answer[] = "\r\n[Yes]\r\n";
	char key = '\0';

	switch (command) {
	case TELNET_BREAK:
	case TELNET_IP:
	case TELNET_ABORT:
		key = 0x03; /* Ctrl-C */
		break;
	case TELNET_EC:
		key = 0x7f;
		break;
	case TELNET_EL:
		key = 0x15; /* Ctrl-U */
		break;
	case TELNET_AYT:
		v->ops.send(v->ops.arg, answer, sizeof(answer) - 1);
		break;
	}
	if (key != '\0')
		v->ops.keys(v->ops.arg, &key, 1);
}

static void
nvt_on_window(struct nvt *v, const unsigned char *p, size_t len)
{
	if (len == 4)
		v->ops.window(v->ops.arg, (unsigned)p[2] << 8 | p[3], (unsigned)p[0] << 8 | p[1]);
}

static void
nvt_on_event(telnet_t *telnet, telnet_event_t *ev, void *arg)
{
	struct nvt *v = arg;

	(void)telnet;
	if (v->broken)
		return;
	switch (ev->type) {
	case TELNET_EV_DATA:
		v->ops.keys(v->ops.arg, ev->data.buffer, ev->data.size);
		break;
	case TELNET_EV_SEND:
		v->ops.send(v->ops.arg, ev->data.buffer, ev->data.size);
		break;
	case TELNET_EV_IAC:
		nvt_on_command(v, ev->iac.cmd);
		break;
	case TELNET_EV_SUBNEGOTIATION:
		if (ev->sub.telopt == TELNET_TELOPT_NAWS)
			nvt_on_window(v, (const unsigned char *)ev->sub.buffer, ev->sub.size);
		break;
	case TELNET_EV_COMPRESS:
	case TELNET_EV_ERROR:
		v->broken = true;
		break;
	default:
		break;
	}
}

struct nvt *
nvt_create(const struct nvt_ops *ops)
{
	struct nvt *v = calloc(1, sizeof(*v));

	if (v == NULL)
		return NULL;
	v->ops = *ops;
	v->telnet = telnet_init(nvt_options, nvt_on_event, 0, v);
	if (v->telnet == NULL) {
		free(v);
		return NULL;
	}
	return v;
}

void
nvt_destroy(struct nvt *v)
{
	if (v == NULL)
		return;
	telnet_free(v->telnet);
	free(v);
}

void
nvt_greet(struct nvt *v)
{
	telnet_negotiate(v->telnet, TELNET_WILL, TELNET_TELOPT_ECHO);
	telnet_negotiate(v->telnet, TELNET_WILL, TELNET_TELOPT_SGA);
	telnet_negotiate(v->telnet, TELNET_DO, TELNET_TELOPT_TTYPE);
	telnet_negotiate(v->telnet, TELNET_DO, TELNET_TELOPT_NAWS);
}

bool
nvt_receive(struct nvt *v, const char *buf, size_t len)
{
	telnet_recv(v->telnet, buf, len);
	return !v->broken;
}

void
nvt_print(struct nvt *v, const char *buf, size_t len)
{
	telnet_send(v->telnet, buf, len);
}
