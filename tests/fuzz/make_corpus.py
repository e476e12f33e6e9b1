#!/usr/bin/env python3
"""make_corpus.py: writes the seeds of the binary fuzz targets into tests/fuzz/corpus.

The line, config and entry corpora are text and were typed; what is not is made here, byte by byte:
frames of all sorts (packet), captures of them (capture), frames of the control socket (control) and
what telnet clients send (telnet).  Findings are added to the corpora by hand, under other names;
nothing here removes them.
"""
import os
import struct

CORPUS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "corpus")


def save(target, name, data):
    directory = os.path.join(CORPUS, target)
    os.makedirs(directory, exist_ok=True)
    with open(os.path.join(directory, name), "wb") as f:
        f.write(data)


# ---- frames ----

HOST_A, HOST_B, BROADCAST = b"\2\0\0\0\0\1", b"\2\0\0\0\0\2", b"\xff" * 6
V6_A = bytes.fromhex("20010db8000000000000000000000001")
V6_B = bytes.fromhex("fe800000000000000000000000000002")


def ether(payload, kind=0x0800, to=HOST_B, frm=HOST_A, tags=b""):
    return to + frm + tags + struct.pack(">H", kind) + payload


def tag(vid, tpid=0x8100, priority=0):
    return struct.pack(">HH", tpid, priority << 13 | vid)


def llc(payload, dsap=0xAA, ssap=0xAA, oui=b"\0\0\0", kind=0x0800, frm=HOST_A):
    body = bytes([dsap, ssap, 3]) + (oui + struct.pack(">H", kind) if dsap == 0xAA else b"") + payload
    return HOST_B + frm + struct.pack(">H", len(body)) + body


def ipv4(payload, proto=6, src="10.1.1.1", dst="192.0.2.1", tos=0, ttl=64, frag=0, options=b"",
         version=4, ihl=None, total=None):
    options += b"\0" * (-len(options) % 4)
    ihl = 5 + len(options) // 4 if ihl is None else ihl
    total = 20 + len(options) + len(payload) if total is None else total
    address = [bytes(int(x) for x in a.split(".")) for a in (src, dst)]
    return struct.pack(">BBHHHBBH", version << 4 | ihl, tos, total, 7, frag, ttl, proto, 0) + \
        address[0] + address[1] + options + payload


def ipv6(payload, following=6, hops=64, flow=0, traffic=0, src=V6_A, dst=V6_B, version=6, length=None):
    head = version << 28 | traffic << 20 | flow
    length = len(payload) if length is None else length
    return struct.pack(">IHBB", head, length, following, hops) + src + dst + payload


def extension(following, payload, units=0):
    return bytes([following, units]) + payload.ljust(units * 8 + 6, b"\0")


def fragment(following, offset, more=0, ident=9):
    return struct.pack(">BBHI", following, 0, offset << 3 | more, ident)


def tcp(sport=1025, dport=80, flags=2, payload=b"", words=5):
    return struct.pack(">HHIIBBHHH", sport, dport, 1, 2, words << 4, flags, 8192, 0, 0) + \
        b"\0" * (words * 4 - 20) + payload


def udp(sport=1025, dport=53, payload=b"hello"):
    return struct.pack(">HHHH", sport, dport, 8 + len(payload), 0) + payload


def icmp(kind, code=0, payload=b"\0" * 6):
    return bytes([kind, code]) + payload


