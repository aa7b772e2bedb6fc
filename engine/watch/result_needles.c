/* result_needles.c - the table /needles of run.nc, written and read by one list of columns. */
#include "watch/result_parts.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS_PER_CHUNK = 256, NEEDLES_MAX = 50000000 };

struct column {
    const char *name, *unit, *doc;
    size_t offset;
    bool whole; /* int, else double */
};
#define COLUMN(field, name, unit, doc)                                                             \
    { name, unit, doc, offsetof(struct cx_needle_record, field), false }
#define WHOLE(field, name, doc)                                                                    \
    { name, "1", doc, offsetof(struct cx_needle_record, field), true }
static const struct column columns[] = {
    COLUMN(x_um, "x_entry", "um", "entry point x at the skin surface"),
    COLUMN(y_um, "y_entry", "um", "entry point y at the skin surface"),
    COLUMN(depth_um, "depth", "um", "depth reached"),
    COLUMN(diameter_um, "diameter", "um", "diameter of the needle at the surface"),
    COLUMN(tilt_degree, "tilt", "degree", "tilt from the perpendicular"),
    COLUMN(azimuth_degree, "azimuth", "degree", "direction of the tilt"),
    COLUMN(volume_um3, "volume", "um3", "volume of tissue destroyed"),
    WHOLE(session, "session", "number of the session, from 0"),
    WHOLE(pass, "pass", "number of the pass within the session, from 0"),
};
enum { COLUMNS = sizeof columns / sizeof *columns };

static hid_t make_column(struct cx_h5 *h, hid_t group, const struct column *c) {
    return cx_h5_make(h, group,
                      &(struct cx_h5_variable){.name = c->name,
                                               .unit = c->unit,
                                               .doc = c->doc,
                                               .type = c->whole ? H5T_STD_I32LE : H5T_IEEE_F64LE,
                                               .rank = 1,
                                               .grows = true,
                                               .shape = {0},
                                               .chunk = {ROWS_PER_CHUNK}});
}

static hid_t make_layer_axis(struct cx_h5 *h, hid_t group) {
    const int32_t number[CX_RESULT_LAYERS] = {0, 1, 2, 3};
    const hid_t set = cx_h5_make(h, group,
                                 &(struct cx_h5_variable){.name = "layer",
                                                          .unit = "1",
                                                          .doc = "skin layer",
                                                          .type = H5T_STD_I32LE,
                                                          .rank = 1,
                                                          .shape = {CX_RESULT_LAYERS},
                                                          .chunk = {CX_RESULT_LAYERS}});
    cx_h5_scale(h, set, "layer");
    cx_h5_text(h, set, "layers",
               "0 stratum corneum, 1 epidermis, 2 papillary dermis, "
               "3 reticular dermis");
    cx_h5_put(h, set, (struct cx_h5_rows){0, CX_RESULT_LAYERS}, H5T_NATIVE_INT32, number);
    return set;
}

void cx_result_needles_make(struct cx_h5 *h) {
    const struct column number = {"needle", "1", "number of the puncture, from 0", 0, true};
    const hid_t group = cx_h5_group(h, "needles");
    const hid_t needle = make_column(h, group, &number);
    cx_h5_scale(h, needle, "needle");
    const hid_t layer = make_layer_axis(h, group);
    for (int i = 0; i < COLUMNS; i++) {
        const hid_t set = make_column(h, group, &columns[i]);
        cx_h5_attach(h, set, needle, 0);
        cx_h5_drop(set);
    }
    const hid_t set =
        cx_h5_make(h, group,
                   &(struct cx_h5_variable){.name = "layer_depth",
                                            .unit = "um",
                                            .doc = "length of the puncture within the layer",
                                            .type = H5T_IEEE_F64LE,
                                            .rank = 2,
                                            .grows = true,
                                            .shape = {0, CX_RESULT_LAYERS},
                                            .chunk = {ROWS_PER_CHUNK, CX_RESULT_LAYERS}});
    cx_h5_attach(h, set, needle, 0);
    cx_h5_attach(h, set, layer, 1);
    cx_h5_drop(set);
    cx_h5_drop(layer);
    cx_h5_drop(needle);
    cx_h5_drop(group);
}

/* Rows become columns here. */
static void put_column(struct cx_h5 *h, hid_t group, const struct column *c,
                       const struct cx_needle_record *n, struct cx_h5_rows rows) {
    const hid_t set = cx_h5_variable_open(h, group, c->name);
    cx_h5_resize(h, set, rows.rows);
    double *real = malloc((rows.rows + 1) * sizeof *real);
    int32_t *whole = (int32_t *)(void *)real;
    if (!real) cx_h5_failed(h, "find memory for the needles of", c->name);
    for (hsize_t i = 0; real && i < rows.rows; i++) {
        const char *from = (const char *)&n[i] + c->offset;
        if (c->whole)
            whole[i] = *(const int *)(const void *)from;
        else
            real[i] = *(const double *)(const void *)from;
    }
    cx_h5_put(h, set, rows, c->whole ? H5T_NATIVE_INT32 : H5T_NATIVE_DOUBLE, real);
    free(real);
    cx_h5_drop(set);
}

