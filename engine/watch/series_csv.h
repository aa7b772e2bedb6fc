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

#endif
