/* arena.h - one block that owns everything a run needs: reserved before the first step, freed by one call. */
#ifndef CX_BASE_ARENA_H
#define CX_BASE_ARENA_H

#include "base/error.h"

#include <stddef.h>

struct cx_arena {
    unsigned char *block;
    size_t bytes, used;
};

/* Bytes that cx_arena_take(a, n) uses up: n rounded up to whole cache lines plus the stagger. */
size_t cx_arena_cost(size_t n);

/* Reserves `bytes` zeroed bytes.  Errors: CX_NUMERIC never; CX_STORAGE E061 when memory is refused. */
enum cx_status cx_arena_reserve(struct cx_arena *a, size_t bytes, struct cx_error *e);

/* n zeroed bytes, 64-byte aligned, staggered by an odd number of cache lines so that power-of-two sized arrays do
 * not share cache sets.  The caller reserved enough: running out is a programming mistake (assert). */
void *cx_arena_take(struct cx_arena *a, size_t n);

void cx_arena_free(struct cx_arena *a);

#endif
