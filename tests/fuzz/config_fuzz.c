/*
 * config_fuzz.c - the configuration loader: any text is a configuration, with faults or without.
 *
 * Whatever of it was taken must come out of `show running-config`, be read back by a fresh router
 * without a fault, and come out the same again.
 */
#include <stdlib.h>

#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/fuzz_router.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *config = fuzz_text(data, size);
	struct fuzz_router f;

	fuzz_router_open(&f, false);
	fuzz_router_load(f.router, config);
	fuzz_router_round_trip(f.router);
	fuzz_router_close(&f);
	free(config);
	return 0;
}
