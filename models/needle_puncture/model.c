/* model.c - a needle puncture in collagenous tissue: inflammation a, cytokine c, fibroblasts r and collagen f, all
 * relative to healthy tissue, where (a, c, r, f) = (0, 1, 1, 1).  Published form, H = mechanosensing:
 *
 *   da/dt = D_a laplacian a - d_a a
 *   dc/dt = D_c laplacian c + p_ca a + (p_cr c + p_ce H) r/(K_cc + c) - d_c c
 *   dr/dt = div(D_r(f) grad r) + (p_r + p_rc c/(K_rc + c) + p_re H)(1 - r/K_rr) r - d_r r
 *   df/dt = (p_f + p_fc c/(K_fc + c) + p_fe H) r/(K_fr + f) - (d_f + d_fc c r) f
 *
 * p_cr, K_rr and K_fr follow from health being at rest at H = 1/2.  Below, each production is written as its healthy
 * value times a factor that is exactly 1 in health, so that untouched tissue does not move by one bit (README.md). */
#include "engine/model.h"

/* clang-format off */
#define LINEAGE "10.1371/journal.pcbi.1010902; this value: public repository Aswanth0704/dura_multi_wound_healing (README.md)"
#define WOUND "public repository Aswanth0704/dura_multi_wound_healing: start inside the puncture"
#define PARAMS(X) \
    X(inflammation_diffusion, "um2/h", 9300, 0, 1e8, "D_a", LINEAGE) \
    X(inflammation_decay, "1/h", 0.0128, 0, 10, "d_a", LINEAGE) \
    X(cytokine_diffusion, "um2/h", 9300, 0, 1e8, "D_c", LINEAGE) \
    X(cytokine_decay, "1/h", 0.00386, 1e-9, 10, "d_c", LINEAGE) \
    X(cytokine_inflammation, "1/h", 0.208, 0, 10, "cytokine made by inflammation p_ca", LINEAGE) \
    X(cytokine_half, "1", 1.20, 1e-3, 1e3, "K_cc: cytokine that halves its own production", LINEAGE) \
    X(cytokine_stretch, "1", 0.447, 0, 1e3, "p_ce / p_cr", LINEAGE) \
    X(fibroblast_growth, "1/h", 0.0154, 1e-5, 10, "p_r", LINEAGE) \
    X(fibroblast_growth_cytokine, "1/h", 0.0229, 0, 10, "p_rc", LINEAGE) \
    X(fibroblast_growth_stretch, "1/h", 0.00168, 0, 10, "p_re", LINEAGE) \
    X(fibroblast_growth_half, "1", 1.31, 1e-3, 1e3, "K_rc", LINEAGE) \
    X(fibroblast_death, "1/h", 0.00369, 0, 10, "d_r", LINEAGE) \
    X(motility, "um2/h", 1582.3, 0, 1e6, "KD in D = KD v^2 / 6, v a polynomial of f", LINEAGE) \
    X(motility_floor, "um2/h", 61.2, 0, 1e6, "D of fibroblasts in healthy collagen", LINEAGE) \
    X(collagen_made, "1/h", 9.34e-4, 1e-6, 10, "p_f", LINEAGE) \
    X(collagen_made_cytokine, "1/h", 1.41e-3, 0, 10, "p_fc", LINEAGE) \
    X(collagen_made_stretch, "1/h", 0.00464, 0, 10, "p_fe", LINEAGE) \
    X(collagen_made_half, "1", 1.08, 1e-3, 1e3, "K_fc", LINEAGE) \
    X(collagen_decay, "1/h", 2.02e-3, 1e-6, 10, "d_f", LINEAGE) \
    X(collagen_decay_cells, "1/h", 2.87e-4, 0, 10, "d_fc", LINEAGE) \
    X(mechanosensing, "1", 0.5, 0, 1, "H: 1/2 at the stretch of health, more under tension", LINEAGE) \
    X(wound_inflammation, "1", 1, 0, 100, "a in a fresh puncture", WOUND) \
    X(wound_cytokine, "1", 1e-4, 0, 100, "c in a fresh puncture", WOUND) \
    X(wound_fibroblasts, "1", 1e-4, 0, 100, "r in a fresh puncture", WOUND) \
    X(wound_collagen, "1", 1e-2, 0, 100, "f in a fresh puncture", WOUND)
