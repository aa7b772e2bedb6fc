/* tale_steps.c - the steps of a story file; see tale.h */
#include "study/tale_parts.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const keys[] = {"title",   "text",    "time",   "field",  "shows",
                                   "variant", "view",    "cut",    "camera", "chart",
                                   "numbers", "what_if", "claims", NULL};

/* ---- names ----------------------------------------------------------------------------------- */

static void unknown(struct cx_study_reader *r, const struct cx_yaml *node, const char *kind,
                    const struct cx_nearest *near) {
    struct cx_error e;
    const char *best = cx_nearest_name(near);
    cx_fail(&e, CX_CONFIG, 36, "there is no %s '%.80s'", kind, near->wanted);
    if (best)
        cx_hint(&e, "did you mean '%s'?", best);
    else if (strcmp(kind, "variant") == 0)
        cx_hint(&e, "`variants:` lists them; the scenario as it is is called base");
    else
        cx_hint(&e, "`cicatrix describe %.60s` lists them", cx_tale_of(r)->model->name);
    cx_reader_report(&r->r, node, CX_AT_VALUE, &e);
}

static bool find_variant(struct cx_study_reader *r, const struct cx_yaml *node, int *number) {
    const struct cx_tale *t = cx_tale_of(r);
    struct cx_nearest near = {.wanted = node->text};
    if (!cx_calibration_scalar(r, node, "a variant")) return false;
    for (int i = 0; i < t->variants; i++) {
        *number = i;
        if (strcmp(t->variant[i].name, node->text) == 0) return true;
        cx_nearest_offer(&near, t->variant[i].name);
    }
    unknown(r, node, "variant", &near);
    return false;
}

static bool find_series(struct cx_study_reader *r, const struct cx_yaml *node, char out[64]) {
    const struct cx_model *m = cx_tale_of(r)->model;
    struct cx_nearest near = {.wanted = node->text};
    if (!cx_calibration_scalar(r, node, "a series")) return false;
    for (int i = 0; i < m->series_count; i++) {
        cx_nearest_offer(&near, m->series[i].name);
        if (strcmp(m->series[i].name, node->text) != 0) continue;
        snprintf(out, 64, "%s", node->text);
        return true;
    }
    unknown(r, node, "series", &near);
    return false;
}

static void read_field(struct cx_study_reader *r, const struct cx_yaml *node,
                       struct cx_tale_step *s) {
    const struct cx_model *m = cx_tale_of(r)->model;
    struct cx_nearest near = {.wanted = node->text};
    if (!cx_calibration_scalar(r, node, "field")) return;
    for (int i = 0; i < m->species_count; i++) {
        cx_nearest_offer(&near, m->species[i].name);
        if (strcmp(m->species[i].name, node->text) == 0)
            snprintf(s->field, sizeof s->field, "%s", node->text);
    }
    if (!*s->field) unknown(r, node, "field", &near);
}

static void read_view(struct cx_study_reader *r, const struct cx_yaml *node,
                      struct cx_tale_step *s) {
    if (!node || !cx_calibration_scalar(r, node, "view")) return;
    for (int v = 0; v < CX_TALE_VIEW_COUNT; v++) {
        s->view = (enum cx_tale_view)v;
        if (strcmp(cx_tale_view_word(s->view), node->text) == 0) return;
    }
    cx_tale_refuse(r, node, "there is no such view", "use block, glow or section");
}

/* ---- numbers --------------------------------------------------------------------------------- */

static void read_time(struct cx_study_reader *r, const struct cx_yaml *node,
                      struct cx_tale_step *s) {
    static const double range[2] = {0, 1e5};
    struct cx_error e;
    if (!cx_calibration_scalar(r, node, "time")) return;
    enum cx_status status = cx_quantity_read(node->text, "day", &s->day, &e);
    if (status == CX_OK) status = cx_range_check(s->day, range, "day", &e);
    if (status != CX_OK) cx_study_refuse(r, "time", node, &e);
}

/* Three plain numbers, each inside its own limits. */
static void read_three(struct cx_study_reader *r, const struct cx_yaml *node,
                       const double limit[3][2], double out[3]) {
    struct cx_error e;
    int n = 0;
    out[0] = out[1] = out[2] = NAN;
    if (!node) return;
    if (node->kind != CX_YAML_LIST || node->count != 3) {
        cx_reader_kind(&r->r, node, node->key, "a list of three numbers");
        return;
    }
    for (const struct cx_yaml *c = node->first; c; c = c->next, n++) {
        enum cx_status status = c->kind == CX_YAML_SCALAR
                                    ? cx_quantity_read(c->text, "1", &out[n], &e)
                                    : cx_fail(&e, CX_CONFIG, 20, "a number is expected here");
        if (status == CX_OK) status = cx_range_check(out[n], limit[n], "1", &e);
        if (status != CX_OK) cx_study_refuse(r, node->key, c, &e);
    }
}

/* ---- lists ----------------------------------------------------------------------------------- */

/* Is it a list of at most so many entries?  Absent: none. */
static bool is_list(struct cx_study_reader *r, const struct cx_yaml *node, int most) {
    if (!node || cx_yaml_is_nothing(node)) return false;
    if (node->kind != CX_YAML_LIST) {
        cx_reader_kind(&r->r, node, node->key, "a list");
        return false;
    }
    if (node->count <= most) return true;
    cx_tale_refuse(r, node, "the list is too long",
                   "at most 5 curves, 6 numbers, 6 variants, "
                   "12 claims and 16 steps can be shown");
    return false;
}

