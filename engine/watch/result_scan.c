/* result_scan.c - what run.nc holds, found out without trusting it: every name, type, rank and size is looked at before
 * memory is asked for.  Runs in a child process (guard.h); everything it returns lies in shared memory. */
#include "watch/result_parts.h"

#include <limits.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { AXIS_MAX = 1 << 22, TIMES_MAX = 100000000, TEXT_MAX = 64 << 20, PIECE_MAX = 64 << 20 };

/* ---- one variable ---- */

/* Data must lie in this file, in pieces that fit into memory. */
static const char *storage_fault(hid_t set, int rank) {
    const hid_t list = H5Dget_create_plist(set);
    const char *fault = NULL;
    hsize_t chunk[4] = {1, 1, 1, 1};
    double bytes = 8;
    if (list < 0 || H5Pget_layout(list) != H5D_CHUNKED)
        fault = "is not stored in pieces";
    else if (H5Pget_external_count(list) != 0)
        fault = "keeps its values in another file";
    else if (H5Pget_chunk(list, rank, chunk) != rank)
        fault = "has pieces of another rank";
    for (int i = 0; i < rank; i++) bytes *= (double)chunk[i];
    if (!fault && bytes > PIECE_MAX) fault = "has pieces that are too large";
    if (list >= 0) H5Pclose(list);
    return fault;
}

static bool has_type(hid_t set, hid_t type) {
    const hid_t found = H5Dget_type(set);
    const bool same = found >= 0 && H5Tequal(found, type) > 0;
    if (found >= 0) H5Tclose(found);
    return same;
}

hid_t cx_result_open_variable(struct cx_h5 *h, hid_t at, const char *name, hid_t type, int rank) {
    hsize_t dims[4] = {0};
    const hid_t set = cx_h5_variable_open(h, at, name);
    const int found = cx_h5_shape(h, set, dims);
    if (!cx_h5_ok(h)) return set;
    const char *fault = found == rank ? storage_fault(set, rank) : "has another number of axes";
    if (!fault && !has_type(set, type)) fault = "has another type";
    if (fault) cx_h5_refuse(h, "the variable %.63s %s", name, fault);
    return set;
}

/* ---- attributes ---- */

/* Length of a fixed text attribute, 0 if it is absent or something else. */
static size_t text_length(hid_t a) {
    const hid_t type = H5Aget_type(a), space = H5Aget_space(a);
    size_t n = 0;
    if (type >= 0 && space >= 0 && H5Tget_class(type) == H5T_STRING &&
        H5Tis_variable_str(type) == 0 && H5Sget_simple_extent_npoints(space) == 1)
        n = H5Tget_size(type);
    if (space >= 0) H5Sclose(space);
    if (type >= 0) H5Tclose(type);
    return n;
}

/* out: [room], ends in NUL.  Reading as NULL-padded text of the same length needs no conversion that could overrun. */
static void read_text(struct cx_h5 *h, hid_t a, const char *name, char *out, size_t n) {
    const hid_t type = H5Tcopy(H5T_C_S1);
    herr_t r = type < 0 ? -1 : H5Tset_size(type, n);
    if (r >= 0) r = H5Tset_strpad(type, H5T_STR_NULLPAD);
    if (r >= 0) r = H5Tset_cset(type, H5T_CSET_UTF8);
    if (r >= 0) r = H5Aread(a, type, out);
    if (r < 0) cx_h5_failed(h, "read the attribute", name);
    if (type >= 0) H5Tclose(type);
    out[n] = '\0';
}

static void get_text(struct cx_h5 *h, hid_t at, const char *name, char *out, size_t room) {
    out[0] = '\0';
    if (!cx_h5_ok(h) || H5Aexists(at, name) <= 0) return;
    const hid_t a = H5Aopen(at, name, H5P_DEFAULT);
    const size_t n = a < 0 ? 0 : text_length(a);
    if (n >= room)
        cx_h5_refuse(h, "the text of the attribute %.63s is too long", name);
    else if (n > 0)
        read_text(h, a, name, out, n);
    if (a >= 0) H5Aclose(a);
}

