/* rates.h - gain and loss of every field at one point: du/dt = gain - loss u, one function per group of fields.
 *
 * May know: sense.h.  Written out line by line in README.md. */
#ifndef MICRONEEDLING_RATES_H
#define MICRONEEDLING_RATES_H

#include "sense.h"

/* ---- gains and losses -------------------------------------------------------------------------------------------- */

/* Torn cells alarm, capillaries let leukocytes in, eaten neutrophils turn M1 into M2; IL-1 needs
 * danger, so that inflammation ends. */
CX_POINT void rates_inflammation(const struct params *p, const struct point *u,
                                 const struct scene *s, struct point *gain, struct point *loss) {
    const real eaters = u->neutrophils + u->m1 + u->m2;
    const real eaten = p->efferocytosis * (u->m1 + u->m2);
    gain->damage = p->damage_of_neutrophils * p->neutrophil_death * u->neutrophils +
                   p->damage_of_bacteria * u->bacteria;
    loss->damage = p->damage_decay + p->damage_phagocytosis * eaters;
    gain->il1 = p->make_il1 * s->calm * u->damage *
                (p->il1_damage + p->il1_neutrophils * u->neutrophils + p->il1_m1 * u->m1);
    loss->il1 = p->il1_decay;
    gain->il10 = p->il10_m2 * u->m2 + p->il10_efferocytosis * eaten * u->neutrophils;
    loss->il10 = p->il10_decay;

    const real door = s->in.dermis * u->endothelium * p->supply * s->calm;
    const real call = u->il1 + p->monocyte_neutrophil * u->neutrophils;
    const real turn =
        p->m1_to_m2 + p->m1_to_m2_efferocytosis * u->neutrophils + p->m1_to_m2_il10 * u->il10;
    gain->neutrophils = p->neutrophil_recruit * door * cx_hill1(s->alarm, p->recruit_half);
    loss->neutrophils = p->neutrophil_death + eaten;
    gain->m1 = p->monocyte_recruit * door * cx_hill1(call, p->monocyte_half);
    loss->m1 = p->macrophage_loss + turn;
    gain->m2 = turn * u->m1;
    loss->m2 = p->macrophage_loss;
}

/* The clot, macrophages and stressed cells make growth factors; MMP and TIMP oppose each other. */
CX_POINT void rates_growth_factors(const struct params *p, const struct point *u,
                                   const struct scene *s, struct point *gain, struct point *loss) {
    const real skin = s->in.epidermis * u->keratinocytes * cx_hill1(s->alarm, p->recruit_half);
    const real busy = s->active * u->fibroblasts;
    gain->pdgf = p->pdgf_fibrin * u->fibrin + p->pdgf_macrophages * (u->m1 + u->m2);
    loss->pdgf = p->pdgf_decay;
    gain->tgfb1 = p->tgfb1_fibrin * u->fibrin + p->tgfb1_m2 * u->m2 + p->tgfb1_fibroblasts * busy +
                  p->tgfb1_myofibroblasts * s->tension * u->myofibroblasts;
    loss->tgfb1 = p->tgfb1_decay;
    gain->tgfb3 = p->tgfb3_keratinocytes * skin + p->tgfb3_fibroblasts * u->fibroblasts *
                                                      cx_hill1(u->tgfb1, p->synthesis_half) *
                                                      (R(1) - s->load);
    loss->tgfb3 = p->tgfb1_decay;
    gain->vegf = p->vegf_hypoxia * cx_positive(R(1) - u->oxygen) + p->vegf_m2 * u->m2 +
                 p->vegf_keratinocytes * skin;
    loss->vegf = p->vegf_decay;
    gain->kgf = p->kgf_il1 * u->fibroblasts * u->il1 +
                p->kgf_fibroblasts * s->in.dermis * cx_positive(u->fibroblasts - s->b.fibroblasts);
    loss->kgf = p->kgf_decay;
    gain->mmp = p->make_mmp *
                (p->mmp_neutrophils * u->neutrophils + p->mmp_m1 * u->m1 +
                 p->mmp_il1 * u->fibroblasts * u->il1) *
                p->mmp_tgfb_half / (p->mmp_tgfb_half + u->tgfb1 + u->tgfb3);
    loss->mmp = p->mmp_decay;
    gain->timp = p->timp_tgfb * u->fibroblasts * (u->tgfb1 + u->tgfb3) + p->timp_m2 * u->m2;
    loss->timp = p->mmp_decay;
}

