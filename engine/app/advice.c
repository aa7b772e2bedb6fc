/* advice.c - design rules of a treatment: each looks at the scenario and the figures of its
 * pattern and may warn.  Rules of thumb, not results: a scenario that breaks one is still run. */
#include "app/advice.h"

#include <math.h>

static struct cx_field_of_view usual_view(const struct cx_scenario *s) {
    const struct cx_vector *size = &s->domain.size;
    if (s->domain.geometry == CX_PATCH && size->n == 3) {
        const bool periodic = s->left.kind == CX_PERIODIC && s->front.kind == CX_PERIODIC;
        return (struct cx_field_of_view){0, 0, size->at[0], size->at[1], periodic};
    }
    /* enough neighbours for good means, but not a million needles: a hundred pitches, at most 1
     * cm */
    double side = 10000;
    if (s->pattern.pitch > 0) side = fmin(side, 100 * s->pattern.pitch);
    if (s->pattern.density > 0) side = fmin(side, 100 * 1e4 / sqrt(s->pattern.density));
    return (struct cx_field_of_view){0, 0, side, side, s->pattern.type != CX_SINGLE};
}

/* Around all needles of a list, with half a spacing to spare: a block may show fewer of them. */
static enum cx_status listed_view(const struct cx_scenario *s, int session,
                                  struct cx_field_of_view *view, struct cx_error *e) {
    const struct cx_field_of_view everywhere = {-2e6, -2e6, 2e6, 2e6, false};
    struct cx_needles all = {0};
    CX_TRY(cx_pattern_make(s, &everywhere, session, &all, e));
    struct cx_field_of_view v = {INFINITY, INFINITY, -INFINITY, -INFINITY, false};
    for (int i = 0; i < all.n; i++) {
        v.x0 = fmin(v.x0, all.at[i].x);
        v.x1 = fmax(v.x1, all.at[i].x);
        v.y0 = fmin(v.y0, all.at[i].y);
        v.y1 = fmax(v.y1, all.at[i].y);
    }
    if (all.n) {
        const double area = (v.x1 - v.x0) * (v.y1 - v.y0);
        const double rim = fmax(0.5 * sqrt(area / all.n), 250);
        *view = (struct cx_field_of_view){v.x0 - rim, v.y0 - rim, v.x1 + rim, v.y1 + rim, false};
    }
    cx_needles_free(&all);
    return CX_OK;
}

enum cx_status cx_app_punctures(const struct cx_scenario *s, int session, struct cx_punctures *p,
                                struct cx_error *e) {
    *p = (struct cx_punctures){.view = usual_view(s)};
    if (s->pattern.type == CX_FILE && s->domain.geometry != CX_PATCH) {
        CX_TRY(listed_view(s, session, &p->view, e));
    }
    CX_TRY(cx_pattern_make(s, &p->view, session, &p->needles, e));
    const enum cx_status status = cx_pattern_measure(s, &p->view, &p->needles, &p->metrics, e);
    if (status) cx_app_punctures_free(p);
    return status;
}

void cx_app_punctures_free(struct cx_punctures *p) { cx_needles_free(&p->needles); }

/* Each rule writes its text and returns true if the scenario breaks it. */
#define ROOM sizeof((struct cx_advice *)0)->text
typedef bool broken(const struct cx_scenario *s, const struct cx_pattern_metrics *m, char *text);

/* Fat does not answer with collagen, and its vessels are larger. */
static bool too_deep(const struct cx_scenario *s, const struct cx_pattern_metrics *m, char *text) {
    const double dermis = cx_skin_layers(s).dermis;
    snprintf(text, ROOM, "needles reach %.2f mm, below the dermis (%.2f mm)",
             m->max_depth_um / 1000, dermis / 1000);
    return s->domain.layout == CX_LAYERED && m->max_depth_um > dermis;
}

