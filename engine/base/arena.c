/* arena.c - see arena.h */
#define _DEFAULT_SOURCE
#include "base/arena.h"

#include <assert.h>
#include <stdint.h>
#include <sys/mman.h>

enum {
    LINE = 64,
    STAGGER = 5 * LINE
}; /* odd number of lines: spreads streams over the cache sets */

size_t cx_arena_cost(size_t n) { return (n + LINE - 1) / LINE * LINE + STAGGER; }

enum cx_status cx_arena_reserve(struct cx_arena *a, size_t bytes, struct cx_error *e) {
    void *p = mmap(NULL, bytes ? bytes : LINE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS,
                   -1, 0);
    if (p == MAP_FAILED) {
        cx_fail(e, CX_STORAGE, 61, "the system refused %.1f MiB of memory",
                (double)bytes / 1048576);
        cx_hint(e, "use larger cells (domain.cell) or a smaller domain.size");
        return CX_STORAGE;
    }
    madvise(
        p, bytes,
        MADV_HUGEPAGE); /* fewer page-table misses in the long sweeps; a refusal costs only speed */
    *a = (struct cx_arena){.block = p, .bytes = bytes ? bytes : LINE};
    return CX_OK;
}

void *cx_arena_take(struct cx_arena *a, size_t n) {
    size_t cost = cx_arena_cost(n);
    assert(a->used + cost <= a->bytes);
    void *p = a->block + a->used;
    a->used += cost;
    return p;
}

void cx_arena_free(struct cx_arena *a) {
    if (a->block) munmap(a->block, a->bytes);
    *a = (struct cx_arena){0};
}
