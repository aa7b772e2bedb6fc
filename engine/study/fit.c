/* fit.c - the nearest minimum by Levenberg and Marquardt's method; see fit.h */
#include "study/fit.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_linalg.h>
#include <gsl/gsl_multifit_nlinear.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ITERATIONS_MOST = 60 };
static const double edge = 1e-4; /* share of the range within which a value lies at its bound */
static const double refused =
    1e75; /* residual of a point that cannot be computed: never accepted */

struct work {
    const struct cx_problem *pb;
    double *r; /* [2 p][n] */
    enum cx_status status;
    struct cx_error *e;
};

double cx_sum_of_squares(const double *r, int n) {
    double sum = 0;
    for (int i = 0; i < n; i++) sum += r[i] * r[i];
    return sum;
}

static double inside(double z) { return 0.5 * (1 + sin(z)); }
static double outside(double u) {
    const double held = fmin(fmax(u, 0.01), 0.99); /* a start on a bound would have no slope */
    return asin(2 * held - 1);
}

static int residuals(const gsl_vector *z, void *work, gsl_vector *f) {
    struct work *w = work;
    double u[CX_FIT_MOST];
    for (int i = 0; i < w->pb->p; i++) u[i] = inside(gsl_vector_get(z, (size_t)i));
    w->status = w->pb->look(w->pb->user, 1, u, w->r, w->e);
    if (w->status != CX_OK) return GSL_EFAILED;
    const bool good = isfinite(cx_sum_of_squares(w->r, w->pb->n));
    for (int i = 0; i < w->pb->n; i++) gsl_vector_set(f, (size_t)i, good ? w->r[i] : refused);
    return GSL_SUCCESS;
}

/* ---- slopes ---------------------------------------------------------------------------------- */

/* Two points beside u along every axis, inside the box: at [2 i], [2 i + 1]. */
static void neighbours(const struct cx_problem *pb, const double *u, double *at) {
    const int p = pb->p;
    for (int i = 0; i < 2 * p; i++) {
        double *beside = at + (size_t)i * (size_t)p, *x = &beside[i / 2];
        memcpy(beside, u, (size_t)p * sizeof *u);
        *x = i % 2 ? fmin(u[i / 2] + pb->step, 1) : fmax(u[i / 2] - pb->step, 0);
    }
}

/* dr/du [n][p], by central differences; a neighbour that cannot be computed makes its column NaN.  r: [2 p][n], room. */
static enum cx_status slopes(const struct cx_problem *pb, const double *u, double *r, double *J,
                             struct cx_error *e) {
    const int n = pb->n, p = pb->p;
    double at[2 * CX_FIT_MOST * CX_FIT_MOST];
    neighbours(pb, u, at);
    CX_TRY(pb->look(pb->user, 2 * p, at, r, e));
    for (int j = 0; j < p; j++) {
        const double *low = r + (size_t)(2 * j) * (size_t)n, *high = low + n;
        const double span = at[(2 * j + 1) * p + j] - at[2 * j * p + j];
        for (int i = 0; i < n; i++) J[i * p + j] = (high[i] - low[i]) / span;
    }
    return CX_OK;
}

static int jacobian(const gsl_vector *z, void *work, gsl_matrix *J) {
    struct work *w = work;
    const int n = w->pb->n, p = w->pb->p;
    double u[CX_FIT_MOST];
    double *made = malloc((size_t)n * (size_t)p * sizeof *made);
    for (int j = 0; j < p; j++) u[j] = inside(gsl_vector_get(z, (size_t)j));
    w->status = CX_STORAGE;
    if (made)
        w->status = slopes(w->pb, u, w->r, made, w->e);
    else
        cx_fail(w->e, CX_STORAGE, 61, "no memory for the slopes of a fit");
    bool good = w->status == CX_OK;
    for (int i = 0; good && i < n; i++)
        for (int j = 0; j < p; j++) {
            const double slope = made[i * p + j] * 0.5 * cos(gsl_vector_get(z, (size_t)j));
            gsl_matrix_set(J, (size_t)i, (size_t)j, slope);
            good = good && isfinite(slope);
        }
    free(made);
    return good ? GSL_SUCCESS : GSL_EFAILED;
}

/* ---- how well it is determined --------------------------------------------------------------- */

/* Singular value decomposition of J by GSL: J becomes U, S ascending is S[p-1] .. S[0]. */
static void take_covariance(const gsl_matrix *V, const gsl_vector *S, struct cx_fit *f) {
    const int p = f->p;
    const double top = gsl_vector_get(S, 0), least = gsl_vector_get(S, (size_t)p - 1);
    f->spread = least > 0 ? top / least : INFINITY;
    for (int i = 0; i < p; i++) f->weak[i] = gsl_matrix_get(V, (size_t)i, (size_t)p - 1);
    for (int i = 0; i < p; i++)
        for (int j = 0; j < p; j++) {
            double sum = 0;
            for (int k = 0; k < p; k++) {
                const double s = fmax(gsl_vector_get(S, (size_t)k), 1e-9 * top);
                sum += gsl_matrix_get(V, (size_t)i, (size_t)k) *
                       gsl_matrix_get(V, (size_t)j, (size_t)k) / (s * s);
            }
            f->cov[i * p + j] = f->variance * sum;
        }
    for (int i = 0; i < p; i++) f->se[i] = sqrt(f->cov[i * p + i]);
}

