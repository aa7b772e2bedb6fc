/* bands.h - where most draws of an ensemble lie at each time, read back from series_bands.csv: the spread of the fitted
 * values only, no error of the model.  Knows the files of a run's folder, not pages. */
#ifndef CX_REPORT_BANDS_H
#define CX_REPORT_BANDS_H

#include "report/record.h"
#include "watch/series_csv.h"

struct cx_bands {
    struct cx_series_columns file; /* rows 0: there are no bands */
    double level;                  /* share of the draws between low and high */
    char low[16], high[16];        /* "5 %", "95 %" */
    char words[80];                /* "5 to 95 % of the draws of the fitted values" */
};
/* A band belongs to outcomes with intervals: without those the file is that of an older run, and is passed over.
 * Errors: E061, E073 damaged, E074.  cx_bands_free(). */
enum cx_status cx_bands_read(struct cx_bands *b, const char *folder, const struct cx_record *r,
                             struct cx_error *e);
void cx_bands_free(struct cx_bands *b);

/* Column of the lower end of a series, the upper one is the next; -1 if it has no band. */
int cx_bands_find(const struct cx_bands *b, const char *series);
/* That column at n ascending days; NaN outside of the file's times. */
void cx_bands_course(const struct cx_bands *b, int column, const double *day, int n, double *value);

#endif
