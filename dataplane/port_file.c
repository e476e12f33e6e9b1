/*
 * port_file.c - a port whose wire is a capture file: frames of IN arrive, frames that leave go to
 * OUT.
 *
 * "IN[,OUT]": IN is pcap or pcapng, of Ethernet; without it (",OUT") nothing ever arrives.  OUT is
 * a pcap with IN's precision and each frame's own time stamp, complete whenever the worker has
 * nothing to do.  Frames of several file ports arrive in the order of their time stamps (see
 * worker.c).  A frame is delivered as it was captured, however large: a file has no MTU. Used by
 * the worker; info() by anyone.
 */
#include "dataplane/port.h"

#include <errno.h>
#include <pcap/pcap.h>
#include <stdlib.h>
#include <string.h>

#include "dataplane/capture.h"

struct file_port {
	struct port base;
	struct capture *in;
	struct capture_writer *out;
	bool dirty; /* written since the last flush */
};

static void
file_close(struct port *base)
{
	struct file_port *p = (struct file_port *)base;

	capture_close(p->in);
	/* The port is gone: nobody is left to be told that the disk was full. */
	capture_writer_close(p->out);
	free(p);
}

static int
open_in(struct file_port *p, const char *path, char err[DP_ERR_MAX])
{
	int ret = capture_open(&p->in, path, err);
	int type;

	if (ret < 0)
		return ret;
	type = capture_link_type(p->in);
	if (type == DLT_EN10MB)
		return 0;
	return port_fail(err, EPROTONOSUPPORT, "%s: link type %s, and a port needs Ethernet", path,
		pcap_datalink_val_to_name(type) != NULL ? pcap_datalink_val_to_name(type)
							: "unknown");
}

static int
file_open(struct port **out, const char *arg, char err[DP_ERR_MAX])
{
	struct file_port *p = calloc(1, sizeof(*p));
	const char *comma = strchr(arg, ',');
	size_t len = comma != NULL ? (size_t)(comma - arg) : strlen(arg);
	char *in = strndup(arg, len);
	int ret = 0;

	if (p == NULL || in == NULL) {
		ret = port_fail(err, ENOMEM, "%s", strerror(ENOMEM));
		goto fail;
	}
	p->base.ops = &port_file_ops;
	snprintf(p->base.device, sizeof(p->base.device), "%s", arg);
	if (len == 0 && (comma == NULL || comma[1] == '\0'))
		ret = port_fail(err, EINVAL, "a file port needs IN.pcap[,OUT.pcap]");
	else if (comma != NULL && comma[1] == '\0')
		ret = port_fail(err, EINVAL, "%s: no file name after the comma", arg);
	if (ret == 0 && len > 0)
		ret = open_in(p, in, err);
	if (ret == 0 && comma != NULL)
		ret = capture_writer_open(&p->out, comma + 1, DLT_EN10MB,
			p->in == NULL || capture_nanoseconds(p->in), err);
	if (ret < 0)
		goto fail;
	free(in);
	*out = &p->base;
	return 0;
fail:
	free(in);
	if (p != NULL)
		file_close(&p->base);
	return ret;
}

static size_t
file_rx_burst(struct port *base, struct packet *pkt, size_t max, uint64_t until_ns)
{
	struct file_port *p = (struct file_port *)base;

	return p->in == NULL ? 0 : capture_burst(p->in, pkt, max, until_ns);
}

static void
file_tx_burst(struct port *base, struct packet *const *pkt, size_t n, enum dp_drop *fate)
{
	struct file_port *p = (struct file_port *)base;

	for (size_t i = 0; i < n; i++)
		fate[i] = p->out == NULL || capture_write(p->out, pkt[i]) ? DP_DROP_NONE
									  : DP_DROP_tx_error;
	p->dirty = p->out != NULL;
}

static int
file_fd(const struct port *base)
{
	(void)base;
	return -1;
}

static bool
file_next_time(struct port *base, uint64_t *ns)
{
	struct file_port *p = (struct file_port *)base;

	return p->in != NULL && capture_next_time(p->in, ns);
}

static void
file_flush(struct port *base)
{
	struct file_port *p = (struct file_port *)base;

	/* A failure shows in the next capture_write(), which is where frames are lost. */
	if (p->dirty)
		(void)capture_writer_flush(p->out);
	p->dirty = false;
}

static void
file_info(struct port *base, struct dp_port_info *out)
{
	struct file_port *p = (struct file_port *)base;
	const char *error = p->in != NULL ? capture_error(p->in) : NULL;

	out->mtu = 1500; /* what Ethernet has; nothing here is held to it */
	out->link_up = true;
	if (error != NULL)
		snprintf(out->error, sizeof(out->error), "%s", error);
}

const struct port_ops port_file_ops = {
	.driver = "file",
	.open = file_open,
	.rx_burst = file_rx_burst,
	.tx_burst = file_tx_burst,
	.fd = file_fd,
	.next_time = file_next_time,
	.flush = file_flush,
	.info = file_info,
	.close = file_close,
};
