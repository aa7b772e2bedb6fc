/* certify.h - error bars: what the time steps and the cells of a finished run may have cost each of its outcomes.
 *
 * Time: the run again with a seventh of the tolerance, about 3 times the steps.  The error of a run goes about with its
 * tolerance, so the run's own error is 7/6 of the difference; 1.5 times that is the bar.
 * Grid: the run again with cells twice as wide along every axis, an eighth to a half of the cells.  A second grid that is
 * finer would cost 4 to 8 runs and tell the error of the finer one.  The scheme is of order 2, but wounds have sharp rims
 * and two grids cannot show that the order is reached: the bar is Richardson's error for order 1, 1/(r - 1) of the
 * difference, r the ratio of the cells, times 1.25 [Roache 1994, 10.1115/1.2910291].  For order 2 that is 3.75 times the
 * error.
 * A difference can vanish by chance: no bar is a smaller share of its value than the median of all outcomes.
 * How often the bars hold is in validation/tolerance/bars.md.
 *
 * The repeats live in FOLDER/certify/time and /grid, write no pictures, and are used again once they are finished; a
 * stopped one goes on from its checkpoint.  A folder that has a folder certify wants its certificate: `resume` sees it. */
#ifndef CX_RUN_CERTIFY_H
#define CX_RUN_CERTIFY_H

#include "run/run.h"

/* Notes in the folder of a run that it is to be certified.  Errors: E075. */
enum cx_status cx_certify_want(const char *folder, struct cx_error *e);
bool cx_certify_wanted(const char *folder);

/* Repeats the finished run of o->folder (folder, progress, stop and report_command are used), writes certificate.json,
 * puts the errors into outcomes.json and into `out`, the summary of the run.
 * Errors: those of a run; CX_STOPPED, CX_INTERRUPTED (out->part says where); CX_STORAGE E082 the run is not finished or was
 * made by another version. */
enum cx_status cx_certify(const struct cx_run_options *o, struct cx_run_summary *out,
                          struct cx_error *e);

#endif
