/* run.h - one scenario from start to end: plan, run, resume.  The same path for the app, the studies and the tests. */
#ifndef CX_RUN_RUN_H
#define CX_RUN_RUN_H

#include "base/error.h"
#include "config/config.h"

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

/* All models that were built in (models/NAME/model.c). */
struct cx_model_list cx_models(void);
const struct cx_model *cx_model_find(const char *name);

/* The cost of a run, known before it starts.  `check` prints every number. */
struct cx_plan {
    int shape[3];
    int64_t cells;
    int species, moving; /* fields, and how many of them cost transport */
    double steps;        /* expected accepted + rejected steps */
    double samples;      /* expected rows of series.csv */
    int64_t memory_bytes, disk_bytes;
    int frames, sessions;
    double seconds; /* expected wall time on this machine with `threads` threads */
    int threads;
    double days;
};
/* Refuses (CX_CONFIG E04x) what is over the limits of the scenario.  `timed`: measure this machine and count steps on
 * a column of the same skin (well under a second); otherwise seconds and steps stay 0. */
enum cx_status cx_plan_make(const struct cx_scenario *s, bool timed, struct cx_plan *p,
                            struct cx_error *e);

/* Progress as a run goes on; called between steps at most about ten times a second. */
struct cx_progress {
    double day, end_day, fraction, step_h, seconds, eta_seconds, cell_steps_per_second;
    int64_t step, rejected;
    bool last;
    const char *part; /* "time error", "grid error": a repeat for the certificate; NULL: the run */
};
enum cx_run_files {
    CX_FILES_ALL,    /* everything that a folder of results holds */
    CX_FILES_SERIES, /* no run.nc, and checkpoints only while the run goes on: for runs of a study */
    CX_FILES_OUTCOMES /* no series.csv either */
};
struct cx_run_options {
    const char *folder; /* results folder; created; refused (E070) if it already holds a run */
    bool replace; /* --force: an existing run is moved aside only once the new one has started */
    enum cx_run_files files;
    double until_h; /* stop here with a checkpoint; <= 0: the scenario's end */
    void (*progress)(const struct cx_progress *p, void *user);
    void *user;
    volatile sig_atomic_t
        *stop; /* set to SIGTERM, SIGINT (leave with a checkpoint) or SIGUSR1 (go on) */
    const char *report_command; /* how the run was started, for the provenance */
    bool certify;               /* the folder remembers that error bars are wanted (certify.h) */
    const char *part;           /* handed to progress */
    const char *digest; /* cx_resume() refuses (E082) what another engine or configuration began */
};
struct cx_outcome {
    const char *name, *unit, *definition, *evidence;
    double value;
    double time_error, grid_error; /* with a certificate; NaN: not known */
};
/* What came out.  Owned by cx_run_summary_free(). */
struct cx_run_summary {
    int outcome_count;
    struct cx_outcome *outcome;
    int64_t steps, rejected, clipped; /* clipped: values set to 0 by the positivity guard */
    double clipped_share;             /* largest share of any field's mass so corrected */
    double seconds, end_day;
    int frames;
    char folder[512];
    char digest[65];
    bool certified;
    bool resumed;     /* it went on from a checkpoint */
    const char *part; /* the repeat for the certificate that was stopped, else NULL */
};
enum cx_status cx_run(const struct cx_scenario *s, const struct cx_run_options *o,
                      struct cx_run_summary *out, struct cx_error *e);
/* Goes on from the newest checkpoint in `folder`, bit for bit as if never stopped. */
enum cx_status cx_resume(const struct cx_run_options *o, struct cx_run_summary *out,
                         struct cx_error *e);
void cx_run_summary_free(struct cx_run_summary *r);

#endif
