/* Units are right when the choice of units does not matter: every number of a model is rewritten in units of length,
 * time, mass, amount and cells that are 2^n times larger or smaller, and all that the model makes of them must come out
 * rewritten, bit for bit, since powers of two are exact in binary.  A `1 + g` that should be `1 + g/K` does not survive.
 *
 * Models that call exp, log, tanh or pow may differ by 4 units in the last place: the sources are read for such calls,
 * so the exception ends with its cause. */
#include "dimensions.h"
#include "points.h"

#include <dirent.h>

enum { SHIFTS = 16, DRAWS = 12, ULPS_OF_SMOOTH = 4 };

/* Dimensions of everything in the tables of one model. */
struct sheet {
    struct dimension p[PARAMS_MOST], in[CX_INPUT_MAX], u[CX_SPECIES_MAX], rate, D, length;
    struct dimension output[OUTPUTS_MOST];
    int ulps;
};

/* ---- what may be inexact ----------------------------------------------------------------------------------------- */

static bool calls_smooth(const char *path) {
    static const char *const word[] = {"cx_exp(", "cx_log10(", "cx_tanh(", " exp(",
                                       "(exp(",   " log(",     "(log(",    "pow("};
    char line[1024];
    bool found = false;
    FILE *f = fopen(path, "r");
    while (f && fgets(line, sizeof line, f))
        for (size_t i = 0; i < sizeof word / sizeof *word; i++)
            found = found || strstr(line, word[i]);
    if (f) fclose(f);
    return found;
}

/* Reads every file of the model's folder. */
static int ulps_allowed(const struct cx_model *m) {
    char folder[128], path[400];
    bool smooth = false;
    snprintf(folder, sizeof folder, "models/%s", m->name);
    DIR *files = opendir(folder);
    for (struct dirent *f = files ? readdir(files) : NULL; f; f = readdir(files)) {
        const char *end = strrchr(f->d_name, '.');
        if (!end || (strcmp(end, ".c") != 0 && strcmp(end, ".h") != 0)) continue;
        snprintf(path, sizeof path, "%s/%s", folder, f->d_name);
        smooth = smooth || calls_smooth(path);
    }
    if (files) closedir(files);
    if (smooth)
        printf("  %s calls exp, log, tanh or pow: %d ulp allowed\n", m->name, ULPS_OF_SMOOTH);
    return smooth ? ULPS_OF_SMOOTH : 0;
}

/* ---- the sheet --------------------------------------------------------------------------------------------------- */

static struct dimension product(struct dimension a, const struct dimension *b) {
    for (int i = 0; i < DIMENSIONS; i++) a.power[i] += b->power[i];
    return a;
}

static void sheet_of_outputs(ut_system *s, const struct cx_model *m, struct sheet *t) {
    for (int q = 0; q < m->species_count; q++) {
        t->output[q] = product(t->u[q], &t->rate);
        t->output[CX_SPECIES_MAX + q] = t->rate;
        t->output[2 * CX_SPECIES_MAX + q] = t->output[3 * CX_SPECIES_MAX + q] = t->D;
    }
    for (int k = 0; k < m->measure_count; k++)
        t->output[4 * CX_SPECIES_MAX + k] = dimension_of(s, m->measures[k].unit);
}

static void sheet_of(ut_system *s, const struct cx_model *m, struct sheet *t) {
    memset(t, 0, sizeof *t);
    for (int i = 0; i < m->param_count; i++) t->p[i] = dimension_of(s, m->params[i].unit);
    for (int i = 0; i < m->derived_count; i++)
        t->p[m->param_count + i] = dimension_of(s, m->derived[i].unit);
    for (int i = 0; i < m->input_count; i++)
        t->in[i] = dimension_of(s, strcmp(m->inputs[i], "depth") == 0 ? "um" : "1");
    for (int q = 0; q < m->species_count; q++) t->u[q] = dimension_of(s, m->species[q].unit);
    t->rate = dimension_of(s, "1/h");
    t->D = dimension_of(s, "um2/h");
    t->length = dimension_of(s, "um");
    t->ulps = ulps_allowed(m);
    sheet_of_outputs(s, m, t);
}

/* ---- comparison -------------------------------------------------------------------------------------------------- */

static bool same_to(double got, double wanted, int ulps) {
    if (got == wanted || (isnan(got) && isnan(wanted))) return true;
    return fabs(got - wanted) <= ulps * 0x1p-52 * fmax(fabs(got), fabs(wanted));
}

/* The same batch in other units; derived parameters are made anew from the rewritten ones. */
static void rewrite(const struct batch *b, const struct sheet *t, const int *shift,
                    struct batch *r) {
    *r = *b;
    for (int i = 0; i < b->model->param_count; i++) r->p[i] = rescaled(&t->p[i], shift, b->p[i]);
    r->person.lesion_age_h = ldexp(b->person.lesion_age_h, shift[TIME]);
    batch_derive(r);
    for (int c = 0; c < CELLS; c++) {
        for (int i = 0; i < b->model->input_count; i++)
            r->in[i][c] = rescaled(&t->in[i], shift, b->in[i][c]);
        for (int q = 0; q < b->model->species_count; q++)
            r->u[q][c] = rescaled(&t->u[q], shift, b->u[q][c]);
    }
}

/* Returns the number of findings. */
static int compare_derived(const struct batch *b, const struct batch *r, const struct sheet *t,
                           const int *shift) {
    int wrong = 0;
    for (int i = b->model->param_count; i < b->model->param_count + b->model->derived_count; i++) {
        const double wanted = rescaled(&t->p[i], shift, b->p[i]);
        const bool same = same_to(r->p[i], wanted, t->ulps);
        CHECK_MSG(same, "%s: derived %s is %.17g, in its units it should be %.17g", b->model->name,
                  b->model->derived[i - b->model->param_count].name, r->p[i], wanted);
        wrong += !same;
    }
    return wrong;
}

