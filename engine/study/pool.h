/* pool.h - the children of a study at work: who runs, who waits, what they became. */
#ifndef CX_STUDY_POOL_H
#define CX_STUDY_POOL_H

#include "study/child.h"
#include "study/forecast.h"

enum { CX_WORKERS_MOST = 1024 };

struct cx_pool {
    const struct cx_study *study;
    const struct cx_design *design;
    const struct cx_study_options *options;
    struct cx_study_table *table;
    struct cx_share share;
    int *queue; /* numbers of the runs to make; [queued] */
    int queued, next;
    bool *head; /* is the first run with its digest */
    int *same;  /* next run with the same digest, -1: none; they share one computation */
    struct cx_child child[CX_WORKERS_MOST];
    int running;
    int asked;             /* signal that stops the study; 0 goes on */
    double began, told;    /* wall clock, s */
    double asked_at;       /* when the children were asked to leave */
    int made;              /* runs computed by this call */
    enum cx_status status; /* CX_STORAGE: the disk fails, nobody is started any more */
    struct cx_error error;
};

/* Works through the queue. */
void cx_pool_work(struct cx_pool *p);
void cx_pool_tell(struct cx_pool *p, bool last);
/* Result of a run, and of those that are the same. */
void cx_pool_settle(struct cx_pool *p, int run, const struct cx_run_record *r);

#endif
