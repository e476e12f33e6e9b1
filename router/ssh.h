/*
 * ssh.h - SSH as the router knows it: host keys, settings, users' public keys, and who is logged in.
 *
 * The protocol itself is spoken elsewhere, by processes without rights; they get the host keys and the
 * settings as one text, and ask the router who may come in.  SSH is enabled as soon as there is a host
 * key (IOS: `crypto key generate rsa` enables it).  Private keys are kept beside the startup-config, in
 * CONFIG.keys (mode 0600), as IOS keeps them in NVRAM's private-config: they are in no configuration
 * text.  Control thread.
 */
#ifndef ROUTER_SSH_H
#define ROUTER_SSH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct router;

struct ssh_settings {
	unsigned timeout_s;	/* ip ssh time-out: for the authentication, 1-120; default 120 */
	unsigned retries;	/* ip ssh authentication-retries: 0-5; default 3 */
	int version;		/* ip ssh version: 2; 0 not configured (IOS then prints 1.99) */
};

struct ssh_settings *ssh_settings(struct router *r);
/* The settings were changed: listeners are told. */
void ssh_settings_changed(struct router *r);

bool ssh_enabled(const struct router *r);
/*
 * What the SSH server processes need, for them alone: "timeout SECONDS", "retries N" and the host keys
 * (PEM), as text; "" without host keys. The caller frees; NULL without memory. Holds secrets: wipe it.
 */
char *ssh_server_text(struct router *r);
/* fn is called whenever that text may have become another. One listener; NULL ends it. */
void ssh_listen(struct router *r, void (*fn)(void *arg), void *arg);

#endif
