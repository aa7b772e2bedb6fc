/* effective.c - the whole scenario as YAML: what a run really used, where each value came from,
 * and what backs it. */
#include "config/write.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const struct cx_origin *origin_of(const struct cx_scenario *s, const char *path) {
    for (int i = 0; i < s->origin_count; i++)
        if (strcmp(s->origin[i].path, path) == 0) return &s->origin[i];
    return NULL;
}

/* Comments end at the line: nothing in them may break it. */
static void add_comment(struct cx_text *t, const char *text) {
    for (const unsigned char *p = (const unsigned char *)text; *p; p++)
        cx_text_add(t, "%c", *p < 0x20 || *p == 0x7f ? ' ' : *p);
}

/* "# FROM, default VALUE; meaning [source]" */
static void add_remark(struct cx_text *t, const struct cx_origin *o, const char *doc,
                       const char *source) {
    cx_text_add(t, "  # ");
    add_comment(t, o ? o->from : "default");
    cx_text_add(t, "; ");
    add_comment(t, doc);
    cx_text_add(t, " [");
    add_comment(t, source);
    cx_text_add(t, "]\n");
}

static int depth_of(const char *path) {
    int depth = *path ? 1 : 0;
    for (; *path; path++) depth += *path == '.';
    return depth;
}

static void add_group(struct cx_text *t, const struct cx_scenario *s, const struct cx_group *g) {
    const int depth = depth_of(g->path);
    if (depth == 1) cx_text_add(t, "\n");
    if (depth) cx_text_add(t, "%*s%s:\n", 2 * (depth - 1), "", cx_path_last(g->path));
    for (int i = 0; i < g->count; i++) {
        char path[96];
        cx_path_join(path, g->path, g->rows[i].name);
        cx_text_add(t, "%*s%s: ", 2 * depth, "", g->rows[i].name);
        cx_write_value(t, &g->rows[i], s);
        add_remark(t, origin_of(s, path), g->rows[i].doc, g->rows[i].source);
    }
}

static void add_parameters(struct cx_text *t, const struct cx_scenario *s) {
    const struct cx_model *m = s->model;
    cx_text_add(t, "\nparameters:%s\n", m && m->param_count ? "" : " {}");
    for (int i = 0; m && i < m->param_count; i++) {
        char path[96];
        cx_path_join(path, "parameters", m->params[i].name);
        cx_text_add(t, "  %s: ", m->params[i].name);
        cx_write_number(t, s->parameter[i], m->params[i].unit);
        add_remark(t, origin_of(s, path), m->params[i].doc, m->params[i].source);
    }
}

static void add_key_number(struct cx_text *t, const char *key, double value, const char *unit) {
    if (isnan(value)) return;
    cx_text_add(t, "    %s: ", key);
    cx_write_number(t, value, unit);
    cx_text_add(t, "\n");
}

static void add_key_text(struct cx_text *t, const char *key, const char *text) {
    if (!*text) return;
    cx_text_add(t, "    %s: ", key);
    cx_write_quoted(t, text);
    cx_text_add(t, "\n");
}

static void add_changes(struct cx_text *t, const struct cx_scenario *s) {
    if (s->change_count) cx_text_add(t, "\nchanges:\n");
    for (int i = 0; i < s->change_count; i++) {
        const struct cx_change *c = &s->change[i];
        const struct cx_param_row *p = &s->model->params[c->parameter];
        cx_text_add(t, "  - at: ");
        cx_write_number(t, c->at, "h");
        cx_text_add(t, "\n");
        if (isfinite(c->until)) add_key_number(t, "until", c->until, "h");
        cx_text_add(t, "    set: {%s: ", p->name);
        cx_write_number(t, c->value, p->unit);
        cx_text_add(t, "}\n");
    }
}

static void add_observed(struct cx_text *t, const struct cx_scenario *s) {
    if (s->observed_count) cx_text_add(t, "\nobserved:\n");
    for (int i = 0; i < s->observed_count; i++) {
        const struct cx_observed *o = &s->observed[i];
        cx_text_add(t, "  - outcome: %s\n", o->outcome);
        add_key_number(t, "at", o->at, "h");
        add_key_number(t, "value", o->value, o->unit);
        add_key_number(t, "low", o->low, o->unit);
        add_key_number(t, "high", o->high, o->unit);
        add_key_text(t, "sign", o->sign);
        add_key_text(t, "label", o->label);
        add_key_text(t, "source", o->source);
    }
}

static const char *outcome_unit(const struct cx_model *m, const char *name) {
    for (int i = 0; m && i < m->outcome_count; i++)
        if (strcmp(m->outcomes[i].name, name) == 0) return m->outcomes[i].unit;
    return "1";
}

static void add_expect(struct cx_text *t, const struct cx_scenario *s) {
    if (s->expect_count) cx_text_add(t, "\nexpect:\n");
    for (int i = 0; i < s->expect_count; i++) {
        const struct cx_expect *x = &s->expect[i];
        const char *unit = outcome_unit(s->model, x->outcome);
        cx_text_add(t, "  %s: [", x->outcome);
        cx_write_number(t, x->low, unit);
        cx_text_add(t, ", ");
        cx_write_number(t, x->high, unit);
        cx_text_add(t, "]\n");
    }
}

char *cx_config_effective(const struct cx_scenario *s) {
    struct cx_text t = {0};
    struct cx_group groups[CX_GROUP_MOST];
    const int n = cx_groups(groups);
    cx_text_add(&t, "# Effective configuration: every setting as it was used.\n"
                    "# In the comments: where the value came from; what it means; [its source].\n");
    for (int g = 0; g < n; g++) add_group(&t, s, &groups[g]);
    add_parameters(&t, s);
    add_changes(&t, s);
    add_observed(&t, s);
    add_expect(&t, s);
    return cx_text_take(&t);
}
