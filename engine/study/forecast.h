/* forecast.h - what a study will cost before it starts: runs, core-hours, disk, from timed probes of a few of its corners,
 * each in a child process, and from the runs that are finished already. */
#ifndef CX_STUDY_FORECAST_H
#define CX_STUDY_FORECAST_H

#include "study/evaluate.h"

struct cx_forecast {
    int points, runs, finished, invalid; /* invalid: points that make no valid scenario */
    int distinct;                        /* runs that differ; equal ones are computed once */
    char why[256];                       /* of the first invalid point */
    int probes, measured;              /* corners that were probed, finished runs that were timed */
    double run_seconds[3];             /* of one run on one core: least, mean, most */
    double core_seconds, wall_seconds; /* of what is left */
    int workers, threads;
    double memory_bytes, disk_bytes; /* of the largest run; of the whole study's folder */
    bool fixed_seed; /* repeats were asked for, but nothing in the scenario is random */
};
enum cx_status cx_study_forecast(const struct cx_study *s, const struct cx_design *d,
                                 const struct cx_study_options *o, struct cx_forecast *f,
                                 struct cx_error *e);

/* How a study is spread over this machine: workers at once and threads of each. */
struct cx_share {
    int workers, threads;
};
struct cx_share cx_study_share(const struct cx_study_options *o, int runs, double memory_bytes);

#endif
