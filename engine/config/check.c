/* check.c - what a single setting cannot tell: sizes against cells, sessions against each other
 * and the end, needles against the block. */
#include "config/reader.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const double cells_most = 1073741824.0; /* 2^30: the engine's index range */

/* Keeps a finding at the deepest place of the file that exists along the path. */
static void report(struct cx_reader *r, const char *path, struct cx_error *e) {
    struct cx_yaml *at = cx_yaml_toward(r->root, path);
    cx_reader_report(r, at, at->kind == CX_YAML_MAP ? CX_AT_KEY : CX_AT_VALUE, e);
}

static const struct cx_yaml *session_node(struct cx_reader *r, int i) {
    const struct cx_yaml *list = cx_yaml_toward(r->root, "treatment.sessions");
    if (list->kind != CX_YAML_LIST || list->count != r->s->treatment.sessions.n) return list;
    const struct cx_yaml *c = list->first;
    while (i-- > 0) c = c->next;
    return c;
}

static void check_session(struct cx_reader *r, int i) {
    const double *at = r->s->treatment.sessions.at, end = r->s->time.end;
    struct cx_error e;
    if (i && at[i] < at[i - 1]) {
        cx_fail(&e, CX_CONFIG, 57, "treatment.sessions: %.6g h comes after %.6g h", at[i],
                at[i - 1]);
        cx_hint(&e, "list the sessions in the order in which they happen");
    } else if (i && at[i] - at[i - 1] < 1) {
        cx_fail(&e, CX_CONFIG, 58, "treatment.sessions: overlapping sessions at %.6g h and %.6g h",
                at[i - 1], at[i]);
        cx_hint(&e, "sessions are at least 1 h apart; for more needles in one session raise "
                    "treatment.passes");
    } else if (at[i] >= end) {
        cx_fail(&e, CX_CONFIG, 59, "treatment.sessions: %.6g day is not before time.end (%.6g day)",
                at[i] / 24, end / 24);
        cx_hint(&e, "move time.end or drop the session");
    } else {
        return;
    }
    cx_reader_report(r, session_node(r, i), CX_AT_VALUE, &e);
}

static void check_pattern(struct cx_reader *r) {
    struct cx_pattern_settings *p = &r->s->pattern;
    struct cx_error e;
    if (!isnan(p->pitch) && !isnan(p->density)) {
        cx_fail(&e, CX_CONFIG, 50, "device.pattern: pitch and density are both given");
        cx_hint(&e, "keep one: each follows from the other");
        report(r, "device.pattern.density", &e);
    }
    const struct cx_yaml *named = cx_yaml_at(r->root, "device.pattern.file");
    const bool typed = cx_yaml_at(r->root, "device.pattern.type") != NULL;
    const bool file = named && *named->text; /* also one that was refused */
    if (file && !typed) p->type = CX_FILE;
    if (file == (p->type == CX_FILE)) return;
    cx_fail(&e, CX_CONFIG, 52,
            file ? "device.pattern: a file is given, but type is '%s'"
                 : "device.pattern: type is '%s', but no file is given",
            cx_choice_word(cx_patterns, p->type));
    cx_hint(&e, "write {type: file, file: needles.csv}, or another type without a file");
    report(r, file ? "device.pattern.file" : "device.pattern.type", &e);
}

static void check_pair(struct cx_reader *r, const char *a, const char *b, const int kind[2]) {
    if ((kind[0] == CX_PERIODIC) == (kind[1] == CX_PERIODIC)) return;
    struct cx_error e;
    const char *one = kind[0] == CX_PERIODIC ? a : b, *other = kind[0] == CX_PERIODIC ? b : a;
    cx_fail(&e, CX_CONFIG, 44, "%s is periodic, %s is not", one, other);
    cx_hint(&e, "what leaves on one side enters on the other: set %s to periodic too", other);
    report(r, one, &e);
}

