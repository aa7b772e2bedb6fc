/* ranks_mpi.c - runs of a study handed out over MPI; see ranks.h.  All calls of MPI are in this file. */
#include "study/ranks.h"

#include <mpi.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { TAG_ASK = 1, TAG_GIVE = 2 };

struct cx_mail {
    int run;
    bool asked; /* an answer is due */
};

bool cx_ranks_built(void) { return true; }

/* MPI waits by spinning; ranks share their cores with the runs. */
static void nap(void) {
    const struct timespec pause = {0, 2000000};
    nanosleep(&pause, NULL);
}

enum cx_status cx_ranks_open(struct cx_ranks *r, struct cx_error *e) {
    *r = (struct cx_ranks){.size = 1};
    if (MPI_Init(NULL, NULL) != MPI_SUCCESS)
        return cx_fail(e, CX_USAGE, 117, "MPI cannot be started");
    MPI_Comm_rank(MPI_COMM_WORLD, &r->rank);
    MPI_Comm_size(MPI_COMM_WORLD, &r->size);
    r->mail = calloc(1, sizeof *r->mail);
    if (r->mail) return CX_OK;
    MPI_Abort(MPI_COMM_WORLD, 5);
    return cx_fail(e, CX_STORAGE, 61, "no memory for messages");
}

/* ---- rank 0 ---------------------------------------------------------------------------------- */

void cx_ranks_deal(struct cx_ranks *r, const int *list, int n) {
    r->list = list;
    r->listed = n;
    r->next = 0;
}

static int deal_one(struct cx_ranks *r) {
    return r->next < r->listed ? r->list[r->next++] : CX_RANKS_NO_MORE;
}

void cx_ranks_serve(struct cx_ranks *r) {
    int waiting = 1, nothing;
    MPI_Status from;
    while (r->rank == 0 && waiting) {
        MPI_Iprobe(MPI_ANY_SOURCE, TAG_ASK, MPI_COMM_WORLD, &waiting, &from);
        if (!waiting) return;
        MPI_Recv(&nothing, 1, MPI_INT, from.MPI_SOURCE, TAG_ASK, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
        const int run = deal_one(r);
        MPI_Send(&run, 1, MPI_INT, from.MPI_SOURCE, TAG_GIVE, MPI_COMM_WORLD);
    }
}

/* ---- the others ------------------------------------------------------------------------------ */

static void ask(struct cx_ranks *r) {
    struct cx_mail *m = r->mail;
    const int nothing = 0;
    if (m->asked || r->no_more) return;
    MPI_Send(&nothing, 1, MPI_INT, 0, TAG_ASK, MPI_COMM_WORLD);
    m->asked = true;
}

static bool answered(struct cx_mail *m, bool wait) {
    int there = 0;
    for (;;) {
        MPI_Iprobe(0, TAG_GIVE, MPI_COMM_WORLD, &there, MPI_STATUS_IGNORE);
        if (there || !wait) break;
        nap();
    }
    if (there) MPI_Recv(&m->run, 1, MPI_INT, 0, TAG_GIVE, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    return there;
}

int cx_ranks_take(struct cx_ranks *r, bool wait) {
    struct cx_mail *m = r->mail;
    cx_ranks_serve(r);
    if (r->rank == 0) return deal_one(r);
    if (r->no_more) return CX_RANKS_NO_MORE;
    ask(r);
    if (!answered(m, wait)) return CX_RANKS_LATER;
    m->asked = false;
    r->no_more = m->run < 0;
    return m->run;
}

/* ---- the end --------------------------------------------------------------------------------- */

/* Everybody arrives, sooner or later; until then rank 0 answers. */
static void meet(struct cx_ranks *r) {
    MPI_Request all;
    int there = 0;
    if (r->mail->asked) answered(r->mail, true); /* the run is not begun, and stays missing */
    MPI_Ibarrier(MPI_COMM_WORLD, &all);
    while (!there) {
        cx_ranks_serve(r);
        MPI_Test(&all, &there, MPI_STATUS_IGNORE);
        if (!there) nap();
    }
}

struct report {
    enum cx_status status;
    struct cx_error error;
};

enum cx_status cx_ranks_close(struct cx_ranks *r, enum cx_status mine, struct cx_error *e) {
    struct report own = {mine, mine ? *e : (struct cx_error){0}};
    r->listed = 0; /* the list is gone */
    meet(r);
    const int bytes = (int)sizeof own;
    struct report *all = r->rank == 0 ? calloc((size_t)r->size, sizeof *all) : NULL;
    if (r->rank == 0 && !all) MPI_Abort(MPI_COMM_WORLD, 5);
    MPI_Gather(&own, bytes, MPI_BYTE, all, bytes, MPI_BYTE, 0, MPI_COMM_WORLD);
    for (int i = 1; all && i < r->size && !own.status; i++)
        if (all[i].status) own = all[i];
    free(all);
    free(r->mail);
    r->mail = NULL;
    MPI_Finalize();
    if (own.status) *e = own.error;
    return own.status;
}
