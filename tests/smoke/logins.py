#!/usr/bin/env python3
"""Many logins at once, half of them garbage.

    logins.py USER PASSWORD SEED TELNET-PORT SSH-PORT

Each of 50 users logs in by telnet or SSH, asks for something and leaves, trying again when the router
resets the connection because all lines are busy, as a user would.  50 others at the same time send what is no
login: noise, options without end, too little, too much, half a handshake, or nothing.  Exit status 0
when every user got what was asked for.
"""

import os
import random
import re
import socket
import struct
import subprocess
import sys
import threading
import time

USERS = 50
VANDALS = 50
PATIENCE_S = 120

IAC, DONT, DO, WONT, WILL, SB, SE = 255, 254, 253, 252, 251, 250, 240


class Gone(Exception):
    """The router closed or reset the connection."""


class Telnet:
    """A client that refuses every option, as the plainest do."""

    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.settimeout(PATIENCE_S)
        self.text = b""
        self.raw = b""

    def close(self):
        self.socket.close()

    def feed(self):
        try:
            data = self.socket.recv(4096)
        except ConnectionError as error:
            raise Gone from error
        if not data:
            raise Gone
        self.raw += data
        while self.raw:
            if self.raw[0] != IAC:
                end = self.raw.find(IAC)
                end = len(self.raw) if end < 0 else end
                self.text += self.raw[:end]
                self.raw = self.raw[end:]
            elif len(self.raw) < 3:
                return
            else:
                verb, option = self.raw[1], self.raw[2]
                self.raw = self.raw[3:]
                if verb == DO:
                    self.send(bytes([IAC, WONT, option]))
                elif verb == WILL:
                    self.send(bytes([IAC, DONT, option]))

    def send(self, data):
        try:
            self.socket.sendall(data)
        except ConnectionError as error:
            raise Gone from error

    def await_text(self, pattern):
        while not (found := re.search(pattern, self.text)):
            self.feed()
        before, self.text = self.text[: found.start()], self.text[found.end() :]
        return before


def ssh_session(port, name, password):
    ran = subprocess.run(
        ["sshpass", "-e", "ssh", "-p", str(port), "-o", "StrictHostKeyChecking=no", "-o", "LogLevel=ERROR",
         "-o", "UserKnownHostsFile=/dev/null", f"{name}@127.0.0.1", "show privilege"],
        env={**os.environ, "SSHPASS": password}, stdin=subprocess.DEVNULL, capture_output=True,
        timeout=PATIENCE_S, check=False)
    if not ran.stdout:
        raise Gone
    return ran.stdout.strip() == b"Current privilege level is 1"


def telnet_session(port, name, password):
    client = Telnet(port)
    try:
        client.await_text(rb"Username: $")
        client.send(name.encode() + b"\r\n")
        client.await_text(rb"Password: $")
        client.send(password.encode() + b"\r\n")
        client.await_text(rb"[\w-]+>$")
        client.send(b"show privilege\r\n")
        answer = client.await_text(rb"[\w-]+>$")
        client.send(b"exit\r\n")
        try:
            while True:
                client.feed()
        except Gone:
            pass
        return b"Current privilege level is 1\r\n" in answer
    finally:
        client.close()


def user(session, seen, *arguments):
    """Until a line is free."""
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        try:
            seen.append(session(*arguments))
            return
        except (Gone, ConnectionError):
            time.sleep(0.05)
    seen.append(False)


def vandal(port, dice):
    """One of several ways to be a nuisance, then away without a word."""
    try:
        s = socket.create_connection(("127.0.0.1", port))
    except ConnectionError:
        return
    s.settimeout(0.5)
    kinds = [
        lambda: dice.randbytes(dice.randrange(1, 5000)),
        lambda: bytes([IAC, SB, 31]) * dice.randrange(1, 3000),
        lambda: bytes([IAC, dice.randrange(240, 256)]) * 2000,
        lambda: b"SSH-2.0-" + dice.randbytes(300),
        lambda: b"SSH-2.0-x\r\n" + struct.pack(">I", dice.randrange(1 << 32)) + dice.randbytes(2000),
        lambda: b"GET / HTTP/1.0\r\n\r\n",
        lambda: b"A" * 200000,
        lambda: b"",
    ]
    try:
        s.sendall(dice.choice(kinds)())
        s.recv(100)
    except (ConnectionError, TimeoutError):
        pass
    if dice.random() < 0.5:
        s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    s.close()


def main():
    name, password, seed = sys.argv[1:4]
    ports = telnet, ssh = [int(port) for port in sys.argv[4:]]
    seen = []
    threads = []
    for i in range(USERS):
        session, port = (ssh_session, ssh) if i % 5 == 0 else (telnet_session, telnet)
        threads.append(threading.Thread(target=user, args=(session, seen, port, name, password)))
    for i in range(VANDALS):
        dice = random.Random(f"{seed}:{i}")
        threads.append(threading.Thread(target=vandal, args=(dice.choice(ports), dice)))
    random.Random(seed).shuffle(threads)
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(f"{seen.count(True)} of {USERS} users were served")
    sys.exit(0 if seen.count(True) == USERS else 1)


if __name__ == "__main__":
    main()
