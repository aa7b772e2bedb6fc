/* literature.h - when others saw what a timeline shows: the windows of assets/timing.yml as bars behind its rows, and the
 * list of their sources.  Only times; for orientation.  Knows pages, not results. */
#ifndef CX_REPORT_LITERATURE_H
#define CX_REPORT_LITERATURE_H

#include "config/yaml.h"
#include "report/chart.h"
#include "report/page.h"

enum { CX_SOURCES_MAX = 32 };
struct cx_literature {
    struct cx_yaml_pool pool;
    const struct cx_yaml *list; /* of sources */
    int shown;                  /* sources with a bar, in the order of their numbers: */
    const struct cx_yaml *source[CX_SOURCES_MAX];
};
/* Of the embedded file.  Errors: E061; a fault of the file itself, which the tests exclude. */
enum cx_status cx_literature_open(struct cx_literature *l, struct cx_error *e);
void cx_literature_close(struct cx_literature *l);

/* Where the bars of a row go: lanes of `lane` points from `top` on, `height` in all; days count from `start`. */
struct cx_literature_row {
    const char *series;
    struct cx_scale time;
    double start, top, height, lane;
};
/* Bars of one row, and the number of each source beside its bar. */
void cx_literature_bars(struct cx_text *p, struct cx_literature *l,
                        const struct cx_literature_row *row);
/* What the bars mean, and the numbered sources of those that were drawn; nothing if none was. */
void cx_literature_sources(struct cx_text *p, const struct cx_literature *l);

#endif
