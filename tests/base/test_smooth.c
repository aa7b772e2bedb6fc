/* exp, log10 and tanh in plain arithmetic: beside those of libm, at their limits, and exactly odd. */
#include "base/smooth.h"
#include "check.h"

#include <float.h>

enum { SAMPLES = 400000 };

/* Largest error in units of the last place that a number of the right size has (eps x |right|). */
struct worst {
    double error, at;
};
static void seen(struct worst *w, double x, double mine, double right, double eps) {
    const double error = right == 0 ? fabs(mine) : fabs(mine - right) / (eps * fabs(right));
    if (!(error > w->error)) return;
    *w = (struct worst){error, x};
}
static void below(const char *what, const struct worst *w, double most) {
    printf("  %s: %.2f last places at %.9g\n", what, w->error, w->at);
    CHECK_MSG(w->error > 0 && w->error < most, "%s: %g last places at %.17g", what, w->error,
              w->at);
}
/* Evenly over [from, to]. */
static double sample(int i, double from, double to) {
    return from + (to - from) * (i + 0.37) / SAMPLES;
}

static void doubles_follow_libm(void) {
    struct worst e = {0}, t = {0}, near = {0}, l = {0}, one = {0};
    for (int i = 0; i < SAMPLES; i++) {
        const double x = sample(i, -708, 709), y = sample(i, -21, 21), z = sample(i, -0.4, 0.4);
        seen(&e, x, cx_exp_f64(x), exp(x), DBL_EPSILON);
        seen(&t, y, cx_tanh_f64(y), tanh(y), DBL_EPSILON);
        seen(&near, z * z * z, cx_tanh_f64(z * z * z), tanh(z * z * z), DBL_EPSILON);
        const double any = exp(x), about = 1 + z;
        seen(&l, any, cx_log10_f64(any), log10(any), DBL_EPSILON);
        seen(&one, about, cx_log10_f64(about), log10(about), DBL_EPSILON);
    }
    below("exp", &e, 4);
    below("tanh", &t, 4);
    below("tanh near 0", &near, 4);
    below("log10", &l, 4);
    below("log10 near 1", &one, 4);
}

static void floats_follow_libm(void) {
    struct worst e = {0}, t = {0}, near = {0}, l = {0}, one = {0};
    for (int i = 0; i < SAMPLES; i++) {
        const float x = (float)sample(i, -87, 88), y = (float)sample(i, -11, 11),
                    z = (float)sample(i, -0.4, 0.4), any = (float)exp((double)x), about = 1 + z;
        const float tiny = z * z * z;
        seen(&e, (double)x, (double)cx_exp_f32(x), exp((double)x), (double)FLT_EPSILON);
        seen(&t, (double)y, (double)cx_tanh_f32(y), tanh((double)y), (double)FLT_EPSILON);
        seen(&near, (double)tiny, (double)cx_tanh_f32(tiny), tanh((double)tiny),
             (double)FLT_EPSILON);
        seen(&l, (double)any, (double)cx_log10_f32(any), log10((double)any), (double)FLT_EPSILON);
        seen(&one, (double)about, (double)cx_log10_f32(about), log10((double)about),
             (double)FLT_EPSILON);
    }
    below("expf", &e, 4);
    below("tanhf", &t, 4);
    below("tanhf near 0", &near, 4);
    below("log10f", &l, 4);
    below("log10f near 1", &one, 4);
}

static void limits_are_held(void) {
    CHECK(cx_exp_f64(0) == 1 && cx_exp_f32(0) == 1);
    CHECK(cx_tanh_f64(0) == 0 && cx_tanh_f32(0) == 0);
    CHECK(cx_log10_f64(1) == 0 && cx_log10_f32(1) == 0);
    CHECK(cx_exp_f64(-1e300) > 0 && cx_exp_f64(-1e300) < 1e-300);
    CHECK(isfinite(cx_exp_f64(1e300)) && isfinite(cx_exp_f32(1e30f)));
    CHECK(cx_exp_f32(-1e30f) > 0 && cx_exp_f32(-1e30f) < 1e-37f);
    CHECK(cx_tanh_f64(1e300) == 1 && cx_tanh_f64(-1e300) == -1);
    CHECK(cx_tanh_f32(1e30f) == 1 && cx_tanh_f32(-1e30f) == -1);
    CHECK_NEAR(cx_log10_f64(0), log10(DBL_MIN), 1e-12);
    CHECK_NEAR((double)cx_log10_f32(-3), log10((double)FLT_MIN), 1e-5);
    CHECK(isnan(cx_exp_f64(NAN)) && isnan(cx_tanh_f64(NAN)));
}

static void tanh_is_odd(void) {
    for (int i = 0; i < 1000; i++) {
        const double x = i * 0.013;
        CHECK(cx_tanh_f64(-x) == -cx_tanh_f64(x));
        CHECK(cx_tanh_f32((float)-x) == -cx_tanh_f32((float)x));
    }
}

int main(void) {
    RUN(doubles_follow_libm);
    RUN(floats_follow_libm);
    RUN(limits_are_held);
    RUN(tanh_is_odd);
    return check_done();
}
