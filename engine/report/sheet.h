/* sheet.h - a figure for print: a page of a physical size as PNG, SVG or PDF, its letters, lines and axes.  It is made in
 * memory and written as a whole or not at all.  Knows drawing, not results. */
#ifndef CX_REPORT_SHEET_H
#define CX_REPORT_SHEET_H

#include "report/canvas.h"
#include "report/chart.h"

/* Points; journals ask for 5 to 8 pt letters and lines of at least 0.5 pt. */
#define CX_SHEET_LETTER 7.0
#define CX_SHEET_TITLE 8.0
#define CX_SHEET_THIN 0.6
#define CX_SHEET_LINE 1.1

enum cx_sheet_kind { CX_SHEET_PNG, CX_SHEET_SVG, CX_SHEET_PDF };
struct cx_sheet {
    enum cx_sheet_kind kind;
    double width, height; /* pt */
    double dpi;           /* of a PNG */
    cairo_surface_t *surface;
    cairo_t *to;
    struct cx_blob blob;
};
/* By the ending of the path; E140 when it has another one. */
enum cx_status cx_sheet_kind_of(const char *path, enum cx_sheet_kind *kind, struct cx_error *e);
/* kind, width, height and dpi are set by the caller.  Heap: the sheet stays where it is until it is closed. */
enum cx_status cx_sheet_open(struct cx_sheet *s, struct cx_error *e);
/* Writes `path`; NULL drops the sheet. */
enum cx_status cx_sheet_close(struct cx_sheet *s, const char *path, struct cx_error *e);

/* A frame with numbers on two axes. */
struct cx_panel {
    double left, right, top, bottom; /* pt */
    struct cx_scale x, y;            /* from, to: made by cx_panel_fit() */
};
/* Fills from and to of both scales; `down`: values grow downwards. */
void cx_panel_fit(struct cx_panel *p, bool down);
enum cx_side { CX_SIDE_BOTTOM, CX_SIDE_LEFT, CX_SIDE_TOP, CX_SIDE_RIGHT };
/* Ticks, their words and the name of an axis; at the left it is written upwards.  `named`: times that have names. */
struct cx_axis_words {
    const char *name;
    struct cx_ticks ticks;
    bool named;
};
void cx_sheet_axis(cairo_t *to, const struct cx_panel *p, enum cx_side side,
                   const struct cx_axis_words *a);
void cx_sheet_frame(cairo_t *to, const struct cx_panel *p);
/* "name, unit", or "name, relative" when it has none. */
void cx_sheet_label(const char *name, const char *unit, char out[2 * CX_WORD + 4]);

/* Colour and dashes of the line number i: told apart by all kinds of colour vision and in grey. */
void cx_sheet_pen(cairo_t *to, int i);
uint32_t cx_sheet_colour(int i);

#endif
