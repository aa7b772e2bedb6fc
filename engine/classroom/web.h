/* web.h - a class for a page: plain numbers in, plain arrays out.  Everything belongs to the handle and lives until the
 * next call that makes it again, or cx_web_close(). */
#ifndef CX_CLASSROOM_WEB_H
#define CX_CLASSROOM_WEB_H

struct cx_web;

/* Needles reach depth_mm; sessions interval_week apart.  NULL only when memory is refused: ask cx_web_failure(). */
struct cx_web *cx_web_open(double depth_mm, double per_cm2, double age_year, int sessions,
                           double interval_week);
/* "" while all is well, else what went wrong. */
const char *cx_web_failure(const struct cx_web *w);
/* Simulates until `until_day` or until budget_ms have passed; returns the day that was reached. */
double cx_web_go(struct cx_web *w, double until_day, double budget_ms);
void cx_web_close(struct cx_web *w);

/* Facts that do not change while it runs, and how many steps there were, one number each. */
#define CX_WEB_FACTS(X)                                                                            \
    X(columns, "cells along the section")                                                          \
    X(rows, "cells in depth")                                                                      \
    X(width_um, "of the section")                                                                  \
    X(depth_um, "of the section")                                                                  \
    X(corneum_um, "depth of the lower limit of the stratum corneum")                               \
    X(epidermis_um, "the same of the living epidermis")                                            \
    X(papillary_um, "the same of the papillary dermis")                                            \
    X(dermis_um, "the same of the dermis")                                                         \
    X(end_day, "end of the course")                                                                \
    X(needles, "rows of cx_web_needles")                                                           \
    X(steps, "accepted so far")                                                                    \
    X(samples, "rows of the course so far")
enum {
#define CX_WEB_ENUM(name, doc) CX_WEB_##name,
    CX_WEB_FACTS(CX_WEB_ENUM)
#undef CX_WEB_ENUM
        CX_WEB_FACT_COUNT
};
const double *cx_web_facts(struct cx_web *w);
/* Planes between cells, um: axis 0 [columns + 1] from the left, axis 2 [rows + 1] from the bottom, 0 at the surface. */
const double *cx_web_planes(const struct cx_web *w, int axis);
/* Species number q on a day within the last step: [rows][columns], row 0 at the bottom. */
const float *cx_web_picture(struct cx_web *w, int q, double day);
/* Punctures of all sessions, [needles][5]: x, y, depth, diameter in um, session. */
const double *cx_web_needles(struct cx_web *w);
/* Courses: times in h [samples], values [samples][series of the model]. */
const double *cx_web_times(const struct cx_web *w);
const double *cx_web_values(const struct cx_web *w);
/* Outcome number i of the model for the course so far; NaN where it never happened. */
double cx_web_outcome(const struct cx_web *w, int i);

#endif
