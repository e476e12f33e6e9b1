#!/usr/bin/python3
"""ssh_paramiko.py PORT FILE: paramiko against the router ssh.sh started; FILE is what its long list shows.

Prints "ok - what" and "not ok - what" lines. Waits for data, never for time: the limit on every wait is
there to fail.
"""
import socket
import sys
import traceback

import paramiko

PORT = int(sys.argv[1])
PATIENCE = 30


def log_in(how="password", password="t0psecret"):
    transport = paramiko.Transport(("127.0.0.1", PORT))
    transport.banner_timeout = transport.auth_timeout = PATIENCE
    transport.start_client(timeout=PATIENCE)
    if how == "password":
        transport.auth_password("anna", password, fallback=False)
    else:
        transport.auth_interactive("anna", lambda title, text, prompts: answers(prompts, password))
    return transport


def answers(prompts, password):
    assert list(prompts) in ([], [("Password: ", False)]), prompts
    return [password] * len(prompts)


def until(channel, end):
    text = b""
    while not text.endswith(end):
        more = channel.recv(4096)
        assert more, f"the end came behind {text!r}"
        text += more
    return text


def shell(transport, **size):
    channel = transport.open_session()
    channel.settimeout(PATIENCE)
    if size:
        channel.get_pty(**size)
    channel.invoke_shell()
    until(channel, b"R1#")
    return channel


def default_algorithms():
    transport = log_in()
    assert transport.remote_version == "SSH-2.0-Cisco-1.25", transport.remote_version
    assert transport.get_banner() == b"\r\nAuthorized people only.\r\n", transport.get_banner()
    transport.close()


def keyboard_interactive():
    log_in("interactive").close()


def three_wrong_passwords():
    transport = paramiko.Transport(("127.0.0.1", PORT))
    transport.start_client(timeout=PATIENCE)
    for number in range(3):
        try:
            transport.auth_password("anna", "wrong", fallback=False)
            assert False, "let in"
        except (paramiko.AuthenticationException, paramiko.SSHException, EOFError):
            pass
    transport.join(PATIENCE)
    assert not transport.is_active()


def exec_command():
    transport = log_in()
    channel = transport.open_session()
    channel.settimeout(PATIENCE)
    channel.exec_command("show privilege")
    assert channel.makefile().read() == b"Current privilege level is 15\r\n"
    assert channel.recv_exit_status() == 0
    transport.join(PATIENCE)
    assert not transport.is_active(), "the connection ends with its session"


def window():
    transport = log_in()
    channel = shell(transport, width=132, height=50)
    channel.send("show terminal\n")
    text = until(channel, b"R1#")
    assert b"Length: 50 lines, Width: 132 columns" in text, text
    channel.resize_pty(width=100, height=40)
    while b"Length: 40 lines, Width: 100 columns" not in text:
        channel.send("show terminal\n")
        text = until(channel, b"R1#")
    transport.close()


def refusals():
    transport = log_in()
    channel = transport.open_session()
    channel.settimeout(PATIENCE)
    for what, request in (
        ("environment", lambda: channel.set_environment_variable("LANG", "C")),
        ("second session", lambda: transport.open_session(timeout=PATIENCE)),
        ("forwarding out", lambda: transport.open_channel(
            "direct-tcpip", ("127.0.0.1", 1), ("127.0.0.1", 1), timeout=PATIENCE)),
        ("forwarding in", lambda: transport.request_port_forward("127.0.0.1", 0)),
    ):
        try:
            request()
            # paramiko asks for no answer about variables
            assert what == "environment", what
        except paramiko.SSHException:
            pass
    channel.invoke_shell()
    until(channel, b"R1#")
    transport.close()
    transport = log_in()
    try:
        paramiko.SFTPClient.from_transport(transport)
        assert False, "sftp"
    except (paramiko.SSHException, EOFError):
        pass
    transport.close()


def new_keys():
    transport = log_in()
    channel = shell(transport)
    for _ in range(3):
        transport.renegotiate_keys()
        channel.send("show privilege\n")
        assert b"Current privilege level is 15" in until(channel, b"R1#")
    transport.close()


def narrow_window():
    transport = log_in()
    channel = transport.open_session(window_size=4096, max_packet_size=1024)
    channel.settimeout(PATIENCE)
    channel.exec_command("show access-lists Long")
    with open(sys.argv[2], "rb") as wanted:
        assert channel.makefile().read() == wanted.read()
    assert channel.recv_exit_status() == 0
    transport.close()


def half_closed():
    transport = log_in()
    channel = shell(transport)
    channel.send("show privilege\nexit\n")
    channel.shutdown_write()
    assert b"Current privilege level is 15" in channel.makefile().read()
    transport.close()


def rude_ends():
    with socket.create_connection(("127.0.0.1", PORT), PATIENCE) as raw:
        raw.sendall(b"\x00" * 70000)
    transport = log_in()
    channel = shell(transport)
    channel.send("show access-lists Long\n")
    transport.sock.close()
    transport = log_in()
    until(shell_of(transport), b"R1#")
    transport.close()


def shell_of(transport):
    channel = transport.open_session()
    channel.settimeout(PATIENCE)
    channel.invoke_shell()
    return channel


def sixteen_at_once():
    transport = log_in()
    held = [(transport, shell(transport))]
    # Those that went before leave in their own time.
    users = b"vty 0 vty 1"
    while users.count(b"vty") > 1:
        held[0][1].send("show users | include vty\n")
        users = until(held[0][1], b"R1#").split(b"\n", 1)[1]
    for _ in range(15):
        transport = log_in()
        held.append((transport, shell(transport)))
    try:
        log_in()
        assert False, "a seventeenth"
    except (paramiko.SSHException, EOFError, OSError):
        pass
    for number, (transport, channel) in enumerate(held):
        channel.send("show privilege\n")
        assert b"Current privilege level is 15" in until(channel, b"R1#"), number
        transport.close()


def main():
    paramiko.util.logging.getLogger("paramiko").setLevel("CRITICAL")
    for test in (default_algorithms, keyboard_interactive, three_wrong_passwords, exec_command, window,
                 refusals, new_keys, narrow_window, half_closed, rude_ends, sixteen_at_once):
        name = test.__name__.replace("_", " ")
        try:
            test()
            print(f"ok - {name}")
        except Exception:
            print(f"not ok - {name}")
            print("".join(f"# {line}\n" for line in traceback.format_exc().splitlines()), end="")
        sys.stdout.flush()


main()
