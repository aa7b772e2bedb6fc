/* volume.c - see volume.h. */
#include "report/volume.h"

#include "report/raster.h"

#include <math.h>
#include <stdlib.h>
#include <zlib.h>

enum { RAW_BYTES = 6000000, FINEST = 4, MOST = 160, FEWEST = 2, LEVELS = 255 };

/* Early days matter as much as late weeks, as in the pictures of the view. */
static double pace(double day) { return log(0.5 + fmax(day, 0)); }

/* All stored pictures, or of many those that come nearest to even steps of pace. */
static void choose_frames(struct cx_volume *w) {
    const struct cx_result *r = w->v->r;
    const int n = r->frames;
    const double from = pace(r->time_day[0]), to = pace(r->time_day[n - 1]);
    for (int f = 0; f < n; f++) {
        const double want = from + (to - from) * w->frames / (CX_VOLUME_FRAMES - 1.0);
        const int left = n - f, room = CX_VOLUME_FRAMES - w->frames;
        const bool due = pace(r->time_day[f]) >= want - 1e-9 || f == n - 1;
        if (room > 0 && (left <= room || (due && room > 1) || f == n - 1))
            w->frame[w->frames++] = f;
    }
}

/* No more voxels than FINEST to a cell: finer ones would only repeat the straight lines between cells. */
static void choose_shape(struct cx_volume *w, double bytes) {
    const struct cx_result *r = w->v->r;
    const bool block = r->shape[1] > 1;
    const double most = bytes / (double)(w->frames * w->v->fields);
    double size = 1;
    for (int d = 0; d < 3; d++)
        if (d != 1 || block) size *= w->to[d] - w->from[d];
    const double edge = block ? cbrt(size / most) : sqrt(size / most);
    w->voxels = 1;
    for (int d = 0; d < 3; d++) {
        const double many = floor((w->to[d] - w->from[d]) / edge);
        w->shape[d] = (int)fmax(fmin(fmin(many, MOST), FINEST * r->shape[d]), FEWEST);
        if (d == 1 && !block) w->shape[d] = 1;
        w->voxels *= (size_t)w->shape[d];
    }
}

bool cx_volume_plan(struct cx_volume *w, const struct cx_view *v) {
    return cx_volume_plan_within(w, v, RAW_BYTES);
}

bool cx_volume_plan_within(struct cx_volume *w, const struct cx_view *v, double bytes) {
    *w = (struct cx_volume){.v = v, .low = NAN, .high = NAN};
    if (!v->r->frames || !v->fields || v->column || v->row || v->r->shape[2] < 2) return false;
    for (int d = 0; d < 2; d++) {
        w->from[d] = v->r->edge[d][0];
        w->to[d] = v->r->edge[d][v->r->shape[d]];
    }
    w->to[2] = v->depth_um;
    choose_frames(w);
    choose_shape(w, bytes);
    return true;
}

/* Where the rows of voxels lie between the centres of the cells. */
static struct cx_span *places(const struct cx_volume *w, int d) {
    struct cx_span *at = malloc((size_t)w->shape[d] * sizeof *at);
    const struct cx_result *r = w->v->r;
    for (int i = 0; at && i < w->shape[d]; i++) {
        const double um = w->from[d] + (i + 0.5) * (w->to[d] - w->from[d]) / w->shape[d];
        at[i] = cx_span_of(r->center[d], r->shape[d], d == 2 ? -um : um);
    }
    return at;
}

/* Linear between the centres of eight cells. */
static double blend(const struct cx_result *r, const float *cell, const struct cx_span *at[3]) {
    const size_t nx = (size_t)r->shape[0], ny = (size_t)r->shape[1];
    double sum = 0;
    for (int corner = 0; corner < 8; corner++) {
        size_t index[3];
        double weight = 1;
        for (int d = 0; d < 3; d++) {
            const bool high = corner >> d & 1;
            index[d] = (size_t)(high ? at[d]->high : at[d]->low);
            weight *= high ? at[d]->share : 1 - at[d]->share;
        }
        sum += weight > 0 ? weight * (double)cell[index[0] + nx * (index[1] + ny * index[2])] : 0;
    }
    return sum;
}

