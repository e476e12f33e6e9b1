#!/usr/bin/python3
# tests/clients/textfsm_client.py - what the router shows, read by TextFSM with templates of our own.
#
# The templates (textfsm/*.textfsm) follow the public column layouts and end in "-> Error": a line they do
# not know fails. What they read is compared with what is known of the router.
import os

import textfsm

from results import ok, router, run, same

HERE = os.path.dirname(os.path.abspath(__file__))


def parsed(command, name=None):
    """The rows of what a command shows, as dicts; None when a line is not understood."""
    name = name or command.replace(" ", "_").replace("-", "_")
    with open(os.path.join(HERE, "textfsm", name + ".textfsm"), encoding="ascii") as template:
        fsm = textfsm.TextFSM(template)
    text = router(command).replace("\r", "")
    try:
        rows = fsm.ParseText(text)
    except textfsm.TextFSMError as e:
        ok(False, command + " is understood line by line", f"{e}\nin\n{text}")
        return None
    if not ok(rows, command + " is understood line by line", text):
        return None
    return [dict(zip(fsm.header, row)) for row in rows]


def by(rows, key):
    return {row[key]: row for row in rows or []}


def version():
    rows = parsed("show version")
    if rows:
        same(rows[0]["HOSTNAME"], "branch", "show version: the host's name")
        same(rows[0]["VERSION"], "15.4(3)M3", "show version: the version")
        same(rows[0]["CONFIG_REGISTER"], "0x2102", "show version: the configuration register")
        ok(rows[0]["IMAGE_FILE"].startswith("flash:"), "show version: the image", rows[0])


def interfaces():
    rows = by(parsed("show interfaces"), "INTERFACE")
    same(sorted(rows), ["FastEthernet%d" % n for n in range(5)] + ["Loopback0", "Vlan1"],
         "show interfaces: all of them")
    if "FastEthernet4" in rows:
        wan = rows["FastEthernet4"]
        same((wan["STATUS"], wan["DESCRIPTION"], wan["IP"], wan["BANDWIDTH"]),
             ("up", "To the Internet", "203.0.113.2/30", "2000 Kbit"), "show interfaces: the WAN port")
        ok(int(wan["INPUT_PACKETS"]) > 100 and int(wan["OUTPUT_PACKETS"]) > 100,
           "show interfaces: its packets", wan)
        same(rows["Loopback0"]["HARDWARE"], "Loopback", "show interfaces: a loopback")
    brief = by(parsed("show ip interface brief"), "INTERFACE")
    if "Loopback0" in brief:
        same((brief["Loopback0"]["IP"], brief["Loopback0"]["METHOD"]), ("10.255.0.1", "manual"),
             "show ip interface brief: an address")
        same(brief["FastEthernet3"]["STATUS"], "administratively down",
             "show ip interface brief: one that is shut down")
    description = by(parsed("show interfaces description"), "PORT")
    if "Fa4" in description:
        same(description["Fa4"]["DESCRIPTION"], "To the Internet", "show interfaces description")
        same(description["Fa3"]["STATUS"], "admin down", "... of one that is shut down")
    status = by(parsed("show interfaces status"), "PORT")
    if "Fa0" in status:
        same([status[p]["STATUS"] for p in ("Fa0", "Fa1", "Fa3")],
             ["connected", "notconnect", "disabled"], "show interfaces status")
        same(status["Fa4"]["NAME"], "To the Internet", "... and a name")


def lists():
    rows = parsed("show access-lists")
    if rows:
        first = next(row for row in rows if row["NAME"] == "InsideLog")
        same((first["NAME"], first["NUMBER"], first["ACTION"], first["DESTINATION_PORT"], first["MATCHES"]),
             ("InsideLog", "10", "deny", "eq smtp", "103"), "show access-lists: an entry")


def logging():
    rows = parsed("show logging")
    if rows:
        ok(any(row["MNEMONIC"] == "IPACCESSLOGP" and row["SEVERITY"] == "6" for row in rows),
           "show logging: the messages of a list", rows)
        ok(all(row["FACILITY"] in ("SYS", "SEC", "LINK", "LINEPROTO", "SSH") for row in rows),
           "show logging: the facilities", rows)


def routes():
    rows = by(parsed("show ip route"), "NETWORK")
    if rows:
        same((rows["0.0.0.0"]["CODE"], rows["0.0.0.0"]["DEFAULT"], rows["0.0.0.0"]["NEXT_HOP"]),
             ("S", "*", "203.0.113.1"), "show ip route: the default route")
        same((rows["203.0.113.0"]["CODE"], rows["203.0.113.0"]["INTERFACE"]), ("C", "FastEthernet4"),
             "show ip route: a connected one")
    arp = by(parsed("show ip arp"), "ADDRESS")
    same(sorted(arp), ["203.0.113.2"], "show ip arp: the router's own address")


def system():
    rows = parsed("show inventory")
    if rows:
        same([row["PID"] for row in rows], ["ACEGATE", "file", "file"], "show inventory: its parts")
    rows = by(parsed("show processes cpu"), "PROCESS")
    ok("frames" in rows and int(rows["frames"]["INVOKED"]) > 0,
       "show processes cpu: the thread that moves frames", rows)


run(version, interfaces, lists, logging, routes, system)
