/* result_hdf5.c - see result_hdf5.h */
#include "watch/result_hdf5.h"
#include "base/file.h"

#include <hdf5_hl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { GZIP_LEVEL = 1 }; /* the filters of a packed variable: shuffle, gzip, checksum */
/* Of each open variable: lists keep their last piece; larger pieces are written and read whole and leave at once. */
enum { CACHE_SLOTS = 11, CACHE_BYTES = 16384 };

void cx_h5_quiet(void) {
    H5dont_atexit();
    H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
    H5PLset_loading_state(0);
}

bool cx_h5_ok(const struct cx_h5 *h) { return h->status == CX_OK; }

/* The first record upward is the innermost: it says most. */
static herr_t innermost(unsigned n, const H5E_error2_t *record, void *into) {
    (void)n;
    char *text = into;
    if (!*text && record->desc) snprintf(text, 300, "%s", record->desc);
    return 0;
}

void cx_h5_failed(struct cx_h5 *h, const char *doing, const char *name) {
    if (!cx_h5_ok(h)) return;
    char said[300] = "";
    H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, innermost, said);
    if (h->journal && h->journal->cause) {
        h->status = cx_fail_system(h->e, h->code, h->journal->cause, doing, h->path);
        return;
    }
    h->status = cx_fail(h->e, CX_STORAGE, h->code, "cannot %s%s%.63s in %.200s: %.180s", doing,
                        *name ? " " : "", name, h->path, *said ? said : "no reason given");
}

void cx_h5_refuse(struct cx_h5 *h, const char *fmt, ...) {
    if (!cx_h5_ok(h)) return;
    char why[300];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(why, sizeof why, fmt, ap);
    va_end(ap);
    h->status = cx_fail(h->e, CX_STORAGE, 73, "%.200s is not a result file: %s", h->path, why);
}

static struct cx_h5 begin(const char *path, enum cx_journal_mode mode, struct cx_error *e) {
    cx_h5_quiet();
    struct cx_h5 h = {.path = path, .file = -1, .code = mode == CX_JOURNAL_READ ? 73 : 71, .e = e};
    h.status = cx_journal_open(path, mode, &h.journal, e);
    return h;
}

static void open_existing(struct cx_h5 *h, unsigned flags) {
    if (!cx_h5_ok(h)) return;
    const hid_t access = cx_journal_access(h->journal);
    if (access >= 0 && H5Pset_cache(access, 0, CACHE_SLOTS, CACHE_BYTES, 0.75) >= 0)
        h->file = H5Fopen(h->path, flags, access);
    if (h->file < 0) cx_h5_failed(h, "open", "");
    if (access >= 0) H5Pclose(access);
}

struct cx_h5 cx_h5_append(const char *path, struct cx_error *e) {
    struct cx_h5 h = begin(path, CX_JOURNAL_GROW, e);
    open_existing(&h, H5F_ACC_RDWR);
    return h;
}

struct cx_h5 cx_h5_read(const char *path, struct cx_error *e) {
    struct cx_h5 h = begin(path, CX_JOURNAL_READ, e);
    open_existing(&h, H5F_ACC_RDONLY);
    return h;
}

/* netCDF-4 asks for creation order of links and attributes; it also gives every object header a checksum.  No times of
 * making: the same results make the same bytes. */
static herr_t track_order(hid_t list) {
    const unsigned both = H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED;
    if (H5Pset_link_creation_order(list, both) < 0) return -1;
    if (H5Pset_obj_track_times(list, false) < 0) return -1;
    return H5Pset_attr_creation_order(list, both);
}

struct cx_h5 cx_h5_create(const char *path, struct cx_error *e) {
    struct cx_h5 h = begin(path, CX_JOURNAL_FRESH, e);
    if (!cx_h5_ok(&h)) return h;
    const hid_t access = cx_journal_access(h.journal), list = H5Pcreate(H5P_FILE_CREATE);
    if (access >= 0 && list >= 0 && track_order(list) >= 0)
        h.file = H5Fcreate(path, H5F_ACC_TRUNC, list, access);
    if (h.file < 0) cx_h5_failed(&h, "create", "");
    if (list >= 0) H5Pclose(list);
    if (access >= 0) H5Pclose(access);
    return h;
}

enum cx_status cx_h5_settle(struct cx_h5 *h) {
    if (cx_h5_ok(h) && H5Fflush(h->file, H5F_SCOPE_GLOBAL) < 0) cx_h5_failed(h, "write", "");
    H5Eclear2(H5E_DEFAULT);
    if (cx_h5_ok(h)) h->status = cx_journal_settle(h->journal, h->e);
    return h->status;
}

enum cx_status cx_h5_close(struct cx_h5 *h) {
    if (h->file >= 0 && H5Fclose(h->file) < 0) cx_h5_failed(h, "close", "");
    h->file = -1;
    if (h->journal) cx_journal_release(h->journal);
    H5Eclear2(H5E_DEFAULT);
    if (cx_h5_ok(h))
        h->status = cx_journal_commit(h->journal, h->e);
    else
        cx_journal_abandon(h->journal);
    h->journal = NULL;
    return h->status;
}