FRAMES = {
    "tcp-syn": ether(ipv4(tcp())),
    "tcp-established": ether(ipv4(tcp(flags=0x10, payload=b"data"))),
    "tcp-fin-rst": ether(ipv4(tcp(flags=0x11))) ,
    "tcp-header-cut": ether(ipv4(tcp()[:9])),
    "tcp-ports-cut": ether(ipv4(tcp()[:3])),
    "udp": ether(ipv4(udp(), 17)),
    "udp-broadcast": ether(ipv4(udp(68, 67), 17, "0.0.0.0", "255.255.255.255"), to=BROADCAST),
    "icmp-echo": ether(ipv4(icmp(8), 1)),
    "icmp-too-big": ether(ipv4(icmp(3, 4), 1)),
    "igmp": ether(ipv4(bytes([0x16, 0, 0, 0, 224, 0, 0, 5]), 2, dst="224.0.0.5", options=b"\x94\4\0\0")),
    "gre": ether(ipv4(b"\0\0\x08\0", 47)),
    "ospf-ttl-1": ether(ipv4(b"\2\1\0\x2c", 89, dst="224.0.0.5", ttl=1, tos=0xC0)),
    "sctp": ether(ipv4(struct.pack(">HHII", 9, 9, 1, 0), 132)),
    "ip-fragment-first": ether(ipv4(udp(), 17, frag=0x2000)),
    "ip-fragment-later": ether(ipv4(b"later part", 17, frag=0x2003)),
    "ip-fragment-last": ether(ipv4(b"last part", 6, frag=0x1fff)),
    "ip-options": ether(ipv4(tcp(), options=b"\x07\x07\x04\0\0\0\0\x44\x04\5\0\1\0")),
    "ip-options-broken": ether(ipv4(tcp(), options=b"\x07\xff\x83\1\x94")),
    "ip-options-full": ether(ipv4(tcp(), options=bytes(b for n in range(20) for b in (0x80 | n + 2, 2)))),
    "ip-padded": ether(ipv4(tcp()).ljust(46, b"\xee")),
    "ip-total-too-long": ether(ipv4(tcp(), total=1500)),
    "ip-total-too-short": ether(ipv4(tcp(), total=19)),
    "ip-header-too-long": ether(ipv4(tcp(), ihl=15)),
    "ip-header-too-short": ether(ipv4(tcp(), ihl=4)),
    "ip-version-5": ether(ipv4(tcp(), version=5)),
    "ip-header-cut": ether(ipv4(tcp())[:19]),
    "ip-empty": ether(b""),
    "arp": ether(bytes.fromhex("0001080006040001") + HOST_A + b"\x0a\1\1\1" + b"\0" * 6 + b"\x0a\1\1\2",
                 0x0806, to=BROADCAST),
    "vlan": ether(ipv4(tcp()), tags=tag(1, priority=3)),
    "vlan-other": ether(ipv4(tcp()), tags=tag(7)),
    "vlan-stacked": ether(ipv4(tcp()), tags=tag(0, 0x88A8) + tag(1) + tag(2, 0x9100)),
    "vlan-nine-deep": ether(ipv4(tcp()), tags=tag(1) * 9),
    "vlan-cut": (HOST_B + HOST_A + tag(1))[:-1],
    "snap-ip": llc(ipv4(tcp())),
    "snap-bridge-tunnel": llc(ipv4(tcp()), oui=b"\0\0\xf8"),
    "snap-twice": llc(b"\xaa\xaa\3\0\0\0\x08\0" + ipv4(tcp()), kind=40),
    "snap-appletalk": llc(b"\0" * 20, oui=b"\x08\0\x07", kind=0x809B),
    "llc-spanning-tree": llc(b"\0" * 35, 0x42, 0x42).replace(HOST_B, b"\1\x80\xc2\0\0\0", 1),
    "llc-cut": llc(b"")[:15],
    "from-a-group": ether(ipv4(tcp()), frm=b"\3\0\0\0\0\1"),
    "runt": HOST_B + HOST_A[:4],
    "nothing": b"",
    "tcp6-syn": ether(ipv6(tcp()), 0x86DD),
    "udp6-flow": ether(ipv6(udp(), 17, flow=7, traffic=0xB8), 0x86DD),
    "icmp6-ns": ether(ipv6(icmp(135, 0, b"\0" * 22), 58, 255), 0x86DD),
    "icmp6-unreachable": ether(ipv6(icmp(1, 4), 58), 0x86DD),
    "esp6": ether(ipv6(b"\0" * 8, 50), 0x86DD),
    "none6": ether(ipv6(b"", 59), 0x86DD),
    "hbh-dest-tcp": ether(ipv6(extension(60, b"\5\2\0\0\1\0") + extension(6, b"\1\4\0\0\0\0") + tcp(), 0), 0x86DD),
    "routing-0": ether(ipv6(extension(6, b"\0\1\0\0\0\0" + V6_A, 2) + tcp(), 43), 0x86DD),
    "mobility": ether(ipv6(extension(59, b"\5\0\0\0\0\0"), 135), 0x86DD),
    "auth": ether(ipv6(bytes([6, 4]) + b"\0" * 22 + tcp(), 51), 0x86DD),
    "fragment6-first": ether(ipv6(fragment(17, 0, 1) + udp(), 44), 0x86DD),
    "fragment6-later": ether(ipv6(fragment(17, 100) + b"later part", 44), 0x86DD),
    "fragment6-atomic": ether(ipv6(fragment(6, 0) + tcp(), 44), 0x86DD),
    "fragment6-chain-split": ether(ipv6(fragment(60, 0, 1) + b"\x06\x07\0\0", 44), 0x86DD),
    "chain-long": ether(ipv6(b"".join(extension(60, b"") for _ in range(20)) + tcp(), 60), 0x86DD),
    "chain-past-the-end": ether(ipv6(extension(6, b"", 0)[:1] + b"\xff" + b"\0" * 14, 60), 0x86DD),
    "chain-cut": ether(ipv6(extension(6, b"")[:5], 60), 0x86DD),
    "chain-hbh-inside": ether(ipv6(extension(0, b"") + extension(6, b"") + tcp(), 60), 0x86DD),
    "ipv6-payload-too-long": ether(ipv6(tcp(), length=2000), 0x86DD),
    "ipv6-payload-zero": ether(ipv6(tcp(), length=0), 0x86DD),
    "ipv6-version-4": ether(ipv6(tcp(), version=4), 0x86DD),
    "ipv6-cut": ether(ipv6(tcp())[:39], 0x86DD),
    "ipv6-padded": ether(ipv6(udp(), 17) + b"\xee" * 9, 0x86DD),
}


