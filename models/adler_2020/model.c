/* model.c - cell circuit of tissue repair and fibrosis: myofibroblasts F and macrophages M that feed each other through
 * the growth factors CSF (C, made by F, needed by M) and PDGF (P, made by both, needed by F).
 *
 *   dF/dt = F (lambda1 P/(k1+P) (1 - F/K) - mu1)
 *   dM/dt = M (lambda2 C/(k2+C) - mu2) + influx injury
 *   dC/dt = D_C laplacian C + beta1 F - alpha1 M C/(k2+C) - gamma C
 *   dP/dt = D_P laplacian P + beta2 M + beta3 F - alpha2 F P/(k1+P) - gamma P
 *
 * Adler et al. 2020: whether an injury heals or ends in fibrosis depends on how long macrophages keep coming in.
 * injury is 1 where a wound was made and stands still: it says where `influx` acts.  Health is empty: F = M = C = P = 0.
 * Rates are kept in the paper's units (1/day, 1/min); the engine counts in hours. */
#include "engine/model.h"

/* clang-format off */
#define ADLER "10.1016/j.isci.2020.100841, read in its public re-implementation (README.md)"
#define PARAMS(X) \
    X(myofibroblast_growth, "1/day", 0.9, 0, 100, "largest rate of division lambda1 of myofibroblasts", ADLER) \
    X(macrophage_growth, "1/day", 0.8, 0, 100, "largest rate of division lambda2 of macrophages", ADLER) \
    X(myofibroblast_death, "1/day", 0.3, 0, 100, "loss mu1 of myofibroblasts", ADLER) \
    X(macrophage_death, "1/day", 0.3, 0, 100, "loss mu2 of macrophages", ADLER) \
    X(capacity, "1/ml", 1e6, 1, 1e12, "density K at which myofibroblasts stop dividing", ADLER) \
    X(pdgf_half, "1/ml", 1e9, 1, 1e15, "PDGF k1 at half of its effect and of its uptake", ADLER) \
    X(csf_half, "1/ml", 1e9, 1, 1e15, "CSF k2 at half of its effect and of its uptake", ADLER) \
    X(csf_made, "1/min", 470, 0, 1e6, "CSF molecules beta1 made by a myofibroblast", ADLER) \
    X(pdgf_macrophages, "1/min", 70, 0, 1e6, "PDGF molecules beta2 made by a macrophage", ADLER) \
    X(pdgf_myofibroblasts, "1/min", 240, 0, 1e6, "PDGF molecules beta3 made by a myofibroblast", ADLER) \
    X(csf_uptake, "1/min", 940, 0, 1e6, "CSF molecules alpha1 that a macrophage takes up at most", ADLER) \
    X(pdgf_uptake, "1/min", 510, 0, 1e6, "PDGF molecules alpha2 that a myofibroblast takes up at most", ADLER) \
    X(factor_decay, "1/day", 2, 1e-3, 1000, "loss gamma of both factors", ADLER) \
    X(influx, "1/ml/day", 0, 0, 1e12, "macrophages that come into wounded tissue; pulses by `changes`", ADLER) \
    X(seed_myofibroblasts, "1/ml", 1, 0, 1e12, "myofibroblasts that a wound starts with", ADLER) \
    X(seed_macrophages, "1/ml", 1, 0, 1e12, "macrophages that a wound starts with", ADLER) \
    X(csf_diffusion, "um2/h", 7e4, 0, 1e7, "diffusivity D_C; the paper has no space", "assumed: as PDGF-BB") \
    X(pdgf_diffusion, "um2/h", 7e4, 0, 1e7, "diffusivity D_P; the paper has no space", "assumed: PDGF-BB in dermis, a quarter of its value in granulation tissue (10.1073/pnas.86.14.5385)")
#define DERIVED(X) X(csf_coexistence, "1/ml", "CSF wherever both cells live on: k2 mu2 / (lambda2 - mu2)")
/* Scales are those of one cell: the way back to health ends below it. */
#define SPECIES(X) \
    X(myofibroblasts, "1/ml", STILL, 1, "myofibroblasts F") \
    X(macrophages, "1/ml", STILL, 1, "macrophages M") \
    X(csf, "1/ml", MOVES, 1e6, "colony stimulating factor C, molecules") \
    X(pdgf, "1/ml", MOVES, 1e6, "platelet-derived growth factor P, molecules") \
    X(injury, "1", STILL, 1, "where a wound was made, 0..1")
#define INPUTS(X) X(depth, "um below the surface")
#define MEASURES(X) \
    X(myofibroblasts, "1/ml", "F") \
    X(macrophages, "1/ml", "M") \
    X(csf, "1/ml", "C") \
    X(pdgf, "1/ml", "P")
#define SERIES(X) \
    X("myofibroblasts", "1/ml", "myofibroblasts", "", CX_ALL, CX_MEAN, "myofibroblasts, mean") \
    X("macrophages", "1/ml", "macrophages", "", CX_ALL, CX_MEAN, "macrophages, mean") \
    X("csf", "1/ml", "csf", "", CX_ALL, CX_MEAN, "CSF, mean") \
    X("pdgf", "1/ml", "pdgf", "", CX_ALL, CX_MEAN, "PDGF, mean") \
    X("myofibroblasts_most", "1/ml", "myofibroblasts", "", CX_ALL, CX_MAX, "myofibroblasts, highest") \
    X("myofibroblasts_least", "1/ml", "myofibroblasts", "", CX_ALL, CX_MIN, "myofibroblasts, lowest")
