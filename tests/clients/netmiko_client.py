# tests/clients/netmiko_client.py telnet|ssh - netmiko's cisco_ios_telnet or cisco_ios at work.
#
# One session is opened with netmiko's own idea of patience, as scripts do that set nothing; the
# others sleep less between their reads. What netmiko gives back is compared with what the router's
# console prints.
import os
import re
import sys
import threading

import netmiko

from results import like, ok, router, run, same, unlike

TRANSPORT = sys.argv[1]
DEVICE = {"telnet": "cisco_ios_telnet", "ssh": "cisco_ios"}[TRANSPORT]
PORT = int(os.environ[TRANSPORT.upper() + "_PORT"])
LONG_LIST = 200
LESS_SLEEP = 0.3


def login(username="anna", password="t0psecret", fast=True, **more):
    if fast:
        more.update(fast_cli=True, global_delay_factor=LESS_SLEEP)
    return netmiko.ConnectHandler(
        device_type=DEVICE, host="127.0.0.1", port=PORT, username=username, password=password,
        secret="s3same", **more)


def on_console(line):
    return router(line).strip()


def a_session():
    """From login to logout with everything at netmiko's defaults."""
    log = os.path.join(os.environ["HOME"], "session.log")
    c = login(fast=False, session_log=log)
    same(c.find_prompt(), "R1#", "a user of privilege 15 lands in privileged EXEC")
    ok(c.check_enable_mode(), "... which netmiko recognizes")
    c.enable()
    same(c.find_prompt(), "R1#", "enable() there asks for nothing")
    same(c.send_command("show access-lists"), on_console("show access-lists"),
         "send_command gives what the console shows")
    like(c.send_command("show access-lists"), r"smtp log \(103 matches\)$", "... with the hits")
    same(c.send_command("show privilege"), "Current privilege level is 15", "one line of output")
    same(c.send_command("terminal monitor"), "", "no output")
    same(c.send_command("terminal no monitor"), "", "... and back")
    ok(c.is_alive(), "is_alive")
    like(c.send_config_set(["ip access-list extended Web", "permit tcp any any eq 80", "deny ip any any log"]),
         r"^R1\(config-ext-nacl\)#deny ip any any log\n", "a config set")
    ok(not c.check_config_mode(), "... leaves configuration")
    same(c.send_command("show access-lists Web"),
         "Extended IP access list Web\n    10 permit tcp any any eq www\n    20 deny ip any any log",
         "... and is in force")
    same(c.save_config(), "Building configuration...\n[OK]", "save_config")
    c.disconnect()
    with open(os.environ["STARTUP_CONFIG"]) as file:
        like(file.read(), r"^ permit tcp any any eq www\n deny   ip any any log\n", "... has saved it")
    with open(log, newline="") as file:
        unlike(file.read(), "\r\r|\x1b|\x08", "no doubled CR, no escapes and no repaints in the session")


def privileges():
    c = login("ben", "letmein")
    same(c.find_prompt(), "R1>", "a user of privilege 1 lands in user EXEC")
    ok(not c.check_enable_mode(), "... which netmiko recognizes")
    like(c.send_command("configure terminal"), r"^% Invalid input detected at '\^' marker\.$",
         "... where there is no configure")
    c.enable()
    same(c.find_prompt(), "R1#", "enable() with the secret")
    c.exit_enable_mode()
    same(c.find_prompt(), "R1>", "exit_enable_mode()")
    c.secret, c.timeout = "wrong", 3    # how long it waits in vain for the prompt
    try:
        c.enable()
        ok(False, "enable() with a wrong secret fails")
    except ValueError:
        ok(True, "enable() with a wrong secret fails")
    c.disconnect()


def wrong_password():
    error = netmiko.NetMikoAuthenticationException
    for user, password in ("anna", "wrong"), ("nobody", "t0psecret"):
        try:
            login(user, password).disconnect()
            ok(False, f"{user} with a wrong password is refused")
        except error:
            ok(True, f"{user} with a wrong password is refused")


def errors_are_seen():
    c = login()
    for line, wanted in [
            ("show ip zebra", " " * 11 + "^\n% Invalid input detected at '^' marker."),
            ("show", "% Incomplete command."),
            ("show i", '% Ambiguous command:  "show i"')]:
        same(c.send_command(line, strip_prompt=True).rstrip("\n"), wanted, f'error text of "{line}"')
    output = c.send_config_set(["ip access-list extended Faulty", "permit tpc any any", "permit tcp any",
                                "10 permit tcp any any", "10 permit udp any any"])
    like(output, r"#permit tpc any any\n {28}\^\n% Invalid input detected at '\^' marker\.\n\nR1",
         "a wrong word in a config set, its caret below it")
    like(output, r"#permit tcp any\n% Incomplete command\.\n\nR1", "a missing word")
    like(output, r"#10 permit udp any any\n% Duplicate sequence number\.?\n", "a number that is taken")
    same(on_console("show access-lists Faulty"),
         "Extended IP access list Faulty\n    10 permit tcp any any", "... and only the good line is there")
    c.disconnect()


