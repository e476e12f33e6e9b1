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
struct line;

enum {
	SSH_LABEL_MAX = 127,		/* of a key pair's name */
	SSH_PAIRS_MAX = 10,
	SSH_BITS_LEAST = 1024,		/* what current clients still take */
	SSH_BITS_MOST = 4096,
	SSH_BITS_DEFAULT = 2048,
	SSH_TIMEOUT_DEFAULT_S = 120,
	SSH_RETRIES_DEFAULT = 3,
};

struct ssh_settings {
	unsigned timeout_s;	/* ip ssh time-out: for the authentication, 1-120; default 120 */
	unsigned retries;	/* ip ssh authentication-retries: 0-5; default 3 */
	int version;		/* ip ssh version: 2; 0 not configured (IOS then prints 1.99) */
	bool log_events;	/* ip ssh logging events */
	char keypair[SSH_LABEL_MAX + 1];	/* ip ssh rsa keypair-name; "" the first pair there is */
};

struct ssh_settings *ssh_settings(struct router *r);
/* The settings were changed: listeners are told. */
void ssh_settings_changed(struct router *r);

/* `ip ssh rsa keypair-name`; "" the first pair there is. Too long a name is cut. */
void ssh_use_pair(struct router *r, const char *label);
bool ssh_enabled(const struct router *r);
/*
 * What the SSH server processes need, for them alone: "timeout SECONDS", "retries N" and the host keys
 * (PEM, PKCS#8: the RSA key, then the Ed25519 one), as text; "" without host keys. The caller frees;
 * NULL without memory. Holds secrets: wipe it.
 */
char *ssh_server_text(struct router *r);
/* fn is called whenever that text may have become another. One listener; NULL ends it. */
void ssh_listen(struct router *r, void (*fn)(void *arg), void *arg);

/* ---- host keys ---- */

struct ssh_pair {		/* an RSA pair, and the Ed25519 pair that is made with it */
	char label[SSH_LABEL_MAX + 1];
	int64_t made;		/* seconds since 1970 */
	unsigned bits;		/* of the RSA modulus */
	char *rsa, *ed25519;	/* private keys, PEM */
	uint8_t *rsa_public;	/* SubjectPublicKeyInfo, DER (RFC 5280) */
	size_t rsa_public_len;
};

/* In the order made; NULL after the last. */
const struct ssh_pair *ssh_pair_at(const struct router *r, size_t i);
const struct ssh_pair *ssh_pair_find(const struct router *r, const char *label);
/*
 * Makes a pair in a helper thread, in place of one of that name; done() runs in the control thread with
 * 0 or -errno (-EIO: made, but CONFIG.keys could not be written), at once when there is no event loop
 * (router/work.h).  -EBUSY while another is being made, -ENOSPC when there are SSH_PAIRS_MAX others:
 * then done() does not run.
 */
int ssh_pair_generate(struct router *r, const char *label, unsigned bits,
	void (*done)(void *arg, int rc), void *arg);
/* Whoever waits with this arg is gone: the pair is kept all the same. */
void ssh_pair_forget_waiter(struct router *r, void *arg);
/* NULL: all. 0 or -errno when CONFIG.keys could not be changed. */
int ssh_pair_zeroize(struct router *r, const char *label);
/* Reads CONFIG.keys. 0 (also when there is none), or -errno; -EINVAL when it is not one of ours. */
int ssh_keys_load(struct router *r);
/* At start, once the configuration is read: says that SSH is enabled, if it is. */
void ssh_announce(struct router *r);
/* `write erase`: the private keys go with the startup-config; those in use stay until a reload. */
void ssh_keys_erase_file(struct router *r);

/* ---- ip ssh pubkey-chain ---- */

enum { SSH_KEYTYPE_MAX = 32, SSH_COMMENT_MAX = 127, SSH_USER_KEYS_MAX = 10 };

struct ssh_user_key {
	char type[SSH_KEYTYPE_MAX + 1];	/* "ssh-rsa", "ssh-ed25519", ... */
	char hash[33];		/* MD5 of the key's blob, upper-case hex: what IOS keeps of a key */
	char comment[SSH_COMMENT_MAX + 1];
};
struct ssh_user {
	char *name;
	struct ssh_user_key key[SSH_USER_KEYS_MAX];
	size_t keys;
};

const struct ssh_user *ssh_user_at(const struct router *r, size_t i);
/* Finds or makes; NULL without memory. */
struct ssh_user *ssh_user_create(struct router *r, const char *name);
bool ssh_user_delete(struct router *r, const char *name);
/* Whether the chain has a user at all: `ip ssh pubkey-chain` is printed then. */
void ssh_users_clear(struct router *r);
/* `key-hash TYPE HASH [COMMENT]`. 0; -EINVAL malformed; -ENOSPC too many; -EEXIST is there (fine). */
int ssh_user_add_hash(struct router *r, const char *user, const char *type, const char *hash,
	const char *comment);
bool ssh_user_remove_hash(struct router *r, const char *user, const char *type, const char *hash);
/* `key-string`: "[TYPE] BASE64 [COMMENT]", BASE64 possibly broken by blanks. As above. */
int ssh_user_add_key(struct router *r, const char *user, const char *text);
/* Is "TYPE BASE64" one of the user's? */
bool ssh_user_has_key(const struct router *r, const char *user, const char *key);

/* ---- logins, for show ssh and %SSH-5-* ---- */

/* The key exchange is done: how the line is protected ("aes256-ctr", "hmac-sha2-256"). */
void ssh_line_transport(struct router *r, struct line *l, const char *cipher, const char *hmac);
/* An authentication was decided, a session has begun or ended: with `ip ssh logging events`, said. */
void ssh_line_authenticated(struct router *r, const struct line *l, const char *user, bool ok);
void ssh_line_closed(struct router *r, const struct line *l);

#endif
