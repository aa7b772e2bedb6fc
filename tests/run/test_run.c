/* Promises of a run: threads, pictures and restarts change no bit, results are never overwritten. */
#include "lab.h"

#include "base/digest.h"
#include "base/file.h"
#include "watch/result.h"

static const char patch[] = "cicatrix: 1\n"
                            "title: small patch\n"
                            "domain: {geometry: patch, size: [0.6 mm, 0.4 mm, 1.2 mm], cell: 50 "
                            "um, surface_cell: 30 um, deep_cell: 160 um,\n"
                            "  left: periodic, right: periodic, front: periodic, back: periodic}\n"
                            "device: {pattern: {type: square, pitch: 0.2 mm}, needle: {length: 0.8 "
                            "mm}, spread: {depth: 0.1}}\n"
                            "treatment: {sessions: [0 day, 2 day]}\n"
                            "time: {end: 3 day}\n"
                            "output: {at: [0 day, 6 h, 1 day, 2 day, 3 day]}\n";
static const char ring[] =
    "cicatrix: 1\n"
    "domain: {geometry: axisymmetric, cell: 25 um, surface_cell: 25 um, deep_cell: 120 um}\n"
    "device: {pattern: {type: square, pitch: 0.6 mm}, needle: {length: 1 mm}}\n"
    "time: {end: 3 day}\n";

static void threads_change_no_bit(void) {
    struct lab l;
    if (!lab_open(&l, patch, NULL)) return;
    struct cx_sim one;
    lab_simulate(&l, 1, &one);
    const int threads[] = {2, 3, 7};
    for (int i = 0; i < 3; i++) {
        struct cx_sim many;
        lab_simulate(&l, threads[i], &many);
        lab_check_same(&one, &many);
        cx_sim_free(&many);
    }
    cx_sim_free(&one);
    lab_close(&l);
}

static enum cx_status run_in(const struct lab *l, const char *name, double until_h,
                             struct cx_error *e) {
    char folder[128];
    snprintf(folder, sizeof folder, "%s/%s", l->folder, name);
    struct cx_run_summary out;
    const enum cx_status status = cx_run(
        &l->scenario, &(struct cx_run_options){.folder = folder, .until_h = until_h}, &out, e);
    cx_run_summary_free(&out);
    return status;
}

static void check_same_file(const struct lab *l, const char *a, const char *b, const char *file) {
    char path[2][160], hex[2][65];
    snprintf(path[0], sizeof path[0], "%s/%s/%s", l->folder, a, file);
    snprintf(path[1], sizeof path[1], "%s/%s/%s", l->folder, b, file);
    CHECK(cx_digest_file(path[0], hex[0]) && cx_digest_file(path[1], hex[1]));
    CHECK_MSG(strcmp(hex[0], hex[1]) == 0, "%s differs between %s and %s", file, a, b);
}

static void check_same_pictures(const struct lab *l, const char *a, const char *b) {
    struct cx_result r[2];
    struct cx_error e;
    char path[160];
    snprintf(path, sizeof path, "%s/%s/run.nc", l->folder, a);
    CHECK(cx_result_open(path, &r[0], &e) == CX_OK);
    snprintf(path, sizeof path, "%s/%s/run.nc", l->folder, b);
    CHECK(cx_result_open(path, &r[1], &e) == CX_OK);
    CHECK(r[0].frames == r[1].frames && r[0].frames > 0 && r[0].needles == r[1].needles &&
          r[0].needles > 0);
    const size_t cells = (size_t)r[0].shape[0] * (size_t)r[0].shape[1] * (size_t)r[0].shape[2];
    float *u = calloc(2 * cells, sizeof *u);
    for (int t = 0; t < r[0].frames; t++)
        for (int q = 0; q < r[0].fields; q++) {
            CHECK(cx_result_field(&r[0], t, q, u, &e) == CX_OK &&
                  cx_result_field(&r[1], t, q, u + cells, &e) == CX_OK);
            CHECK_MSG(memcmp(u, u + cells, cells * sizeof *u) == 0, "frame %d of %s", t,
                      r[0].field[q]);
        }
    free(u);
    cx_result_close(&r[0]);
    cx_result_close(&r[1]);
}

static void restart_changes_no_bit(void) {
    struct lab l;
    struct cx_error e;
    const char *const set[] = {"output.fields=[collagen_1, fibrin, tgfb1]", NULL};
    if (!lab_open(&l, patch, set)) return;
    CHECK(run_in(&l, "whole", 0, &e) == CX_OK);
    CHECK(run_in(&l, "parts", 3, &e) == CX_STOPPED);
    char folder[128];
    snprintf(folder, sizeof folder, "%s/parts", l.folder);
    struct cx_run_summary out;
    const double until[] = {20, 47.9, 48.001, 60, 0};
    for (int i = 0; i < 5; i++) {
        const enum cx_status status =
            cx_resume(&(struct cx_run_options){.folder = folder, .until_h = until[i]}, &out, &e);
        CHECK_MSG(status == (i < 4 ? CX_STOPPED : CX_OK), "part %d: %s", i, e.text);
        cx_run_summary_free(&out);
    }
    check_same_file(&l, "whole", "parts", "series.csv");
    check_same_file(&l, "whole", "parts", "outcomes.json");
    check_same_pictures(&l, "whole", "parts");
    lab_close(&l);
}

