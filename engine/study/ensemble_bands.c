/* ensemble_bands.c - quantiles over the runs of an ensemble; declared in ensemble.h */
#include "study/ensemble.h"

#include "base/file.h"
#include "base/json.h"
#include "base/text.h"
#include "watch/series_csv.h"

#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FILE_MOST = 64 << 20 };

static int ascending(const void *a, const void *b) {
    const double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

/* Of the finite ones among n numbers, which are sorted in place. */
static struct cx_interval quantiles(double *x, int n, double level) {
    struct cx_interval made = {NAN, NAN, 0};
    for (int i = 0; i < n; i++)
        if (isfinite(x[i])) x[made.draws++] = x[i];
    if (made.draws < 2) return made;
    qsort(x, (size_t)made.draws, sizeof *x, ascending);
    made.low = gsl_stats_quantile_from_sorted_data(x, 1, (size_t)made.draws, 0.5 * (1 - level));
    made.high = gsl_stats_quantile_from_sorted_data(x, 1, (size_t)made.draws, 0.5 * (1 + level));
    return made;
}

struct cx_interval cx_ensemble_interval(const struct cx_study_table *t, int outcome, double level) {
    double *x = calloc((size_t)t->runs + 1, sizeof *x);
    if (!x) return (struct cx_interval){NAN, NAN, 0};
    for (int i = 0; i < t->runs; i++) x[i] = cx_study_row(t, i)[outcome];
    const struct cx_interval made = quantiles(x, t->runs, level);
    free(x);
    return made;
}

enum cx_status cx_ensemble_note(const char *path, const struct cx_study *s,
                                const struct cx_study_table *t, double level, struct cx_error *e) {
    unsigned char *bytes = NULL;
    size_t n = 0;
    CX_TRY(cx_file_read(path, FILE_MOST, &bytes, &n, e));
    json_t *root = json_loadb((const char *)bytes, n, JSON_REJECT_DUPLICATES, NULL);
    json_t *all = json_object_get(root, "outcomes");
    free(bytes);
    for (int i = 0; i < s->outcome_count; i++) {
        const struct cx_interval made = cx_ensemble_interval(t, i, level);
        json_object_set_new(json_object_get(all, s->outcome[i].name), "interval",
                            json_pack("{s:o, s:o, s:f, s:i}", "low", cx_json_number(made.low),
                                      "high", cx_json_number(made.high), "level", level, "draws",
                                      made.draws));
    }
    char *dump = all ? json_dumps(root, JSON_INDENT(2) | JSON_REAL_PRECISION(17)) : NULL;
    json_decref(root);
    if (!dump) return cx_fail(e, CX_STORAGE, 76, "%.280s is not an outcomes file", path);
    const enum cx_status status = cx_file_write(path, dump, strlen(dump), e);
    free(dump);
    return status;
}

/* ---- series ---------------------------------------------------------------------------------- */

static bool read_course(const struct cx_study *s, const char *digest, struct cx_series_columns *c) {
    char folder[640], path[700];
    struct cx_error e;
    cx_run_record_folder(s->folder, digest, folder);
    snprintf(path, sizeof path, "%s/series.csv", folder);
    return cx_series_csv_read(path, c, &e) == CX_OK;
}

/* One column of all runs at all times of the first: value [time][run]. */
static void gather(const struct cx_series_columns *all, int n, int k, double *value) {
    for (int r = 0; r < n; r++)
        for (int i = 0, row = 0; i < all[0].rows; i++)
            value[i * n + r] = cx_series_csv_at(&all[r], *cx_series_csv_row(&all[0], i), k, &row);
}

static void put_header(struct cx_text *t, const struct cx_series_columns *c) {
    const char *name = strchr(c->header, ',');
    cx_text_add(t, "time_day");
    while (name) {
        const int n = (int)strcspn(name + 1, ",\r");
        cx_text_add(t, ",%.*s_low,%.*s_high", n, name + 1, n, name + 1);
        name = strchr(name + 1, ',');
    }
    cx_text_add(t, "\n");
}

static void put_number(struct cx_text *t, double x) {
    char text[32];
    cx_number_write(x, text);
    cx_text_add(t, ",%s", isfinite(x) ? text : "");
}

static bool put_rows(struct cx_text *t, const struct cx_series_columns *all, int n, double level) {
    const int rows = all[0].rows, columns = all[0].columns;
    double *value = calloc((size_t)rows * (size_t)n + 1, sizeof *value);
    struct cx_interval *band = calloc((size_t)rows * (size_t)columns + 1, sizeof *band);
    for (int k = 1; value && band && k < columns; k++) {
        gather(all, n, k, value);
        for (int i = 0; i < rows; i++)
            band[i * columns + k] = quantiles(value + (size_t)i * (size_t)n, n, level);
    }
    for (int i = 0; value && band && i < rows; i++) {
        char text[32];
        cx_number_write(*cx_series_csv_row(&all[0], i), text);
        cx_text_add(t, "%s", text);
        for (int k = 1; k < columns; k++) {
            put_number(t, band[i * columns + k].low);
            put_number(t, band[i * columns + k].high);
        }
        cx_text_add(t, "\n");
    }
    const bool good = value && band;
    free(value);
    free(band);
    return good;
}

enum cx_status cx_ensemble_bands(const char *csv, const struct cx_study *s,
                                 const struct cx_study_table *t, double level, struct cx_error *e) {
    struct cx_series_columns *all = calloc((size_t)t->runs + 1, sizeof *all);
    struct cx_text text = {0};
    int n = 0;
    bool good = all != NULL;
    for (int i = 0; good && i < t->runs; i++)
        if (t->run[i].status == CX_RUN_OK && read_course(s, t->run[i].digest, &all[n]) &&
            all[n++].columns != all[0].columns)
            cx_series_csv_free(&all[--n]);
    if (good && n) {
        put_header(&text, &all[0]);
        good = put_rows(&text, all, n, level) && !text.starved;
    }
    enum cx_status status =
        good ? CX_OK : cx_fail(e, CX_STORAGE, 61, "no memory for the bands of the series");
    if (good && n) status = cx_file_write(csv, text.at, text.n, e);
    for (int i = 0; i < n; i++) cx_series_csv_free(&all[i]);
    free(all);
    free(text.at);
    return status;
}
