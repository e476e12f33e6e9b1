/*
 * confine.h - a process gives up what it does not need.
 */
#ifndef VTY_CONFINE_H
#define VTY_CONFINE_H

#include <stddef.h>
#include <sys/types.h>

/* Closes every descriptor above stderr but these. */
void confine_descriptors(const int *keep, size_t n);
/*
 * For good: root becomes nobody, all capabilities go, no program run from here gains any, no core is
 * dumped; and SIGHUP comes when the parent, which must still be `parent`, ends. 0 or -errno.
 */
int confine_privileges(pid_t parent);

#endif
