/*
 * files.h - the router's own file area: what is behind `flash:`.
 *
 * One directory of the host, opened once.  A path is below it, "name" or "directory/name", without a
 * slash at either end; "" is the area itself.  Each part of it is opened by itself and never through a
 * link, and no part may begin with a dot, so nothing outside can be named whatever lies in the area.
 * Only plain files are read and written.  What may be written is bounded: so many bytes and so many
 * files in all, and what the host's disk has left.
 *
 * Writing goes to a file beside and takes the name when it is whole; a reader never sees half of one,
 * nor does a kill leave one.  Errors are -errno: -ENODEV without an area, -EACCES for a name that is
 * none, -ENOSPC when the area is full.  Control thread.
 */
#ifndef ROUTER_FILES_H
#define ROUTER_FILES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct router;

enum {
	FILES_PART_MAX = 127,		/* bytes of a part of a path */
	FILES_PATH_MAX = 255,
	FILES_DEPTH_MAX = 8,		/* parts of a path */
	FILES_MOST = 2048,		/* files and directories in all */
	FILES_AREA_BYTES = 128 << 20,	/* a flash of 128 MB */
};

struct file_info {
	char name[FILES_PART_MAX + 1];
	bool directory;
	uint64_t size;
	int64_t changed_s;	/* seconds since 1970 */
};

bool files_there(const struct router *r);
/* `file prompt quiet`: copy, delete and the like ask nothing. */
bool files_prompt_quiet(const struct router *r);
void files_set_prompt_quiet(struct router *r, bool quiet);
/* `ip scp server enable`: files may be copied over SSH. */
bool files_scp_server(const struct router *r);
void files_set_scp_server(struct router *r, bool on);
/* Whether a path is one: its parts are legal and not too many. "" is. */
bool files_path_legal(const char *path);
int files_info(struct router *r, const char *path, struct file_info *info);
/* What is in a directory, by name. The caller frees *v. 0 or -errno, *v then NULL or not set. */
int files_list(struct router *r, const char *path, struct file_info **v, size_t *n);
/* Of the area, in bytes; available is what can still be written. 0 or -errno. */
int files_space(struct router *r, uint64_t *total, uint64_t *available);
/* The whole file, terminated; the caller frees. 0 or -errno. */
int files_load(struct router *r, const char *path, char **data, size_t *len);
/* A descriptor to read a file from, which the caller closes; or -errno. */
int files_open(struct router *r, const char *path);
/* A file; -EISDIR for a directory. */
int files_remove(struct router *r, const char *path);
/* -EEXIST when `to` is there. */
int files_rename(struct router *r, const char *from, const char *to);
int files_make_directory(struct router *r, const char *path);
/* -ENOTEMPTY as long as there is something in it. */
int files_remove_directory(struct router *r, const char *path);

/* ---- writing, piece by piece ---- */

enum file_write { FILE_REPLACE, FILE_APPEND };
struct file_writer;

/* NULL with *err set. An area may have many being written; one that dies with the router is not kept. */
struct file_writer *file_writer_open(struct router *r, const char *path, enum file_write how,
	int *err);
/* Gathers it. 0, or -errno of what came before, which file_writer_close() then says again. */
int file_writer_add(struct file_writer *w, const void *data, size_t len);
/* keep: the file takes its name, if all of it was written. Frees w. 0 or -errno. */
int file_writer_close(struct file_writer *w, bool keep);

#endif
