/* indices.h - sensitivity.json of a study as its page shows it: bars with intervals, mu* against sigma, pairs.  Knows the
 * file, not how the indices were computed. */
#ifndef CX_REPORT_INDICES_H
#define CX_REPORT_INDICES_H

#include "report/page.h"

#include <stdbool.h>

enum { CX_INDEX_VALUE, CX_INDEX_LOW, CX_INDEX_HIGH, CX_INDEX_PARTS };
enum { CX_INDICES_MOST = 3, CX_SHOWN_FACTORS = 15 };

/* One factor, or two that act together; NaN where nothing is known. */
struct cx_index_row {
    char factor[96], with[96];                  /* with: the second of a pair */
    double at[CX_INDICES_MOST][CX_INDEX_PARTS]; /* mu, mu*, sigma, or first, total, or the pair */
};
struct cx_index_outcome {
    char name[64], unit[32];
    int blocks, rows, pairs;
    struct cx_index_row *row, *pair; /* those that matter most first */
};
/* Owned by cx_index_page_free(). */
struct cx_index_page {
    bool there;  /* the file is there and can be used */
    bool old;    /* but belongs to another runs.csv than the one beside it */
    bool morris; /* else saltelli */
    int blocks, left_out, outcomes;
    struct cx_index_outcome *outcome;
};
void cx_index_page_read(const char *folder, struct cx_index_page *s);
void cx_index_page_free(struct cx_index_page *s);

/* Is there anything to show for this folder? */
bool cx_indices_there(const char *folder);
/* The section "Sensitivity"; nothing if there is none. */
void cx_indices_put(struct cx_text *p, const char *folder);

/* indices_plot.c */
void cx_indices_plot_bars(struct cx_text *p, const struct cx_index_page *s, int outcome);
void cx_indices_plot_spread(struct cx_text *p, const struct cx_index_page *s, int outcome);

#endif
