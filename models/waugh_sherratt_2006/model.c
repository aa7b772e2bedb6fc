/* model.c - macrophage phenotypes in normal and diabetic wounds, Waugh & Sherratt 2006.  Three fields without movement.
 *
 *   dI/dt = alpha K(T) + k1 k2 I - (k1 k2 k3 (I + R) + d1) I                  I inflammatory macrophages
 *   dR/dt = (1 - alpha) K(T) + k1 k2 R - (k1 k2 k3 (I + R) + d1) R            R repair macrophages
 *   dT/dt = k4 I - d2 T                                                       T TGF-beta
 *   K(T) = [K3 T^3 + K2 T^2 + K1 T + K0]                  [x] = max(x, 0); positive in all published cases (T below 9)
 * Published rates are per day; `per_hour` takes them to the engine's hours. */
#include "engine/model.h"

/* clang-format off */
#define CURATED "BioModels BIOMD0000000679, 680, 681 (CC0)"
#define PARAMS(X)                                                                                  \
    X(alpha, "1", 0.5, 0, 1, "share of new macrophages that are inflammatory: 0.5 normal (from memory), 0.8 diabetic, 0.2 after treatment", CURATED) \
    X(k1, "1", 0.05, 0, 1, "share of macrophages that divide", CURATED)                             \
    X(k2, "1/day", 0.693, 0, 100, "division of macrophages", CURATED)                               \
    X(k3, "mm3/cell", 0.002, 0, 1, "crowding by macrophages", CURATED)                              \
    X(k4, "pg/cell/day", 0.07, 0, 100, "TGF-beta made by an inflammatory macrophage", CURATED)      \
    X(d1, "1/day", 0.2, 0, 100, "loss of macrophages", CURATED)                                     \
    X(d2, "1/day", 9.1, 0, 1000, "decay of TGF-beta", CURATED)                                      \
    X(K0, "cell/mm3/day", 1.75, 0, 1000, "K(T), constant", CURATED)                                 \
    X(K1, "cell/pg/day", 6.41, -1000, 1000, "K(T), factor of T", CURATED)                           \
    X(K2, "cell mm3/pg2/day", 21.94, -1000, 1000, "K(T), factor of T^2", CURATED)                   \
    X(K3, "cell mm6/pg3/day", -2.47, -1000, 1000, "K(T), factor of T^3", CURATED)                   \
    X(inflammatory_start, "cell/mm3", 200, 0, 1e6, "I at the start", CURATED)                       \
    X(repair_start, "cell/mm3", 200, 0, 1e6, "R at the start", CURATED)                             \
    X(tgfb_start, "pg/mm3", 6, 0, 1e3, "T at the start", CURATED)
#define DERIVED(X) X(divide, "1/day", "k1 k2")
#define SPECIES(X)                                                                                 \
    X(inflammatory, "cell/mm3", STILL, 100, "I, inflammatory macrophages")                         \
    X(repair, "cell/mm3", STILL, 100, "R, repair macrophages")                                     \
    X(tgfb, "pg/mm3", STILL, 1, "T, TGF-beta")
#define INPUTS(X) X(depth, "depth below the surface, um; not used")
#define MEASURES(X)                                                                                \
    X(inflammatory_now, "cell/mm3", "I")                                                           \
    X(repair_now, "cell/mm3", "R")                                                                 \
    X(macrophages, "cell/mm3", "I + R")                                                            \
    X(tgfb_now, "pg/mm3", "T")
#define SERIES(X)                                                                                  \
    X("inflammatory", "cell/mm3", "inflammatory_now", "", CX_ALL, CX_MEAN, "inflammatory macrophages") \
    X("repair", "cell/mm3", "repair_now", "", CX_ALL, CX_MEAN, "repair macrophages")               \
    X("macrophages", "cell/mm3", "macrophages", "", CX_ALL, CX_MEAN, "all macrophages")            \
    X("tgfb", "pg/mm3", "tgfb_now", "", CX_ALL, CX_MEAN, "TGF-beta")
#define COMPARED "compared with an independent solution, see validation/published"
#define OUTCOMES(X)                                                                                \
    X("macrophage_peak", "cell/mm3", "macrophages", CX_LARGEST, 0, "Most macrophages.", COMPARED)  \
    X("macrophage_peak_day", "day", "macrophages", CX_TIME_OF_LARGEST, 0, "Day of most macrophages.", COMPARED) \
    X("inflammatory_end", "cell/mm3", "inflammatory", CX_AT_END, 0, "Inflammatory macrophages at the end.", COMPARED) \
    X("repair_end", "cell/mm3", "repair", CX_AT_END, 0, "Repair macrophages at the end.", COMPARED) \
    X("tgfb_end", "pg/mm3", "tgfb", CX_AT_END, 0, "TGF-beta at the end.", COMPARED)
/* clang-format on */
CX_DECLARE

static const real per_hour = R(1.0 / 24);

/* Migration into the wound, cell/mm3/day. */
CX_POINT real recruited(const struct params *p, real t) {
    return cx_positive(((p->K3 * t + p->K2) * t + p->K1) * t + p->K0);
}

CX_POINT void rates(const struct params *p, const struct point *u, const struct input *in,
                    struct point *gain, struct point *loss) {
    (void)in;
    const real k = recruited(p, u->tgfb);
    const real gone = p->divide * p->k3 * (u->inflammatory + u->repair) + p->d1;
    gain->inflammatory = per_hour * (p->alpha * k + p->divide * u->inflammatory);
    loss->inflammatory = per_hour * gone;
    gain->repair = per_hour * ((R(1) - p->alpha) * k + p->divide * u->repair);
    loss->repair = per_hour * gone;
    gain->tgfb = per_hour * p->k4 * u->inflammatory;
    loss->tgfb = per_hour * p->d2;
}

CX_POINT void movement(const struct params *p, const struct point *u, const struct input *in,
                       struct point *D, struct point *phi) {
    (void)p, (void)u, (void)in, (void)D, (void)phi;
}

CX_POINT void measure(const struct params *p, const struct point *u, const struct input *in,
                      struct measure *m) {
    (void)p, (void)in;
    m->inflammatory_now = u->inflammatory;
    m->repair_now = u->repair;
    m->macrophages = u->inflammatory + u->repair;
    m->tgfb_now = u->tgfb;
}

CX_POINT void derive(struct params *p, const struct cx_context *c) {
    (void)c;
    p->divide = p->k1 * p->k2;
}

/* The model begins in a wound and has no state without one. */
CX_POINT void healthy(const struct params *p, const struct input *in, const struct cx_context *c,
                      struct point *u) {
    (void)in, (void)c;
    u->inflammatory = p->inflammatory_start;
    u->repair = p->repair_start;
    u->tgfb = p->tgfb_start;
}

/* A new wound begins again. */
CX_POINT void hurt(const struct params *p, const struct cx_hit *h, const struct input *in,
                   struct point *u) {
    (void)in;
    const real now = R(h->destroyed), then = R(1) - now;
    u->inflammatory = then * u->inflammatory + now * p->inflammatory_start;
    u->repair = then * u->repair + now * p->repair_start;
    u->tgfb = then * u->tgfb + now * p->tgfb_start;
}

CX_MODEL(waugh_sherratt_2006, "Macrophages in normal and diabetic wounds",
         "Waugh HV, Sherratt JA (2006) Bull Math Biol 68:197-207")
