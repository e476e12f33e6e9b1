#!/usr/bin/env python3
"""The machines on either side of the router under test.

    peer.py serve PORT...            accepts on each; says "listening PORT", "accepted PORT ADDRESS";
                                     sends back whatever comes
    peer.py knock FROM TO PORT       says "knocking" once the SYN is on its way, "open" when it is
                                     answered; exit status 0 if it ever is
    peer.py echo FROM TO PORT BYTES  sends that many, reads them back, compares SHA-256 sums
"""

import hashlib
import os
import socket
import sys
import threading


def say(*words):
    """A line in one piece, whichever thread says it."""
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


def serve_one(connection):
    with connection:
        while data := connection.recv(1 << 16):
            connection.sendall(data)


def listen(port):
    listener = socket.create_server(("0.0.0.0", port), backlog=16)
    say("listening", port)
    while True:
        connection, address = listener.accept()
        say("accepted", port, address[0])
        threading.Thread(target=serve_one, args=[connection], daemon=True).start()


def serve(ports):
    threads = [threading.Thread(target=listen, args=[int(port)]) for port in ports]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def knock(source, target, port):
    s = socket.socket()
    s.bind((source, 0))
    s.setblocking(False)
    s.connect_ex((target, int(port)))
    say("knocking")
    s.setblocking(True)
    s.connect((target, int(port)))	# waits for the answer, or the kernel's giving up
    say("open")


def echo(source, target, port, size):
    size = int(size)
    line = hashlib.sha256(b"acegate").digest()
    data = (line * (size // len(line) + 1))[:size]
    # no two pieces the same, so that a lost, doubled or misplaced one shows
    data = b"".join(i.to_bytes(8, "big") + data[i + 8:i + 1024] for i in range(0, size, 1024))[:size]
    back = hashlib.sha256()
    with socket.create_connection((target, int(port)), source_address=(source, 0)) as s:
        sender = threading.Thread(target=lambda: (s.sendall(data), s.shutdown(socket.SHUT_WR)))
        sender.start()
        while got := s.recv(1 << 16):
            back.update(got)
        sender.join()
    if back.digest() != hashlib.sha256(data).digest():
        sys.exit("what came back is not what was sent")


def main(argv):
    commands = {"serve": lambda *ports: serve(ports), "knock": knock, "echo": echo}
    if len(argv) < 2 or argv[0] not in commands:
        sys.exit(__doc__)
    commands[argv[0]](*argv[1:])


if __name__ == "__main__":
    main(sys.argv[1:])
