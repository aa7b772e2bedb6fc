/* model.c - epidermal wound healing under a chemical that inhibits mitosis, Sherratt & Murray 1990, 1991.
 *
 * Two fields relative to their healthy values: cell density n and chemical c.  Wound: both are 0; rim: both are held at 1.
 *   dn/dt = div(D grad n) + k (2 s(c) n - (1 + s(c) n) n)            dc/dt = div(Dc grad c) + lambda (g(n) - c)
 *   s(c) = 1 + (h - 1) (1 - c) / (2 (h - 1) c + 1)                   g(n) = n
 * The published s(c) = ((h - 1) c + h) / (2 (h - 1) c + 1) is the same function, written so that s(1) is exactly 1. */
#include "engine/model.h"

/* clang-format off */
#define CURATED "scripts A5, A7 of Pac0S/Projet-Cicatrisation-EDO; scaled by 5 mm and 0.01/h, from memory"
#define PARAMS(X)                                                                                  \
    X(cell_diffusion, "um2/h", 25, 0, 1e9, "D, motility of epidermal cells (dimensionless 1e-4)", CURATED) \
    X(chemical_diffusion, "um2/h", 212500, 0, 1e9, "Dc, of the chemical (dimensionless 0.85)", CURATED) \
    X(cell_turnover, "1/h", 0.01, 0, 1e3, "k, loss of cells in health", "10.1098/rspb.1990.0061, from memory")        \
    X(chemical_decay, "1/h", 0.05, 0, 1e6, "lambda, decay of the chemical (dimensionless 5)", CURATED) \
    X(mitosis_most, "1", 10, 1, 1000, "h, mitosis without chemical", CURATED)
#define DERIVED(X) X(inhibition, "1", "h - 1")
#define SPECIES(X)                                                                                 \
    X(cells, "1", MOVES, 1, "n, epidermal cells, 1 in health")                                     \
    X(chemical, "1", MOVES, 1, "c, inhibitor of mitosis, 1 in health")
#define INPUTS(X) X(depth, "depth below the surface, um; not used")
#define MEASURES(X)                                                                                \
    X(density, "1", "n")                                                                           \
    X(missing, "1", "1 - n where it is positive")                                                  \
    X(inhibitor, "1", "c")                                                                         \
    X(mitosis, "1", "s(c), mitosis relative to health")
#define SERIES(X)                                                                                  \
    X("density", "1", "density", "", CX_ALL, CX_MEAN, "mean cell density")                         \
    X("density_largest", "1", "density", "", CX_ALL, CX_MAX, "largest cell density")               \
    X("missing", "1", "missing", "", CX_ALL, CX_MAX, "largest lack of cells")                      \
    X("chemical", "1", "inhibitor", "", CX_ALL, CX_MEAN, "mean chemical")                          \
    X("chemical_largest", "1", "inhibitor", "", CX_ALL, CX_MAX, "largest chemical")                \
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

/* s(c): h without chemical, exactly 1 in health, 1/2 at most chemical. */
CX_POINT real mitosis_of(const struct params *p, real c) {
    return R(1) + p->inhibition * (R(1) - c) / (R(2) * p->inhibition * c + R(1));
}

CX_POINT void rates(const struct params *p, const struct point *u, const struct input *in,
                    struct point *gain, struct point *loss) {
    (void)in;
    const real n = u->cells, s = mitosis_of(p, u->chemical);
    gain->cells = p->cell_turnover * R(2) * s * n;
    loss->cells = p->cell_turnover * (R(1) + s * n);
    gain->chemical = p->chemical_decay * n;
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
    m->inhibitor = u->chemical;
    m->mitosis = mitosis_of(p, u->chemical);
}

CX_POINT void derive(struct params *p, const struct cx_context *c) {
    (void)c;
    p->inhibition = p->mitosis_most - R(1);
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

CX_MODEL(sherratt_murray_inhibitor, "Epidermal wound healing, mitosis inhibited by a chemical",
         "Sherratt JA, Murray JD (1990) Proc R Soc Lond B 241:29-36; (1991) J Math Biol 29:389-404")
