/*
 * file_transfer.h - a client's file of flash:, read or written piece by piece: the router's side of SCP.
 *
 * Only a login over SSH that runs a command may, at privilege 15 and under `ip scp server enable`.  One
 * file at a time.  Control thread.
 */
#ifndef CLI_SESSION_FILE_TRANSFER_H
#define CLI_SESSION_FILE_TRANSFER_H

#include "cli/session/protocol.h"
#include "cli/session/session.h"

struct file_transfer;

enum { FILE_TRANSFER_PIECE = 64 * 1024 };

/*
 * Serves one PROTO_FILE_ request; *t is made with the first and freed by file_transfer_end().  send() gets
 * the frames that answer it, before the READY.  0, or -1 when it is refused: then what is wrong has been
 * printed, and there is no file open any more.
 */
int file_transfer_serve(struct file_transfer **t, struct session *s, enum proto_type type,
	const void *payload, size_t len,
	void (*send)(void *arg, enum proto_type type, const void *payload, size_t len), void *arg);
/* A file that is not whole is not kept. t may be NULL. */
void file_transfer_end(struct file_transfer *t);

#endif
