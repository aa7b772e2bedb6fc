/* verb_compare.c - two runs side by side, as a table, as JSON, as a page. */
#include "app/verbs.h"
#include "base/file.h"
#include "base/text.h"
#include "report/compare.h"

#include <math.h>
#include <stdlib.h>

static const struct cx_option options[] = {
    CX_TAKES("tolerance", 0, tolerance, "SHARE", "leave with 8 if any number differs by more"),
    CX_TAKES("output", 'o', output, "DIR", "write compare.html there: curves and differences"),
    {0},
};

const struct cx_usage cx_usage_compare = {
    .words = "A B [--tolerance SHARE] [-o DIR]",
    .examples = "cicatrix compare outputs/quickstart outputs/deeper\n"
                "cicatrix compare outputs/quickstart outputs/deeper -o comparison\n"
                "cicatrix compare outputs/before outputs/after --tolerance 1e-3",
    .options = options,
    .least = 2,
    .most = 2,
};

/* Text ------------------------------------------------------------------------------------------- */
/* One line each, so that the table can be searched and cut. */
static void print_outcomes(const struct cx_comparison *c, FILE *to) {
    fprintf(to, "%-28s %12s %12s %12s %10s  unit\n", "outcome", "A", "B", "B - A", "relative");
    for (int i = 0; i < c->outcomes; i++) {
        const struct cx_compared_outcome *o = &c->outcome[i];
        fprintf(to, "%-28s %12.6g %12.6g %12.4g %10.3g  %s\n", o->name, o->value[0], o->value[1],
                o->difference, o->relative, o->unit);
    }
}

/* Where and when the two are farthest apart tells more than a mean. */
static void print_series(const struct cx_comparison *c, FILE *to) {
    fprintf(to, "\n%-28s %12s %12s %12s %10s  unit\n", "series, at largest difference", "A", "B",
            "day", "relative");
    for (int i = 0; i < c->series; i++) {
        const struct cx_compared_series *s = &c->one[i];
        if (s->times)
            fprintf(to, "%-28s %12.6g %12.6g %12.4g %10.3g  %s\n", s->name, s->value[0],
                    s->value[1], s->day, s->relative, s->unit);
        else
            fprintf(to, "%-28s no common time\n", s->name);
    }
}

/* The largest difference finds a cell that went wrong, L2 tells whether it matters. */
static void print_fields(const struct cx_comparison *c, FILE *to) {
    if (*c->why_no_fields) {
        fprintf(to, "\nfields are not compared: %s\n", c->why_no_fields);
        return;
    }
    fprintf(to, "\n%-28s %12s %10s %10s %10s  where (um, day)\n", "field", "largest", "relative",
            "L2", "relative");
    for (int i = 0; i < c->fields; i++) {
        const struct cx_compared_field *f = &c->field[i];
        fprintf(to, "%-28s %12.4g %10.3g %10.3g %10.3g  x %.4g y %.4g z %.4g, day %.4g\n", f->name,
                f->difference, f->relative, f->rms, f->relative_rms, f->place_um[0], f->place_um[1],
                f->place_um[2], f->day);
    }
}

/* JSON ------------------------------------------------------------------------------------------- */
/* A, B; null where a run has no number. */
static json_t *pair(const double value[2]) {
    return json_pack("[o, o]", cx_json_number(value[0]), cx_json_number(value[1]));
}

static json_t *outcome_json(const struct cx_compared_outcome *o) {
    json_t *row = json_object();
    json_object_set_new(row, "name", cx_json_text(o->name));
    json_object_set_new(row, "unit", cx_json_text(o->unit));
    json_object_set_new(row, "values", pair(o->value));
    json_object_set_new(row, "difference", cx_json_number(o->difference));
    json_object_set_new(row, "relative", cx_json_number(o->relative));
    return row;
}

static json_t *series_json(const struct cx_compared_series *s) {
    json_t *row = json_object();
    json_object_set_new(row, "name", cx_json_text(s->name));
    json_object_set_new(row, "unit", cx_json_text(s->unit));
    json_object_set_new(row, "times", json_integer(s->times));
    json_object_set_new(row, "values", pair(s->value));
    json_object_set_new(row, "difference", cx_json_number(s->difference));
    json_object_set_new(row, "day", cx_json_number(s->day));
    json_object_set_new(row, "relative", cx_json_number(s->relative));
    return row;
}

