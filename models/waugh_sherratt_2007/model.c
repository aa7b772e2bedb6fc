/* model.c - normal and diabetic wounds under engineered skin, Waugh & Sherratt 2007.  Seven fields without movement.
 *
 *   crowd = k3 (I + R) + k5 F + k6 C
 *   dI/dt = alpha K(T) + k1 k2 I - (k1 k2 crowd + d1) I          dR/dt = (1 - alpha) K(T) + k1 k2 R - (k1 k2 crowd + d1) R
 *   dT/dt = k4 I + k7 F + aT - d2 T                              dP/dt = k8 (I + R) + k9 F + aP - d3 P
 *   dF/dt = M(P) + k10 F + aF - (k10 crowd + d4) F               dH/dt = k12 F + aH - d6 H
 *   dC/dt = k11 F f(T) (g2 C^2 + g0) + aC - (k11 F f(T) (g3 C^2 + g1) + d5 F) C
 *   alpha = [alpha0 - alpha1 log10(H/H1)]                        K(T) = [K3 T^3 + K2 T^2 + K1 T + K0], so M(P) and f(T)
 * [x] = max(x, 0): positive in all published cases.  1 - alpha likewise.  Published rates are per day; `per_hour` takes
 * them to the engine's hours. */
#include "engine/model.h"

