/*
 * factory.c - what a router without a startup-config comes up with: the LAN bridged to the WAN,
 * transparently, so that it can be put into any cable and filtered on from there.
 */
#include "cli/commands/factory.h"

const char factory_config[] = "version 15.4\n"
			      "service timestamps debug datetime msec\n"
			      "service timestamps log datetime msec\n"
			      "no service password-encryption\n"
			      "!\n"
			      "hostname Router\n"
			      "!\n"
			      "bridge irb\n"
			      "!\n"
			      "interface FastEthernet4\n"
			      " no ip address\n"
			      " bridge-group 1\n"
			      " no shutdown\n"
			      "!\n"
			      "interface Vlan1\n"
			      " no ip address\n"
			      " bridge-group 1\n"
			      " no shutdown\n"
			      "!\n"
			      "bridge 1 protocol ieee\n"
			      "!\n"
			      "line con 0\n"
			      "line vty 0 4\n"
			      " login\n"
			      "!\n"
			      "end\n";
