/* plot_section.c - a field in a plane, vertical or seen from above (declared in plot.h). */
#include "report/plot.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* pt */
enum { LEFT = 34, RIGHT = 54, TOP = 17, BOTTOM = 27, BAR_GAP = 7, BAR = 7 };
static const double most_tall = 1.25; /* times the width */

/* The cell that holds a place; -1 outside. */
static int cell_at(const double *edge, int n, double um) {
    for (int i = 0; i < n; i++)
        if (um >= edge[i] && um <= edge[i + 1]) return i;
    return -1;
}

static enum cx_status outside(const struct cx_result *r, int axis, double um, struct cx_error *e) {
    static const char *const names[] = {"x", "y", "z"};
    return cx_fail(e, CX_USAGE, 140,
                   "%s = %.4g um is outside the block, which goes from %.4g to %.4g", names[axis],
                   um, r->edge[axis][0], r->edge[axis][r->shape[axis]]);
}

/* From above: y grows upwards. */
static enum cx_status aim_map(struct cx_plot_cut *c, const struct cx_plot_source *s,
                              const struct cx_plot_ask *ask, struct cx_error *e) {
    const struct cx_result *r = &s->result;
    if (r->shape[0] < 2 || r->shape[1] < 2)
        return cx_fail(e, CX_USAGE, 140, "a %s has no view from above", r->geometry);
    c->cut.across = CX_X;
    c->cut.down = CX_Y;
    c->cut.left = r->edge[CX_X][0];
    c->cut.right = r->edge[CX_X][r->shape[0]];
    c->cut.top = r->edge[CX_Y][r->shape[1]];
    c->cut.bottom = r->edge[CX_Y][0];
    const double z = isnan(ask->depth_um) ? r->center[CX_Z][r->shape[2] - 1] : -ask->depth_um;
    c->cut.number = cell_at(r->edge[CX_Z], r->shape[2], z);
    return c->cut.number < 0 ? outside(r, CX_Z, z, e) : CX_OK;
}

/* The needle that the view follows stands in the plane unless another one is asked for. */
static int default_cell(const struct cx_plot_source *s, int third) {
    const struct cx_result *r = &s->result;
    const int needle = cx_view_needle(&s->view), n = r->shape[third];
    if (needle < 0 || s->view.radial) return n / 2;
    const double um = third == CX_Y ? r->needle[needle].y_um : r->needle[needle].x_um;
    const int cell = cell_at(r->edge[third], n, um);
    return cell < 0 ? n / 2 : cell;
}

static enum cx_status aim_section(struct cx_plot_cut *c, const struct cx_plot_source *s,
                                  const struct cx_plot_ask *ask, struct cx_error *e) {
    const struct cx_result *r = &s->result;
    const int across = ask->along_y ? CX_Y : CX_X, third = ask->along_y ? CX_X : CX_Y;
    if (r->shape[across] < 2 || r->shape[2] < 2) {
        cx_fail(e, CX_USAGE, 140, "a %s has no vertical plane%s to cut", r->geometry,
                ask->along_y ? " along y" : "");
        cx_hint(e, "cicatrix plot DIR profile FIELD");
        return CX_USAGE;
    }
    c->cut.across = across;
    c->cut.down = CX_Z;
    c->cut.left = s->view.radial ? -r->edge[CX_X][r->shape[0]] : r->edge[across][0];
    c->cut.right = r->edge[across][r->shape[across]];
    c->cut.bottom = -s->view.depth_um;
    c->cut.number = isnan(ask->plane_um) ? default_cell(s, third)
                                         : cell_at(r->edge[third], r->shape[third], ask->plane_um);
    return c->cut.number < 0 ? outside(r, third, ask->plane_um, e) : CX_OK;
}

