/* The reaction terms and parameters of published models, against numbers of their sources: fixed points and eigenvalues of
 * the circuit; rest, motility and derived values of the needle puncture.  Runs of them are in validation/published. */
#include "../contract/points.h"

#include <gsl/gsl_eigen.h>

static struct batch b;

static void start(const char *name) {
    const struct cx_model *m = cx_model_find(name);
    CHECK(m != NULL);
    batch_draw(&b, m, 0);
}

static int species_at(const char *name) {
    for (int q = 0; q < b.model->species_count; q++)
        if (strcmp(b.model->species[q].name, name) == 0) return q;
    CHECK_MSG(false, "no species '%s'", name);
    return 0;
}

static double derived(const char *name) {
    for (int i = 0; i < b.model->derived_count; i++)
        if (strcmp(b.model->derived[i].name, name) == 0) return b.p[b.model->param_count + i];
    CHECK_MSG(false, "no derived parameter '%s'", name);
    return NAN;
}

#define CHECK_CLOSE(x, wanted, relative)                                                           \
    CHECK_MSG(fabs((x) - (wanted)) <= (relative)*fabs(wanted), "%s is %.10g, not %.10g", #x, x,    \
              (double)(wanted))

/* f(u), 1/day, of the four fields of the circuit. */
static void change(const double u[4], double f[4]) {
    for (int q = 0; q < b.model->species_count; q++) b.u[q][0] = q < 4 ? u[q] : 0;
    batch_run(&b, false);
    for (int q = 0; q < 4; q++) f[q] = 24 * b.f[q][0];
}

/* Central differences of the engine's own terms. */
static void slopes(const double u[4], double J[16]) {
    for (int c = 0; c < 4; c++) {
        double up[4], down[4], above[4], below[4];
        memcpy(up, u, sizeof up);
        memcpy(down, u, sizeof down);
        const double h = 1e-5 * u[c];
        up[c] += h;
        down[c] -= h;
        change(up, above);
        change(down, below);
        for (int r = 0; r < 4; r++) J[4 * r + c] = (above[r] - below[r]) / (2 * h);
    }
}

/* Eigenvalues at u, all real, rising. */
static void rates_at(const double u[4], double rate[4]) {
    double J[16];
    slopes(u, J);
    gsl_matrix_view m = gsl_matrix_view_array(J, 4, 4);
    gsl_vector_complex *v = gsl_vector_complex_alloc(4);
    gsl_eigen_nonsymm_workspace *w = gsl_eigen_nonsymm_alloc(4);
    CHECK(gsl_eigen_nonsymm(&m.matrix, v, w) == 0);
    for (int i = 0; i < 4; i++) {
        rate[i] = GSL_REAL(gsl_vector_complex_get(v, (size_t)i));
        for (int j = i; j > 0 && rate[j] < rate[j - 1]; j--) {
            const double swap = rate[j];
            rate[j] = rate[j - 1];
            rate[j - 1] = swap;
        }
    }
    gsl_eigen_nonsymm_free(w);
    gsl_vector_complex_free(v);
}

/* F, M, C, P and the rates are of validation/published/reference/adler_2020_expected.csv. */
static void the_circuit_rests_where_it_should(void) {
    const struct {
        double u[4], rate[4];
    } point[] = {
        {{5328.8447, 4741.06007, 6e8, 504028837}, {-4.35365, -3.75835, -0.2257, 0.0992216}},
        {{481389.274, 639488.299, 6e8, 1.79910419e9}, {-339.831, -47.0441, -0.487163, -0.167932}}};
    start("adler_2020");
    CHECK_CLOSE(derived("csf_coexistence"), 6e8, 1e-14);
    for (int i = 0; i < 2; i++) {
        double f[4], rate[4];
        change(point[i].u, f);
        for (int q = 0; q < 4; q++)
            CHECK_MSG(fabs(f[q]) <= 1e-5 * point[i].u[q], "point %d: %s moves by %g/day", i,
                      b.model->species[q].name, f[q] / point[i].u[q]);
        rates_at(point[i].u, rate);
        for (int k = 0; k < 4; k++) CHECK_CLOSE(rate[k], point[i].rate[k], 1e-4);
    }
}

static void a_puncture_model_rests_in_health(void) {
    start("needle_puncture");
    for (int single = 0; single < 2; single++) {
        for (int i = 0; i < CELLS; i++)
            for (int q = 0; q < b.model->species_count; q++)
                b.u[q][i] = strcmp(b.model->species[q].name, "inflammation") == 0 ? 0 : 1;
        batch_run(&b, single);
        for (int q = 0; q < b.model->species_count; q++) CHECK(b.f[q][0] == 0);
    }
}

/* K_rr = G / room, K_fr: from the source's formulas; D_r: table in include/diffusivity.h of its repository, mm2/h. */
static void a_puncture_model_has_the_derived_numbers_of_its_source(void) {
    const double at[] = {0.01, 0.02, 0.05, 0.19, 1},
                 D[] = {2.32e-4, 1.31e-3, 6.00e-3, 2.12e-2, 6.12e-5};
    start("needle_puncture");
    CHECK_CLOSE(derived("growth") / derived("room"), 1.164267, 1e-6);
    CHECK_CLOSE(derived("collagen_half"), 0.704328, 1e-6);
    CHECK_CLOSE(0.00386 * 2.2 * derived("cytokine_lift"), 0.00694074, 1e-6);
    const int r = species_at("fibroblasts"), f = species_at("collagen");
    for (int i = 0; i < 5; i++) b.u[f][i] = at[i];
    batch_run(&b, false);
    for (int i = 0; i < 5; i++) CHECK_CLOSE(b.D[r][i], 1e6 * D[i], 3e-3);
}

int main(void) {
    RUN(the_circuit_rests_where_it_should);
    RUN(a_puncture_model_rests_in_health);
    RUN(a_puncture_model_has_the_derived_numbers_of_its_source);
    return check_done();
}