void cx_h5_drop(hid_t id) {
    if (id >= 0) H5Oclose(id);
}

hid_t cx_h5_group(struct cx_h5 *h, const char *name) {
    if (!cx_h5_ok(h)) return -1;
    const hid_t list = H5Pcreate(H5P_GROUP_CREATE);
    hid_t group = -1;
    if (list >= 0 && track_order(list) >= 0)
        group = H5Gcreate2(h->file, name, H5P_DEFAULT, list, H5P_DEFAULT);
    if (group < 0) cx_h5_failed(h, "make the group", name);
    H5Pclose(list);
    return group;
}

/* NaN where nothing was written; whole numbers keep 0. */
static herr_t fill_with_nan(hid_t list, hid_t type) {
    static const double nan_value = __builtin_nan("");
    if (H5Tget_class(type) != H5T_FLOAT) return 0;
    return H5Pset_fill_value(list, H5T_NATIVE_DOUBLE, &nan_value);
}

static hid_t layout(const struct cx_h5_variable *v) {
    const hid_t list = H5Pcreate(H5P_DATASET_CREATE);
    const unsigned both = H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED;
    herr_t r = H5Pset_attr_creation_order(list, both);
    if (r >= 0) r = H5Pset_obj_track_times(list, false);
    if (r >= 0) r = H5Pset_chunk(list, v->rank, v->chunk);
    if (r >= 0 && v->packed) r = H5Pset_shuffle(list);
    if (r >= 0 && v->packed) r = H5Pset_deflate(list, GZIP_LEVEL);
    if (r >= 0) r = H5Pset_fletcher32(list);
    if (r >= 0) r = fill_with_nan(list, v->type);
    if (r >= 0) return list;
    H5Pclose(list);
    return -1;
}

hid_t cx_h5_make(struct cx_h5 *h, hid_t at, const struct cx_h5_variable *v) {
    if (!cx_h5_ok(h)) return -1;
    hsize_t most[4];
    for (int i = 0; i < v->rank; i++) most[i] = v->grows && i == 0 ? H5S_UNLIMITED : v->shape[i];
    const hid_t space = H5Screate_simple(v->rank, v->shape, most), list = layout(v);
    hid_t set = -1;
    if (space >= 0 && list >= 0)
        set = H5Dcreate2(at, v->name, v->type, space, H5P_DEFAULT, list, H5P_DEFAULT);
    if (set < 0) cx_h5_failed(h, "make the variable", v->name);
    if (list >= 0) H5Pclose(list);
    if (space >= 0) H5Sclose(space);
    cx_h5_text(h, set, "units", v->unit);
    cx_h5_text(h, set, "long_name", v->doc);
    return set;
}

hid_t cx_h5_variable_open(struct cx_h5 *h, hid_t at, const char *name) {
    if (!cx_h5_ok(h)) return -1;
    const hid_t set = H5Dopen2(at, name, H5P_DEFAULT);
    if (set < 0) cx_h5_failed(h, "open the variable", name);
    return set;
}

void cx_h5_scale(struct cx_h5 *h, hid_t set, const char *name) {
    if (cx_h5_ok(h) && H5DSset_scale(set, name) < 0) cx_h5_failed(h, "make an axis of", name);
}

void cx_h5_attach(struct cx_h5 *h, hid_t set, hid_t scale, unsigned axis) {
    if (cx_h5_ok(h) && H5DSattach_scale(set, scale, axis) < 0)
        cx_h5_failed(h, "attach an axis", "");
}

/* Fixed length: variable-length text costs VTK the time axis.  HDF5 has no empty fixed text, so "" is left out. */
void cx_h5_text(struct cx_h5 *h, hid_t at, const char *name, const char *value) {
    if (!cx_h5_ok(h) || !value || !*value) return;
    const hid_t type = H5Tcopy(H5T_C_S1), space = H5Screate(H5S_SCALAR);
    hid_t a = -1;
    if (type >= 0 && H5Tset_size(type, strlen(value)) >= 0 && H5Tset_cset(type, H5T_CSET_UTF8) >= 0)
        a = H5Acreate2(at, name, type, space, H5P_DEFAULT, H5P_DEFAULT);
    if (a < 0 || H5Awrite(a, type, value) < 0) cx_h5_failed(h, "write the attribute", name);
    if (a >= 0 && H5Aclose(a) < 0) cx_h5_failed(h, "close the attribute", name);
    if (space >= 0) H5Sclose(space);
    if (type >= 0) H5Tclose(type);
}

void cx_h5_number(struct cx_h5 *h, hid_t at, const char *name, hid_t type, const void *value) {
    if (!cx_h5_ok(h)) return;
    const hid_t space = H5Screate(H5S_SCALAR);
    const hid_t a = H5Acreate2(at, name, type, space, H5P_DEFAULT, H5P_DEFAULT);
    if (a < 0 || H5Awrite(a, type, value) < 0) cx_h5_failed(h, "write the attribute", name);
    if (a >= 0 && H5Aclose(a) < 0) cx_h5_failed(h, "close the attribute", name);
    if (space >= 0) H5Sclose(space);
}

