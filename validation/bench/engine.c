/* engine.c - times the engine and the machine.  One verb per process, one line of JSON on stdout:
 *   bandwidth THREADS MEGABYTES...    at these working sets
 *   arithmetic THREADS                without fused multiply-add
 *   steps WHAT NX NY NZ THREADS STEPS REPEATS PRECISION [PROFILE-FILE] [path=value...]
 *                                     equal steps of a test model in a box, or of a scenario (WHAT.yml; NX NY NZ ignored)
 *   solve PROBLEM N TOLERANCE PRECISION THREADS FILE
 *                                     a problem of problem.h with step control; solutions at its output times to FILE */
#include "box.h"
#include "limits.h"
#include "problem.h"
#include "profile.h"

#include "base/clock.h"
#include "solve/control.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int number(const char *text) { return (int)strtol(text, NULL, 10); }
static enum cx_precision precision_of(const char *word) {
    return strcmp(word, "double") == 0 ? CX_DOUBLE : CX_MIXED;
}

static void print_list(const char *name, const double *x, int n) {
    printf("\"%s\": [", name);
    for (int i = 0; i < n; i++) printf("%s%.9g", i ? ", " : "", x[i]);
    printf("]");
}

static int bandwidth(int argc, char **argv) {
    if (argc < 2) return 2;
    const int threads = number(argv[0]), n = argc - 1;
    printf("{\"threads\": %d, \"sizes\": [", threads);
    for (int i = 0; i < n; i++) {
        const double megabytes = strtod(argv[i + 1], NULL);
        const struct bandwidth b = limits_bandwidth(threads, megabytes * 1e6);
        printf("%s{\"megabytes\": %g, \"triad\": %.4g, \"update\": %.4g}", i ? ", " : "", megabytes,
               b.triad, b.update);
    }
    printf("]}\n");
    return 0;
}

static int arithmetic(int argc, char **argv) {
    if (argc != 1) return 2;
    const int threads = number(argv[0]);
    const struct arithmetic f = limits_arithmetic(threads), d = limits_arithmetic_double(threads);
    printf("{\"float_gflops\": %.4g, \"float_gdivisions\": %.4g, ", f.operations, f.divisions);
    printf("\"double_gflops\": %.4g, \"double_gdivisions\": %.4g}\n", d.operations, d.divisions);
    return 0;
}

enum { REPEATS = 64 };

/* What a step does besides the sizes: how many fields move, vary or climb. */
static void print_system(const struct cx_system *s) {
    int moving = 0, varying = 0, climbing = 0;
    for (int q = 0; q < s->species; q++) {
        moving += cx_system_moves(s, q);
        varying += cx_system_varies(s, q);
        climbing += cx_system_climbs(s, q);
    }
    const int *n = s->grid->shape;
    printf("\"model\": \"%s\", \"shape\": [%d, %d, %d], \"cells\": %zu, \"fields\": %d, ",
           s->model->name, n[0], n[1], n[2], s->grid->cells, s->species);
    printf("\"moving\": %d, \"varying\": %d, \"climbing\": %d, \"inputs\": %d, ", moving, varying,
           climbing, s->model->input_count);
}

/* Equal steps, short enough that any of them would be accepted; the state drifts on from repeat to repeat. */
static void march(struct box *b, int steps) {
    struct cx_attempt a;
    for (int i = 0; i < steps; i++) cx_stepper_attempt(b->stepper, 1e-3, &a);
}

