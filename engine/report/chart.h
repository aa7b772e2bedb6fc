/* chart.h - small line charts as inline SVG: real text, themed by the page's style sheet, named at the line ends.
 * Knows numbers and words, not results. */
#ifndef CX_REPORT_CHART_H
#define CX_REPORT_CHART_H

#include "report/page.h"
#include "report/words.h"

#include <stdbool.h>

enum { CX_LINES_MAX = 6 };

/* From numbers to points of the picture; `log` needs lo > 0. */
struct cx_scale {
    double lo, hi, from, to;
    bool log;
};
double cx_scale_at(const struct cx_scale *s, double value);
/* Grows the range, NAN..NAN at first, so that it holds the value; what is not finite is passed over. */
void cx_scale_widen(double value, double *lowest, double *highest);
/* Range that holds every finite value with a little air; starts at 0 when the values nearly do. */
void cx_scale_fit(struct cx_scale *s, double lowest, double highest);
/* Ticks with words of an axis of days at height y: times that have a name on a logarithmic one, else about `want` whole
 * days or weeks. */
void cx_scale_put_days(struct cx_text *p, const struct cx_scale *s, int want, int y);

struct cx_line {
    const double *x, *y; /* day, value; NaN breaks the line */
    int n;
    char label[CX_WORD];
    const char *doc;          /* longer meaning for the pointer; NULL: the label */
    const double *low, *high; /* [n] band behind the line, NaN where there is none; NULL: no band */
};
/* A measured value with its range (NaN where not given), drawn in the colour of a line. */
struct cx_dot {
    int line;
    double x, y, low, high;
};

struct cx_chart {
    char alt[400];            /* what a person who cannot see it is told */
    char unit[CX_WORD];       /* above the vertical axis, readable form */
    bool log_days, untreated; /* untreated: no session to count from */
    double from_day, to_day;
    int lines, marks, dots;
    struct cx_line line[CX_LINES_MAX];
    const double *mark; /* days of the sessions: thin vertical lines */
    const struct cx_dot *dot;
    const char *band, *band_end[2]; /* what the bands hold; their lower and upper end in words */
};
void cx_chart_put(struct cx_text *p, const struct cx_chart *c);

/* Profile: value across, depth down, layers shaded. */
struct cx_band {
    double top_um, bottom_um;
    const char *name;
};
struct cx_profile {
    char alt[400], unit[CX_WORD];
    double depth_um;   /* lower limit of the picture */
    const char *place; /* what grows downwards: "depth" */
    int lines, bands;
    struct cx_line line[CX_LINES_MAX]; /* x: value, y: depth um, positive down */
    const struct cx_band *band;
};
void cx_profile_put(struct cx_text *p, const struct cx_profile *c);

#endif
