/*
 * checksum.c - the sums that hardware usually makes.
 *
 * The Internet checksum is a sum of 16-bit words in which carries come round; adding 32-bit words
 * to a 64-bit accumulator and folding at the end gives the same.  Pure, any thread.
 */
#include "dataplane/checksum.h"

#include "dataplane/packet.h"

uint64_t
checksum_add(uint64_t sum, const uint8_t *p, size_t len)
{
	for (; len >= 4; p += 4, len -= 4)
		sum += load32(p);
	if (len >= 2) {
		sum += load16(p);
		p += 2;
		len -= 2;
	}
	if (len == 1)
		sum += (uint64_t)p[0] << 8;
	return sum;
}

uint16_t
checksum_fold(uint64_t sum)
{
	while (sum >> 16 != 0)
		sum = (sum & 0xffff) + (sum >> 16);
	return (uint16_t)sum;
}

uint64_t
checksum_pseudo(const uint8_t *ip, uint8_t proto, uint32_t l4_len)
{
	uint64_t addresses =
		ip[0] >> 4 == 4 ? checksum_add(0, ip + 12, 8) : checksum_add(0, ip + 8, 32);

	return addresses + proto + l4_len;
}

/* Bit by bit: SCTP through a port without metadata is rare enough not to want a table. */
uint32_t
checksum_crc32c(const uint8_t *p, size_t len)
{
	uint32_t crc = 0xffffffff;

	for (size_t i = 0; i < len; i++) {
		crc ^= p[i];
		for (int bit = 0; bit < 8; bit++)
			crc = crc >> 1 ^ ((crc & 1) != 0 ? 0x82f63b78 : 0);
	}
	return ~crc;
}
