/* calibration_read.c - the sections of a calibration that name scenarios, fitted settings and data. */
#include "study/calibration_parts.h"

#include "run/outcome.h"
#include "space/grid.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- changes and the base -------------------------------------------------------------------- */

static void missing(struct cx_study_reader *r, const struct cx_yaml *node, const char *what,
                    const char *hint) {
    struct cx_error e;
    cx_fail(&e, CX_CONFIG, 130, "%s", what);
    cx_hint(&e, "%s", hint);
    cx_reader_report(&r->r, node ? node : r->r.root, CX_AT_VALUE, &e);
}

void cx_calibration_base(struct cx_study_reader *r, const struct cx_yaml *node) {
    if (!node) {
        missing(r, NULL, "the calibration names no scenario",
                "add 'base: scenario.yml'; it lies beside the calibration file");
        return;
    }
    if (!cx_calibration_scalar(r, node, "base") || !cx_study_beside(r, node, r->s->base)) return;
    r->has_base = cx_study_base_load(r, &r->base);
    if (!r->has_base) return;
    r->s->model = r->base.model;
    r->s->base_seed = r->base.run.seed;
    cx_calibration_of(r)->dear =
        r->base.domain.geometry != CX_ONE_POINT && r->base.domain.geometry != CX_COLUMN;
}

/* ---- what is fitted -------------------------------------------------------------------------- */

/* Takes `start` out of the map, because a range of a study has none. */
static struct cx_yaml *take_start(struct cx_yaml *map) {
    struct cx_yaml **at = &map->first, *last = NULL;
    for (; *at; at = &(*at)->next) {
        struct cx_yaml *c = *at;
        if (strcmp(c->key, "start") == 0) {
            *at = c->next;
            if (map->last == c) map->last = last;
            map->count--;
            return c;
        }
        last = c;
    }
    return NULL;
}

static void read_start(struct cx_study_reader *r, struct cx_factor *f, const struct cx_yaml *start,
                       double *u) {
    struct cx_error e;
    *u = 0.5;
    if (!start || !cx_factor_take(r, f, start)) return;
    const double x = f->value[--f->count];
    if (x >= f->from && x <= f->to) {
        *u = cx_factor_to_unit(f, x);
        return;
    }
    cx_fail(&e, CX_CONFIG, 33, "the start lies outside from and to");
    cx_study_refuse(r, f->path, start, &e);
}

/* A cx_leaf. */
static void read_unknown(struct cx_study_reader *r, const char *path, const struct cx_yaml *node) {
    struct cx_study *s = r->s;
    struct cx_error e;
    const int before = s->factor_count;
    struct cx_yaml map = *node;
    const struct cx_yaml *start = map.kind == CX_YAML_MAP ? take_start(&map) : NULL;
    if (before == CX_FIT_MOST) {
        cx_fail(&e, CX_CONFIG, 130, "at most %d values can be fitted at once", CX_FIT_MOST);
        cx_study_refuse(r, path, node, &e);
        return;
    }
    const int findings = r->r.findings->n;
    cx_factor_read(r, path, &map);
    if (s->factor_count == before || r->r.findings->n > findings) return;
    struct cx_factor *f = &s->factor[before];
    if (!f->range || f->words || f->whole || f->count) {
        cx_fail(&e, CX_CONFIG, 130, "only a continuous range {from: .., to: ..} can be fitted");
        cx_study_refuse(r, path, node, &e);
        return;
    }
    read_start(r, f, start, &cx_calibration_of(r)->start[before]);
}

void cx_calibration_fit(struct cx_study_reader *r, const struct cx_yaml *node) {
    static const char hint[] =
        "add for example fit: {parameters.NAME: {from: 1 1/day, to: 10 1/day, scale: log}}";
    if (!node || cx_yaml_is_nothing(node))
        missing(r, NULL, "the calibration fits nothing", hint);
    else if (node->kind != CX_YAML_MAP)
        cx_reader_kind(&r->r, node, "fit", "a map of settings and their ranges");
    else if (r->has_base)
        cx_study_leaves(r, node, read_unknown);
}

/* ---- data ------------------------------------------------------------------------------------ */

