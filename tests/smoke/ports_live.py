#!/usr/bin/env python3
"""Frames that ordinary programs do not send, for ports_live.sh.

    ports_live.py datagrams-in ADDRESS COUNT      says "listening"; waits for that many datagrams of
                                                  1000 equal bytes each, the last of 500
    ports_live.py datagrams-out ADDRESS COUNT     sends them with one call, to be cut by hardware (GSO)
    ports_live.py syn DEVICE VID SOURCE TARGET PORT   a SYN in a tagged frame to a broadcast address
"""

import socket
import struct
import sys

UDP_SEGMENT = 103
PORT = 9000


def udp(address):
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    return socket.socket(family, socket.SOCK_DGRAM)


def datagrams(count):
    return [bytes([i]) * (1000 if i < count - 1 else 500) for i in range(count)]


def datagrams_in(address, count):
    s = udp(address)
    s.bind((address, PORT))
    s.settimeout(30)
    print("listening", flush=True)
    got = [s.recv(1 << 16) for _ in range(int(count))]
    if got != datagrams(int(count)):
        sys.exit("not what was sent")


def datagrams_out(address, count):
    s = udp(address)
    s.setsockopt(socket.IPPROTO_UDP, UDP_SEGMENT, 1000)
    s.sendto(b"".join(datagrams(int(count))), (address, PORT))


def checksum(data):
    total = sum(struct.unpack("!%dH" % (len(data) // 2), data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return 0xFFFF ^ total


def syn(device, vid, source, target, port):
    addresses = socket.inet_aton(source) + socket.inet_aton(target)
    tcp = struct.pack("!HHIIBBHHH", 1034, int(port), 1, 0, 0x50, 2, 65535, 0, 0)
    tcp_sum = checksum(addresses + struct.pack("!HH", 6, len(tcp)) + tcp)
    tcp = tcp[:16] + struct.pack("!H", tcp_sum) + tcp[18:]
    ip = struct.pack("!BBHHHBBH", 0x45, 0, 20 + len(tcp), 1, 0, 64, 6, 0) + addresses
    ip = ip[:10] + struct.pack("!H", checksum(ip)) + ip[12:]
    s = socket.socket(socket.AF_PACKET, socket.SOCK_RAW)
    s.bind((device, 0))
    own = s.getsockname()[4]
    s.send(b"\xff" * 6 + own + struct.pack("!HHH", 0x8100, int(vid), 0x0800) + ip + tcp)


COMMANDS = {"datagrams-in": datagrams_in, "datagrams-out": datagrams_out, "syn": syn}

if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[1] not in COMMANDS:
        sys.exit(__doc__)
    COMMANDS[sys.argv[1]](*sys.argv[2:])
