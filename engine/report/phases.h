/* phases.h - the phases of healing as a timeline: one row per cell, signal or matrix that tells them, each between its
 * own lowest and highest value, with the times of published measurements and the stages of a textbook wound behind.
 * Knows views, records and pages. */
#ifndef CX_REPORT_PHASES_H
#define CX_REPORT_PHASES_H

#include "report/page.h"
#include "report/record.h"
#include "report/view.h"

/* Does the run have two rows or more? */
bool cx_phases_has(const struct cx_view *v);
/* Nothing for a run that has no such rows.  Errors: E061. */
enum cx_status cx_phases_put(struct cx_text *p, const struct cx_view *v, const struct cx_record *o,
                             struct cx_error *e);

#endif