static void refuse_name(struct cx_study_reader *r, const struct cx_yaml *node, const char *name,
                        const char *best) {
    struct cx_error e;
    cx_fail(&e, CX_CONFIG, 36, "the model '%.60s' has no '%.80s' to observe", r->s->model->name,
            name);
    cx_hint(&e, best ? "did you mean '%s'?" : "`cicatrix describe` lists them%s", best ? best : "");
    cx_reader_report(&r->r, node, CX_AT_VALUE, &e);
}

/* Name and unit of row i of what the kind looks at; NULL behind the last. */
static const char *row_name(const struct cx_model *m, enum cx_seen kind, int i, const char **unit) {
    const int n[] = {m->series_count, m->outcome_count, m->species_count};
    if (i >= n[kind]) return NULL;
    *unit = kind == CX_SEE_SERIES    ? m->series[i].unit
            : kind == CX_SEE_OUTCOME ? m->outcomes[i].unit
                                     : m->species[i].unit;
    return kind == CX_SEE_SERIES    ? m->series[i].name
           : kind == CX_SEE_OUTCOME ? m->outcomes[i].name
                                    : m->species[i].name;
}

/* "field density along depth" */
static bool read_observe(struct cx_study_reader *r, const struct cx_yaml *node,
                         struct cx_data_set *d) {
    static const char *const kinds[] = {"series", "outcome", "field"};
    static const char *const axes[] = {"x", "y", "depth"};
    char kind[16] = "", name[64] = "", along[16] = "", axis[16] = "", more[2] = "";
    const int words = sscanf(node->text, "%15s %63s %15s %15s %1s", kind, name, along, axis, more);
    int k = 0, a = 0;
    while (k < 3 && strcmp(kind, kinds[k]) != 0) k++;
    while (a < 3 && strcmp(axis, axes[a]) != 0) a++;
    const bool placed = k == CX_SEE_FIELD && words == 4 && a < 3 && strcmp(along, "along") == 0;
    if (k == 3 || (words != 2 && !placed)) {
        missing(r, node, "what is observed cannot be read",
                "write 'series NAME', 'outcome NAME', 'field NAME' or 'field NAME along depth'");
        return false;
    }
    struct cx_nearest near = {.wanted = name};
    d->see = (struct cx_observable){.kind = (enum cx_seen)k, .axis = placed ? a : -1};
    for (int i = 0; (d->what = row_name(r->s->model, d->see.kind, i, &d->unit)) != NULL; i++) {
        d->see.index = i;
        if (strcmp(d->what, name) == 0) return true;
        cx_nearest_offer(&near, d->what);
    }
    refuse_name(r, node, name, cx_nearest_name(&near));
    return false;
}

static bool same_changes(const struct cx_study *a, const struct cx_study *b) {
    if (a->set_count != b->set_count) return false;
    for (int i = 0; i < a->set_count; i++)
        if (strcmp(a->set[i].path, b->set[i].path) != 0 ||
            strcmp(a->set[i].value, b->set[i].value) != 0)
            return false;
    return true;
}

/* The study with the changes of a data set: one that is there, or a new one that is tried; false after a finding. */
static bool find_condition(struct cx_study_reader *r, const struct cx_yaml *set, double last_h,
                           struct cx_data_set *d) {
    struct cx_calibration *c = cx_calibration_of(r);
    struct cx_study own = c->study, *all = &c->study;
    struct cx_scenario tried = {0};
    own.set = NULL;
    own.set_count = 0;
    r->s = &own;
    const struct cx_yaml *common = cx_yaml_child(r->r.root, "set");
    cx_study_set_read(r, common);
    cx_study_set_read(r, set);
    bool good = cx_study_base_load(r, &tried);
    if (good && (tried.model != all->model || tried.time.end < last_h)) {
        missing(r, set,
                tried.model != all->model ? "a data set may not change the model"
                                          : "there are data behind time.end",
                "set time.end so that the run reaches the last datum");
        good = false;
    }
    cx_scenario_free(&tried);
    r->s = all;
    for (d->condition = 0; d->condition < c->conditions; d->condition++)
        if (same_changes(&own, &c->condition[d->condition])) break;
    void *at = d->condition < c->conditions
                   ? NULL
                   : realloc(c->condition, (size_t)(c->conditions + 1) * sizeof own);
    if (at) {
        c->condition = at;
        c->condition[c->conditions++] = own;
    } else {
        cx_study_set_free(&own);
    }
    return good;
}

