/* depths.c - shown fields against depth at the shown days (declared in plates.h). */
#include "report/plates.h"

#include <stdio.h>
#include <stdlib.h>

/* One key for all profiles: the same line is the same day everywhere. */
static void put_days(struct cx_text *p, const struct cx_view *v) {
    char when[CX_WORD];
    cx_text_add(p, "<ul class=days>");
    for (int d = 0; d < v->days; d++) {
        cx_day_text(v->r->time_day[v->frame[d]], when);
        cx_text_add(p, "<li><i style='border-color:var(--d%d)%s'></i>%s</li>", d,
                    d ? "" : ";border-top-style:dotted", when);
    }
    cx_text_add(p, "</ul>\n");
}

static void put_profile(struct cx_text *p, const struct cx_view *v, const struct cx_shown *s,
                        const double *depth) {
    struct cx_profile c = {.depth_um = v->depth_um,
                           .place = cx_view_place_name(v),
                           .lines = v->days,
                           .bands = v->bands,
                           .band = v->band};
    snprintf(c.alt, sizeof c.alt, "%s against %s on %d days", s->name, c.place, v->days);
    snprintf(c.unit, sizeof c.unit, "%s", *s->unit ? s->unit : "relative");
    for (int d = 0; d < v->days; d++) {
        c.line[d] = (struct cx_line){.x = s->mean[d], .y = depth, .n = cx_view_places(v)};
        cx_day_text(v->r->time_day[v->frame[d]], c.line[d].label);
    }
    cx_text_add(p, "<div class=profile><h3>");
    cx_page_text(p, s->name);
    cx_text_add(p, "</h3><p>");
    cx_page_text(p, s->doc);
    cx_text_add(p, "</p>");
    cx_profile_put(p, &c);
    cx_text_add(p, "</div>\n");
}

enum cx_status cx_plate_profiles(struct cx_text *p, const struct cx_view *v, struct cx_error *e) {
    const int n = cx_view_places(v);
    double *depth = malloc((size_t)n * sizeof *depth);
    if (!depth) return cx_fail(e, CX_STORAGE, 61, "no memory for the depth profiles");
    for (int k = 0; k < n; k++) depth[k] = cx_view_place(v, k);
    cx_text_add(p, "<section id=depth><h2>By %s</h2><p class=lead>%s</p>\n", cx_view_place_name(v),
                v->row      ? "The row of cells, at chosen days."
                : v->column ? "The column from the surface down, at chosen days."
                            : "The mean over the whole plane at each depth, at chosen days. Tissue "
                              "between the punctures "
                              "is part of the mean.");
    put_days(p, v);
    cx_text_add(p, "<div class=profiles>\n");
    for (int f = 0; f < v->fields; f++) put_profile(p, v, &v->field[f], depth);
    cx_text_add(p, "</div></section>\n");
    free(depth);
    return CX_OK;
}
