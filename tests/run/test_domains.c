/* Blocks without skin: points, rows and rings of equal cells, parameters that change on the way, measured profiles as the
 * start.  The model is the one to copy, models/template: du/dt = D lap u + r u (1 - u/K), K = 1000/mm2, r = 1/day. */
#include "base/digest.h"
#include "lab.h"

static const char point[] = "cicatrix: 1\n"
                            "model: template\n"
                            "domain: {geometry: point, cell: 20 um}\n"
                            "wound: {type: punch, depth: 10 um}\n" /* half of the cell */
                            "time: {end: 6 day}\n"
                            "solver: {tolerance: 1e-5, precision: double}\n";
static const char row[] = "cicatrix: 1\n"
                          "model: template\n"
                          "domain: {geometry: slice, layout: uniform, size: [1 mm, 25 um]}\n"
                          "time: {end: 2 day}\n";

static double logistic(double start, double rate, double days, double room) {
    return room / (1 + (room / start - 1) * exp(-rate * days));
}

/* Value of a series at the last sample at or before t; changes and injuries are sampled on both sides. */
static double seen(const struct cx_sim *sim, const char *series, double t_h) {
    const int s = cx_series_find(sim->scenario->model, series);
    double found = NAN;
    for (int i = 0; i < sim->history.n && sim->history.t_h[i] <= t_h; i++)
        found = sim->history.value[i * sim->history.series + s];
    return found;
}

static bool landed_on(const struct cx_sim *sim, double t_h) {
    for (int i = 0; i < sim->history.n; i++)
        if (sim->history.t_h[i] == t_h) return true;
    return false;
}

static void a_point_is_the_ordinary_differential_equation(void) {
    struct lab l;
    struct cx_sim sim;
    if (!lab_open(&l, point, NULL)) return;
    lab_simulate(&l, 1, &sim);
    CHECK(sim.assembly.grid.cells == 1 && sim.needle_count == 0);
    CHECK_NEAR(seen(&sim, "cells_mean", 0), 500, 1e-9);
    CHECK_NEAR(seen(&sim, "empty_wound", 0), 0.5, 1e-12);
    CHECK_NEAR(seen(&sim, "cells_mean", 1e9), logistic(500, 1, 6, 1000), 0.05);
    cx_sim_free(&sim);
    lab_close(&l);
}

static void a_change_lasts_from_at_to_until(void) {
    const char *const set[] = {"changes=[{at: 1 day, until: 2.5 day, set: {division: 0 1/day}}, "
                               "{at: 3 day, set: {division: 2 1/day, room: 1500 1/mm2}}]",
                               NULL};
    struct lab l;
    struct cx_sim sim;
    if (!lab_open(&l, point, set)) return;
    lab_simulate(&l, 1, &sim);
    CHECK(landed_on(&sim, 24) && landed_on(&sim, 60) && landed_on(&sim, 72));
    const double paused = logistic(500, 1, 1, 1000), again = logistic(paused, 1, 0.5, 1000);
    CHECK_NEAR(seen(&sim, "cells_mean", 24), paused, 0.05);
    CHECK(seen(&sim, "cells_mean", 24) == seen(&sim, "cells_mean", 60));
    CHECK_NEAR(seen(&sim, "cells_mean", 72), again, 0.05);
    CHECK_NEAR(seen(&sim, "cells_mean", 1e9), logistic(again, 2, 3, 1500), 0.1);
    cx_sim_free(&sim);
    lab_close(&l);
}

/* A diffusivity that is changed from the start on is the same as one that was given. */
static void movement_changes_too(void) {
    const char *const scratch = "wound={type: incision, width: 0.4 mm}";
    const char *const given[] = {scratch, "parameters.wandering=20 um2/h", NULL};
    const char *const changed[] = {scratch, "changes=[{at: 0 h, set: {wandering: 20 um2/h}}]",
                                   NULL};
    struct lab a, b;
    struct cx_sim one, other;
    if (!lab_open(&a, row, given) || !lab_open(&b, row, changed)) return;
    lab_simulate(&a, 1, &one);
    lab_simulate(&b, 1, &other);
    const size_t bytes = one.assembly.grid.cells * sizeof(double);
    CHECK(memcmp(one.assembly.system.u[0], other.assembly.system.u[0], bytes) == 0);
    cx_sim_free(&one);
    cx_sim_free(&other);
    lab_close(&a);
    lab_close(&b);
}

