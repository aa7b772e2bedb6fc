/* file.h - files that are either the old one or the new one, never half of either; folders; room on the disk.
 * Knows the file system, not what is in the files.
 *
 * Errors are all CX_STORAGE: E071 a write failed, E072 no room (disk, quota or file-size limit), E074 cannot be read,
 * E075 a folder cannot be made, E061 no memory. */
#ifndef CX_BASE_FILE_H
#define CX_BASE_FILE_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A new content on its way: bytes go to "<path>.tmp"; commit makes them durable and renames them over <path>. */
struct cx_writer {
    int fd;
    char path[600], tmp[608];
};
enum cx_status cx_writer_open(struct cx_writer *w, const char *path, struct cx_error *e);
/* A failed put has already dropped the file; the old <path> is untouched. */
enum cx_status cx_writer_put(struct cx_writer *w, const void *bytes, size_t n, struct cx_error *e);
/* fsync, rename, fsync of the folder.  On failure the old <path> is untouched and the new content is gone. */
enum cx_status cx_writer_commit(struct cx_writer *w, struct cx_error *e);
void cx_writer_drop(struct cx_writer *w);

/* All of it at once; n bytes. */
enum cx_status cx_file_write(const char *path, const void *bytes, size_t n, struct cx_error *e);
/* A regular file of at most `limit` bytes into a heap block with a NUL behind it (not counted in *n). */
enum cx_status cx_file_read(const char *path, size_t limit, unsigned char **bytes, size_t *n,
                            struct cx_error *e);
bool cx_file_exists(const char *path);
int64_t cx_file_size(const char *path); /* bytes; -1 if there is none */
enum cx_status cx_file_remove(const char *path, struct cx_error *e); /* absent is fine */
/* Moves `from` over `to` and makes that durable. */
enum cx_status cx_file_rename(const char *from, const char *to, struct cx_error *e);

/* Makes the folder and its parents; existing ones are fine. */
enum cx_status cx_folder_create(const char *path, struct cx_error *e);
/* Bytes that this user may still write where `path` is. */
enum cx_status cx_folder_room(const char *path, int64_t *bytes, struct cx_error *e);

/* "cannot <doing> <path>: <what the system said>", E072 with a hint if the cause is lack of room, else `code`. */
enum cx_status cx_fail_system(struct cx_error *e, int code, int cause, const char *doing,
                              const char *path);
bool cx_cause_is_room(int cause); /* errno values that mean: disk, quota or file-size limit */

#endif
