/* What every model promises (engine/model.h), tried on random people, tissues, parameters and states: outputs all written
 * and finite, no negative gain, loss or diffusivity, float and double that agree, the same bits for any split of a range,
 * a healthy point that rests, an injury that leaves a state behind.  A new model is covered without a line here. */
#include "points.h"

enum { DRAWS = 60, FEELING_DRAWS = 400 };

/* A check that ends the function that makes it when it fails. */
#define TELL(cond, ...)                                                                            \
    do {                                                                                           \
        CHECK_MSG(cond, __VA_ARGS__);                                                              \
        if (!(cond)) return;                                                                       \
    } while (0)

typedef void check_batch(struct batch *b, uint64_t seed);

/* Runs `check` on every model with its defaults and with DRAWS random parameter sets; the first finding of a model
 * ends its turn, as the next thousand would say the same. */
static void on_every_model(check_batch *check) {
    static struct batch b;
    const struct cx_model_list all = cx_models();
    CHECK(all.n > 0);
    for (int i = 0; i < all.n; i++) {
        const int before = check_failed;
        for (uint64_t seed = 0; seed < DRAWS && check_failed == before; seed++) {
            batch_draw(&b, all.at[i], seed);
            check(&b, seed);
        }
    }
}

/* ---- outputs ----------------------------------------------------------------------------------------------------- */

static void all_finite(const struct batch *b, uint64_t seed, const char *precision) {
    struct output o;
    for (int k = 0; k < OUTPUTS_MOST; k++)
        for (int i = 0; i < CELLS && batch_output(b, k, &o); i++)
            TELL(isfinite(o.value[i]), "%s, %s: %s %s is %g (seed %llu, point %d)", b->model->name,
                 precision, o.kind, o.name, o.value[i], (unsigned long long)seed, i);
}

static void check_outputs(struct batch *b, uint64_t seed) {
    for (int i = 0; i < b->model->derived_count; i++)
        TELL(isfinite(b->p[b->model->param_count + i]), "%s: derived %s is %g", b->model->name,
             b->model->derived[i].name, b->p[b->model->param_count + i]);
    batch_run(b, false);
    all_finite(b, seed, "double");
    batch_run(b, true);
    all_finite(b, seed, "float");
}
static void outputs_are_all_written_and_finite(void) { on_every_model(check_outputs); }

/* The kernel adds gain - loss u to f.  The gain itself shows where u is 0, and to rounding elsewhere. */
static void check_signs(struct batch *b, uint64_t seed) {
    const unsigned long long s = seed;
    batch_run(b, false);
    for (int q = 0; q < b->model->species_count; q++)
        for (int i = 0; i < CELLS; i++) {
            const char *name = b->model->species[q].name;
            const double lost = b->loss[q][i] * b->u[q][i], gain = b->f[q][i] + lost;
            TELL(b->loss[q][i] >= 0, "%s: loss of %s is %g (seed %llu, point %d)", b->model->name,
                 name, b->loss[q][i], s, i);
            TELL(gain >= -1e-15 * lost, "%s: gain of %s is %g (seed %llu, point %d)",
                 b->model->name, name, gain, s, i);
            double in[CX_INPUT_MAX], u[CX_SPECIES_MAX], D[CX_SPECIES_MAX] = {0};
            cell_inputs(b, i, in);
            for (int k = 0; k < b->model->species_count; k++) u[k] = b->u[k][i];
            b->model->mobility(b->p, u, in, D);
            TELL(D[q] >= 0 && isfinite(D[q]), "%s: D of %s is %g", b->model->name, name, D[q]);
            if (writes_D(b->model, q)) CHECK(D[q] == b->D[q][i]);
        }
}
static void gains_losses_and_diffusivities_are_not_negative(void) { on_every_model(check_signs); }

