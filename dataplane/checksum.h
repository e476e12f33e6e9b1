/*
 * checksum.h - the Internet checksum (RFC 1071) and SCTP's CRC32c (RFC 4960, appendix B).
 */
#ifndef DATAPLANE_CHECKSUM_H
#define DATAPLANE_CHECKSUM_H

#include <stddef.h>
#include <stdint.h>

/* Adds bytes to a sum; all but the last piece must be of even length. Folded only at the end. */
uint64_t checksum_add(uint64_t sum, const uint8_t *p, size_t len);
/* The 16-bit one's complement sum, not inverted. */
uint16_t checksum_fold(uint64_t sum);
/* The pseudo-header's part of a TCP or UDP sum; ip points at a whole IPv4 or IPv6 header. */
uint64_t checksum_pseudo(const uint8_t *ip, uint8_t proto, uint32_t l4_len);
uint32_t checksum_crc32c(const uint8_t *p, size_t len);

#endif