struct sampling {
    const struct cx_volume *w;
    struct cx_span *at[3];
    float *out; /* [frames][voxels] */
};

static enum cx_status sample(void *user, int frame, const float *cell, struct cx_error *e) {
    const struct sampling *s = user;
    const int *n = s->w->shape;
    float *out = s->out + (size_t)frame * s->w->voxels;
    (void)e;
    for (int k = 0; k < n[2]; k++)
        for (int j = 0; j < n[1]; j++)
            for (int i = 0; i < n[0]; i++)
                *out++ = (float)blend(
                    s->w->v->r, cell,
                    (const struct cx_span *[3]){s->at[0] + i, s->at[1] + j, s->at[2] + k});
    return CX_OK;
}

static enum cx_status sample_frames(const struct cx_volume *w, int field, float *out,
                                    struct cx_error *e) {
    struct sampling s = {.w = w, .at = {places(w, 0), places(w, 1), places(w, 2)}};
    s.out = out;
    struct cx_pick pick[CX_VOLUME_FRAMES];
    for (int f = 0; f < w->frames; f++) pick[f] = (struct cx_pick){field, w->frame[f]};
    enum cx_status status = s.at[0] && s.at[1] && s.at[2] ? CX_OK : CX_STORAGE;
    if (status)
        cx_fail(e, status, 61, "no memory for the turning picture");
    else
        status = cx_result_pick(w->v->r, &(struct cx_picks){pick, w->frames, sample, &s}, e);
    for (int d = 0; d < 3; d++) free(s.at[d]);
    return status;
}

/* A range without any width gets some; one that nearly starts at 0 starts there. */
static void find_range(const float *value, size_t n, struct cx_packed *out) {
    double low = NAN, high = NAN;
    for (size_t i = 0; i < n; i++) cx_scale_widen((double)value[i], &low, &high);
    if (!isfinite(low)) low = high = 0;
    if (low > 0 && low < 0.3 * high) low = 0;
    out->flat = !(high - low > 1e-6 * fabs(high));
    if (out->flat) high = low + (low != 0 ? 0.1 * fabs(low) : 1);
    out->low = low;
    out->high = high;
}

/* Smooth fields have small differences, which zlib packs to a third.  A value that is no number becomes the lowest. */
static void quantise(const struct cx_volume *w, const float *value, const struct cx_packed *range,
                     unsigned char *out) {
    const size_t n = w->voxels * (size_t)w->frames, row = (size_t)w->shape[0];
    const double scale = LEVELS / (range->high - range->low);
    unsigned char left = 0;
    for (size_t i = 0; i < n; i++) {
        const double share = ((double)value[i] - range->low) * scale;
        const int level = share > 0 ? (int)lround(fmin(share, LEVELS)) : 0;
        if (i % row == 0) left = 0;
        out[i] = (unsigned char)(level - left);
        left = (unsigned char)level;
    }
}

static enum cx_status squeeze(const unsigned char *raw, size_t n, struct cx_packed *out,
                              struct cx_error *e) {
    uLongf room = compressBound((uLong)n);
    out->bytes = malloc(room);
    if (!out->bytes || compress2(out->bytes, &room, raw, (uLong)n, 6) != Z_OK)
        return cx_fail(e, CX_STORAGE, 61, "no memory to pack the turning picture");
    out->n = room;
    return CX_OK;
}

enum cx_status cx_volume_pack(const struct cx_volume *w, int field, struct cx_packed *out,
                              struct cx_error *e) {
    const size_t n = w->voxels * (size_t)w->frames;
    float *value = malloc(n * sizeof *value);
    unsigned char *level = malloc(n);
    *out = (struct cx_packed){0};
    enum cx_status status = CX_OK;
    if (!value || !level) status = cx_fail(e, CX_STORAGE, 61, "no memory for the turning picture");
    if (!status) status = sample_frames(w, field, value, e);
    if (!status) {
        if (isfinite(w->low))
            *out = (struct cx_packed){.low = w->low, .high = w->high};
        else
            find_range(value, n, out);
        quantise(w, value, out, level);
        status = squeeze(level, n, out, e);
    }
    free(value);
    free(level);
    return status;
}