/* clang-format off */
#define CURATED "BioModels MODEL1006230106, 003, 099, 102 (CC0)"
#define PARAMS(X)                                                                                  \
    X(k1, "1", 0.05, 0, 1, "share of macrophages that divide", CURATED)                             \
    X(k2, "1/day", 0.693, 0, 100, "division of macrophages", CURATED)                               \
    X(k3, "mm3/cell", 0.002, 0, 1, "crowding by macrophages", CURATED)                              \
    X(k4, "pg/cell/day", 0.07, 0, 100, "TGF-beta made by an inflammatory macrophage", CURATED)      \
    X(k5, "mm3/cell", 0.0025, 0, 1, "crowding by fibroblasts", CURATED)                             \
    X(k6, "mm3/ug", 0.0004, 0, 1, "crowding by collagen", CURATED)                                  \
    X(k7, "pg/cell/day", 0.004, 0, 100, "TGF-beta made by a fibroblast", CURATED)                   \
    X(k8, "pg/cell/day", 0.015, 0, 100, "PDGF made by a macrophage", CURATED)                       \
    X(k9, "pg/cell/day", 0.0015, 0, 100, "PDGF made by a fibroblast", CURATED)                      \
    X(k10, "1/day", 0.924, 0, 100, "division of fibroblasts", CURATED)                              \
    X(k11, "ug/cell/day", 20, 0, 1e4, "collagen made by a fibroblast: 20 normal, 5 diabetic", CURATED) \
    X(k12, "ug/cell/day", 0.01, 0, 1e3, "hyaluronan made by a fibroblast: 0.01 normal, 0.001 diabetic", CURATED) \
    X(d1, "1/day", 0.2, 0, 100, "loss of macrophages", CURATED)                                     \
    X(d2, "1/day", 9.1, 0, 1000, "decay of TGF-beta", CURATED)                                      \
    X(d3, "1/day", 4, 0, 1000, "decay of PDGF", CURATED)                                            \
    X(d4, "1/day", 1, 0, 100, "loss of fibroblasts: 1 normal, 2.5 diabetic", CURATED)               \
    X(d5, "mm3/cell/day", 1.5e-5, 0, 1, "removal of collagen by fibroblasts", CURATED)              \
    X(d6, "1/day", 0.7, 0, 100, "decay of hyaluronan", CURATED)                                     \
    X(aT, "pg/mm3/day", 0, 0, 1e6, "TGF-beta from the skin substitute", CURATED)                    \
    X(aP, "pg/mm3/day", 0, 0, 1e6, "PDGF from the skin substitute", CURATED)                        \
    X(aF, "cell/mm3/day", 0, 0, 1e6, "fibroblasts from the skin substitute", CURATED)               \
    X(aC, "ug/mm3/day", 0, 0, 1e6, "collagen from the skin substitute", CURATED)                    \
    X(aH, "ug/mm3/day", 0, 0, 1e6, "hyaluronan from the skin substitute", CURATED)                  \
    X(K0, "cell/mm3/day", 1.75, 0, 1000, "K(T), constant", CURATED)                                 \
    X(K1, "cell/pg/day", 6.41, -1000, 1000, "K(T), factor of T", CURATED)                           \
    X(K2, "cell mm3/pg2/day", 21.94, -1000, 1000, "K(T), factor of T^2", CURATED)                   \
    X(K3, "cell mm6/pg3/day", -2.47, -1000, 1000, "K(T), factor of T^3", CURATED)                   \
    X(M0, "cell/mm3/day", 2.6593, 0, 1000, "M(P), constant", CURATED)                               \
    X(M1, "cell/pg/day", 452.38, -1000, 1000, "M(P), factor of P", CURATED)                         \
    X(M2, "cell mm3/pg2/day", -167.21, -1000, 1000, "M(P), factor of P^2", CURATED)                 \
    X(M3, "cell mm6/pg3/day", 15.333, -1000, 1000, "M(P), factor of P^3", CURATED)                  \
    X(f0, "1", 0.2527, 0, 10, "f(T), constant", CURATED)                                            \
    X(f1, "mm3/pg", 0.6279, -10, 10, "f(T), factor of T", CURATED)                                  \
    X(f2, "mm6/pg2", -0.1552, -10, 10, "f(T), factor of T^2", CURATED)                              \
    X(f3, "mm9/pg3", 0.0092, -10, 10, "f(T), factor of T^3", CURATED)                               \
    X(g0, "1", 0.13, 0, 10, "g(C), constant", CURATED)                                              \
    X(g1, "mm3/ug", 0.00055, 0, 1, "g(C), factor of -C", CURATED)                                   \
    X(g2, "mm6/ug2", 9e-7, 0, 1e-3, "g(C), factor of C^2", CURATED)                                 \
    X(g3, "mm9/ug3", 4.33e-10, 0, 1e-6, "g(C), factor of -C^3", CURATED)                            \
    X(alpha0, "1", 0.4407, 0, 10, "alpha(H), constant", CURATED)                                    \
    X(alpha1, "1", 0.197, 0, 10, "alpha(H), factor of -log10(H/H1)", CURATED)                       \
    X(H1, "ug/mm3", 1, 1e-6, 1e6, "alpha(H), hyaluronan at which alpha = alpha0", CURATED)          \
    X(inflammatory_start, "cell/mm3", 200, 0, 1e6, "I at the start", CURATED)                       \
    X(repair_start, "cell/mm3", 200, 0, 1e6, "R at the start", CURATED)                             \
    X(tgfb_start, "pg/mm3", 6, 0, 1e3, "T at the start", CURATED)                                   \
    X(pdgf_start, "pg/mm3", 2, 0, 1e3, "P at the start", CURATED)                                   \
    X(fibroblasts_start, "cell/mm3", 50, 0, 1e6, "F at the start", CURATED)                         \
    X(collagen_start, "ug/mm3", 10, 0, 1e6, "C at the start", CURATED)                              \
    X(hyaluronan_start, "ug/mm3", 0.01, 1e-6, 1e6, "H at the start", CURATED)
#define DERIVED(X) X(divide, "1/day", "k1 k2")
#define SPECIES(X)                                                                                 \
    X(inflammatory, "cell/mm3", STILL, 100, "I, inflammatory macrophages")                         \
    X(repair, "cell/mm3", STILL, 100, "R, repair macrophages")                                     \
    X(tgfb, "pg/mm3", STILL, 1, "T, TGF-beta")                                                     \
    X(pdgf, "pg/mm3", STILL, 1, "P, PDGF")                                                         \
    X(fibroblasts, "cell/mm3", STILL, 100, "F, fibroblasts")                                       \
    X(collagen, "ug/mm3", STILL, 1000, "C, collagen")                                              \
    X(hyaluronan, "ug/mm3", STILL, 1, "H, hyaluronan")
