/* plot_solid.c - a field on the faces of the tissue, seen at an angle (declared in plot.h). */
#include "report/plot.h"

#include "report/solid.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* pt */
enum { LEFT = 36, RIGHT = 62, TOP = 20, BOTTOM = 30, ROUND = 32 };
static const double most_tall = 1.1; /* times the width */
static const uint32_t light = 0xffffff, dark = 0;

struct figure {
    const struct cx_plot_source *source;
    const struct cx_plot_ask *ask;
    struct cx_lens lens;
    struct cx_solid solid;
    struct cx_sheet sheet;
    struct cx_raster shades;
    char when[2 * CX_WORD];
};

/* Size ------------------------------------------------------------------------------------------------------------- */
/* As wide as asked; a deep block gives a narrower picture in the middle. */
static enum cx_status lay_out(struct figure *f, struct cx_error *e) {
    struct cx_solid *b = &f->solid;
    double box[4];
    f->sheet.width = f->ask->width_mm / 25.4 * 72;
    const double across = f->sheet.width - LEFT - RIGHT;
    if (across < 40)
        return cx_fail(e, CX_USAGE, 140, "a figure %.4g mm wide has no room for its axes",
                       f->ask->width_mm);
    cx_solid_bounds(b, box);
    b->zoom = fmin(across / (box[1] - box[0]), most_tall * f->sheet.width / (box[3] - box[2]));
    b->left = LEFT + across / 2 - b->zoom * (box[0] + box[1]) / 2;
    b->top = TOP - b->zoom * box[2];
    f->sheet.height = TOP + b->zoom * (box[3] - box[2]) + BOTTOM;
    return CX_OK;
}

/* Lines ------------------------------------------------------------------------------------------------------------ */
/* Light over dark, so that a line is seen on every colour; the path is used up. */
static void stroke_twice(cairo_t *to, double width) {
    cx_canvas_colour(to, dark, 0.3);
    cairo_set_line_width(to, 2 * width);
    cairo_stroke_preserve(to);
    cx_canvas_colour(to, light, 0.8);
    cairo_set_line_width(to, width);
    cairo_stroke(to);
}

/* Lines that would run into each other are left out. */
static void put_layers(cairo_t *to, const struct figure *f) {
    const struct cx_view *v = &f->source->view;
    double last = 0;
    cairo_set_dash(to, (const double[]){3, 2}, 2, 0);
    for (int i = 0; i < v->bands; i++) {
        const double depth = v->band[i].bottom_um;
        if (depth >= v->depth_um || (depth - last) * f->solid.zoom < 2) continue;
        cx_solid_ring(to, &f->solid, -depth);
        last = depth;
    }
    stroke_twice(to, 0.5);
    cairo_set_dash(to, NULL, 0, 0);
}

static void add_spot(cairo_t *to, const struct figure *f, const double place[3]) {
    double at[2];
    cx_solid_spot(&f->solid, place, at);
    cairo_line_to(to, at[0], at[1]);
}

/* Of the first session or of all before the time; a disc has one, on its axis. */
static bool is_in(const struct figure *f, int needle, double day) {
    const struct cx_view *v = &f->source->view;
    const int session = v->r->needle[needle].session;
    if (v->radial) return needle == 0;
    return v->sessions ? session < v->sessions && v->session_day[session] <= day : session == 0;
}

static void foot_of(const struct figure *f, int needle, double foot[2]) {
    const struct cx_needle_record *n = &f->source->result.needle[needle];
    foot[0] = f->solid.round ? 0 : n->x_um;
    foot[1] = f->solid.round ? 0 : f->solid.same_along_y ? f->solid.high[CX_Y] / 2 : n->y_um;
}