static int compare_outputs(const struct batch *b, const struct batch *r, const struct sheet *t,
                           const int *shift) {
    struct output o, s;
    int wrong = 0;
    for (int k = 0; k < OUTPUTS_MOST; k++) {
        if (!batch_output(b, k, &o) || !batch_output(r, k, &s)) continue;
        bool same = true;
        int at = 0;
        for (int i = 0; i < CELLS && same; i++) {
            same = same_to(s.value[i], rescaled(&t->output[k], shift, o.value[i]), t->ulps);
            at = i;
        }
        CHECK_MSG(same, "%s: %s %s is %.17g, in its units (%s) it should be %.17g", b->model->name,
                  o.kind, o.name, s.value[at], o.unit, rescaled(&t->output[k], shift, o.value[at]));
        wrong += !same;
    }
    return wrong;
}

/* A state of one cell, and what it should be. */
struct states {
    const char *what;
    double made[CX_SPECIES_MAX], wanted[CX_SPECIES_MAX];
};

static int compare_states(const struct cx_model *m, const struct states *s, const struct sheet *t,
                          const int *shift) {
    int wrong = 0;
    for (int q = 0; q < m->species_count; q++) {
        const double wanted = rescaled(&t->u[q], shift, s->wanted[q]);
        const bool same = same_to(s->made[q], wanted, t->ulps);
        CHECK_MSG(same, "%s: %s %s is %.17g, in its units it should be %.17g", m->name, s->what,
                  m->species[q].name, s->made[q], wanted);
        wrong += !same;
    }
    return wrong;
}

/* Healthy and hurt states, D of the healthy state. */
static int compare_cells(const struct batch *b, const struct batch *r, const struct sheet *t,
                         const int *shift) {
    int wrong = 0;
    for (int c = 0; c < CELLS && !wrong; c++) {
        struct states s = {.what = "healthy"};
        double in[CX_INPUT_MAX], in_r[CX_INPUT_MAX];
        const struct cx_hit hit = {0.5, 0.25, 0.25, 0.4, 300, 0.6, c % 3 * 0.25};
        struct cx_hit other = hit;
        other.width_um = rescaled(&t->length, shift, hit.width_um);
        cell_inputs(b, c, in);
        cell_inputs(r, c, in_r);
        make_healthy(b, c, s.wanted);
        make_healthy(r, c, s.made);
        wrong += compare_states(b->model, &s, t, shift);
        s.what = "hurt";
        b->model->hurt(b->p, &hit, in, s.wanted);
        r->model->hurt(r->p, &other, in_r, s.made);
        wrong += compare_states(b->model, &s, t, shift);
    }
    return wrong;
}

/* ---- tests ------------------------------------------------------------------------------------------------------- */

static int compare_all(const struct batch *b, const struct sheet *t, const int *shift) {
    static struct batch r;
    rewrite(b, t, shift, &r);
    const int wrong = compare_derived(b, &r, t, shift);
    batch_run(&r, false);
    return wrong + compare_outputs(b, &r, t, shift) + compare_cells(b, &r, t, shift);
}

static void draw_shift(uint64_t *d, int shift[DIMENSIONS]) {
    for (int i = 0; i < DIMENSIONS; i++) shift[i] = dice_below(d, 9) - 4;
}

static void model_does_not_feel_its_units(ut_system *s, const struct cx_model *m) {
    static struct batch b;
    static struct sheet t;
    int wrong = 0, shift[DIMENSIONS];
    uint64_t d = 42;
    sheet_of(s, m, &t);
    for (uint64_t seed = 0; seed < DRAWS && !wrong; seed++) {
        batch_draw(&b, m, seed);
        batch_run(&b, false);
        for (int n = 0; n < SHIFTS && !wrong; n++) {
            draw_shift(&d, shift);
            wrong = compare_all(&b, &t, shift);
        }
    }
}

static void no_model_feels_its_units(void) {
    const struct cx_model_list all = cx_models();
    ut_system *s = dimension_table();
    CHECK(all.n > 0);
    for (int i = 0; s && i < all.n; i++) model_does_not_feel_its_units(s, all.at[i]);
    ut_free_system(s);
}

static void dimensions_are_read_right(void) {
    ut_system *s = dimension_table();
    const struct {
        const char *unit;
        int power[DIMENSIONS];
    } known[] = {{"um2/h", {2, -1}},
                 {"1/h", {0, -1}},
                 {"kg/m3/day", {-3, -1, 1}},
                 {"percent", {0}},
                 {"ng/mL", {-3, 0, 1}},
                 {"cell/mm3", {-3, 0, 0, 0, 1}},
                 {"nM", {-3, 0, 0, 1}},
                 {"1", {0}},
                 {"mm3/cell/day", {3, -1, 0, 0, -1}},
                 {"mL/ng/h", {3, -1, -1}},
                 {"um/h", {1, -1}},
                 {"pg/cell/day", {0, -1, 1, 0, -1}}};
    for (size_t i = 0; s && i < sizeof known / sizeof *known; i++) {
        const struct dimension d = dimension_of(s, known[i].unit);
        CHECK_MSG(memcmp(d.power, known[i].power, sizeof d.power) == 0, "%s", known[i].unit);
    }
    ut_free_system(s);
}

int main(void) {
    RUN(dimensions_are_read_right);
    RUN(no_model_feels_its_units);
    return check_done();
}