static void pictures_change_no_bit(void) {
    struct lab few, many;
    struct cx_error e;
    const char *const often[] = {"output.at=[every 1 h]", "output.fields=[fibrin]", NULL};
    if (!lab_open(&few, ring, NULL) || !lab_open(&many, ring, often)) return;
    CHECK(run_in(&few, "run", 0, &e) == CX_OK && run_in(&many, "run", 0, &e) == CX_OK);
    char path[2][128], hex[2][65];
    snprintf(path[0], sizeof path[0], "%s/run/series.csv", few.folder);
    snprintf(path[1], sizeof path[1], "%s/run/series.csv", many.folder);
    CHECK(cx_digest_file(path[0], hex[0]) && cx_digest_file(path[1], hex[1]));
    CHECK_STR(hex[0], hex[1]);
    lab_close(&few);
    lab_close(&many);
}

static void results_are_not_overwritten(void) {
    struct lab l;
    struct cx_error e = {0};
    const char *const set[] = {"time.end=2 h", "output.at=[0 h]", NULL};
    if (!lab_open(&l, ring, set)) return;
    CHECK(run_in(&l, "run", 0, &e) == CX_OK);
    CHECK(run_in(&l, "run", 0, &e) == CX_STORAGE);
    CHECK(e.code == 70 && e.hint[0]);
    lab_close(&l);
}

/* Whatever number of cores this machine has. */
static void check_memory(const struct lab *l) {
    struct cx_error e;
    struct cx_plan p;
    struct cx_sim sim;
    CHECK(cx_plan_make(&l->scenario, false, &p, &e) == CX_OK);
    CHECK(cx_sim_create(&l->scenario, p.threads, true, &sim, &e) == CX_OK);
    const double arena = (double)sim.assembly.arena.bytes, fields = (double)p.cells * p.species * 8;
    CHECK((int64_t)sim.assembly.grid.cells == p.cells && p.threads == l->scenario.run.threads &&
          sim.assembly.arena.used <= sim.assembly.arena.bytes);
    CHECK((double)p.memory_bytes >= arena && (double)p.memory_bytes < 1.3 * arena);
    CHECK_MSG(arena < 1.3 * 3 * fields + 4e6, "%.3g bytes for %.3g of fields, %d threads", arena,
              fields, p.threads); /* state + two stages */
    cx_sim_free(&sim);
}

static void plan_knows_the_memory(void) {
    struct lab l;
    struct cx_error e = {0};
    struct cx_plan p;
    if (!lab_open(&l, patch, NULL)) return;
    for (int threads = 1; threads <= 16; threads *= 4) {
        l.scenario.run.threads = threads;
        check_memory(&l);
    }
    l.scenario.run.memory = 0.001;
    CHECK(cx_plan_make(&l.scenario, false, &p, &e) == CX_CONFIG && e.code == 42);
    lab_close(&l);
}

static void run_goes_on_from_an_earlier_result(void) {
    struct lab first, second;
    struct cx_error e;
    const char *const set[] = {"output.at=[0 day, 3 day]", NULL};
    if (!lab_open(&first, ring, set)) return;
    CHECK(run_in(&first, "run", 0, &e) == CX_OK);
    char yaml[128];
    snprintf(yaml, sizeof yaml, "%s/scenario.yml", first.folder);
    struct cx_override o[3] = {{"treatment.sessions", "[]", "--set"},
                               {"initial.file", "run/run.nc", "--set"},
                               {"time.end", "1 day", "--set"}};
    const struct cx_model_list models = cx_models();
    struct cx_findings findings = {0};
    CHECK(cx_config_load(yaml, &(struct cx_overrides){o, 3}, &models, &second.scenario,
                         &findings) == CX_OK);
    struct cx_sim sim;
    CHECK(cx_sim_create(&second.scenario, 1, true, &sim, &e) == CX_OK);
    double fibrin = 0;
    for (int q = 0; q < sim.assembly.system.species; q++)
        for (size_t i = 0; strcmp(sim.assembly.system.model->species[q].name, "fibrin") == 0 &&
                           i < sim.assembly.grid.cells;
             i++)
            fibrin += sim.assembly.system.u[q][i];
    CHECK_MSG(fibrin > 0, "the clot of the earlier run is gone");
    cx_sim_free(&sim);
    cx_findings_free(&findings);
    cx_scenario_free(&second.scenario);
    lab_close(&first);
}

int main(void) {
    RUN(threads_change_no_bit);
    RUN(restart_changes_no_bit);
    RUN(pictures_change_no_bit);
    RUN(results_are_not_overwritten);
    RUN(plan_knows_the_memory);
    RUN(run_goes_on_from_an_earlier_result);
    return check_done();
}