static void read_sigma(struct cx_study_reader *r, const struct cx_yaml *node,
                       struct cx_data_set *d) {
    static const double positive[2] = {1e-300, 1e300};
    struct cx_error e;
    if (!node || !cx_calibration_scalar(r, node, "sigma")) return;
    enum cx_status status = cx_quantity_read(node->text, d->unit, &d->sigma, &e);
    if (status == CX_OK) status = cx_range_check(d->sigma, positive, d->unit, &e);
    if (status != CX_OK) cx_study_refuse(r, "sigma", node, &e);
}

static void read_table(struct cx_study_reader *r, const struct cx_yaml *file,
                       const struct cx_yaml *set, struct cx_data_set *d) {
    struct cx_error e;
    if (!cx_study_beside(r, file, d->file)) return;
    if (cx_data_read(d, &e) != CX_OK) {
        cx_reader_report(&r->r, file, CX_AT_VALUE, &e);
        return;
    }
    double last = 0;
    for (int i = 0; i < d->n; i++) last = d->at[i].t_h > last ? d->at[i].t_h : last;
    find_condition(r, set, last, d);
}

static void read_data_set(struct cx_study_reader *r, const struct cx_yaml *node) {
    static const char *const keys[] = {"file", "observe", "set", "sigma", NULL};
    struct cx_calibration *c = cx_calibration_of(r);
    if (!cx_calibration_keys(r, node, node->key, keys)) return;
    const struct cx_yaml *file = cx_yaml_child(node, "file"), *see = cx_yaml_child(node, "observe");
    if (!file || !see) {
        missing(r, node, "a data set needs 'file' and 'observe'",
                "for example {file: data.csv, observe: series NAME}");
        return;
    }
    void *at = realloc(c->set, (size_t)(c->sets + 1) * sizeof *c->set);
    if (!at) return;
    c->set = at;
    struct cx_data_set *d = &c->set[c->sets++];
    *d = (struct cx_data_set){.line = node->line, .column = node->column};
    cx_text_copy(d->name, sizeof d->name, node->key);
    if (!cx_calibration_scalar(r, file, "file") || !cx_calibration_scalar(r, see, "observe") ||
        !read_observe(r, see, d))
        return;
    read_sigma(r, cx_yaml_child(node, "sigma"), d);
    read_table(r, file, cx_yaml_child(node, "set"), d);
}

void cx_calibration_data(struct cx_study_reader *r, const struct cx_yaml *node) {
    if (!node || cx_yaml_is_nothing(node))
        missing(r, NULL, "the calibration has no data",
                "add data: {NAME: {file: data.csv, observe: series NAME}}");
    else if (node->kind != CX_YAML_MAP)
        cx_reader_kind(&r->r, node, "data", "a map of data sets by name");
    else
        for (const struct cx_yaml *c = node->first; c && r->has_base; c = c->next)
            read_data_set(r, c);
}

/* ---- what concerns several sections ---------------------------------------------------------- */

void cx_calibration_whole(struct cx_study_reader *r) {
    struct cx_calibration *c = cx_calibration_of(r);
    int with = 0, units = 0;
    if (r->r.status != CX_OK) return;
    for (int i = 0; i < c->sets; i++) {
        c->set[i].first = c->n;
        c->n += c->set[i].n;
        with += c->set[i].at[0].sigma > 0;
        units += strcmp(c->set[i].unit, c->set[0].unit) != 0;
    }
    c->scaled = with == c->sets;
    const struct cx_yaml *data = cx_yaml_child(r->r.root, "data");
    if (with && !c->scaled)
        missing(r, data, "some data sets have a sigma and some have none",
                "give all of them one, or none: then it is taken from the residuals");
    if (!with && units)
        missing(r, data, "data of different units need a sigma to be weighed against each other",
                "add `sigma: 0.1 mm` to each data set, or a column `sigma [mm]`");
    if (c->n <= c->study.factor_count)
        missing(r, data, "there are not more data than fitted values", "fit fewer, or add data");
    for (int i = 0; i < c->conditions; i++) {
        c->condition[i].factor = c->study.factor;
        c->condition[i].factor_count = c->study.factor_count;
    }
}
