/* describe_markdown.c - a model as a page of tables.
 *
 * Holds no text of its own about a model: what is missing on the page is missing in the tables. */
#include "app/describe.h"

#include <stdarg.h>

/* A cell: a bar would end it. */
static void cell(FILE *to, const char *text) {
    fputs(" ", to);
    for (; *text; text++) {
        if (*text == '|') fputc('\\', to);
        fputc(*text, to);
    }
    fputs(" |", to);
}

/* A cell made of parts. */
static CX_PRINTF(2, 3) void cell_of(FILE *to, const char *fmt, ...) {
    char text[600];
    va_list list;
    va_start(list, fmt);
    vsnprintf(text, sizeof text, fmt, list);
    va_end(list);
    cell(to, text);
}

/* The row under the head says how many columns there are. */
static void open_table(FILE *to, const char *title, const char *head, int columns) {
    fprintf(to, "\n## %s\n\n%s\n|", title, head);
    for (int i = 0; i < columns; i++) fputs("---|", to);
    fputs("\n", to);
}

/* Every row of the model's tables is one row here, in the same order. */
static void write_params(const struct cx_description *d) {
    const struct cx_model *m = d->model;
    open_table(d->to, "Parameters",
               "| name | default | unit | range | half-life | meaning | source |", 7);
    for (int i = 0; i < m->param_count; i++) {
        const struct cx_param_row *r = &m->params[i];
        char life[32];
        cx_half_life_text(cx_half_life(r->unit, r->fallback), life);
        fputs("|", d->to);
        cell_of(d->to, "`%s`", r->name);
        cell_of(d->to, "%.6g", r->fallback);
        cell(d->to, r->unit);
        cell_of(d->to, "%.6g to %.6g", r->lo, r->hi);
        cell(d->to, life);
        cell(d->to, r->doc);
        cell(d->to, r->source);
        fputs("\n", d->to);
    }
}

static void write_derived(const struct cx_description *d) {
    const struct cx_model *m = d->model;
    open_table(d->to, "Derived parameters, for the default person",
               "| name | value | unit | meaning |", 4);
    for (int i = 0; i < m->derived_count; i++) {
        const struct cx_derived_row *r = &m->derived[i];
        fputs("|", d->to);
        cell_of(d->to, "`%s`", r->name);
        cell_of(d->to, "%.6g", d->p[m->param_count + i]);
        cell(d->to, r->unit);
        cell(d->to, r->doc);
        fputs("\n", d->to);
    }
}

static void write_fields(const struct cx_description *d) {
    const struct cx_model *m = d->model;
    open_table(d->to, "Fields", "| name | unit | movement | meaning |", 4);
    for (int i = 0; i < m->species_count; i++) {
        const struct cx_species_row *r = &m->species[i];
        fputs("|", d->to);
        cell_of(d->to, "`%s`", r->name);
        cell(d->to, r->unit);
        cell(d->to, cx_movement_word(r->movement));
        cell(d->to, r->doc);
        fputs("\n", d->to);
    }
    fprintf(d->to, "\nMaps painted by the engine:");
    for (int i = 0; i < m->input_count; i++) fprintf(d->to, " `%s`", m->inputs[i]);
    fputs("\n", d->to);
}

/* "made of" is what the engine does with the pointwise measure. */
static void write_series(const struct cx_description *d) {
    const struct cx_model *m = d->model;
    open_table(d->to, "Series", "| name | unit | made of | meaning |", 4);
    for (int i = 0; i < m->series_count; i++) {
        const struct cx_series_row *r = &m->series[i];
        fputs("|", d->to);
        cell_of(d->to, "`%s`", r->name);
        cell(d->to, r->unit);
        cell_of(d->to, "%s of %s%s%s over %s", cx_reduce_word(r->reduce), r->measure,
                r->over[0] ? " / " : "", r->over, cx_region_word(r->region));
        cell(d->to, r->doc);
        fputs("\n", d->to);
    }
}

/* Evidence stands beside every outcome, also where it says that there is none. */
static void write_outcomes(const struct cx_description *d) {
    const struct cx_model *m = d->model;
    open_table(d->to, "Outcomes", "| name | unit | series | definition | evidence |", 5);
    for (int i = 0; i < m->outcome_count; i++) {
        const struct cx_outcome_row *r = &m->outcomes[i];
        fputs("|", d->to);
        cell_of(d->to, "`%s`", r->name);
        cell(d->to, r->unit);
        cell_of(d->to, "`%s`", r->series);
        cell(d->to, r->definition);
        cell(d->to, r->evidence);
        fputs("\n", d->to);
    }
}

void cx_describe_markdown(const struct cx_description *d) {
    const struct cx_model *m = d->model;
    fprintf(d->to, "# %s\n\nModel `%s`. %s.\nEquations: `models/%s/README.md`.\n", m->title,
            m->name, m->cite, m->name);
    write_params(d);
    write_derived(d);
    write_fields(d);
    write_series(d);
    write_outcomes(d);
}
