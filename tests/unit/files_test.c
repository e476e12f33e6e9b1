/*
 * files_test.c - the file area: nothing outside it can be named, and nothing in it is ever half there.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "router/router.h"
#include "tests/unit/rig.h"

static char directory[32];

static int
remove_file(const char *path, const struct stat *st, int type, struct FTW *where)
{
	(void)st;
	(void)type;
	(void)where;
	return remove(path);
}

static int
setup(void **state)
{
	strcpy(directory, "/tmp/acegate-test-XXXXXX");
	assert_non_null(mkdtemp(directory));
	*state = rig_create_in(directory, false);
	return 0;
}

static int
teardown(void **state)
{
	rig_destroy(*state);
	return nftw(directory, remove_file, 8, FTW_DEPTH | FTW_PHYS);
}

static int
put(struct rig *g, const char *path, const char *text)
{
	int rc;
	struct file_writer *w = file_writer_open(g->router, path, FILE_REPLACE, &rc);

	if (w == NULL)
		return rc;
	(void)file_writer_add(w, text, strlen(text));
	return file_writer_close(w, true);
}

/* What is in the file; "" when it is not there. Free it. */
static char *
get(struct rig *g, const char *path)
{
	char *text;
	size_t len;

	return files_load(g->router, path, &text, &len) == 0 ? text : strdup("");
}

static void
has(struct rig *g, const char *path, const char *expected)
{
	char *text = get(g, path);

	assert_string_equal(text, expected);
	free(text);
}

static void
test_names(void **state)
{
	static const char *const illegal[] = { "..", "../x", "a/../b", ".hidden", "a/.b", "/x",
		"a//b", "a/", "a b", "a\tb", "a\nb", "a:b", "a|b", "1/2/3/4/5/6/7/8/9" };
	char longest[FILES_PART_MAX + 2];

	(void)state;
	for (size_t i = 0; i < sizeof(illegal) / sizeof(illegal[0]); i++)
		assert_false(files_path_legal(illegal[i]));
	assert_true(files_path_legal(""));
	assert_true(files_path_legal("a/b-c_1.2~x"));
	assert_true(files_path_legal("1/2/3/4/5/6/7/8"));
	memset(longest, 'a', sizeof(longest));
	longest[FILES_PART_MAX] = '\0';
	assert_true(files_path_legal(longest));
	longest[FILES_PART_MAX] = 'a';
	longest[FILES_PART_MAX + 1] = '\0';
	assert_false(files_path_legal(longest));
}

static void
test_life_of_a_file(void **state)
{
	struct rig *g = *state;
	struct file_info info;

	assert_int_equal(files_info(g->router, "a", &info), -ENOENT);
	assert_int_equal(put(g, "a", "one\n"), 0);
	has(g, "a", "one\n");
	assert_int_equal(files_info(g->router, "a", &info), 0);
	assert_int_equal(info.size, 4);
	assert_int_equal(info.changed_s, 1700000000); /* the router's clock, not the host's */
	assert_int_equal(put(g, "a", "two, longer\n"), 0);
	has(g, "a", "two, longer\n");
	assert_int_equal(files_rename(g->router, "a", "b"), 0);
	has(g, "a", "");
	assert_int_equal(put(g, "a", "x"), 0);
	assert_int_equal(files_rename(g->router, "a", "b"), -EEXIST);
	assert_int_equal(files_make_directory(g->router, "d"), 0);
	assert_int_equal(put(g, "d", "x"), -EISDIR);
	assert_int_equal(put(g, "d/x", "x"), 0);
	assert_int_equal(put(g, "e/x", "x"), -ENOENT);
	assert_int_equal(put(g, "", "x"), -EISDIR);
	assert_int_equal(files_remove(g->router, "d"), -EISDIR);
	assert_int_equal(files_remove_directory(g->router, "d"), -ENOTEMPTY);
	assert_int_equal(files_remove(g->router, "d/x"), 0);
	assert_int_equal(files_remove_directory(g->router, "d"), 0);
	assert_int_equal(files_remove(g->router, "none"), -ENOENT);
	assert_int_equal(files_remove_directory(g->router, ""), -EACCES);
}

