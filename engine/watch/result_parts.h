/* result_parts.h - what the writer and the reader of run.nc share: the names in the file and the needle table.
 * Only result_*.c include it. */
#ifndef CX_WATCH_RESULT_PARTS_H
#define CX_WATCH_RESULT_PARTS_H

#include "watch/result.h"
#include "watch/result_hdf5.h"

/* Layout of run.nc, in netCDF terms (every axis is a variable of the same name):
 *   /             time(time) day; z(z), y(y), x(x), depth(z) m; fields float32 (time,z,y,x); maps float32 (z,y,x)
 *   /grid         x_edge, y_edge, z_edge, x_center, y_center, z_center in um, exactly as simulated
 *   /series       time (the same variable as /time); one variable per series (time)
 *   /history      time_day(time_day) day; one variable per series (time_day)
 *   /needles      needle(needle), layer(layer); one variable per property (needle); layer_depth (needle, layer) */
enum {
    CX_RESULT_NAME = 64,            /* bytes of a name with its NUL; unit 32; doc 256 */
    CX_RESULT_VARIABLES_MAX = 1024, /* fields, maps or series */
    CX_RESULT_LAYERS = 4
};

/* Makes the empty /needles. */
void cx_result_needles_make(struct cx_h5 *h);
/* Reads the table; r->needle comes from `memory`. */
void cx_result_needles_get(struct cx_h5 *h, struct cx_shared *memory, struct cx_result *r);
/* Opens a variable and refuses what run.nc never holds: other type, rank, storage outside the file, huge chunks. */
hid_t cx_result_open_variable(struct cx_h5 *h, hid_t at, const char *name, hid_t type, int rank);
/* Child side of cx_result_open: fills *r, everything from `memory`. */
void cx_result_scan(struct cx_h5 *h, struct cx_shared *memory, struct cx_result *r);

#endif