def record(port, frame, offload=None):
    if offload is None:
        return struct.pack(">BH", port, len(frame)) + frame
    kind, size, start, offset = offload
    return struct.pack(">BBHHHH", port | 0x80, kind, size, start, offset, len(frame)) + frame


def packet_seeds():
    for name, frame in FRAMES.items():
        save("packet", name, record(4 if "established" in name else 0, frame))
    # 0x80 sets the low bits of nothing, but 0x80 % 5 is 3: the port is (0x80 | n) % 5.
    big = b"x" * 3000
    save("packet", "gso-tcp4", record(2, ether(ipv4(tcp(flags=0x19, payload=big))), (1, 1400, 34, 16)))
    save("packet", "gso-tcp6", record(2, ether(ipv6(tcp(flags=0x19, payload=big)), 0x86DD), (2, 1400, 54, 16)))
    save("packet", "gso-udp", record(2, ether(ipv4(udp(payload=big), 17)), (3, 1000, 34, 6)))
    save("packet", "gso-unknown", record(2, ether(ipv4(tcp(payload=big))), (4, 1000, 34, 16)))
    save("packet", "gso-of-another-kind", record(2, ether(ipv4(udp(payload=big), 17)), (1, 1000, 34, 16)))
    save("packet", "gso-size-0", record(2, ether(ipv4(tcp(payload=big))), (1, 0, 34, 16)))
    save("packet", "gso-size-1", record(2, ether(ipv4(tcp(payload=b"y" * 200))), (1, 1, 34, 16)))
    save("packet", "checksum-partial", record(2, ether(ipv4(udp(), 17)), (0, 0, 34, 6)))
    save("packet", "checksum-past-the-end", record(2, ether(ipv4(udp(), 17)), (0, 0, 60, 0xFFFF)))
    save("packet", "checksum-crc32c", record(2, ether(ipv4(struct.pack(">HHII", 9, 9, 1, 0) + b"d" * 9, 132)),
                                             (0, 0, 34, 8)))
    save("packet", "oversized-tcp", record(1, ether(ipv4(tcp(flags=0x18, payload=big)))))
    there = ether(ipv4(tcp()))
    back = ether(ipv4(tcp(80, 1025, 0x12), src="192.0.2.1", dst="10.1.1.1"), to=HOST_A, frm=HOST_B)
    reset = ether(ipv4(tcp(80, 1025, 0x14), src="192.0.2.1", dst="10.1.1.1"), to=HOST_A, frm=HOST_B)
    save("packet", "conversation", record(0, there) + record(4, back) + record(4, reset) + record(4, back))
    save("packet", "every-port", b"".join(record(p, FRAMES["arp"]) + record(p, there) for p in range(5)))
    save("packet", "length-lies", struct.pack(">BH", 0, 9999) + there)


