/* posterior.c - see posterior.h.  Adaptive Metropolis after Haario, Saksman and Tamminen 2001; the proposal is learnt while
 * the chains settle and frozen for the draws that count. */
#include "study/posterior.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_linalg.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { LEARN_EVERY = 50 };

struct chains {
    const struct cx_problem *pb;
    const struct cx_fit *f;
    gsl_rng *rng;
    double root[CX_FIT_MOST *
                CX_FIT_MOST]; /* lower triangle: its square is the proposal's covariance */
    double at[CX_CHAINS][CX_FIT_MOST], log_p[CX_CHAINS];
    double *path; /* [2 steps][chains][p] */
    double *r;    /* [chains][n] */
    int steps, made, accepted, tried;
};

/* Lower triangular root of scale x cov; false if cov is not positive. */
static bool take_root(const double *cov, int p, double scale, double *root) {
    gsl_matrix *m = gsl_matrix_alloc((size_t)p, (size_t)p);
    if (!m) return false;
    for (int i = 0; i < p * p; i++) {
        const double ridge = i / p == i % p ? 1e-12 : 0;
        m->data[(size_t)(i / p) * m->tda + (size_t)(i % p)] = scale * (cov[i] + ridge);
    }
    const bool good = gsl_linalg_cholesky_decomp1(m) == GSL_SUCCESS;
    for (int i = 0; good && i < p * p; i++)
        root[i] = i % p <= i / p ? m->data[(size_t)(i / p) * m->tda + (size_t)(i % p)] : 0;
    gsl_matrix_free(m);
    return good;
}

/* from + root x normal numbers */
static void throw_dice(gsl_rng *rng, const double *root, int p, const double *from, double *to) {
    double z[CX_FIT_MOST];
    for (int i = 0; i < p; i++) z[i] = gsl_ran_ugaussian(rng);
    for (int i = 0; i < p; i++) {
        to[i] = from[i];
        for (int j = 0; j <= i; j++) to[i] += root[i * p + j] * z[j];
    }
}

static bool in_box(const double *u, int p) {
    for (int i = 0; i < p; i++)
        if (!(u[i] >= 0 && u[i] <= 1)) return false;
    return true;
}

static double log_density(const struct cx_problem *pb, const double *r) {
    const double cost = cx_sum_of_squares(r, pb->n);
    if (!isfinite(cost)) return -INFINITY;
    return pb->scaled ? -0.5 * cost : -0.5 * pb->n * log(cost);
}

/* Covariance of the second half of all paths so far. */
static void learn(struct chains *c) {
    const int p = c->pb->p, from = c->made / 2 * CX_CHAINS, to = c->made * CX_CHAINS;
    double mean[CX_FIT_MOST] = {0}, cov[CX_FIT_MOST * CX_FIT_MOST] = {0};
    const double weight = 1.0 / (to - from);
    for (int k = from; k < to; k++)
        for (int i = 0; i < p; i++) mean[i] += weight * c->path[k * p + i];
    for (int k = from; k < to; k++)
        for (int i = 0; i < p * p; i++)
            cov[i] += weight * (c->path[k * p + i / p] - mean[i / p]) *
                      (c->path[k * p + i % p] - mean[i % p]);
    double root[CX_FIT_MOST * CX_FIT_MOST];
    if (take_root(cov, p, 2.38 * 2.38 / p, root)) memcpy(c->root, root, sizeof root);
}

/* One step of all chains; what leaves the box is refused without a look. */
static enum cx_status step(struct chains *c, struct cx_error *e) {
    const int p = c->pb->p;
    double wish[CX_CHAINS * CX_FIT_MOST];
    int whose[CX_CHAINS], n = 0;
    for (int k = 0; k < CX_CHAINS; k++) {
        double *next = wish + (size_t)n * (size_t)p;
        throw_dice(c->rng, c->root, p, c->at[k], next);
        if (in_box(next, p)) whose[n++] = k;
    }
    if (n) CX_TRY(c->pb->look(c->pb->user, n, wish, c->r, e));
    for (int i = 0; i < n; i++) {
        const double here = log_density(c->pb, c->r + (size_t)i * (size_t)c->pb->n);
        if (!(log(gsl_rng_uniform_pos(c->rng)) < here - c->log_p[whose[i]])) continue;
        memcpy(c->at[whose[i]], wish + (size_t)i * (size_t)p, (size_t)p * sizeof *wish);
        c->log_p[whose[i]] = here;
        c->accepted++;
    }
    c->tried += CX_CHAINS;
    for (int k = 0; k < CX_CHAINS; k++)
        memcpy(c->path + ((size_t)c->made * CX_CHAINS + (size_t)k) * (size_t)p, c->at[k],
               (size_t)p * sizeof(double));
    c->made++;
    return CX_OK;
}

