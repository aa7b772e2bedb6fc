/* sense.h - what a point of tissue returns to and what its cells sense, shared by the rates and the measures.
 *
 * May know: struct params, point, input (made by CX_DECLARE before this is read). */
#ifndef MICRONEEDLING_SENSE_H
#define MICRONEEDLING_SENSE_H

/* ---- the state to which a point returns ------------------------------------------------------------------------- */

struct base {
    real fibroblasts, vessels, collagen_3, collagen_new, collagen_1, total, elastin, abnormal,
        alignment;
};

/* s: share of old lesion, exactly 0 or 1 in unwounded skin, which keeps the sums exact in float and in double. */
CX_POINT struct base base_of(const struct params *p, const struct input *in, real s) {
    const real here = in->dermis, pap = in->papillary, ret = here - pap, old = here * s,
               own = R(1) - s;
    struct base b = {.fibroblasts = here * p->base_fibroblasts,
                     .vessels = here * p->base_vessels,
                     .elastin = own * (here * p->base_elastin) + old * p->old_elastin,
                     .alignment = old * p->old_alignment};
    b.collagen_3 =
        own * (pap * p->papillary_collagen_3 + ret * p->base_collagen_3) + old * p->old_collagen_3;
    b.collagen_new = own * (pap * p->papillary_collagen_new + ret * p->base_collagen_new) +
                     old * p->old_collagen_new;
    b.collagen_1 =
        own * (pap * p->papillary_collagen_1 + ret * p->base_collagen_1) + old * p->old_collagen_1;
    b.abnormal = own * (pap * p->base_abnormal_papillary + ret * p->base_abnormal_reticular) +
                 old * p->old_abnormal;
    b.total = b.collagen_3 + b.collagen_new + b.collagen_1;
    return b;
}

/* x / b in dermis, where it is exactly 1 at x = b; x elsewhere. */
CX_POINT real relative(real x, real b, real dermis) { return x / (b + (R(1) - dermis)); }
/* The same for collagen; outside the dermis, where there is none, against the normal density. */
CX_POINT real relative_collagen(const struct params *p, real x, real b, real dermis) {
    return x / (b + (R(1) - dermis) * p->collagen_normal);
}

/* ---- what cells sense at a point, used by several rates ---------------------------------------------------------- */

struct scene {
    struct input in;
    struct base b;
    real collagen;    /* kg/m3 */
    real fibro, ends; /* fibroblasts, capillaries against the base */
    real alarm;       /* chemotactic signal: damage and IL-1 */
    real calm;        /* 1 without IL-10, falling to 0 */
    real
        breath; /* oxygen gate of hydroxylation and killing: 1 at the healthy level with full blood supply */
    real proteolysis;      /* MMP not held by TIMP */
    real load;             /* 0..1: deep and wide enough to load the matrix */
    real tension;          /* 0..1: load on matrix that is stiff enough to pull on */
    real active;           /* fibroblast growth signal, 0..1 */
    real crowd;            /* 1 in thin matrix, 1/2 at the crowding limit */
    real drive_3, drive_1; /* kg/m3/h: signal-driven deposition of III and I */
    real keep;             /* homeostatic deposition against health */
    real missing;          /* share of the base collagen that is missing */
};

/* Deep and wide: only such a defect loads its cells. */
CX_POINT real load_of(const struct params *p, const struct point *u, const struct input *in) {
    return in->dermis * cx_hill2(u->defect, p->tension_width) *
           cx_hill4(in->depth, p->tension_depth);
}

/* Fresh matrix must be stiff enough to pull on: laid down, and the clot gone; old collagen beside a wound is at rest. */
CX_POINT real firmness(const struct params *p, const struct point *u) {
    const real firm = cx_positive(R(1) - u->fibrin);
    return firm * firm * cx_hill4(u->collagen_3 + u->collagen_1_new, p->tension_matrix);
}

CX_POINT struct scene sense(const struct params *p, const struct point *u, const struct input *in) {
    struct scene s = {.in = *in, .b = base_of(p, in, u->lesion_tissue)};
    s.collagen = u->collagen_3 + u->collagen_1_new + u->collagen_1;
    s.fibro = relative(u->fibroblasts, s.b.fibroblasts, in->dermis);
    s.ends = relative(u->endothelium, s.b.vessels, in->dermis);
    s.alarm = u->damage + u->il1;
    s.calm = p->il10_half / (p->il10_half + u->il10);
    s.breath =
        u->oxygen * p->supply * (R(1) + p->oxygen_half) / (p->oxygen_half + u->oxygen * p->supply);
    s.proteolysis = u->mmp * p->timp_half / (p->timp_half + u->timp);
    s.load = load_of(p, u, in);
    s.tension = s.load * firmness(p, u);
    s.active = cx_hill2(u->pdgf + u->tgfb1 + p->tgfb3_potency * u->tgfb3, p->growth_half);
    return s;
}

/* Deposition of collagen: what the signals drive and what health keeps up. */
CX_POINT void deposit(const struct params *p, const struct point *u, struct scene *s) {
    const real fold =
        relative_collagen(p, s->collagen, s->b.total, s->in.dermis) / p->collagen_crowding;
    const real fold2 = fold * fold;
    s->crowd = R(1) / (R(1) + fold2 * fold2);
    const real cells =
        s->crowd * s->breath * (u->fibroblasts + p->myofibroblast_synthesis * u->myofibroblasts);
    const real growth_factor = u->tgfb1 + p->tgfb3_potency * u->tgfb3;
    const real spared = p->il1_block / (p->il1_block + u->damage);
    const real quiet = p->il1_block / (p->il1_block + u->il1 + u->damage);
    s->drive_3 = p->make_3 * cells * spared *
                 cx_hill1(growth_factor + p->pdgf_potency_3 * u->pdgf, p->synthesis_half);
    s->drive_1 = p->make_1 * cells * cx_hill1(growth_factor, p->synthesis_half) * quiet *
                 cx_hill2(u->collagen_3, p->scaffold_3);
    s->keep = R(1) - cx_positive(R(1) - s->fibro) + s->crowd * cx_positive(s->fibro - R(1));
    s->missing = cx_positive(s->b.total - s->collagen) * s->keep;
}

#endif