/* The two variables that are no plain columns: the number and the lengths by layer. */
static void put_rest(struct cx_h5 *h, hid_t group, const struct cx_needle_record *n,
                     struct cx_h5_rows rows) {
    const hid_t number = cx_h5_variable_open(h, group, "needle");
    const hid_t layers = cx_h5_variable_open(h, group, "layer_depth");
    cx_h5_resize(h, number, rows.rows);
    cx_h5_resize(h, layers, rows.rows);
    double *um = calloc(rows.rows + 1, sizeof n->layer_um);
    int32_t *at = calloc(rows.rows + 1, sizeof *at);
    if (!um || !at) cx_h5_failed(h, "find memory for the needles of", "layer_depth");
    for (hsize_t i = 0; um && at && cx_h5_ok(h) && i < rows.rows; i++) {
        at[i] = (int32_t)i;
        memcpy(&um[i * CX_RESULT_LAYERS], n[i].layer_um, sizeof n->layer_um);
    }
    cx_h5_put(h, number, rows, H5T_NATIVE_INT32, at);
    cx_h5_put(h, layers, rows, H5T_NATIVE_DOUBLE, um);
    free(at);
    free(um);
    cx_h5_drop(layers);
    cx_h5_drop(number);
}

enum cx_status cx_result_needles(const char *path, const struct cx_needle_record *n, int count,
                                 struct cx_error *e) {
    const struct cx_h5_rows rows = {0, (hsize_t)count};
    struct cx_h5 h = cx_h5_append(path, e);
    const hid_t group = cx_h5_ok(&h) ? H5Gopen2(h.file, "needles", H5P_DEFAULT) : -1;
    if (group < 0) cx_h5_failed(&h, "open the group", "needles");
    for (int i = 0; i < COLUMNS; i++) put_column(&h, group, &columns[i], n, rows);
    put_rest(&h, group, n, rows);
    cx_h5_drop(group);
    return cx_h5_close(&h);
}

/* Reads one column into the records through `column`, room for
 * [needles][layers] doubles. */
static void get_column(struct cx_h5 *h, hid_t group, const struct column *c, struct cx_result *r,
                       double *column) {
    const hid_t type = c->whole ? H5T_STD_I32LE : H5T_IEEE_F64LE;
    const hid_t set = cx_result_open_variable(h, group, c->name, type, 1);
    const int32_t *whole = (const int32_t *)(void *)column;
    cx_h5_get(h, set, (struct cx_h5_rows){0, (hsize_t)r->needles},
              c->whole ? H5T_NATIVE_INT32 : H5T_NATIVE_DOUBLE, column);
    for (int i = 0; cx_h5_ok(h) && i < r->needles; i++) {
        char *to = (char *)&r->needle[i] + c->offset;
        if (c->whole)
            *(int *)(void *)to = whole[i];
        else
            *(double *)(void *)to = column[i];
    }
    cx_h5_drop(set);
}

static void get_layers(struct cx_h5 *h, hid_t group, struct cx_result *r, double *column) {
    hsize_t dims[4] = {0};
    const hid_t set = cx_result_open_variable(h, group, "layer_depth", H5T_IEEE_F64LE, 2);
    if (cx_h5_shape(h, set, dims) == 2 && dims[1] != CX_RESULT_LAYERS)
        cx_h5_refuse(h, "needles/layer_depth does not have %d layers", CX_RESULT_LAYERS);
    cx_h5_get(h, set, (struct cx_h5_rows){0, (hsize_t)r->needles}, H5T_NATIVE_DOUBLE, column);
    for (int i = 0; cx_h5_ok(h) && i < r->needles; i++)
        memcpy(r->needle[i].layer_um, &column[(size_t)i * CX_RESULT_LAYERS],
               sizeof r->needle->layer_um);
    cx_h5_drop(set);
}

/* Length of the shortest column: what a crash cut off does not count. */
static hsize_t rows_of(struct cx_h5 *h, hid_t group) {
    hsize_t least = NEEDLES_MAX;
    for (int i = 0; i <= COLUMNS; i++) {
        hsize_t dims[4] = {0};
        const hid_t set =
            cx_h5_variable_open(h, group, i < COLUMNS ? columns[i].name : "layer_depth");
        cx_h5_shape(h, set, dims);
        if (dims[0] < least) least = dims[0];
        cx_h5_drop(set);
    }
    return least;
}

static void get_rows(struct cx_h5 *h, hid_t group, struct cx_result *r, int n, double *column) {
    if (cx_h5_ok(h)) r->needles = n;
    for (int i = 0; i < COLUMNS; i++) get_column(h, group, &columns[i], r, column);
    get_layers(h, group, r, column);
}

void cx_result_needles_get(struct cx_h5 *h, struct cx_shared *memory, struct cx_result *r) {
    if (!cx_h5_ok(h)) return;
    const hid_t group = H5Gopen2(h->file, "needles", H5P_DEFAULT);
    if (group < 0) cx_h5_refuse(h, "it has no group \"needles\"");
    const hsize_t n = rows_of(h, group);
    r->needle = cx_shared_take(memory, n, sizeof *r->needle);
    double *column = cx_shared_take(memory, n, CX_RESULT_LAYERS * sizeof *column);
    if (r->needle && column)
        get_rows(h, group, r, (int)n, column);
    else
        cx_h5_refuse(h, "its needle table is larger than the file");
    cx_h5_drop(group);
}