/* The part of the rim that the gap has left, inside the block; a slice knows no rim. */
static void add_rim(cairo_t *to, const struct figure *f, int needle) {
    const struct cx_solid *b = &f->solid;
    const double radius = f->source->result.needle[needle].diameter_um / 2;
    double foot[2];
    foot_of(f, needle, foot);
    cairo_new_sub_path(to);
    for (int i = 0; i <= ROUND; i++) {
        const double angle = 2 * acos(-1) * i / ROUND;
        const double x = foot[0] + radius * cos(angle), y = foot[1] + radius * sin(angle);
        const bool inside = b->round || (x >= b->low[CX_X] && x <= b->high[CX_X] &&
                                         y >= b->low[CX_Y] && y <= b->high[CX_Y]);
        if (inside && !cx_solid_gone(b, x, y))
            add_spot(to, f, (const double[3]){x, y, b->high[CX_Z]});
        else
            cairo_new_sub_path(to);
    }
}

/* Tapered outline from the rim to the reached tip, on a face that goes through the needle. */
static void add_track(cairo_t *to, const struct figure *f, const struct cx_solid_face *face,
                      int needle) {
    const struct cx_needle_record *n = &f->source->result.needle[needle];
    const double rad = acos(-1) / 180, radius = n->diameter_um / 2;
    const int along = face->from[1] == face->to[1] ? CX_X : CX_Y;
    double foot[2], place[3] = {face->from[0], face->from[1], f->solid.high[CX_Z]};
    foot_of(f, needle, foot);
    if (f->solid.same_along_y ? along == CX_Y
                              : fabs(foot[1 - along] - face->from[1 - along]) > radius)
        return;
    const double azimuth = n->azimuth_degree * rad;
    const double lean =
        f->solid.round ? 0
                       : tan(n->tilt_degree * rad) * (along == CX_X ? cos(azimuth) : sin(azimuth));
    cairo_new_sub_path(to);
    place[along] = foot[along] - radius;
    add_spot(to, f, place);
    place[along] = foot[along] + lean * n->depth_um;
    place[CX_Z] = -n->depth_um;
    add_spot(to, f, place);
    place[along] = foot[along] + radius;
    place[CX_Z] = f->solid.high[CX_Z];
    add_spot(to, f, place);
}

static void put_needles(cairo_t *to, const struct figure *f, double day) {
    const struct cx_solid *b = &f->solid;
    const int n = f->source->result.needles;
    for (int i = 0; i < n; i++)
        if (is_in(f, i, day) && !b->same_along_y) add_rim(to, f, i);
    stroke_twice(to, 0.6);
    for (int k = 0; k < b->faces; k++) {
        cairo_save(to);
        cx_solid_face_path(to, b, &b->face[k]);
        cairo_clip(to);
        for (int i = 0; i < n; i++)
            if (is_in(f, i, day)) add_track(to, f, &b->face[k], i);
        stroke_twice(to, 0.6);
        cairo_restore(to);
    }
}

/* Words ------------------------------------------------------------------------------------------------------------ */
/* Depth at the left edge, which stands upright on the page. */
static void put_depth(cairo_t *to, const struct figure *f) {
    const struct cx_solid *b = &f->solid;
    double top[2], bottom[2];
    struct cx_panel p = {0};
    cx_solid_spot(b, (const double[3]){b->foot[0][0], b->foot[0][1], b->high[CX_Z]}, top);
    cx_solid_spot(b, (const double[3]){b->foot[0][0], b->foot[0][1], b->low[CX_Z]}, bottom);
    p.left = p.right = top[0];
    p.top = top[1];
    p.bottom = bottom[1];
    p.y = (struct cx_scale){-b->high[CX_Z] / 1000, -b->low[CX_Z] / 1000, 0, 0, false};
    cx_panel_fit(&p, true);
    cx_sheet_axis(to, &p, CX_SIDE_LEFT,
                  &(struct cx_axis_words){"depth, mm", cx_ticks_linear(p.y.lo, p.y.hi, 5), false});
}

