/*
 * link_header.h - which packet a captured frame holds, and where, whatever link it was captured on.
 *
 * Ethernet, raw IP, Linux cooked (both versions), BSD loopback.  Pure functions over bytes.
 */
#ifndef DATAPLANE_LINK_HEADER_H
#define DATAPLANE_LINK_HEADER_H

#include "dataplane/packet.h"
#include "dataplane/parse.h"

bool link_header_known(int link_type);	/* DLT_... */
/*
 * Finds the family of a frame, and where its layer 3 is (v->l3); takes VLAN tags out of p->bytes.  Reads
 * p->data and p->len.  DP_DROP_runt when the frame ends inside its headers.
 */
enum dp_drop link_header_locate(int link_type, struct packet *p, struct ether_view *v);

#endif
