# tests/clients/telnet_client.py - telnetlib, and a TCP connection without TELNET, with every Enter there
# is.
import os
import re
import socket
import telnetlib

from results import like, ok, run, same, unlike

PORT = int(os.environ["TELNET_PORT"])
DEADLINE = 20
ENTERS = {"CR": b"\r", "LF": b"\n", "CR LF": b"\r\n", "CR NUL": b"\r\0"}
IAC = b"\xff"


class Plain:
    """A connection that reads until it has seen what it waits for; options are cut out unanswered."""

    def __init__(self, enter=b"\r"):
        self.socket = socket.create_connection(("127.0.0.1", PORT), DEADLINE)
        self.enter = enter
        self.raw = b""

    def until(self, regexp):
        while not re.search(regexp, self.text()):
            more = self.socket.recv(4096)
            if not more:
                raise EOFError(f"ended before {regexp!r}: {self.raw!r}")
            self.raw += more
        text, self.raw = self.text(), b""
        return text

    def text(self):
        plain = re.sub(rb"\xff[\xfb-\xfe].", b"", self.raw, flags=re.S)
        return re.sub(rb"\xff\xfa.*?\xff\xf0", b"", plain, flags=re.S).decode()

    def line(self, text):
        self.socket.sendall(text.encode() + self.enter)

    def login(self):
        self.until("Username: $")
        self.line("anna")
        self.until("Password: $")
        self.line("t0psecret")
        return self.until("R1#$")

    def ended(self):
        while True:
            more = self.socket.recv(4096)
            if not more:
                return True
            self.raw += more


def every_enter():
    for name, enter in ENTERS.items():
        c = Plain(enter)
        same(c.login(), "\r\nR1#", f"{name}: a login")
        c.line("show privilege")
        same(c.until("R1#$"), "show privilege\r\nCurrent privilege level is 15\r\nR1#", f"{name}: a command")
        c.line("")
        same(c.until("R1#$"), "\r\nR1#", f"{name}: an empty line is one prompt")
        c.line("exit")
        ok(c.ended(), f"{name}: exit ends it")


def greeting():
    c = Plain()
    text = c.until("Username: $")
    same(text, "\r\n\r\nUser Access Verification\r\n\r\nUsername: ", "the greeting")
    c.line("")
    same(c.until("Username: $"), "\r\nUsername: ", "an empty name asks again")
    c.socket.close()


def typed_ahead():
    """A whole script in one piece, logins and all."""
    c = Plain()
    c.socket.sendall(b"anna\rt0psecret\rconfigure terminal\rip access-list extended Ahead\r" +
                     b"".join(b"permit tcp any any eq %d\r" % n for n in range(3000, 3200)) +
                     b"end\rshow access-lists Ahead | count permit\rexit\r")
    c.ended()
    like(c.text(), r"Number of lines which match regexp = 200\r$", "a script typed ahead loses no line")


def oddities():
    c = Plain()
    c.login()
    c.socket.sendall((IAC + b"\xf1") * 3 + b"\0\0")
    c.line("show privilege")
    same(c.until("R1#$"), "show privilege\r\nCurrent privilege level is 15\r\nR1#", "NOPs and NULs are not typed")
    c.socket.sendall(IAC + b"\xfb\x63" + IAC + b"\xfd\x63" + IAC + b"\xfa\x63abc" + IAC + b"\xf0")
    c.line("show privilege")
    like(c.until("R1#$"), "^show privilege\r\nCurrent", "unknown options are not shown")
    c.socket.sendall(b"show running" + IAC + b"\xf4")
    like(c.until("R1#$"), r"R1#$", "an interrupt drops the line")
    c.socket.close()


def refuses_everything():
    """telnetlib answers DONT and WONT to all, and needs the echo nevertheless."""
    t = telnetlib.Telnet("127.0.0.1", PORT, DEADLINE)
    text = b""
    for expected, answer in (b"Username: ", b"ben"), (b"Password: ", b"letmein"), (b"R1>", b"enable"), \
            (b"Password: ", b"s3same"), (b"R1#", b"terminal length 0"), (b"R1#", b"show access-lists InsideLog"):
        text = t.read_until(expected, DEADLINE)
        ok(text.endswith(expected), f"telnetlib: reaches {expected.decode().strip()}", text)
        unlike(text.decode(), "letmein|s3same", "... no password is echoed")
        t.write(answer + b"\r\n")
    text = t.read_until(b"R1#", DEADLINE).decode()
    like(text, r"^show access-lists InsideLog\r\nExtended IP access list InsideLog\r\n", "telnetlib: echo and output")
    t.write(b"exit\r\n")
    like(t.read_all().decode(), r"^exit\r", "telnetlib: exit is echoed, and ends")


run(greeting, every_enter, typed_ahead, oddities, refuses_everything)