static void get_config(struct cx_h5 *h, hid_t root, struct cx_shared *memory, struct cx_result *r) {
    const hid_t a =
        cx_h5_ok(h) && H5Aexists(root, "config") > 0 ? H5Aopen(root, "config", H5P_DEFAULT) : -1;
    const size_t n = a < 0 ? 0 : text_length(a);
    r->config = n < TEXT_MAX ? cx_shared_take(memory, n + 1, 1) : NULL;
    if (!r->config)
        cx_h5_refuse(h, "the text of its config is larger than the file");
    else if (n > 0)
        read_text(h, a, "config", r->config, n);
    if (a >= 0) H5Aclose(a);
}

static void get_head(struct cx_h5 *h, struct cx_shared *memory, struct cx_result *r) {
    const hid_t root = cx_h5_ok(h) ? H5Gopen2(h->file, "/", H5P_DEFAULT) : -1;
    if (root < 0) cx_h5_failed(h, "open", "the root");
    get_text(h, root, "title", r->title, sizeof r->title);
    get_text(h, root, "geometry", r->geometry, sizeof r->geometry);
    get_text(h, root, "cicatrix_version", r->version, sizeof r->version);
    get_text(h, root, "git_commit", r->commit, sizeof r->commit);
    get_text(h, root, "model", r->model, sizeof r->model);
    get_text(h, root, "history", r->history, sizeof r->history);
    get_config(h, root, memory, r);
    if (!r->version[0]) cx_h5_refuse(h, "it has no attribute cicatrix_version");
    cx_h5_drop(root);
}

/* ---- lists of numbers ---- */

/* The whole of a list of doubles; *n is its length. */
static double *get_list(struct cx_h5 *h, const char *path, struct cx_shared *memory, hsize_t *n) {
    hsize_t dims[4] = {0};
    const hid_t set = cx_result_open_variable(h, h->file, path, H5T_IEEE_F64LE, 1);
    double *out = NULL;
    if (cx_h5_shape(h, set, dims) == 1) out = cx_shared_take(memory, dims[0], sizeof *out);
    if (!out || dims[0] > TIMES_MAX)
        cx_h5_refuse(h, "the list %.63s is larger than the file", path);
    else
        cx_h5_get(h, set, (struct cx_h5_rows){0, dims[0]}, H5T_NATIVE_DOUBLE, out);
    cx_h5_drop(set);
    *n = cx_h5_ok(h) ? dims[0] : 0;
    return out;
}

/* Where the lists of a table go: n values of each, `step` doubles apart; `column` is room for n. */
struct spread {
    int n, step;
    double *column, *out;
};

/* First n of a list that may be longer, into column number `at` of the table. */
static void get_column(struct cx_h5 *h, hid_t group, const char *name, const struct spread *to,
                       int at) {
    hsize_t dims[4] = {0};
    const hid_t set = cx_result_open_variable(h, group, name, H5T_IEEE_F64LE, 1);
    cx_h5_shape(h, set, dims);
    if (dims[0] < (hsize_t)to->n) cx_h5_refuse(h, "the series %.63s is too short", name);
    cx_h5_get(h, set, (struct cx_h5_rows){0, (hsize_t)to->n}, H5T_NATIVE_DOUBLE, to->column);
    for (int i = 0; cx_h5_ok(h) && i < to->n; i++)
        to->out[(size_t)i * (size_t)to->step + (size_t)at] = to->column[i];
    cx_h5_drop(set);
}

static void get_axis(struct cx_h5 *h, struct cx_shared *memory, struct cx_result *r, int d) {
    char edge[24], center[24];
    hsize_t edges = 0, centers = 0;
    snprintf(edge, sizeof edge, "grid/%c_edge", "xyz"[d]);
    snprintf(center, sizeof center, "grid/%c_center", "xyz"[d]);
    r->edge[d] = get_list(h, edge, memory, &edges);
    r->center[d] = get_list(h, center, memory, &centers);
    if (centers < 1 || centers > AXIS_MAX || edges != centers + 1)
        cx_h5_refuse(h, "its axis %c has no valid length", "xyz"[d]);
    for (hsize_t i = 0; cx_h5_ok(h) && i < centers; i++)
        if (!(r->edge[d][i] < r->edge[d][i + 1]) || !isfinite(r->edge[d][i]))
            cx_h5_refuse(h, "its axis %c does not ascend", "xyz"[d]);
    r->shape[d] = cx_h5_ok(h) ? (int)centers : 0;
}

