/* calibrate_write.c - the files of a calibration; declared in calibrate.h.  No wall time: the same fit, the same bytes. */
#include "study/calibrate.h"

#include "base/file.h"
#include "base/json.h"
#include "base/text.h"
#include "version.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static json_t *numbers(const double *x, int n) {
    json_t *all = json_array();
    for (int i = 0; i < n; i++) json_array_append_new(all, cx_json_number(x[i]));
    return all;
}

static double in_unit(const struct cx_calibration *c, int i, double u) {
    return cx_factor_from_unit(&c->study.factor[i], u);
}

/* ---- calibration.json ------------------------------------------------------------------------ */

static json_t *profile_json(const struct cx_calibration *c, const struct cx_calibrated *r, int i) {
    const struct cx_profile_curve *p = &r->profile[i];
    double x[CX_PROFILE_MOST];
    if (i >= r->profiles) return json_null();
    for (int k = 0; k < p->n; k++) x[k] = in_unit(c, i, p->u[k]);
    return json_pack("{s:o, s:o, s:f}", "value", numbers(x, p->n), "rise", numbers(p->rise, p->n),
                     "needed", p->need);
}

static json_t *correlations_json(const struct cx_calibrated *r, int i) {
    json_t *all = json_array();
    for (int k = 0; k < r->fit.p; k++)
        json_array_append_new(all, cx_json_number(cx_fit_correlation(&r->fit, i, k)));
    return all;
}

static json_t *value_json(const struct cx_calibration *c, const struct cx_calibrated *r, int i) {
    const struct cx_factor *f = &c->study.factor[i];
    const struct cx_estimate *at = &r->at[i];
    return json_pack("{s:s, s:o, s:o, s:o, s:o, s:b, s:b, s:b, s:o, s:o, s:s, s:o, s:o}", "unit",
                     f->unit, "value", cx_json_number(at->value), "standard_error",
                     cx_json_number(at->se), "low", cx_json_number(at->low), "high",
                     cx_json_number(at->high), "open_low", at->open_low, "open_high", at->open_high,
                     "identified", at->identified, "from", cx_json_number(f->from), "to",
                     cx_json_number(f->to), "scale", f->log ? "log" : "linear", "correlation",
                     correlations_json(r, i), "profile", profile_json(c, r, i));
}

static json_t *data_json(const struct cx_calibrated *r, const struct cx_data_set *d) {
    json_t *day = json_array(), *place = json_array(), *value = json_array(), *sigma = json_array();
    for (int k = 0; k < d->n; k++) {
        json_array_append_new(day, d->timed ? cx_json_number(d->at[k].t_h / 24) : json_null());
        json_array_append_new(place, d->placed ? cx_json_number(d->at[k].place_um) : json_null());
        json_array_append_new(value, cx_json_number(d->at[k].value));
        json_array_append_new(sigma,
                              d->at[k].sigma > 0 ? cx_json_number(d->at[k].sigma) : json_null());
    }
    static const char *const kinds[] = {"series", "outcome", "field"};
    static const char *const axes[] = {"", "x", "y", "depth"};
    return json_pack("{s:s, s:s, s:s, s:s, s:o, s:o, s:o, s:o, s:o}", "kind", kinds[d->see.kind],
                     "observed", d->what, "along",
                     axes[d->see.kind == CX_SEE_FIELD ? d->see.axis + 1 : 0], "unit", d->unit,
                     "day", day, "place_um", place, "value", value, "sigma", sigma, "fitted",
                     numbers(r->fitted + d->first, d->n));
}

static json_t *posterior_json(const struct cx_posterior *p) {
    if (!p->draws) return json_null();
    return json_pack("{s:i, s:s, s:o, s:o, s:o}", "draws", p->draws, "method",
                     p->linearised ? "linearised" : "metropolis", "accepted",
                     cx_json_number(p->accepted), "r_hat", cx_json_number(p->r_hat),
                     "independent_draws", cx_json_number(p->effective));
}

static json_t *whole_json(const struct cx_calibration *c, const struct cx_calibrated *r) {
    json_t *values = json_object(), *data = json_object(), *warnings = json_array();
    for (int i = 0; i < r->fit.p; i++)
        json_object_set_new(values, c->study.factor[i].path, value_json(c, r, i));
    for (int i = 0; i < c->sets; i++)
        json_object_set_new(data, c->set[i].name, data_json(r, &c->set[i]));
    for (int i = 0; i < r->warnings; i++)
        json_array_append_new(warnings, json_string(r->warning[i]));
    return json_pack(
        "{s:i, s:s, s:s, s:s, s:s, s:s, s:s, s:f, s:i, s:i, s:o, s:b, s:b, s:i, s:I, "
        "s:I, s:o, s:o, s:o, s:o}",
        "schema_version", 1, "calibration", c->study.name, "title", c->study.title, "model",
        c->study.model->name, "version", CX_VERSION, "method", cx_fit_method_word(c->method),
        "interval", r->profiles ? "profile" : "linearised", "level", c->level, "data_count",
        r->fit.n, "value_count", r->fit.p, "cost", cx_json_number(r->fit.cost), "sigma_known",
        r->fit.scaled, "converged", r->fit.converged, "iterations", r->fit.iterations, "runs",
        (json_int_t)r->runs, "failed_runs", (json_int_t)r->failed, "values", values, "posterior",
        posterior_json(&r->posterior), "warnings", warnings, "data", data);
}

/* ---- tables ---------------------------------------------------------------------------------- */

