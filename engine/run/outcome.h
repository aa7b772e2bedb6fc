/* outcome.h - scalars of a run, read off the finely sampled series. */
#ifndef CX_RUN_OUTCOME_H
#define CX_RUN_OUTCOME_H

#include "model.h"

/* Samples in order of time; the first is the state before the first injury (at the time of the first event). */
struct cx_history {
    int n, room, series;
    double *t_h;   /* [room] */
    double *value; /* [room][series] */
};

/* Value of one outcome row.  first_h, last_h: times of the first and the last session.  NaN where it never happened. */
double cx_outcome_value(const struct cx_model *m, const struct cx_outcome_row *row,
                        const struct cx_history *h, double first_h, double last_h);
/* Value of a series at time t (linear between samples, held outside). */
double cx_history_at(const struct cx_history *h, int series, double t_h);
/* Number of a series, or -1. */
int cx_series_find(const struct cx_model *m, const char *name);

#endif
