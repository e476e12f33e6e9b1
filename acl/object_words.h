/*
 * object_words.h - what object_words.c and object_service.c share: the steps of a walk along a
 * member's words.
 */
#ifndef ACL_OBJECT_WORDS_H
#define ACL_OBJECT_WORDS_H

#include "acl/ace_internal.h"

enum { OBJECT_ID_END = 100 << 8 };	/* the choice of the end of the line; no other id is as large */

void object_end_offer(struct ace_walk *w);
/* Only the end of the line may stand here. 0 or -1, as all that read. */
int object_end_read(struct ace_walk *w);
/* `group-object`; its name, behind it. */
void object_group_offer(struct ace_walk *w, int id);
int object_group_read(struct ace_walk *w, struct object *o);

/* A service group's member. */
int object_service_read(struct ace_walk *w, struct object *o);
void object_service_put(struct ace_text *t, const struct object *o);

#endif
