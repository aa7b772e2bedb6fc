/* measure.h - quantities of a point that are averaged over regions into the series of a run.
 *
 * May know: sense.h and rates of deposition through it. */
#ifndef MICRONEEDLING_MEASURE_H
#define MICRONEEDLING_MEASURE_H

#include "sense.h"

CX_POINT void measure_signals(const struct point *u, struct measure *m) {
    m->damage = u->damage;
    m->pdgf = u->pdgf;
    m->il1 = u->il1;
    m->il10 = u->il10;
    m->tgfb1 = u->tgfb1;
    m->tgfb3 = u->tgfb3;
    m->vegf = u->vegf;
    m->kgf = u->kgf;
    m->mmp = u->mmp;
    m->timp = u->timp;
    m->oxygen = u->oxygen;
    m->neutrophils = u->neutrophils;
    m->m1 = u->m1;
    m->m2 = u->m2;
    m->macrophages = u->m1 + u->m2;
    m->fibroblasts = u->fibroblasts;
    m->myofibroblasts = u->myofibroblasts;
    m->vessels = u->endothelium;
}

CX_POINT void measure_collagen(const struct params *p, const struct point *u, const struct scene *s,
                               struct measure *m) {
    const real share_3 = relative_collagen(p, s->b.collagen_3, s->b.total, s->in.dermis);
    const real fill = p->collagen_fill * s->missing;
    m->collagen_3 = u->collagen_3;
    m->collagen_1_new = u->collagen_1_new;
    m->collagen_mature = u->collagen_1;
    m->collagen_1 = u->collagen_1 + u->collagen_1_new;
    m->collagen_total = s->collagen;
    m->synthesis_3 =
        R(24) * (p->turnover_3 * s->b.collagen_3 * s->keep + s->drive_3 + fill * share_3);
    m->synthesis_1 = R(24) * ((p->turnover_new + p->crosslinking) * s->b.collagen_new * s->keep +
                              s->drive_1 + fill * (R(1) - share_3));
    m->synthesis = m->synthesis_1 + m->synthesis_3;
    m->missing_3 = cx_positive(s->in.dermis -
                               relative_collagen(p, u->collagen_3, s->b.collagen_3, s->in.dermis));
    m->missing_1 = cx_positive(s->in.dermis - relative_collagen(p, m->collagen_1,
                                                                s->b.collagen_1 + s->b.collagen_new,
                                                                s->in.dermis));
}

/* Mixture rules against the same skin without lesion; all are 100 there and 0 outside the dermis. */
CX_POINT void measure_mechanics(const struct params *p, const struct point *u,
                                const struct scene *s, struct measure *m) {
    const struct base b = base_of(p, &s->in, R(0));
    const real out = R(1) - s->in.dermis, none = out * p->collagen_normal;
    const real strong =
        u->collagen_1 + p->strength_new * u->collagen_1_new + p->strength_3 * u->collagen_3;
    const real whole =
        b.collagen_1 + p->strength_new * b.collagen_new + p->strength_3 * b.collagen_3;
    const real stiff = strong / (whole + none) * (R(1) + u->alignment) + R(0.1) * u->elastin;
    const real dry = s->collagen + p->elastin_mass * (u->elastin + u->elastin_abnormal) +
                     p->hyaluronan_mass * u->hyaluronan;
    const real dry_whole =
        b.total + p->elastin_mass * (b.elastin + b.abnormal) + p->hyaluronan_mass * s->in.dermis;
    m->strength = R(100) * strong / (whole + none);
    m->stiffness = R(100) * stiff / (R(1) + R(0.1) * b.elastin + out);
    m->density = R(100) * dry / (dry_whole + none);
    m->lesion_matrix = (s->in.lesion > R(0.5) ? R(1) : R(0)) * s->collagen / (b.total + none);
    m->scar = R(100) * u->alignment * s->in.dermis * cx_hill1(s->collagen, R(0.1) * b.total + none);
    const real firm =
        R(0.6) * s->collagen / (b.total + none) + R(0.3) * u->elastin / (b.elastin + out);
    m->support = firm + R(0.1) * cx_hill1(R(0.1) * u->fibroblasts, R(1));
}

CX_POINT void measure_matrix(const struct point *u, struct measure *m) {
    m->fibrin = u->fibrin;
    m->hyaluronan = u->hyaluronan;
    m->tropoelastin = u->tropoelastin;
    m->elastin = u->elastin;
    m->elastin_abnormal = u->elastin_abnormal;
    m->elastin_total = u->elastin + u->elastin_abnormal + R(0.01) * u->tropoelastin;
    m->alignment = u->alignment;
    m->lesion_tissue = u->lesion_tissue;
}

CX_POINT void measure_surface(const struct params *p, const struct point *u, const struct input *in,
                              struct measure *m) {
    const real leak = cx_positive(in->corneum - u->barrier);
    const real red =
        p->redness_damage * u->damage + p->redness_il1 * u->il1 +
        p->redness_neutrophils * u->neutrophils + p->redness_m1 * u->m1 +
        p->redness_vessels * in->dermis * cx_positive(u->endothelium - p->base_vessels);
    m->redness = R(100) * in->dermis * cx_hill1(red, p->redness_half);
    m->uncovered = cx_positive(in->epidermis * (R(1) - u->keratinocytes));
    m->thickness_percent = R(100) * u->epidermal_thickness;
    m->leak = leak;
    m->conductance = leak * leak * u->channel;
    m->channel = in->corneum * u->channel;
    m->melanocytes_active = u->melanocytes_active;
    m->pigment_percent = R(100) * u->melanin;
    m->pigment_chance = R(100) * cx_hill2(cx_positive(u->melanin - in->epidermis), p->pigment_half);
    m->bacteria = u->bacteria;
    m->infection = R(100) * cx_hill2(u->bacteria, R(1));
    m->corneum = in->corneum;
    m->epidermis = in->epidermis;
}

CX_POINT void measure(const struct params *p, const struct point *u, const struct input *in,
                      struct measure *m) {
    struct scene s = sense(p, u, in);
    deposit(p, u, &s);
    measure_signals(u, m);
    measure_collagen(p, u, &s, m);
    measure_mechanics(p, u, &s, m);
    measure_matrix(u, m);
    measure_surface(p, u, in, m);
}

#endif
