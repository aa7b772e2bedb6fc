/* guard.h - work that may crash on a hostile file is done in a child process; its result comes back in shared memory.
 * Why: HDF5 1.10 itself crashes on some damaged files, and the checks around it cannot see that coming.
 * Knows processes, not file formats. */
#ifndef CX_WATCH_GUARD_H
#define CX_WATCH_GUARD_H

#include "base/error.h"

#include <stddef.h>

/* Memory that a child fills and its parent then reads at the same addresses.  Handed out front to back. */
struct cx_shared {
    unsigned char *at;
    size_t bytes, used;
};
enum cx_status cx_shared_map(struct cx_shared *s, size_t bytes, struct cx_error *e);
/* count * size zeroed bytes, 16-byte aligned; NULL when they do not fit. */
void *cx_shared_take(struct cx_shared *s, size_t count, size_t size);
void cx_shared_unmap(struct cx_shared *s);

typedef enum cx_status cx_guarded_work(void *arg, struct cx_error *e);
/* Runs work(arg) in a child with time limits.  Errors: what `work` returned, or CX_STORAGE E073 if it crashed or hung
 * (then `path` is named as damaged).  Only shared memory keeps what the child did. */
enum cx_status cx_guard_run(cx_guarded_work *work, void *arg, const char *path, struct cx_error *e);

#endif