/* A length along a lower edge, a little outside of it: a line with two ends and its words. */
static void put_length(cairo_t *to, const double from[2], const double until[2], const char *word) {
    const double length = hypot(until[0] - from[0], until[1] - from[1]);
    const double away = 8, x = -(until[1] - from[1]) / length, y = (until[0] - from[0]) / length;
    cx_canvas_colour(to, cx_theme_light()->ink, 1);
    cairo_set_line_width(to, CX_SHEET_THIN);
    for (int end = 0; end < 2; end++) {
        const double *at = end ? until : from;
        cairo_move_to(to, at[0] + (away - 3) * x, at[1] + (away - 3) * y);
        cairo_rel_line_to(to, 6 * x, 6 * y);
    }
    cairo_move_to(to, from[0] + away * x, from[1] + away * y);
    cairo_line_to(to, until[0] + away * x, until[1] + away * y);
    cairo_stroke(to);
    cx_canvas_text(to, (from[0] + until[0]) / 2 + (away + 5) * x,
                   (from[1] + until[1]) / 2 + (away + 5) * y + 5, word,
                   &(struct cx_lettering){CX_SHEET_LETTER,
                                          x > 0.2    ? 0
                                          : x < -0.2 ? 1
                                                     : 0.5,
                                          cx_theme_light()->ink, false});
}

static void put_extent(cairo_t *to, const struct figure *f, int axis) {
    static const char *const names[] = {"x", "y"};
    const struct cx_solid *b = &f->solid;
    double from[2], until[2];
    char number[CX_WORD], word[2 * CX_WORD];
    double place[3] = {b->high[CX_X], b->low[CX_Y], b->low[CX_Z]};
    if (axis == CX_X) place[CX_X] = b->low[CX_X];
    cx_solid_spot(b, place, from);
    place[axis] = b->high[axis];
    cx_solid_spot(b, place, until);
    cx_number_text((b->high[axis] - b->low[axis]) / 1000, number);
    if (axis == CX_Y && b->same_along_y)
        snprintf(word, sizeof word, "y: uniform");
    else
        snprintf(word, sizeof word, "%s %.90s mm", names[axis], number);
    put_length(to, from, until, word);
}

/* A disc is as wide as its diameter, level on the page. */
static void put_diameter(cairo_t *to, const struct figure *f) {
    const struct cx_solid *b = &f->solid;
    double box[4];
    char number[CX_WORD], word[2 * CX_WORD];
    cx_solid_bounds(b, box);
    cx_number_text(2 * b->high[CX_X] / 1000, number);
    snprintf(word, sizeof word, "diameter %.90s mm", number);
    put_length(to, (const double[2]){box[0], box[3]}, (const double[2]){box[1], box[3]}, word);
}

/* What lies level on the page is as long as it is in the tissue. */
static void put_scale_bar(cairo_t *to, const struct figure *f) {
    const struct cx_solid *b = &f->solid;
    char word[96];
    const double um = cx_scale_bar_um(0.22 * (f->sheet.width - LEFT - RIGHT) / b->zoom, word);
    const double length = um * b->zoom, right = f->sheet.width - 8, y = f->sheet.height - 8;
    cx_canvas_colour(to, cx_theme_light()->ink, 1);
    cairo_rectangle(to, right - length, y, length, 2);
    cairo_fill(to);
    cx_canvas_text(to, right - length / 2, y - 3, word,
                   &(struct cx_lettering){CX_SHEET_LETTER, 0.5, cx_theme_light()->ink, false});
}

static void put_title(cairo_t *to, const struct figure *f) {
    const uint32_t ink = cx_theme_light()->ink;
    char name[CX_WORD];
    cx_name_text(f->source->result.field[f->lens.field], name);
    cx_canvas_text(to, 8, TOP - 9, name, &(struct cx_lettering){CX_SHEET_TITLE, 0, ink, true});
    cx_canvas_text(to, f->sheet.width - 8, TOP - 9, f->when,
                   &(struct cx_lettering){CX_SHEET_TITLE, 1, ink, false});
}

