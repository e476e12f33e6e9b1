noinst_LIBRARIES += libdataplane.a
libdataplane_a_SOURCES = dataplane/dataplane.h dataplane/dataplane.c \
	dataplane/worker.h dataplane/worker.c dataplane/snapshot.h dataplane/snapshot.c \
	dataplane/forwarder.h dataplane/pipeline.c dataplane/acl_stage.c dataplane/egress.c \
	dataplane/drop.c dataplane/stats.h \
	dataplane/bridge.h dataplane/bridge.c dataplane/mac_table.h dataplane/mac_table.c \
	dataplane/packet.h dataplane/parse.h dataplane/parse.c dataplane/parse_ipv6.c \
	dataplane/checksum.h dataplane/checksum.c dataplane/offload.h dataplane/offload.c \
	dataplane/log_ring.h dataplane/log_ring.c \
	dataplane/port.h dataplane/port_file.c dataplane/port_memory.c dataplane/port_packet.c \
	dataplane/packet_ring.h dataplane/packet_ring.c \
	dataplane/packet_tx_ring.h dataplane/packet_tx_ring.c \
	dataplane/packet_vnet.h dataplane/packet_vnet.c \
	dataplane/port_pcap.c dataplane/netdev.h dataplane/netdev.c \
	dataplane/frame_store.h dataplane/capture.h dataplane/capture.c \
	dataplane/savefile.h dataplane/savefile.c dataplane/link_header.h dataplane/link_header.c \
	dataplane/replay.c
libdataplane_a_CPPFLAGS = $(AM_CPPFLAGS) $(URCU_CFLAGS) $(PCAP_CFLAGS)
