/* lens.c - see lens.h. */
#include "report/lens.h"

#include "base/text.h"
#include "report/raster.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static size_t cells_of(const struct cx_result *r) {
    return (size_t)r->shape[CX_X] * (size_t)r->shape[CX_Y] * (size_t)r->shape[CX_Z];
}

static enum cx_status no_such_field(const struct cx_result *r, const char *field,
                                    struct cx_error *e) {
    struct cx_nearest near = {.wanted = field};
    for (int f = 0; f < r->fields; f++) cx_nearest_offer(&near, r->field[f]);
    cx_fail(e, CX_USAGE, 140, "the result stores no field '%.60s'", field);
    if (cx_nearest_name(&near)) {
        cx_hint(e, "did you mean '%s'?", cx_nearest_name(&near));
    } else {
        cx_hint(e, "cicatrix plot --list DIR");
    }
    return CX_USAGE;
}

enum cx_status cx_lens_open(struct cx_lens *l, const struct cx_result *r, const char *field,
                            struct cx_error *e) {
    *l = (struct cx_lens){.r = r, .frame = {-1, -1}};
    l->field = cx_result_find(r, field);
    l->radial = strcmp(r->geometry, "axisymmetric") == 0;
    if (l->field < 0) return no_such_field(r, field, e);
    if (!r->frames) return cx_fail(e, CX_USAGE, 140, "the result has no picture yet");
    for (int i = 0; i < 2; i++) l->whole[i] = malloc(cells_of(r) * sizeof(float));
    if (l->whole[0] && l->whole[1]) return CX_OK;
    cx_lens_close(l);
    return cx_fail(e, CX_STORAGE, 61, "no memory for two pictures of a field");
}

void cx_lens_close(struct cx_lens *l) {
    for (int i = 0; i < 2; i++) free(l->whole[i]);
    l->whole[0] = l->whole[1] = NULL;
}

static enum cx_status load(struct cx_lens *l, int slot, int frame, struct cx_error *e) {
    if (l->frame[slot] == frame) return CX_OK;
    l->frame[slot] = -1;
    CX_TRY(cx_result_field(l->r, frame, l->field, l->whole[slot], e));
    l->frame[slot] = frame;
    return CX_OK;
}

/* Times forward mostly, so what was the later picture becomes the earlier one. */
static void swap(struct cx_lens *l) {
    float *whole = l->whole[0];
    const int frame = l->frame[0];
    l->whole[0] = l->whole[1];
    l->frame[0] = l->frame[1];
    l->whole[1] = whole;
    l->frame[1] = frame;
}

enum cx_status cx_lens_turn(struct cx_lens *l, double day, struct cx_error *e) {
    const struct cx_result *r = l->r;
    const double first = r->time_day[0], last = r->time_day[r->frames - 1];
    const double hair = 1e-9 * fmax(1, fabs(last));
    if (!(day >= first - hair && day <= last + hair))
        return cx_fail(e, CX_USAGE, 140,
                       "there is no picture at %.4g day: they go from %.4g to %.4g", day, first,
                       last);
    int early = cx_between(r->time_day, r->frames, day, &l->share);
    if (l->share > 1 - 1e-6 && r->frames > 1) { /* a stored time is shown as it is stored */
        early++;
        l->share = 0;
    }
    if (l->share < 1e-6 || r->frames == 1) l->share = 0;
    if (l->frame[1] == early) swap(l);
    CX_TRY(load(l, 0, early, e));
    return l->share > 0 ? load(l, 1, early + 1, e) : CX_OK;
}

double cx_lens_cell(const struct cx_lens *l, int i, int j, int k) {
    const int *n = l->r->shape;
    const size_t at = (size_t)i + (size_t)n[0] * ((size_t)j + (size_t)n[1] * (size_t)k);
    const double early = (double)l->whole[0][at];
    return l->share > 0 ? early + l->share * ((double)l->whole[1][at] - early) : early;
}

/* Rings grow with the radius. */
static double area(const struct cx_lens *l, int i, int j) {
    const double *x = l->r->edge[CX_X], *y = l->r->edge[CX_Y];
    if (l->radial) return x[i + 1] * x[i + 1] - x[i] * x[i];
    return (x[i + 1] - x[i]) * (y[j + 1] - y[j]);
}

double cx_lens_mean(const struct cx_lens *l, int k) {
    const int *n = l->r->shape;
    double sum = 0, whole = 0;
    if (n[1] == 1 && n[2] == 1 && n[0] > 1) return cx_lens_cell(l, k, 0, 0);
    for (int j = 0; j < n[1]; j++)
        for (int i = 0; i < n[0]; i++) {
            const double a = area(l, i, j);
            sum += a * cx_lens_cell(l, i, j, k);
            whole += a;
        }
    return sum / whole;
}

/* Cuts ------------------------------------------------------------------------------------------------------------- */
static double cell_of(const struct cx_cut *c, int a, int d) {
    int at[3] = {c->number, c->number, c->number};
    at[c->across] = a;
    at[c->down] = d;
    return cx_lens_cell(c->lens, at[0], at[1], at[2]);
}

double cx_cut_at(const void *cut, double across, double down) {
    const struct cx_cut *c = cut;
    const struct cx_result *r = c->lens->r;
    const double x = c->left + across * (c->right - c->left);
    const double y = c->top + down * (c->bottom - c->top);
    double sx, sy;
    const int a =
        cx_between(r->center[c->across], r->shape[c->across], c->lens->radial ? fabs(x) : x, &sx);
    const int d = cx_between(r->center[c->down], r->shape[c->down], y, &sy);
    const int right = a + (sx > 0), up = d + (sy > 0);
    const double low = (1 - sx) * cell_of(c, a, d) + sx * cell_of(c, right, d);
    const double high = (1 - sx) * cell_of(c, a, up) + sx * cell_of(c, right, up);
    return (1 - sy) * low + sy * high;
}

/* Does the cell i of an axis overlap what lies between the two places? */
static bool inside(const double *edge, int i, double one, double other) {
    return edge[i + 1] > fmin(one, other) && edge[i] < fmax(one, other);
}

static void widen(double *low, double *high, double value) {
    if (!isfinite(value)) return;
    if (!(*low <= value)) *low = value;
    if (!(*high >= value)) *high = value;
}

void cx_cut_range(const struct cx_cut *c, double *low, double *high) {
    const struct cx_result *r = c->lens->r;
    for (int d = 0; d < r->shape[c->down]; d++) {
        if (!inside(r->edge[c->down], d, c->top, c->bottom)) continue;
        for (int a = 0; a < r->shape[c->across]; a++)
            if (inside(r->edge[c->across], a, c->left, c->right))
                widen(low, high, cell_of(c, a, d));
    }
}

void cx_range_round(double *low, double *high) {
    if (!isfinite(*low) || !isfinite(*high)) {
        *low = 0;
        *high = 1;
    }
    if (*low > 0 && *low < 0.3 * *high) *low = 0;
    const double size = fmax(fabs(*low), fabs(*high));
    if (*high - *low > 5e-3 * size) return;
    *low -= size > 0 ? 0.05 * size : 0;
    *high += size > 0 ? 0.05 * size : 1;
}