static void cells_are_equal_and_as_wide_as_asked(void) {
    const struct {
        const char *domain;
        int shape[3];
    } cases[] = {
        {"domain={geometry: slice, layout: uniform, size: [1 mm, 25 um], cell: 30 um}", {33, 1, 1}},
        {"domain={geometry: axisymmetric, layout: uniform, size: [1 mm, 25 um], cell: 200 um, "
         "lateral_stretch: 1.2}",
         {5, 1, 1}},
        {"domain={geometry: column, layout: uniform, size: 1 mm, cell: 0.1 mm}", {1, 1, 10}},
        {"domain={geometry: patch, layout: uniform, size: [1 mm, 0.5 mm, 0.1 mm], cell: 0.1 mm}",
         {10, 5, 1}}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct lab l;
        struct cx_grid g;
        struct cx_error e;
        struct cx_plan plan;
        const char *const set[] = {cases[i].domain, NULL};
        if (!lab_open(&l, row, set)) continue;
        CHECK(cx_skin_grid(&l.scenario, &g, &e) == CX_OK);
        CHECK(memcmp(g.shape, cases[i].shape, sizeof g.shape) == 0);
        for (int d = 0; d < 3; d++)
            for (int c = 0; c < g.shape[d] && g.shape[d] > 1; c++) {
                const double length = g.axis[d].edge[g.shape[d]] - g.axis[d].edge[0];
                CHECK_NEAR(g.axis[d].edge[c + 1] - g.axis[d].edge[c], length / g.shape[d], 1e-9);
            }
        CHECK(g.axis[CX_Z].edge[g.shape[CX_Z]] == 0);
        CHECK(cx_plan_make(&l.scenario, true, &plan, &e) == CX_OK && plan.steps > 0);
        cx_grid_free(&g);
        lab_close(&l);
    }
}

/* What a punch leaves of the mean, from its area alone. */
static void wounds_take_their_share(void) {
    const struct {
        const char *domain;
        double left;
    } cases[] = {
        {"domain={geometry: axisymmetric, layout: uniform, size: [2 mm, 25 um], cell: 30 um}",
         1 - 0.25 * 0.25},
        {"domain={geometry: patch, layout: uniform, size: [4 mm, 4 mm, 25 um], cell: 0.1 mm}",
         1 - 0.25 * 3.14159265358979 / 16},
        {"domain={geometry: slice, layout: uniform, size: [4 mm, 25 um], cell: 30 um}", 0.75},
        {"domain={geometry: column, layout: uniform, size: 3 mm, cell: 30 um}", 0},
        {"domain={geometry: point}", 0}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct lab l;
        struct cx_sim sim;
        struct cx_error e;
        const char *const set[] = {cases[i].domain, "wound={type: punch, diameter: 1 mm}",
                                   "solver.precision=double", NULL};
        if (!lab_open(&l, row, set)) continue;
        CHECK(cx_sim_create(&l.scenario, 1, true, &sim, &e) == CX_OK);
        CHECK_NEAR(seen(&sim, "cells_mean", 0) / 1000, cases[i].left, 1e-6);
        CHECK_NEAR(seen(&sim, "empty_wound", 0), 1, 0.1);
        cx_sim_free(&sim);
        lab_close(&l);
    }
}

/* ---- profiles ------------------------------------------------------------------------------------- */

/* Loads `row` with a table as its start. */
static bool open_profile(struct lab *l, const char *table, const char *const *set) {
    char path[128];
    if (!lab_open(l, row, set)) return false;
    snprintf(path, sizeof path, "%s/start.csv", l->folder);
    FILE *f = fopen(path, "w");
    fputs(table, f);
    fclose(f);
    snprintf(l->scenario.initial.file, sizeof l->scenario.initial.file, "start.csv");
    return true;
}

static void a_profile_is_linear_between_and_constant_beyond(void) {
    struct lab l;
    struct cx_sim sim;
    struct cx_error e = {0};
    if (!open_profile(&l,
                      "\xef\xbb\xbf# measured\n\nx [mm], cells (1/cm2)\r\n0.2, 10000\r\n0.6, "
                      "50000\r\n0.8,0\n",
                      NULL))
        return;
    CHECK_MSG(cx_sim_create(&l.scenario, 1, true, &sim, &e) == CX_OK, "%s", e.text);
    for (int i = 0; i < 40; i++) {
        const double x = 12.5 + 25 * i;
        const double want = x <= 200   ? 100
                            : x <= 600 ? 100 + (x - 200)
                            : x <= 800 ? 500 - 2.5 * (x - 600)
                                       : 0;
        CHECK_NEAR(sim.assembly.system.u[0][i], want, 1e-9);
    }
    cx_sim_free(&sim);
    lab_close(&l);
}

