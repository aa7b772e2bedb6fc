/* plot_profile.c - a field against depth at several times, for print (declared in plot.h). */
#include "report/plot.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* pt */
enum { LEFT = 32, RIGHT = 8, TOP = 42, BOTTOM = 6, KEY = 11 };
static const double tall = 1.1; /* height of the frame by its width */

struct profile {
    const struct cx_plot_source *s;
    int places, days;
    double day[CX_LINES_MAX];
    double *value[CX_LINES_MAX]; /* [places] */
    struct cx_panel panel;
};

/* Times that were not asked for: first, last, and those between that lie farthest apart on the clock of healing, in
 * which early days count as much as late weeks. */
static void choose_days(struct profile *p) {
    const struct cx_result *r = &p->s->result;
    const int want = r->frames < 5 ? r->frames : 5;
    const double first = log(0.5 + r->time_day[0]), last = log(0.5 + r->time_day[r->frames - 1]);
    int at = -1;
    for (int i = 0; i < want; i++) {
        const double wished = want > 1 ? first + i * (last - first) / (want - 1) : first;
        int best = at + 1;
        for (int f = best; f < r->frames - (want - 1 - i); f++)
            if (fabs(log(0.5 + r->time_day[f]) - wished) <
                fabs(log(0.5 + r->time_day[best]) - wished))
                best = f;
        at = best;
        p->day[p->days++] = r->time_day[at];
    }
}

static enum cx_status read_days(struct profile *p, struct cx_lens *lens, struct cx_error *e) {
    for (int d = 0; d < p->days; d++) {
        p->value[d] = malloc((size_t)p->places * sizeof(double));
        if (!p->value[d]) return cx_fail(e, CX_STORAGE, 61, "no memory for a profile");
        CX_TRY(cx_lens_turn(lens, p->day[d], e));
        for (int k = 0; k < p->places; k++) p->value[d][k] = cx_lens_mean(lens, k);
    }
    return CX_OK;
}

/* Only what lies inside the picture sets the width of its scale. */
static void fit(struct profile *p) {
    const struct cx_view *v = &p->s->view;
    double low = NAN, high = NAN;
    for (int d = 0; d < p->days; d++)
        for (int k = 0; k < p->places; k++) {
            const double value = p->value[d][k];
            if (!isfinite(value) || cx_view_place(v, k) > v->depth_um) continue;
            if (!(low <= value)) low = value;
            if (!(high >= value)) high = value;
        }
    cx_scale_fit(&p->panel.x, low, high);
    p->panel.y = (struct cx_scale){0, v->depth_um / 1000, 0, 0, false};
    cx_panel_fit(&p->panel, true);
}

/* Layers as shades, with their names where there is room. */
static void put_bands(cairo_t *to, const struct profile *p) {
    const struct cx_view *v = &p->s->view;
    const struct cx_panel *a = &p->panel;
    for (int b = 0; b < v->bands; b++) {
        const double top = cx_scale_at(&a->y, fmin(v->band[b].top_um, v->depth_um) / 1000);
        const double bottom = cx_scale_at(&a->y, fmin(v->band[b].bottom_um, v->depth_um) / 1000);
        cx_canvas_colour(to, b % 2 ? 0xf7f7f5 : 0xeeece7, 1);
        cairo_rectangle(to, a->left, top, a->right - a->left, bottom - top);
        cairo_fill(to);
        if (bottom - top > 10)
            cx_canvas_text(to, a->left + 4, bottom - 3, v->band[b].name,
                           &(struct cx_lettering){6, 0, 0x647082, false});
    }
}

static void put_lines(cairo_t *to, const struct profile *p) {
    const struct cx_panel *a = &p->panel;
    cairo_save(to);
    cairo_rectangle(to, a->left, a->top, a->right - a->left, a->bottom - a->top);
    cairo_clip(to);
    for (int d = 0; d < p->days; d++) {
        cairo_new_path(to);
        for (int k = 0; k < p->places; k++)
            cairo_line_to(to, cx_scale_at(&a->x, p->value[d][k]),
                          cx_scale_at(&a->y, cx_view_place(&p->s->view, k) / 1000));
        cx_sheet_pen(to, d);
        cairo_stroke(to);
    }
    cairo_restore(to);
    cairo_set_dash(to, NULL, 0, 0);
}

