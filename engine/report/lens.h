/* lens.h - one field of a result at any time between the first and the last stored picture, cell by cell, and plane cuts
 * through it as pictures need them.  Knows result files, not drawings. */
#ifndef CX_REPORT_LENS_H
#define CX_REPORT_LENS_H

#include "watch/result.h"

#include <stdbool.h>

/* Two neighbouring pictures are kept; between them it is linear in time. */
struct cx_lens {
    const struct cx_result *r;
    int field;
    bool radial;
    int frame[2]; /* numbers of the kept pictures, -1: none */
    float *whole[2];
    double share; /* of the later one */
};
enum cx_status cx_lens_open(struct cx_lens *l, const struct cx_result *r, const char *field,
                            struct cx_error *e);
/* Goes to a time; E140 outside the stored times. */
enum cx_status cx_lens_turn(struct cx_lens *l, double day, struct cx_error *e);
double cx_lens_cell(const struct cx_lens *l, int i, int j, int k);
/* Mean over the plane of cells k, by area; of a row of cells the cell k along it. */
double cx_lens_mean(const struct cx_lens *l, int k);
void cx_lens_close(struct cx_lens *l);

/* A flat cut: `across` is x or y, `down` is z, or y when seen from above; `number` is the cell along the third axis. */
struct cx_cut {
    const struct cx_lens *lens;
    int across, down; /* CX_X, CX_Y, CX_Z */
    int number;
    double left, right, top, bottom; /* um; a radius is mirrored about 0 */
};
/* Linear between cell centres; shares from the upper left corner.  `cut` is a struct cx_cut. */
double cx_cut_at(const void *cut, double across, double down);
/* Widens low..high (start from NaN) by what the cut shows now. */
void cx_cut_range(const struct cx_cut *c, double *low, double *high);
/* A range that nearly starts at 0 starts there; one that is hardly wider than a point gets a tenth, so that no
 * colours tell what numbers cannot. */
void cx_range_round(double *low, double *high);

#endif
