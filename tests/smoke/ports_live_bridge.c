/*
 * ports_live_bridge.c - for ports_live.sh: two live ports, bridged, with a list on the first.
 *
 *	ports_live_bridge DRIVER:ARG DRIVER:ARG [ENTRY]...
 *
 * Opens the ports, gives up every capability, prints "ready", then answers each line on its input
 * with one line of counters, and ends with it.
 */
#include <linux/capability.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "dataplane/dataplane.h"

enum { A = 1, B = 2 };

static struct acl *
read_list(char **entries, int n)
{
	struct acl *acl = acl_create("list", ACL_EXTENDED, 1);

	for (int i = 0; acl != NULL && i < n; i++) {
		struct word word[WORDS_MAX];
		struct parse_error err;
		struct word_reader r = {
			.line = entries[i],
			.word = word,
			.n = words_split(entries[i], word, WORDS_MAX),
			.err = &err,
		};
		struct ace_room room;
		struct ace ace;

		if (ace_parse(&r, ACL_EXTENDED, ACE_IN_NAMED, &ace, &room) < 0 ||
			acl_add(acl, 0, &ace, &err) < 0) {
			fprintf(stderr, "%s: not an entry\n", entries[i]);
			exit(2);
		}
	}
	return acl;
}

static void
publish(struct dataplane *dp, struct acl *acl)
{
	struct dp_snapshot *s = dp_snapshot_create();
	struct dp_list *list;

	if (s == NULL)
		exit(2);
	s->mac_age_seconds = 300;
	for (uint32_t i = A; i <= B; i++)
		s->interface[i] = (struct dp_interface){
			.kind = DP_IF_ROUTED, .up = true, .bridge_group = 1
		};
	list = &s->interface[A].acl[ACL_IN];
	list->counters = acl_counters_on(acl, A, ACL_IN, DP_THREADS);
	if (list->counters == NULL || acl_compile(acl, NULL, &list->program) < 0)
		exit(2);
	dataplane_publish(dp, s);
}

/* The ports are open: nothing after this may need a capability. */
static bool
give_up_privilege(void)
{
	struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct none[_LINUX_CAPABILITY_U32S_3] = { 0 };

	return syscall(SYS_capset, &header, none) == 0;
}

static void
print_counters(struct dataplane *dp, const struct acl *acl)
{
	struct timespec cpu;

	for (uint32_t i = A; i <= B; i++) {
		struct dp_if_stats s;
		struct dp_port_info info;

		dataplane_if_stats(dp, i, &s);
		dataplane_port_info(dp, i, &info);
		printf("%s: rx=%llu rxb=%llu tx=%llu txb=%llu lost=%llu link=%d mtu=%u ",
			i == A ? "A" : "B", (unsigned long long)s.rx_packets,
			(unsigned long long)s.rx_bytes, (unsigned long long)s.tx_packets,
			(unsigned long long)s.tx_bytes, (unsigned long long)info.kernel_drops,
			info.link_up, info.mtu);
		for (int why = 1; why < DP_DROP_COUNT; why++)
			if (s.drops[why] != 0)
				printf("%s=%llu ", dp_drop_name((enum dp_drop)why),
					(unsigned long long)s.drops[why]);
	}
	for (size_t i = 0; i < acl_length(acl); i++)
		printf("hits%zu=%llu ", i,
			(unsigned long long)acl_hits(acl, acl_at(acl, i)->slot).packets);
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &cpu);
	printf("cpu_ms=%lld\n", (long long)cpu.tv_sec * 1000 + cpu.tv_nsec / 1000000);
}

int
main(int argc, char **argv)
{
	struct dataplane *dp = dataplane_create(NULL);
	char err[DP_ERR_MAX], line[16];
	struct acl *acl;

	if (argc < 3 || dp == NULL)
		return 2;
	setvbuf(stdout, NULL, _IOLBF, 0);
	acl = read_list(argv + 3, argc - 3);
	for (uint32_t i = A; i <= B; i++) {
		char *colon = strchr(argv[i], ':');

		if (colon == NULL)
			return 2;
		*colon = '\0';
		if (dataplane_add_port(dp, i, argv[i], colon + 1, err) < 0) {
			printf("refused: %s\n", err);
			return 1;
		}
	}
	if (!give_up_privilege())
		return 2;
	publish(dp, acl);
	if (dataplane_start(dp) < 0)
		return 2;
	printf("ready\n");
	while (fgets(line, sizeof(line), stdin) != NULL)
		print_counters(dp, acl);
	dataplane_destroy(dp);
	acl_destroy(acl);
	return 0;
}