# ---- captures ----

def pcap(frames, link=1, order="<", magic=0xA1B2C3D4, cut=None):
    out = struct.pack(order + "IHHiIII", magic, 2, 4, 0, 0, 262144, link)
    for i, frame in enumerate(frames):
        have = frame if cut is None else frame[:cut]
        out += struct.pack(order + "IIII", 1700000000 + i, i * 1000, len(have), len(frame)) + have
    return out


def pcapng_block(kind, body):
    body += b"\0" * (-len(body) % 4)
    size = struct.pack("<I", 12 + len(body))
    return struct.pack("<I", kind) + size + body + size


def pcapng(frames, link=1):
    out = pcapng_block(0x0A0D0D0A, struct.pack("<IHHq", 0x1A2B3C4D, 1, 0, -1))
    out += pcapng_block(1, struct.pack("<HHI", link, 0, 0))
    for i, frame in enumerate(frames):
        out += pcapng_block(6, struct.pack("<IIIII", 0, 5, i, len(frame), len(frame)) + frame)
    out += pcapng_block(3, struct.pack("<I", len(frames[0])) + frames[0])
    return out


def capture_seeds():
    few = [FRAMES[n] for n in ("tcp-syn", "udp", "icmp-echo", "arp", "tcp6-syn", "vlan", "ip-fragment-later",
                               "llc-spanning-tree", "ip-total-too-long", "runt")]
    ip, ip6 = ipv4(tcp()), ipv6(udp(), 17)
    save("capture", "ethernet", pcap(few))
    save("capture", "every-frame", pcap(list(FRAMES.values())))
    save("capture", "big-endian", pcap(few, order=">"))
    save("capture", "nanoseconds", pcap(few, magic=0xA1B23C4D))
    save("capture", "snaplen-30", pcap(few, cut=30))
    save("capture", "raw", pcap([ip, ip6, b"", b"\x45"], 101))
    save("capture", "raw-ipv4", pcap([ip, ip6], 228))
    save("capture", "raw-ipv6", pcap([ip, ip6], 229))
    save("capture", "null", pcap([b"\2\0\0\0" + ip, b"\0\0\0\2" + ip, b"\x1e\0\0\0" + ip6, b"\2\0"], 0))
    save("capture", "loop", pcap([b"\0\0\0\2" + ip, b"\0\0\0\x18" + ip6], 108))
    save("capture", "cooked", pcap([b"\0\0\0\1\0\6" + HOST_A + b"\0\0\x08\0" + ip, b"\0" * 15], 113))
    save("capture", "cooked-2", pcap([b"\x86\xdd\0\0\0\0\0\1\0\1\0\6" + HOST_A + b"\0\0" + ip6], 276))
    save("capture", "link-type-unknown", pcap(few, 147))
    save("capture", "pcapng", pcapng(few))
    save("capture", "pcapng-cut", pcapng(few)[:-40])
    save("capture", "empty-file", b"")
    save("capture", "header-only", pcap([]))
    save("capture", "header-cut", pcap(few)[:20])
    save("capture", "record-cut", pcap(few)[:90])
    save("capture", "record-huge", pcap([]) + struct.pack("<IIII", 1, 2, 0x7FFFFFFF, 0x7FFFFFFF))
    save("capture", "record-longer-than-wire", pcap([]) + struct.pack("<IIII", 1, 2000000000, 60, 14) + few[0].ljust(60, b"\0"))


