/* listing.c - rows of a kind, as lines for people or as an array for programs: the models, the templates, what a result
 * holds. */
#include "app/listing.h"

void cx_app_list(const struct cx_app *a, json_t *answer, const struct cx_listing *l) {
    json_t *rows = json_array();
    const bool says = l->line && !a->ask.json;
    if (says) fputs(l->head, a->out);
    for (int i = 0; i < l->n; i++) {
        json_array_append_new(rows, l->row(l->of, i));
        if (says) l->line(a->out, l->of, i);
    }
    if (says) fputs(l->tail, a->out);
    json_object_set_new(answer, l->key, rows);
}

/* ---- what a result holds ------------------------------------------------------------------------- */

static json_t *named(const char *name, const char *unit) {
    json_t *row = json_object();
    json_object_set_new(row, "name", cx_json_text(name));
    json_object_set_new(row, "unit", cx_json_text(unit));
    return row;
}

static json_t *field_row(const void *of, int i) {
    const struct cx_result *r = of;
    return named(r->field[i], r->field_unit[i]);
}

static json_t *series_row(const void *of, int i) {
    const struct cx_result *r = of;
    return named(r->series_name[i], r->series_unit[i]);
}

static json_t *day_row(const void *of, int i) {
    const struct cx_result *r = of;
    return cx_json_number(r->time_day[i]);
}

static void field_line(FILE *to, const void *of, int i) {
    const struct cx_result *r = of;
    fprintf(to, "  %-24s %-12s %s\n", r->field[i], r->field_unit[i], r->field_doc[i]);
}

static void series_line(FILE *to, const void *of, int i) {
    const struct cx_result *r = of;
    fprintf(to, "  %-24s %-12s %s\n", r->series_name[i], r->series_unit[i], r->series_doc[i]);
}

static void day_line(FILE *to, const void *of, int i) {
    const struct cx_result *r = of;
    fprintf(to, " %.6g", r->time_day[i]);
}

struct cx_listing cx_listing_fields(const struct cx_result *r, const char *head) {
    return (struct cx_listing){"fields", head, "", r->fields, r, field_row, field_line};
}

struct cx_listing cx_listing_series(const struct cx_result *r, const char *head) {
    return (struct cx_listing){
        "series", head, "", r->series, r, series_row, head ? series_line : NULL};
}

struct cx_listing cx_listing_days(const struct cx_result *r) {
    return (struct cx_listing){"days", "times, day:\n ", "\n", r->frames, r, day_row, day_line};
}
