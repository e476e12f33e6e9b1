#!/usr/bin/env python3
"""Makes the captures of the botnet story: a small office's morning with one infected machine.

    make_capture.py DIR         writes lan.pcap, wan.pcap and morning.pcap there
    make_capture.py --summary   says what is in them, as README.md quotes it
    make_capture.py --hits N    what seed list N (1, 2, 3) must count: one line per entry, its
                                sequence number and packets; then "log", the messages it must give
    make_capture.py --passed N  the frames, in hexadecimal, that must leave FastEthernet4 with seed
                                list N at Vlan1, inbound; N = 0: with no list

Everything is made up: addresses of the LAN are private, all others from the documentation ranges
(RFC 5737, RFC 3849), MAC addresses locally administered.  There is no randomness but our own little
generator with a fixed seed, so that every run on every machine writes the same bytes; a test
compares them with the files in this directory.

--hits decides by a few lines of Python that know nothing of the router's code.  That makes it a
second opinion about what each list must do to these frames.
"""

import ipaddress
import os
import struct
import sys

START_US = 1_236_586_200_000_000	# Monday 9 March 2009, 08:10:00 UTC
SEED = 198

INFECTED = "192.168.200.198"
LAN_MAC = {
    "192.168.200.7": "02:1e:c9:4a:10:07",	# a desk: mail, web
    "192.168.200.12": "02:1e:c9:4a:10:0c",	# a desk: web, VPN, ping
    "192.168.200.40": "02:00:48:4a:10:28",	# the printer
    INFECTED: "02:1e:c9:4a:10:c6",
}
GATEWAY = "192.168.200.1"
GATEWAY_MAC = "02:30:80:4a:10:01"
BROADCAST_MAC = "ff:ff:ff:ff:ff:ff"

RESOLVER = "192.0.2.53"
SMARTHOST = "192.0.2.25"
TIMESERVER = "192.0.2.123"
WEB = "198.51.100.80"
NEWS = "198.51.100.81"
VPN = "198.51.100.50"
CONTROLLER = "203.0.113.66"		# the botnet's, listening where IRC servers do

FIN, SYN, RST, PSH, ACK = 1, 2, 4, 8, 16


class Dice:
    """A linear congruential generator (Knuth's MMIX constants): the same numbers everywhere."""

    def __init__(self, seed):
        self.state = seed

    def below(self, n):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 33) % n


dice = Dice(SEED)
lan, wan = [], []	# (microseconds since START_US, frame)
ip_ids = {}


def mac(text):
    return bytes.fromhex(text.replace(":", ""))


def addr(text):
    return ipaddress.ip_address(text).packed


def checksum(data):
    """The Internet checksum (RFC 1071)."""
    if len(data) % 2:
        data += b"\0"
    total = sum(struct.unpack(f"!{len(data) // 2}H", data))
    while total > 0xFFFF:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def with_checksum(segment, at, src, dst, proto):
    """Fills in a TCP, UDP or ICMPv6 checksum, pseudo-header included."""
    if len(addr(src)) == 4:
        pseudo = addr(src) + addr(dst) + struct.pack("!BBH", 0, proto, len(segment))
    else:
        pseudo = addr(src) + addr(dst) + struct.pack("!I3xB", len(segment), proto)
    value = checksum(pseudo + segment)
    if value == 0 and proto == 17:
        value = 0xFFFF
    return segment[:at] + struct.pack("!H", value) + segment[at + 2:]


def in_lan(ip):
    return ip in LAN_MAC


def ethernet(dst_mac, src_mac, ethertype, payload):
    frame = mac(dst_mac) + mac(src_mac) + struct.pack("!H", ethertype) + payload
    return frame + bytes(max(0, 60 - len(frame)))


def next_id(src):
    ip_ids[src] = ip_ids.get(src, dice.below(30000)) + 1
    return ip_ids[src]


def ipv4_header(src, dst, proto, size, ident, fragment):
    ttl = 128 if in_lan(src) else 49 + sum(addr(src)) % 8
    head = struct.pack("!BBHHHBBH", 0x45, 0, 20 + size, ident, fragment, ttl, proto, 0)
    head += addr(src) + addr(dst)
    return head[:10] + struct.pack("!H", checksum(head)) + head[12:]


def destination_mac(src, dst):
    if dst == "192.168.200.255":
        return BROADCAST_MAC
    if in_lan(dst):
        return LAN_MAC[dst]
    return GATEWAY_MAC


def put(when, src_ip, frame):
    """The frame is sent on the side its sender is on."""
    (lan if in_lan(src_ip) else wan).append((when, frame))


