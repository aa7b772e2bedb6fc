/* fit_search.c - minima without slopes, by NLopt; declared in fit.h */
#include "study/fit.h"

#include <math.h>
#include <nlopt.h>
#include <stdlib.h>
#include <string.h>

struct search {
    const struct cx_problem *pb;
    double *r; /* [n] */
    double best, *u;
    nlopt_opt opt;
    enum cx_status status;
    struct cx_error *e;
};

/* Logarithm: what fails or is far off does not flatten the rest. */
static double cost(unsigned p, const double *u, double *slope, void *search) {
    struct search *s = search;
    if (slope) *slope = NAN; /* the methods below ask for none */
    s->status = s->pb->look(s->pb->user, 1, u, s->r, s->e);
    if (s->status != CX_OK) nlopt_force_stop(s->opt);
    const double sum = cx_sum_of_squares(s->r, s->pb->n);
    if (s->status != CX_OK || !isfinite(sum)) return 700;
    if (sum < s->best) {
        s->best = sum;
        memcpy(s->u, u, p * sizeof *u);
    }
    return log(sum + 1e-300);
}

enum cx_status cx_fit_search(const struct cx_problem *pb, const struct cx_search *how, double *u,
                             struct cx_error *e) {
    const unsigned p = (unsigned)pb->p;
    struct search s = {.pb = pb, .best = INFINITY, .u = u, .e = e};
    double at[CX_FIT_MOST];
    memcpy(at, u, p * sizeof *u);
    s.r = malloc((size_t)pb->n * sizeof *s.r);
    s.opt = nlopt_create(how->whole_box ? NLOPT_GN_DIRECT_L : NLOPT_LN_BOBYQA, p);
    if (!s.r || !s.opt) s.status = cx_fail(e, CX_STORAGE, 61, "no memory for a search");
    if (s.status == CX_OK) {
        nlopt_set_lower_bounds1(s.opt, 0);
        nlopt_set_upper_bounds1(s.opt, 1);
        nlopt_set_min_objective(s.opt, cost, &s);
        nlopt_set_maxeval(s.opt, how->points);
        nlopt_set_xtol_abs1(s.opt, 1e-6);
        double last;
        nlopt_optimize(s.opt, at, &last); /* the best point is kept by cost() whatever ends it */
    }
    if (s.status == CX_OK && !isfinite(s.best))
        s.status = cx_fail(e, CX_NUMERIC, 132, "no point of the search can be computed");
    nlopt_destroy(s.opt);
    free(s.r);
    return s.status;
}
