/* punctures.c - the pattern of punctures of the first session, picture and facts (declared in plates.h). */
#include "report/plates.h"

#include "report/pattern_picture.h"

#include <math.h>
#include <stdlib.h>

/* Later sessions land elsewhere or in the same holes: one session shows the pattern. */
static bool in_first(const struct cx_result *r, int i) {
    return r->needle[i].session == r->needle[0].session;
}

/* Block of a patch; for other geometries, whose needles may lie outside the block, the box around the needles. */
static void set_window(struct cx_pattern_picture *p, const struct cx_view *v) {
    const struct cx_result *r = v->r;
    *p = (struct cx_pattern_picture){.x0 = r->edge[CX_X][0],
                                     .x1 = r->edge[CX_X][r->shape[0]],
                                     .y0 = r->edge[CX_Y][0],
                                     .y1 = r->edge[CX_Y][r->shape[1]]};
    if (r->shape[0] > 1 && r->shape[1] > 1) return;
    p->x0 = p->y0 = HUGE_VAL;
    p->x1 = p->y1 = -HUGE_VAL;
    for (int i = 0; i < r->needles; i++) {
        const double x = r->needle[i].x_um, y = r->needle[i].y_um,
                     air = 2 * r->needle[i].diameter_um;
        p->x0 = fmin(p->x0, x - air);
        p->x1 = fmax(p->x1, x + air);
        p->y0 = fmin(p->y0, y - air);
        p->y1 = fmax(p->y1, y + air);
    }
}

static void set_needles(struct cx_pattern_picture *p, const struct cx_result *r,
                        struct cx_puncture *at) {
    const double rad = acos(-1) / 180;
    for (int i = 0; i < r->needles; i++) {
        const struct cx_needle_record *n = &r->needle[i];
        if (!in_first(r, i)) continue;
        at[p->n++] = (struct cx_puncture){n->x_um,
                                          n->y_um,
                                          n->depth_um,
                                          n->diameter_um,
                                          n->tilt_degree * rad,
                                          n->azimuth_degree * rad};
    }
    p->at = at;
}

static void set_layers(struct cx_pattern_picture *p, const struct cx_view *v) {
    for (int b = 0; b < v->bands && p->layers < 5; b++) {
        p->limit_um[p->layers] = v->band[b].bottom_um;
        p->layer[p->layers++] = v->band[b].name;
    }
}

static enum cx_status put_png(struct cx_text *page, const struct cx_pattern_picture *p,
                              const struct cx_theme *theme, struct cx_error *e) {
    struct cx_canvas c;
    struct cx_blob png;
    CX_TRY(cx_canvas_open(&c, NULL, CX_PATTERN_WIDTH, CX_PATTERN_HEIGHT, e));
    cx_pattern_draw(c.to, p, theme);
    const enum cx_status status = cx_surface_png(c.surface, 0, &png, e);
    cx_canvas_close(&c, NULL, NULL);
    if (status) return status;
    cx_page_data(page, "image/png", png.at, png.n);
    cx_blob_free(&png);
    return CX_OK;
}

/* A picture for each theme; the browser takes the one that fits. */
static enum cx_status put_picture(struct cx_text *page, const struct cx_pattern_picture *p,
                                  struct cx_error *e) {
    cx_text_add(page, "<picture><source media='screen and (prefers-color-scheme:dark)' srcset='");
    CX_TRY(put_png(page, p, cx_theme_dark(), e));
    cx_text_add(page,
                "'><img width=%d height=%d alt='%d punctures of one session from above at true "
                "diameter, and from "
                "the side at the depth they reached' src='",
                CX_PATTERN_WIDTH, CX_PATTERN_HEIGHT, p->n);
    CX_TRY(put_png(page, p, cx_theme_light(), e));
    cx_text_add(page, "'></picture>");
    return CX_OK;
}

struct facts {
    double depth, deepest, diameter, pierced[4];
    int n, sessions;
};

static struct facts facts_of(const struct cx_result *r) {
    struct facts f = {.sessions = 1};
    for (int i = 0; i < r->needles; i++) {
        const struct cx_needle_record *n = &r->needle[i];
        if (n->session + 1 > f.sessions) f.sessions = n->session + 1;
        if (!in_first(r, i)) continue;
        f.n++;
        f.depth += n->depth_um;
        f.diameter += n->diameter_um;
        f.deepest = fmax(f.deepest, n->depth_um);
        for (int l = 0; l < 4; l++) f.pierced[l] += n->layer_um[l] > 0;
    }
    return f;
}

static void put_fact(struct cx_text *p, const char *what, double value, const char *unit) {
    char number[CX_WORD];
    cx_number_text(value, number);
    cx_text_add(p, "<div><dt>%s</dt><dd>%s%s</dd></div>\n", what, number, unit);
}

/* Counted from the record of every puncture, not from the settings. */
static void put_facts(struct cx_text *p, const struct cx_view *v) {
    static const char *const pierced[] = {"Pierce the stratum corneum", "Reach the epidermis",
                                          "Reach the papillary dermis",
                                          "Reach the reticular dermis"};
    const struct cx_result *r = v->r;
    const struct facts f = facts_of(r);
    cx_text_add(p, "<dl>\n");
    put_fact(p, "Sessions", f.sessions, "");
    put_fact(p, "Punctures of one session", f.n, "");
    if (r->shape[0] > 1 && r->shape[1] > 1) {
        const double um2 = (r->edge[CX_X][r->shape[0]] - r->edge[CX_X][0]) *
                           (r->edge[CX_Y][r->shape[1]] - r->edge[CX_Y][0]);
        put_fact(p, "Density", f.n / (um2 * 1e-8), "\u00a0/\u00a0cm²");
    }
    put_fact(p, "Diameter at the surface, mean", f.diameter / f.n, "\u00a0µm");
    put_fact(p, "Reached depth, mean", f.depth / f.n / 1000, "\u00a0mm");
    put_fact(p, "Reached depth, deepest", f.deepest / 1000, "\u00a0mm");
    for (int l = 0; l < 4; l++) put_fact(p, pierced[l], 100 * f.pierced[l] / f.n, "\u00a0%");
    cx_text_add(p, "</dl>\n");
}

enum cx_status cx_plate_pattern(struct cx_text *p, const struct cx_view *v, struct cx_error *e) {
    struct cx_pattern_picture picture;
    if (!v->r->needles) return CX_OK;
    struct cx_puncture *at = malloc((size_t)v->r->needles * sizeof *at);
    if (!at) return cx_fail(e, CX_STORAGE, 61, "no memory for the picture of the pattern");
    set_window(&picture, v);
    set_needles(&picture, v->r, at);
    set_layers(&picture, v);
    cx_text_add(p, "<section id=pattern><h2>Punctures</h2><p class=lead>Where the needles of the "
                   "first session went in, "
                   "and how deep.</p><div class=pattern>");
    const enum cx_status status = put_picture(p, &picture, e);
    free(at);
    put_facts(p, v);
    cx_text_add(p, "</div></section>\n");
    return status;
}
