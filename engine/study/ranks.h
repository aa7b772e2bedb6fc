/* ranks.h - one study made by several processes that mpirun (or srun) started together.
 *
 * Rank 0 has the list of runs that are to be made and gives out one at a time; every rank, also rank 0, makes what it got
 * in child processes of its own and leaves a record in the study's folder.  Messages carry numbers of runs only, results
 * go through the folder, so that a rank that dies takes nothing with it that was finished.
 *
 * ranks_mpi.c is built with -DCX_MPI=ON, ranks_none.c otherwise. */
#ifndef CX_STUDY_RANKS_H
#define CX_STUDY_RANKS_H

#include "base/error.h"

#include <stdbool.h>

struct cx_mail; /* a question on its way, and its answer */
struct cx_ranks {
    int rank, size;
    bool no_more; /* rank 0 said so */
    const int
        *list; /* rank 0: runs to give out, [listed]; owned by the caller of cx_ranks_deal() */
    int listed, next;
    struct cx_mail *mail; /* other ranks */
};

/* How many processes were started together, as the environment says; 1 if this one stands alone. */
int cx_ranks_around(void);
bool cx_ranks_built(void); /* is MPI there? */

/* Joins the others.  Errors: CX_USAGE E117 if MPI is not built in. */
enum cx_status cx_ranks_open(struct cx_ranks *r, struct cx_error *e);
/* Rank 0: what there is to do, on other ranks ignored. */
void cx_ranks_deal(struct cx_ranks *r, const int *list, int n);
/* Number of the next run.  CX_RANKS_LATER: not answered yet (never with `wait`). */
enum { CX_RANKS_LATER = -2, CX_RANKS_NO_MORE = -1 };
int cx_ranks_take(struct cx_ranks *r, bool wait);
/* Rank 0 answers whoever asked; others do nothing.  To be called often. */
void cx_ranks_serve(struct cx_ranks *r);
/* Waits for all and leaves MPI; how it went on each rank, the first failure becomes *e of rank 0. */
enum cx_status cx_ranks_close(struct cx_ranks *r, enum cx_status mine, struct cx_error *e);

#endif
