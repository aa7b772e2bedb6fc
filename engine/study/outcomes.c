/* outcomes.c - which outcomes a study looks at, and which of them it wants large or small. */
#include "study/parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

int cx_study_outcome(const struct cx_study *s, const char *name) {
    for (int i = 0; i < s->outcome_count; i++)
        if (strcmp(s->outcome[i].name, name) == 0) return i;
    return -1;
}

/* Row of the model's outcome, NULL after a finding. */
static const struct cx_outcome_row *find_outcome(struct cx_study_reader *r, const char *name,
                                                 const struct cx_yaml *node, enum cx_place place) {
    const struct cx_model *m = r->s->model;
    struct cx_nearest near = {.wanted = name};
    for (int i = 0; i < m->outcome_count; i++) {
        if (strcmp(m->outcomes[i].name, name) == 0) return &m->outcomes[i];
        cx_nearest_offer(&near, m->outcomes[i].name);
    }
    struct cx_error e;
    const char *best = cx_nearest_name(&near);
    cx_fail(&e, CX_CONFIG, 36, "the model '%.60s' has no outcome '%.80s'", m->name, name);
    if (best)
        cx_hint(&e, "did you mean '%s'?", best);
    else
        cx_hint(&e, "`cicatrix describe %.60s` lists them", m->name);
    cx_reader_report(&r->r, node, place, &e);
    return NULL;
}

static void add_outcome(struct cx_study *s, const struct cx_outcome_row *row) {
    if (!row || cx_study_outcome(s, row->name) >= 0) return;
    void *at = realloc(s->outcome, (size_t)(s->outcome_count + 1) * sizeof *s->outcome);
    if (!at) return;
    s->outcome = at;
    struct cx_study_outcome *o = &s->outcome[s->outcome_count++];
    *o = (struct cx_study_outcome){
        .unit = row->unit, .definition = row->definition, .least = -INFINITY, .most = INFINITY};
    cx_text_copy(o->name, sizeof o->name, row->name);
}

void cx_outcomes_wanted(struct cx_study_reader *r, const struct cx_yaml *node) {
    const struct cx_model *m = r->s->model;
    if (!m) return;
    const bool all = !node || cx_yaml_is_nothing(node);
    for (int i = 0; all && i < m->outcome_count; i++) add_outcome(r->s, &m->outcomes[i]);
    if (all) return;
    if (node->kind != CX_YAML_LIST) {
        cx_reader_kind(&r->r, node, "outcomes", "a list of names in brackets");
        return;
    }
    for (const struct cx_yaml *c = node->first; c; c = c->next)
        add_outcome(r->s, find_outcome(r, c->text, c, CX_AT_VALUE));
}

void cx_goals_read(struct cx_study_reader *r, const struct cx_yaml *node) {
    if (!node || cx_yaml_is_nothing(node) || !r->s->model) return;
    if (node->kind != CX_YAML_MAP) {
        cx_reader_kind(&r->r, node, "goals", "a map of outcomes to max or min");
        return;
    }
    for (const struct cx_yaml *c = node->first; c; c = c->next) {
        const bool most = strcmp(c->text, "max") == 0;
        const struct cx_outcome_row *row = find_outcome(r, c->key, c, CX_AT_KEY);
        add_outcome(r->s, row);
        const int i = row ? cx_study_outcome(r->s, row->name) : -1;
        if (i >= 0) r->s->outcome[i].goal = most ? CX_MOST : CX_LEAST;
        if (most || strcmp(c->text, "min") == 0) continue;
        struct cx_error e;
        cx_fail(&e, CX_CONFIG, 34, "goals: '%.60s' is neither max nor min", c->text);
        cx_reader_report(&r->r, c, CX_AT_VALUE, &e);
    }
}

/* "<= 2 day" or ">= 5 percent" */
static void read_constraint(struct cx_study_reader *r, struct cx_study_outcome *o,
                            const struct cx_yaml *node) {
    struct cx_error e;
    const char *text = node->kind == CX_YAML_SCALAR ? node->text : "";
    const bool most = strncmp(text, "<=", 2) == 0;
    double limit = 0;
    if (most || strncmp(text, ">=", 2) == 0) {
        text += 2 + strspn(text + 2, " ");
        if (cx_quantity_read(text, o->unit, &limit, &e) == CX_OK)
            *(most ? &o->most : &o->least) = limit;
        else
            cx_study_refuse(r, o->name, node, &e);
        return;
    }
    cx_fail(&e, CX_CONFIG, 121, "'%.60s' is not a limit", text);
    cx_hint(&e, "write \"<= 2 %.30s\" or \">= 1 %.30s\", in quotes; both in brackets for a window",
            o->unit, o->unit);
    cx_study_refuse(r, o->name, node, &e);
}

void cx_constraints_read(struct cx_study_reader *r, const struct cx_yaml *node) {
    struct cx_error e;
    if (!node || cx_yaml_is_nothing(node) || !r->s->model) return;
    if (node->kind != CX_YAML_MAP) {
        cx_reader_kind(&r->r, node, "constraints", "a map of outcomes to limits");
        return;
    }
    for (const struct cx_yaml *c = node->first; c; c = c->next) {
        const struct cx_outcome_row *row = find_outcome(r, c->key, c, CX_AT_KEY);
        add_outcome(r->s, row);
        const int i = row ? cx_study_outcome(r->s, row->name) : -1;
        if (i < 0) continue;
        struct cx_study_outcome *o = &r->s->outcome[i];
        if (c->kind == CX_YAML_LIST)
            for (const struct cx_yaml *each = c->first; each; each = each->next)
                read_constraint(r, o, each);
        else
            read_constraint(r, o, c);
        if (o->least <= o->most) continue;
        cx_fail(&e, CX_CONFIG, 121,
                "the lower limit is above the upper one: nothing can keep both");
        cx_study_refuse(r, o->name, c, &e);
    }
}
