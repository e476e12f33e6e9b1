/*
 * confine.c - what the router's process is left with.
 *
 * It keeps its user, whose files the configuration and the file area are.  Root without capabilities
 * still owns most of the system's files: what Landlock leaves is what it needs.  Without Landlock it
 * goes on, and says so: the processes that face the network are confined otherwise
 * (cli/vty/confine.c), and a router that does not start protects nobody.
 */
#include "config.h"

#include <errno.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "confine/confine.h"
#include "daemon/confine.h"

enum { FILES = CONFINE_READ | CONFINE_WRITE | CONFINE_CHANGE };

static const char *
directory_of(const char *path, char copy[PATH_MAX])
{
	snprintf(copy, PATH_MAX, "%s", path);
	return dirname(copy);
}

static int
confine_to_files(const struct options *o)
{
	char config[PATH_MAX] = "", run[PATH_MAX];
	const struct confine_path paths[] = {
		/* Where nothing was given, a path that is not there. */
		{ .path = o->config != NULL ? directory_of(o->config, config) : "",
			.access = FILES },
		{ .path = o->flash != NULL ? o->flash : "", .access = FILES },
		{ .path = directory_of(o->socket, run), .access = CONFINE_REMOVE },
		/* time zones, names of services and hosts, libraries loaded on demand */
		{ .path = "/etc/localtime", .access = CONFINE_READ },
		{ .path = "/usr/share/zoneinfo", .access = CONFINE_READ },
		{ .path = "/etc/services", .access = CONFINE_READ },
		{ .path = "/etc/protocols", .access = CONFINE_READ },
		{ .path = "/etc/ld.so.cache", .access = CONFINE_READ },
		{ .path = "/etc/ssl/openssl.cnf", .access = CONFINE_READ },
		{ .path = "/lib", .access = CONFINE_READ },
		{ .path = "/lib64", .access = CONFINE_READ },
		{ .path = "/usr/lib", .access = CONFINE_READ },
		{ .path = "/usr/local/lib", .access = CONFINE_READ },
		/* memory and load, links */
		{ .path = "/proc", .access = CONFINE_READ },
		{ .path = "/sys", .access = CONFINE_READ },
		{ .path = "/dev/null", .access = CONFINE_READ | CONFINE_WRITE },
		{ .path = "/dev/urandom", .access = CONFINE_READ },
	};

	return confine_files(paths, sizeof(paths) / sizeof(paths[0]));
}

int
daemon_confine(const struct options *o)
{
	int rc = confine_rights(false);

	if (rc == 0)
		rc = confine_to_files(o);
	if (rc == -ENOSYS) {
		fputs("acegated: this kernel has no Landlock: the router's files are not kept "
		      "apart "
		      "from others\n",
			stderr);
		rc = 0;
	}
	if (rc == 0)
		rc = confine_limits(CONFINE_ROUTER);
	if (rc == 0)
		rc = confine_syscalls(CONFINE_ROUTER);
	if (rc < 0)
		fprintf(stderr, "acegated: cannot give up privileges: %s\n", strerror(-rc));
	return rc < 0 ? -1 : 0;
}