def ip(when, src, dst, proto, payload, mtu=1500):
    """One datagram, in as many fragments as it takes."""
    ident = next_id(src)
    room = (mtu - 20) // 8 * 8
    for at in range(0, max(len(payload), 1), room):
        part = payload[at:at + room]
        more = 0x2000 if at + room < len(payload) else 0
        head = ipv4_header(src, dst, proto, len(part), ident, more | at // 8)
        src_mac = LAN_MAC.get(src, GATEWAY_MAC)
        put(when, src, ethernet(destination_mac(src, dst), src_mac, 0x0800, head + part))
        when += 12


def udp(when, src, sport, dst, dport, payload):
    segment = struct.pack("!HHHH", sport, dport, 8 + len(payload), 0) + payload
    ip(when, src, dst, 17, with_checksum(segment, 6, src, dst, 17))


def icmp(when, src, dst, kind, code, rest):
    message = struct.pack("!BBH", kind, code, 0) + rest
    ip(when, src, dst, 1, message[:2] + struct.pack("!H", checksum(message)) + message[4:])


def arp(when, op, sender_ip, sender_mac, target_ip, target_mac):
    body = struct.pack("!HHBBH", 1, 0x0800, 6, 4, op) + mac(sender_mac) + addr(sender_ip)
    body += mac(target_mac if op == 2 else "00:00:00:00:00:00") + addr(target_ip)
    to = target_mac if op == 2 else BROADCAST_MAC
    put(when, sender_ip, ethernet(to, sender_mac, 0x0806, body))


class Tcp:
    """A connection as both its ends send it; every method moves `now` on."""

    def __init__(self, when, client, cport, server, sport, rtt_us=40_000):
        self.now, self.rtt = when, rtt_us
        self.client, self.server = (client, cport), (server, sport)
        self.seq = {self.client: dice.below(2**32), self.server: dice.below(2**32)}

    def send(self, end, flags, data=b"", options=b""):
        other = self.server if end == self.client else self.client
        ack = self.seq[other] if flags & ACK else 0
        offset = (20 + len(options)) // 4
        segment = struct.pack("!HHIIBBHHH", end[1], other[1], self.seq[end], ack, offset << 4,
                              flags, 65535, 0, 0) + options + data
        ip(self.now, end[0], other[0], 6, with_checksum(segment, 16, end[0], other[0], 6))
        grown = len(data) + (1 if flags & (SYN | FIN) else 0)
        self.seq[end] = (self.seq[end] + grown) % 2**32
        self.now += self.rtt // 2 if end == self.client else 300

    MSS = bytes.fromhex("020405b401010402")	# MSS 1460, SACK permitted

    def open(self):
        self.send(self.client, SYN, options=self.MSS)
        self.now += self.rtt // 2
        self.send(self.server, SYN | ACK, options=self.MSS)
        self.send(self.client, ACK)

    def ask(self, data):
        self.send(self.client, PSH | ACK, data)
        self.now += self.rtt // 2

    def answer(self, data):
        """In full-sized segments, each second one acknowledged."""
        parts = [data[at:at + 1460] for at in range(0, len(data), 1460)]
        for i, part in enumerate(parts):
            last = i == len(parts) - 1
            self.send(self.server, (PSH if last else 0) | ACK, part)
            if last or i % 2:
                self.send(self.client, ACK)

    def close(self):
        self.send(self.client, FIN | ACK)
        self.now += self.rtt // 2
        self.send(self.server, FIN | ACK)
        self.send(self.client, ACK)


def unanswered(when, src, sport, dst, dport):
    """A connection nobody answers: the SYN and what is sent again after 3 and 6 more seconds."""
    tcp = Tcp(when, src, sport, dst, dport)
    first = tcp.seq[tcp.client]
    for wait in (0, 3_000_000, 9_000_000):
        tcp.now, tcp.seq[tcp.client] = when + wait, first
        tcp.send(tcp.client, SYN, options=Tcp.MSS)


def dns(when, src, name, kind, answer):
    """kind 1 asks for an address (the answer: a dotted quad), 15 for a mail exchanger (a name)."""
    def labels(text):
        return b"".join(bytes([len(s)]) + s.encode() for s in text.split(".")) + b"\0"

    ident, sport = dice.below(65536), 1025 + dice.below(3000)
    question = labels(name) + struct.pack("!HH", kind, 1)
    data = addr(answer) if kind == 1 else struct.pack("!H", 10) + labels(answer)
    record = struct.pack("!HHHIH", 0xC00C, kind, 1, 3600, len(data)) + data
    head = struct.pack("!HHHHHH", ident, 0x0100, 1, 0, 0, 0)
    udp(when, src, sport, RESOLVER, 53, head + question)
    head = struct.pack("!HHHHHH", ident, 0x8180, 1, 1, 0, 0)
    udp(when + 18_000 + dice.below(9000), RESOLVER, 53, src, sport, head + question + record)


def ntp(when, src):
    ask = bytes([0x1B]) + bytes(47)
    udp(when, src, 123, TIMESERVER, 123, ask)
    udp(when + 21_000, TIMESERVER, 123, src, 123, bytes([0x1C, 2]) + bytes(46))


def web(when, src, sport, server, host, path, size):
    dns(when, src, host, 1, server)
    page = Tcp(when + 60_000, src, sport, server, 80)
    page.open()
    page.ask(f"GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {size}\r\n\r\n".encode()
    page.answer(head + (b"<p>Nothing to see here.</p>\n" * (size // 28 + 1))[:size])
    page.close()


def mail(when, src, sport, sender, rcpts):
    """A message handed to the provider's smarthost."""
    smtp = Tcp(when, src, sport, SMARTHOST, 25, rtt_us=24_000)
    smtp.open()
    smtp.answer(b"220 smarthost.example ESMTP\r\n")
    for line in [b"HELO desk", b"MAIL FROM:<%s>" % sender] + [b"RCPT TO:<%s>" % r for r in rcpts]:
        smtp.ask(line + b"\r\n")
        smtp.answer(b"250 OK\r\n")
    smtp.ask(b"DATA\r\n")
    smtp.answer(b"354 go on\r\n")
    smtp.ask(b"From: <%s>\r\nSubject: hello\r\n\r\nHello.\r\n.\r\n" % sender)
    smtp.answer(b"250 queued\r\n")
    smtp.ask(b"QUIT\r\n")
    smtp.answer(b"221 bye\r\n")
    smtp.close()


# ---- what happens that morning; times in seconds ----

def at(seconds):
    return int(seconds * 1_000_000)


def machines_wake_up():
    for i, (who, hw) in enumerate(LAN_MAC.items()):
        arp(at(1 + 2 * i), 1, who, hw, GATEWAY, None)
        arp(at(1 + 2 * i) + 400, 2, GATEWAY, GATEWAY_MAC, who, hw)
        ntp(at(1.5 + 2 * i), who)
    # a router solicitation from the VPN user's desk: the one IPv6 frame
    src, dst = "fe80::1e:c9ff:fe4a:100c", "ff02::2"
    body = with_checksum(struct.pack("!BBHI", 133, 0, 0, 0), 2, src, dst, 58)
    frame = struct.pack("!IHBB", 0x60000000, len(body), 58, 255) + addr(src) + addr(dst) + body
    put(at(4), "192.168.200.12",
        ethernet("33:33:00:00:00:02", LAN_MAC["192.168.200.12"], 0x86DD, frame))
    # the printer tells the LAN its name
    udp(at(9), "192.168.200.40", 138, "192.168.200.255", 138, b"\x11\x02" + b"PRINTER".ljust(60))


def clean_neighbours_work():
    web(at(14), "192.168.200.7", 1031, WEB, "www.example", "/", 9000)
    web(at(37), "192.168.200.12", 1044, NEWS, "news.example", "/today", 14000)
    web(at(118), "192.168.200.7", 1032, NEWS, "news.example", "/sport", 6000)
    dns(at(58), "192.168.200.7", "smarthost.example", 1, SMARTHOST)
    mail(at(58.2), "192.168.200.7", 1033, b"anna@office.example", [b"ben@client.example"])
    mail(at(171), "192.168.200.7", 1035, b"anna@office.example",
         [b"shop@client.example", b"post@client.example"])
    for i in range(5):
        data = struct.pack("!HH", 512, i + 1) + bytes(range(97, 119)) + b"abcdefghij"
        icmp(at(75 + i), "192.168.200.12", WEB, 8, 0, data)
        icmp(at(75 + i) + 41_000, WEB, "192.168.200.12", 0, 0, data)
    # key exchange with certificates: a datagram that needs three fragments, each way
    certificates = bytes(dice.below(256) for _ in range(3200))
    udp(at(90), "192.168.200.12", 500, VPN, 500, certificates)
    udp(at(90.09), VPN, 500, "192.168.200.12", 500, certificates[::-1])
    # a page printed: stays inside the VLAN, no list of an SVI sees it
    desk, printer = "192.168.200.7", "192.168.200.40"
    arp(at(131), 1, desk, LAN_MAC[desk], printer, None)
    arp(at(131) + 300, 2, printer, LAN_MAC[printer], desk, LAN_MAC[desk])
    job = Tcp(at(131.1), desk, 1034, printer, 9100, rtt_us=600)
    job.open()
    job.ask(b"%!PS\n/Helvetica findfont 12 scalefont setfont 72 720 moveto (Offer) show showpage\n")
    job.answer(b"ready\n")
    job.close()


def infected_machine_works():
    # its owner reads the news, too
    web(at(20), INFECTED, 1028, NEWS, "news.example", "/today", 7000)
    # orders: a channel that stays open all morning
    dns(at(25), INFECTED, "irc.cc.example", 1, CONTROLLER)
    orders = Tcp(at(25.1), INFECTED, 1029, CONTROLLER, 6667, rtt_us=130_000)
    orders.open()
    orders.ask(b"NICK w0rk-198\r\nUSER x x x :x\r\nJOIN #spam\r\n")
    orders.answer(b":cc 001 w0rk-198 :hi\r\n:boss PRIVMSG #spam :!mail go\r\n")
    for minute in range(1, 4):
        orders.now = at(25 + 60 * minute)
        orders.send(orders.server, PSH | ACK, b"PING :cc\r\n")
        orders.ask(b"PONG :cc\r\n")
        orders.send(orders.server, ACK)
    # the update of its own program
    web(at(33), INFECTED, 1030, CONTROLLER, "cc.example", "/new.exe", 5000)
    # mail to everybody: asks who takes it, then tries; the provider lets none of it out
    sport = 1034
    for i in range(24):
        when = 45 + 4.5 * i
        domain = f"domain{i:02d}.example"
        dns(at(when), INFECTED, domain, 15, f"mx.{domain}")
        net = ("203.0.113", "198.51.100")[i % 2]
        unanswered(at(when + 0.1), INFECTED, sport, f"{net}.{25 + 3 * i}", 25)
        sport += 1
    # the smarthost does take it
    mail(at(150), INFECTED, sport, b"win@lottery.example",
         [b"a%02d@domain%02d.example" % (i, i) for i in range(8)])
    # looks for others of its kind: one worm's datagram to a row of addresses
    for i in range(40):
        target = f"198.51.100.{100 + i}"
        when = at(180 + 0.35 * i) + dice.below(90_000)
        udp(when, INFECTED, 1099, target, 1434, b"\x04" + b"\x01" * 95)
        if i % 10 == 3:		# somebody is there and does not listen
            seen = ipv4_header(INFECTED, target, 17, 104, 0, 0) + bytes(8)
            icmp(when + 60_000, target, INFECTED, 3, 3, bytes(4) + seen)


def make():
    machines_wake_up()
    clean_neighbours_work()
    infected_machine_works()
    lan.sort(key=lambda f: f[0])
    wan.sort(key=lambda f: f[0])


def pcap(frames):
    out = [struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 1)]
    for when, frame in frames:
        seconds, us = divmod(START_US + when, 1_000_000)
        out.append(struct.pack("<IIII", seconds, us, len(frame), len(frame)) + frame)
    return b"".join(out)


def merged():
    return sorted(lan + wan, key=lambda f: f[0])


# ---- a second opinion: what is in a frame, what a list does to it ----

def look(frame):
    """The fields of an IPv4 frame that the lists and the summary ask for; None for others."""
    if frame[12:14] != b"\x08\x00":
        return None
    packet = {
        "proto": frame[23],
        "src": str(ipaddress.ip_address(frame[26:30])),
        "dst": str(ipaddress.ip_address(frame[30:34])),
        "fragment": struct.unpack("!H", frame[20:22])[0] & 0x3FFF,	# more to come, or not the first
        "later_fragment": struct.unpack("!H", frame[20:22])[0] & 0x1FFF,
        "sport": 0, "dport": 0, "flags": 0,
    }
    if packet["proto"] in (6, 17) and not packet["later_fragment"]:
        packet["sport"], packet["dport"] = struct.unpack("!HH", frame[34:38])
    if packet["proto"] == 6:
        packet["flags"] = frame[47]
    return packet


def smtp(p):
    return p["src"] == INFECTED and p["proto"] == 6 and p["dport"] == 25


def infected_tcp(p):
    return p["src"] == INFECTED and p["proto"] == 6


def infected_udp(p):
    return p["src"] == INFECTED and p["proto"] == 17


ACTION, ASKS, LOGS = range(3)
SEED_LISTS = {
    1: [("deny", smtp, True),
        ("permit", lambda p: True, False)],
    2: [("deny", smtp, True),
        ("permit", lambda p: infected_tcp(p) and p["flags"] & (ACK | RST), False),
        ("permit", infected_tcp, True),
        ("permit", lambda p: infected_udp(p) and p["dport"] == 53, False),
        ("deny", infected_udp, False),
        ("permit", lambda p: True, False)],
    3: [("deny", smtp, True),
        ("permit", lambda p: infected_tcp(p) and p["flags"] & SYN, True),
        ("permit", lambda p: infected_udp(p) and p["dport"] == 53, False),
        ("deny", infected_udp, False),
        ("permit", lambda p: True, False)],
}


def stays_in_the_vlan(frame):
    return frame[0:6] in [mac(m) for m in LAN_MAC.values()]


def deciding(number, packet):
    """Which entry of the list decides this packet: the first that asks for it."""
    return next(i for i, entry in enumerate(SEED_LISTS[number]) if entry[ASKS](packet))


def hits(number):
    counts = [0] * len(SEED_LISTS[number])
    flows = set()
    for _, frame in lan:
        p = look(frame)
        if p is None or stays_in_the_vlan(frame):
            continue
        i = deciding(number, p)
        counts[i] += 1
        if SEED_LISTS[number][i][LOGS]:
            flows.add((i, p["src"], p["sport"], p["dst"], p["dport"]))
    return counts, len(flows)


def passed(number):
    """Frames to another machine of the VLAN stay there; the list sees the rest if it is IPv4."""
    for _, frame in lan:
        p = look(frame)
        if stays_in_the_vlan(frame):
            continue
        if number == 0 or p is None or SEED_LISTS[number][deciding(number, p)][ACTION] == "permit":
            yield frame


def summary():
    packets = [look(f) for _, f in lan]
    inside = sum(1 for _, f in lan if stays_in_the_vlan(f) and look(f))
    bad = [p for p in packets if p and p["src"] == INFECTED]
    clean = [p for p in packets if p and p["src"] != INFECTED]

    def count(some, test):
        return sum(1 for p in some if test(p))

    rows = [
        ("frames in lan.pcap", len(lan)),
        ("frames in wan.pcap", len(wan)),
        ("frames in morning.pcap", len(lan) + len(wan)),
        ("lan: from the infected machine, IPv4", len(bad)),
        ("lan: its TCP segments to port 25", count(bad, smtp)),
        ("lan: of these, SYNs (sent again included)",
         count(bad, lambda p: smtp(p) and p["flags"] == SYN)),
        ("lan: its connections to port 25",
         len({(p["sport"], p["dst"]) for p in bad if smtp(p)})),
        ("lan: its other TCP segments", count(bad, lambda p: p["proto"] == 6 and not smtp(p))),
        ("lan: its DNS questions", count(bad, lambda p: p["proto"] == 17 and p["dport"] == 53)),
        ("lan: its scan, UDP to port 1434", count(bad, lambda p: p["dport"] == 1434)),
        ("lan: its other UDP",
         count(bad, lambda p: p["proto"] == 17 and p["dport"] not in (53, 1434))),
        ("lan: from clean machines, IPv4", len(clean)),
        ("lan: of these, TCP to port 25 of the smarthost",
         count(clean, lambda p: p["proto"] == 6 and p["dst"] == SMARTHOST and p["dport"] == 25)),
        ("lan: of these, fragments", count(clean, lambda p: p["fragment"])),
        ("lan: of these, inside the VLAN", inside),
        ("lan: ARP", sum(1 for _, f in lan if f[12:14] == b"\x08\x06")),
        ("lan: IPv6", sum(1 for _, f in lan if f[12:14] == b"\x86\xdd")),
    ]
    for name, n in rows:
        print(f"{name + ' ':.<52} {n}")


def main(argv):
    make()
    if argv == ["--summary"]:
        summary()
    elif len(argv) == 2 and argv[0] == "--hits" and argv[1] in ("1", "2", "3"):
        counts, messages = hits(int(argv[1]))
        for i, n in enumerate(counts):
            print(10 * (i + 1), n)
        print("log", messages)
    elif len(argv) == 2 and argv[0] == "--passed" and argv[1] in ("0", "1", "2", "3"):
        for frame in passed(int(argv[1])):
            print(frame.hex())
    elif len(argv) == 1 and not argv[0].startswith("-"):
        for name, frames in (("lan", lan), ("wan", wan), ("morning", merged())):
            with open(os.path.join(argv[0], name + ".pcap"), "wb") as out:
                out.write(pcap(frames))
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
