/* fronts.c - travelling fronts in a column: speed and shape [see tests/models/fronts].
 * Values that are computed, not exact, come from reference.csv: a front that starts from a step is slower than its final
 * speed for a long time (Bramson 1983). */
#include "validation/exact/exact.h"

extern const struct cx_model cx_model_fronts;

enum { FISHER, POROUS, NAGUMO };
static const char *const name[] = {"Fisher-KPP", "porous Fisher", "Nagumo a = 0.25"};
static const double speed[] = {2.0412414523193152, 0.70710678118654752, 0.35355339059327376};

struct front {
    int which;
    double middle; /* where z = 0 */
};
static double shape(const double x[3], const void *user) {
    const struct front *f = user;
    const double z = x[2] - f->middle;
    switch (f->which) {
    case FISHER: return pow(1 + exp(z / sqrt(6)), -2);
    case POROUS: return z < 0 ? -expm1(z / sqrt(2)) : 0;
    default: return 1 / (1 + exp(z / sqrt(2)));
    }
}
static double step(const double x[3], const void *user) {
    const struct front *f = user;
    return x[2] < f->middle ? 1 : 0;
}

static void open_column(struct box *b, double length, int n) {
    box_open(b, &(struct box_spec){.model = &cx_model_fronts,
                                   .shape = {1, 1, n},
                                   .size = {1, 1, length},
                                   .param = {0.25},
                                   .share = 1,
                                   .tolerance = 1e-4,
                                   .precision = CX_DOUBLE});
}

/* Where the falling profile of species q passes `level`. */
static double passes(const struct box *b, int q, double level) {
    const double *u = b->system.u[q], *z = b->grid.axis[CX_Z].center;
    for (int k = b->grid.shape[2] - 1; k > 0; k--)
        if (u[k - 1] >= level && u[k] < level)
            return z[k - 1] + (z[k] - z[k - 1]) * (u[k - 1] - level) / (u[k - 1] - u[k]);
    return NAN;
}
/* Largest rise along a profile that should only fall. */
static double rise(const struct box *b, int q) {
    double most = 0;
    for (int k = 1; k < b->grid.shape[2]; k++)
        most = fmax(most, b->system.u[q][k] - b->system.u[q][k - 1]);
    return most;
}

/* A front that starts in its final shape: error after 20 um, order, and speed on the finest grid. */
static void exact_wave(int which) {
    struct exact_levels l = {name[which], "column", which == POROUS ? "L1; sharp front" : "L2",
                             0,           {0},      {0}};
    const double time = which == POROUS ? 16 : which == NAGUMO ? 30 : 8;
    double found = 0, worst = 0;
    for (int n = 250; n <= 2000; n *= 2) {
        struct box b;
        struct front f = {which, 40};
        open_column(&b, 100, n);
        box_fill(&b, b.system.u[which], shape, &f);
        const double level = which == FISHER ? 0.25 : 0.5, before = passes(&b, which, level);
        box_march(&b, time, n / 2);
        found = (passes(&b, which, level) - before) / time;
        worst = fmax(worst, rise(&b, which));
        f.middle += speed[which] * time;
        const struct box_error e = box_error(&b, which, shape, &f);
        exact_note(&l, 100.0 / n, which == POROUS ? e.l1 : e.l2);
        box_close(&b);
    }
    exact_order(&l, which == POROUS ? 1 : 2, 0.1);
    exact_near(name[which], "column", "speed of the exact wave",
               (double[]){speed[which], found, 1e-3 * speed[which]});
    exact_at_most(name[which], "column", "largest rise of the falling profile",
                  (double[]){1e-12, worst});
}

/* A front that starts as a step, which the step control smoothes until t = 1: mean speed from t = 60 to 80. */
static void from_step(int which, double length, double expected) {
    struct box b;
    const struct front f = {which, 20};
    open_column(&b, length, (int)(length / 0.05));
    box_fill(&b, b.system.u[which], step, &f);
    box_run(&b, 1, 1e-6);
    box_march(&b, 59, 2950);
    const double before = passes(&b, which, 0.5);
    box_march(&b, 20, 1000);
    exact_near(name[which], "column", "mean speed from a step; t = 60 to 80",
               (double[]){expected, (passes(&b, which, 0.5) - before) / 20, 1e-3 * expected});
    exact_at_most(name[which], "column", "largest rise from a step",
                  (double[]){1e-12, rise(&b, which)});
    box_close(&b);
}

void exact_fronts(void) {
    exact_wave(FISHER);
    exact_wave(POROUS);
    exact_wave(NAGUMO);
    from_step(FISHER, 220, 1.97961);
    from_step(POROUS, 110, 0.707258);
}
