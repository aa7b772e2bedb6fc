/* evaluate.h - points in, outcomes out.  Each run is the same cx_run() as of `cicatrix run`, in a child process with
 * limits: whatever happens to it is a status in the table.  A run is known by the digest of its effective scenario; one
 * that this engine finished and whose files are unharmed (run/reuse.h) is never computed again, so that a killed study goes
 * on by evaluating it again, and an optimiser pays only for points that are new.
 *
 * The caller must not have used OpenMP threads in this process before (children are forked). */
#ifndef CX_STUDY_EVALUATE_H
#define CX_STUDY_EVALUATE_H

#include "study/design.h"
#include "study/ranks.h"
#include "study/record.h"

#include <signal.h>

struct cx_study_run {
    int point, repeat; /* row of the design; 0 .. repeats - 1 */
    int64_t seed;
    char digest[65]; /* "" if the point makes no valid scenario */
    int same_as;     /* the first run with this digest, itself if it is the first */
    enum cx_run_status status;
    bool cached; /* was there before this call */
    int attempts;
    double seconds, memory_bytes; /* of the run when it was made; 0 if unknown */
    char message[256];
};

/* runs x outcomes; run number = point * repeats + repeat.  Owned by cx_study_table_free(). */
struct cx_study_table {
    int runs, outcomes, points, repeats;
    int distinct;             /* runs that differ; equal ones are computed once */
    struct cx_study_run *run; /* [runs] */
    double *value; /* [runs][outcomes] of study->outcome; NaN unless ok, or where never reached */
    int count[CX_RUN_STATUS_COUNT];
};

struct cx_study_progress {
    int total, done, cached, running; /* done counts the cached ones */
    int count[CX_RUN_STATUS_COUNT];
    double seconds, eta_seconds; /* eta < 0: unknown yet */
    bool last;
};

struct cx_study_options {
    int workers; /* runs at once; 0: as many as cores, and fewer if memory is short */
    int threads; /* per run; 0: the cores that the workers leave */
    bool look;   /* start nothing, only gather what is there */
    bool retry;  /* repeat what failed, crashed, timed out or ran out of memory before */
    bool
        shared; /* others work in the same folder on other parts: do not claim it for this process */
    int part, parts;        /* of `parts` > 1: only runs with number % parts == part are started */
    struct cx_ranks *ranks; /* shares the runs with these processes (ranks.h); NULL: alone */
    void (*progress)(const struct cx_study_progress *p,
                     void *user); /* at each end, and once a second */
    void *user;
    volatile sig_atomic_t *
        stop; /* SIGTERM, SIGINT: children leave with a checkpoint, then CX_STOPPED, CX_INTERRUPTED */
};

/* CX_OK also when runs went wrong: their status says so (a verb turns count[] into CX_PARTIAL).  The table is filled also
 * when stopped.  Errors: CX_STORAGE E101 another process works in this folder, E07x; CX_STOPPED, CX_INTERRUPTED. */
enum cx_status cx_study_evaluate(const struct cx_study *s, const struct cx_design *d,
                                 const struct cx_study_options *o, struct cx_study_table *t,
                                 struct cx_error *e);
void cx_study_table_free(struct cx_study_table *t);
static inline double *cx_study_row(const struct cx_study_table *t, int run) {
    return t->value + (size_t)run * (size_t)t->outcomes;
}
/* The process that works in the study's folder on this machine, 0 if none does.  Not to be asked by that process itself:
 * a lock of this kind ends when its file is closed anywhere in the process. */
int cx_study_worker(const struct cx_study *s);
int cx_study_table_bad(const struct cx_study_table *t); /* runs with a failure status */

/* One run in this very process, with its record: what a worker on another machine calls for each run of its part. */
enum cx_run_status cx_study_execute(const struct cx_study *s, const struct cx_scenario *scenario,
                                    int attempt, volatile sig_atomic_t *stop);

#endif