/* Chains begin apart from each other, so that their agreement means something. */
static enum cx_status begin(struct chains *c, struct cx_error *e) {
    const int p = c->pb->p;
    double wide[CX_FIT_MOST * CX_FIT_MOST], u[CX_CHAINS * CX_FIT_MOST];
    for (int i = 0; i < p * p; i++) wide[i] = 1.5 * c->root[i];
    for (int k = 0; k < CX_CHAINS; k++) {
        throw_dice(c->rng, wide, p, c->f->u, c->at[k]);
        for (int i = 0; i < p; i++) c->at[k][i] = fmin(fmax(c->at[k][i], 0), 1);
        memcpy(u + (size_t)k * (size_t)p, c->at[k], (size_t)p * sizeof *u);
    }
    CX_TRY(c->pb->look(c->pb->user, CX_CHAINS, u, c->r, e));
    for (int k = 0; k < CX_CHAINS; k++)
        c->log_p[k] = log_density(c->pb, c->r + (size_t)k * (size_t)c->pb->n);
    return CX_OK;
}

/* ---- are the chains done? -------------------------------------------------------------------- */

static double value(const struct chains *c, int step, int chain, int i) {
    return c->path[((c->steps + step) * CX_CHAINS + chain) * c->pb->p + i];
}

struct moments {
    double mean[CX_CHAINS], within, between; /* variances */
};

static struct moments weigh(const struct chains *c, int i) {
    struct moments m = {0};
    double all = 0;
    for (int k = 0; k < CX_CHAINS; k++) {
        for (int t = 0; t < c->steps; t++) m.mean[k] += value(c, t, k, i) / c->steps;
        for (int t = 0; t < c->steps; t++) {
            const double off = value(c, t, k, i) - m.mean[k];
            m.within += off * off / ((c->steps - 1) * (double)CX_CHAINS);
        }
        all += m.mean[k] / CX_CHAINS;
    }
    for (int k = 0; k < CX_CHAINS; k++)
        m.between += (m.mean[k] - all) * (m.mean[k] - all) / (CX_CHAINS - 1);
    return m;
}

/* Gelman and Rubin's ratio, and Geyer's sum of autocorrelations as long as pairs are positive. */
static void diagnose(const struct chains *c, int i, double *r_hat, double *effective) {
    const struct moments m = weigh(c, i);
    const double whole = m.within * (c->steps - 1) / c->steps + m.between;
    double sum = 1;
    for (int lag = 1; lag + 1 < c->steps / 2; lag += 2) {
        double pair = 0;
        for (int d = lag; d <= lag + 1; d++)
            for (int k = 0; k < CX_CHAINS; k++)
                for (int t = 0; t + d < c->steps; t++)
                    pair += (value(c, t, k, i) - m.mean[k]) * (value(c, t + d, k, i) - m.mean[k]);
        pair /= (double)CX_CHAINS * c->steps;
        const double share = (pair + 2 * (whole - m.within)) / whole;
        if (!(share > 0)) break;
        sum += 2 * share;
    }
    *r_hat = sqrt(whole / m.within);
    *effective = (double)CX_CHAINS * c->steps / sum;
}

/* Even steps through all chains. */
static void thin(const struct chains *c, struct cx_posterior *out) {
    const int p = c->pb->p, all = CX_CHAINS * c->steps;
    for (int d = 0; d < out->draws; d++) {
        const int k = (int)((double)d * all / out->draws);
        for (int i = 0; i < p; i++) out->u[d * p + i] = value(c, k / CX_CHAINS, k % CX_CHAINS, i);
    }
    out->accepted = (double)c->accepted / c->tried;
    for (int i = 0; i < p; i++) {
        double r_hat, effective;
        diagnose(c, i, &r_hat, &effective);
        out->r_hat = i && out->r_hat > r_hat ? out->r_hat : r_hat;
        out->effective = i && out->effective < effective ? out->effective : effective;
    }
}

