/* compare_fields.c - fields of two runs at the stored times that both hold (declared in compare.h). */
#include "report/compare.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const double same_place = 1e-6; /* share of the size of the block */
static const double same_time = 1e-9;

/* Planes that lie elsewhere make cells that must not be subtracted from each other. */
static bool same_grid(const struct cx_result *a, const struct cx_result *b, char *why,
                      size_t room) {
    static const char *const names[] = {"x", "y", "z"};
    if (strcmp(a->geometry, b->geometry) != 0) {
        snprintf(why, room, "the grids differ: %s and %s", a->geometry, b->geometry);
        return false;
    }
    for (int d = 0; d < 3; d++) {
        const int n = a->shape[d];
        if (n != b->shape[d]) {
            snprintf(why, room, "the grids differ: %d and %d cells along %s", n, b->shape[d],
                     names[d]);
            return false;
        }
        const double size = fabs(a->edge[d][n] - a->edge[d][0]);
        for (int i = 0; i <= n; i++)
            if (fabs(a->edge[d][i] - b->edge[d][i]) > same_place * size) {
                snprintf(why, room, "the grids differ: plane %d along %s is at %.6g and %.6g um", i,
                         names[d], a->edge[d][i], b->edge[d][i]);
                return false;
            }
    }
    return true;
}

/* Volume of a cell, up to a factor that all share. */
static double volume(const struct cx_plot_source *s, int i, int j, int k) {
    const struct cx_result *r = &s->result;
    const double *x = r->edge[CX_X], *y = r->edge[CX_Y], *z = r->edge[CX_Z];
    const double across = s->view.radial ? x[i + 1] * x[i + 1] - x[i] * x[i] : x[i + 1] - x[i];
    return across * (y[j + 1] - y[j]) * (z[k + 1] - z[k]);
}

/* Sums over one pair of pictures. */
struct sums {
    double volume, square, first, second; /* of the difference, and of both fields */
    double largest, size;
    size_t cell;
};

static void add(struct sums *s, size_t cell, double v, const double value[2]) {
    const double d = value[1] - value[0];
    s->volume += v;
    s->square += v * d * d;
    s->first += v * value[0] * value[0];
    s->second += v * value[1] * value[1];
    s->size = fmax(s->size, fmax(fabs(value[0]), fabs(value[1])));
    if (fabs(d) <= s->largest) return;
    s->largest = fabs(d);
    s->cell = cell;
}

static struct sums sum(const struct cx_plot_source *s, float *const whole[2]) {
    const int *n = s->result.shape;
    struct sums all = {0};
    for (int k = 0; k < n[2]; k++)
        for (int j = 0; j < n[1]; j++)
            for (int i = 0; i < n[0]; i++) {
                const size_t at = (size_t)i + (size_t)n[0] * ((size_t)j + (size_t)n[1] * (size_t)k);
                add(&all, at, volume(s, i, j, k),
                    (const double[2]){(double)whole[0][at], (double)whole[1][at]});
            }
    return all;
}

static void note(struct cx_compared_field *f, const struct cx_result *r, const struct sums *s,
                 double day) {
    const size_t nx = (size_t)r->shape[0], ny = (size_t)r->shape[1];
    const double rms = sqrt(s->square / s->volume);
    const double norm = sqrt(fmax(s->first, s->second) / s->volume);
    f->rms = fmax(f->rms, rms);
    if (norm > 0) f->relative_rms = fmax(f->relative_rms, rms / norm);
    if (f->times++ && s->largest <= f->difference) return;
    f->difference = s->largest;
    f->day = day;
    f->place_um[0] = r->center[CX_X][s->cell % nx];
    f->place_um[1] = r->center[CX_Y][s->cell / nx % ny];
    f->place_um[2] = r->center[CX_Z][s->cell / (nx * ny)];
}

/* The stored picture of that time, -1 if there is none. */
static int frame_at(const struct cx_result *r, double day) {
    for (int f = 0; f < r->frames; f++)
        if (fabs(r->time_day[f] - day) <= same_time * fmax(1, fabs(day))) return f;
    return -1;
}

static enum cx_status compare_one(const struct cx_comparison *c, struct cx_compared_field *f,
                                  float *const whole[2], struct cx_error *e) {
    const struct cx_result *a = &c->run[0].result, *b = &c->run[1].result;
    double size = 0;
    for (int frame = 0; frame < a->frames; frame++) {
        const int other = frame_at(b, a->time_day[frame]);
        if (other < 0) continue;
        CX_TRY(cx_result_field(a, frame, f->number[0], whole[0], e));
        CX_TRY(cx_result_field(b, other, f->number[1], whole[1], e));
        const struct sums s = sum(&c->run[0], whole);
        size = fmax(size, s.size);
        note(f, a, &s, a->time_day[frame]);
    }
    f->relative = f->difference > 0 ? f->difference / size : 0;
    return CX_OK;
}

static enum cx_status compare_all(struct cx_comparison *c, float *const whole[2],
                                  struct cx_error *e) {
    const struct cx_result *a = &c->run[0].result, *b = &c->run[1].result;
    for (int i = 0; i < a->fields; i++) {
        const int other = cx_result_find(b, a->field[i]);
        if (other < 0 || strcmp(a->field_unit[i], b->field_unit[other]) != 0) continue;
        struct cx_compared_field *f = &c->field[c->fields++];
        *f = (struct cx_compared_field){.number = {i, other}};
        snprintf(f->name, sizeof f->name, "%s", a->field[i]);
        snprintf(f->unit, sizeof f->unit, "%s", a->field_unit[i]);
        CX_TRY(compare_one(c, f, whole, e));
    }
    return CX_OK;
}

enum cx_status cx_compare_fields(struct cx_comparison *c, struct cx_error *e) {
    const struct cx_result *a = &c->run[0].result, *b = &c->run[1].result;
    const size_t cells = (size_t)a->shape[0] * (size_t)a->shape[1] * (size_t)a->shape[2];
    if (!same_grid(a, b, c->why_no_fields, sizeof c->why_no_fields)) return CX_OK;
    float *whole[2] = {calloc(cells + 1, sizeof(float)), calloc(cells + 1, sizeof(float))};
    c->field = calloc((size_t)a->fields + 1, sizeof *c->field);
    enum cx_status status = CX_STORAGE;
    if (whole[0] && whole[1] && c->field)
        status = compare_all(c, whole, e);
    else
        cx_fail(e, status, 61, "no memory for two fields");
    free(whole[0]);
    free(whole[1]);
    return status;
}