def long_sets():
    entries = [f"permit udp host 10.{i // 250}.0.{i % 250 + 1} any eq 53" for i in range(LONG_LIST)]
    c = login()
    output = c.send_config_set(["ip access-list extended Long"] + entries)
    unlike(output, "%", f"a config set of {LONG_LIST} lines goes through")
    shown = c.send_command("show access-lists Long")
    same(shown, on_console("show access-lists Long"), "... and is shown whole, unpaged")
    same(len(shown.splitlines()), LONG_LIST + 1, "... every line of it")
    running = c.send_command("show running-config")
    same(running, on_console("show running-config"), "the whole running-config")
    like(running, r"\nend$", "... to its end")
    same(c.send_command("show running-config | include ^ip access-list"),
         on_console("show running-config | include ^ip access-list"), "a filter")
    c.send_config_set(["no ip access-list extended Long"])
    c.disconnect()


def ask(connection, text, expected):
    """Types that, without an Enter of netmiko's, and waits for what must then be the last."""
    return connection.send_command(text, expect_string=expected, normalize=False, strip_prompt=False,
                                   strip_command=False)


def paging():
    """netmiko turns paging off; a script can have it back."""
    c = login()
    whole = c.send_command("show running-config")
    c.send_command("terminal length 20")
    pages, more = ask(c, "show running-config\n", r" --More-- $"), 0
    while pages.endswith(" --More-- "):
        more += 1
        pages += ask(c, " ", r"( --More-- |R1#)$")
    lines = [line.split("\x08")[-1].strip() for line in pages.replace(" --More-- ", "").splitlines()]
    ok(more > 2, "terminal length 20 brings the pager", pages)
    same([line for line in lines if line and line != "R1#"][1:],
         [line.strip() for line in whole.splitlines() if line.strip()], "... a page a space, nothing lost")
    c.disconnect()


def questions():
    c = login()
    like(ask(c, "clear logging\n", r"\]"), r"^Clear logging buffer \[confirm\]$", "clear logging asks")
    like(ask(c, "\n", "R1#"), r"^R1#$", "... Enter answers")
    like(ask(c, "copy running-config startup-config\n", r"\? $"),
         r"^Destination filename \[startup-config\]\? $", "copy asks")
    like(ask(c, "\n", "R1#"), r"^Building configuration\.\.\.\n\[OK\]\nR1#$", "... Enter answers")
    c.disconnect()


def five_at_once():
    """Five scripts edit one router: each has a list of its own, and one they all put entries into."""
    together, troubles = threading.Barrier(5, timeout=60), []

    def script(n):
        try:
            c = login()
            c.send_config_set([f"ip access-list standard Own{n}"] + [f"permit 10.{n}.0.{i}" for i in range(1, 11)])
            together.wait()
            users = c.send_command("show users")
            together.wait()
            c.send_config_set(["ip access-list extended Shared"] +
                              [f"{n * 100 + i} permit tcp host 10.{n}.0.{i} any" for i in range(1, 11)])
            if len(re.findall(r"^[ *] *\d+ vty \d+ +anna ", users, re.M)) != 5:
                troubles.append(f"session {n} sees:\n{users}")
            shown = c.send_command(f"show access-lists Own{n}")
            if len(shown.splitlines()) != 11:
                troubles.append(f"session {n} has:\n{shown}")
            c.disconnect()
        except Exception as trouble:
            troubles.append(f"session {n}: {trouble!r}")
            together.abort()

    threads = [threading.Thread(target=script, args=(n,)) for n in range(1, 6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    ok(not troubles, "five sessions at once", "\n".join(troubles))
    same([int(line.split()[0]) for line in on_console("show access-lists Shared").splitlines()[1:]],
         [n * 100 + i for n in range(1, 6) for i in range(1, 11)], "... none of their edits is lost")
    names = [f"no ip access-list standard Own{n}" for n in range(1, 6)]
    router("configure terminal", "no ip access-list extended Shared", *names, "end")


def detection():
    """Which kind of device is this?  netmiko can ask over SSH."""
    guess = netmiko.SSHDetect(device_type="autodetect", host="127.0.0.1", port=PORT, username="anna",
                              password="t0psecret").autodetect()
    same(guess, "cisco_ios", "autodetect")


def files():
    """A file there and back by SCP, with the checks netmiko makes around it."""
    home = os.environ["HOME"]
    mine, back = os.path.join(home, "list.txt"), os.path.join(home, "back.txt")
    with open(mine, "w") as file:
        file.write("".join(f"access-list 101 permit tcp any any eq {n}\n" for n in range(1, 1001)))
    c = login()
    try:
        netmiko.file_transfer(c, source_file=mine, dest_file="list.txt", file_system="flash:", direction="put")
        ok(False, "SCP is refused until ip scp server enable")
    except Exception:
        ok(True, "SCP is refused until ip scp server enable")
    c.send_config_set(["ip scp server enable"])
    for name, wanted in [
            ("a file is put", {"file_exists": True, "file_transferred": True, "file_verified": True}),
            ("... and is there the next time", {"file_exists": True, "file_transferred": False, "file_verified": True})]:
        same(netmiko.file_transfer(c, source_file=mine, dest_file="list.txt", file_system="flash:",
                                   direction="put"), wanted, name)
    same(netmiko.file_transfer(c, source_file="list.txt", dest_file=back, file_system="flash:",
                               direction="get")["file_verified"], True, "a file is got")
    with open(mine, "rb") as one, open(back, "rb") as other:
        ok(one.read() == other.read(), "... the same, byte for byte")
    c.disconnect()


tests = [a_session, privileges, wrong_password, errors_are_seen, long_sets, paging, questions, five_at_once]
run(*tests, *([detection, files] if TRANSPORT == "ssh" else []))
