/* calibrate.c - see calibrate.h */
#include "study/calibrate.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct job {
    const struct cx_calibration *c;
    struct cx_crew *crew;
    struct cx_calibrated *out;
    struct cx_problem problem;
    struct cx_error *e;
};

static void warn(struct cx_calibrated *r, const char *fmt, ...) CX_PRINTF(2, 3);
static void warn(struct cx_calibrated *r, const char *fmt, ...) {
    if (r->warnings == CX_WARNINGS_MOST) return;
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(r->warning[r->warnings++], sizeof *r->warning, fmt, ap);
    va_end(ap);
}

/* ---- the fit --------------------------------------------------------------------------------- */

/* The reason that the runs gave says more than that a fit cannot begin. */
static enum cx_status explain(const struct job *j, enum cx_status status) {
    char text[sizeof j->e->text];
    if (status != CX_NUMERIC || !*j->crew->why) return status;
    snprintf(text, sizeof text, "%.200s: %.250s", j->e->text, j->crew->why);
    memcpy(j->e->text, text, sizeof text);
    return status;
}

static enum cx_status fit(struct job *j, double *u) {
    const struct cx_calibration *c = j->c;
    const struct cx_search search = {c->method == CX_FIT_GLOBAL, c->points};
    j->crew->stage = "search";
    if (c->method != CX_FIT_LOCAL) CX_TRY(cx_fit_search(&j->problem, &search, u, j->e));
    j->crew->stage = "fit";
    if (c->method != CX_FIT_FREE) return cx_fit_local(&j->problem, u, &j->out->fit, j->e);
    struct cx_fit *f = &j->out->fit;
    *f = (struct cx_fit){.n = c->n, .p = c->study.factor_count, .scaled = c->scaled};
    f->converged = true;
    memcpy(f->u, u, sizeof f->u);
    double *r = calloc((size_t)c->n, sizeof *r);
    if (!r) return cx_fail(j->e, CX_STORAGE, 61, "no memory for a fit");
    const enum cx_status status = cx_crew_residuals(j->crew, 1, u, r, j->e);
    f->cost = cx_sum_of_squares(r, c->n);
    free(r);
    return status == CX_OK ? cx_fit_judge(&j->problem, f, j->e) : status;
}

/* Profiles may find a deeper valley: then everything begins again from there, at most twice. */
static enum cx_status make_profiles(struct job *j, bool *again, double *u) {
    struct cx_calibrated *r = j->out;
    j->crew->stage = "profiles";
    *again = false;
    for (int i = 0; j->c->profile && i < r->fit.p && !*again; i++) {
        const struct cx_profile_wish wish = {i, j->c->level};
        CX_TRY(cx_profile_curve_make(&j->problem, &r->fit, &wish, &r->profile[i], j->e));
        r->profiles = i + 1;
        *again = r->profile[i].lower;
        if (*again) memcpy(u, r->profile[i].best, sizeof r->profile[i].best);
    }
    return CX_OK;
}

static enum cx_status fit_and_profile(struct job *j) {
    double u[CX_FIT_MOST];
    bool again = true;
    memcpy(u, j->c->start, sizeof u);
    CX_TRY(explain(j, fit(j, u)));
    for (int round = 0; again && round < 3; round++) {
        if (round) CX_TRY(cx_fit_local(&j->problem, u, &j->out->fit, j->e));
        CX_TRY(make_profiles(j, &again, u));
    }
    if (again) {
        warn(j->out, "the profiles still find a lower cost than the fit: the minimum is not "
                     "reached; try another start, or method: global");
        j->out->profiles = 0;
    }
    return CX_OK;
}

/* ---- what came out --------------------------------------------------------------------------- */

static void estimate(const struct job *j, int i) {
    const struct cx_factor *f = &j->c->study.factor[i];
    const struct cx_fit *fit = &j->out->fit;
    struct cx_estimate *at = &j->out->at[i];
    const double u = fit->u[i], half = cx_fit_quantile(fit, j->c->level) * fit->se[i];
    const double low = fmax(u - half, 0), high = fmin(u + half, 1);
    at->value = cx_factor_from_unit(f, u);
    const double slope = f->log ? at->value * log(f->to / f->from) : f->to - f->from;
    at->se = slope * fit->se[i];
    at->low = cx_factor_from_unit(f, low);
    at->high = cx_factor_from_unit(f, high);
    at->open_low = !(u - half > 0);
    at->open_high = !(u + half < 1);
    if (i < j->out->profiles) {
        const struct cx_profile_curve *c = &j->out->profile[i];
        at->low = cx_factor_from_unit(f, c->low);
        at->high = cx_factor_from_unit(f, c->high);
        at->open_low = c->open_low;
        at->open_high = c->open_high;
    }
    at->identified = !at->open_low && !at->open_high;
}

static const char *name_of(const struct job *j, int i) { return j->c->study.factor[i].path; }