/* Links, pipes and what begins with a dot: put there by somebody on the host. */
static void
test_no_way_out(void **state)
{
	struct rig *g = *state;
	char path[64], outside[64];
	struct file_info info, *v;
	size_t n;
	FILE *f;

	snprintf(outside, sizeof(outside), "%s/outside", directory);
	f = fopen(outside, "w");
	assert_non_null(f);
	fputs("secret\n", f);
	fclose(f);
	snprintf(path, sizeof(path), "%s/flash/link", directory);
	assert_int_equal(symlink("../outside", path), 0);
	snprintf(path, sizeof(path), "%s/flash/up", directory);
	assert_int_equal(symlink("..", path), 0);
	snprintf(path, sizeof(path), "%s/flash/pipe", directory);
	assert_int_equal(mkfifo(path, 0600), 0);

	has(g, "link", "");
	has(g, "up/outside", "");
	has(g, "../outside", "");
	has(g, "pipe", "");
	assert_int_equal(files_info(g->router, "link", &info), -ENOENT);
	assert_int_equal(put(g, "up/new", "x"), -ENOTDIR);
	assert_int_equal(put(g, "link", "x"), -EACCES);
	assert_int_equal(put(g, "pipe", "x"), -EACCES);
	assert_int_equal(files_make_directory(g->router, "up/d"), -ENOTDIR);
	assert_int_equal(files_list(g->router, "", &v, &n), 0);
	assert_int_equal(n, 0);
	free(v);
	f = fopen(outside, "r");
	assert_non_null(fgets(path, sizeof(path), f));
	assert_string_equal(path, "secret\n");
	fclose(f);
}

/* Until it is closed nobody sees it, and what was there stays. */
static void
test_writing_is_whole(void **state)
{
	struct rig *g = *state;
	struct file_writer *w, *other;
	struct file_info *v;
	size_t n;
	int rc;

	assert_int_equal(put(g, "a", "old"), 0);
	w = file_writer_open(g->router, "a", FILE_REPLACE, &rc);
	other = file_writer_open(g->router, "a", FILE_REPLACE, &rc);
	assert_int_equal(file_writer_add(w, "new", 3), 0);
	assert_int_equal(file_writer_add(other, "other", 5), 0);
	has(g, "a", "old");
	assert_int_equal(files_list(g->router, "", &v, &n), 0);
	assert_int_equal(n, 1);
	free(v);
	assert_int_equal(file_writer_close(other, false), 0);
	has(g, "a", "old");
	assert_int_equal(file_writer_close(w, true), 0);
	has(g, "a", "new");
	w = file_writer_open(g->router, "a", FILE_APPEND, &rc);
	assert_int_equal(file_writer_add(w, "er", 2), 0);
	assert_int_equal(file_writer_close(w, true), 0);
	has(g, "a", "newer");
}

/* A router that is killed while it writes leaves nothing that stays. */
static void
test_unfinished_goes(void **state)
{
	struct rig *g = *state;
	struct file_writer *w;
	uint64_t total, available;
	int rc;

	w = file_writer_open(g->router, "a", FILE_REPLACE, &rc);
	assert_int_equal(file_writer_add(w, "new", 3), 0);
	/* w is never closed: its file is still there when the next router begins */
	g = rig_create_in(directory, false);
	assert_int_equal(files_space(g->router, &total, &available), 0);
	assert_int_equal(total, available);
	rig_destroy(g);
	assert_int_equal(file_writer_close(w, false), 0);
}

static void
test_the_area_is_bounded(void **state)
{
	static char piece[1 << 20];
	struct rig *g = *state;
	uint64_t total, available;
	struct file_writer *w;
	int rc = 0, mb = 0;

	assert_int_equal(files_space(g->router, &total, &available), 0);
	assert_true(total <= FILES_AREA_BYTES);
	assert_int_equal(put(g, "a", "small"), 0);
	w = file_writer_open(g->router, "a", FILE_REPLACE, &rc);
	while (rc == 0 && mb++ < 200)
		rc = file_writer_add(w, piece, sizeof(piece));
	assert_int_equal(rc, -ENOSPC);
	assert_true((uint64_t)mb << 20 >= available);
	assert_int_equal(file_writer_close(w, true), -ENOSPC);
	has(g, "a", "small");
	assert_int_equal(files_space(g->router, &total, &available), 0);
	assert_int_equal(available, total - 5);
}

static void
test_without_an_area(void **state)
{
	struct rig *g = rig_create(NULL, false);
	struct file_info info;

	(void)state;
	assert_false(files_there(g->router));
	assert_int_equal(files_info(g->router, "a", &info), -ENODEV);
	assert_int_equal(put(g, "a", "x"), -ENODEV);
	rig_says(g, "dir", "%Error opening flash:/ (No such device)\n");
	rig_destroy(g);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names),
		TEST(test_life_of_a_file),
		TEST(test_no_way_out),
		TEST(test_writing_is_whole),
		TEST(test_unfinished_goes),
		TEST(test_the_area_is_bounded),
		cmocka_unit_test(test_without_an_area),
	};

	return cmocka_run_group_tests_name("files", tests, NULL, NULL);
}
