/* likelihood.c - see likelihood.h */
#include "study/likelihood.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SIDE_MOST = 16 };

/* The problem with one unknown held. */
struct held {
    const struct cx_problem *pb;
    int which;
    double value;
};

static void fill(const struct held *h, const double *rest, double *u) {
    for (int i = 0, k = 0; i < h->pb->p; i++) u[i] = i == h->which ? h->value : rest[k++];
}

static enum cx_status look(void *user, int points, const double *rest, double *r,
                           struct cx_error *e) {
    const struct held *h = user;
    const int p = h->pb->p;
    double *u = malloc((size_t)points * (size_t)p * sizeof *u);
    if (!u) return cx_fail(e, CX_STORAGE, 61, "no memory for a profile");
    for (int i = 0; i < points; i++)
        fill(h, rest + (size_t)i * (size_t)(p - 1), u + (size_t)i * (size_t)p);
    const enum cx_status status = h->pb->look(h->pb->user, points, u, r, e);
    free(u);
    return status;
}

/* Least cost with the unknown held; u: start, then the minimum.  A point that fails costs infinitely much. */
static enum cx_status least(const struct held *h, double *u, double *cost, struct cx_error *e) {
    const struct cx_problem *pb = h->pb;
    const struct cx_problem rest = {pb->n, pb->p - 1, pb->scaled, pb->step, look, (void *)h};
    double start[CX_FIT_MOST];
    struct cx_fit f = {0};
    for (int i = 0, k = 0; i < pb->p; i++)
        if (i != h->which) start[k++] = u[i];
    *cost = INFINITY;
    if (rest.p > 0) {
        const enum cx_status status = cx_fit_local(&rest, start, &f, e);
        if (status == CX_NUMERIC) return CX_OK;
        CX_TRY(status);
        fill(h, f.u, u);
        *cost = f.cost;
        return CX_OK;
    }
    double *r = malloc((size_t)pb->n * sizeof *r);
    if (!r) return cx_fail(e, CX_STORAGE, 61, "no memory for a profile");
    u[h->which] = h->value;
    const enum cx_status status = pb->look(pb->user, 1, u, r, e);
    const double sum = cx_sum_of_squares(r, pb->n);
    if (status == CX_OK && isfinite(sum)) *cost = sum;
    free(r);
    return status;
}

/* One side of the curve, outward from the minimum. */
struct side {
    double sign;
    int n;
    double u[SIDE_MOST], rise[SIDE_MOST];
    double end;
    bool open;
};

/* Where the square root of the rise, nearly a straight line, passes the square root of `need`. */
static double crossing(const struct side *s, double need, double from) {
    const int k = s->n - 1;
    const double u0 = k ? s->u[k - 1] : from, a = k ? sqrt(fmax(s->rise[k - 1], 0)) : 0;
    const double b = sqrt(s->rise[k]);
    return isfinite(b) ? u0 + (s->u[k] - u0) * (sqrt(need) - a) / (b - a) : u0;
}

static enum cx_status walk(struct held *h, const struct cx_fit *f, struct side *s,
                           struct cx_profile_curve *c, struct cx_error *e) {
    const double sign = s->sign, bound = sign > 0 ? 1 : 0, from = f->u[h->which];
    double u[CX_FIT_MOST], cost, at = from, step = fmin(fmax(0.6 * f->se[h->which], 1e-4), 0.1);
    memcpy(u, f->u, sizeof u);
    s->open = true;
    s->end = bound;
    while (s->n < SIDE_MOST && at != bound) {
        at = sign > 0 ? fmin(at + step, bound) : fmax(at - step, bound);
        h->value = at;
        CX_TRY(least(h, u, &cost, e));
        const double rise = (cost - f->cost) / f->variance;
        const double before = s->n ? s->rise[s->n - 1] : 0;
        s->u[s->n] = at;
        s->rise[s->n++] = rise;
        if (rise < -0.01 && !c->lower) {
            c->lower = true;
            memcpy(c->best, u, sizeof c->best);
        }
        if (rise >= c->need && s->open) {
            s->open = false;
            s->end = crossing(s, c->need, from);
        }
        if (rise > 2 * c->need) break;
        if (sqrt(fmax(rise, 0)) - sqrt(fmax(before, 0)) < 0.4) step *= 1.7;
    }
    return CX_OK;
}

static void join(const struct side *low, const struct side *high, double middle,
                 struct cx_profile_curve *c) {
    for (int i = low->n - 1; i >= 0; i--) {
        c->u[c->n] = low->u[i];
        c->rise[c->n++] = low->rise[i];
    }
    c->u[c->n] = middle;
    c->rise[c->n++] = 0;
    for (int i = 0; i < high->n; i++) {
        c->u[c->n] = high->u[i];
        c->rise[c->n++] = high->rise[i];
    }
    c->low = low->end;
    c->high = high->end;
    c->open_low = low->open;
    c->open_high = high->open;
}

enum cx_status cx_profile_curve_make(const struct cx_problem *pb, const struct cx_fit *f,
                                     const struct cx_profile_wish *wish, struct cx_profile_curve *c,
                                     struct cx_error *e) {
    struct held h = {.pb = pb, .which = wish->which};
    struct side low = {.sign = -1}, high = {.sign = 1};
    const double quantile = cx_fit_quantile(f, wish->level);
    *c = (struct cx_profile_curve){.need = quantile * quantile};
    CX_TRY(walk(&h, f, &low, c, e));
    CX_TRY(walk(&h, f, &high, c, e));
    join(&low, &high, f->u[wish->which], c);
    return CX_OK;
}
