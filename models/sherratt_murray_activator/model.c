/* model.c - epidermal wound healing under a chemical that activates mitosis, Sherratt & Murray 1990, 1991.
 *
 * Two fields relative to their healthy values: cell density n and chemical c.  Wound: both are 0; rim: both are held at 1.
 *   dn/dt = div(D grad n) + k (2 s(c) n - (1 + s(c) n) n)            dc/dt = div(Dc grad c) + lambda (g(n) - c)
 *   s(c) = [1 - (1 - b) (1 - c) (cm^2 - c) / (cm^2 + c^2)]           g(n) = n (1 + a^2) / (n^2 + a^2)
 * The published s(c) = 2 cm (h - b) c / (cm^2 + c^2) + b is the same function, written so that s(1) is exactly 1;
 * [x] = max(x, 0) does nothing at the published values. */
#include "engine/model.h"

/* clang-format off */
#define CURATED "scripts A5, A7 of Pac0S/Projet-Cicatrisation-EDO; scaled by 5 mm and 0.01/h, from memory"
#define PARAMS(X)                                                                                  \
    X(cell_diffusion, "um2/h", 125, 0, 1e9, "D, motility of epidermal cells (dimensionless 5e-4)", CURATED) \
    X(chemical_diffusion, "um2/h", 112500, 0, 1e9, "Dc, of the chemical (dimensionless 0.45)", CURATED) \
    X(cell_turnover, "1/h", 0.01, 0, 1e3, "k, loss of cells in health", "10.1098/rspb.1990.0061, from memory")        \
    X(chemical_decay, "1/h", 0.3, 0, 1e6, "lambda, decay of the chemical (dimensionless 30)", CURATED) \
    X(mitosis_most, "1", 10, 1, 1000, "h, largest mitosis, at c = cm", CURATED)                      \
    X(chemical_best, "1", 40, 1.5, 1e4, "cm, chemical at which mitosis is largest", CURATED)          \
    X(release_density, "1", 0.1, 1e-3, 10, "a (alpha), cell density at which most chemical is made", CURATED)
#define DERIVED(X) X(mitosis_without, "1", "b = (1 + cm^2 - 2 h cm) / (1 - cm)^2, mitosis without chemical")
#define SPECIES(X)                                                                                 \
    X(cells, "1", MOVES, 1, "n, epidermal cells, 1 in health")                                     \
    X(chemical, "1", MOVES, 1, "c, activator of mitosis, 1 in health")
#define INPUTS(X) X(depth, "depth below the surface, um; not used")
#define MEASURES(X)                                                                                \
    X(density, "1", "n")                                                                           \
    X(missing, "1", "1 - n where it is positive")                                                  \
    X(activator, "1", "c")                                                                         \
    X(mitosis, "1", "s(c), mitosis relative to health")
#define SERIES(X)                                                                                  \
    X("density", "1", "density", "", CX_ALL, CX_MEAN, "mean cell density")                         \
    X("density_largest", "1", "density", "", CX_ALL, CX_MAX, "largest cell density")               \
    X("missing", "1", "missing", "", CX_ALL, CX_MAX, "largest lack of cells")                      \
    X("chemical", "1", "activator", "", CX_ALL, CX_MEAN, "mean chemical")                          \
    X("chemical_largest", "1", "activator", "", CX_ALL, CX_MAX, "largest chemical")                \
    X("mitosis_smallest", "1", "mitosis", "", CX_ALL, CX_MIN, "smallest mitosis")                  \
    X("mitosis_largest", "1", "mitosis", "", CX_ALL, CX_MAX, "largest mitosis")
#define COMPARED "compared with an independent solution, see validation/published"
#define OUTCOMES(X)                                                                                \
    X("healing_time", "h", "missing", CX_LAST_ABOVE, 0.2, "Hours until the cell density is above 0.8 everywhere.", COMPARED) \
    X("density_peak", "1", "density_largest", CX_LARGEST, 0, "Largest cell density.", COMPARED)    \
    X("chemical_peak", "1", "chemical_largest", CX_LARGEST, 0, "Largest chemical.", COMPARED)      \
    X("density_end", "1", "density", CX_AT_END, 0, "Mean cell density at the end.", "1 in health, by definition")
/* clang-format on */
CX_DECLARE

/* s(c): b without chemical, exactly 1 in health, h at c = cm.  Not below 0, where a very large h would take it. */
CX_POINT real mitosis_of(const struct params *p, real c) {
    const real best = p->chemical_best * p->chemical_best;
    return cx_positive(R(1) -
                       (R(1) - p->mitosis_without) * (R(1) - c) * (best - c) / (best + c * c));
}

CX_POINT void rates(const struct params *p, const struct point *u, const struct input *in,
                    struct point *gain, struct point *loss) {
    (void)in;
    const real n = u->cells, s = mitosis_of(p, u->chemical);
    const real a2 = p->release_density * p->release_density;
    gain->cells = p->cell_turnover * R(2) * s * n;
    loss->cells = p->cell_turnover * (R(1) + s * n);
    gain->chemical = p->chemical_decay * (n * (R(1) + a2) / (n * n + a2));
    loss->chemical = p->chemical_decay;
}

CX_POINT void movement(const struct params *p, const struct point *u, const struct input *in,
                       struct point *D, struct point *phi) {
    (void)u, (void)in, (void)phi;
    D->cells = p->cell_diffusion;
    D->chemical = p->chemical_diffusion;
}

CX_POINT void measure(const struct params *p, const struct point *u, const struct input *in,
                      struct measure *m) {
    (void)in;
    m->density = u->cells;
    m->missing = cx_positive(R(1) - u->cells);
    m->activator = u->chemical;
    m->mitosis = mitosis_of(p, u->chemical);
}

CX_POINT void derive(struct params *p, const struct cx_context *c) {
    (void)c;
    const real h = p->mitosis_most, cm = p->chemical_best;
    p->mitosis_without = (R(1) + cm * cm - R(2) * h * cm) / ((R(1) - cm) * (R(1) - cm));
}

CX_POINT void healthy(const struct params *p, const struct input *in, const struct cx_context *c,
                      struct point *u) {
    (void)p, (void)in, (void)c;
    u->cells = u->chemical = 1;
}

/* What is wounded holds neither cells nor chemical: exactly none, because n = 0 is unstable and would grow from what
 * rounding leaves of a share. */
CX_POINT void hurt(const struct params *p, const struct cx_hit *h, const struct input *in,
                   struct point *u) {
    (void)p, (void)in;
    const real left = R(1 - h->destroyed), kept = left > R(1e-9) ? left : 0;
    u->cells *= kept;
    u->chemical *= kept;
}

CX_MODEL(sherratt_murray_activator, "Epidermal wound healing, mitosis activated by a chemical",
         "Sherratt JA, Murray JD (1990) Proc R Soc Lond B 241:29-36; (1991) J Math Biol 29:389-404")