static void put_number(struct cx_text *t, double x) {
    char text[32];
    cx_number_write(x, text);
    cx_text_add(t, ", %s", isfinite(x) ? text : "");
}

static void values_csv(const struct cx_calibration *c, const struct cx_calibrated *r,
                       struct cx_text *t) {
    cx_text_add(t, "name, unit, value, standard_error, low, high, identified");
    for (int i = 0; i < r->fit.p; i++)
        cx_text_add(t, ", correlation with %s", c->study.factor[i].path);
    for (int i = 0; i < r->fit.p; i++) {
        const struct cx_estimate *at = &r->at[i];
        const double all[] = {at->value, at->se, at->low, at->high};
        cx_text_add(t, "\n%s, %s", c->study.factor[i].path, c->study.factor[i].unit);
        for (int k = 0; k < 4; k++) put_number(t, all[k]);
        cx_text_add(t, ", %s", at->identified ? "yes" : "no");
        for (int k = 0; k < r->fit.p; k++) put_number(t, cx_fit_correlation(&r->fit, i, k));
    }
    cx_text_add(t, "\n");
}

static void fit_csv(const struct cx_calibration *c, const struct cx_calibrated *r,
                    struct cx_text *t) {
    cx_text_add(t, "data_set, time_day, place_um, value, sigma, fitted, residual, unit\n");
    for (int i = 0; i < c->sets; i++)
        for (int k = 0; k < c->set[i].n; k++) {
            const struct cx_data_set *d = &c->set[i];
            const double fitted = r->fitted[d->first + k], sigma = d->at[k].sigma;
            cx_text_add(t, "%s", d->name);
            put_number(t, d->timed ? d->at[k].t_h / 24 : NAN);
            put_number(t, d->placed ? d->at[k].place_um : NAN);
            put_number(t, d->at[k].value);
            put_number(t, sigma > 0 ? sigma : NAN);
            put_number(t, fitted);
            put_number(t, fitted - d->at[k].value);
            cx_text_add(t, ", %s\n", d->unit);
        }
}

/* Also a list of points for `method: {list: ensemble.csv}` of a study. */
static void ensemble_csv(const struct cx_calibration *c, const struct cx_calibrated *r,
                         struct cx_text *t) {
    for (int i = 0; i < r->fit.p; i++) {
        const struct cx_factor *f = &c->study.factor[i];
        cx_text_add(t, "%s%s", i ? "," : "", f->path);
        if (strcmp(f->unit, "1") != 0) cx_text_add(t, " [%s]", f->unit);
    }
    cx_text_add(t, "\n");
    for (int d = 0; d < r->posterior.draws; d++)
        for (int i = 0; i < r->fit.p; i++) {
            char text[32];
            cx_number_write(in_unit(c, i, r->posterior.u[d * r->fit.p + i]), text);
            cx_text_add(t, "%s%s", text, i + 1 < r->fit.p ? "," : "\n");
        }
}

static void profile_csv(const struct cx_calibration *c, const struct cx_calibrated *r, int i,
                        struct cx_text *t) {
    const struct cx_profile_curve *p = &r->profile[i];
    cx_text_add(t, "value [%s], cost_rise, needed\n", c->study.factor[i].unit);
    for (int k = 0; k < p->n; k++) {
        char text[32];
        cx_number_write(in_unit(c, i, p->u[k]), text);
        cx_text_add(t, "%s", text);
        put_number(t, p->rise[k]);
        put_number(t, p->need);
        cx_text_add(t, "\n");
    }
}

/* ---- the whole ------------------------------------------------------------------------------- */

/* Writes and drops the text. */
static enum cx_status put_file(const struct cx_calibration *c, const char *name, struct cx_text *t,
                               struct cx_error *e) {
    char path[700];
    snprintf(path, sizeof path, "%.500s/%.180s", c->study.folder, name);
    const enum cx_status status = t->starved
                                      ? cx_fail(e, CX_STORAGE, 61, "no memory for %.180s", name)
                                      : cx_file_write(path, t->at, t->n, e);
    free(t->at);
    *t = (struct cx_text){0};
    return status;
}

static enum cx_status put_json(const struct cx_calibration *c, const struct cx_calibrated *r,
                               struct cx_error *e) {
    struct cx_text t = {0};
    json_t *root = whole_json(c, r);
    char *dump = root ? json_dumps(root, JSON_INDENT(1) | JSON_REAL_PRECISION(17)) : NULL;
    json_decref(root);
    if (!dump) return cx_fail(e, CX_STORAGE, 61, "calibration.json cannot be made");
    cx_text_add(&t, "%s\n", dump);
    free(dump);
    return put_file(c, "calibration.json", &t, e);
}

enum cx_status cx_calibrate_write(const struct cx_calibration *c, const struct cx_calibrated *r,
                                  struct cx_error *e) {
    struct cx_text t = {0};
    CX_TRY(cx_folder_create(c->study.folder, e));
    values_csv(c, r, &t);
    CX_TRY(put_file(c, "calibration.csv", &t, e));
    fit_csv(c, r, &t);
    CX_TRY(put_file(c, "fit.csv", &t, e));
    for (int i = 0; i < r->profiles; i++) {
        char name[160];
        snprintf(name, sizeof name, "profile_%.96s.csv", c->study.factor[i].path);
        profile_csv(c, r, i, &t);
        CX_TRY(put_file(c, name, &t, e));
    }
    if (r->posterior.draws) ensemble_csv(c, r, &t);
    if (r->posterior.draws) CX_TRY(put_file(c, "ensemble.csv", &t, e));
    return put_json(c, r, e);
}
