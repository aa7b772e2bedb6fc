/* skin.c - layer thicknesses by site and age, and the maps that follow from them. */
#include "wound/skin.h"

#include "wound/lesion.h"

#include <math.h>
#include <string.h>

/* Thicknesses, um.  `papillary` has no measurement of its own anywhere in the evidence: a tenth of
 * the dermis. */
struct site {
    double corneum, epidermis, dermis;
    const char *source;
};
#define PAPILLARY_SHARE 0.1
#define SELCUK "Selcuk Med J 7154 (90 women, 90 men, histometry)"
#define SANDBY "10.1080/00015550310015419 (Sandby-Moller 2003)"
#define HA "10.1097/01.prs.0000161682.63535.9b (Ha 2005)"
#define CHOPRA "10.1093/asj/sjv079 (Chopra 2015)"
#define TENTH "; papillary dermis assumed: a tenth of the dermis, not measured by site"
#define FACE_CORNEUM                                                                               \
    "corneum assumed: as thin as on the shoulder (11 um, " SANDBY "), face not measured; "

// clang-format off
static const struct site sites[CX_SITE_COUNT] = {
    [CX_CHEEK] = {11.0, 79.08, 1324.0, FACE_CORNEUM "epidermis " SELCUK ", cheek of men; dermis assumed: middle of the thinnest and thickest face region of women, " SELCUK TENTH},
    [CX_FOREHEAD] = {11.0, 93.41, 1498.33, FACE_CORNEUM "epidermis assumed: middle of the face regions, " SELCUK "; dermis assumed: thickest face region of women, " SELCUK ", since " HA " finds 2.8 x the eyelid" TENTH},
    [CX_PERIORBITAL] = {11.0, 65.91, 758.9, FACE_CORNEUM "epidermis assumed: thinnest face region, " SELCUK "; dermis " CHOPRA ", upper medial eyelid" TENTH},
    [CX_NOSE] = {11.0, 93.41, 1969.2, FACE_CORNEUM "epidermis assumed: middle of the face regions, " SELCUK "; dermis " CHOPRA ", lower nasal sidewall" TENTH},
    [CX_UPPER_LIP] = {11.0, 120.91, 1498.33, FACE_CORNEUM "epidermis " SELCUK ", upper lip of women; dermis assumed: thickest face region of women, " SELCUK TENTH},
    [CX_NECK] = {11.0, 79.08, 1150.0, "assumed: as the thinnest face region but the eyelid (" SELCUK "), neck not measured" TENTH},
    [CX_FOREARM] = {18.3, 56.6, 1200.0, "corneum and epidermis " SANDBY ", dorsal forearm; dermis assumed: usual ultrasound value of forearm and face" TENTH},
    [CX_UPPER_ARM] = {11.0, 70.3, 1200.0, "corneum and epidermis " SANDBY ", shoulder; dermis assumed: as the forearm" TENTH},
    [CX_ABDOMEN] = {14.9, 81.5, 2000.0, "corneum and epidermis assumed: as the buttock, " SANDBY "; dermis assumed: upper end of ultrasound values, trunk" TENTH},
    [CX_THIGH] = {14.9, 81.5, 1593.6, "corneum and epidermis " SANDBY ", buttock; dermis 10.1097/01.prs.0000258829.07399.f0 (Dunkin 2007, whole hip skin 1.69 mm) less epidermis" TENTH},
    [CX_BACK] = {11.0, 70.3, 2000.0, "corneum and epidermis " SANDBY ", shoulder; dermis assumed: upper end of ultrasound values, trunk" TENTH},
    [CX_RAT_BACK] = {10.0, 22.0, 800.0, "assumed: rat back has an epidermis of about 22 um and a dermis below 1 mm in textbooks; no value in the evidence" TENTH},
};
// clang-format on

const char *cx_skin_source(enum cx_site site) { return sites[site].source; }

/* Dermis relative to 35 years: 6 % of the original thickness lost per decade (Branchet
 * 1990, 10.1159/000213172).  Flat below 20 years, where skin still grows.  The same study saw the
 * epidermis thin too, Sandby-Moller 2003 (71 people) saw no correlation with age: the epidermis is
 * left alone.  Rats do not age here. */
static double ageing(const struct cx_scenario *s) {
    if (s->skin.site == CX_RAT_BACK) return 1.0;
    return 1.0 - 0.006 * (fmax(s->skin.age, 20.0) - 35.0);
}

static double given_or(double given, double otherwise) { return isnan(given) ? otherwise : given; }

struct cx_layers cx_skin_layers(const struct cx_scenario *s) {
    if (s->domain.layout == CX_UNIFORM)
        return (struct cx_layers){.source = "no layers: domain.layout is uniform"};
    const struct site *site = &sites[s->skin.site];
    const double corneum = given_or(s->skin.corneum, site->corneum);
    const double epidermis = given_or(s->skin.epidermis, site->epidermis);
    const double dermis = given_or(s->skin.dermis, site->dermis * ageing(s));
    const double papillary = given_or(s->skin.papillary, PAPILLARY_SHARE * dermis);
    const double top = corneum + epidermis;
    return (struct cx_layers){corneum, top, top + papillary, top + dermis, site->source};
}

/* Share of a layer at one depth: 1 inside, 0 outside. */
struct band {
    const char *name;
    double top, bottom;
};

static bool band_of(const struct cx_layers *l, const char *name, struct band *found) {
    const struct band bands[] = {
        {"corneum", 0.0, l->corneum},
        {"epidermis", l->corneum, l->epidermis},
        {"papillary", l->epidermis, l->papillary},
        {"reticular", l->papillary, l->dermis},
        {"dermis", l->epidermis, l->dermis},
        {"hypodermis", l->dermis, INFINITY},
    };
    for (size_t b = 0; b < sizeof bands / sizeof *bands; b++)
        if (strcmp(bands[b].name, name) == 0) {
            *found = bands[b];
            return true;
        }
    return false;
}

static void fill_plane(const struct cx_grid *g, int k, double value, double *map) {
    const size_t plane = (size_t)g->shape[CX_X] * (size_t)g->shape[CX_Y];
    for (size_t i = 0; i < plane; i++) map[(size_t)k * plane + i] = value;
}

bool cx_skin_map(const struct cx_scenario *s, const struct cx_grid *g, const char *name,
                 double *map) {
    const struct cx_layers l = cx_skin_layers(s);
    struct band band = {0};
    const bool layer = band_of(&l, name, &band);
    if (s->domain.layout == CX_UNIFORM && strcmp(name, "depth") != 0) return false;
    if (strcmp(name, "lesion") == 0) return cx_lesion_map(s, g, CX_LESION_INSIDE, map);
    if (strcmp(name, "margin") == 0) return cx_lesion_map(s, g, CX_LESION_MARGIN, map);
    if (!layer && strcmp(name, "depth") != 0) return false;
    for (int k = 0; k < g->shape[CX_Z]; k++) {
        const double depth = -g->axis[CX_Z].center[k];
        fill_plane(g, k, layer ? depth > band.top && depth < band.bottom : depth, map);
    }
    return true;
}