static void get_grid(struct cx_h5 *h, struct cx_shared *memory, struct cx_result *r) {
    double cells = 1;
    for (int d = 0; d < 3; d++) {
        get_axis(h, memory, r, d);
        cells *= r->shape[d];
    }
    if (cells > INT_MAX) cx_h5_refuse(h, "it claims %.3g cells", cells);
}

/* ---- which variables there are ---- */

/* Name number i of a group, in the order of creation; false when it is a group.  Links out of the file are refused. */
static bool variable_name(struct cx_h5 *h, hid_t group, hsize_t i, char name[CX_RESULT_NAME]) {
    H5L_info_t link;
    H5O_info_t object;
    if (!cx_h5_ok(h)) return false;
    const ssize_t n = H5Lget_name_by_idx(group, ".", H5_INDEX_CRT_ORDER, H5_ITER_INC, i, name,
                                         CX_RESULT_NAME, H5P_DEFAULT);
    if (n < 1 || n >= CX_RESULT_NAME) {
        cx_h5_refuse(h, "a name in it is missing or too long");
        return false;
    }
    if (H5Lget_info(group, name, &link, H5P_DEFAULT) < 0 || link.type != H5L_TYPE_HARD ||
        H5Oget_info_by_name2(group, name, &object, H5O_INFO_BASIC, H5P_DEFAULT) < 0) {
        cx_h5_refuse(h, "%.63s leads out of it or nowhere", name);
        return false;
    }
    return object.type == H5O_TYPE_DATASET;
}

static hsize_t links_of(struct cx_h5 *h, hid_t group) {
    H5G_info_t info = {0};
    if (cx_h5_ok(h) && H5Gget_info(group, &info) < 0) cx_h5_failed(h, "list", "its variables");
    if (info.nlinks > CX_RESULT_VARIABLES_MAX) cx_h5_refuse(h, "it has too many variables");
    return cx_h5_ok(h) ? info.nlinks : 0;
}

static int rank_of(struct cx_h5 *h, hid_t at, const char *name, hsize_t dims[4]) {
    const hid_t set = cx_h5_variable_open(h, at, name);
    const int rank = cx_h5_shape(h, set, dims);
    cx_h5_drop(set);
    return rank;
}

static void describe(struct cx_h5 *h, hid_t at, const char *name, char unit[32], char doc[256]) {
    const hid_t set = cx_h5_variable_open(h, at, name);
    get_text(h, set, "units", unit, 32);
    get_text(h, set, "long_name", doc, 256);
    cx_h5_drop(set);
}

static bool fits_grid(const struct cx_result *r, const hsize_t *zyx) {
    return zyx[0] == (hsize_t)r->shape[2] && zyx[1] == (hsize_t)r->shape[1] &&
           zyx[2] == (hsize_t)r->shape[0];
}

/* Frames of a field are those that all fields have: a crash may have stopped between two. */
static void add_field(struct cx_h5 *h, struct cx_result *r, const char *name, const hsize_t *dims) {
    const hid_t set = cx_result_open_variable(h, h->file, name, H5T_IEEE_F32LE, 4);
    if (!fits_grid(r, dims + 1)) cx_h5_refuse(h, "the field %.63s does not fit its axes", name);
    cx_h5_drop(set);
    memcpy(r->field[r->fields], name, CX_RESULT_NAME);
    describe(h, h->file, name, r->field_unit[r->fields], r->field_doc[r->fields]);
    if (dims[0] < (hsize_t)r->frames) r->frames = (int)dims[0];
    r->fields++;
}

static void add_static(struct cx_h5 *h, struct cx_result *r, const char *name,
                       const hsize_t *dims) {
    const hid_t set = cx_result_open_variable(h, h->file, name, H5T_IEEE_F32LE, 3);
    if (!fits_grid(r, dims)) cx_h5_refuse(h, "the map %.63s does not fit its axes", name);
    cx_h5_drop(set);
    memcpy(r->static_name[r->statics++], name, CX_RESULT_NAME);
}

