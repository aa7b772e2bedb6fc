/* Least squares in a box on problems with known answers: values, errors, profiles, draws, and intervals that cover the
 * truth as often as they say. */
#include "check.h"
#include "study/likelihood.h"
#include "study/posterior.h"

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <stdlib.h>

enum { N = 24, TRIALS = 200 };

/* y = a exp(-b t) + noise, a in 0..4, b in 0..2; t = 0.125 i */
struct decay {
    double y[N], sigma;
    bool broken; /* every point fails */
};

static enum cx_status residuals(void *user, int points, const double *u, double *r,
                                struct cx_error *e) {
    const struct decay *d = user;
    (void)e;
    for (int p = 0; p < points; p++)
        for (int i = 0; i < N; i++) {
            const double a = 4 * u[2 * p], b = 2 * u[2 * p + 1];
            r[p * N + i] = d->broken ? NAN : (a * exp(-0.125 * b * i) - d->y[i]) / d->sigma;
        }
    return CX_OK;
}

static struct cx_problem problem_of(struct decay *d, bool scaled) {
    return (struct cx_problem){
        .n = N, .p = 2, .scaled = scaled, .step = 1e-4, .look = residuals, .user = d};
}

static void make(struct decay *d, const double truth[2], gsl_rng *rng) {
    for (int i = 0; i < N; i++)
        d->y[i] = 4 * truth[0] * exp(-0.25 * truth[1] * i) + gsl_ran_gaussian(rng, 0.1);
}

/* Without noise the truth, from far off, by all three methods. */
static void test_exact(void) {
    struct decay d = {.sigma = 1};
    struct cx_fit f;
    struct cx_error e = {0};
    for (int i = 0; i < N; i++) d.y[i] = 2.4 * exp(-0.125 * 0.6 * i);
    const struct cx_problem pb = problem_of(&d, true);
    const double start[2] = {0.05, 0.95};
    CHECK(cx_fit_local(&pb, start, &f, &e) == CX_OK && f.converged);
    CHECK_NEAR(f.u[0], 0.6, 1e-6);
    CHECK_NEAR(f.u[1], 0.3, 1e-6);
    for (int whole = 0; whole < 2; whole++) {
        double u[2] = {0.05, 0.95};
        CHECK(cx_fit_search(&pb, &(struct cx_search){whole, 400}, u, &e) == CX_OK);
        CHECK_NEAR(u[0], 0.6, 2e-3);
        CHECK_NEAR(u[1], 0.3, 2e-3);
    }
}

/* A straight line: the covariance is (A'A)^-1, the profile a parabola. */
static enum cx_status line(void *user, int points, const double *u, double *r, struct cx_error *e) {
    const double *y = user;
    (void)e;
    for (int p = 0; p < points; p++)
        for (int i = 0; i < N; i++) r[p * N + i] = u[2 * p] + u[2 * p + 1] * i / N - y[i];
    return CX_OK;
}

static void test_line(void) {
    double y[N], s[3] = {0};
    struct cx_fit f;
    struct cx_profile_curve c;
    struct cx_error e = {0};
    for (int i = 0; i < N; i++) {
        const double x = (double)i / N;
        y[i] = 0.4 + 0.3 * x + 0.01 * (i % 3 - 1);
        s[0] += 1, s[1] += x, s[2] += x * x;
    }
    const double det = s[0] * s[2] - s[1] * s[1];
    const struct cx_problem pb = {N, 2, false, 1e-3, line, y};
    CHECK(cx_fit_local(&pb, (double[2]){0.5, 0.5}, &f, &e) == CX_OK);
    CHECK_NEAR(f.variance, f.cost / (N - 2), 1e-15);
    CHECK_NEAR(f.se[0] / sqrt(f.variance * s[2] / det), 1, 1e-6);
    CHECK_NEAR(f.se[1] / sqrt(f.variance * s[0] / det), 1, 1e-6);
    CHECK_NEAR(cx_fit_correlation(&f, 0, 1), -s[1] / sqrt(s[0] * s[2]), 1e-6);
    CHECK(cx_profile_curve_make(&pb, &f, &(struct cx_profile_wish){1, 0.9}, &c, &e) == CX_OK);
    const double half = cx_fit_quantile(&f, 0.9) * f.se[1];
    CHECK(!c.open_low && !c.open_high && !c.lower);
    CHECK_NEAR(c.low, f.u[1] - half, 1e-3 * half);
    CHECK_NEAR(c.high, f.u[1] + half, 1e-3 * half);
}