static int steps(int argc, char **argv) {
    if (argc < 8) return 2;
    struct box b;
    const char *const *set = (const char *const *)argv + (argc > 9 ? 9 : argc);
    const int threads = number(argv[4]), count = number(argv[5]), repeats = number(argv[6]);
    if (repeats < 1 || repeats > REPEATS) return 2;
    if (!box_open(&b,
                  &(struct box_spec){.what = argv[0],
                                     .shape = {number(argv[1]), number(argv[2]), number(argv[3])},
                                     .threads = threads,
                                     .tolerance = 1e-2,
                                     .precision = precision_of(argv[7]),
                                     .set = set}))
        return 1;
    double wall[REPEATS], cpu[REPEATS];
    cx_stepper_refresh(b.stepper);
    march(&b, 1);
    const bool profiled = argc > 8 && *argv[8] && profile_start(threads);
    for (int r = 0; r < repeats; r++) {
        const double from = cx_clock_seconds(), cpu_from = box_cpu_seconds();
        march(&b, count);
        wall[r] = (cx_clock_seconds() - from) / count;
        cpu[r] = (box_cpu_seconds() - cpu_from) / count;
    }
    const bool wrote = profiled && profile_stop(argv[8]);
    printf("{");
    print_system(b.in_use);
    printf("\"megabytes\": %.6g, ",
           1e-6 * (double)(b.of_scenario ? b.sim.assembly.arena.used : b.arena.used));
    printf("\"threads\": %d, \"steps\": %d, \"profiled\": %s, ", threads, count,
           wrote ? "true" : "false");
    print_list("wall", wall, repeats);
    printf(", ");
    print_list("cpu", cpu, repeats);
    printf("}\n");
    box_close(&b);
    return 0;
}

/* One step; returns its length, or 0 if it was rejected. */
static double try_step(struct box *b, struct cx_control *c, double left) {
    struct cx_attempt a;
    const double h = cx_control_step(c, left);
    cx_stepper_attempt(b->stepper, h, &a);
    if (a.finite && a.error <= 1) {
        cx_control_accepted(c, h, a.error);
        return h;
    }
    cx_stepper_reject(b->stepper);
    cx_control_rejected(c, h, a.error);
    return 0;
}

static int solve(int argc, char **argv) {
    struct problem p;
    struct box b;
    const int n = argc == 6 ? number(argv[1]) : 0;
    if (n < 2 || !problem_make(argv[0], n, &p)) return 2;
    if (!box_open(&b, &(struct box_spec){.what = argv[0],
                                         .shape = {n, n, n},
                                         .threads = number(argv[4]),
                                         .tolerance = strtod(argv[2], NULL),
                                         .precision = precision_of(argv[3])}))
        return 1;
    FILE *file = fopen(argv[5], "wb");
    if (!file) return 1;
    struct cx_control c = {.h = 1e-3, .first = 1e-3, .most = 24};
    const double from = cx_clock_seconds(), cpu_from = box_cpu_seconds();
    double saving = 0, t = 0;
    int accepted = 0, rejected = 0;
    cx_stepper_refresh(b.stepper);
    for (int o = 0; o < PROBLEM_OUTPUTS; o++) {
        while (t < p.out[o]) {
            const double left = p.out[o] - t, h = try_step(&b, &c, left);
            t = h >= left ? p.out[o] : t + h;
            accepted += h > 0;
            rejected += h <= 0;
        }
        const double pause = box_cpu_seconds();
        for (int q = 0; q < p.fields; q++) fwrite(b.system.u[q], sizeof(double), p.cells, file);
        saving += box_cpu_seconds() - pause;
    }
    printf("{\"finished\": true, \"t\": %.9g, \"steps\": %d, \"rejected\": %d, ", t, accepted,
           rejected);
    printf("\"cpu\": %.6g, \"wall\": %.6g}\n", box_cpu_seconds() - cpu_from - saving,
           cx_clock_seconds() - from);
    fclose(file);
    box_close(&b);
    problem_free(&p);
    return 0;
}

int main(int argc, char **argv) {
    const struct {
        const char *name;
        int (*run)(int argc, char **argv);
    } verbs[] = {
        {"bandwidth", bandwidth}, {"arithmetic", arithmetic}, {"steps", steps}, {"solve", solve}};
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        if (argc > 1 && strcmp(argv[1], verbs[i].name) == 0)
            return verbs[i].run(argc - 2, argv + 2);
    fprintf(stderr, "usage: see the head of engine.c\n");
    return 2;
}
