/* result_read.c - the reading half of result.h.  The parent process never lets HDF5 see the file: a child reads it into
 * shared memory (guard.h), the parent takes plain arrays. */
#include "base/file.h"
#include "watch/result_parts.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

enum { ATTEMPTS = 10, PAUSE_MS = 50 };
static const size_t batch_bytes = (size_t)16
                                  << 20; /* that one child reads, unless one array is larger */
/* Nothing that cx_result_open keeps is compressed, so what it can hold is bounded by the size of the file. */
static const double memory_per_byte = 3, memory_least = 16.0 * 1024 * 1024,
                    memory_most = 1024.0 * 1024 * 1024;

/* What tells one state of a file from the next. */
struct stamp {
    int64_t bytes, seconds, nanoseconds;
};

static enum cx_status look(const char *path, struct stamp *s, struct cx_error *e) {
    struct stat st;
    if (stat(path, &st)) return cx_fail_system(e, 74, errno, "open", path);
    if (!S_ISREG(st.st_mode)) return cx_fail(e, CX_STORAGE, 74, "%.280s is not a file", path);
    *s = (struct stamp){st.st_size, st.st_mtim.tv_sec, st.st_mtim.tv_nsec};
    return CX_OK;
}

static bool same(const struct stamp *a, const struct stamp *b) {
    return a->bytes == b->bytes && a->seconds == b->seconds && a->nanoseconds == b->nanoseconds;
}

/* A run that is just writing shows a file that is half the old, half the new one: look again until it rests. */
static enum cx_status run_rested(cx_guarded_work *work, void *arg, const char *path,
                                 struct cx_error *e) {
    enum cx_status s = CX_OK;
    for (int i = 0; i < ATTEMPTS; i++) {
        struct stamp before = {0}, after = {0};
        CX_TRY(look(path, &before, e));
        s = cx_guard_run(work, arg, path, e);
        if (s == CX_OK) return s;
        struct cx_error ignored;
        nanosleep(&(struct timespec){0, PAUSE_MS * 1000000L}, NULL);
        if (look(path, &after, &ignored) != CX_OK || same(&before, &after)) return s;
    }
    return s;
}

/* ---- opening ---- */

struct opening {
    const char *path;
    struct cx_shared memory;
    struct cx_result *result; /* in the shared memory */
};

static enum cx_status open_in_child(void *arg, struct cx_error *e) {
    struct opening *o = arg;
    memset(o->result, 0, sizeof *o->result); /* an earlier attempt may have left something */
    struct cx_h5 h = cx_h5_read(o->path, e);
    cx_result_scan(&h, &o->memory, o->result);
    return h.status; /* the child ends here: nothing needs closing */
}

enum cx_status cx_result_open(const char *path, struct cx_result *r, struct cx_error *e) {
    memset(r, 0, sizeof *r);
    struct opening o = {.path = path};
    if (strlen(path) >= sizeof r->path)
        return cx_fail(e, CX_STORAGE, 74, "the path %.80s... is too long", path);
    const double wanted = memory_least + memory_per_byte * (double)cx_file_size(path);
    CX_TRY(cx_shared_map(&o.memory, (size_t)(wanted < memory_most ? wanted : memory_most), e));
    o.result = cx_shared_take(&o.memory, 1, sizeof *o.result);
    const enum cx_status s = run_rested(open_in_child, &o, path, e);
    if (s != CX_OK) {
        cx_shared_unmap(&o.memory);
        return s;
    }
    *r = *o.result;
    r->memory = o.memory;
    snprintf(r->path, sizeof r->path, "%s", path);
    return CX_OK;
}

void cx_result_close(struct cx_result *r) {
    struct cx_shared memory = r->memory;
    memset(r, 0, sizeof *r);
    cx_shared_unmap(&memory);
}

/* ---- values of variables ---- */

struct reading {
    const struct cx_result *result;
    const struct cx_pick *pick;
    int n;
    float *values; /* [n][cells] in shared memory */
};

static size_t cells_of(const struct cx_result *r) {
    return (size_t)r->shape[0] * (size_t)r->shape[1] * (size_t)r->shape[2];
}

static bool is_map(const struct cx_pick *p) { return p->frame == CX_PICK_MAP; }

static bool same_variable(const struct cx_pick *a, const struct cx_pick *b) {
    return a->number == b->number && is_map(a) == is_map(b);
}

static const char *name_of(const struct cx_result *r, const struct cx_pick *p) {
    return is_map(p) ? r->static_name[p->number] : r->field[p->number];
}

static hid_t open_variable(struct cx_h5 *h, const struct cx_result *r, const struct cx_pick *p) {
    const char *name = name_of(r, p);
    const int rank = is_map(p) ? 3 : 4;
    hsize_t dims[4] = {0};
    const hid_t set = cx_result_open_variable(h, h->file, name, H5T_IEEE_F32LE, rank);
    cx_h5_shape(h, set, dims);
    for (int d = 0; d < 3; d++)
        if (dims[rank - 1 - d] != (hsize_t)r->shape[d])
            cx_h5_refuse(h, "the variable %.63s has changed its shape", name);
    return set;
}

