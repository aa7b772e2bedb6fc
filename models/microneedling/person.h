/* person.h - what the person, the treatment and the injury make of the parameters and of the state.
 *
 * These run once per event, not per step: pow and branches are allowed here. */
#ifndef MICRONEEDLING_PERSON_H
#define MICRONEEDLING_PERSON_H

#include "sense.h"

#include <math.h>

/* 0 up to 25 years, 1 from 80 years on: the span of the study on fibroblasts of the aged. */
static inline real ageing(const struct cx_context *c) {
    const double share = (c->age_year - 25.0) / 55.0;
    return R(share < 0 ? 0 : share > 1 ? 1 : share);
}

/* Strength of a topical now: 1 if it is the one that is applied, else 0. */
static inline real applied(const struct cx_context *c, int topical) {
    return c->topical == topical ? R(c->topical_on) : R(0);
}

CX_POINT void derive_base(struct params *p, const struct cx_context *c) {
    const real sun = R(c->photodamage), pap = R(1) - p->photodamage_collagen * sun;
    const real i = p->collagen_normal * (R(1) - p->collagen_3_share);
    p->base_fibroblasts = R(1);
    p->base_vessels = R(1);
    p->base_collagen_3 = p->collagen_normal * p->collagen_3_share;
    p->base_collagen_new = i * p->collagen_new_share;
    p->base_collagen_1 = i * (R(1) - p->collagen_new_share);
    p->papillary_collagen_3 = pap * p->base_collagen_3;
    p->papillary_collagen_new = pap * p->base_collagen_new;
    p->papillary_collagen_1 = pap * p->base_collagen_1;
    p->base_elastin = R(1) - p->age_elastin * ageing(c);
    p->base_abnormal_papillary = p->young_abnormal + p->photodamage_elastosis * sun;
    p->base_abnormal_reticular = p->young_abnormal + R(0.3) * p->photodamage_elastosis * sun;
}

struct lesion {
    real collagen, share_3, elastin, abnormal, alignment;
};

/* Old tissue by condition; healthy skin has none, its row is never read.  Capillaries are those of healthy dermis: they
 * move, and a lesion with another density could not rest. */
CX_POINT struct lesion lesion_of(const struct params *p, const struct cx_context *c) {
    const struct lesion none = {1, p->collagen_3_share, 1, p->young_abnormal, 0};
    const struct lesion acne = {p->acne_collagen, p->collagen_3_share, p->acne_elastin,
                                p->acne_abnormal, p->acne_alignment};
    const struct lesion striae = {p->striae_collagen, p->collagen_3_share, p->striae_elastin,
                                  p->striae_abnormal, p->striae_alignment};
    const struct lesion scar = {p->scar_collagen, p->scar_3_share, p->scar_elastin,
                                p->young_abnormal, p->scar_alignment};
    const struct lesion burn = {p->burn_collagen, p->scar_3_share, p->scar_elastin,
                                p->young_abnormal, p->burn_alignment};
    switch (c->condition) {
    case CX_ACNE_ROLLING:
    case CX_ACNE_BOXCAR:
    case CX_ACNE_ICEPICK: return acne;
    case CX_STRETCH_MARK: return striae;
    case CX_SURGICAL_SCAR: return scar;
    case CX_BURN_SCAR: return burn;
    default: return none;
    }
}

CX_POINT void derive_lesion(struct params *p, const struct cx_context *c) {
    const struct lesion l = lesion_of(p, c);
    const real total = l.collagen * p->collagen_normal, i = total * (R(1) - l.share_3);
    p->old_collagen_3 = total * l.share_3;
    p->old_collagen_new = i * p->collagen_new_share;
    p->old_collagen_1 = i * (R(1) - p->collagen_new_share);
    p->old_elastin = l.elastin;
    p->old_abnormal = l.abnormal;
    p->old_alignment = l.alignment;
}

CX_POINT void derive_growth(struct params *p, const struct cx_context *c) {
    const real age = ageing(c), rat = c->rat ? p->rat_turnover : R(1),
               new_share = p->collagen_new_share;
    const real synthesis = (R(1) - p->age_synthesis * age) *
                           (R(1) - p->photodamage_synthesis * R(c->photodamage)) *
                           (R(1) - p->smoking_synthesis * R(c->smoking)) *
                           (R(1) + p->retinoid_synthesis * applied(c, CX_RETINOID)) *
                           (R(1) + p->vitamin_c_synthesis * applied(c, CX_VITAMIN_C)) *
                           (R(1) - p->steroid_synthesis * applied(c, CX_STEROID));
    p->turnover_3 = rat * p->collagen_3_turnover;
    p->turnover_new = rat * p->collagen_new_turnover;
    p->turnover_mature = p->crosslinking * new_share / (R(1) - new_share);
    p->make_3 = synthesis * p->synthesis_3;
    p->make_1 = synthesis * p->synthesis_1;
    p->supply = R(c->perfusion) * (R(1) - p->smoking_perfusion * R(c->smoking));
    p->growth = (R(1) - p->age_migration * age) * (R(1) - p->stress_healing * R(c->stress));
    p->cover_growth = p->keratinocyte_growth * p->growth *
                      (R(1) + p->occlusion_cover * R(c->occluded)) *
                      (R(1) + p->dexpanthenol_cover * applied(c, CX_DEXPANTHENOL));
    p->make_il1 = R(1) - p->steroid_il1 * applied(c, CX_STEROID);
    p->make_mmp = (R(1) + p->photodamage_mmp * R(c->photodamage)) *
                  (R(1) + p->smoking_mmp * R(c->smoking)) *
                  (R(1) + p->pollution_mmp * R(c->pollution)) * (R(1) + p->sun_mmp * R(c->sun)) *
                  (R(1) - p->retinoid_mmp * applied(c, CX_RETINOID));
}

