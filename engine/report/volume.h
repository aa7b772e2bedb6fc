/* volume.h - a field of a block, slice or disc as even voxels of one byte each, small enough to travel inside a page.
 * Knows results and views, not pages. */
#ifndef CX_REPORT_VOLUME_H
#define CX_REPORT_VOLUME_H

#include "report/view.h"

enum { CX_VOLUME_FRAMES = 24 };

/* What all fields of a page share. */
struct cx_volume {
    const struct cx_view *v;
    int shape
        [3]; /* voxels across, behind each other, down; 1 behind each other unless it is a block */
    double from[3],
        to[3]; /* um; the last one is depth, positive down; across a disc is its radius */
    int frames;
    int frame[CX_VOLUME_FRAMES]; /* numbers of the stored pictures, in order of time */
    size_t voxels;
    double low, high; /* colours of the next field; NaN: the range that it has */
};
/* One field: bytes 0..255 stand for low..high. */
struct cx_packed {
    double low, high;
    bool flat; /* one value everywhere, which is `low`; `high` only makes a scale */
    unsigned char *
        bytes; /* zlib stream of [frames][down][behind][across], each byte less its left neighbour */
    size_t n;
};

/* Chooses frames and voxels.  False when there is nothing to turn: no pictures, a point, a column or a row. */
bool cx_volume_plan(struct cx_volume *w, const struct cx_view *v);
/* The same with this many bytes for all frames of all fields before they are packed. */
bool cx_volume_plan_within(struct cx_volume *w, const struct cx_view *v, double bytes);
/* Reads one field frame by frame; the caller frees `bytes`.  Errors: those of the reader, E061. */
enum cx_status cx_volume_pack(const struct cx_volume *w, int field, struct cx_packed *out,
                              struct cx_error *e);

#endif
