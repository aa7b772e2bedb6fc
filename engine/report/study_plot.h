/* study_plot.h - drawings of a study as inline SVG: effects of one factor, interactions and surfaces of two, trade-offs
 * between goals.  Knows the table of a study. */
#ifndef CX_REPORT_STUDY_PLOT_H
#define CX_REPORT_STUDY_PLOT_H

#include "report/page.h"
#include "report/study_table.h"
#include "report/words.h"

/* "collagen total gain", "needle length" */
void cx_study_short_name(const char *name, char out[CX_WORD]);
/* "1.5 mm", "hex": a value of a factor. */
void cx_study_value_text(const struct cx_study_column *f, double x, char out[CX_WORD]);

/* The same onto a page: a name; "1.5 mm" with a blank that does not break. */
void cx_study_put_name(struct cx_text *p, const char *name);
void cx_study_put_quantity(struct cx_text *p, double value, const char *unit);

/* Every point as a disc, the means over the levels as a line. */
void cx_study_plot_effect(struct cx_text *p, const struct cx_study_page *s, int outcome,
                          int factor);
/* Means over the levels of `across`, one line for each of up to six levels of `lines`. */
struct cx_study_pair {
    int outcome, across, lines;
};
void cx_study_plot_interaction(struct cx_text *p, const struct cx_study_page *s,
                               const struct cx_study_pair *q);
/* Colour over two factors: tiles with their numbers where both have levels, else coloured discs. */
void cx_study_plot_surface(struct cx_text *p, const struct cx_study_page *s,
                           const struct cx_study_pair *q);
/* Two outcomes against each other; points that nothing beats are full. */
void cx_study_plot_trade(struct cx_text *p, const struct cx_study_page *s, int across, int up);

#endif