/* As wide as asked; a deep block gives a narrower picture in the middle. */
static void lay_out(struct cx_plot_cut *c, double width_mm) {
    const double aspect = fabs(c->cut.bottom - c->cut.top) / (c->cut.right - c->cut.left);
    c->width = width_mm / 25.4 * 72;
    double across = c->width - LEFT - RIGHT;
    if (across * aspect > most_tall * c->width) across = most_tall * c->width / aspect;
    const double spare = (c->width - LEFT - RIGHT - across) / 2;
    c->panel.left = LEFT + spare;
    c->panel.right = c->panel.left + across;
    c->panel.top = TOP;
    c->panel.bottom = TOP + across * aspect;
    c->height = c->panel.bottom + BOTTOM;
    const bool above = c->cut.down == CX_Y; /* mm; depth grows downwards */
    c->panel.x = (struct cx_scale){c->cut.left / 1000, c->cut.right / 1000, 0, 0, false};
    c->panel.y = above ? (struct cx_scale){c->cut.bottom / 1000, c->cut.top / 1000, 0, 0, false}
                       : (struct cx_scale){-c->cut.top / 1000, -c->cut.bottom / 1000, 0, 0, false};
    cx_panel_fit(&c->panel, !above);
}

enum cx_status cx_plot_cut_make(struct cx_plot_cut *c, const struct cx_plot_source *s,
                                const struct cx_plot_ask *ask, const struct cx_lens *lens,
                                struct cx_error *e) {
    *c = (struct cx_plot_cut){.source = s, .low = NAN, .high = NAN, .dpi = ask->dpi};
    CX_TRY(ask->kind == CX_PLOT_MAP ? aim_map(c, s, ask, e) : aim_section(c, s, ask, e));
    c->cut.lens = lens;
    cx_name_text(s->result.field[lens->field], c->title);
    lay_out(c, ask->width_mm);
    if (c->panel.right - c->panel.left >= 20) return CX_OK;
    return cx_fail(e, CX_USAGE, 140, "a figure %.4g mm wide has no room for its axes",
                   ask->width_mm);
}

/* Drawing ---------------------------------------------------------------------------------------------------------- */
static double bar_at(const void *what, double across, double down) {
    (void)what;
    (void)across;
    return 1 - down;
}

/* Pixels of the raster as fine as those of the figure, within reason. */
static enum cx_status paint(cairo_t *to, const struct cx_panel *p, struct cx_raster *r, double dpi,
                            struct cx_error *e) {
    const double zoom = dpi / 72;
    r->width = (int)fmin(4000, ceil((p->right - p->left) * zoom));
    r->height = (int)fmin(4000, ceil((p->bottom - p->top) * zoom));
    cairo_surface_t *image = cx_raster_surface(r, e);
    if (!image) return CX_STORAGE;
    cairo_save(to);
    cairo_rectangle(to, p->left, p->top, p->right - p->left, p->bottom - p->top);
    cairo_clip(to);
    cairo_translate(to, p->left, p->top);
    cairo_scale(to, (p->right - p->left) / r->width, (p->bottom - p->top) / r->height);
    cairo_set_source_surface(to, image, 0, 0);
    cairo_pattern_set_filter(cairo_get_source(to), CAIRO_FILTER_GOOD);
    cairo_pattern_set_extend(cairo_get_source(to), CAIRO_EXTEND_PAD);
    cairo_paint(to);
    cairo_restore(to);
    cairo_surface_destroy(image);
    return CX_OK;
}

enum cx_status cx_plot_bar(cairo_t *to, const struct cx_panel *beside,
                           const struct cx_raster *shades, const char *unit, struct cx_error *e) {
    struct cx_panel p = *beside;
    struct cx_raster raster = {.map = shades->map, .low = 0, .high = 1, .at = bar_at};
    p.left = beside->right + BAR_GAP;
    p.right = p.left + BAR;
    p.y = (struct cx_scale){shades->low, shades->high, 0, 0, false};
    cx_panel_fit(&p, false);
    CX_TRY(paint(to, &p, &raster, 72, e));
    cx_sheet_frame(to, &p);
    cx_sheet_axis(to, &p, CX_SIDE_RIGHT,
                  &(struct cx_axis_words){*unit ? unit : "relative",
                                          cx_ticks_linear(p.y.lo, p.y.hi, 5), false});
    return CX_OK;
}

/* Light over dark, so that the limits are seen on every colour. */
static void put_layers(cairo_t *to, const struct cx_plot_cut *c) {
    const struct cx_view *v = &c->source->view;
    for (int b = 0; b < v->bands && c->cut.down == CX_Z; b++) {
        const double y = cx_scale_at(&c->panel.y, v->band[b].bottom_um / 1000);
        if (y >= c->panel.bottom - 1) continue;
        for (int pass = 0; pass < 2; pass++) {
            cx_canvas_colour(to, pass ? 0xffffff : 0, pass ? 0.75 : 0.3);
            cairo_set_line_width(to, pass ? 0.5 : 1);
            cairo_set_dash(to, (const double[]){3, 2}, pass ? 2 : 0, 0);
            cairo_move_to(to, c->panel.left, y);
            cairo_line_to(to, c->panel.right, y);
            cairo_stroke(to);
        }
    }
    cairo_set_dash(to, NULL, 0, 0);
}

