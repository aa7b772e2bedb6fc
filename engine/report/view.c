/* view.c - see view.h. */
#include "report/view.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Fields in the order of healing; alternatives are names that models use for the same thing. */
static const struct {
    const char *names[4];
    enum cx_map map;
} wanted[CX_VIEW_FIELDS] = {
    {{"il1", "cytokine", "inflammation", "signal"}, CX_INFERNO},
    {{"fibrin", "provisional", "clot", ""}, CX_CIVIDIS},
    {{"m2", "macrophages", "m1", ""}, CX_VIRIDIS},
    {{"fibroblasts", "fibroblast", "cells", ""}, CX_VIRIDIS},
    {{"collagen_3", "collagen3", "collagen_new", ""}, CX_CIVIDIS},
    {{"collagen_1_new", "collagen_1", "collagen1", "collagen"}, CX_CIVIDIS},
};

/* One field may answer to two of the wanted names. */
static bool is_shown(const struct cx_view *v, int field) {
    for (int i = 0; i < v->fields; i++)
        if (v->field[i].field == field) return true;
    return false;
}

static void show(struct cx_view *v, int field, enum cx_map map) {
    if (field < 0 || v->fields == CX_VIEW_FIELDS || is_shown(v, field)) return;
    struct cx_shown *s = &v->field[v->fields++];
    *s = (struct cx_shown){.field = field, .map = map, .doc = v->r->field_doc[field]};
    cx_name_text(v->r->field[field], s->name);
    cx_unit_text(v->r->field_unit[field], s->unit);
}

/* A model of other fields is shown by its first four. */
static void choose_fields(struct cx_view *v) {
    for (int i = 0; i < CX_VIEW_FIELDS; i++) {
        int field = -1;
        for (int n = 0; n < 4 && field < 0; n++)
            if (wanted[i].names[n] && *wanted[i].names[n])
                field = cx_result_find(v->r, wanted[i].names[n]);
        show(v, field, wanted[i].map);
    }
    for (int f = 0; f < v->r->fields && v->fields < 4; f++) show(v, f, CX_VIRIDIS);
}

static enum cx_map map_of(const char *field) {
    for (int i = 0; i < CX_VIEW_FIELDS; i++)
        for (int n = 0; n < 4; n++)
            if (wanted[i].names[n] && strcmp(wanted[i].names[n], field) == 0) return wanted[i].map;
    return CX_VIRIDIS;
}

bool cx_view_take(struct cx_view *v, const char *field) {
    const int number = cx_result_find(v->r, field), before = v->fields;
    if (number >= 0) show(v, number, map_of(field));
    return v->fields > before;
}

/* Early days matter as much as late weeks: distances between pictures are taken on log(half a day + time). */
static double pace(double day) { return log(0.5 + fmax(day, 0)); }

static double distance_to_chosen(const struct cx_view *v, int frame) {
    double least = HUGE_VAL;
    for (int i = 0; i < v->days; i++)
        least = fmin(least, fabs(pace(v->r->time_day[frame]) - pace(v->r->time_day[v->frame[i]])));
    return least;
}

/* Kept in order of time. */
static void insert_day(struct cx_view *v, int frame) {
    int i = v->days++;
    for (; i > 0 && v->frame[i - 1] > frame; i--) v->frame[i] = v->frame[i - 1];
    v->frame[i] = frame;
}

/* First, last, then always the frame that is farthest from all chosen ones. */
static void choose_days(struct cx_view *v) {
    if (!v->r->frames) return;
    insert_day(v, 0);
    while (v->days < CX_VIEW_DAYS && v->days < v->r->frames) {
        int best = v->r->frames - 1;
        for (int f = 0; f < v->r->frames && v->days > 1; f++)
            if (distance_to_chosen(v, f) > distance_to_chosen(v, best)) best = f;
        if (distance_to_chosen(v, best) <= 0) return;
        insert_day(v, best);
    }
}

int cx_view_needle(const struct cx_view *v) {
    const struct cx_result *r = v->r;
    const double x0 = r->edge[CX_X][0], x1 = r->edge[CX_X][r->shape[0]];
    const double y0 = r->edge[CX_Y][0], y1 = r->edge[CX_Y][r->shape[1]];
    int best = -1;
    double least = HUGE_VAL;
    for (int i = 0; i < r->needles && !v->radial; i++) {
        const struct cx_needle_record *n = &r->needle[i];
        const double away = hypot(n->x_um - (x0 + x1) / 2, n->y_um - (y0 + y1) / 2);
        if (n->session != r->needle[0].session || away >= least) continue;
        least = away;
        best = i;
    }
    return v->radial && r->needles ? 0 : best;
}