/* Cells that live in skin: each returns to its base when the signals have gone. */
CX_POINT void rates_residents(const struct params *p, const struct point *u, const struct scene *s,
                              struct point *gain, struct point *loss) {
    const real divide = p->fibroblast_growth * p->growth *
                        (s->active + p->fibroblast_refill * cx_positive(R(1) - s->fibro));
    const real turn =
        p->myofibroblast_rate * cx_hill4(u->tgfb1, p->myofibroblast_half) * s->tension;
    gain->fibroblasts =
        (p->fibroblast_turnover * s->b.fibroblasts + divide * p->fibroblast_limit) * u->fibroblasts;
    loss->fibroblasts = (p->fibroblast_turnover + divide) * u->fibroblasts + turn;
    gain->myofibroblasts = turn * u->fibroblasts;
    loss->myofibroblasts =
        p->myofibroblast_loss * (R(1) + p->myofibroblast_release * (R(1) - s->tension));

    const real sprout = p->vessel_growth * p->growth * cx_hill2(u->vegf, p->vegf_half);
    gain->endothelium =
        (p->vessel_turnover * s->b.vessels + sprout * p->vessel_limit) * u->endothelium;
    loss->endothelium = (p->vessel_turnover + sprout) * u->endothelium;
    const real use = R(1) + p->oxygen_leukocytes * (u->neutrophils + u->m1 + u->m2);
    const real bring = R(1) + s->in.dermis * (s->ends - R(1));
    gain->oxygen = p->oxygen_use * bring;
    loss->oxygen = p->oxygen_use * (use + p->oxygen_supply_share * (bring - use));

    gain->keratinocytes = p->cover_growth * (s->in.epidermis + s->in.corneum) * u->keratinocytes;
    loss->keratinocytes = p->cover_growth * u->keratinocytes;
    gain->epidermal_thickness = p->thickness_turnover * s->in.epidermis *
                                (R(1) + p->thickness_kgf * cx_hill1(u->kgf, p->kgf_half));
    loss->epidermal_thickness = p->thickness_turnover;
    gain->melanocytes_active =
        p->melanocyte_response * s->in.epidermis * cx_hill1(s->alarm, p->recruit_half);
    loss->melanocytes_active = p->melanocyte_off + gain->melanocytes_active;
    gain->melanin =
        p->melanin_turnover * s->in.epidermis * (R(1) + p->melanin_made * u->melanocytes_active);
    loss->melanin = p->melanin_turnover;
}

/* III and new I are laid down by signal, by health and into empty space; new I matures. */
CX_POINT void rates_collagen(const struct params *p, const struct point *u, const struct scene *s,
                             struct point *gain, struct point *loss) {
    const struct base *b = &s->b;
    const real fill = p->collagen_fill * s->missing;
    const real share_3 = relative_collagen(p, b->collagen_3, b->total, s->in.dermis);
    const real cut = p->proteolysis_new * s->proteolysis;
    gain->collagen_3 = p->turnover_3 * b->collagen_3 * s->keep + s->drive_3 + fill * share_3;
    loss->collagen_3 = p->turnover_3 + cut;
    gain->collagen_1_new = (p->turnover_new + p->crosslinking) * b->collagen_new * s->keep +
                           s->drive_1 + fill * (R(1) - share_3);
    loss->collagen_1_new = p->turnover_new + p->crosslinking + cut;
    gain->collagen_1 = p->turnover_mature * b->collagen_1 *
                       relative_collagen(p, u->collagen_1_new, b->collagen_new, s->in.dermis);
    loss->collagen_1 = p->turnover_mature + p->proteolysis_mature * s->proteolysis;

    /* Order follows what is laid: with the old order in quiet tissue, in parallel under load, pulled by
     * myofibroblasts and TGF-b1 against TGF-b3. */
    const real pull = u->tgfb1 + u->myofibroblasts;
    const real scarring = s->load * pull / (pull + u->tgfb3 + R(0.01));
    const real laid = (s->drive_3 + s->drive_1 + fill) / (s->collagen + p->alignment_floor);
    const real renew = laid + p->alignment_turnover * s->proteolysis;
    gain->alignment = renew * (b->alignment + (R(1) - b->alignment) * scarring);
    loss->alignment = renew;
}