#define INPUTS(X) X(depth, "depth below the surface, um; not used")
#define MEASURES(X)                                                                                \
    X(macrophages, "cell/mm3", "I + R")                                                            \
    X(tgfb_now, "pg/mm3", "T")                                                                     \
    X(pdgf_now, "pg/mm3", "P")                                                                     \
    X(fibroblasts_now, "cell/mm3", "F")                                                            \
    X(collagen_now, "ug/mm3", "C")                                                                 \
    X(hyaluronan_now, "ug/mm3", "H")
#define SERIES(X)                                                                                  \
    X("macrophages", "cell/mm3", "macrophages", "", CX_ALL, CX_MEAN, "all macrophages")            \
    X("tgfb", "pg/mm3", "tgfb_now", "", CX_ALL, CX_MEAN, "TGF-beta")                               \
    X("pdgf", "pg/mm3", "pdgf_now", "", CX_ALL, CX_MEAN, "PDGF")                                   \
    X("fibroblasts", "cell/mm3", "fibroblasts_now", "", CX_ALL, CX_MEAN, "fibroblasts")            \
    X("collagen", "ug/mm3", "collagen_now", "", CX_ALL, CX_MEAN, "collagen")                       \
    X("hyaluronan", "ug/mm3", "hyaluronan_now", "", CX_ALL, CX_MEAN, "hyaluronan")
#define COMPARED "compared with an independent solution, see validation/published"
#define OUTCOMES(X)                                                                                \
    X("collagen_end", "ug/mm3", "collagen", CX_AT_END, 0, "Collagen at the end.", COMPARED)        \
    X("collagen_half_day", "day", "collagen", CX_FIRST_ABOVE, 624.76, "First day with half of the collagen of a healed normal wound.", COMPARED) \
    X("macrophage_peak", "cell/mm3", "macrophages", CX_LARGEST, 0, "Most macrophages.", COMPARED)  \
    X("macrophages_end", "cell/mm3", "macrophages", CX_AT_END, 0, "Macrophages at the end.", COMPARED) \
    X("fibroblast_peak", "cell/mm3", "fibroblasts", CX_LARGEST, 0, "Most fibroblasts.", COMPARED)  \
    X("fibroblast_peak_day", "day", "fibroblasts", CX_TIME_OF_LARGEST, 0, "Day of most fibroblasts.", COMPARED) \
    X("hyaluronan_peak", "ug/mm3", "hyaluronan", CX_LARGEST, 0, "Most hyaluronan.", COMPARED)      \
    X("hyaluronan_peak_day", "day", "hyaluronan", CX_TIME_OF_LARGEST, 0, "Day of most hyaluronan.", COMPARED) \
    X("tgfb_end", "pg/mm3", "tgfb", CX_AT_END, 0, "TGF-beta at the end.", COMPARED)                \
    X("pdgf_end", "pg/mm3", "pdgf", CX_AT_END, 0, "PDGF at the end.", "not compared with any measurement")
/* clang-format on */
CX_DECLARE

static const real per_hour = R(1.0 / 24);

/* [a3 x^3 + a2 x^2 + a1 x + a0] */
struct cubic {
    real a3, a2, a1, a0;
};
CX_POINT real cubic_at(struct cubic k, real x) {
    return cx_positive(((k.a3 * x + k.a2) * x + k.a1) * x + k.a0);
}

CX_POINT void macrophage_rates(const struct params *p, const struct point *u, real crowd,
                               struct point *gain, struct point *loss) {
    const real k = cubic_at((struct cubic){p->K3, p->K2, p->K1, p->K0}, u->tgfb);
    const real alpha = cx_positive(p->alpha0 - p->alpha1 * cx_log10(u->hyaluronan / p->H1));
    const real gone = per_hour * (p->divide * crowd + p->d1);
    gain->inflammatory = per_hour * (alpha * k + p->divide * u->inflammatory);
    loss->inflammatory = gone;
    gain->repair = per_hour * (cx_positive(R(1) - alpha) * k + p->divide * u->repair);
    loss->repair = gone;
}

