/* ranks_none.c - a program without MPI: it says so when mpirun starts several of it; see ranks.h */
#include "study/ranks.h"

bool cx_ranks_built(void) { return false; }

enum cx_status cx_ranks_open(struct cx_ranks *r, struct cx_error *e) {
    *r = (struct cx_ranks){.size = 1};
    cx_fail(e, CX_USAGE, 117, "mpirun started %d copies, but this program was built without MPI",
            cx_ranks_around());
    cx_hint(e, "build it with `cmake -DCX_MPI=ON` (Debian: libopenmpi-dev), or start parts with "
               "--part K/N");
    return CX_USAGE;
}

void cx_ranks_deal(struct cx_ranks *r, const int *list, int n) {
    r->list = list;
    r->listed = n;
}

int cx_ranks_take(struct cx_ranks *r, bool wait) {
    (void)wait;
    return r->next < r->listed ? r->list[r->next++] : CX_RANKS_NO_MORE;
}

void cx_ranks_serve(struct cx_ranks *r) { (void)r; }

enum cx_status cx_ranks_close(struct cx_ranks *r, enum cx_status mine, struct cx_error *e) {
    (void)r;
    (void)e;
    return mine;
}
