/* pattern.c - the picture of a pattern before any simulation: scenario and needles in, file out (see report.h). */
#include "report/pattern_picture.h"
#include "report/report.h"
#include "wound/skin.h"

#include <stdlib.h>

/* The last band has no lower limit: it fills the rest of the picture. */
static void set_layers(struct cx_pattern_picture *p, const struct cx_scenario *s) {
    static const char *const names[] = {"stratum corneum", "epidermis", "papillary dermis",
                                        "reticular dermis", "hypodermis"};
    const struct cx_layers l = cx_skin_layers(s);
    const double limits[] = {l.corneum, l.epidermis, l.papillary, l.dermis, l.dermis};
    const bool uniform = s->domain.layout == CX_UNIFORM;
    p->layers = uniform ? 1 : 5;
    for (int i = 0; i < p->layers; i++) {
        p->limit_um[i] = limits[i];
        p->layer[i] = uniform ? "uniform tissue" : names[i];
    }
}

enum cx_status cx_report_pattern(const struct cx_scenario *s, const struct cx_field_of_view *view,
                                 const struct cx_needles *n, const char *path, struct cx_error *e) {
    struct cx_pattern_picture p = {.x0 = view->x0,
                                   .y0 = view->y0,
                                   .x1 = view->x1,
                                   .y1 = view->y1,
                                   .periodic = view->periodic,
                                   .n = n->n};
    struct cx_puncture *at = malloc(((size_t)n->n + 1) * sizeof *at);
    struct cx_canvas c;
    if (!at) return cx_fail(e, CX_STORAGE, 61, "no memory to draw %d needles", n->n);
    for (int i = 0; i < n->n; i++) {
        const struct cx_needle *one = &n->at[i];
        at[i] = (struct cx_puncture){one->x,        one->y,    one->depth,
                                     one->diameter, one->tilt, one->azimuth};
    }
    p.at = at;
    set_layers(&p, s);
    enum cx_status status = cx_canvas_open(&c, path, CX_PATTERN_WIDTH, CX_PATTERN_HEIGHT, e);
    if (!status) {
        cx_pattern_draw(c.to, &p, cx_theme_light());
        status = cx_canvas_close(&c, path, e);
    }
    free(at);
    return status;
}