# ---- the control socket ----

HELLO, EXECUTE, HELP, COMPLETE, ANSWER, INTERRUPT, END, RESIZE, AUTH, TRANSPORT = range(1, 11)


def said(*frames):
    return b"".join(struct.pack(">IB", len(text), kind) + text for kind, text in frames)


def control_seeds():
    socket, vty, ssh, message = b"\0", b"\1", b"\2", b"\3"
    password = (AUTH, b"pfuzz\0fuzz")
    save("control", "console", socket + said((HELLO, b"console 24 80"), (EXECUTE, b"enable"), (HELP, b"show "),
         (COMPLETE, b"sh"), (EXECUTE, b"show running-config"), (RESIZE, b"50 132"), (INTERRUPT, b""),
         (EXECUTE, b"conf t"), (EXECUTE, b"ip access-list extended A"), (END, b"permit ip any any"),
         (EXECUTE, b"exit")))
    save("control", "batch", socket + said((HELLO, b"batch 0 0"), (EXECUTE, b"show access-lists"),
         (EXECUTE, b"copy running-config startup-config"), (EXECUTE, b"nonsense"), (EXECUTE, b"exit")))
    save("control", "questions", socket + said((HELLO, b"console 24 80"), (EXECUTE, b"enable"), (EXECUTE, b"reload"),
         (ANSWER, b"n"), (ANSWER, b"y"), (EXECUTE, b"erase startup-config"), (INTERRUPT, b""), (ANSWER, b"")))
    save("control", "vty", vty + said((HELLO, b"console 24 80"), (ANSWER, b"admin"), (ANSWER, b"x"), (ANSWER, b"y"),
         (EXECUTE, b"enable"), (INTERRUPT, b"")))
    save("control", "vty-says-batch", vty + said((HELLO, b"batch 1 1"), (EXECUTE, b"show users")))
    save("control", "two-hellos", socket + said((HELLO, b"batch 0 0"), (HELLO, b"batch 0 0")))
    save("control", "no-hello", socket + said((EXECUTE, b"show version")))
    save("control", "hello-nonsense", socket + said((HELLO, b"emperor 1 1")))
    save("control", "hello-window", socket + said((HELLO, b"console -1 99999999999"), (RESIZE, b"-5 -5"),
         (EXECUTE, b"show version"), (RESIZE, b"x")))
    save("control", "nul-inside", socket + said((HELLO, b"batch 0 0"), (EXECUTE, b"show\0version"), (HELP, b"\0")))
    save("control", "server-frame", socket + said((HELLO, b"batch 0 0"), (64, b"output")))
    save("control", "type-unknown", socket + said((99, b"")))
    save("control", "too-long", socket + struct.pack(">IB", 0xFFFFFFFF, EXECUTE) + b"x" * 20)
    save("control", "longest", socket + struct.pack(">IB", 1 << 20, EXECUTE) + b"x" * 20)
    save("control", "cut", socket + said((HELLO, b"console 24 80"))[:9])
    save("control", "ssh", ssh + said((TRANSPORT, b"aes256-gcm@openssh.com none"), (AUTH, b"pfuzz\0wrong"), password,
         (HELLO, b"vty 24 80"), (EXECUTE, b"show privilege"), (EXECUTE, b"exit")))
    save("control", "ssh-exec", ssh + said(password, (HELLO, b"exec 0 0"), (EXECUTE, b"show users"), (EXECUTE, b"reload")))
    save("control", "ssh-key", ssh + said((AUTH, b"qfuzz\0ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA=="),
         (AUTH, b"kfuzz\0ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA=="), (HELLO, b"vty 24 80")))
    save("control", "ssh-no-auth", ssh + said((HELLO, b"vty 24 80"), (EXECUTE, b"show privilege")))
    save("control", "ssh-refused", ssh + said((AUTH, b"pfuzz\0wrong"), (HELLO, b"vty 24 80")))
    save("control", "ssh-refused-often", ssh + said(*[(AUTH, b"pfuzz\0wrong")] * 8, password))
    save("control", "ssh-query-only", ssh + said((AUTH, b"qfuzz\0ssh-rsa AAAA"), (HELLO, b"exec 0 0")))
    save("control", "ssh-execute", ssh + said((EXECUTE, b"show version")))
    save("control", "ssh-malformed", ssh + said((AUTH, b"p"), (AUTH, b"pfuzz"), (AUTH, b"zfuzz\0fuzz"), (AUTH, b"")))
    save("control", "ssh-transport", ssh + said((TRANSPORT, b"a"), (TRANSPORT, b"a b c")))
    save("control", "ssh-auth-late", ssh + said(password, (HELLO, b"vty 24 80"), password))
    save("control", "telnet-auth", vty + said(password, (HELLO, b"vty 24 80")))
    save("control", "message-telnet", message + b"telnet 2001:db8::1 9\n" + said((HELLO, b"vty 24 80"), (ANSWER, b"fuzz")))
    save("control", "message-ssh", message + b"ssh 192.0.2.7 65536\n" + said(password))
    save("control", "message-empty", message + b"\n" + said((HELLO, b"vty 24 80")))
    save("control", "message-long", message + b"telnet " + b"9" * 300 + b" 1\n")
    save("control", "line-too-long", socket + said((HELLO, b"batch 0 0"), (EXECUTE, b"x " * 1900),
         (COMPLETE, b"y" * 3000)))