static enum cx_status decompose(struct cx_fit *f, const double *J, struct cx_error *e) {
    const size_t n = (size_t)f->n, p = (size_t)f->p;
    gsl_matrix *U = gsl_matrix_alloc(n, p), *V = gsl_matrix_alloc(p, p);
    gsl_vector *S = gsl_vector_alloc(p), *room = gsl_vector_alloc(p);
    const enum cx_status status = U && V && S && room ? CX_OK : CX_STORAGE;
    if (status) cx_fail(e, status, 61, "no memory for the errors of a fit");
    bool finite = true;
    for (size_t i = 0; i < n * p && status == CX_OK; i++) {
        U->data[(i / p) * U->tda + i % p] = J[i];
        finite = finite && isfinite(J[i]);
    }
    if (status == CX_OK && finite && gsl_linalg_SV_decomp(U, V, S, room) == GSL_SUCCESS &&
        gsl_vector_get(S, 0) > 0) {
        take_covariance(V, S, f);
    } else if (status == CX_OK) {
        for (int i = 0; i < f->p; i++) f->se[i] = INFINITY;
        f->spread = INFINITY;
    }
    gsl_vector_free(room);
    gsl_vector_free(S);
    gsl_matrix_free(V);
    gsl_matrix_free(U);
    return status;
}

enum cx_status cx_fit_judge(const struct cx_problem *pb, struct cx_fit *f, struct cx_error *e) {
    const size_t n = (size_t)pb->n, p = (size_t)pb->p;
    double *room = malloc(3 * n * p * sizeof *room);
    if (!room) return cx_fail(e, CX_STORAGE, 61, "no memory for the errors of a fit");
    gsl_error_handler_t *before = gsl_set_error_handler_off();
    f->variance = pb->scaled ? 1 : f->cost / (double)(pb->n - pb->p);
    for (int i = 0; i < f->p; i++) {
        f->low[i] = f->u[i] < edge;
        f->high[i] = f->u[i] > 1 - edge;
    }
    enum cx_status status = slopes(pb, f->u, room, room + 2 * n * p, e);
    if (status == CX_OK) status = decompose(f, room + 2 * n * p, e);
    gsl_set_error_handler(before);
    free(room);
    return status;
}

double cx_fit_quantile(const struct cx_fit *f, double level) {
    const double upper = 0.5 * (1 + level);
    return f->scaled ? gsl_cdf_ugaussian_Pinv(upper) : gsl_cdf_tdist_Pinv(upper, f->n - f->p);
}

/* ---- the descent ----------------------------------------------------------------------------- */

static enum cx_status descend(struct work *w, gsl_vector *z, struct cx_fit *f) {
    const size_t n = (size_t)f->n, p = (size_t)f->p;
    gsl_multifit_nlinear_parameters options = gsl_multifit_nlinear_default_parameters();
    gsl_multifit_nlinear_fdf fdf = {.f = residuals, .df = jacobian, .n = n, .p = p, .params = w};
    gsl_multifit_nlinear_workspace *s =
        gsl_multifit_nlinear_alloc(gsl_multifit_nlinear_trust, &options, n, p);
    int why = 0;
    if (!s) return cx_fail(w->e, CX_STORAGE, 61, "no memory for a fit");
    int done = gsl_multifit_nlinear_init(z, &fdf, s);
    if (done == GSL_SUCCESS && gsl_vector_get(s->f, 0) == refused)
        w->status = cx_fail(w->e, CX_NUMERIC, 132, "the run at the start of the fit fails");
    if (done == GSL_SUCCESS && w->status == CX_OK) {
        done = gsl_multifit_nlinear_driver(ITERATIONS_MOST, 1e-6, 1e-9, 1e-10, NULL, NULL, &why, s);
        f->converged = done == GSL_SUCCESS || done == GSL_ENOPROG;
        f->iterations = (int)gsl_multifit_nlinear_niter(s);
        for (size_t i = 0; i < p; i++) f->u[i] = inside(gsl_vector_get(s->x, i));
        f->cost = cx_sum_of_squares(s->f->data, f->n);
    } else if (w->status == CX_OK) {
        w->status = cx_fail(w->e, CX_NUMERIC, 132, "the runs beside the start of the fit fail");
    }
    gsl_multifit_nlinear_free(s);
    return w->status;
}

enum cx_status cx_fit_local(const struct cx_problem *pb, const double *start, struct cx_fit *f,
                            struct cx_error *e) {
    const size_t n = (size_t)pb->n, p = (size_t)pb->p;
    *f = (struct cx_fit){.n = pb->n, .p = pb->p, .scaled = pb->scaled};
    if (pb->n <= pb->p) return cx_fail(e, CX_CONFIG, 132, "%d data for %d unknowns", pb->n, pb->p);
    gsl_error_handler_t *before = gsl_set_error_handler_off();
    struct work w = {.pb = pb, .r = malloc(2 * p * n * sizeof *w.r), .e = e};
    gsl_vector *z = gsl_vector_alloc(p);
    enum cx_status status = CX_OK;
    if (!w.r || !z) status = cx_fail(e, CX_STORAGE, 61, "no memory for a fit");
    for (size_t i = 0; z && i < p; i++) gsl_vector_set(z, i, outside(start[i]));
    if (status == CX_OK) status = descend(&w, z, f);
    gsl_vector_free(z);
    free(w.r);
    gsl_set_error_handler(before);
    return status == CX_OK ? cx_fit_judge(pb, f, e) : status;
}