static enum cx_status run(struct chains *c, struct cx_error *e) {
    CX_TRY(begin(c, e));
    for (int i = 0; i < c->steps; i++) {
        CX_TRY(step(c, e));
        if (c->made % LEARN_EVERY == 0) learn(c);
    }
    c->accepted = c->tried = 0;
    for (int i = 0; i < c->steps; i++) CX_TRY(step(c, e));
    return CX_OK;
}

static enum cx_status open_out(const struct cx_fit *f, const struct cx_posterior_wish *w,
                               struct cx_posterior *out, struct cx_error *e) {
    *out = (struct cx_posterior){.draws = w->draws,
                                 .p = f->p,
                                 .accepted = NAN,
                                 .r_hat = NAN,
                                 .effective = NAN,
                                 .u = calloc((size_t)(w->draws * f->p) + 1, sizeof(double))};
    return out->u ? CX_OK : cx_fail(e, CX_STORAGE, 61, "no memory for %d draws", w->draws);
}

/* Where the data leave a direction open, steps of the width of the box. */
static void widen(const struct cx_fit *f, double *cov) {
    const int p = f->p;
    memcpy(cov, f->cov, (size_t)(p * p) * sizeof *cov);
    for (int i = 0; i < p; i++) {
        if (f->se[i] < 0.3) continue;
        const double shrink = isfinite(f->se[i]) ? 0.3 / f->se[i] : 0;
        for (int j = 0; j < p; j++) {
            cov[i * p + j] *= shrink;
            cov[j * p + i] *= shrink;
        }
        if (shrink == 0) cov[i * p + i] = 0.09;
    }
}

enum cx_status cx_posterior_chains(const struct cx_problem *pb, const struct cx_fit *f,
                                   const struct cx_posterior_wish *w, struct cx_posterior *out,
                                   struct cx_error *e) {
    const size_t p = (size_t)pb->p;
    double cov[CX_FIT_MOST * CX_FIT_MOST];
    struct chains c = {.pb = pb, .f = f, .steps = w->steps, .rng = gsl_rng_alloc(gsl_rng_mt19937)};
    CX_TRY(open_out(f, w, out, e));
    gsl_error_handler_t *before = gsl_set_error_handler_off();
    c.path = calloc(2 * (size_t)w->steps * CX_CHAINS * p + 1, sizeof *c.path);
    c.r = calloc((size_t)pb->n * CX_CHAINS, sizeof *c.r);
    widen(f, cov);
    enum cx_status status = CX_OK;
    if (!c.path || !c.r || !c.rng || !take_root(cov, pb->p, 2.38 * 2.38 / pb->p, c.root))
        status = cx_fail(e, CX_NUMERIC, 132, "the chains cannot begin: no memory, or no slopes");
    if (status == CX_OK) gsl_rng_set(c.rng, (unsigned long)w->seed);
    if (status == CX_OK) status = run(&c, e);
    if (status == CX_OK) thin(&c, out);
    gsl_set_error_handler(before);
    gsl_rng_free(c.rng);
    free(c.path);
    free(c.r);
    if (status != CX_OK) cx_posterior_free(out);
    return status;
}

enum cx_status cx_posterior_linear(const struct cx_fit *f, const struct cx_posterior_wish *w,
                                   struct cx_posterior *out, struct cx_error *e) {
    enum { TRIES = 1000 };
    double cov[CX_FIT_MOST * CX_FIT_MOST], root[CX_FIT_MOST * CX_FIT_MOST];
    CX_TRY(open_out(f, w, out, e));
    gsl_error_handler_t *before = gsl_set_error_handler_off();
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    widen(f, cov);
    const bool good = rng && take_root(cov, f->p, 1, root);
    if (good) gsl_rng_set(rng, (unsigned long)w->seed);
    for (int d = 0; good && d < w->draws; d++) {
        double *u = out->u + (size_t)d * (size_t)f->p;
        int tries = 0;
        do throw_dice(rng, root, f->p, f->u, u);
        while (!in_box(u, f->p) && ++tries < TRIES);
        for (int i = 0; i < f->p; i++) u[i] = fmin(fmax(u[i], 0), 1);
    }
    gsl_rng_free(rng);
    gsl_set_error_handler(before);
    out->linearised = true;
    if (!good) cx_posterior_free(out);
    return good ? CX_OK : cx_fail(e, CX_NUMERIC, 132, "no draws: the slopes of the fit are bad");
}

void cx_posterior_free(struct cx_posterior *out) {
    free(out->u);
    *out = (struct cx_posterior){0};
}
