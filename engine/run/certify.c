/* certify.c - see certify.h */
#include "run/certify.h"

#include "base/file.h"
#include "base/text.h"
#include "run/engine.h"
#include "run/reuse.h"
#include "version.h"
#include "watch/certificate_json.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SETTINGS = 7, WORD = 40 };
static const double finer = 7, coarser = 2; /* tolerance; width of the cells */
static const double least_ratio = 1.25;     /* below: the grids are too alike */
static const double safety[] = {1.5, 1.25};
static const char *const part_name[] = {"time error", "grid error"};
static const char *const part_folder[] = {"time", "grid"};

/* A certificate on its way. */
struct certify {
    const struct cx_run_options *o;
    struct cx_run_summary *out;
    struct cx_scenario scenario; /* of the run */
    struct cx_outcomes run;      /* its outcomes.json */
    struct cx_certificate made;
    double *repeated[CX_CERTIFY_KINDS]; /* [outcome] */
};

/* What one repeat changes. */
struct change {
    struct cx_override at[SETTINGS];
    char value[SETTINGS][WORD];
    int n;
};

static void join(char path[700], const char *folder, const char *name) {
    snprintf(path, 700, "%.600s/%s", folder, name);
}

enum cx_status cx_certify_want(const char *folder, struct cx_error *e) {
    char path[700];
    join(path, folder, "certify");
    return cx_folder_create(path, e);
}

bool cx_certify_wanted(const char *folder) {
    char path[700];
    join(path, folder, "certify");
    return cx_file_exists(path);
}

static struct cx_effort effort_of(const struct cx_outcomes *o) {
    return (struct cx_effort){cx_outcomes_numeric(o, "cells"),
                              cx_outcomes_numeric(o, "steps") +
                                  cx_outcomes_numeric(o, "rejected_steps")};
}

/* ---- scenarios ---------------------------------------------------------------------------------- */

static void set(struct change *c, const char *path, double value, const char *unit) {
    snprintf(c->value[c->n], WORD, "%.17g%s%s", value, *unit ? " " : "", unit);
    c->at[c->n] = (struct cx_override){path, c->value[c->n], "--certify"};
    c->n++;
}

/* A growing axis whose cells are merged in pairs: the first is (1 + stretch) times as wide, and they grow by stretch^2. */
static void describe(const struct cx_scenario *s, enum cx_certificate_kind kind, struct change *c) {
    const struct cx_domain_settings *d = &s->domain;
    *c = (struct change){.n = 0};
    if (kind == CX_CERTIFY_TIME) {
        set(c, "solver.tolerance", fmax(s->solver.tolerance / finer, 1e-9), "");
    } else {
        const bool round = d->geometry == CX_AXISYMMETRIC;
        const double first = round ? 1 + d->lateral_stretch : coarser;
        set(c, "domain.cell", fmin(d->cell * first, 5000), "um");
        set(c, "domain.surface_cell", fmin(d->surface_cell * (1 + d->stretch), 1000), "um");
        set(c, "domain.deep_cell", fmin(d->deep_cell * coarser, 2000), "um");
        set(c, "domain.stretch", fmin(pow(d->stretch, coarser), 1.5), "");
        set(c, "domain.lateral_stretch", fmin(pow(d->lateral_stretch, coarser), 1.5), "");
    }
}

static enum cx_status load(const char *folder, const struct change *c, struct cx_scenario *s,
                           struct cx_error *e) {
    char path[700];
    const struct cx_model_list models = cx_models();
    struct cx_findings found = {0};
    join(path, folder, "config.yml");
    const struct cx_overrides changes = {c->at, c->n};
    const enum cx_status status = cx_config_load(path, &changes, &models, s, &found);
    if (status != CX_OK) *e = found.n ? found.at[0] : (struct cx_error){.status = status};
    cx_findings_free(&found);
    return status;
}

/* ---- one repeat --------------------------------------------------------------------------------- */

/* Is there a whole result of just this scenario?  `resume` ends and certifies what another commit of this version began:
 * that the engines differ is no reason here. */
static bool is_finished(const struct cx_scenario *s, const char *folder) {
    char digest[65];
    cx_config_digest(s, CX_VERSION, digest);
    return cx_reuse(&(struct cx_reuse_asked){.folder = folder,
                                             .digest = digest,
                                             .engine = cx_engine(),
                                             .files = CX_FILES_OUTCOMES,
                                             .end_h = s->time.end}) == CX_REUSE_WHOLE;
}