#define DERIVED(X) \
    X(cytokine_lift, "1", "p_cr / (p_cr + p_ce/2) = 1 / (1 + q/2), q = p_ce / p_cr; p_cr = d_c (K_cc + 1) / (1 + q/2)") \
    X(cytokine_pull, "1", "p_ce / (p_cr + p_ce/2) = q / (1 + q/2)") \
    X(growth, "1/h", "G = p_r + p_rc/(K_rc + 1) + p_re/2: division in health without crowding") \
    X(growth_lift, "1", "p_rc K_rc / ((K_rc + 1) G)") \
    X(growth_pull, "1", "p_re / G") \
    X(room, "1/h", "G / K_rr = G - d_r, not below 0: K_rr = 1 / (1 - d_r/G)") \
    X(collagen_lift, "1", "p_fc K_fc / ((K_fc + 1) Q), Q = p_f + p_fc/(K_fc + 1) + p_fe/2") \
    X(collagen_pull, "1", "p_fe / Q") \
    X(collagen_half, "1", "K_fr = Q / (d_f + d_fc) - 1, not below 0.001")
#define SPECIES(X) \
    X(inflammation, "1", MOVES, 0.01, "inflammatory signal a") \
    X(cytokine, "1", MOVES, 1, "TGF-b c") \
    X(fibroblasts, "1", VARIES, 1, "fibroblasts r") \
    X(collagen, "1", STILL, 1, "collagen f")
#define INPUTS(X) X(depth, "um below the surface")
#define MEASURES(X) \
    X(inflammation, "1", "a") \
    X(cytokine, "1", "c") \
    X(fibroblasts, "1", "r") \
    X(collagen, "1", "f") \
    X(fibroblasts_missing, "1", "1 - r, not below 0") \
    X(collagen_missing, "1", "1 - f, not below 0") \
    X(unrest, "1", "a + |c - 1| + |r - 1| + |f - 1|: distance from health")
#define SERIES(X) \
    X("inflammation_track", "1", "inflammation", "", CX_TRACK, CX_MEAN, "inflammation in the puncture") \
    X("cytokine_track", "1", "cytokine", "", CX_TRACK, CX_MEAN, "cytokine in the puncture") \
    X("fibroblasts_track", "1", "fibroblasts", "", CX_TRACK, CX_MEAN, "fibroblasts in the puncture") \
    X("collagen_track", "1", "collagen", "", CX_TRACK, CX_MEAN, "collagen in the puncture") \
    X("fibroblasts_missing", "1", "fibroblasts_missing", "", CX_TRACK, CX_MEAN, "fibroblasts that the puncture lacks") \
    X("collagen_missing", "1", "collagen_missing", "", CX_TRACK, CX_MEAN, "collagen that the puncture lacks") \
    X("fibroblasts_least", "1", "fibroblasts", "", CX_ALL, CX_MIN, "lowest fibroblasts") \
    X("collagen_least", "1", "collagen", "", CX_ALL, CX_MIN, "lowest collagen") \
    X("cytokine_most", "1", "cytokine", "", CX_ALL, CX_MAX, "highest cytokine") \
    X("unrest_least", "1", "unrest", "", CX_ALL, CX_MIN, "distance from health where it is smallest") \
    X("unrest_most", "1", "unrest", "", CX_ALL, CX_MAX, "distance from health where it is largest")
#define OURS "an independent solution of the same equations: validation/published"
#define OUTCOMES(X) \
    X("collagen_track_end", "1", "collagen_track", CX_AT_END, 0, "collagen in the puncture at the end / healthy", OURS) \
    X("fibroblasts_track_end", "1", "fibroblasts_track", CX_AT_END, 0, "fibroblasts in the puncture at the end / healthy", OURS) \
    X("cytokine_track_end", "1", "cytokine_track", CX_AT_END, 0, "cytokine in the puncture at the end / healthy", OURS) \
    X("cytokine_track_peak", "1", "cytokine_track", CX_LARGEST, 0, "largest cytokine in the puncture", OURS) \
    X("fibroblasts_half_day", "day", "fibroblasts_missing", CX_LAST_ABOVE, 0.5, "last day on which the puncture lacks more than half of its fibroblasts", OURS) \
    X("collagen_half_day", "day", "collagen_missing", CX_LAST_ABOVE, 0.5, "last day on which the puncture lacks more than half of its collagen", OURS)
/* clang-format on */
CX_DECLARE

CX_POINT void rates(const struct params *p, const struct point *u, const struct input *in,
                    struct point *gain, struct point *loss) {
    (void)in;
    const real c = u->cytokine, r = u->fibroblasts, f = u->collagen;
    const real tension = p->mechanosensing - R(0.5), above = c - R(1);
    loss->inflammation = p->inflammation_decay;

    const real feedback = (p->cytokine_half + R(1)) / (p->cytokine_half + c);
    const real drive = cx_positive(R(1) + p->cytokine_lift * above + p->cytokine_pull * tension);
    gain->cytokine =
        p->cytokine_inflammation * u->inflammation + p->cytokine_decay * (r * feedback * drive);
    loss->cytokine = p->cytokine_decay;

    /* division, relative to health: growth x divide (1 - r/K_rr) = (d_r + room) divide - room divide r */
    const real divide =
        cx_positive(R(1) + p->growth_lift * (above / (p->fibroblast_growth_half + c)) +
                    p->growth_pull * tension);
    gain->fibroblasts = (p->fibroblast_death * divide + p->room * divide) * r;
    loss->fibroblasts = p->fibroblast_death + p->room * divide * r;

    const real make = cx_positive(R(1) + p->collagen_lift * (above / (p->collagen_made_half + c)) +
                                  p->collagen_pull * tension);
    const real space = (p->collagen_half + R(1)) / (p->collagen_half + f);
    gain->collagen = (p->collagen_decay + p->collagen_decay_cells) * (make * r * space);
    loss->collagen = p->collagen_decay + p->collagen_decay_cells * (c * r);
}

