/* sweep.h - what the verbs about studies share: a study as its file, the command line and its folder say. */
#ifndef CX_APP_SWEEP_H
#define CX_APP_SWEEP_H

#include "app/app.h"
#include "study/collect.h"
#include "study/extend.h"
#include "study/forecast.h"

/* A study that is open for a verb; cx_sweep_close(). */
struct cx_sweep {
    struct cx_study study;
    struct cx_design design;
    struct cx_study_table table;
    struct cx_study_options options;
};
/* FILE with -o, --set, --workers, --threads, --part, and what earlier extensions left in the folder.  Findings are
 * printed or answered. */
enum cx_status cx_sweep_open(struct cx_app *a, const char *file, struct cx_sweep *w,
                             struct cx_error *e);
void cx_sweep_close(struct cx_sweep *w);

/* The cost card of a study. */
void cx_sweep_print_forecast(const struct cx_app *a, const struct cx_study *s,
                             const struct cx_forecast *f);
json_t *cx_sweep_forecast_json(const struct cx_study *s, const struct cx_forecast *f);
/* Progress of runs: user is a struct cx_meter. */
void cx_sweep_see(const struct cx_study_progress *p, void *meter);
/* The batch scripts of a study, with --submit also handed to the scheduler. */
enum cx_status cx_sweep_slurm(struct cx_app *a, struct cx_sweep *w, struct cx_error *e);

/* Several copies were started by mpirun: only `word`s that share work may go on. */
enum cx_status cx_sweep_alone(const struct cx_sweep *w, const char *word, struct cx_error *e);
/* This process becomes one of the ranks; options of the study that follow from it. */
enum cx_status cx_sweep_join(struct cx_sweep *w, struct cx_ranks *r, struct cx_error *e);
/* The end of it: waits for all; rank 0 has the table of all runs and the first failure of any rank. */
enum cx_status cx_sweep_part(struct cx_sweep *w, struct cx_ranks *r, enum cx_status mine,
                             struct cx_error *e);

/* {"ok": 12, "failed": 1 ...} */
json_t *cx_sweep_counts_json(const int count[CX_RUN_STATUS_COUNT]);
/* "12 ok, 1 failed, 3 missing" */
void cx_sweep_counts_text(const int count[CX_RUN_STATUS_COUNT], char *text, size_t room);

#endif