int cx_h5_shape(struct cx_h5 *h, hid_t set, hsize_t dims[4]) {
    if (!cx_h5_ok(h)) return -1;
    const hid_t space = H5Dget_space(set);
    int rank = space < 0 ? -1 : H5Sget_simple_extent_ndims(space);
    if (rank > 4) rank = -1;
    if (rank >= 0) rank = H5Sget_simple_extent_dims(space, dims, NULL);
    if (rank < 0) cx_h5_failed(h, "read the shape of a variable", "");
    if (space >= 0) H5Sclose(space);
    return rank;
}

void cx_h5_resize(struct cx_h5 *h, hid_t set, hsize_t n) {
    hsize_t dims[4] = {0};
    if (cx_h5_shape(h, set, dims) < 1) return;
    dims[0] = n;
    if (H5Dset_extent(set, dims) < 0) cx_h5_failed(h, "change the length of a variable", "");
}

/* Selects the rows in the file; returns the matching space of the memory, -1 on failure. */
static hid_t select_rows(hid_t space, struct cx_h5_rows r) {
    hsize_t start[4] = {r.first}, count[4] = {0};
    const int rank = H5Sget_simple_extent_ndims(space);
    if (rank < 1 || rank > 4 || H5Sget_simple_extent_dims(space, count, NULL) < 0) return -1;
    count[0] = r.rows;
    if (H5Sselect_hyperslab(space, H5S_SELECT_SET, start, NULL, count, NULL) < 0) return -1;
    return H5Screate_simple(rank, count, NULL);
}

void cx_h5_put(struct cx_h5 *h, hid_t set, struct cx_h5_rows r, hid_t memory, const void *data) {
    if (!cx_h5_ok(h) || r.rows == 0) return;
    const hid_t space = H5Dget_space(set), within = space < 0 ? -1 : select_rows(space, r);
    if (within < 0 || H5Dwrite(set, memory, within, space, H5P_DEFAULT, data) < 0)
        cx_h5_failed(h, "write values", "");
    if (within >= 0) H5Sclose(within);
    if (space >= 0) H5Sclose(space);
}

/* The index of pieces is the one part of the file that HDF5 keeps without a checksum: a damaged one hides pieces, which
 * then read as NaN, or switches their checksum off.  Only gzip may have been left out, where it did not pay. */
static bool piece_is_sound(hid_t set, const hsize_t at[4], bool packed) {
    const unsigned gzip_left_out = 2;
    unsigned left_out = 0;
    haddr_t where = HADDR_UNDEF;
    hsize_t bytes = 0;
    if (H5Dget_chunk_info_by_coord(set, at, &left_out, &where, &bytes) < 0) return false;
    return where != HADDR_UNDEF && bytes > 0 && (left_out & ~(packed ? gzip_left_out : 0u)) == 0;
}

/* Steps to the next piece, last axis fastest; false after the last one. */
static bool next_piece(hsize_t at[4], const hsize_t from[4], const hsize_t until[4],
                       const hsize_t chunk[4], int rank) {
    for (int d = rank - 1; d >= 0; d--) {
        at[d] += chunk[d];
        if (at[d] < until[d]) return true;
        at[d] = from[d];
    }
    return false;
}

static bool pieces_are_sound(hid_t set, struct cx_h5_rows r) {
    hsize_t until[4] = {0}, chunk[4] = {0}, from[4] = {0}, at[4] = {0};
    const hid_t list = H5Dget_create_plist(set), space = H5Dget_space(set);
    const int rank = space < 0 ? -1 : H5Sget_simple_extent_dims(space, until, NULL);
    bool sound = list >= 0 && rank > 0 && H5Pget_chunk(list, 4, chunk) == rank && chunk[0] > 0;
    const bool packed = sound && H5Pget_nfilters(list) == 3;
    if (list >= 0) H5Pclose(list);
    if (space >= 0) H5Sclose(space);
    if (!sound || r.first + r.rows > until[0]) return false;
    at[0] = from[0] = r.first / chunk[0] * chunk[0];
    until[0] = r.first + r.rows;
    do sound = piece_is_sound(set, at, packed);
    while (sound && next_piece(at, from, until, chunk, rank));
    return sound;
}

void cx_h5_get(struct cx_h5 *h, hid_t set, struct cx_h5_rows r, hid_t memory, void *data) {
    if (!cx_h5_ok(h) || r.rows == 0) return;
    if (!pieces_are_sound(set, r)) {
        cx_h5_refuse(h, "the index of a variable is damaged");
        return;
    }
    const hid_t space = H5Dget_space(set), within = space < 0 ? -1 : select_rows(space, r);
    if (within < 0 || H5Dread(set, memory, within, space, H5P_DEFAULT, data) < 0)
        cx_h5_failed(h, "read values", "");
    if (within >= 0) H5Sclose(within);
    if (space >= 0) H5Sclose(space);
}