static void put_axes(cairo_t *to, const struct cx_plot_cut *c) {
    static const char *const names[] = {"x, mm", "y, mm", "depth, mm"};
    const struct cx_panel *p = &c->panel;
    const char *across = c->source->view.radial ? "radius, mm" : names[c->cut.across];
    cx_sheet_frame(to, p);
    cx_sheet_axis(to, p, CX_SIDE_BOTTOM,
                  &(struct cx_axis_words){across, cx_ticks_linear(p->x.lo, p->x.hi, 5), false});
    cx_sheet_axis(
        to, p, CX_SIDE_LEFT,
        &(struct cx_axis_words){names[c->cut.down], cx_ticks_linear(p->y.lo, p->y.hi, 5), false});
}

enum cx_status cx_plot_cut_draw(cairo_t *to, struct cx_plot_cut *c, double day,
                                struct cx_error *e) {
    struct cx_raster raster = {
        .map = c->map, .low = c->low, .high = c->high, .at = cx_cut_at, .what = &c->cut};
    const uint32_t ink = cx_theme_light()->ink;
    char unit[CX_WORD];
    if (!*c->when) cx_day_text(day, c->when);
    cx_unit_text(c->source->result.field_unit[c->cut.lens->field], unit);
    CX_TRY(paint(to, &c->panel, &raster, c->dpi, e));
    put_layers(to, c);
    put_axes(to, c);
    CX_TRY(cx_plot_bar(to, &c->panel, &raster, unit, e));
    cx_canvas_text(to, c->panel.left, TOP - 6, c->title,
                   &(struct cx_lettering){CX_SHEET_TITLE, 0, ink, true});
    cx_canvas_text(to, c->panel.right, TOP - 6, c->when,
                   &(struct cx_lettering){CX_SHEET_TITLE, 1, ink, false});
    return CX_OK;
}

static enum cx_status draw_on_sheet(struct cx_plot_cut *c, const struct cx_plot_ask *ask,
                                    double day, struct cx_error *e) {
    struct cx_sheet sheet = {.width = c->width, .height = c->height, .dpi = ask->dpi};
    struct cx_error unheard;
    CX_TRY(cx_sheet_kind_of(ask->path, &sheet.kind, e));
    CX_TRY(cx_sheet_open(&sheet, e));
    const enum cx_status status = cx_plot_cut_draw(sheet.to, c, day, e);
    if (!status) return cx_sheet_close(&sheet, ask->path, e);
    cx_sheet_close(&sheet, NULL, &unheard);
    return status;
}

static enum cx_status draw(const struct cx_plot_source *s, const struct cx_plot_ask *ask,
                           struct cx_lens *lens, struct cx_error *e) {
    const struct cx_result *r = &s->result;
    const double day = ask->days ? ask->day[0] : r->time_day[r->frames - 1];
    struct cx_plot_cut c;
    CX_TRY(cx_lens_turn(lens, day, e));
    CX_TRY(cx_plot_cut_make(&c, s, ask, lens, e));
    cx_cut_range(&c.cut, &c.low, &c.high);
    cx_range_round(&c.low, &c.high);
    if (lens->share > 0) {
        char when[CX_WORD];
        cx_day_text(day, when);
        snprintf(c.when, sizeof c.when, "%.95s, interpolated", when);
    }
    return draw_on_sheet(&c, ask, day, e);
}

enum cx_status cx_plot_section(const struct cx_plot_source *s, const struct cx_plot_ask *ask,
                               struct cx_error *e) {
    struct cx_lens lens;
    if (ask->names != 1 || ask->days > 1)
        return cx_fail(e, CX_USAGE, 140, "a %s shows one field at one time",
                       cx_plot_word(ask->kind));
    CX_TRY(cx_lens_open(&lens, &s->result, ask->name[0], e));
    const enum cx_status status = draw(s, ask, &lens, e);
    cx_lens_close(&lens);
    return status;
}