# ---- telnet ----

IAC, DONT, DO, WONT, WILL, SB, SE = 255, 254, 253, 252, 251, 250, 240


def telnet_seeds():
    refusals = bytes(b for option in (1, 3, 24, 31) for b in (IAC, DONT, option, IAC, WONT, option))
    save("telnet", "refuses-all", refusals + b"admin\r\nsecret\r\n")
    save("telnet", "agrees", bytes([IAC, DO, 1, IAC, DO, 3, IAC, WILL, 24, IAC, WILL, 31]) +
         bytes([IAC, SB, 31, 0, 80, 0, 24, IAC, SE]) + bytes([IAC, SB, 24, 0]) + b"XTERM" + bytes([IAC, SE]))
    save("telnet", "enters", b"a\rb\nc\r\nd\r\0e\n\rf\r\r\n\0\n")
    save("telnet", "commands", bytes(b for c in range(236, 250) for b in (IAC, c)) + b"x")
    save("telnet", "iac-iac", bytes([IAC, IAC]) * 3 + b"x")
    save("telnet", "window-255", bytes([IAC, SB, 31, IAC, IAC, 0, 0, IAC, IAC, IAC, SE]))
    save("telnet", "window-short", bytes([IAC, SB, 31, 0, 80, IAC, SE]) + bytes([IAC, SB, 31, IAC, SE]))
    save("telnet", "options-unknown", bytes(b for o in range(0, 60) for b in (IAC, WILL, o, IAC, DO, o)))
    save("telnet", "subnegotiation-open", bytes([IAC, SB, 24]) + b"x" * 600)
    save("telnet", "subnegotiation-broken", bytes([IAC, SB, 24, IAC, DO, 1, IAC, SE, IAC, SE]))
    save("telnet", "compress", bytes([IAC, WILL, 86, IAC, SB, 86, IAC, SE, 120, 156, 1, 2, 3]))
    save("telnet", "environment", bytes([IAC, SB, 39, 0, 0, 255, 255, 1, 2, 3, IAC, SE, IAC, SB, 36, 1, IAC, SE]))
    save("telnet", "zmp-mssp", bytes([IAC, SB, 93]) + b"zmp.ping\0" + bytes([IAC, SE, IAC, SB, 70, 1, 65, 2, 66, IAC, SE]))
    save("telnet", "iac-last", b"abc" + bytes([IAC]))