static void profiles_follow_the_radius_and_the_depth(void) {
    const struct {
        const char *domain, *table;
        double first, last;
    } cases[] = {
        {"domain={geometry: axisymmetric, layout: uniform, size: [1 mm, 25 um], cell: 100 um}",
         "radius_um,cells [1/mm2]\n0,0\n1000,1000\n", 50, 950},
        {"domain={geometry: column, layout: uniform, size: 1 mm, cell: 100 um}",
         "depth_um,cells [1/mm2]\n0,0\n1000,1000\n", 950, 50}, /* the deepest cell comes first */
        {"domain={geometry: point}", "depth_um,cells [1/mm2]\n0,70\n", 70, 70}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct lab l;
        struct cx_sim sim;
        struct cx_error e = {0};
        const char *const set[] = {cases[i].domain, NULL};
        if (!open_profile(&l, cases[i].table, set)) continue;
        CHECK_MSG(cx_sim_create(&l.scenario, 1, true, &sim, &e) == CX_OK, "%s", e.text);
        CHECK_NEAR(sim.assembly.system.u[0][0], cases[i].first, 1e-9);
        CHECK_NEAR(sim.assembly.system.u[0][sim.assembly.grid.cells - 1], cases[i].last, 1e-9);
        cx_sim_free(&sim);
        lab_close(&l);
    }
}