/* The row of cells that the chosen needle stands in. */
static void choose_plane(struct cx_view *v) {
    const struct cx_result *r = v->r;
    const int needle = cx_view_needle(v), ny = r->shape[1];
    v->plane = ny / 2;
    for (int j = 0; needle >= 0 && j < ny; j++)
        if (r->needle[needle].y_um >= r->edge[CX_Y][j] &&
            r->needle[needle].y_um < r->edge[CX_Y][j + 1])
            v->plane = j;
}

int cx_view_places(const struct cx_view *v) { return v->r->shape[v->row ? CX_X : CX_Z]; }

double cx_view_place(const struct cx_view *v, int i) {
    return v->row ? v->r->center[CX_X][i] : -v->r->center[CX_Z][i];
}

const char *cx_view_place_name(const struct cx_view *v) {
    return !v->row ? "depth" : v->radial ? "radius" : "x";
}

/* The block, or of a wide one as much around the needle as the picture is deep to both sides. */
static void choose_sides(struct cx_view *v) {
    const struct cx_result *r = v->r;
    const double right = r->edge[CX_X][r->shape[0]], left = v->radial ? -right : r->edge[CX_X][0];
    const int needle = cx_view_needle(v);
    const double at = v->radial ? 0 : needle >= 0 ? r->needle[needle].x_um : (left + right) / 2;
    const double half = v->radial ? 0.6 * v->depth_um : v->depth_um;
    const bool narrow = right - left <= 2 * half;
    v->left_um = narrow ? left : fmax(left, at - half);
    v->right_um = narrow ? right : fmin(right, at + half);
}

/* Twice the deepest puncture tells the story; the rest of a deep block would only shrink it. */
static void choose_depth(struct cx_view *v) {
    double deepest = 0;
    for (int i = 0; i < v->r->needles; i++) deepest = fmax(deepest, v->r->needle[i].depth_um);
    const double floor_um = v->row ? v->r->edge[CX_X][v->r->shape[0]] : -v->r->edge[CX_Z][0];
    v->depth_um = deepest > 0 ? fmin(floor_um, fmax(1.6 * deepest, 400)) : floor_um;
}

/* Layers ----------------------------------------------------------------------------------------------------------- */
static const struct {
    const char *map, *name;
} layers[] = {
    {"corneum", "stratum corneum"},    {"epidermis", "epidermis"},
    {"papillary", "papillary dermis"}, {"reticular", "reticular dermis"},
    {"hypodermis", "hypodermis"},
};

/* Share of the plane k that the map covers. */
static double mean_of_plane(const struct cx_result *r, const float *map, int k) {
    const size_t plane = (size_t)r->shape[0] * (size_t)r->shape[1];
    double sum = 0;
    for (size_t i = 0; i < plane; i++) sum += (double)map[(size_t)k * plane + i];
    return sum / (double)plane;
}

/* Cell planes follow the limits of the layers, so a layer is the planes that it mostly fills. */
static void add_band(struct cx_view *v, const float *map, const char *name) {
    struct cx_band b = {HUGE_VAL, -HUGE_VAL, name};
    for (int k = 0; k < v->r->shape[2]; k++) {
        if (mean_of_plane(v->r, map, k) < 0.5) continue;
        b.top_um = fmin(b.top_um, -v->r->edge[CX_Z][k + 1]);
        b.bottom_um = fmax(b.bottom_um, -v->r->edge[CX_Z][k]);
    }
    if (b.bottom_um > b.top_um) v->band[v->bands++] = b;
}

enum { LAYERS = sizeof layers / sizeof *layers };

/* The layers of a result: map `number`, and the name that a reader knows. */
struct layer_picks {
    struct cx_view *v;
    struct cx_pick pick[LAYERS];
    const char *name[LAYERS];
    int n;
};

static enum cx_status take_layer(void *user, int i, const float *map, struct cx_error *e) {
    const struct layer_picks *l = user;
    (void)e;
    add_band(l->v, map, l->name[i]);
    return CX_OK;
}

static enum cx_status find_layers(struct cx_view *v, struct cx_error *e) {
    struct layer_picks p = {.v = v};
    for (int s = 0; s < v->r->statics; s++)
        for (int l = 0; l < LAYERS; l++) {
            if (strcmp(v->r->static_name[s], layers[l].map) != 0 || p.n == LAYERS) continue;
            p.pick[p.n] = (struct cx_pick){s, CX_PICK_MAP};
            p.name[p.n++] = layers[l].name;
        }
    return cx_result_pick(v->r, &(struct cx_picks){p.pick, p.n, take_layer, &p}, e);
}

/* Numbers ---------------------------------------------------------------------------------------------------------- */
/* Weight of a cell in the mean of its plane: rings grow with the radius. */
static double area(const struct cx_view *v, int i, int j) {
    const double *x = v->r->edge[CX_X], *y = v->r->edge[CX_Y];
    if (v->radial) return x[i + 1] * x[i + 1] - x[i] * x[i];
    return (x[i + 1] - x[i]) * (v->r->shape[1] > 1 ? y[j + 1] - y[j] : 1);
}

