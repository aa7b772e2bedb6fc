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

/* ---- values of one variable ---- */

struct reading {
    const struct cx_result *result;
    const char *name;
    int rank, frame; /* rank 3: a map, frame unused */
    float *values;   /* in shared memory */
};

static enum cx_status read_in_child(void *arg, struct cx_error *e) {
    const struct reading *q = arg;
    const int *n = q->result->shape;
    hsize_t dims[4] = {0};
    struct cx_h5 h = cx_h5_read(q->result->path, e);
    const hid_t set = cx_result_open_variable(&h, h.file, q->name, H5T_IEEE_F32LE, q->rank);
    cx_h5_shape(&h, set, dims);
    const hsize_t *zyx = q->rank == 4 ? dims + 1 : dims;
    if (zyx[0] != (hsize_t)n[2] || zyx[1] != (hsize_t)n[1] || zyx[2] != (hsize_t)n[0])
        cx_h5_refuse(&h, "the variable %.63s has changed its shape", q->name);
    if (q->rank == 4 && dims[0] <= (hsize_t)q->frame)
        cx_h5_refuse(&h, "the variable %.63s has no picture %d", q->name, q->frame);
    const struct cx_h5_rows rows = q->rank == 4 ? (struct cx_h5_rows){(hsize_t)q->frame, 1}
                                                : (struct cx_h5_rows){0, (hsize_t)n[2]};
    cx_h5_get(&h, set, rows, H5T_NATIVE_FLOAT, q->values);
    return h.status;
}

static enum cx_status read_values(struct reading *q, float *out, struct cx_error *e) {
    const int *n = q->result->shape;
    const size_t bytes = (size_t)n[0] * (size_t)n[1] * (size_t)n[2] * sizeof *out;
    struct cx_shared memory;
    CX_TRY(cx_shared_map(&memory, bytes, e));
    q->values = (float *)(void *)memory.at;
    const enum cx_status s = run_rested(read_in_child, q, q->result->path, e);
    if (s == CX_OK) memcpy(out, q->values, bytes);
    cx_shared_unmap(&memory);
    return s;
}

enum cx_status cx_result_field(const struct cx_result *r, int frame, int field, float *out,
                               struct cx_error *e) {
    if (frame < 0 || frame >= r->frames || field < 0 || field >= r->fields)
        return cx_fail(e, CX_STORAGE, 73, "%.280s has no picture %d of field %d", r->path, frame,
                       field);
    struct reading q = {.result = r, .name = r->field[field], .rank = 4, .frame = frame};
    return read_values(&q, out, e);
}

enum cx_status cx_result_static(const struct cx_result *r, int number, float *out,
                                struct cx_error *e) {
    if (number < 0 || number >= r->statics)
        return cx_fail(e, CX_STORAGE, 73, "%.280s has no map %d", r->path, number);
    struct reading q = {.result = r, .name = r->static_name[number], .rank = 3};
    return read_values(&q, out, e);
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
