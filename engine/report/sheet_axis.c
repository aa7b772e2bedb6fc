/* sheet_axis.c - frames, ticks and the names of axes (declared in sheet.h). */
#include "report/sheet.h"

#include <math.h>
#include <stdio.h>

enum { TICK = 3 };
static const uint32_t ink = 0x1c2530;

void cx_panel_fit(struct cx_panel *p, bool down) {
    p->x.from = p->left;
    p->x.to = p->right;
    p->y.from = down ? p->top : p->bottom;
    p->y.to = down ? p->bottom : p->top;
}

void cx_sheet_frame(cairo_t *to, const struct cx_panel *p) {
    cx_canvas_colour(to, ink, 1);
    cairo_set_dash(to, NULL, 0, 0);
    cairo_set_line_width(to, CX_SHEET_THIN);
    cairo_rectangle(to, p->left, p->top, p->right - p->left, p->bottom - p->top);
    cairo_stroke(to);
}

void cx_sheet_label(const char *name, const char *unit, char out[2 * CX_WORD + 4]) {
    snprintf(out, 2 * CX_WORD + 4, "%.95s, %.95s", name, *unit ? unit : "relative");
}

/* Widest word, pt. */
static double word_width(cairo_t *to, const char *word) {
    cairo_text_extents_t size;
    cairo_select_font_face(to, "sans-serif", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL);
    cairo_set_font_size(to, CX_SHEET_LETTER);
    cairo_text_extents(to, word, &size);
    return size.x_advance;
}

static void tick_word(const struct cx_axis_words *a, int i, char word[CX_WORD]) {
    if (a->named)
        cx_log_day_text(a->ticks.at[i], word);
    else
        cx_tick_text(a->ticks.at[i], a->ticks.step, word);
}

static void mark(cairo_t *to, double x, double y, double dx, double dy) {
    cairo_move_to(to, x, y);
    cairo_rel_line_to(to, dx, dy);
    cairo_stroke(to);
}

/* Words that would touch the one before are left out; their ticks stay. */
static void level_axis(cairo_t *to, const struct cx_panel *p, bool top,
                       const struct cx_axis_words *a) {
    const struct cx_lettering letter = {CX_SHEET_LETTER, 0.5, ink, false};
    const double y = top ? p->top : p->bottom;
    double last = -1e9;
    for (int i = 0; i < a->ticks.n; i++) {
        char word[CX_WORD];
        const double x = cx_scale_at(&p->x, a->ticks.at[i]);
        tick_word(a, i, word);
        const double half = word_width(to, word) / 2;
        cx_canvas_colour(to, ink, 1);
        mark(to, x, y, 0, top ? -TICK : TICK);
        if (x - half < last + 3) continue;
        cx_canvas_text(to, x, top ? y - 5 : y + 10.5, word, &letter);
        last = x + half;
    }
    cx_canvas_text(to, (p->left + p->right) / 2, top ? y - 15 : y + 21, a->name, &letter);
}

/* The name stands beyond the widest number. */
static void upright_axis(cairo_t *to, const struct cx_panel *p, bool right,
                         const struct cx_axis_words *a) {
    const double x = right ? p->right : p->left, away = right ? 1 : -1;
    const struct cx_lettering letter = {CX_SHEET_LETTER, right ? 0 : 1, ink, false};
    double widest = 0;
    for (int i = 0; i < a->ticks.n; i++) {
        char word[CX_WORD];
        const double y = cx_scale_at(&p->y, a->ticks.at[i]);
        tick_word(a, i, word);
        cx_canvas_colour(to, ink, 1);
        mark(to, x, y, away * TICK, 0);
        cx_canvas_text(to, x + away * 5, y + 2.5, word, &letter);
        widest = fmax(widest, word_width(to, word));
    }
    cairo_save(to);
    cairo_translate(to, x + away * (5 + widest) + (right ? 9 : -4), (p->top + p->bottom) / 2);
    cairo_rotate(to, -acos(-1) / 2);
    cx_canvas_text(to, 0, 0, a->name, &(struct cx_lettering){CX_SHEET_LETTER, 0.5, ink, false});
    cairo_restore(to);
}

void cx_sheet_axis(cairo_t *to, const struct cx_panel *p, enum cx_side side,
                   const struct cx_axis_words *a) {
    cairo_set_dash(to, NULL, 0, 0);
    cairo_set_line_width(to, CX_SHEET_THIN);
    if (side == CX_SIDE_BOTTOM || side == CX_SIDE_TOP)
        level_axis(to, p, side == CX_SIDE_TOP, a);
    else
        upright_axis(to, p, side == CX_SIDE_RIGHT, a);
}
