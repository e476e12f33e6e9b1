/*
 * link_watch.h - says when a link comes or goes, as IOS does: %LINK-3-UPDOWN for a port,
 * %LINEPROTO-5-UPDOWN for it and for the SVI whose only member it is.
 */
#ifndef ROUTER_LINK_WATCH_H
#define ROUTER_LINK_WATCH_H

struct router;

/*
 * Logs what has changed since it last looked; the first look at an interface only takes note.  Call
 * it when a network device of the machine has changed, and now and then.
 */
void link_watch_look(struct router *r);
/* Takes everything as known: what changed was somebody's wish, who says so himself. */
void link_watch_adopt(struct router *r);

/*
 * A descriptor that becomes readable when a network device of this machine changes, or -errno; needs
 * no privilege, the caller closes it.  Then link_watch_read() empties it and looks.
 */
int link_watch_open(void);
void link_watch_read(struct router *r, int fd);

#endif
