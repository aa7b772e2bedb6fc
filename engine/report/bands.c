/* bands.c - see bands.h. */
#include "report/bands.h"

#include "base/file.h"
#include "report/words.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* The file of the bands does not say it; the intervals of the same ensemble do.  0: there are none. */
static double level_of(const struct cx_record *r) {
    for (int i = 0; i < r->o.outcome_count; i++) {
        const struct cx_outcome_spread *s = &r->o.outcome[i].spread;
        if (s->there && s->level > 0 && s->level < 1) return s->level;
    }
    return 0;
}

static void say_level(struct cx_bands *b) {
    char low[CX_WORD], high[CX_WORD];
    cx_number_text(50 * (1 - b->level), low);
    cx_number_text(50 * (1 + b->level), high);
    snprintf(b->low, sizeof b->low, "%.10s %%", low);
    snprintf(b->high, sizeof b->high, "%.10s %%", high);
    snprintf(b->words, sizeof b->words, "%.10s to %.10s %% of the draws of the fitted values", low,
             high);
}

enum cx_status cx_bands_read(struct cx_bands *b, const char *folder, const struct cx_record *r,
                             struct cx_error *e) {
    char path[1024];
    *b = (struct cx_bands){.level = level_of(r)};
    snprintf(path, sizeof path, "%.1000s/series_bands.csv", folder);
    if (!(b->level > 0) || !cx_file_exists(path)) return CX_OK;
    say_level(b);
    return cx_series_csv_read(path, &b->file, e);
}

void cx_bands_free(struct cx_bands *b) { cx_series_csv_free(&b->file); }

/* Is the next name of the header, up to its comma, this series with this end? */
static bool is_column(const char *name, const char *series, const char *end) {
    const size_t n = strlen(series), m = strlen(end);
    return strncmp(name, series, n) == 0 && strncmp(name + n, end, m) == 0 &&
           strchr(",\r", name[n + m]);
}

int cx_bands_find(const struct cx_bands *b, const char *series) {
    const char *comma = b->file.header ? strchr(b->file.header, ',') : NULL;
    for (int k = 1; comma; k++) {
        const char *next = strchr(comma + 1, ',');
        if (next && is_column(comma + 1, series, "_low") && is_column(next + 1, series, "_high"))
            return k;
        comma = next;
    }
    return -1;
}

void cx_bands_course(const struct cx_bands *b, int column, const double *day, int n,
                     double *value) {
    const struct cx_series_columns *f = &b->file;
    const double first = *cx_series_csv_row(f, 0), last = *cx_series_csv_row(f, f->rows - 1);
    const double slack =
        1e-9 * (fabs(first) + fabs(last)); /* the ends of two runs may differ by rounding */
    for (int i = 0, row = 0; i < n; i++)
        value[i] = day[i] >= first - slack && day[i] <= last + slack
                       ? cx_series_csv_at(f, day[i], column, &row)
                       : NAN;
}
