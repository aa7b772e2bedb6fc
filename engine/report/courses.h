/* courses.h - the time courses of a result: series sorted into groups that belong together, drawn as charts, and each
 * group's numbers as a CSV link.  Knows results and pages. */
#ifndef CX_REPORT_COURSES_H
#define CX_REPORT_COURSES_H

#include "report/bands.h"
#include "report/page.h"
#include "report/record.h"
#include "report/view.h"

enum cx_group {
    CX_INFLAMMATION,
    CX_SIGNALS,
    CX_CELLS,
    CX_MATRIX,
    CX_SKIN,
    CX_OTHER,
    CX_GROUP_COUNT
};
/* Which group a series belongs to, by the words in its name. */
enum cx_group cx_group_of(const char *series);
const char *cx_group_title(enum cx_group g);

/* All groups that have series; `o` may hold measured values of series, drawn as dots where the units agree, `b` bands
 * behind the curves. */
enum cx_status cx_courses_put(struct cx_text *p, const struct cx_view *v, const struct cx_record *o,
                              const struct cx_bands *b, struct cx_error *e);

#endif