/* Fibroblasts crawl fastest in loose collagen: v, a polynomial of f, is 0 in health; the rest cuts it off outside
 * 0.01..1; upper = 1 - 1/(1 + exp(-500 (f - 1))). */
CX_POINT void movement(const struct params *p, const struct point *u, const struct input *in,
                       struct point *D, struct point *phi) {
    (void)in, (void)phi;
    const real f = u->collagen;
    const real v =
        ((((R(182.01) * f - R(655)) * f + R(875.66)) * f - R(521.57)) * f + R(118.9)) * f;
    const real upper = (R(1) - cx_tanh(R(250) * (f - R(1)))) / R(2);
    const real lower = (R(1) + cx_tanh(R(300) * (f - R(0.01)))) / R(2);
    D->inflammation = p->inflammation_diffusion;
    D->cytokine = p->cytokine_diffusion;
    D->fibroblasts = p->motility / R(6) * v * v * upper * lower + p->motility_floor;
}

CX_POINT real size(real x) { return x > 0 ? x : -x; }
CX_POINT void measure(const struct params *p, const struct point *u, const struct input *in,
                      struct measure *m) {
    (void)p, (void)in;
    m->inflammation = u->inflammation;
    m->cytokine = u->cytokine;
    m->fibroblasts = u->fibroblasts;
    m->collagen = u->collagen;
    m->fibroblasts_missing = cx_positive(R(1) - u->fibroblasts);
    m->collagen_missing = cx_positive(R(1) - u->collagen);
    m->unrest = u->inflammation + size(u->cytokine - R(1)) + size(u->fibroblasts - R(1)) +
                size(u->collagen - R(1));
}

CX_POINT void derive(struct params *p, const struct cx_context *c) {
    (void)c;
    p->cytokine_lift = R(1) / (R(1) + p->cytokine_stretch / R(2));
    p->cytokine_pull = p->cytokine_stretch * p->cytokine_lift;

    const real half = p->fibroblast_growth_half;
    p->growth = p->fibroblast_growth + p->fibroblast_growth_cytokine / (half + R(1)) +
                p->fibroblast_growth_stretch / R(2);
    p->growth_lift = p->fibroblast_growth_cytokine * half / ((half + R(1)) * p->growth);
    p->growth_pull = p->fibroblast_growth_stretch / p->growth;
    p->room = cx_positive(p->growth - p->fibroblast_death);

    const real Kc = p->collagen_made_half;
    const real Q = p->collagen_made + p->collagen_made_cytokine / (Kc + R(1)) +
                   p->collagen_made_stretch / R(2);
    p->collagen_lift = p->collagen_made_cytokine * Kc / ((Kc + R(1)) * Q);
    p->collagen_pull = p->collagen_made_stretch / Q;
    const real surplus = Q / (p->collagen_decay + p->collagen_decay_cells) - R(1);
    p->collagen_half = surplus > R(1e-3) ? surplus : R(1e-3);
}

CX_POINT void healthy(const struct params *p, const struct input *in, const struct cx_context *c,
                      struct point *u) {
    (void)p, (void)in, (void)c;
    u->cytokine = u->fibroblasts = u->collagen = R(1);
}
/* A cell that is cut in part holds the mixture. */
CX_POINT void hurt(const struct params *p, const struct cx_hit *h, const struct input *in,
                   struct point *u) {
    (void)in;
    const real cut = R(h->destroyed);
    u->inflammation += cut * (p->wound_inflammation - u->inflammation);
    u->cytokine += cut * (p->wound_cytokine - u->cytokine);
    u->fibroblasts += cut * (p->wound_fibroblasts - u->fibroblasts);
    u->collagen += cut * (p->wound_collagen - u->collagen);
}
CX_MODEL(needle_puncture, "Needle puncture in collagenous tissue (four fields)",
         "Pensalfini M, Buganza Tepole A (2023) PLoS Comput Biol 19:e1010902, "
         "doi:10.1371/journal.pcbi.1010902; parameters "
         "of github.com/Aswanth0704/dura_multi_wound_healing")