static enum cx_status repeat(struct certify *c, enum cx_certificate_kind kind,
                             const struct cx_scenario *s, const char *folder, struct cx_error *e) {
    struct cx_run_summary summary = {0};
    struct cx_run_options o = *c->o;
    o.folder = folder;
    o.files = CX_FILES_OUTCOMES;
    o.until_h = 0;
    o.certify = false;
    o.part = part_name[kind];
    if (is_finished(s, folder)) return CX_OK;
    c->out->part = part_name[kind];
    const enum cx_status status = cx_run_on(s, &o, &summary, e);
    cx_run_summary_free(&summary);
    if (status == CX_OK) c->out->part = NULL;
    return status;
}

static double value_of(const struct cx_outcomes *o, const char *name) {
    const struct cx_outcome_entry *row = cx_outcomes_find(o, name);
    return row ? row->value : NAN;
}

static enum cx_status collect(struct certify *c, enum cx_certificate_kind kind, const char *folder,
                              struct cx_error *e) {
    char path[700];
    struct cx_outcomes o;
    join(path, folder, "outcomes.json");
    CX_TRY(cx_outcomes_read(path, &o, e));
    for (int i = 0; i < c->run.outcome_count; i++)
        c->repeated[kind][i] = value_of(&o, c->run.outcome[i].name);
    c->made.part[kind].effort = effort_of(&o);
    c->made.part[kind].setting = cx_outcomes_numeric(&o, "tolerance");
    cx_outcomes_free(&o);
    return CX_OK;
}

/* ---- what the differences mean ------------------------------------------------------------------ */

static double axes(const struct cx_outcomes *o) {
    return (cx_outcomes_numeric(o, "cells_x") > 1) + (cx_outcomes_numeric(o, "cells_y") > 1) +
           (cx_outcomes_numeric(o, "cells_z") > 1);
}

static void judge(struct certify *c, enum cx_certificate_kind kind) {
    struct cx_certificate_part *p = &c->made.part[kind];
    const double tolerance = c->scenario.solver.tolerance;
    p->made = true;
    if (kind == CX_CERTIFY_TIME) {
        p->factor = safety[kind] * tolerance / (tolerance - p->setting);
        return;
    }
    const double ratio = pow(c->made.run.cells / p->effort.cells, 1 / axes(&c->run));
    p->setting = ratio;
    p->factor = safety[kind] / (ratio - 1);
    if (ratio >= least_ratio) return;
    p->made = false;
    snprintf(p->why_not, sizeof p->why_not,
             "the grid cannot be made coarse enough (its cells would be %.3g times as wide)",
             ratio);
}

/* Why there is nothing to repeat, or NULL. */
static const char *refusal(const struct certify *c, enum cx_certificate_kind kind) {
    if (kind == CX_CERTIFY_TIME && c->scenario.solver.tolerance < 1e-9 * least_ratio)
        return "the tolerance is the smallest there is";
    if (kind == CX_CERTIFY_GRID && c->made.run.cells <= 1) return "one cell: there is no grid";
    if (kind == CX_CERTIFY_GRID && c->scenario.initial.file[0])
        return "the run starts from a file that fits its own grid only";
    return NULL;
}

static enum cx_status make_part(struct certify *c, enum cx_certificate_kind kind,
                                struct cx_error *e) {
    char folder[700], name[32];
    struct change change;
    struct cx_scenario s = {0};
    struct cx_certificate_part *p = &c->made.part[kind];
    const char *why_not = refusal(c, kind);
    if (why_not) cx_text_copy(p->why_not, sizeof p->why_not, why_not);
    if (why_not) return CX_OK;
    describe(&c->scenario, kind, &change);
    if (load(c->o->folder, &change, &s, e) != CX_OK) {
        snprintf(p->why_not, sizeof p->why_not, "the scenario does not allow it: %.150s", e->text);
        *e = (struct cx_error){0};
        return CX_OK;
    }
    snprintf(name, sizeof name, "certify/%s", part_folder[kind]);
    join(folder, c->o->folder, name);
    enum cx_status status = repeat(c, kind, &s, folder, e);
    if (status == CX_OK) status = collect(c, kind, folder, e);
    if (status == CX_OK) judge(c, kind);
    cx_scenario_free(&s);
    return status;
}

/* "Never" in both is as good as a number; in one of them only, nothing is known. */
static double error_of(const struct certify *c, enum cx_certificate_kind kind, int i) {
    const struct cx_certificate_part *p = &c->made.part[kind];
    const double a = c->run.outcome[i].value, b = c->repeated[kind][i];
    return p->made ? fabs(a - b) * p->factor : NAN;
}