/* Beside the right edge, clear of the length below it. */
static enum cx_status put_colours(cairo_t *to, const struct figure *f, struct cx_error *e) {
    const struct cx_solid *b = &f->solid;
    const double *foot = b->foot[b->feet - 1], most = 0.5 * f->sheet.width;
    struct cx_panel beside = {.right = f->sheet.width - RIGHT + 2, .top = TOP + 4};
    double low[2];
    char unit[CX_WORD];
    cx_solid_spot(b, (const double[3]){foot[0], foot[1], b->low[CX_Z]}, low);
    beside.bottom = fmax(beside.top + 40, fmin(beside.top + most, low[1] - 14));
    cx_unit_text(f->source->result.field_unit[f->lens.field], unit);
    return cx_plot_bar(to, &beside, &f->shades, unit, e);
}

/* The whole -------------------------------------------------------------------------------------------------------- */
static enum cx_status draw(struct figure *f, double day, struct cx_error *e) {
    cairo_t *to = f->sheet.to;
    cairo_set_line_join(to, CAIRO_LINE_JOIN_ROUND);
    CX_TRY(cx_solid_paint(to, &f->solid, &f->shades, f->sheet.dpi, e));
    put_layers(to, f);
    put_needles(to, f, day);
    cx_canvas_colour(to, cx_theme_light()->ink, 1);
    cairo_set_line_width(to, CX_SHEET_THIN);
    cx_solid_outline(to, &f->solid);
    cairo_stroke(to);
    put_depth(to, f);
    if (f->solid.round) {
        put_diameter(to, f);
    } else {
        put_extent(to, f, CX_X);
        put_extent(to, f, CX_Y);
    }
    put_scale_bar(to, f);
    put_title(to, f);
    return put_colours(to, f, e);
}

/* Time, shape and colours, before anything is drawn. */
static enum cx_status prepare(struct figure *f, double day, struct cx_error *e) {
    const struct cx_plot_ask *ask = f->ask;
    struct cx_solid_ask how = {&f->source->view, ask->whole, {NAN, NAN}};
    char when[CX_WORD];
    how.plane[ask->along_y ? CX_X : CX_Y] = ask->plane_um;
    CX_TRY(cx_lens_turn(&f->lens, day, e));
    CX_TRY(cx_solid_make(&f->solid, &f->lens, &how, e));
    CX_TRY(lay_out(f, e));
    f->shades = (struct cx_raster){.map = CX_VIRIDIS, .low = NAN, .high = NAN};
    cx_solid_range(&f->solid, &f->shades.low, &f->shades.high);
    cx_range_round(&f->shades.low, &f->shades.high);
    cx_day_text(day, when);
    snprintf(f->when, sizeof f->when, "%.95s%s", when, f->lens.share > 0 ? ", interpolated" : "");
    f->sheet.dpi = ask->dpi;
    return cx_sheet_kind_of(ask->path, &f->sheet.kind, e);
}

static enum cx_status make(struct figure *f, struct cx_error *e) {
    const struct cx_result *r = &f->source->result;
    const double day = f->ask->days ? f->ask->day[0] : r->time_day[r->frames - 1];
    struct cx_error unheard;
    CX_TRY(prepare(f, day, e));
    CX_TRY(cx_sheet_open(&f->sheet, e));
    const enum cx_status status = draw(f, day, e);
    if (!status) return cx_sheet_close(&f->sheet, f->ask->path, e);
    cx_sheet_close(&f->sheet, NULL, &unheard);
    return status;
}

enum cx_status cx_plot_solid(const struct cx_plot_source *s, const struct cx_plot_ask *ask,
                             struct cx_error *e) {
    struct figure f = {.source = s, .ask = ask};
    if (ask->names != 1 || ask->days > 1)
        return cx_fail(e, CX_USAGE, 140, "a %s shows one field at one time",
                       cx_plot_word(ask->kind));
    CX_TRY(cx_lens_open(&f.lens, &s->result, ask->name[0], e));
    const enum cx_status status = make(&f, e);
    cx_lens_close(&f.lens);
    return status;
}
