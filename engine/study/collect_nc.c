/* collect_nc.c - study.nc: the outcomes as a labelled cube over the factors, or as a list of runs; see collect.h */
#include "base/file.h"
#include "base/text.h"
#include "config/table.h"
#include "run/engine.h"
#include "study/collect.h"
#include "version.h"
#include "watch/result_hdf5.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { AXES = 4 }; /* as many as a variable of result_hdf5.h has */

/* A file on its way. */
struct cube {
    const struct cx_collection *c;
    struct cx_h5 h;
    int rank;
    hsize_t shape[AXES];
    hid_t axis[AXES];
    bool grid;
};

/* A grid is a cube as long as its axes suffice. */
static void choose_shape(struct cube *u) {
    const struct cx_study *s = u->c->study;
    const int axes = s->factor_count + (s->repeats > 1);
    u->grid = s->method == CX_GRID && axes <= AXES;
    u->rank = u->grid ? axes : 1;
    for (int j = 0; u->grid && j < s->factor_count; j++) u->shape[j] = (hsize_t)s->factor[j].count;
    if (u->grid && s->repeats > 1) u->shape[axes - 1] = (hsize_t)s->repeats;
    if (!u->grid) u->shape[0] = (hsize_t)u->c->table->runs;
}

static hid_t make(struct cube *u, const struct cx_h5_variable *v, const void *data) {
    const hid_t set = cx_h5_make(&u->h, u->h.file, v);
    const hid_t memory = v->type == H5T_IEEE_F64LE ? H5T_NATIVE_DOUBLE : H5T_NATIVE_INT;
    cx_h5_put(&u->h, set, (struct cx_h5_rows){0, v->shape[0]}, memory, data);
    return set;
}

/* 0 .. n - 1, what a number of flag_meanings stands for. */
static void add_flag_values(struct cube *u, hid_t set, int n) {
    int value[CX_RUN_STATUS_COUNT * 16];
    const hsize_t length = (hsize_t)n;
    if (!cx_h5_ok(&u->h) || n > (int)(sizeof value / sizeof *value)) return;
    for (int i = 0; i < n; i++) value[i] = i;
    const hid_t space = H5Screate_simple(1, &length, NULL);
    const hid_t made =
        H5Acreate2(set, "flag_values", H5T_STD_I32LE, space, H5P_DEFAULT, H5P_DEFAULT);
    if (made < 0 || H5Awrite(made, H5T_NATIVE_INT, value) < 0)
        cx_h5_failed(&u->h, "write the flags", "flag_values");
    if (made >= 0) H5Aclose(made);
    if (space >= 0) H5Sclose(space);
}

/* "square hex": words of a factor as CF flags; blanks inside a word become '_'. */
static void add_flags(struct cube *u, hid_t set, const struct cx_factor *f) {
    struct cx_text t = {0};
    for (int i = 0; i < f->count; i++) {
        cx_text_add(&t, "%s", i ? " " : "");
        for (const char *p = f->word[i]; *p; p++) cx_text_add(&t, "%c", *p == ' ' ? '_' : *p);
    }
    char *words = cx_text_take(&t);
    if (words) cx_h5_text(&u->h, set, "flag_meanings", words);
    add_flag_values(u, set, f->count);
    free(words);
}

static void describe_factor(struct cube *u, hid_t set, const struct cx_factor *f) {
    const struct cx_row *row = cx_row_find(f->path, NULL);
    const struct cx_model *m = u->c->study->model;
    const char *doc = row ? row->doc : "";
    for (int i = 0; !row && i < m->param_count; i++)
        if (strcmp(m->params[i].name, f->path + strlen("parameters.")) == 0) doc = m->params[i].doc;
    if (*doc) cx_h5_text(&u->h, set, "long_name", doc);
    if (*f->as) cx_h5_text(&u->h, set, "as", f->as);
    cx_h5_text(&u->h, set, "role", "factor");
    if (f->words) add_flags(u, set, f);
}

/* Values of one factor: those of its axis, or one per run. */
static hid_t make_factor(struct cube *u, int j, const double *x, hsize_t n) {
    const struct cx_factor *f = &u->c->study->factor[j];
    int *number = calloc((size_t)n + 1, sizeof *number);
    if (!number) return -1;
    for (hsize_t i = 0; i < n; i++) number[i] = (int)x[i];
    const struct cx_h5_variable v = {.name = f->path,
                                     .unit = f->words ? "1" : f->unit,
                                     .type = f->words ? H5T_STD_I32LE : H5T_IEEE_F64LE,
                                     .rank = 1,
                                     .shape = {n},
                                     .chunk = {n}};
    const hid_t set = make(u, &v, f->words ? (const void *)number : (const void *)x);
    describe_factor(u, set, f);
    free(number);
    return set;
}

static hid_t make_counter(struct cube *u, const char *name, const char *doc, hsize_t n) {
    int *number = calloc((size_t)n + 1, sizeof *number);
    if (!number) return -1;
    for (hsize_t i = 0; i < n; i++) number[i] = (int)i;
    const struct cx_h5_variable v = {.name = name,
                                     .unit = "1",
                                     .doc = doc,
                                     .type = H5T_STD_I32LE,
                                     .rank = 1,
                                     .shape = {n},
                                     .chunk = {n}};
    const hid_t set = make(u, &v, number);
    cx_h5_scale(&u->h, set, name);
    free(number);
    return set;
}