static void warn_of_values(const struct job *j) {
    struct cx_calibrated *r = j->out;
    for (int i = 0; i < r->fit.p; i++) {
        const struct cx_estimate *at = &r->at[i];
        if (r->fit.low[i] || r->fit.high[i])
            warn(r, "%s ended at its %s bound: the data want it beyond, or do not care",
                 name_of(j, i), r->fit.low[i] ? "lower" : "upper");
        if (!at->identified)
            warn(r, "not identifiable: the data do not bound %s %s within its range", name_of(j, i),
                 at->open_low && at->open_high ? "on either side"
                 : at->open_low                ? "from below"
                                               : "from above");
        else if (at->se > 0.5 * fabs(at->value))
            warn(r, "weakly identifiable: the standard error of %s is %.0f %% of its value",
                 name_of(j, i), 100 * at->se / fabs(at->value));
    }
}

static void warn_of_pairs(const struct job *j) {
    struct cx_calibrated *r = j->out;
    char text[300] = "";
    for (int i = 0; i < r->fit.p; i++)
        for (int k = 0; k < i; k++) {
            const double corr = cx_fit_correlation(&r->fit, i, k);
            if (fabs(corr) > 0.95)
                warn(r, "weakly identifiable: %s and %s act almost alike (correlation %.3f)",
                     name_of(j, k), name_of(j, i), corr);
        }
    if (!(r->fit.spread > 1e4)) return;
    for (int i = 0; i < r->fit.p; i++)
        if (fabs(r->fit.weak[i]) > 0.3)
            snprintf(text + strlen(text), sizeof text - strlen(text), "%s%.60s", *text ? ", " : "",
                     name_of(j, i));
    warn(r, "not identifiable: a combination of %s moves no datum", text);
}

static void warn_of_whole(const struct job *j) {
    struct cx_calibrated *r = j->out;
    const double chi = r->fit.cost / (r->fit.n - r->fit.p);
    if (!r->fit.converged) warn(r, "the fit did not converge in %d iterations", r->fit.iterations);
    if (r->fit.scaled && (chi > 2 || chi < 0.3))
        warn(r, "cost per degree of freedom is %.3g: %s", chi,
             chi > 1 ? "the model does not describe the data within their sigma, and the intervals "
                       "are too narrow"
                     : "the data lie closer to the model than their sigma");
    if (r->posterior.linearised)
        warn(r, "the posterior is linearised: draws are normal around the fit, not a chain on the "
                "model itself (posterior.method: metropolis)");
    const bool chains = r->posterior.draws > 0 && !r->posterior.linearised;
    if (chains && !(r->posterior.r_hat < 1.05 && r->posterior.effective > 100))
        warn(
            r,
            "the chains have not mixed (R-hat %.3f, %.0f independent draws): raise posterior.steps",
            r->posterior.r_hat, r->posterior.effective);
    if (j->crew->failed)
        warn(r, "%ld of %ld runs failed, the first: %.250s", j->crew->failed, j->crew->runs,
             j->crew->why);
}

/* ---- draws ----------------------------------------------------------------------------------- */

static enum cx_status draw(struct job *j) {
    const struct cx_calibration *c = j->c;
    const int each = (c->draws + CX_CHAINS - 1) / CX_CHAINS;
    const struct cx_posterior_wish wish = {c->draws, each > c->steps ? each : c->steps,
                                           c->study.seed};
    if (c->draws == 0) return CX_OK;
    j->crew->stage = "posterior";
    if (c->draw == CX_DRAW_LINEARISED || (c->draw == CX_DRAW_AUTO && c->dear))
        return cx_posterior_linear(&j->out->fit, &wish, &j->out->posterior, j->e);
    return cx_posterior_chains(&j->problem, &j->out->fit, &wish, &j->out->posterior, j->e);
}

enum cx_status cx_calibrate(const struct cx_calibration *c, struct cx_crew *crew,
                            struct cx_calibrated *out, struct cx_error *e) {
    *out = (struct cx_calibrated){.fitted = calloc((size_t)c->n, sizeof(double))};
    struct job j = {c, crew, out, {0}, e};
    j.problem = (struct cx_problem){.n = c->n,
                                    .p = c->study.factor_count,
                                    .scaled = c->scaled,
                                    .step = c->step,
                                    .look = cx_crew_residuals,
                                    .user = crew};
    enum cx_status status =
        out->fitted ? fit_and_profile(&j) : cx_fail(e, CX_STORAGE, 61, "no memory for the data");
    if (status == CX_OK) status = cx_crew_observe(crew, 1, out->fit.u, out->fitted, e);
    for (int i = 0; status == CX_OK && i < out->fit.p; i++) estimate(&j, i);
    if (status == CX_OK) status = draw(&j);
    out->runs = crew->runs;
    out->failed = crew->failed;
    out->run_seconds = crew->runs ? crew->run_seconds / (double)crew->runs : 0;
    if (status == CX_OK) {
        warn_of_values(&j);
        warn_of_pairs(&j);
        warn_of_whole(&j);
    } else {
        cx_calibrated_free(out);
    }
    return status;
}

void cx_calibrated_free(struct cx_calibrated *out) {
    cx_posterior_free(&out->posterior);
    free(out->fitted);
    *out = (struct cx_calibrated){0};
}
