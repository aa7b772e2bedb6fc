/* Looking at a run, stopping it and going on, and steps that are tried and taken back change no bit of it. */
#include "run/lab.h"

#include "base/digest.h"

static const char *const wounds[][4] = {
    {"domain.geometry=column", "treatment.sessions=[0 day, 1 day]", NULL},
    {"domain.geometry=axisymmetric", "domain.size=[0.3 mm, 1.5 mm]", "solver.tolerance=0.1", NULL},
    {"domain.geometry=slice", "domain.size=[0.6 mm, 1.5 mm]", "solver.precision=double", NULL}};
enum { WOUNDS = sizeof wounds / sizeof *wounds };
static const char yaml[] =
    "cicatrix: 1\n"
    "domain: {cell: 50 um, surface_cell: 25 um, deep_cell: 150 um}\n"
    "device: {pattern: {type: square, pitch: 0.3 mm}, needle: {length: 0.8 mm}}\n"
    "aftercare: {occlusion: 7 h}\n"
    "time: {end: 2 day}\n"
    "output: {at: [0 day, 5 h, 1 day, 2 day], fields: [fibrin, tgfb1]}\n"
    "run: {threads: 1}\n";

/* A small generator of our own: the same moments on every machine. */
static double next_random(unsigned *seed) {
    *seed = *seed * 1664525u + 1013904223u;
    return (*seed >> 8) / 16777216.0;
}

static void run_whole(const struct lab *l, const char *name) {
    char folder[128];
    struct cx_error e = {0};
    struct cx_run_summary out;
    snprintf(folder, sizeof folder, "%s/%s", l->folder, name);
    const enum cx_status status =
        cx_run(&l->scenario, &(struct cx_run_options){.folder = folder}, &out, &e);
    CHECK_MSG(status == CX_OK, "%s", e.text);
    cx_run_summary_free(&out);
}

static void check_same(const struct lab *l, const char *a, const char *b, const char *file) {
    char path[2][160], hex[2][65] = {"", ""};
    snprintf(path[0], sizeof path[0], "%s/%s/%s", l->folder, a, file);
    snprintf(path[1], sizeof path[1], "%s/%s/%s", l->folder, b, file);
    CHECK(cx_digest_file(path[0], hex[0]) && cx_digest_file(path[1], hex[1]));
    CHECK_MSG(strcmp(hex[0], hex[1]) == 0, "%s differs between %s and %s", file, a, b);
}

/* Stops seven times, sometimes twice within a step, then goes on to the end. */
static void stop_often(const struct lab *l, unsigned seed) {
    char folder[128];
    struct cx_error e = {0};
    struct cx_run_summary out;
    snprintf(folder, sizeof folder, "%s/parts", l->folder);
    double until = 0.01 * next_random(&seed);
    enum cx_status status = cx_run(
        &l->scenario, &(struct cx_run_options){.folder = folder, .until_h = until}, &out, &e);
    CHECK_MSG(status == CX_STOPPED, "%s", e.text);
    cx_run_summary_free(&out);
    for (int i = 0; i < 7; i++) {
        until += next_random(&seed) * (i % 3 ? 6 : 0.02);
        status = cx_resume(&(struct cx_run_options){.folder = folder, .until_h = i < 6 ? until : 0},
                           &out, &e);
        CHECK_MSG(status == (i < 6 ? CX_STOPPED : CX_OK), "part %d, until %g h: %s", i, until,
                  e.text);
        cx_run_summary_free(&out);
    }
}

static void restarts_at_random_moments_change_no_bit(void) {
    for (unsigned w = 0; w < WOUNDS; w++) {
        struct lab l;
        if (!lab_open(&l, yaml, wounds[w])) continue;
        run_whole(&l, "whole");
        stop_often(&l, 20 + w);
        check_same(&l, "whole", "parts", "series.csv");
        check_same(&l, "whole", "parts", "outcomes.json");
        lab_close(&l);
    }
}

static void cadence_changes_no_bit(void) {
    for (int w = 0; w < WOUNDS; w++) {
        struct lab l;
        if (!lab_open(&l, yaml, wounds[w])) continue;
        l.scenario.time.end = 10; /* each checkpoint waits for the disk */
        run_whole(&l, "plain");
        l.scenario.run.checkpoint = 0; /* s: after every step */
        run_whole(&l, "kept");
        l.scenario.output.at.n = 0;
        run_whole(&l, "unseen");
        check_same(&l, "plain", "kept", "series.csv");
        check_same(&l, "plain", "kept", "outcomes.json");
        check_same(&l, "plain", "unseen", "series.csv");
        lab_close(&l);
    }
}

/* Before every step one that is much too long, one that is too short, both taken back. */
static void steps_taken_back_leave_no_trace(void) {
    for (int w = 0; w < WOUNDS; w++) {
        struct lab l;
        struct cx_sim plain, troubled;
        struct cx_error e = {0};
        if (!lab_open(&l, yaml, wounds[w])) continue;
        lab_simulate(&l, 1, &plain);
        CHECK(cx_sim_create(&l.scenario, 1, true, &troubled, &e) == CX_OK);
        enum cx_status status = CX_OK;
        while (status == CX_OK && !cx_sim_done(&troubled)) {
            struct cx_attempt a;
            cx_stepper_attempt(troubled.assembly.stepper, 300, &a);
            cx_stepper_reject(troubled.assembly.stepper);
            cx_stepper_attempt(troubled.assembly.stepper, 1e-7, &a);
            cx_stepper_reject(troubled.assembly.stepper);
            status = cx_sim_step(&troubled, &e);
        }
        CHECK_MSG(status == CX_OK, "%s", e.text);
        lab_check_same(&plain, &troubled);
        cx_sim_free(&plain);
        cx_sim_free(&troubled);
        lab_close(&l);
    }
}

static void threads_change_no_bit_in_any_geometry(void) {
    const int threads[] = {2, 3, 7};
    for (int w = 0; w < WOUNDS; w++) {
        struct lab l;
        struct cx_sim one, many;
        if (!lab_open(&l, yaml, wounds[w])) continue;
        l.scenario.time.end = 1;
        lab_simulate(&l, 1, &one);
        for (int i = 0; i < 3; i++) {
            lab_simulate(&l, threads[i], &many);
            lab_check_same(&one, &many);
            cx_sim_free(&many);
        }
        cx_sim_free(&one);
        lab_close(&l);
    }
}

int main(void) {
    RUN(restarts_at_random_moments_change_no_bit);
    RUN(cadence_changes_no_bit);
    RUN(steps_taken_back_leave_no_trace);
    RUN(threads_change_no_bit_in_any_geometry);
    return check_done();
}