static void make_axes(struct cube *u) {
    const struct cx_study *s = u->c->study;
    for (int j = 0; j < s->factor_count; j++) {
        const struct cx_factor *f = &s->factor[j];
        double *x = calloc((size_t)f->count + 1, sizeof *x);
        for (int i = 0; x && i < f->count; i++) x[i] = f->words ? i : f->value[i];
        u->axis[j] = x ? make_factor(u, j, x, (hsize_t)f->count) : -1;
        cx_h5_scale(&u->h, u->axis[j], f->path);
        free(x);
    }
    if (s->repeats > 1)
        u->axis[u->rank - 1] =
            make_counter(u, "repeat", "number of the repeat", u->shape[u->rank - 1]);
}

/* Without a grid the factors are variables along the runs. */
static void make_columns(struct cube *u) {
    const struct cx_collection *c = u->c;
    const int n = c->table->runs;
    double *x = calloc((size_t)n + 1, sizeof *x);
    u->axis[0] = make_counter(u, "run", "number of the run", (hsize_t)n);
    for (int j = 0; x && j < c->study->factor_count; j++) {
        for (int i = 0; i < n; i++) x[i] = cx_design_row(c->design, c->table->run[i].point)[j];
        const hid_t set = make_factor(u, j, x, (hsize_t)n);
        cx_h5_attach(&u->h, set, u->axis[0], 0);
        cx_h5_drop(set);
    }
    free(x);
}

/* A variable over all runs, in the order of their numbers, which is that of the cube. */
static hid_t over_runs(struct cube *u, const struct cx_h5_variable *like, const void *data) {
    struct cx_h5_variable v = *like;
    v.rank = u->rank;
    for (int i = 0; i < u->rank; i++) v.shape[i] = v.chunk[i] = u->shape[i];
    const hid_t set = make(u, &v, data);
    for (int i = 0; i < u->rank; i++) cx_h5_attach(&u->h, set, u->axis[i], (unsigned)i);
    return set;
}

static void make_outcome(struct cube *u, int number, double *x) {
    const struct cx_study_outcome *o = &u->c->study->outcome[number];
    const double missing = NAN;
    static const char *const goals[] = {"", "max", "min"};
    for (int i = 0; i < u->c->table->runs; i++) x[i] = cx_study_row(u->c->table, i)[number];
    const struct cx_h5_variable v = {.name = o->name,
                                     .unit = *o->unit ? o->unit : "1",
                                     .doc = o->definition,
                                     .type = H5T_IEEE_F64LE};
    const hid_t set = over_runs(u, &v, x);
    cx_h5_number(&u->h, set, "_FillValue", H5T_NATIVE_DOUBLE, &missing);
    cx_h5_text(&u->h, set, "role", "outcome");
    if (o->goal != CX_NO_GOAL) cx_h5_text(&u->h, set, "goal", goals[o->goal]);
    cx_h5_drop(set);
}

static void make_status(struct cube *u) {
    const struct cx_study_table *t = u->c->table;
    int *x = calloc((size_t)t->runs + 1, sizeof *x);
    char words[256];
    size_t n = 0;
    if (!x) return;
    for (int i = 0; i < CX_RUN_STATUS_COUNT; i++)
        n += (size_t)snprintf(words + n, sizeof words - n, "%s%s", i ? " " : "",
                              cx_run_status_word((enum cx_run_status)i));
    for (int i = 0; i < t->runs; i++) x[i] = (int)t->run[i].status;
    const struct cx_h5_variable status = {
        .name = "status", .unit = "1", .doc = "what became of the run", .type = H5T_STD_I32LE};
    hid_t set = over_runs(u, &status, x);
    cx_h5_text(&u->h, set, "flag_meanings", words);
    add_flag_values(u, set, CX_RUN_STATUS_COUNT);
    cx_h5_drop(set);
    double *seed = calloc((size_t)t->runs + 1, sizeof *seed);
    for (int i = 0; seed && i < t->runs; i++) seed[i] = (double)t->run[i].seed;
    const struct cx_h5_variable of_run = {
        .name = "seed", .unit = "1", .doc = "seed of the run", .type = H5T_IEEE_F64LE};
    if (seed) {
        set = over_runs(u, &of_run, seed);
        cx_h5_drop(set);
    }
    free(seed);
    free(x);
}

static void describe(struct cube *u) {
    const struct cx_study *s = u->c->study;
    struct cx_h5 *h = &u->h;
    cx_h5_text(h, h->file, "Conventions", "CF-1.10");
    cx_h5_text(h, h->file, "title", *s->title ? s->title : s->name);
    cx_h5_text(h, h->file, "history", "cicatrix sweep");
    cx_h5_text(h, h->file, "source", s->model->title);
    cx_h5_text(h, h->file, "references", s->model->cite);
    cx_h5_text(h, h->file, "cicatrix_version", CX_VERSION);
    cx_h5_text(h, h->file, "git_commit", cx_engine_commit());
    cx_h5_text(h, h->file, "model", s->model->name);
    cx_h5_text(h, h->file, "method", cx_method_word(s->method));
}

enum cx_status cx_collect_nc(const struct cx_collection *c, const char *path, struct cx_error *e) {
    char tmp[620];
    struct cube u = {.c = c};
    snprintf(tmp, sizeof tmp, "%.600s.tmp", path);
    double *x = calloc((size_t)c->table->runs + 1, sizeof *x);
    if (!x) return cx_fail(e, CX_STORAGE, 61, "no memory for the table of runs");
    choose_shape(&u);
    u.h = cx_h5_create(tmp, e);
    describe(&u);
    if (u.grid)
        make_axes(&u);
    else
        make_columns(&u);
    for (int i = 0; i < c->study->outcome_count; i++) make_outcome(&u, i, x);
    make_status(&u);
    for (int i = 0; i < u.rank; i++) cx_h5_drop(u.axis[i]);
    free(x);
    CX_TRY(cx_h5_close(&u.h));
    return cx_file_rename(tmp, path, e);
}