# ---- scp ----

OUTPUT, READY, FILE_FOUND, FILE_BYTES = 64, 66, 71, 72


def scp_seeds():
    good, bad = (READY, b"\0" * 8 + b"Router#"), (READY, b"\1" + b"\0" * 7 + b"Router#")

    def save_scp(name, command, router, client):
        save("scp", name, command + b"\0" + struct.pack(">H", len(router)) + router + client)

    save_scp("to", b"scp -t flash:a", said(good, good, good), b"C0644 5 a\nhello\0")
    save_scp("to-directory", b"scp -v -p -d -t -- 'flash:'", said(good, good, good), b"T1 0 1 0\nC0644 5 a b\nhello\0")
    save_scp("to-two", b"scp -t flash:", said(*[good] * 6), b"C0644 1 a\nx\0C0600 2 b\nyz\0")
    save_scp("to-refused", b"scp -t flash:a", said((OUTPUT, b"no\nroom"), bad), b"C0644 5 a\nhello\0")
    save_scp("to-refused-late", b"scp -t flash:a", said(good, (OUTPUT, b"full"), bad), b"C0644 5 a\nhello\0")
    save_scp("to-cut", b"scp -t flash:a", said(good, good), b"C0644 500 a\nhello")
    save_scp("to-huge", b"scp -t flash:a", said(good), b"C0644 99999999999999999999999 a\nhello\0")
    save_scp("to-negative", b"scp -t flash:a", said(good), b"C0644 -1 a\nhello\0")
    save_scp("to-path", b"scp -t flash:", said(good), b"C0644 1 ../../etc/x\nx\0")
    save_scp("to-tree", b"scp -r -t flash:", b"", b"D0755 0 d\nC0644 1 a\nx\0E\n")
    save_scp("to-warned", b"scp -t flash:a", b"", b"\1scp: no such file\n")
    save_scp("to-long-line", b"scp -t flash:a", b"", b"C" * 3000)
    save_scp("from", b"scp -f flash:/a", said((FILE_FOUND, b"5 1700000000"), good, (FILE_BYTES, b"hello"), good), b"\0\0\0")
    save_scp("from-times", b'scp -p -f "flash:a"', said((FILE_FOUND, b"5 17"), good, (FILE_BYTES, b"hel"), good,
             (FILE_BYTES, b"lolo"), good), b"\0\0\0\0")
    save_scp("from-shrunk", b"scp -f flash:a", said((FILE_FOUND, b"5 17"), good, (FILE_BYTES, b""), good), b"\0\0\0")
    save_scp("from-refused", b"scp -f flash:a", said((OUTPUT, b"%Error opening flash:a"), bad), b"\0")
    save_scp("neither", b"scp flash:a", b"", b"")
    save_scp("both", b"scp -t -f flash:a", b"", b"")
    save_scp("no-name", b"scp -t", b"", b"")
    save_scp("quote-open", b"scp -t 'flash:a", b"", b"C0644 0 a\n\0")


if __name__ == "__main__":
    scp_seeds()
    packet_seeds()
    capture_seeds()
    control_seeds()
    telnet_seeds()
