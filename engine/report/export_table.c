/* export_table.c - series and outcomes as CSV with units, or as JSON (declared in export.h). */
#include "base/file.h"
#include "base/json.h"
#include "base/text.h"
#include "report/export.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool is_json(const char *path, bool *known) {
    const char *end = strrchr(path, '.');
    const bool json = end && strcmp(end, ".json") == 0;
    *known = json || (end && strcmp(end, ".csv") == 0);
    return json;
}

/* In quotes as RFC 4180 wants it where it holds a sign of CSV. */
static void put_cell(struct cx_text *t, const char *text) {
    const bool plain = !strpbrk(text, ",\"\r\n");
    cx_text_add(t, plain ? "" : "\"");
    for (const char *c = text; *c; c++) cx_text_add(t, *c == '"' ? "\"\"" : "%c", *c);
    cx_text_add(t, plain ? "" : "\"");
}

/* The 17 digits that bring the same double back; nothing for what is not a number. */
static void put_number(struct cx_text *t, double value) {
    if (isfinite(value)) cx_text_add(t, "%.17g", value);
}

static enum cx_status write_text(struct cx_text *t, const char *path, struct cx_error *e) {
    enum cx_status status =
        t->starved ? cx_fail(e, CX_STORAGE, 61, "no memory for a table") : CX_OK;
    if (!status) status = cx_file_write(path, t->at, t->n, e);
    free(t->at);
    return status;
}

static enum cx_status write_json(json_t *root, const char *path, struct cx_error *e) {
    char *text = json_dumps(root, JSON_INDENT(1) | JSON_REAL_PRECISION(17));
    json_decref(root);
    if (!text) return cx_fail(e, CX_STORAGE, 61, "no memory for a table");
    const enum cx_status status = cx_file_write(path, text, strlen(text), e);
    free(text);
    return status;
}

static void series_csv(const struct cx_result *r, int from, int to, struct cx_text *t) {
    cx_text_add(t, "time_day");
    for (int s = from; s < to; s++)
        cx_text_add(t, ",%s [%s]", r->series_name[s], r->series_unit[s]);
    cx_text_add(t, "\n");
    for (int i = 0; i < r->history_length; i++) {
        put_number(t, r->history_day[i]);
        for (int s = from; s < to; s++) {
            cx_text_add(t, ",");
            put_number(t, r->history_value[(size_t)i * (size_t)r->series + (size_t)s]);
        }
        cx_text_add(t, "\n");
    }
}

static json_t *series_json(const struct cx_result *r, int from, int to) {
    json_t *root = json_object(), *days = json_array(), *all = json_object();
    for (int i = 0; i < r->history_length; i++)
        json_array_append_new(days, cx_json_number(r->history_day[i]));
    for (int s = from; s < to; s++) {
        json_t *values = json_array();
        for (int i = 0; i < r->history_length; i++)
            json_array_append_new(
                values,
                cx_json_number(r->history_value[(size_t)i * (size_t)r->series + (size_t)s]));
        json_object_set_new(all, r->series_name[s],
                            json_pack("{s:s, s:s, s:o}", "unit", r->series_unit[s], "definition",
                                      r->series_doc[s], "values", values));
    }
    json_object_set_new(root, "schema_version", json_integer(1));
    json_object_set_new(root, "time_day", days);
    json_object_set_new(root, "series", all);
    return root;
}

enum cx_status cx_export_series(const struct cx_result *r, int series, const char *path,
                                struct cx_error *e) {
    struct cx_text t = {0};
    bool known;
    const bool json = is_json(path, &known);
    const int from = series < 0 ? 0 : series, to = series < 0 ? r->series : series + 1;
    if (!known) return cx_fail(e, CX_USAGE, 140, "%.200s: series can go to .csv or .json", path);
    if (json) return write_json(series_json(r, from, to), path, e);
    series_csv(r, from, to, &t);
    return write_text(&t, path, e);
}

static void outcomes_csv(const struct cx_outcomes *o, struct cx_text *t) {
    cx_text_add(t, "name,value,unit,definition,evidence\n");
    for (int i = 0; i < o->outcome_count; i++) {
        const struct cx_outcome_entry *f = &o->outcome[i];
        const char *const words[] = {f->unit, f->definition, f->evidence};
        put_cell(t, f->name);
        cx_text_add(t, ",");
        put_number(t, f->value);
        for (int k = 0; k < 3; k++) {
            cx_text_add(t, ",");
            put_cell(t, words[k]);
        }
        cx_text_add(t, "\n");
    }
}

enum cx_status cx_export_outcomes(const struct cx_outcomes *o, const char *path,
                                  struct cx_error *e) {
    struct cx_text t = {0};
    bool known;
    if (is_json(path, &known)) return cx_outcomes_write(path, o, e);
    if (!known) return cx_fail(e, CX_USAGE, 140, "%.200s: outcomes can go to .csv or .json", path);
    outcomes_csv(o, &t);
    return write_text(&t, path, e);
}