CX_POINT void derive_surface(struct params *p, const struct cx_context *c) {
    const real film = R(1) / (R(1) + p->occlusion_slowing * R(c->occluded));
    const real type = R(c->fitzpatrick),
               dark = type > 2 ? R(1) + p->type_slowing * (type - R(2)) : R(1);
    p->seal = p->barrier_recovery * p->growth * film / dark;
    p->close = p->channel_closure * p->growth * film / dark;
    p->melanocyte_response = p->melanocyte_on *
                             R(pow(c->fitzpatrick / 6.0, 1.0 / (double)p->type_melanin)) *
                             (R(1) + p->sun_melanin * R(c->sun));
    p->melanin_made =
        p->melanin_gain * (R(1) - p->hydroquinone_melanin * applied(c, CX_HYDROQUINONE));
    p->seed = p->bacteria_seed * R(1.0 - c->hygiene);
}

CX_POINT void derive(struct params *p, const struct cx_context *c) {
    derive_base(p, c);
    derive_lesion(p, c);
    derive_growth(p, c);
    derive_surface(p, c);
}

CX_POINT void healthy(const struct params *p, const struct input *in, const struct cx_context *c,
                      struct point *u) {
    const bool lesion = c->condition != CX_HEALTHY && in->lesion > R(0.5);
    u->lesion_tissue = lesion ? in->dermis : R(0);
    const struct base b = base_of(p, in, u->lesion_tissue);
    u->oxygen = R(1);
    u->fibroblasts = b.fibroblasts;
    u->endothelium = b.vessels;
    u->keratinocytes = in->epidermis + in->corneum;
    u->epidermal_thickness = in->epidermis;
    u->collagen_3 = b.collagen_3;
    u->collagen_1_new = b.collagen_new;
    u->collagen_1 = b.collagen_1;
    u->hyaluronan = in->dermis;
    u->tropoelastin = in->dermis;
    u->elastin = b.elastin;
    u->elastin_abnormal = b.abnormal;
    u->alignment = b.alignment;
    u->melanin = in->epidermis;
    u->barrier = in->corneum;
}

/* Cells die by the cut and the heat; matrix is lost where it was taken away, cut or burnt. */
CX_POINT void hurt_tissue(const struct params *p, const struct cx_hit *h, struct point *u) {
    const real removed = R(h->removed), cut = R(h->destroyed - h->removed), heat = R(h->heat);
    const real alive = (R(1) - removed - p->cut_kills * cut) * (R(1) - heat);
    const real shut = R(1.0 - h->open);
    const real perfused = (R(1) - removed - p->cut_vessels * cut) * (R(1) - heat);
    const real matrix = (R(1) - removed - p->cut_matrix * cut) * (R(1) - p->heat_matrix * heat);
    u->neutrophils *= alive;
    u->m1 *= alive;
    u->m2 *= alive;
    u->fibroblasts *= alive;
    u->myofibroblasts *= alive;
    u->keratinocytes *= alive < shut ? alive : shut; /* an open channel has no epidermis */
    u->endothelium *= perfused;
    u->melanocytes_active *= alive;
    u->collagen_3 *= matrix;
    u->collagen_1_new *= matrix;
    u->collagen_1 *= matrix;
    u->hyaluronan *= matrix;
    u->tropoelastin *= matrix;
    u->elastin *= matrix;
    u->elastin_abnormal *= matrix;
    u->lesion_tissue *= matrix;
    u->damage += (R(1) - alive) + p->halo_stress * R(h->halo);
}

CX_POINT void hurt(const struct params *p, const struct cx_hit *h, const struct input *in,
                   struct point *u) {
    hurt_tissue(p, h, u);
    const real blood = R(h->bleed), open = R(h->open), taken = R(h->removed);
    u->fibrin += blood * (u->fibrin < 1 ? R(1) - u->fibrin : R(0));
    u->pdgf += p->pdgf_platelets * blood;
    u->tgfb1 += p->tgfb1_platelets * blood;
    u->barrier *= R(1) - open;
    u->channel += open * (R(1) - u->channel);
    u->bacteria += p->seed * open * (in->corneum + in->epidermis + taken * in->dermis);
    /* A cell that is only grazed carries that much of the defect's width. */
    const real width = R(h->width_um * h->destroyed);
    u->defect = u->defect > width ? u->defect : width;
}

#endif