/* Rates add to what is there already. */
static void check_sum(struct batch *b, uint64_t seed) {
    static struct batch with;
    with = *b;
    batch_run(b, false);
    batch_poison(&with);
    for (int q = 0; q < CX_SPECIES_MAX; q++)
        for (int i = 0; i < CELLS; i++) with.f[q][i] = q + i;
    batch_run_f64(&with, 0, CELLS);
    for (int q = 0; q < b->model->species_count; q++)
        for (int i = 0; i < CELLS; i++)
            TELL(with.f[q][i] == (double)(q + i) + b->f[q][i] || isnan(b->f[q][i]),
                 "%s: %s (seed %llu)", b->model->name, b->model->species[q].name,
                 (unsigned long long)seed);
}
static void rates_add_to_what_transport_left(void) { on_every_model(check_sum); }

/* ---- precision and blocks ---------------------------------------------------------------------------------------- */

/* Largest size of the terms of output k over the batch. */
static double largest(const struct batch *b, const struct output *o, int k) {
    double most = 0;
    for (int i = 0; i < CELLS; i++) {
        const double lost = k < CX_SPECIES_MAX ? b->loss[k][i] * b->u[k][i] : 0;
        most = fmax(most, fabs(o->value[i]) + lost);
    }
    return most;
}

/* How far double moves when every number that goes in moves by a few roundings of float; a state also by those of its
 * typical size, since 1 - (1 - u) is no better than that. */
static double sensitivity(const struct batch *b, int number, int cell) {
    static struct batch near;
    double most = 0;
    for (uint64_t k = 1; k <= 8; k++) {
        uint64_t d = k;
        struct output o, moved;
        near = *b;
        for (int i = 0; i < b->model->param_count + b->model->derived_count; i++)
            near.p[i] *= 1 + (dice(&d) - 0.5) * 0x1p-20;
        for (int q = 0; q < b->model->species_count; q++) {
            const double size = near.u[q][cell] + b->model->species[q].scale;
            near.u[q][cell] = fabs(near.u[q][cell] + (dice(&d) - 0.5) * 0x1p-20 * size);
        }
        batch_run(&near, false);
        if (batch_output(b, number, &o) && batch_output(&near, number, &moved))
            most = fmax(most, fabs(moved.value[cell] - o.value[cell]));
    }
    return most;
}

/* From the same numbers: to 1e-4 of the terms at the point, or 1e-6 (some roundings of float) of the largest ones; what
 * is further apart must be as ill-conditioned in double. */
static void check_float(struct batch *b, uint64_t seed) {
    static struct batch single;
    batch_round(b);
    single = *b;
    batch_run(b, false);
    batch_run(&single, true);
    struct output o, s;
    for (int k = 0; k < OUTPUTS_MOST; k++)
        for (int i = 0; i < CELLS && batch_output(b, k, &o) && batch_output(&single, k, &s); i++) {
            const double lost = k < CX_SPECIES_MAX ? b->loss[k][i] * b->u[k][i] : 0;
            const double apart = fabs(o.value[i] - s.value[i]), size = fabs(o.value[i]) + lost;
            if (apart <= 1e-4 * size + 1e-6 * largest(b, &o, k)) continue;
            TELL(apart <= 16 * sensitivity(b, k, i),
                 "%s: %s %s is %.9g in double, %.9g in float (seed %llu, point %d)", b->model->name,
                 o.kind, o.name, o.value[i], s.value[i], (unsigned long long)seed, i);
        }
    CHECK(true);
}
static void float_and_double_agree(void) { on_every_model(check_float); }

static void check_split(struct batch *b, uint64_t seed) {
    static struct batch parts;
    const size_t cut[] = {0, 1, 6, 7, 19, CELLS};
    parts = *b;
    for (int single = 0; single < 2; single++) {
        batch_run(b, single);
        batch_poison(&parts);
        for (int c = 0; c < 5; c++)
            (single ? batch_run_f32 : batch_run_f64)(&parts, cut[c], cut[c + 1]);
        struct output o, s;
        for (int k = 0; k < OUTPUTS_MOST; k++)
            if (batch_output(b, k, &o) && batch_output(&parts, k, &s))
                TELL(memcmp(o.value, s.value, CELLS * sizeof(double)) == 0,
                     "%s: %s %s depends on the block (seed %llu)", b->model->name, o.kind, o.name,
                     (unsigned long long)seed);
    }
}
static void blocks_change_no_bit(void) { on_every_model(check_split); }