static void read_number(struct cx_study_reader *r, const struct cx_yaml *node,
                        struct cx_tale_step *s) {
    static const char *const parts[] = {"label", "value", NULL};
    if (!cx_calibration_keys(r, node, "numbers", parts)) return;
    const struct cx_yaml *label = cx_yaml_child(node, "label"),
                         *value = cx_yaml_child(node, "value");
    struct cx_tale_number *n = &s->number[s->numbers];
    if (!label || !value) {
        cx_tale_refuse(r, node, "a number needs a label and a value",
                       "for example {label: More collagen, value: collagen_total_gain}");
    } else if (cx_tale_keep(r, value, &n->formula)) {
        s->numbers++;
        if (cx_calibration_scalar(r, label, "label"))
            cx_text_copy(n->label, sizeof n->label, label->text);
    }
}

/* A name, or {series: NAME, label: what people call it}. */
static void read_curve(struct cx_study_reader *r, const struct cx_yaml *node,
                       struct cx_tale_step *s) {
    static const char *const parts[] = {"series", "label", NULL};
    struct cx_tale_curve *c = &s->chart[s->charts];
    const struct cx_yaml *series = node, *label = NULL;
    if (node->kind == CX_YAML_MAP) {
        if (!cx_calibration_keys(r, node, "chart", parts)) return;
        series = cx_yaml_child(node, "series");
        label = cx_yaml_child(node, "label");
    }
    if (!series)
        cx_tale_refuse(r, node, "a curve needs a series", "{series: fibrin, label: Clot}");
    else
        s->charts += find_series(r, series, c->series);
    if (label && cx_calibration_scalar(r, label, "label"))
        cx_text_copy(c->label, sizeof c->label, label->text);
}

static void read_lists(struct cx_study_reader *r, const struct cx_yaml *node,
                       struct cx_tale_step *s) {
    const struct cx_yaml *list = cx_yaml_child(node, "chart");
    if (is_list(r, list, CX_TALE_CHARTS))
        for (const struct cx_yaml *c = list->first; c; c = c->next) read_curve(r, c, s);
    list = cx_yaml_child(node, "what_if");
    if (is_list(r, list, CX_TALE_VARIANTS - 1))
        for (const struct cx_yaml *c = list->first; c; c = c->next)
            s->what_ifs += find_variant(r, c, &s->what_if[s->what_ifs]);
    list = cx_yaml_child(node, "numbers");
    if (is_list(r, list, CX_TALE_NUMBERS))
        for (const struct cx_yaml *c = list->first; c; c = c->next) read_number(r, c, s);
    list = cx_yaml_child(node, "claims");
    if (is_list(r, list, CX_TALE_CLAIMS))
        for (const struct cx_yaml *c = list->first; c; c = c->next)
            s->claims += cx_tale_keep(r, c, &s->claim[s->claims]);
}

/* ---- a step ---------------------------------------------------------------------------------- */

static bool has_all(struct cx_study_reader *r, const struct cx_yaml *node) {
    for (int i = 0; i < 4; i++) {
        char what[80];
        if (cx_yaml_child(node, keys[i])) continue;
        snprintf(what, sizeof what, "the step has no %s", keys[i]);
        cx_tale_refuse(r, node, what, "a step has title, text, time and field");
        return false;
    }
    return true;
}

static void read_step(struct cx_study_reader *r, const struct cx_yaml *node) {
    static const double share[3][2] = {{0, 98}, {0, 98}, {0, 98}},
                        camera[3][2] = {{-360, 360}, {-85, 85}, {0.4, 4}};
    struct cx_tale *t = cx_tale_of(r);
    if (!cx_calibration_keys(r, node, "steps", keys) || !has_all(r, node)) return;
    struct cx_tale_step *s = &t->step[t->steps];
    cx_tale_reader_of(r)->time[t->steps++] = cx_yaml_child(node, "time");
    cx_tale_keep(r, cx_yaml_child(node, "title"), &s->title);
    cx_tale_keep(r, cx_yaml_child(node, "text"), &s->text);
    read_time(r, cx_yaml_child(node, "time"), s);
    read_field(r, cx_yaml_child(node, "field"), s);
    read_view(r, cx_yaml_child(node, "view"), s);
    const struct cx_yaml *shows = cx_yaml_child(node, "shows");
    if (shows && cx_calibration_scalar(r, shows, "shows"))
        cx_text_copy(s->shows, sizeof s->shows, shows->text);
    read_three(r, cx_yaml_child(node, "cut"), share, s->cut);
    read_three(r, cx_yaml_child(node, "camera"), camera, s->camera);
    const struct cx_yaml *variant = cx_yaml_child(node, "variant");
    if (variant) find_variant(r, variant, &s->variant);
    read_lists(r, node, s);
}

static int count_fields(const struct cx_tale *t) {
    int n = 0;
    for (int i = 0; i < t->steps; i++) {
        bool before = false;
        for (int k = 0; k < i; k++) before |= strcmp(t->step[k].field, t->step[i].field) == 0;
        n += !before;
    }
    return n;
}

void cx_tale_steps_read(struct cx_study_reader *r, const struct cx_yaml *node) {
    struct cx_tale *t = cx_tale_of(r);
    if (!r->has_base) return;
    if (!node || cx_yaml_is_nothing(node)) {
        cx_tale_refuse(r, NULL, "the story has no steps",
                       "add steps: [{title: .., text: .., time: 1 day, field: fibrin}]");
        return;
    }
    t->step = calloc(CX_TALE_STEPS, sizeof *t->step);
    if (!t->step || !is_list(r, node, CX_TALE_STEPS)) return;
    for (const struct cx_yaml *c = node->first; c; c = c->next) read_step(r, c);
    if (count_fields(t) > CX_TALE_FIELDS)
        cx_tale_refuse(r, node, "the steps show too many different fields", "show at most six");
}
