/* view.h - which days, fields, plane and layers of a result the pictures show, and the numbers behind them.
 * Knows result files, not pages. */
#ifndef CX_REPORT_VIEW_H
#define CX_REPORT_VIEW_H

#include "report/chart.h"
#include "report/colour.h"
#include "watch/result.h"

enum { CX_VIEW_DAYS = 5, CX_VIEW_FIELDS = 6, CX_VIEW_BANDS = 6, CX_VIEW_SESSIONS = 64 };

/* One shown field on the shown days. */
struct cx_shown {
    int field; /* number in the result */
    enum cx_map map;
    char name[CX_WORD], unit[CX_WORD]; /* readable */
    const char *doc;                   /* meaning, from the result file */
    float *plane[CX_VIEW_DAYS];        /* [nz][nx] of the vertical section, deepest row first */
    double *mean
        [CX_VIEW_DAYS]; /* [nz], over the whole plane at each height, by area; of a row its [nx] cells */
    double low, high; /* common colour scale of all shown days down to depth_um */
};

struct cx_view {
    const struct cx_result *r;
    bool column, radial;
    bool row;                 /* one row of cells along x or the radius, one cell deep */
    int plane;                /* cell number along y of the section */
    double left_um, right_um; /* sides of the section; radius is mirrored */
    double depth_um;          /* lower limit of the section pictures; of a row: its length */
    int days, frame[CX_VIEW_DAYS];
    int fields;
    struct cx_shown field[CX_VIEW_FIELDS];
    int bands;
    struct cx_band band[CX_VIEW_BANDS];
    int sessions;
    double session_day[CX_VIEW_SESSIONS];
};

/* Reads each shown field once per shown day; a single cell has nothing to show in pictures: no days.  The sessions are
 * filled by the caller, who knows them. */
enum cx_status cx_view_make(struct cx_view *v, const struct cx_result *r, struct cx_error *e);
/* Only where to look: plane, sides, depth and layers; no fields and no days. */
enum cx_status cx_view_aim(struct cx_view *v, const struct cx_result *r, struct cx_error *e);
/* One more field into a view that was only aimed, with the colours that the pictures give it; false if the result has none
 * of that name or the view is full. */
bool cx_view_take(struct cx_view *v, const char *field);
void cx_view_free(struct cx_view *v);

/* The axis of a column or a row: how many cells, where they are (um from the surface, the axis or the left side), and what
 * such a place is called. */
int cx_view_places(const struct cx_view *v);
double cx_view_place(const struct cx_view *v, int i);
const char *cx_view_place_name(const struct cx_view *v);

/* Number of the needle whose track the section follows; -1 if there is none. */
int cx_view_needle(const struct cx_view *v);

#endif