/* The times, in columns under the frame, each with its line. */
static void put_key(cairo_t *to, const struct profile *p, double width) {
    const double each = (width - LEFT - RIGHT) / 3;
    for (int d = 0; d < p->days; d++) {
        char when[CX_WORD];
        const int column = d % 3, row = d / 3;
        const double x = LEFT + column * each, y = p->panel.bottom + 12 + row * KEY;
        cx_day_text(p->day[d], when);
        cx_sheet_pen(to, d);
        cairo_move_to(to, x, y - 2.3);
        cairo_rel_line_to(to, 14, 0);
        cairo_stroke(to);
        cx_canvas_text(to, x + 18, y, when,
                       &(struct cx_lettering){CX_SHEET_LETTER, 0, 0x1c2530, false});
    }
    cairo_set_dash(to, NULL, 0, 0);
}

static void put_axes(cairo_t *to, const struct profile *p, const struct cx_lens *lens) {
    const struct cx_result *r = &p->s->result;
    const struct cx_panel *a = &p->panel;
    char name[CX_WORD], unit[CX_WORD], across[2 * CX_WORD + 4], down[2 * CX_WORD + 4];
    cx_name_text(r->field[lens->field], name);
    cx_unit_text(r->field_unit[lens->field], unit);
    cx_sheet_label(name, unit, across);
    cx_sheet_label(cx_view_place_name(&p->s->view), "mm", down);
    cx_sheet_frame(to, a);
    cx_sheet_axis(to, a, CX_SIDE_TOP,
                  &(struct cx_axis_words){across, cx_ticks_linear(a->x.lo, a->x.hi, 5), false});
    cx_sheet_axis(to, a, CX_SIDE_LEFT,
                  &(struct cx_axis_words){down, cx_ticks_linear(a->y.lo, a->y.hi, 6), false});
}

static enum cx_status draw(struct profile *p, const struct cx_plot_ask *ask,
                           const struct cx_lens *lens, struct cx_error *e) {
    struct cx_sheet sheet = {.width = ask->width_mm / 25.4 * 72, .dpi = ask->dpi};
    const int rows = (p->days + 2) / 3;
    p->panel.left = LEFT;
    p->panel.right = sheet.width - RIGHT;
    p->panel.top = TOP - 16;
    p->panel.bottom = p->panel.top + tall * (p->panel.right - LEFT);
    sheet.height = p->panel.bottom + BOTTOM + rows * KEY;
    fit(p);
    CX_TRY(cx_sheet_kind_of(ask->path, &sheet.kind, e));
    CX_TRY(cx_sheet_open(&sheet, e));
    put_bands(sheet.to, p);
    put_lines(sheet.to, p);
    put_axes(sheet.to, p, lens);
    put_key(sheet.to, p, sheet.width);
    return cx_sheet_close(&sheet, ask->path, e);
}

enum cx_status cx_plot_profile(const struct cx_plot_source *s, const struct cx_plot_ask *ask,
                               struct cx_error *e) {
    struct profile p = {.s = s, .places = cx_view_places(&s->view)};
    struct cx_lens lens;
    if (ask->names != 1) return cx_fail(e, CX_USAGE, 140, "a profile shows one field");
    if (p.places < 2) return cx_fail(e, CX_USAGE, 140, "a single cell has no profile");
    CX_TRY(cx_lens_open(&lens, &s->result, ask->name[0], e));
    for (int d = 0; d < ask->days; d++) p.day[p.days++] = ask->day[d];
    if (!p.days) choose_days(&p);
    enum cx_status status = read_days(&p, &lens, e);
    if (!status) status = draw(&p, ask, &lens, e);
    for (int d = 0; d < p.days; d++) free(p.value[d]);
    cx_lens_close(&lens);
    return status;
}
