/* describe_json.c - a model for other programs.
 *
 * Numbers stay numbers and nothing is rounded; the words for movement, region and reading are
 * those of the other two forms, so that a page made from this says the same. */
#include "app/describe.h"

static json_t *named(const char *name, const char *unit, const char *doc) {
    json_t *row = json_object();
    json_object_set_new(row, "name", cx_json_text(name));
    json_object_set_new(row, "unit", cx_json_text(unit));
    json_object_set_new(row, "doc", cx_json_text(doc));
    return row;
}

/* half_life_h is null where the unit is no rate. */
static json_t *params(const struct cx_model *m) {
    json_t *list = json_array();
    for (int i = 0; i < m->param_count; i++) {
        const struct cx_param_row *r = &m->params[i];
        json_t *row = named(r->name, r->unit, r->doc);
        json_object_set_new(row, "default", cx_json_number(r->fallback));
        json_object_set_new(row, "low", cx_json_number(r->lo));
        json_object_set_new(row, "high", cx_json_number(r->hi));
        json_object_set_new(row, "half_life_h", cx_json_number(cx_half_life(r->unit, r->fallback)));
        json_object_set_new(row, "source", cx_json_text(r->source));
        json_array_append_new(list, row);
    }
    return list;
}

/* Values for the default person; a scenario of another age or site has others. */
static json_t *derived(const struct cx_model *m, const double *p) {
    json_t *list = json_array();
    for (int i = 0; i < m->derived_count; i++) {
        json_t *row = named(m->derived[i].name, m->derived[i].unit, m->derived[i].doc);
        json_object_set_new(row, "value", cx_json_number(p[m->param_count + i]));
        json_array_append_new(list, row);
    }
    return list;
}

static json_t *species(const struct cx_model *m) {
    json_t *list = json_array();
    for (int i = 0; i < m->species_count; i++) {
        const struct cx_species_row *r = &m->species[i];
        json_t *row = named(r->name, r->unit, r->doc);
        json_object_set_new(row, "movement", cx_json_text(cx_movement_word(r->movement)));
        json_object_set_new(row, "scale", cx_json_number(r->scale));
        json_array_append_new(list, row);
    }
    return list;
}

/* `over` is empty unless the series is a ratio of two measures. */
static json_t *series(const struct cx_model *m) {
    json_t *list = json_array();
    for (int i = 0; i < m->series_count; i++) {
        const struct cx_series_row *r = &m->series[i];
        json_t *row = named(r->name, r->unit, r->doc);
        json_object_set_new(row, "measure", cx_json_text(r->measure));
        json_object_set_new(row, "over", cx_json_text(r->over));
        json_object_set_new(row, "region", cx_json_text(cx_region_word(r->region)));
        json_object_set_new(row, "reduce", cx_json_text(cx_reduce_word(r->reduce)));
        json_array_append_new(list, row);
    }
    return list;
}

static json_t *outcomes(const struct cx_model *m) {
    json_t *list = json_array();
    for (int i = 0; i < m->outcome_count; i++) {
        const struct cx_outcome_row *r = &m->outcomes[i];
        json_t *row = named(r->name, r->unit, r->definition);
        json_object_set_new(row, "series", cx_json_text(r->series));
        json_object_set_new(row, "read", cx_json_text(cx_read_word(r->read)));
        json_object_set_new(row, "level", cx_json_number(r->level));
        json_object_set_new(row, "evidence", cx_json_text(r->evidence));
        json_array_append_new(list, row);
    }
    return list;
}

json_t *cx_describe_json(const struct cx_description *d) {
    const struct cx_model *m = d->model;
    json_t *answer = cx_json_answer(), *inputs = json_array();
    for (int i = 0; i < m->input_count; i++) {
        json_array_append_new(inputs, cx_json_text(m->inputs[i]));
    }
    json_object_set_new(answer, "name", cx_json_text(m->name));
    json_object_set_new(answer, "title", cx_json_text(m->title));
    json_object_set_new(answer, "cite", cx_json_text(m->cite));
    json_object_set_new(answer, "parameters", params(m));
    json_object_set_new(answer, "derived", derived(m, d->p));
    json_object_set_new(answer, "species", species(m));
    json_object_set_new(answer, "inputs", inputs);
    json_object_set_new(answer, "series", series(m));
    json_object_set_new(answer, "outcomes", outcomes(m));
    return answer;
}
