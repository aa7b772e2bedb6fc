/* ensemble.h - draws of a calibration carried through another scenario: every draw is a run, quantiles over the runs are
 * intervals.  They say what the data left open in the fitted values, not what the model leaves out. */
#ifndef CX_STUDY_ENSEMBLE_H
#define CX_STUDY_ENSEMBLE_H

#include "study/evaluate.h"

enum { CX_ENSEMBLE_RUNS = 100 }; /* at most; taken evenly from more draws */

/* What a calibration left in its folder.  cx_ensemble_free(). */
struct cx_ensemble {
    int n, k;                 /* draws, fitted settings */
    struct cx_factor *factor; /* [k]: path and unit */
    double *best;             /* [k] */
    double *at;               /* [n][k] */
    double level;
};
/* Errors: CX_STORAGE E133 no calibration with draws in the folder, E074. */
enum cx_status cx_ensemble_read(const char *folder, struct cx_ensemble *x, struct cx_error *e);
void cx_ensemble_free(struct cx_ensemble *x);

/* What the command line changes in the scenario. */
struct cx_ensemble_set {
    struct cx_override *at;
    int n;
};
/* The study of all draws on the scenario file: `s` borrows the factors and the overrides, its folder is the caller's.
 * s->models must be set. */
enum cx_status cx_ensemble_study(const struct cx_ensemble *x, const char *file,
                                 const struct cx_ensemble_set *set, struct cx_study *s,
                                 struct cx_error *e);
/* s->outcome, which is all that a study of an ensemble owns. */
void cx_ensemble_study_free(struct cx_study *s);
enum cx_status cx_ensemble_design(const struct cx_ensemble *x, struct cx_design *d,
                                  struct cx_error *e);

struct cx_interval {
    double low, high; /* NaN unless at least two draws reach the outcome */
    int draws;
};
/* Of the outcome's column. */
struct cx_interval cx_ensemble_interval(const struct cx_study_table *t, int outcome, double level);
/* Adds "interval": {"low", "high", "level", "draws"} to every outcome of the file. */
enum cx_status cx_ensemble_note(const char *outcomes_json, const struct cx_study *s,
                                const struct cx_study_table *t, double level, struct cx_error *e);
/* series_bands.csv: time_day, then NAME_low, NAME_high of every series. */
enum cx_status cx_ensemble_bands(const char *csv, const struct cx_study *s,
                                 const struct cx_study_table *t, double level, struct cx_error *e);

#endif
