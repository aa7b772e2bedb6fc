/* Hundreds of random scenarios: every parameter of the model anywhere in its declared range, any person, site, lesion,
 * device and tolerance.  Each runs for a day and a half and must stay finite and never fall below 0; what the positivity
 * guard adds must stay less than the field. */
#include "run/lab.h"

#include "config/scenario.h"

enum { SCENARIOS = 400, TRIES_MAX = 4000 };

static const char yaml[] =
    "cicatrix: 1\n"
    "domain: {cell: 60 um, surface_cell: 30 um, deep_cell: 200 um, stretch: 1.4}\n"
    "device: {pattern: {type: square, pitch: 0.4 mm}, needle: {length: 0.9 mm}}\n"
    "time: {end: 1.5 day}\n"
    "output: {at: []}\n";

struct dice {
    uint64_t state;
};
static double roll(struct dice *d) {
    d->state = d->state * 6364136223846793005u + 1442695040888963407u;
    return (double)(d->state >> 11) / 9007199254740992.0;
}
static int pick(struct dice *d, int n) { return (int)(roll(d) * n) % n; }
static double between(struct dice *d, double lo, double hi) { return lo + (hi - lo) * roll(d); }

/* Ends of the range are as likely as its inside; wide ranges by their logarithm. */
static double any_value(struct dice *d, const struct cx_param_row *row) {
    const int where = pick(d, 6);
    if (where == 0) return row->lo;
    if (where == 1) return row->hi;
    if (where == 2) return row->fallback;
    if (row->lo > 0 && row->hi > 50 * row->lo) return row->lo * pow(row->hi / row->lo, roll(d));
    return between(d, row->lo, row->hi);
}

/* One in three scenarios changes a few parameters, one in three many, one in three all of them. */
static void change_model(struct dice *d, struct cx_scenario *s) {
    const double share = (double[]){0.05, 0.4, 1}[pick(d, 3)];
    for (int i = 0; i < s->model->param_count; i++)
        if (roll(d) < share) s->parameter[i] = any_value(d, &s->model->params[i]);
}

static void change_setting(struct dice *d, struct cx_scenario *s) {
    s->domain.geometry = (int[]){CX_COLUMN, CX_SLICE, CX_AXISYMMETRIC}[pick(d, 3)];
    const double side = between(d, 200, 700);
    s->domain.size = (struct cx_vector){2, {side, 1500}};
    if (s->domain.geometry == CX_COLUMN) s->domain.size = (struct cx_vector){1, {1500}};
    s->skin.age = between(d, 0, 110);
    s->skin.site = pick(d, CX_SITE_COUNT);
    s->skin.condition = pick(d, CX_CONDITION_COUNT);
    s->skin.photodamage = roll(d);
    s->skin.fitzpatrick = 1 + pick(d, 6);
    s->skin.perfusion = between(d, 0.1, 3);
    s->skin.smoking = roll(d);
    s->skin.stress = roll(d);
    s->skin.pollution = roll(d);
    s->aftercare.occlusion = pick(d, 2) * between(d, 0, 40);
    s->aftercare.topical = pick(d, CX_TOPICAL_COUNT);
    s->aftercare.sun_protection = roll(d);
    s->aftercare.hygiene = roll(d);
    s->needle.diameter = between(d, 30, 800);
    s->needle.length = between(d, 100, 2500);
    s->solver.tolerance = (double[]){1e-3, 1e-2, 0.1, 0.3}[pick(d, 4)];
    s->solver.precision = pick(d, 5) ? CX_MIXED : CX_DOUBLE;
}

/* Least value of the state; -1 for one that is not a number. */
static double least_of(const struct cx_sim *sim) {
    double least = 1;
    for (int q = 0; q < sim->assembly.system.species; q++)
        for (size_t c = 0; c < sim->assembly.grid.cells; c++) {
            const double x = sim->assembly.system.u[q][c];
            if (!isfinite(x)) return -1;
            least = x < least ? x : least;
        }
    return least;
}

static double largest_cut(const struct cx_sim *sim) {
    double most = 0;
    for (int q = 0; q < sim->assembly.system.species; q++)
        most = fmax(most, sim->clock.clipped_share[q]);
    return most;
}

struct tally {
    int runs, refused, stuck, slow;
    double cut, steps;
};

static void soak(const struct cx_scenario *s, int number, struct tally *t) {
    struct cx_sim sim;
    struct cx_error e = {0};
    double least = 0;
    enum cx_status status = cx_sim_create(s, 1, true, &sim, &e);
    if (status == CX_CONFIG) t->refused++; /* skin that cannot be: a layer thicker than its whole */
    if (status != CX_OK) {
        CHECK_MSG(status == CX_CONFIG, "scenario %d: %s", number, e.text);
        return;
    }
    for (int n = 0; status == CX_OK && least >= 0 && !cx_sim_done(&sim) && n < TRIES_MAX; n++) {
        status = cx_sim_step(&sim, &e);
        least = least_of(&sim);
    }
    t->runs++;
    t->slow += status == CX_OK && least >= 0 && !cx_sim_done(&sim);
    t->steps += (double)(sim.clock.step + sim.clock.rejected);
    t->cut = fmax(t->cut, largest_cut(&sim));
    CHECK_MSG(status == CX_OK, "scenario %d: %s", number, e.text);
    CHECK_MSG(least >= 0, "scenario %d: least value %g at %g h", number, least, sim.clock.t_h);
    const double tolerance = s->solver.tolerance;
    CHECK_MSG(largest_cut(&sim) < (tolerance > 0.01 ? tolerance * (double)sim.clock.step : 1),
              "scenario %d: %g of a field cut at tolerance %g in %g steps", number,
              largest_cut(&sim), tolerance, (double)sim.clock.step);
    for (int i = 0; i < sim.history.n * sim.history.series; i++)
        if (!isfinite(sim.history.value[i])) {
            CHECK_MSG(false, "scenario %d: series %s is not a number", number,
                      s->model->series[i % sim.history.series].name);
            break;
        }
    cx_sim_free(&sim);
}

static void random_scenarios_stay_in_range(void) {
    struct dice d = {2026};
    struct tally t = {0};
    for (int i = 0; i < SCENARIOS; i++) {
        struct lab l;
        if (!lab_open(&l, yaml, NULL)) return;
        change_setting(&d, &l.scenario);
        change_model(&d, &l.scenario);
        soak(&l.scenario, i, &t);
        lab_close(&l);
    }
    printf("  %d runs, %d refused, %d cut short, %.0f steps each, at most %.2g of a field cut\n",
           t.runs, t.refused, t.slow, t.steps / t.runs, t.cut);
    CHECK(t.runs > SCENARIOS / 2 && t.slow < t.runs / 10);
}

int main(void) {
    RUN(random_scenarios_stay_in_range);
    return check_done();
}
