/* checkpoint.h - own small format: what has to be read when everything else has failed.
 *
 * magic "CICATRIX" 8 | version u32 | header length u32 | serial u64 | section count u32 | zero u32
 * | header text (key: value lines), padded to 64 | sections | SHA-256 of all before
 * section: name 32 | bytes u64 | CRC-32 u32 | pad to 64 | data | pad to 64.  Padding is zero, numbers little-endian;
 * data is stored as handed over (this machine's bytes).
 * Written to checkpoint.a.tmp or .b.tmp in turn, fsync, renamed over checkpoint.a or .b, folder fsync. */
#ifndef CX_WATCH_CHECKPOINT_H
#define CX_WATCH_CHECKPOINT_H

#include "base/error.h"

#include <stddef.h>
#include <stdint.h>

struct cx_section {
    char name[32];
    const void *data;
    size_t bytes;
};
struct cx_checkpoint {
    char *header; /* NUL-terminated text */
    int count;
    struct cx_section *section; /* data points into `block` after a read */
    unsigned char *block;
    size_t bytes;
    uint64_t serial;   /* the next one to write is serial + 1 */
    char path[600];    /* which generation was taken */
    char skipped[256]; /* why the other one was not, "" if there was nothing wrong with it */
};
/* Writes the next generation into folder `dir`.  `serial` decides a (even) or b (odd).
 * Errors: E071 a write failed, E072 no room; the earlier generations are untouched. */
enum cx_status cx_checkpoint_write(const char *dir, const struct cx_checkpoint *c,
                                   struct cx_error *e);
/* Newest valid generation.  Errors: E080 none found, E081 both damaged (says why for each). */
enum cx_status cx_checkpoint_read(const char *dir, struct cx_checkpoint *c, struct cx_error *e);
/* One file from memory (for tests and fuzzing); every failure (E082) has a sentence, nothing is read outside [bytes].
 * The sections of *c point into `bytes`, which stays the caller's: c->block stays NULL. */
enum cx_status cx_checkpoint_parse(const unsigned char *bytes, size_t n, struct cx_checkpoint *c,
                                   struct cx_error *e);
const struct cx_section *cx_checkpoint_find(const struct cx_checkpoint *c, const char *name);
void cx_checkpoint_free(struct cx_checkpoint *c);

#endif
