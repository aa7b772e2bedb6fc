/* s(c) of Sherratt & Murray at the points where algebra gives it: in health, without chemical, at its best, at most. */
#include "check.h"
#include "run/run.h"

static double mitosis(const char *model, double c) {
    const struct cx_model *m = cx_model_find(model);
    double p[64], n = 1, depth = 0, out[CX_MEASURE_MAX];
    double *made[CX_MEASURE_MAX];
    const double *u[] = {&n, &c}, *in[] = {&depth};
    const struct cx_context nobody = {0};
    CHECK(m != NULL);
    if (!m) return NAN;
    for (int i = 0; i < m->param_count; i++) p[i] = m->params[i].fallback;
    m->derive(p, &nobody);
    for (int i = 0; i < m->measure_count; i++) made[i] = &out[i];
    m->f64->measure(p, u, in, made, 0, 1);
    for (int i = 0; i < m->measure_count; i++)
        if (strcmp(m->measures[i].name, "mitosis") == 0) return out[i];
    return NAN;
}

static void activator(void) {
    CHECK(mitosis("sherratt_murray_activator", 1) == 1);
    CHECK_NEAR(mitosis("sherratt_murray_activator", 0), 0.526627, 5e-7);
    CHECK_NEAR(mitosis("sherratt_murray_activator", 40), 10, 1e-12);
    const double h = 10, cm = 40, b = (1 + cm * cm - 2 * h * cm) / ((1 - cm) * (1 - cm));
    for (double c = 0; c < 100; c += 0.37)
        CHECK_NEAR(mitosis("sherratt_murray_activator", c),
                   2 * cm * (h - b) * c / (cm * cm + c * c) + b, 1e-12);
}

static void inhibitor(void) {
    CHECK(mitosis("sherratt_murray_inhibitor", 1) == 1);
    CHECK_NEAR(mitosis("sherratt_murray_inhibitor", 0), 10, 1e-12);
    CHECK_NEAR(mitosis("sherratt_murray_inhibitor", 1e12), 0.5, 1e-10);
    for (double c = 0; c < 100; c += 0.37)
        CHECK_NEAR(mitosis("sherratt_murray_inhibitor", c), (9 * c + 10) / (18 * c + 1), 1e-12);
}

int main(void) {
    RUN(activator);
    RUN(inhibitor);
    return check_done();
}
