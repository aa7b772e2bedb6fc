/* describe_text.c - a model for the terminal: names in columns, meaning and source below. */
#include "app/describe.h"

/* Numbers first, since they are looked up; meaning and source on lines of their own. */
static void print_params(const struct cx_description *d) {
    const struct cx_model *m = d->model;
    fprintf(d->to, "\nParameters: default, unit, range, half-life of a rate\n");
    for (int i = 0; i < m->param_count; i++) {
        const struct cx_param_row *r = &m->params[i];
        char life[32];
        cx_half_life_text(cx_half_life(r->unit, r->fallback), life);
        fprintf(d->to, "  %-28s %10.4g %-12s [%.4g, %.4g]%s%s\n", r->name, r->fallback, r->unit,
                r->lo, r->hi, life[0] ? "  half-life " : "", life);
        fprintf(d->to, "      %s\n      source: %s\n", r->doc, r->source);
    }
}

static void print_derived(const struct cx_description *d) {
    const struct cx_model *m = d->model;
    fprintf(d->to, "\nDerived parameters: value for the default person\n");
    for (int i = 0; i < m->derived_count; i++) {
        const struct cx_derived_row *r = &m->derived[i];
        fprintf(d->to, "  %-28s %10.4g %-12s %s\n", r->name, d->p[m->param_count + i], r->unit,
                r->doc);
    }
}

/* Whether a field moves decides most of what a run costs. */
static void print_fields(const struct cx_description *d) {
    const struct cx_model *m = d->model;
    fprintf(d->to, "\nFields\n");
    for (int i = 0; i < m->species_count; i++) {
        const struct cx_species_row *r = &m->species[i];
        fprintf(d->to, "  %-28s %-12s %s (%s)\n", r->name, r->unit, r->doc,
                cx_movement_word(r->movement));
    }
    fprintf(d->to, "\nMaps that it asks for:");
    for (int i = 0; i < m->input_count; i++) fprintf(d->to, " %s", m->inputs[i]);
    fprintf(d->to, "\n");
}

/* In brackets: how the number is made of the model's measures. */
static void print_series(const struct cx_description *d) {
    const struct cx_model *m = d->model;
    fprintf(d->to, "\nSeries: one number per time\n");
    for (int i = 0; i < m->series_count; i++) {
        const struct cx_series_row *r = &m->series[i];
        fprintf(d->to, "  %-28s %-12s %s (%s of %s%s%s over %s)\n", r->name, r->unit, r->doc,
                cx_reduce_word(r->reduce), r->measure, r->over[0] ? " / " : "", r->over,
                cx_region_word(r->region));
    }
}

/* What each was compared with is part of the answer. */
static void print_outcomes(const struct cx_description *d) {
    const struct cx_model *m = d->model;
    fprintf(d->to, "\nOutcomes: one number per run\n");
    for (int i = 0; i < m->outcome_count; i++) {
        const struct cx_outcome_row *r = &m->outcomes[i];
        fprintf(d->to, "  %-28s %-12s %s\n      evidence: %s\n", r->name, r->unit, r->definition,
                r->evidence);
    }
}

void cx_describe_text(const struct cx_description *d) {
    const struct cx_model *m = d->model;
    fprintf(d->to, "%s - %s\n%s\nEquations: models/%s/README.md and models/%s/model.c\n", m->name,
            m->title, m->cite, m->name, m->name);
    print_params(d);
    print_derived(d);
    print_fields(d);
    print_series(d);
    print_outcomes(d);
}