/* Intervals of 90 % hold the truth in 180 of 200 cases, give or take three standard deviations (4.2 each). */
static void test_coverage(void) {
    const double truth[2] = {0.6, 0.3};
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    gsl_rng_set(rng, 20);
    for (int scaled = 0; scaled < 2; scaled++) {
        int linear[2] = {0}, profiled[2] = {0};
        for (int trial = 0; trial < TRIALS; trial++) {
            struct decay d = {.sigma = scaled ? 0.1 : 1};
            const struct cx_problem pb = problem_of(&d, scaled);
            struct cx_fit f;
            struct cx_error e = {0};
            make(&d, truth, rng);
            CHECK(cx_fit_local(&pb, (double[2]){0.5, 0.5}, &f, &e) == CX_OK);
            const double q = cx_fit_quantile(&f, 0.9);
            for (int i = 0; i < 2; i++) {
                struct cx_profile_curve c;
                const struct cx_profile_wish wish = {i, 0.9};
                CHECK(cx_profile_curve_make(&pb, &f, &wish, &c, &e) == CX_OK);
                linear[i] += fabs(f.u[i] - truth[i]) < q * f.se[i];
                profiled[i] += c.low < truth[i] && truth[i] < c.high;
            }
        }
        for (int i = 0; i < 2; i++) {
            printf("  sigma %s, value %d: linear %d, profile %d of %d\n",
                   scaled ? "known" : "estimated", i, linear[i], profiled[i], TRIALS);
            CHECK(abs(linear[i] - 180) <= 13);
            CHECK(abs(profiled[i] - 180) <= 13);
        }
    }
    gsl_rng_free(rng);
}

/* The chains have the mean and the spread of the fit where the problem is nearly linear; the same seed, the same draws. */
static void test_draws(void) {
    const double truth[2] = {0.6, 0.3};
    struct decay d = {.sigma = 0.1};
    struct cx_fit f;
    struct cx_error e = {0};
    struct cx_posterior a, b, linear;
    const struct cx_posterior_wish wish = {4000, 2000, 3};
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    make(&d, truth, rng);
    gsl_rng_free(rng);
    const struct cx_problem pb = problem_of(&d, true);
    CHECK(cx_fit_local(&pb, truth, &f, &e) == CX_OK);
    CHECK(cx_posterior_chains(&pb, &f, &wish, &a, &e) == CX_OK);
    CHECK(cx_posterior_chains(&pb, &f, &wish, &b, &e) == CX_OK);
    CHECK(cx_posterior_linear(&f, &wish, &linear, &e) == CX_OK && linear.linearised);
    CHECK(memcmp(a.u, b.u, 8000 * sizeof *a.u) == 0);
    CHECK(a.r_hat < 1.05 && a.effective > 300 && a.accepted > 0.1 && a.accepted < 0.7);
    for (int i = 0; i < 2; i++) {
        double mean[2] = {0}, square[2] = {0};
        const double *const of[2] = {a.u, linear.u};
        for (int m = 0; m < 2; m++)
            for (int k = 0; k < 4000; k++) {
                mean[m] += of[m][2 * k + i] / 4000;
                square[m] += of[m][2 * k + i] * of[m][2 * k + i] / 4000;
            }
        for (int m = 0; m < 2; m++) {
            CHECK_NEAR(mean[m], f.u[i], 0.25 * f.se[i]);
            CHECK_NEAR(sqrt(square[m] - mean[m] * mean[m]) / f.se[i], 1, 0.15);
        }
    }
    cx_posterior_free(&a);
    cx_posterior_free(&b);
    cx_posterior_free(&linear);
}

/* Only the sum of the two is seen. */
static enum cx_status sum(void *user, int points, const double *u, double *r, struct cx_error *e) {
    (void)user, (void)e;
    for (int p = 0; p < points; p++)
        for (int i = 0; i < N; i++)
            r[p * N + i] = (u[2 * p] + u[2 * p + 1]) * i / N - i * 0.8 / N + 0.02 * (i % 2 - 0.5);
    return CX_OK;
}

static void test_unidentifiable(void) {
    const struct cx_problem pb = {N, 2, false, 1e-3, sum, NULL};
    struct cx_fit f;
    struct cx_profile_curve c;
    struct cx_error e = {0};
    CHECK(cx_fit_local(&pb, (double[2]){0.5, 0.2}, &f, &e) == CX_OK);
    CHECK_NEAR(f.u[0] + f.u[1], 0.8, 0.02);
    CHECK(f.spread > 1e6 && fabs(f.weak[0] + f.weak[1]) < 1e-3);
    CHECK(cx_profile_curve_make(&pb, &f, &(struct cx_profile_wish){0, 0.9}, &c, &e) == CX_OK);
    CHECK(c.open_low);
}

/* A minimum beyond the box ends at its side and says so; a start that fails is an error with a number. */
static void test_bounds_and_failures(void) {
    struct decay d = {.sigma = 1};
    struct cx_fit f;
    struct cx_error e = {0};
    for (int i = 0; i < N; i++) d.y[i] = 6 * exp(-0.125 * 0.6 * i);
    struct cx_problem pb = problem_of(&d, false);
    CHECK(cx_fit_local(&pb, (double[2]){0.5, 0.5}, &f, &e) == CX_OK);
    CHECK(f.high[0] && !f.low[0] && f.u[0] <= 1);
    d.broken = true;
    CHECK(cx_fit_local(&pb, (double[2]){0.5, 0.5}, &f, &e) == CX_NUMERIC && e.code == 132);
    CHECK(cx_fit_search(&pb, &(struct cx_search){true, 20}, (double[2]){0.5, 0.5}, &e) ==
          CX_NUMERIC);
    pb.n = 2;
    CHECK(cx_fit_local(&pb, (double[2]){0.5, 0.5}, &f, &e) == CX_CONFIG);
}

int main(void) {
    RUN(test_exact);
    RUN(test_line);
    RUN(test_coverage);
    RUN(test_draws);
    RUN(test_unidentifiable);
    RUN(test_bounds_and_failures);
    return check_done();
}
