/* child.h - one run of a study in a child process: started, listened to, ended. */
#ifndef CX_STUDY_CHILD_H
#define CX_STUDY_CHILD_H

#include "study/evaluate.h"

#include <sys/types.h>

struct cx_child {
    pid_t pid;
    int pipe; /* the child's last words; closed by its end */
    double started;
    int run, attempt;
};
/* What became of a child. */
struct cx_child_end {
    enum cx_run_status status;
    struct cx_error error; /* status CX_STORAGE: no further run can do better */
    double number[4];      /* what else the work has to say */
};

/* What a child does, with the limits of the study; `end` are its last words. */
typedef void cx_child_work(const struct cx_study *s, void *task, struct cx_child_end *end);

enum cx_status cx_child_start(const struct cx_study *s, cx_child_work *work, void *task,
                              struct cx_child *c, struct cx_error *e);
/* After the pipe has something to read: waits for the end. */
void cx_child_reap(struct cx_child *c, struct cx_child_end *end);
void cx_child_kill(struct cx_child *c); /* at once; reap follows */
void cx_child_ask(struct cx_child *c);  /* to leave with a checkpoint */
/* Signal that asked this child to leave, 0 if none has; for loops that cannot be interrupted. */
int cx_child_asked(void);

/* The work of most children: one run of the study.  task: a struct cx_errand_order. */
struct cx_errand_order {
    const double *x; /* the point */
    int repeat, attempt, threads;
};
void cx_study_child(const struct cx_study *s, void *task, struct cx_child_end *end);

#endif