static int ascending(const void *a, const void *b) {
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Median of error / value over the outcomes that have both; room: [outcome]. */
static double median_share(const struct certify *c, enum cx_certificate_kind kind, double *room) {
    int n = 0;
    for (int i = 0; i < c->run.outcome_count; i++) {
        const double share = error_of(c, kind, i) / fabs(c->run.outcome[i].value);
        if (isfinite(share) && share > 0) room[n++] = share;
    }
    qsort(room, (size_t)n, sizeof *room, ascending);
    return n ? room[n / 2] : 0;
}

/* bar: [outcome] */
static void make_bars(const struct certify *c, enum cx_certificate_kind kind, double *bar) {
    const double least = median_share(c, kind, bar);
    for (int i = 0; i < c->run.outcome_count; i++) {
        const double error = error_of(c, kind, i), floor = least * fabs(c->run.outcome[i].value);
        bar[i] = error < floor ? floor : error;
    }
}

/* ---- the whole ---------------------------------------------------------------------------------- */

static enum cx_status open_run(struct certify *c, struct cx_error *e) {
    char path[700];
    join(path, c->o->folder, "outcomes.json");
    CX_TRY(load(c->o->folder, &(struct change){.n = 0}, &c->scenario, e));
    CX_TRY(cx_outcomes_read(path, &c->run, e));
    if (!is_finished(&c->scenario, c->o->folder)) {
        cx_fail(e, CX_STORAGE, 82, "the run in '%s' is not finished, or of another version",
                c->o->folder);
        cx_hint(e, "cicatrix resume %s", c->o->folder);
        return CX_STORAGE;
    }
    c->made.run = effort_of(&c->run);
    cx_text_copy(c->made.scenario, sizeof c->made.scenario, c->run.scenario);
    cx_text_copy(c->made.digest, sizeof c->made.digest, c->run.digest);
    for (int k = 0; k < CX_CERTIFY_KINDS; k++) {
        c->repeated[k] = calloc((size_t)c->run.outcome_count + 1, sizeof(double));
        if (!c->repeated[k]) return cx_fail(e, CX_STORAGE, 61, "no memory for the certificate");
        for (int i = 0; i < c->run.outcome_count; i++) c->repeated[k][i] = NAN;
    }
    return CX_OK;
}

/* Into the summary of the run, which may list the outcomes in another order. */
static void tell(struct cx_run_summary *out, const struct cx_outcome_entry *row) {
    for (int k = 0; k < out->outcome_count; k++) {
        if (strcmp(out->outcome[k].name, row->name) != 0) continue;
        out->outcome[k].time_error = row->time_error;
        out->outcome[k].grid_error = row->grid_error;
    }
}

static enum cx_status write_files(struct certify *c, const struct cx_outcome_entry *row,
                                  struct cx_error *e) {
    char path[700];
    struct cx_outcomes all = c->run;
    all.outcome = row;
    join(path, c->o->folder, "certificate.json");
    CX_TRY(cx_certificate_write(path, &c->made, &all, (const double *const *)c->repeated, e));
    join(path, c->o->folder, "outcomes.json");
    return cx_outcomes_write(path, &all, e);
}

/* row: [outcome]; bar: [kind][outcome], room */
static void add_errors(struct certify *c, struct cx_outcome_entry *row, double *bar) {
    const size_t n = (size_t)c->run.outcome_count;
    for (int k = 0; k < CX_CERTIFY_KINDS; k++)
        make_bars(c, (enum cx_certificate_kind)k, bar + (size_t)k * n);
    for (size_t i = 0; i < n; i++) {
        row[i] = c->run.outcome[i];
        row[i].certified = true;
        row[i].time_error = bar[i];
        row[i].grid_error = bar[n + i];
        tell(c->out, &row[i]);
    }
}

/* The errors beside the values, in both files and in the summary. */
static enum cx_status publish(struct certify *c, struct cx_error *e) {
    const size_t n = (size_t)c->run.outcome_count;
    struct cx_outcome_entry *row = calloc(n + 1, sizeof *row);
    double *bar = calloc(CX_CERTIFY_KINDS * n + 1, sizeof *bar);
    enum cx_status status = CX_STORAGE;
    if (row && bar) {
        add_errors(c, row, bar);
        status = write_files(c, row, e);
    } else {
        cx_fail(e, status, 61, "no memory for the certificate");
    }
    c->out->certified = status == CX_OK;
    free(row);
    free(bar);
    return status;
}

enum cx_status cx_certify(const struct cx_run_options *o, struct cx_run_summary *out,
                          struct cx_error *e) {
    struct certify c = {.o = o, .out = out};
    enum cx_status status = cx_certify_want(o->folder, e);
    if (status == CX_OK) status = open_run(&c, e);
    if (status == CX_OK) status = make_part(&c, CX_CERTIFY_GRID, e);
    if (status == CX_OK) status = make_part(&c, CX_CERTIFY_TIME, e);
    if (status == CX_OK) status = publish(&c, e);
    for (int k = 0; k < CX_CERTIFY_KINDS; k++) free(c.repeated[k]);
    cx_outcomes_free(&c.run);
    cx_scenario_free(&c.scenario);
    return status;
}