#define FIXED_POINTS "fixed points and outcomes of three pulse protocols: validation/published"
#define OUTCOMES(X) \
    X("myofibroblasts_end", "1/ml", "myofibroblasts", CX_AT_END, 0, "mean myofibroblasts at the end", FIXED_POINTS) \
    X("macrophages_end", "1/ml", "macrophages", CX_AT_END, 0, "mean macrophages at the end", FIXED_POINTS) \
    X("csf_end", "1/ml", "csf", CX_AT_END, 0, "mean CSF at the end", FIXED_POINTS) \
    X("pdgf_end", "1/ml", "pdgf", CX_AT_END, 0, "mean PDGF at the end", FIXED_POINTS) \
    X("macrophage_peak", "1/ml", "macrophages", CX_LARGEST, 0, "largest mean of macrophages", "not compared with any measurement") \
    X("myofibroblast_peak", "1/ml", "myofibroblasts", CX_LARGEST, 0, "largest mean of myofibroblasts", "not compared with any measurement")
/* clang-format on */
CX_DECLARE

CX_POINT void rates(const struct params *p, const struct point *u, const struct input *in,
                    struct point *gain, struct point *loss) {
    (void)in;
    const real day = R(1.0 / 24), minute = R(60); /* to 1/h */
    const real F = u->myofibroblasts, M = u->macrophages;
    const real divide_F = p->myofibroblast_growth * cx_hill1(u->pdgf, p->pdgf_half);
    gain->myofibroblasts = day * divide_F * F;
    loss->myofibroblasts = day * (divide_F * (F / p->capacity) + p->myofibroblast_death);
    gain->macrophages =
        day * (p->macrophage_growth * cx_hill1(u->csf, p->csf_half) * M + p->influx * u->injury);
    loss->macrophages = day * p->macrophage_death;
    gain->csf = minute * p->csf_made * F;
    loss->csf = minute * p->csf_uptake * (M / (p->csf_half + u->csf)) + day * p->factor_decay;
    gain->pdgf = minute * (p->pdgf_macrophages * M + p->pdgf_myofibroblasts * F);
    loss->pdgf = minute * p->pdgf_uptake * (F / (p->pdgf_half + u->pdgf)) + day * p->factor_decay;
}
CX_POINT void movement(const struct params *p, const struct point *u, const struct input *in,
                       struct point *D, struct point *phi) {
    (void)u, (void)in, (void)phi;
    D->csf = p->csf_diffusion;
    D->pdgf = p->pdgf_diffusion;
}
CX_POINT void measure(const struct params *p, const struct point *u, const struct input *in,
                      struct measure *m) {
    (void)p, (void)in;
    m->myofibroblasts = u->myofibroblasts;
    m->macrophages = u->macrophages;
    m->csf = u->csf;
    m->pdgf = u->pdgf;
}
CX_POINT void derive(struct params *p, const struct cx_context *c) {
    (void)c;
    const real surplus = p->macrophage_growth - p->macrophage_death;
    p->csf_coexistence = surplus > 0 ? p->csf_half * p->macrophage_death / surplus : 0;
}

/* The x >= 0 with made - uptake x/(half + x) - decay x = 0, in a form without cancellation. */
CX_POINT real quasi_steady(real made, real uptake, real half, real decay) {
    const double b = (double)(made - uptake - decay * half), q = (double)(made * half),
                 root = __builtin_sqrt(b * b + 4 * (double)decay * q);
    if (!(q > 0)) return 0;
    return R(b > 0 ? (b + root) / (2 * (double)decay) : 2 * q / (root - b));
}
CX_POINT void healthy(const struct params *p, const struct input *in, const struct cx_context *c,
                      struct point *u) {
    (void)p, (void)in, (void)c, (void)u;
}
CX_POINT real larger(real a, real b) { return a > b ? a : b; }
/* The start of the paper: a few cells of both kinds, growth factors in balance with them. */
CX_POINT void hurt(const struct params *p, const struct cx_hit *h, const struct input *in,
                   struct point *u) {
    (void)in;
    const real wounded = R(h->destroyed), minutes = R(1440); /* 1/min to 1/day */
    if (!(wounded > 0)) return;
    u->injury = larger(u->injury, wounded);
    u->myofibroblasts = larger(u->myofibroblasts, wounded * p->seed_myofibroblasts);
    u->macrophages = larger(u->macrophages, wounded * p->seed_macrophages);
    const real F = minutes * u->myofibroblasts, M = minutes * u->macrophages;
    u->csf = larger(u->csf,
                    quasi_steady(p->csf_made * F, p->csf_uptake * M, p->csf_half, p->factor_decay));
    u->pdgf = larger(u->pdgf, quasi_steady(p->pdgf_macrophages * M + p->pdgf_myofibroblasts * F,
                                           p->pdgf_uptake * F, p->pdgf_half, p->factor_decay));
}
CX_MODEL(adler_2020, "Cell circuit of repair and fibrosis (Adler et al. 2020)",
         "Adler M, Mayo A, Zhou X, Franklin RA, Meizlish ML, Medzhitov R, Kallenberger SM, Alon U "
         "(2020) iScience 23:100841, doi:10.1016/j.isci.2020.100841")
