/* result_hdf5.h - HDF5 in the few forms that run.nc uses, with one sticky failure per file: after the first one every
 * further call does nothing, so that callers read as a list of what the file holds and ask once, at the end.
 * Knows HDF5 and the netCDF-4 layout, not what the variables mean. */
#ifndef CX_WATCH_RESULT_HDF5_H
#define CX_WATCH_RESULT_HDF5_H

#include "base/error.h"
#include "watch/result_journal.h"

#include <hdf5.h>
#include <stdbool.h>

struct cx_h5 {
    const char *path;
    hid_t file;
    struct cx_journal *journal;
    int code;              /* of the error that a failure makes: 71 when writing, 73 when reading */
    enum cx_status status; /* sticky */
    struct cx_error *e;
};

/* HDF5 must not clean up at exit (it crashes there after a full disk), must not print, must not load plug-ins that a
 * file names.  Called by the three below; cheap and harmless to call again. */
void cx_h5_quiet(void);
struct cx_h5 cx_h5_create(const char *path, struct cx_error *e); /* replaces what is there */
struct cx_h5 cx_h5_append(const char *path, struct cx_error *e);
struct cx_h5 cx_h5_read(const char *path, struct cx_error *e);
/* Brings what was written so far to the disk and returns the sticky status; the file stays open. */
enum cx_status cx_h5_settle(struct cx_h5 *h);
/* Closes and returns the sticky status: a failed close is a failed write.  What was written is then on the disk, or, after
 * any failure, the file is as it was when it was last settled. */
enum cx_status cx_h5_close(struct cx_h5 *h);

/* First failure wins.  `doing`: "write the field collagen".  Innermost sentence and system cause are HDF5's. */
void cx_h5_failed(struct cx_h5 *h, const char *doing, const char *name);
/* Our own finding about a file: E073 with this sentence. */
void cx_h5_refuse(struct cx_h5 *h, const char *fmt, ...) CX_PRINTF(2, 3);
bool cx_h5_ok(const struct cx_h5 *h);

/* A variable of at most four axes. */
struct cx_h5_variable {
    const char *name, *unit, *doc; /* "" leaves the attribute out */
    hid_t type;                    /* of the file: H5T_IEEE_F32LE ... */
    int rank;
    bool grows;  /* the first axis is unlimited */
    bool packed; /* shuffle and gzip-1 */
    hsize_t shape[4], chunk[4];
};
hid_t cx_h5_group(struct cx_h5 *h, const char *name);
hid_t cx_h5_make(struct cx_h5 *h, hid_t at, const struct cx_h5_variable *v);
hid_t cx_h5_variable_open(struct cx_h5 *h, hid_t at, const char *name);
void cx_h5_scale(struct cx_h5 *h, hid_t set, const char *name);
void cx_h5_attach(struct cx_h5 *h, hid_t set, hid_t scale, unsigned axis);
void cx_h5_drop(hid_t id); /* closes a group or variable; failures there lose nothing */

void cx_h5_text(struct cx_h5 *h, hid_t at, const char *name, const char *value);
void cx_h5_number(struct cx_h5 *h, hid_t at, const char *name, hid_t type, const void *value);

/* Shape into dims[4], rank returned; -1 on failure. */
int cx_h5_shape(struct cx_h5 *h, hid_t set, hsize_t dims[4]);
/* First axis to n. */
void cx_h5_resize(struct cx_h5 *h, hid_t set, hsize_t n);
/* Rows [first, first + rows) of the first axis, whole in the others; `memory` is the type of `data`. */
struct cx_h5_rows {
    hsize_t first, rows;
};
void cx_h5_put(struct cx_h5 *h, hid_t set, struct cx_h5_rows r, hid_t memory, const void *data);
void cx_h5_get(struct cx_h5 *h, hid_t set, struct cx_h5_rows r, hid_t memory, void *data);

#endif
