/* needle_reader.h - inside the wound room: what the readers of needle lists share: the columns, the needle that is being
 * read, and where it stands in the file. */
#ifndef CX_WOUND_NEEDLE_READER_H
#define CX_WOUND_NEEDLE_READER_H

#include "wound/needle_list.h"

enum {
    CX_NEEDLE_X,
    CX_NEEDLE_Y,
    CX_NEEDLE_DEPTH,
    CX_NEEDLE_DIAMETER,
    CX_NEEDLE_TILT,
    CX_NEEDLE_COLUMNS
};
#define CX_NEEDLE_NAMES "x, y, depth, diameter, tilt"

struct cx_needle_column {
    const char *name, *unit, *engine_unit;
    double lo, hi; /* in the default unit */
    size_t offset; /* into struct cx_needle */
};
extern const struct cx_needle_column cx_needle_columns[CX_NEEDLE_COLUMNS];
extern const struct cx_needle cx_needle_blank; /* nothing given: all NaN */

struct cx_needle_reader {
    const char *file;
    struct cx_needles *out;
    struct cx_error *e;
    enum cx_status status;
    int line, column; /* of what is being read, from 1; 0: not known */
    struct cx_needle needle;
};

/* Number of a column, -1 if there is none of that name. */
int cx_needle_column(const char *name, size_t length);
/* Puts the place into the error that was just made. */
enum cx_status cx_needle_refuse(struct cx_needle_reader *r);
enum cx_status cx_needle_refuse_at(struct cx_needle_reader *r, int line, int column);
enum cx_status cx_needle_unknown(struct cx_needle_reader *r, const char *name);
/* value: in the default unit of the column. */
enum cx_status cx_needle_set(struct cx_needle_reader *r, int column, double value);
/* The needle is complete: it needs x and y. */
enum cx_status cx_needle_take(struct cx_needle_reader *r);

/* bytes end with a zero that is not counted in n. */
enum cx_status cx_needle_svg(struct cx_needle_reader *r, const char *bytes, size_t n);
enum cx_status cx_needle_dxf(struct cx_needle_reader *r, const char *bytes, size_t n);

#endif