static void get_fields(struct cx_h5 *h, struct cx_shared *memory, struct cx_result *r) {
    const hsize_t n = links_of(h, h->file);
    r->field = cx_shared_take(memory, n, sizeof *r->field);
    r->field_unit = cx_shared_take(memory, n, sizeof *r->field_unit);
    r->field_doc = cx_shared_take(memory, n, sizeof *r->field_doc);
    r->static_name = cx_shared_take(memory, n, sizeof *r->static_name);
    if (!r->field || !r->field_unit || !r->field_doc || !r->static_name) {
        cx_h5_refuse(h, "it has more variables than its size allows");
        return;
    }
    for (hsize_t i = 0; cx_h5_ok(h) && i < n; i++) {
        char name[CX_RESULT_NAME] = "";
        hsize_t dims[4] = {0};
        if (!variable_name(h, h->file, i, name)) continue;
        const int rank = rank_of(h, h->file, name, dims);
        if (rank == 4) add_field(h, r, name, dims);
        if (rank == 3) add_static(h, r, name, dims);
    }
}

/* ---- series ---- */

static void add_series(struct cx_h5 *h, hid_t group, struct cx_result *r, const char *name) {
    hsize_t dims[4] = {0};
    if (rank_of(h, group, name, dims) != 1) cx_h5_refuse(h, "the series %.63s is no list", name);
    memcpy(r->series_name[r->series], name, CX_RESULT_NAME);
    describe(h, group, name, r->series_unit[r->series], r->series_doc[r->series]);
    if (dims[0] < (hsize_t)r->frames) r->frames = (int)dims[0];
    r->series++;
}

static void get_series_names(struct cx_h5 *h, hid_t group, struct cx_shared *memory,
                             struct cx_result *r) {
    const hsize_t n = links_of(h, group);
    r->series_name = cx_shared_take(memory, n, sizeof *r->series_name);
    r->series_unit = cx_shared_take(memory, n, sizeof *r->series_unit);
    r->series_doc = cx_shared_take(memory, n, sizeof *r->series_doc);
    if (!r->series_name || !r->series_unit || !r->series_doc) {
        cx_h5_refuse(h, "it has more series than its size allows");
        return;
    }
    for (hsize_t i = 0; cx_h5_ok(h) && i < n; i++) {
        char name[CX_RESULT_NAME] = "";
        if (variable_name(h, group, i, name) && strcmp(name, "time") != 0)
            add_series(h, group, r, name);
    }
}

/* [n][series] from the lists of a group. */
static double *get_table(struct cx_h5 *h, hid_t group, struct cx_shared *memory,
                         const struct cx_result *r, int n) {
    double *table = cx_shared_take(memory, (size_t)n * (size_t)r->series, sizeof *table);
    double *column = cx_shared_take(memory, (size_t)n, sizeof *column);
    if (!table || !column) cx_h5_refuse(h, "its series are larger than the file");
    const struct spread to = {n, r->series, column, table};
    for (int s = 0; cx_h5_ok(h) && s < r->series; s++)
        get_column(h, group, r->series_name[s], &to, s);
    return table;
}

static hid_t open_group(struct cx_h5 *h, const char *name) {
    if (!cx_h5_ok(h)) return -1;
    const hid_t group = H5Gopen2(h->file, name, H5P_DEFAULT);
    if (group < 0) cx_h5_refuse(h, "it has no group \"%s\"", name);
    return group;
}

static void get_series(struct cx_h5 *h, struct cx_shared *memory, struct cx_result *r) {
    const hid_t group = open_group(h, "series");
    get_series_names(h, group, memory, r);
    r->frame_series = get_table(h, group, memory, r, r->frames);
    cx_h5_drop(group);
}

static void get_history(struct cx_h5 *h, struct cx_shared *memory, struct cx_result *r) {
    hsize_t n = 0;
    const hid_t group = open_group(h, "history");
    r->history_day = get_list(h, "history/time_day", memory, &n);
    for (int s = 0; cx_h5_ok(h) && s < r->series; s++) {
        hsize_t dims[4] = {0};
        rank_of(h, group, r->series_name[s], dims);
        if (dims[0] < n) n = dims[0]; /* a crash may have stopped between two */
    }
    r->history_length = (int)n;
    r->history_value = get_table(h, group, memory, r, r->history_length);
    cx_h5_drop(group);
}

void cx_result_scan(struct cx_h5 *h, struct cx_shared *memory, struct cx_result *r) {
    hsize_t frames = 0;
    get_head(h, memory, r);
    get_grid(h, memory, r);
    r->time_day = get_list(h, "time", memory, &frames);
    r->frames = (int)frames;
    get_fields(h, memory, r);
    get_series(h, memory, r);
    get_history(h, memory, r);
    cx_result_needles_get(h, memory, r);
}