static void check_sides(struct cx_reader *r) {
    const struct cx_scenario *s = r->s;
    const bool round = s->domain.geometry == CX_AXISYMMETRIC;
    struct cx_error e;
    if (!round) check_pair(r, "domain.left", "domain.right", (int[2]){s->left.kind, s->right.kind});
    check_pair(r, "domain.front", "domain.back", (int[2]){s->front.kind, s->back.kind});
    if (round && (s->left.kind == CX_PERIODIC || s->right.kind == CX_PERIODIC)) {
        cx_fail(&e, CX_CONFIG, 44, "a radius cannot be periodic");
        cx_hint(&e, "use no_flux, or geometry: slice or patch");
        report(r, s->left.kind == CX_PERIODIC ? "domain.left" : "domain.right", &e);
    }
    if (s->top.kind != CX_PERIODIC && s->bottom.kind != CX_PERIODIC) return;
    cx_fail(&e, CX_CONFIG, 44, "the surface and the bottom of skin cannot be periodic");
    cx_hint(&e, "use no_flux, fixed or robin");
    report(r, s->top.kind == CX_PERIODIC ? "domain.top" : "domain.bottom", &e);
}

/* Numbers in domain.size by geometry. */
static int wanted_sizes(int geometry, const char **what) {
    static const struct {
        int n;
        const char *what;
    } form[CX_GEOMETRY_COUNT] = {[CX_COLUMN] = {1, "[depth]"},
                                 [CX_SLICE] = {2, "[x, depth]"},
                                 [CX_AXISYMMETRIC] = {2, "[radius, depth]"},
                                 [CX_PATCH] = {3, "[x, y, depth]"},
                                 [CX_ONE_POINT] = {0, "no domain.size"}};
    *what = form[geometry].what;
    return form[geometry].n;
}

static void check_needle(struct cx_reader *r) {
    const struct cx_scenario *s = r->s;
    const char *what;
    const bool sized =
        s->domain.size.n && s->domain.size.n == wanted_sizes(s->domain.geometry, &what);
    if (!sized || !s->treatment.sessions.n || s->pattern.type == CX_FILE) return;
    const double reach = s->needle.length * s->device.penetration;
    const double depth = s->domain.size.at[s->domain.size.n - 1];
    if (reach <= depth) return;
    struct cx_error e;
    cx_fail(&e, CX_CONFIG, 54,
            "needles reach %.6g um (length x penetration), the block ends at %.6g um", reach,
            depth);
    cx_hint(&e, "make the depth of domain.size more than %.6g um, or leave domain.size out", reach);
    report(r, cx_yaml_at(r->root, "device.needle.length") ? "device.needle.length" : "domain.size",
           &e);
}

/* Cells along `length` when the first has height h and each next one is `ratio` times as high up
 * to `most`. */
static double cells_along(double length, double h, double ratio, double most) {
    double n = 0, done = 0;
    while (ratio > 1 && h < most && done < length) {
        done += h;
        h *= ratio;
        n++;
    }
    return done < length ? n + ceil((length - done) / (h < most || ratio <= 1 ? h : most)) : n;
}

static double estimated_cells(const struct cx_scenario *s) {
    const struct cx_domain_settings *d = &s->domain;
    const int lateral = d->size.n - 1;
    if (d->layout == CX_UNIFORM) {
        double cells = 1;
        for (int i = 0; i < d->size.n; i++) cells *= fmax(1, round(d->size.at[i] / d->cell));
        return cells;
    }
    double cells = cells_along(d->size.at[lateral], d->surface_cell, d->stretch, d->deep_cell);
    const double widen = d->geometry == CX_AXISYMMETRIC ? d->lateral_stretch : 1;
    for (int i = 0; i < lateral; i++) cells *= cells_along(d->size.at[i], d->cell, widen, INFINITY);
    return cells;
}

static void check_cells(struct cx_reader *r) {
    const struct cx_scenario *s = r->s;
    const double cells = estimated_cells(s);
    if (cells <= cells_most) return;
    struct cx_error e;
    const double fields = s->model ? s->model->species_count : 1;
    cx_fail(&e, CX_CONFIG, 41,
            "the block has about %.3g cells (at most 2^30 = 1.07e9); one copy of its "
            "%.0f fields alone would take %.4g GiB of memory",
            cells, fields, cells * fields * 8 / 1073741824);
    cx_hint(&e, "use a larger domain.cell, or a smaller domain.size");
    report(r, "domain.size", &e);
}

