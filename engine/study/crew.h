/* crew.h - the runs of a calibration: points in, numbers at the data out.  Each run is made in a child process of its own
 * (study/child.h), as many at once as there are workers, and answers through shared memory: no files. */
#ifndef CX_STUDY_CREW_H
#define CX_STUDY_CREW_H

#include "study/calibration.h"

#include <signal.h>

struct cx_crew {
    const struct cx_calibration *calibration;
    int workers, threads; /* at once; of each */
    volatile sig_atomic_t *stop;
    void (*progress)(const struct cx_crew *c, void *user); /* about once a second */
    void *user;
    const char *stage; /* what the runs are for */
    long runs, failed;
    double run_seconds; /* sum over runs */
    char why[256];      /* of the first that failed */
    double told;
};
/* u: [points][factors]; y: [points][data] in the units of the data, NaN for a point that fails. */
enum cx_status cx_crew_observe(struct cx_crew *c, int points, const double *u, double *y,
                               struct cx_error *e);
/* The same as weighted residuals: a cx_residuals whose user is the crew. */
enum cx_status cx_crew_residuals(void *crew, int points, const double *u, double *r,
                                 struct cx_error *e);

#endif