static double mean_at(const struct cx_view *v, const float *field, int k) {
    const int nx = v->r->shape[0], ny = v->r->shape[1];
    double sum = 0, whole = 0;
    for (int j = 0; j < ny; j++)
        for (int i = 0; i < nx; i++) {
            const double a = area(v, i, j);
            sum += a * (double)field[(size_t)i + (size_t)nx * ((size_t)j + (size_t)ny * (size_t)k)];
            whole += a;
        }
    return sum / whole;
}

/* The scale counts only what the picture shows. */
static void note_range(const struct cx_view *v, struct cx_shown *s, int k, const float *row) {
    if (!v->row && -v->r->edge[CX_Z][k + 1] > v->depth_um) return;
    for (int i = 0; i < v->r->shape[0]; i++) {
        const double value = (double)row[i];
        if (!isfinite(value)) continue;
        if (!(s->low <= value)) s->low = value;
        if (!(s->high >= value)) s->high = value;
    }
}

static enum cx_status keep_day(struct cx_view *v, struct cx_shown *s, int day, const float *field) {
    const size_t nx = (size_t)v->r->shape[0], ny = (size_t)v->r->shape[1],
                 nz = (size_t)v->r->shape[2];
    s->plane[day] = malloc(nx * nz * sizeof *s->plane[day]);
    s->mean[day] = malloc((v->row ? nx : nz) * sizeof *s->mean[day]);
    if (!s->plane[day] || !s->mean[day]) return CX_STORAGE;
    for (size_t k = 0; k < nz; k++) {
        float *row = s->plane[day] + k * nx;
        memcpy(row, field + nx * ((size_t)v->plane + ny * k), nx * sizeof *row);
        if (!v->row) s->mean[day][k] = mean_at(v, field, (int)k);
        note_range(v, s, (int)k, row);
    }
    /* the profile of a row runs along it: its cells are their own means */
    for (size_t i = 0; v->row && i < nx; i++) s->mean[day][i] = (double)field[i];
    return CX_OK;
}

/* A scale that nearly starts at 0 starts there; one without any width gets some. */
static void round_range(struct cx_shown *s) {
    if (!isfinite(s->low) || !isfinite(s->high)) {
        s->low = 0;
        s->high = 1;
    }
    if (s->low > 0 && s->low < 0.3 * s->high) s->low = 0;
    if (!(s->high - s->low > 1e-6 * fabs(s->high)))
        s->high = s->low + (s->low != 0 ? 0.1 * fabs(s->low) : 1);
}

/* Pictures come field by field, of each all days. */
static enum cx_status take_picture(void *user, int i, const float *field, struct cx_error *e) {
    struct cx_view *v = user;
    struct cx_shown *s = &v->field[i / v->days];
    if (keep_day(v, s, i % v->days, field))
        return cx_fail(e, CX_STORAGE, 61, "no memory for the pictures");
    return CX_OK;
}

static enum cx_status read_fields(struct cx_view *v, struct cx_error *e) {
    struct cx_pick pick[CX_VIEW_FIELDS * CX_VIEW_DAYS];
    int n = 0;
    for (int f = 0; f < v->fields; f++) {
        v->field[f].low = v->field[f].high = NAN;
        for (int d = 0; d < v->days; d++)
            pick[n++] = (struct cx_pick){v->field[f].field, v->frame[d]};
    }
    CX_TRY(cx_result_pick(v->r, &(struct cx_picks){pick, n, take_picture, v}, e));
    for (int f = 0; f < v->fields; f++) round_range(&v->field[f]);
    return CX_OK;
}

enum cx_status cx_view_aim(struct cx_view *v, const struct cx_result *r, struct cx_error *e) {
    *v = (struct cx_view){.r = r};
    v->radial = strcmp(r->geometry, "axisymmetric") == 0;
    v->column = r->shape[0] == 1 && r->shape[1] == 1;
    v->row = !v->column && r->shape[1] == 1 && r->shape[2] == 1;
    if (v->column && r->shape[2] == 1) return CX_OK; /* a point has no place to draw along */
    choose_plane(v);
    choose_depth(v);
    choose_sides(v);
    return find_layers(v, e);
}

enum cx_status cx_view_make(struct cx_view *v, const struct cx_result *r, struct cx_error *e) {
    CX_TRY(cx_view_aim(v, r, e));
    if (v->column && r->shape[2] == 1) return CX_OK;
    choose_fields(v);
    choose_days(v);
    return read_fields(v, e);
}

void cx_view_free(struct cx_view *v) {
    for (int f = 0; f < v->fields; f++)
        for (int d = 0; d < v->days; d++) {
            free(v->field[f].plane[d]);
            free(v->field[f].mean[d]);
        }
    *v = (struct cx_view){0};
}