CX_POINT void signal_rates(const struct params *p, const struct point *u, struct point *gain,
                           struct point *loss) {
    const real macrophages = u->inflammatory + u->repair, f = u->fibroblasts;
    gain->tgfb = per_hour * (p->k4 * u->inflammatory + p->k7 * f + p->aT);
    loss->tgfb = per_hour * p->d2;
    gain->pdgf = per_hour * (p->k8 * macrophages + p->k9 * f + p->aP);
    loss->pdgf = per_hour * p->d3;
    gain->hyaluronan = per_hour * (p->k12 * f + p->aH);
    loss->hyaluronan = per_hour * p->d6;
}

/* g(C) of the paper is split by the signs of its terms, so that gain and loss are never negative. */
CX_POINT void collagen_rates(const struct params *p, const struct point *u, struct point *gain,
                             struct point *loss) {
    const real synthesis = cubic_at((struct cubic){p->f3, p->f2, p->f1, p->f0}, u->tgfb);
    const real make = p->k11 * u->fibroblasts * synthesis, c2 = u->collagen * u->collagen;
    gain->collagen = per_hour * (make * (p->g2 * c2 + p->g0) + p->aC);
    loss->collagen = per_hour * (make * (p->g3 * c2 + p->g1) + p->d5 * u->fibroblasts);
}

CX_POINT void rates(const struct params *p, const struct point *u, const struct input *in,
                    struct point *gain, struct point *loss) {
    (void)in;
    const real crowd =
        p->k3 * (u->inflammatory + u->repair) + p->k5 * u->fibroblasts + p->k6 * u->collagen;
    macrophage_rates(p, u, crowd, gain, loss);
    signal_rates(p, u, gain, loss);
    collagen_rates(p, u, gain, loss);
    const real arrive = cubic_at((struct cubic){p->M3, p->M2, p->M1, p->M0}, u->pdgf);
    gain->fibroblasts = per_hour * (arrive + p->k10 * u->fibroblasts + p->aF);
    loss->fibroblasts = per_hour * (p->k10 * crowd + p->d4);
}

CX_POINT void movement(const struct params *p, const struct point *u, const struct input *in,
                       struct point *D, struct point *phi) {
    (void)p, (void)u, (void)in, (void)D, (void)phi;
}

CX_POINT void measure(const struct params *p, const struct point *u, const struct input *in,
                      struct measure *m) {
    (void)p, (void)in;
    m->macrophages = u->inflammatory + u->repair;
    m->tgfb_now = u->tgfb;
    m->pdgf_now = u->pdgf;
    m->fibroblasts_now = u->fibroblasts;
    m->collagen_now = u->collagen;
    m->hyaluronan_now = u->hyaluronan;
}

CX_POINT void derive(struct params *p, const struct cx_context *c) {
    (void)c;
    p->divide = p->k1 * p->k2;
}

/* The model begins in a wound and has no state without one. */
CX_POINT void healthy(const struct params *p, const struct input *in, const struct cx_context *c,
                      struct point *u) {
    (void)in, (void)c;
    *u = (struct point){p->inflammatory_start, p->repair_start,   p->tgfb_start,      p->pdgf_start,
                        p->fibroblasts_start,  p->collagen_start, p->hyaluronan_start};
}

CX_POINT real mixed(real share, real before, real after) {
    return (R(1) - share) * before + share * after;
}

/* A new wound begins again. */
CX_POINT void hurt(const struct params *p, const struct cx_hit *h, const struct input *in,
                   struct point *u) {
    (void)in;
    const real share = R(h->destroyed);
    u->inflammatory = mixed(share, u->inflammatory, p->inflammatory_start);
    u->repair = mixed(share, u->repair, p->repair_start);
    u->tgfb = mixed(share, u->tgfb, p->tgfb_start);
    u->pdgf = mixed(share, u->pdgf, p->pdgf_start);
    u->fibroblasts = mixed(share, u->fibroblasts, p->fibroblasts_start);
    u->collagen = mixed(share, u->collagen, p->collagen_start);
    u->hyaluronan = mixed(share, u->hyaluronan, p->hyaluronan_start);
}

CX_MODEL(waugh_sherratt_2007, "Normal and diabetic wounds under engineered skin",
         "Waugh HV, Sherratt JA (2007) Wound Repair Regen 15:556-565")
