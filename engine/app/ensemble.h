/* ensemble.h - run --ensemble FOLDER: the draws of a calibration as runs beside the run, for intervals. */
#ifndef CX_APP_ENSEMBLE_H
#define CX_APP_ENSEMBLE_H

#include "app/app.h"
#include "study/ensemble.h"

struct cx_ensemble_run {
    struct cx_ensemble draws;
    struct cx_study study;
    struct cx_study_table table;
    struct cx_typed typed; /* what the user changed */
    struct cx_words set;   /* the same, and the fitted values in front */
    char **text;
};
/* Runs the draws into FOLDER-ensemble (what is there already is not repeated) and puts the fitted values into a->ask.set.
 * Before anything else of this process uses threads. */
enum cx_status cx_ensemble_begin(struct cx_app *a, const char *folder, struct cx_ensemble_run *r,
                                 struct cx_error *e);
/* After the run: outcomes.json and series_bands.csv; the intervals by outcome, for the ending. */
enum cx_status cx_ensemble_finish(const char *folder, const struct cx_ensemble_run *r,
                                  json_t **intervals, struct cx_error *e);
void cx_ensemble_end(struct cx_ensemble_run *r);

#endif