static json_t *field_json(const struct cx_compared_field *f) {
    json_t *row = json_object(), *place = json_array();
    for (int d = 0; d < 3; d++) json_array_append_new(place, cx_json_number(f->place_um[d]));
    json_object_set_new(row, "name", cx_json_text(f->name));
    json_object_set_new(row, "unit", cx_json_text(f->unit));
    json_object_set_new(row, "times", json_integer(f->times));
    json_object_set_new(row, "difference", cx_json_number(f->difference));
    json_object_set_new(row, "relative", cx_json_number(f->relative));
    json_object_set_new(row, "l2", cx_json_number(f->rms));
    json_object_set_new(row, "l2_relative", cx_json_number(f->relative_rms));
    json_object_set_new(row, "day", cx_json_number(f->day));
    json_object_set_new(row, "place_um", place);
    return row;
}

/* The same rows as the table. */
static json_t *comparison_json(const struct cx_comparison *c) {
    json_t *answer = cx_json_answer();
    json_t *outcomes = json_array(), *series = json_array(), *fields = json_array();
    for (int i = 0; i < c->outcomes; i++)
        json_array_append_new(outcomes, outcome_json(&c->outcome[i]));
    for (int i = 0; i < c->series; i++) json_array_append_new(series, series_json(&c->one[i]));
    for (int i = 0; i < c->fields; i++) json_array_append_new(fields, field_json(&c->field[i]));
    json_object_set_new(answer, "outcomes", outcomes);
    json_object_set_new(answer, "series", series);
    json_object_set_new(answer, "fields", fields);
    if (*c->why_no_fields)
        json_object_set_new(answer, "fields_not_compared", cx_json_text(c->why_no_fields));
    return answer;
}

/* ------------------------------------------------------------------------------------------------ */
/* Without --tolerance the verb only shows. */
static enum cx_status judge(const struct cx_comparison *c, double tolerance, struct cx_error *e) {
    const int beyond = isnan(tolerance) ? 0 : cx_compare_beyond(c, tolerance);
    if (!beyond) return CX_OK;
    return cx_fail(e, CX_TOLERANCE, CX_E_DIFFER,
                   "%d of %d numbers and curves differ by more than %.3g", beyond,
                   c->outcomes + c->series + c->fields, tolerance);
}

static enum cx_status write_page(const struct cx_app *a, const struct cx_comparison *c,
                                 struct cx_error *e) {
    if (!a->ask.output) return CX_OK;
    const char *const names[2] = {a->ask.words.at[0], a->ask.words.at[1]};
    CX_TRY(cx_folder_create(a->ask.output, e));
    CX_TRY(cx_compare_page(c, names, a->ask.output, e));
    cx_app_say(a, "page: %s/compare.html", a->ask.output);
    return CX_OK;
}

/* A comparison that is out of tolerance is told in full before it fails. */
static enum cx_status answer(struct cx_app *a, const struct cx_comparison *c, double tolerance,
                             struct cx_error *e) {
    CX_TRY(write_page(a, c, e));
    const enum cx_status status = judge(c, tolerance, e);
    if (a->ask.json) {
        json_t *object = comparison_json(c);
        struct cx_error lost = {0};
        if (status) json_object_set_new(object, "error", cx_json_error(e));
        const enum cx_status told = cx_app_answer(a, object, &lost);
        if (told && !status) *e = lost;
        return status ? status : told;
    }
    print_outcomes(c, a->out);
    print_series(c, a->out);
    print_fields(c, a->out);
    cx_app_flush(a);
    return status;
}

enum cx_status cx_verb_compare(struct cx_app *a, struct cx_error *e) {
    double tolerance = NAN;
    const char *rest = "";
    if (a->ask.tolerance && (!cx_number_read(a->ask.tolerance, &rest, &tolerance) || *rest ||
                             !(tolerance >= 0) || !isfinite(tolerance)))
        return cx_fail(e, CX_USAGE, CX_E_VALUE, "--tolerance is a share such as 1e-3, not '%.60s'",
                       a->ask.tolerance);
    struct cx_comparison *c = calloc(1, sizeof *c);
    if (!c) return cx_fail(e, CX_STORAGE, 61, "no memory for a comparison");
    enum cx_status status = cx_compare(c, a->ask.words.at[0], a->ask.words.at[1], e);
    if (!status) {
        status = answer(a, c, tolerance, e);
        cx_comparison_free(c);
    }
    free(c);
    return status;
}
