/* series_csv.h - series.csv: one row per sample, plain header of names, first column `time_day`.
 * Units stand in run.nc and outcomes.json.  Knows names and numbers, not models. */
#ifndef CX_WATCH_SERIES_CSV_H
#define CX_WATCH_SERIES_CSV_H

#include "base/error.h"
#include "watch/result.h"

/* Replaces `path` as a whole or not at all.  Numbers have the 17 digits that bring the same double back.
 * Errors: E071 a write failed, E072 no room. */
enum cx_status cx_series_csv_write(const char *path, const struct cx_series_table *t,
                                   struct cx_error *e);

/* Numbers of such a file, read back; an empty cell is NaN.  cx_series_csv_free(). */
struct cx_series_columns {
    char *header; /* first line, as it is */
    int rows, columns;
    double *at; /* [rows][columns]; the first column is time, ascending */
};
/* Files of up to 64 MiB.  Errors: E061, E073 not such a file, E074. */
enum cx_status cx_series_csv_read(const char *path, struct cx_series_columns *c,
                                  struct cx_error *e);
void cx_series_csv_free(struct cx_series_columns *c);
double *cx_series_csv_row(const struct cx_series_columns *c, int row);
/* One column at a time in days: linear between rows, held outside; *row moves up only, start from 0. */
double cx_series_csv_at(const struct cx_series_columns *c, double day, int column, int *row);

#endif