/* ---- rest -------------------------------------------------------------------------------------------------------- */

/* The line "Not at rest: a, b - why" of models/NAME/README.md, where a model says which of its healthy values are not
 * an equilibrium; "" if there is none. */
static void restless_line(const struct cx_model *m, char line[512]) {
    static const char key[] = "Not at rest: ";
    char path[160];
    snprintf(path, sizeof path, "models/%s/README.md", m->name);
    FILE *f = fopen(path, "r");
    bool found = false;
    while (f && !found && fgets(line, 512, f)) found = strncmp(line, key, sizeof key - 1) == 0;
    if (f) fclose(f);
    if (!found) line[0] = 0;
    CHECK_MSG(!found || strstr(line, " - "), "%s: no reason in '%s'", path, line);
}

/* `name` as a whole word of the list before " - ". */
static bool is_named(const char *line, const char *name) {
    const char *end = strstr(line, " - ");
    const size_t n = strlen(name);
    for (const char *at = line; end && (at = strstr(at, name)) && at < end; at += n)
        if (at > line && strchr(" ,", at[-1]) && strchr(" ,", at[n])) return true;
    return false;
}

/* Largest |gain - loss u| of each species at healthy points, in both precisions. */
static void find_drift(struct batch *b, double drift[CX_SPECIES_MAX]) {
    for (int i = 0; i < CELLS; i++) {
        double u[CX_SPECIES_MAX];
        make_healthy(b, i, u);
        for (int q = 0; q < b->model->species_count; q++) {
            CHECK_MSG(u[q] >= 0 && isfinite(u[q]), "%s: healthy %s is %g", b->model->name,
                      b->model->species[q].name, u[q]);
            b->u[q][i] = u[q];
        }
    }
    for (int single = 0; single < 2; single++) {
        batch_run(b, single);
        for (int q = 0; q < b->model->species_count; q++)
            for (int i = 0; i < CELLS; i++) drift[q] = fmax(drift[q], fabs(b->f[q][i]));
    }
}

static void healthy_points_rest_unless_the_model_says_why_not(void) {
    static struct batch b;
    const struct cx_model_list all = cx_models();
    for (int i = 0; i < all.n; i++) {
        char line[512];
        double drift[CX_SPECIES_MAX] = {0};
        restless_line(all.at[i], line);
        for (uint64_t seed = 0; seed < DRAWS; seed++) {
            batch_draw(&b, all.at[i], seed);
            find_drift(&b, drift);
        }
        for (int q = 0; q < all.at[i]->species_count; q++) {
            const char *name = all.at[i]->species[q].name;
            if (is_named(line, name))
                CHECK_MSG(drift[q] > 0, "%s: README.md excuses %s, which rests", all.at[i]->name,
                          name);
            else
                CHECK_MSG(drift[q] == 0, "%s: healthy %s moves by up to %g per h", all.at[i]->name,
                          name, drift[q]);
        }
    }
}

/* ---- injury ------------------------------------------------------------------------------------------------------ */

static struct cx_hit draw_hit(uint64_t *d) {
    struct cx_hit h = {.destroyed = draw(d, 0, 1), .width_um = draw(d, 0, 20000)};
    h.removed = h.destroyed * draw(d, 0, 1);
    h.open = draw(d, 0, 1);
    h.bleed = draw(d, 0, 1);
    h.heat = draw(d, 0, 1);
    h.halo = (1 - h.destroyed) * draw(d, 0, 1);
    return h;
}

