/* section.h - vertical sections through a needle at the shown days, one row of pictures per field; for a column the
 * same as one depth-time picture.  Knows views and pages. */
#ifndef CX_REPORT_SECTION_H
#define CX_REPORT_SECTION_H

#include "report/page.h"
#include "report/view.h"

enum cx_status cx_section_put(struct cx_text *p, const struct cx_view *v, const struct cx_shown *s,
                              struct cx_error *e);
/* A column or a row of cells: time across, place down, all stored frames. */
enum cx_status cx_heat_put(struct cx_text *p, const struct cx_view *v, const struct cx_shown *s,
                           struct cx_error *e);

/* Name of the field, unit, colour bar with numbers. */
void cx_section_head(struct cx_text *p, const struct cx_shown *s);

#endif
