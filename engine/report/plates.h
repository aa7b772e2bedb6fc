/* plates.h - the plates of a report besides the time courses: the pattern of punctures and the depth profiles.
 * Knows views and pages. */
#ifndef CX_REPORT_PLATES_H
#define CX_REPORT_PLATES_H

#include "report/page.h"
#include "report/view.h"

/* Nothing when the run had no needles. */
enum cx_status cx_plate_pattern(struct cx_text *p, const struct cx_view *v, struct cx_error *e);
enum cx_status cx_plate_profiles(struct cx_text *p, const struct cx_view *v, struct cx_error *e);

#endif
