/* export.h - results for other programs: fields as a long CSV table, as VTK XML for ParaView, as a NumPy array; series and
 * outcomes as CSV or JSON.  From result files only, values as they are stored, nothing interpolated. */
#ifndef CX_REPORT_EXPORT_H
#define CX_REPORT_EXPORT_H

#include "base/error.h"
#include "watch/outcomes_json.h"
#include "watch/result.h"

/* Which part of a result goes out. */
struct cx_export {
    const struct cx_result *r;
    int fields, *field; /* numbers in the result */
    int frames, *frame; /* numbers of the stored times, ascending */
    int from[3], to[3]; /* cells along x, y, z: from <= i < to */
    const char *path;
};

/* By the ending of the path:
 *   .csv  time_day, x_um, y_um, z_um (cell centres, z negative in tissue), then `name [unit]` for each field
 *   .vtr  one time, cell data on the planes between the cells in um, unit of each field as UNITS_LABEL
 *   .pvd  all times: the list, and one .vtr for each beside it
 *   .npy  one field, float32 (time, z, y, x)
 * Each file is written as a whole or not at all.  Errors: E140 another ending or more than it holds, E061, E071 to E074. */
enum cx_status cx_export_fields(const struct cx_export *x, struct cx_error *e);
enum cx_status cx_export_csv(const struct cx_export *x, struct cx_error *e);
enum cx_status cx_export_vtr(const struct cx_export *x, struct cx_error *e);
enum cx_status cx_export_pvd(const struct cx_export *x, struct cx_error *e);
enum cx_status cx_export_npy(const struct cx_export *x, struct cx_error *e);

/* .csv: time_day and a column `name [unit]` for each series; .json: the same with units and meanings.
 * `series` < 0: all of them. */
enum cx_status cx_export_series(const struct cx_result *r, int series, const char *path,
                                struct cx_error *e);
/* .csv: name, value, unit, definition, evidence; .json: as outcomes.json has them. */
enum cx_status cx_export_outcomes(const struct cx_outcomes *o, const char *path,
                                  struct cx_error *e);

/* Cells that go out, and one field at one time of them: out[cells], x fastest. */
size_t cx_export_cells(const struct cx_export *x);
enum cx_status cx_export_read(const struct cx_export *x, int frame, int field, float *out,
                              struct cx_error *e);

#endif
