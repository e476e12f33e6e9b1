/*
 * replay.c - the main() of a fuzz target without libFuzzer: every file of its corpus once.
 *
 * usage: NAME_fuzz [FILE | DIRECTORY]...   (default: tests/fuzz/corpus/NAME)
 *
 * Prints TAP.  What was found once stays in the corpus, so this is where it is kept from coming
 * back, under any compiler and sanitizer.
 */
#include <errno.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "tests/fuzz/fuzz.h"

static unsigned replayed;

/* The whole file in memory of exactly its size; NULL says why on stderr. */
static uint8_t *
read_file(const char *path, size_t *size)
{
	FILE *f = fopen(path, "rb");
	uint8_t *data = NULL;
	struct stat st;

	if (f == NULL || fstat(fileno(f), &st) < 0)
		goto out;
	*size = (size_t)st.st_size;
	data = malloc(*size);
	if (data != NULL && fread(data, 1, *size, f) != *size) {
		free(data);
		data = NULL;
	}
out:
	if (data == NULL)
		fprintf(stderr, "%s: %s\n", path, strerror(errno));
	if (f != NULL)
		fclose(f);
	return data;
}

static int
replay_file(const char *path)
{
	size_t size;
	uint8_t *data = read_file(path, &size);

	if (data == NULL)
		return -1;
	printf("# %s\n", path);
	fflush(stdout); /* so that a crash has a name */
	LLVMFuzzerTestOneInput(data, size);
	free(data);
	printf("ok %u - %s\n", ++replayed, path);
	return 0;
}

static int
not_hidden(const struct dirent *e)
{
	return e->d_name[0] != '.';
}

static int
replay_directory(const char *path)
{
	struct dirent **entry;
	int n = scandir(path, &entry, not_hidden, alphasort), ret = 0;
	char file[4096];

	if (n < 0) {
		fprintf(stderr, "%s: %s\n", path, strerror(errno));
		return -1;
	}
	for (int i = 0; i < n; i++) {
		snprintf(file, sizeof(file), "%s/%s", path, entry[i]->d_name);
		if (ret == 0)
			ret = replay_file(file);
		free(entry[i]);
	}
	free(entry);
	return ret;
}

static int
replay(const char *path)
{
	struct stat st;

	if (stat(path, &st) == 0 && S_ISDIR(st.st_mode))
		return replay_directory(path);
	return replay_file(path);
}

static int
replay_own_corpus(void)
{
	const char *name = program_invocation_short_name;
	char path[4096];

	snprintf(path, sizeof(path), "%s/%.*s", FUZZ_CORPUS, (int)strcspn(name, "_"), name);
	return replay(path);
}

int
main(int argc, char **argv)
{
	int ret = argc > 1 ? 0 : replay_own_corpus();

	for (int i = 1; i < argc && ret == 0; i++)
		ret = replay(argv[i]);
	printf("1..%u\n", replayed);
	return ret == 0 && replayed > 0 ? 0 : 1;
}
