/* report.h - pages and pictures, from result files only. */
#ifndef CX_REPORT_REPORT_H
#define CX_REPORT_REPORT_H

#include "base/error.h"
#include "wound/pattern.h"

/* Writes FOLDER/report.html (one offline file, at most 5 MB) from FOLDER/run.nc, outcomes.json, config.yml;
 * the last two may be missing while a run goes on.  `against`: the folder of another run, which gets sections side by side
 * with this one; NULL: none.  Errors: those of the readers (E073, E074, E076), E061, E071, E072, E077 too large. */
enum cx_status cx_report_write(const char *folder, const char *against, struct cx_error *e);

/* Writes FOLDER/report.html of a study from FOLDER/study.nc and runs.csv: response surfaces, main effects, interactions,
 * trade-offs, best designs, failures.  Errors: those above. */
enum cx_status cx_report_study(const char *folder, struct cx_error *e);

/* Writes FOLDER/report.html of a calibration from FOLDER/calibration.json and ensemble.csv: values, warnings, fit against
 * data, residuals, profiles. */
enum cx_status cx_report_calibration(const char *folder, struct cx_error *e);

/* PNG (or SVG, PDF by the ending of `path`) of a pattern: view from above and a side section with the layers. */
enum cx_status cx_report_pattern(const struct cx_scenario *s, const struct cx_field_of_view *view,
                                 const struct cx_needles *n, const char *path, struct cx_error *e);

#endif
