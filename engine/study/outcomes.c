/* outcomes.c - which outcomes a study looks at, and which of them it wants large or small. */
#include "study/parts.h"

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
    *o = (struct cx_study_outcome){.unit = row->unit, .definition = row->definition};
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