/* A hit of nothing changes nothing; any other leaves finite values that are not below 0. */
static void check_hit(struct batch *b, uint64_t seed) {
    uint64_t d = seed + 1000;
    const struct cx_hit nothing = {0};
    for (int i = 0; i < CELLS; i++) {
        const struct cx_hit hit = draw_hit(&d);
        double in[CX_INPUT_MAX], u[CX_SPECIES_MAX], same[CX_SPECIES_MAX];
        cell_inputs(b, i, in);
        for (int q = 0; q < b->model->species_count; q++) u[q] = same[q] = b->u[q][i];
        b->model->hurt(b->p, &nothing, in, same);
        b->model->hurt(b->p, &hit, in, u);
        for (int q = 0; q < b->model->species_count; q++) {
            const char *name = b->model->species[q].name;
            TELL(same[q] == b->u[q][i], "%s: a hit of nothing takes %s from %g to %g",
                 b->model->name, name, b->u[q][i], same[q]);
            TELL(u[q] >= -1e-12 * fmax(b->u[q][i], b->model->species[q].scale) && isfinite(u[q]),
                 "%s: a hit takes %s from %g to %g (seed %llu)", b->model->name, name, b->u[q][i],
                 u[q], (unsigned long long)seed);
        }
    }
}
static void injuries_leave_a_state(void) { on_every_model(check_hit); }

/* ---- no parameter without effect --------------------------------------------------------------------------------- */

/* Everything that a parameter can reach, as one number: outputs, healthy and hurt states. */
static double fingerprint(struct batch *b) {
    double sum = 0, weight = 1;
    struct output o;
    batch_run(b, false);
    for (int k = 0; k < OUTPUTS_MOST; k++)
        for (int i = 0; i < CELLS && batch_output(b, k, &o); i++)
            sum += o.value[i] * (weight *= 1.0001);
    for (int i = 0; i < CELLS; i++) {
        double in[CX_INPUT_MAX], u[CX_SPECIES_MAX], D[CX_SPECIES_MAX] = {0};
        cell_inputs(b, i, in);
        make_healthy(b, i, u);
        const struct cx_hit hit = {0.5, 0.2, 0.3, 0.4, 300, 0.6, i % 2 * 0.5};
        for (int q = 0; q < b->model->species_count; q++) sum += u[q] * (weight *= 1.0001);
        b->model->mobility(b->p, u, in, D);
        b->model->hurt(b->p, &hit, in, u);
        for (int q = 0; q < b->model->species_count; q++) sum += (u[q] + D[q]) * (weight *= 1.0001);
    }
    return sum;
}

static bool is_felt(struct batch *b, int parameter) {
    const struct cx_param_row *row = &b->model->params[parameter];
    const double before = fingerprint(b), old = b->p[parameter];
    b->p[parameter] = old == row->hi ? row->lo : row->hi;
    batch_derive(b);
    const double after = fingerprint(b);
    b->p[parameter] = old;
    batch_derive(b);
    return before != after;
}

static void every_parameter_is_felt_somewhere(void) {
    static struct batch b;
    const struct cx_model_list all = cx_models();
    for (int i = 0; i < all.n; i++) {
        bool felt[PARAMS_MOST] = {0};
        for (uint64_t seed = 1; seed <= FEELING_DRAWS; seed++) {
            batch_draw(&b, all.at[i], seed);
            for (int p = 0; p < all.at[i]->param_count; p++) felt[p] = felt[p] || is_felt(&b, p);
        }
        for (int p = 0; p < all.at[i]->param_count; p++)
            CHECK_MSG(felt[p] || all.at[i]->params[p].lo == all.at[i]->params[p].hi,
                      "%s: nothing depends on %s", all.at[i]->name, all.at[i]->params[p].name);
    }
}

int main(void) {
    RUN(outputs_are_all_written_and_finite);
    RUN(gains_losses_and_diffusivities_are_not_negative);
    RUN(rates_add_to_what_transport_left);
    RUN(float_and_double_agree);
    RUN(blocks_change_no_bit);
    RUN(healthy_points_rest_unless_the_model_says_why_not);
    RUN(injuries_leave_a_state);
    RUN(every_parameter_is_felt_somewhere);
    return check_done();
}
