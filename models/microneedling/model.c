/* model.c - skin healing after needling, from the puncture to the mature matrix: 35 fields, time in h, length in um.
 *
 * Every field obeys du/dt = div(D grad u - u grad phi) + gain - loss u; README.md writes each pair out with its source.
 * Signals are excess over healthy skin, so they vanish in health.  Homeostatic pairs are written k x base and k with
 * modifiers that are then exactly 0 or 1: a skin without a wound (also an old, sun-damaged or scarred one) never moves.
 * Tables: params.h, species.h, outcomes.h.  Functions: sense.h -> rates.h, measure.h; person.h.
 * May know: model.h, the words for conditions and topicals of config/scenario.h, and the files beside it. */
#include "engine/model.h"

#include "engine/config/scenario.h"
#include "outcomes.h"
#include "params.h"
#include "species.h"

CX_DECLARE

#include "measure.h"
#include "person.h"
#include "rates.h"

/* ---- movement ---------------------------------------------------------------------------------------------------- */

CX_POINT void movement(const struct params *p, const struct point *u, const struct input *in,
                       struct point *D, struct point *phi) {
    const real deep = R(1) - in->epidermis - in->corneum;
    const real loose = deep * p->dermis_hindrance + in->epidermis * p->epidermis_hindrance +
                       in->corneum * p->corneum_hindrance;
    D->damage = loose * p->damage_diffusion;
    D->pdgf = loose * p->pdgf_diffusion;
    D->il1 = loose * p->il1_diffusion;
    D->il10 = loose * p->il10_diffusion;
    D->tgfb1 = loose * p->tgfb_diffusion;
    D->tgfb3 = loose * p->tgfb_diffusion;
    D->vegf = loose * p->vegf_diffusion;
    D->kgf = loose * p->kgf_diffusion;
    D->mmp = loose * p->mmp_diffusion;
    D->timp = loose * p->timp_diffusion;
    D->oxygen = p->oxygen_diffusion;
    D->neutrophils = in->dermis * p->neutrophil_motility;
    D->m1 = in->dermis * p->macrophage_motility;
    D->m2 = in->dermis * p->macrophage_motility;
    const real collagen = u->collagen_3 + u->collagen_1_new + u->collagen_1;
    const real free = p->collagen_normal / (p->collagen_normal + p->matrix_slowing * collagen);
    D->fibroblasts = in->dermis * p->fibroblast_motility * p->growth * free;
    D->endothelium = in->dermis * p->vessel_motility;
    D->keratinocytes = (in->epidermis + in->corneum) * p->keratinocyte_motility * p->growth;

    const real alarm = cx_hill1(u->damage + u->il1, p->taxis_half);
    phi->neutrophils = in->dermis * p->neutrophil_taxis * alarm;
    phi->m1 =
        in->dermis * p->macrophage_taxis * cx_hill1(u->damage + u->il1 + u->pdgf, p->taxis_half);
    phi->m2 = phi->m1;
    phi->fibroblasts = in->dermis * p->fibroblast_taxis * p->growth *
                       (cx_hill1(u->pdgf, p->taxis_half) + cx_hill1(u->tgfb1, p->taxis_half));
    phi->endothelium = in->dermis * p->vessel_taxis * cx_hill1(u->vegf, p->taxis_half);
}

CX_MODEL(microneedling, "Healing and collagen response of needled skin",
         "Assembled from published parts; see the page of the model for each of them")