/* Clot, hyaluronan, three elastin pools, the old lesion and the width of the defect. */
CX_POINT void rates_matrix(const struct params *p, const struct point *u, const struct scene *s,
                           struct point *gain, struct point *loss) {
    const real quiet = p->il1_block / (p->il1_block + u->il1 + u->damage);
    loss->fibrin = p->fibrinolysis + p->proteolysis_fibrin * (s->proteolysis + u->m1 + u->m2);
    const real swell = p->hyaluronan_gain * cx_hill1(u->pdgf + u->il1 + u->tgfb1, p->growth_half);
    gain->hyaluronan = p->hyaluronan_turnover * s->in.dermis * (R(1) + swell * s->fibro);
    loss->hyaluronan = p->hyaluronan_turnover;
    const real late =
        quiet * p->growth * cx_hill1(u->tgfb1 + u->tgfb3, p->synthesis_half) * u->fibroblasts;
    gain->tropoelastin =
        p->tropoelastin_turnover * s->in.dermis * (R(1) + p->tropoelastin_gain * late);
    loss->tropoelastin = p->tropoelastin_turnover;
    gain->elastin = p->elastin_turnover * s->b.elastin +
                    p->elastin_assembly * cx_positive(u->tropoelastin - s->in.dermis);
    loss->elastin = p->elastin_turnover + p->proteolysis_elastin * s->proteolysis;
    gain->elastin_abnormal = p->elastin_abnormal_turnover * s->b.abnormal;
    loss->elastin_abnormal =
        p->elastin_abnormal_turnover + p->proteolysis_abnormal * s->proteolysis;
    loss->lesion_tissue =
        p->lesion_remodelling * cx_hill1(u->tgfb1 + u->tgfb3 + s->proteolysis, p->synthesis_half);
    /* Breakdown of the matrix between close tracks lets them act as one wide defect. */
    const real widen = p->defect_widening * s->in.dermis * s->proteolysis;
    gain->defect = widen * u->defect;
    loss->defect = widen * u->defect / p->defect_limit +
                   p->defect_fill * relative_collagen(p, s->collagen, s->b.total, s->in.dermis) +
                   p->defect_contraction * u->myofibroblasts + p->cover_growth * u->keratinocytes;
}

/* Barrier and channel close at once where narrow, with new epidermis where wide. */
CX_POINT void rates_surface(const struct params *p, const struct point *u, const struct scene *s,
                            struct point *gain, struct point *loss) {
    const real narrow = R(1) - cx_hill2(u->defect, p->barrier_width);
    const real whole = cx_hill4(u->keratinocytes, R(0.8)) * R(1.4096);
    const real heal = narrow + (R(1) - narrow) * whole;
    gain->barrier = p->seal * heal * s->in.corneum;
    loss->barrier = p->seal * heal;
    loss->channel = p->close * heal;
    gain->bacteria = p->bacteria_growth * u->bacteria;
    loss->bacteria = p->bacteria_growth * u->bacteria / p->bacteria_limit + p->bacteria_defence +
                     p->bacteria_kill * u->neutrophils * s->breath;
}

CX_POINT void rates(const struct params *p, const struct point *u, const struct input *in,
                    struct point *gain, struct point *loss) {
    struct scene s = sense(p, u, in);
    deposit(p, u, &s);
    rates_inflammation(p, u, &s, gain, loss);
    rates_growth_factors(p, u, &s, gain, loss);
    rates_residents(p, u, &s, gain, loss);
    rates_collagen(p, u, &s, gain, loss);
    rates_matrix(p, u, &s, gain, loss);
    rates_surface(p, u, &s, gain, loss);
}

#endif