static void a_wrong_table_is_refused_with_its_line(void) {
    const struct {
        const char *table;
        int line;
        const char *says;
    } cases[] = {{"cells [1/mm2], x_um\n1,2\n", 1, "not a place"},
                 {"radius_um, cells [1/mm2]\n0,2\n", 1, "does not fit domain.geometry 'slice'"},
                 {"x, cells [1/mm2]\n0,2\n", 1, "'x' has no unit"},
                 {"x_um, cells\n0,2\n", 1, "'cells' has no unit"},
                 {"x_um, cells [mm]\n0,2\n", 1, "not a unit of cells"},
                 {"x_um, sells [1/mm2]\n0,2\n", 1, "did you mean 'cells'"},
                 {"x_um, cells [1/mm2], cells [1/mm2]\n0,2,3\n", 1, "twice"},
                 {"x_um\n0\n", 1, "no column"},
                 {"# only\n# remarks\n", 3, "no rows"},
                 {"x_um, cells [1/mm2]\n0,2\n1,-3\n", 3, "negative"},
                 {"x_um, cells [1/mm2]\n0,2\n1,many\n", 3, "not a number"},
                 {"x_um, cells [1/mm2]\n0,2\n1,nan\n", 3, "not a number"},
                 {"x_um, cells [1/mm2]\n0,2\n1\n", 3, "1 values"},
                 {"x_um, cells [1/mm2]\n0,2\n1,2,3\n", 3, "3 values"},
                 {"x_um, cells [1/mm2]\n5,2\n5,3\n", 3, "does not come after"},
                 {"x_um, cells [1/mm2]\n0,2\n1,\x01\n", 3, "not a text file"},
                 {"", 1, "no rows"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct lab l;
        struct cx_sim sim;
        struct cx_error e = {0};
        if (!open_profile(&l, cases[i].table, NULL)) continue;
        CHECK_MSG(cx_sim_create(&l.scenario, 1, true, &sim, &e) == CX_CONFIG, "%s", cases[i].table);
        CHECK_MSG(e.code == 62 && e.line == cases[i].line, "%s: E%03d line %d", cases[i].table,
                  e.code, e.line);
        CHECK_MSG(strstr(e.text, cases[i].says) || strstr(e.hint, cases[i].says), "'%s' or '%s'",
                  e.text, e.hint);
        CHECK_STR(e.file, "start.csv");
        lab_close(&l);
    }
}

/* ---- in folders ----------------------------------------------------------------------------------- */

static void check_same_file(const struct lab *l, const char *name) {
    char path[2][200], hex[2][65];
    snprintf(path[0], sizeof path[0], "%s/whole/%s", l->folder, name);
    snprintf(path[1], sizeof path[1], "%s/parts/%s", l->folder, name);
    CHECK(cx_digest_file(path[0], hex[0]) && cx_digest_file(path[1], hex[1]));
    CHECK_MSG(strcmp(hex[0], hex[1]) == 0, "%s differs", name);
}

/* Stopped before, on and inside a change, the run goes on as if nothing had happened. */
static void stopping_around_changes_changes_no_bit(void) {
    const char *const set[] = {
        "wound={type: incision, width: 0.4 mm}",
        "changes=[{at: 6 h, until: 12 h, set: {division: 9 1/day, wandering: 9000 um2/h}}]",
        "run.checkpoint=0 s", NULL};
    const double until[] = {3, 6, 9, 12, 20, 0};
    struct lab l;
    struct cx_run_summary out;
    struct cx_error e = {0};
    char whole[128], parts[128];
    if (!lab_open(&l, row, set)) return;
    snprintf(whole, sizeof whole, "%s/whole", l.folder);
    snprintf(parts, sizeof parts, "%s/parts", l.folder);
    CHECK_MSG(cx_run(&l.scenario, &(struct cx_run_options){.folder = whole}, &out, &e) == CX_OK,
              "%s", e.text);
    cx_run_summary_free(&out);
    for (size_t i = 0; i < sizeof until / sizeof *until; i++) {
        const struct cx_run_options o = {.folder = parts, .until_h = until[i]};
        const enum cx_status status =
            i ? cx_resume(&o, &out, &e) : cx_run(&l.scenario, &o, &out, &e);
        CHECK_MSG(status == (until[i] > 0 ? CX_STOPPED : CX_OK), "part %zu: %s", i, e.text);
        cx_run_summary_free(&out);
    }
    check_same_file(&l, "series.csv");
    check_same_file(&l, "outcomes.json");
    lab_close(&l);
}

/* The last picture of a run as the start of the next one, which can also be planned. */
static void a_result_starts_another_run(void) {
    const char *const scratched[] = {"wound={type: incision, width: 0.4 mm}",
                                     "output.at=[0 day, 2 day]", NULL};
    struct lab l;
    struct cx_run_summary out;
    struct cx_error e = {0};
    struct cx_plan plan;
    struct cx_sim sim;
    char folder[128];
    if (!lab_open(&l, row, scratched)) return;
    snprintf(folder, sizeof folder, "%s/first", l.folder);
    CHECK(cx_run(&l.scenario, &(struct cx_run_options){.folder = folder}, &out, &e) == CX_OK);
    snprintf(l.scenario.initial.file, sizeof l.scenario.initial.file, "first/run.nc");
    l.scenario.wound.type = CX_NO_WOUND;
    CHECK_MSG(cx_plan_make(&l.scenario, true, &plan, &e) == CX_OK, "%s", e.text);
    CHECK_MSG(cx_sim_create(&l.scenario, 1, true, &sim, &e) == CX_OK, "%s", e.text);
    CHECK_NEAR(seen(&sim, "cells_mean", 0), out.outcome[0].value, 1e-3);
    cx_sim_free(&sim);
    cx_run_summary_free(&out);
    lab_close(&l);
}

/* A model without movement is the same in each cell of a column as in a point. */
static void a_column_in_which_nothing_moves(void) {
    static const char still[] = "cicatrix: 1\n"
                                "model: waugh_sherratt_2007\n"
                                "domain: {geometry: point, layout: uniform}\n"
                                "treatment: {sessions: []}\n"
                                "time: {end: 5 day}\n";
    const char *const column[] = {"domain.geometry=column", "domain.size=[100 um]",
                                  "domain.cell=12.5 um", NULL};
    struct lab a, b;
    if (!lab_open(&a, still, NULL) || !lab_open(&b, still, column)) return;
    struct cx_sim one, eight;
    lab_simulate(&a, 1, &one);
    lab_simulate(&b, 2, &eight);
    CHECK(one.assembly.grid.cells == 1 && eight.assembly.grid.cells == 8);
    CHECK(one.history.n == eight.history.n && one.history.series == eight.history.series);
    for (int s = 0; s < one.history.series; s++) {
        const double x = one.history.value[(one.history.n - 1) * one.history.series + s],
                     y = eight.history.value[(eight.history.n - 1) * one.history.series + s];
        CHECK_NEAR(y, x, 1e-5 * fabs(x) + 1e-12);
    }
    cx_sim_free(&one);
    cx_sim_free(&eight);
    lab_close(&a);
    lab_close(&b);
}

int main(void) {
    RUN(a_column_in_which_nothing_moves);
    RUN(a_point_is_the_ordinary_differential_equation);
    RUN(a_change_lasts_from_at_to_until);
    RUN(movement_changes_too);
    RUN(cells_are_equal_and_as_wide_as_asked);
    RUN(wounds_take_their_share);
    RUN(a_profile_is_linear_between_and_constant_beyond);
    RUN(profiles_follow_the_radius_and_the_depth);
    RUN(a_wrong_table_is_refused_with_its_line);
    RUN(stopping_around_changes_changes_no_bit);
    RUN(a_result_starts_another_run);
    return check_done();
}