static void check_size(struct cx_reader *r) {
    const struct cx_domain_settings *d = &r->s->domain;
    const bool uniform = d->layout == CX_UNIFORM;
    if (!d->size.n && !uniform) return; /* fits itself to pattern and skin */
    struct cx_error e;
    const char *what;
    const int wanted = wanted_sizes(d->geometry, &what);
    if (d->size.n != wanted) {
        cx_fail(&e, CX_CONFIG, 42, "domain.size has %d numbers, geometry '%s' needs %d: %s",
                d->size.n, cx_choice_word(cx_geometries, d->geometry), wanted, what);
        cx_hint(&e,
                uniform && wanted ? "give %s: layout uniform does not fit itself to the skin"
                                  : "give %s",
                what);
        report(r, "domain.size", &e);
        return;
    }
    for (int i = 0; i < d->size.n && !uniform; i++) { /* a uniform axis may be one cell long */
        const bool depth = i == d->size.n - 1;
        const double cell = depth ? d->surface_cell : d->cell;
        if (cell <= d->size.at[i]) continue;
        cx_fail(&e, CX_CONFIG, 45, "a cell (%.6g um) is larger than the block (%.6g um)", cell,
                d->size.at[i]);
        cx_hint(&e, "use a smaller %s", depth ? "domain.surface_cell" : "domain.cell");
        report(r, depth ? "domain.surface_cell" : "domain.cell", &e);
        return;
    }
    check_cells(r);
}

static void check_layers(struct cx_reader *r) {
    const struct cx_skin_settings *k = &r->s->skin;
    const bool uniform = r->s->domain.layout == CX_UNIFORM;
    if (uniform || !(k->papillary >= k->dermis)) return; /* also when one is left to the site */
    struct cx_error e;
    cx_fail(&e, CX_CONFIG, 43, "skin.papillary (%.6g um) is not thinner than skin.dermis (%.6g um)",
            k->papillary, k->dermis);
    cx_hint(&e, "the papillary dermis is a part of the dermis");
    report(r, "skin.papillary", &e);
}

static int ascending(const void *a, const void *b) {
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Pictures are taken in order, once each, and not after the end. */
static void order_outputs(struct cx_scenario *s) {
    struct cx_times *t = &s->output.at;
    if (t->n) qsort(t->at, (size_t)t->n, sizeof *t->at, ascending);
    int kept = 0;
    for (int i = 0; i < t->n; i++) {
        const bool again = kept && t->at[i] == t->at[kept - 1];
        if (!again && t->at[i] <= s->time.end) t->at[kept++] = t->at[i];
    }
    t->n = kept;
}

/* ---- a layout without layers ---------------------------------------------------------------------- */

static void refuse_layers(struct cx_reader *r, const char *what, const char *name) {
    struct cx_error e;
    cx_fail(&e, CX_CONFIG, 60,
            "the model '%.60s' needs layers of skin: %s '%.60s'; layout uniform has none",
            r->s->model->name, what, name);
    cx_hint(&e, "use domain.layout: skin, or a model of a uniform tissue");
    report(r, "domain.layout", &e);
}

/* A uniform block knows its depth and what was destroyed, and no layer. */
static bool is_of_skin(enum cx_region region) {
    return region != CX_ALL && region != CX_SURFACE && region != CX_TRACK;
}

static void check_layout(struct cx_reader *r) {
    const struct cx_model *m = r->s->model;
    if (r->s->domain.layout != CX_UNIFORM || !m) return;
    for (int i = 0; i < m->input_count; i++)
        if (strcmp(m->inputs[i], "depth") != 0) {
            refuse_layers(r, "it asks for the map", m->inputs[i]);
            return;
        }
    for (int i = 0; i < m->series_count; i++)
        if (is_of_skin(m->series[i].region)) {
            refuse_layers(r, "a layer is averaged by its series", m->series[i].name);
            return;
        }
}

void cx_scenario_check(struct cx_reader *r) {
    for (int i = 0; i < r->s->treatment.sessions.n; i++) check_session(r, i);
    check_pattern(r);
    check_needle(r);
    check_sides(r);
    check_size(r);
    check_layers(r);
    check_layout(r);
    order_outputs(r->s);
}