static bool too_shallow(const struct cx_scenario *s, const struct cx_pattern_metrics *m,
                        char *text) {
    const double epidermis = cx_skin_layers(s).epidermis;
    snprintf(text, ROOM, "needles reach %.0f um on average and end in the epidermis (%.0f um)",
             m->mean_depth_um, epidermis);
    return s->domain.layout == CX_LAYERED && m->needles && m->mean_depth_um <= epidermis;
}

/* A few touching channels are chance; one needle in twenty is a pattern that was laid too
 * densely. */
static bool overlapping(const struct cx_scenario *s, const struct cx_pattern_metrics *m,
                        char *text) {
    (void)s;
    snprintf(text, ROOM, "%.0f %% of the needles touch another one's channel",
             100 * m->overlap_fraction);
    return m->overlap_fraction > 0.05;
}

/* Channels as they stay open after recoil, not as they were cut. */
static bool too_open(const struct cx_scenario *s, const struct cx_pattern_metrics *m, char *text) {
    (void)s;
    snprintf(text, ROOM, "%.1f %% of the skin area is open after one session",
             100 * m->open_area_fraction);
    return m->open_area_fraction > 0.15;
}

/* No source that was found stratifies the risk by skin type; those with types IV and V alone
 * report the most pigment. */
static bool dark_without_sun_care(const struct cx_scenario *s, const struct cx_pattern_metrics *m,
                                  char *text) {
    snprintf(text, ROOM, "Fitzpatrick %d with only %.0f %% of the ultraviolet kept away",
             (int)s->skin.fitzpatrick, 100 * s->aftercare.sun_protection);
    return m->needles && s->skin.fitzpatrick >= 4 && s->aftercare.sun_protection < 0.8;
}

/* The shortest interval that the retrieved studies used is a week. */
static bool too_often(const struct cx_scenario *s, const struct cx_pattern_metrics *m, char *text) {
    double least = INFINITY;
    for (int i = 1; i < s->treatment.sessions.n; i++) {
        least = fmin(least, s->treatment.sessions.at[i] - s->treatment.sessions.at[i - 1]);
    }
    snprintf(text, ROOM, "sessions are only %.3g days apart", least / 24);
    return m->needles && least < 7 * 24;
}

/* Collagen that is laid down in the second week and later would not be seen. */
static bool ends_early(const struct cx_scenario *s, const struct cx_pattern_metrics *m,
                       char *text) {
    const int n = s->treatment.sessions.n;
    const double after = n ? s->time.end - s->treatment.sessions.at[n - 1] : INFINITY;
    snprintf(text, ROOM, "the simulated time ends %.3g days after the last session", after / 24);
    return m->needles && after < 14 * 24;
}

/* A new rule is a function above and a row here. */
static const struct {
    const char *rule;
    broken *see;
    const char *hint;
} rules[] = {
    {"reaches_hypodermis", too_deep, "shorter needles keep the injury in the dermis"},
    {"stays_in_epidermis", too_shallow, "collagen answers to injury of the dermis"},
    {"overlap", overlapping, "a larger pitch or fewer passes keep bridges of whole skin"},
    {"open_area", too_open, "above 15 % healing is no longer from channel to channel"},
    {"pigment_risk", dark_without_sun_care, "raise aftercare.sun_protection"},
    {"sessions_close", too_often, "studies used one week or more, mostly four"},
    {"ends_early", ends_early, "new collagen grows for weeks: raise time.end"},
};

int cx_advice_make(const struct cx_scenario *s, const struct cx_pattern_metrics *m,
                   struct cx_advice out[CX_ADVICE_MAX]) {
    int n = 0;
    for (size_t i = 0; i < sizeof rules / sizeof *rules && n < CX_ADVICE_MAX; i++) {
        if (!rules[i].see(s, m, out[n].text)) continue;
        out[n].rule = rules[i].rule;
        out[n++].hint = rules[i].hint;
    }
    return n;
}