static void read_one(struct cx_h5 *h, hid_t set, const struct reading *q, int i) {
    const struct cx_pick *p = &q->pick[i];
    const hsize_t height = (hsize_t)q->result->shape[2];
    const struct cx_h5_rows rows =
        is_map(p) ? (struct cx_h5_rows){0, height} : (struct cx_h5_rows){(hsize_t)p->frame, 1};
    hsize_t dims[4] = {0};
    cx_h5_shape(h, set, dims);
    if (dims[0] < rows.first + rows.rows)
        cx_h5_refuse(h, "the variable %.63s has no picture %d", name_of(q->result, p), p->frame);
    cx_h5_get(h, set, rows, H5T_NATIVE_FLOAT, q->values + (size_t)i * cells_of(q->result));
}

static enum cx_status read_in_child(void *arg, struct cx_error *e) {
    const struct reading *q = arg;
    struct cx_h5 h = cx_h5_read(q->result->path, e);
    hid_t set = -1;
    for (int i = 0; i < q->n; i++) {
        if (i == 0 || !same_variable(&q->pick[i], &q->pick[i - 1])) {
            cx_h5_drop(set);
            set = open_variable(&h, q->result, &q->pick[i]);
        }
        read_one(&h, set, q, i);
    }
    return h.status;
}

/* Picks [from, from + n) by one child. */
static enum cx_status read_batch(const struct cx_result *r, const struct cx_picks *p, int from,
                                 int n, struct cx_error *e) {
    const size_t cells = cells_of(r);
    struct cx_shared memory;
    CX_TRY(cx_shared_map(&memory, (size_t)n * cells * sizeof(float), e));
    struct reading q = {r, p->at + from, n, (float *)(void *)memory.at};
    enum cx_status s = run_rested(read_in_child, &q, r->path, e);
    for (int i = 0; i < n && s == CX_OK; i++)
        s = p->take(p->user, from + i, q.values + (size_t)i * cells, e);
    cx_shared_unmap(&memory);
    return s;
}

static enum cx_status look_for(const struct cx_result *r, const struct cx_pick *p,
                               struct cx_error *e) {
    if (is_map(p) && (p->number < 0 || p->number >= r->statics))
        return cx_fail(e, CX_STORAGE, 73, "%.280s has no map %d", r->path, p->number);
    if (!is_map(p) &&
        (p->frame < 0 || p->frame >= r->frames || p->number < 0 || p->number >= r->fields))
        return cx_fail(e, CX_STORAGE, 73, "%.280s has no picture %d of field %d", r->path, p->frame,
                       p->number);
    return CX_OK;
}

enum cx_status cx_result_pick(const struct cx_result *r, const struct cx_picks *p,
                              struct cx_error *e) {
    const size_t fit = batch_bytes / (cells_of(r) * sizeof(float));
    const int most = fit < 1 ? 1 : (int)fit;
    for (int i = 0; i < p->n; i++) CX_TRY(look_for(r, &p->at[i], e));
    for (int from = 0; from < p->n; from += most)
        CX_TRY(read_batch(r, p, from, p->n - from < most ? p->n - from : most, e));
    return CX_OK;
}

struct copy {
    float *out;
    size_t bytes;
};

static enum cx_status take_copy(void *user, int i, const float *values, struct cx_error *e) {
    const struct copy *c = user;
    (void)i, (void)e;
    memcpy(c->out, values, c->bytes);
    return CX_OK;
}

static enum cx_status pick_one(const struct cx_result *r, struct cx_pick pick, float *out,
                               struct cx_error *e) {
    struct copy copy = {.bytes = cells_of(r) * sizeof *out};
    copy.out = out;
    return cx_result_pick(r, &(struct cx_picks){&pick, 1, take_copy, &copy}, e);
}

enum cx_status cx_result_field(const struct cx_result *r, int frame, int field, float *out,
                               struct cx_error *e) {
    if (frame < 0) return cx_fail(e, CX_STORAGE, 73, "%.280s has no picture %d", r->path, frame);
    return pick_one(r, (struct cx_pick){field, frame}, out, e);
}

enum cx_status cx_result_static(const struct cx_result *r, int number, float *out,
                                struct cx_error *e) {
    return pick_one(r, (struct cx_pick){number, CX_PICK_MAP}, out, e);
}

static int find(char (*names)[CX_RESULT_NAME], int n, const char *name) {
    for (int i = 0; i < n; i++)
        if (strcmp(names[i], name) == 0) return i;
    return -1;
}

int cx_result_find(const struct cx_result *r, const char *field) {
    return find(r->field, r->fields, field);
}

int cx_result_find_series(const struct cx_result *r, const char *series) {
    return find(r->series_name, r->series, series);
}
