/* lab.h - scenarios for the tests of runs: written as text, loaded as a user's file would be, run in memory or in a
 * folder that is removed afterwards. */
#ifndef CX_TESTS_RUN_LAB_H
#define CX_TESTS_RUN_LAB_H

#include "check.h"
#include "run/run.h"
#include "run/sim.h"

#include <stdlib.h>
#include <unistd.h>

struct lab {
    char folder[64];
    struct cx_scenario scenario;
};

/* Loads `yaml` with overrides "path=value" up to NULL. */
static bool lab_open(struct lab *l, const char *yaml, const char *const *set) {
    snprintf(l->folder, sizeof l->folder, "/tmp/cicatrix-lab-XXXXXX");
    CHECK(mkdtemp(l->folder) != NULL);
    char path[128], text[16][256];
    snprintf(path, sizeof path, "%s/scenario.yml", l->folder);
    FILE *f = fopen(path, "w");
    fputs(yaml, f);
    fclose(f);
    struct cx_override o[16];
    int n = 0;
    for (; set && set[n] && n < 16; n++) {
        snprintf(text[n], sizeof text[n], "%s", set[n]);
        char *equals = strchr(text[n], '=');
        *equals = 0;
        o[n] = (struct cx_override){text[n], equals + 1, "--set"};
    }
    const struct cx_model_list models = cx_models();
    struct cx_findings findings = {0};
    const enum cx_status status =
        cx_config_load(path, &(struct cx_overrides){o, n}, &models, &l->scenario, &findings);
    if (status != CX_OK) cx_findings_print(&findings, stdout, false);
    CHECK(status == CX_OK);
    cx_findings_free(&findings);
    return status == CX_OK;
}

static void lab_close(struct lab *l) {
    char command[128];
    cx_scenario_free(&l->scenario);
    snprintf(command, sizeof command, "rm -rf %s", l->folder);
    CHECK(system(command) == 0);
}

/* Runs in memory to the end. */
static inline void lab_simulate(const struct lab *l, int threads, struct cx_sim *sim) {
    struct cx_error e = {0};
    enum cx_status status = cx_sim_create(&l->scenario, threads, true, sim, &e);
    while (status == CX_OK && !cx_sim_done(sim)) status = cx_sim_step(sim, &e);
    CHECK_MSG(status == CX_OK, "%s", e.text);
}

/* Same bits in every field and in the history. */
static inline void lab_check_same(const struct cx_sim *a, const struct cx_sim *b) {
    const struct cx_system *s = &a->assembly.system;
    CHECK(a->clock.step == b->clock.step && a->history.n == b->history.n);
    for (int q = 0; q < s->species; q++)
        CHECK_MSG(memcmp(s->u[q], b->assembly.system.u[q], s->grid->cells * sizeof(double)) == 0,
                  "%s differs", s->model->species[q].name);
    const size_t values = (size_t)a->history.n * (size_t)a->history.series;
    CHECK(memcmp(a->history.value, b->history.value, values * sizeof(double)) == 0);
}

#endif
