/* result.h - the result files of a run: run.nc (HDF5 laid out as netCDF-4, CF), read back for reports, resume, export.
 * Knows names, units and arrays, not models or solvers. */
#ifndef CX_WATCH_RESULT_H
#define CX_WATCH_RESULT_H

#include "base/error.h"
#include "space/grid.h"
#include "watch/guard.h"

#include <stdbool.h>
#include <stddef.h>

struct cx_named {
    const char *name, *unit, *doc;
};

/* Everything that does not change while the run goes on. */
struct cx_result_head {
    const struct cx_grid *grid;
    const char *geometry; /* "patch" ... */
    const char *title, *history, *references, *version, *commit, *config, *model, *digest;
    int field_count, series_count, static_count;
    const struct cx_named *fields; /* stored fields, in order */
    const struct cx_named *series;
    const struct cx_named *statics;   /* maps that do not change: layer shares ... */
    const double *const *static_data; /* [static_count][cells] */
    int mantissa_bits;                /* 0: all */
};
/* One picture. */
struct cx_frame {
    double time_day;
    const double *const
        *fields; /* [field_count][cells], or NULL when `fetch` brings them one by one */
    void (*fetch)(void *user, int field, double *out); /* out: [cells] */
    void *user;
    const double *series; /* [series_count] at that time */
};
/* Series over time: what series.csv and /history hold. */
struct cx_series_table {
    int count;                     /* series */
    const struct cx_named *series; /* [count] */
    int n;                         /* rows */
    const double *time_day;        /* [n] */
    const double *values;          /* [n][count]; NaN becomes an empty cell */
};
/* One row of /needles. */
struct cx_needle_record {
    double x_um, y_um, depth_um, diameter_um, tilt_degree, azimuth_degree, volume_um3;
    double layer_um[4];
    int session, pass;
};

/* Writing.  Errors are CX_STORAGE: E070 exists, E071 a write failed, E072 no room on the disk.  Every call returns when
 * the file is whole and on the disk; between calls any reader may open it.
 *
 * Creates run.nc with no frame.  Refuses (E070) when it exists. */
enum cx_status cx_result_create(const char *path, const struct cx_result_head *h,
                                struct cx_error *e);
/* Appends frames.  Only the writer may write to the file until it is closed; *h must live as long.  After a failure the
 * earlier frames stay readable, and the writer can only be closed. */
struct cx_result_writer;
enum cx_status cx_result_writer_open(const char *path, const struct cx_result_head *h,
                                     struct cx_result_writer **w, struct cx_error *e);
enum cx_status cx_result_writer_append(struct cx_result_writer *w, const struct cx_frame *f,
                                       struct cx_error *e);
/* NULL is no writer. */
enum cx_status cx_result_writer_close(struct cx_result_writer *w, struct cx_error *e);
/* Replaces the table /needles by these rows. */
enum cx_status cx_result_needles(const char *path, const struct cx_needle_record *n, int count,
                                 struct cx_error *e);
/* Replaces the finely sampled series of /history. */
enum cx_status cx_result_history(const char *path, const struct cx_series_table *t,
                                 struct cx_error *e);
/* Drops frames behind `keep` (resume goes on from a checkpoint that knew `keep` frames).  Errors also: E073 the file is
 * damaged or holds fewer frames. */
enum cx_status cx_result_truncate(const char *path, int keep, struct cx_error *e);

/* Reading.  All strings and arrays are owned by *r; fields are read frame by frame on demand. */
struct cx_result {
    char path[512];
    char title[256], geometry[32], version[64], commit[64], model[64], history[4096];
    char *config;
    int shape[3];                /* nx ny nz */
    double *edge[3], *center[3]; /* um; z ascending, negative */
    int frames, fields, series, needles, history_length, statics;
    double *time_day; /* [frames] */
    char (*field)[64], (*field_unit)[32], (*field_doc)[256];
    char (*series_name)[64], (*series_unit)[32], (*series_doc)[256];
    char (*static_name)[64];
    double *history_day;             /* [history_length] */
    double *history_value;           /* [history_length][series] */
    double *frame_series;            /* [frames][series] */
    struct cx_needle_record *needle; /* [needles] */
    struct cx_shared memory;         /* holds all that the pointers above lead to */
};
/* Files are treated as hostile: HDF5 sees them in a child process only (guard.h), sizes are checked before memory is
 * asked for.  Errors: E073 not a result file or damaged, with the reason; E074 cannot be read. */
enum cx_status cx_result_open(const char *path, struct cx_result *r, struct cx_error *e);
/* out: [nx*ny*nz] of frame `frame`, field number `field`. */
enum cx_status cx_result_field(const struct cx_result *r, int frame, int field, float *out,
                               struct cx_error *e);
enum cx_status cx_result_static(const struct cx_result *r, int number, float *out,
                                struct cx_error *e);
/* Many of them in few children, for each costs more than what it reads; pictures of one field best stand together. */
struct cx_picks {
    const struct cx_pick {
        int number; /* of a field, or of a map */
        int frame;  /* CX_PICK_MAP: the map `number` */
    } * at;
    int n;
    /* Called in order, in this process; values: [nx*ny*nz], gone when it returns. */
    enum cx_status (*take)(void *user, int i, const float *values, struct cx_error *e);
    void *user;
};
enum { CX_PICK_MAP = -1 };
/* Errors: those of the two above, and what `take` returns. */
enum cx_status cx_result_pick(const struct cx_result *r, const struct cx_picks *p,
                              struct cx_error *e);
int cx_result_find(const struct cx_result *r, const char *field);         /* -1 if absent */
int cx_result_find_series(const struct cx_result *r, const char *series); /* -1 if absent */
void cx_result_close(struct cx_result *r);

#endif
