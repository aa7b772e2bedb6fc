/* Healthy skin, and a lesion that nobody treats, stay what they are: not one bit changes in a month, in any geometry, with
 * any person, in either precision. */
#include "run/lab.h"

static const char rest[] =
    "cicatrix: 1\n"
    "domain: {geometry: column, cell: 60 um, surface_cell: 25 um, deep_cell: 120 um}\n"
    "treatment: {sessions: []}\n"
    "time: {end: 30 day}\n";

static void stays(const char *const *set) {
    struct lab l;
    struct cx_sim start, end;
    struct cx_error e;
    if (!lab_open(&l, rest, set)) return;
    CHECK(cx_sim_create(&l.scenario, 1, true, &start, &e) == CX_OK);
    lab_simulate(&l, 1, &end);
    CHECK(end.clock.step > 10);
    for (int q = 0; q < start.assembly.system.species; q++) {
        const struct cx_species_row *row = &start.assembly.system.model->species[q];
        size_t moved = 0;
        double drift = 0;
        for (size_t c = 0; c < start.assembly.grid.cells; c++) {
            const double by = fabs(end.assembly.system.u[q][c] - start.assembly.system.u[q][c]);
            moved += by != 0;
            drift = fmax(drift, by);
        }
        CHECK_MSG(moved == 0, "%s: %s moved in %zu cells by up to %g", set[0], row->name, moved,
                  drift);
    }
    cx_sim_free(&start);
    cx_sim_free(&end);
    lab_close(&l);
}

static void healthy_skin_keeps_every_bit(void) {
    const char *const people[][6] = {
        {"skin.age=35 year", NULL},
        {"skin.age=75 year", "skin.photodamage=0.8", "solver.precision=double", NULL},
        {"skin.age=60 year", "skin.smoking=0.7", "skin.stress=0.3", "skin.pollution=0.9", NULL},
        {"skin.perfusion=1.9", "skin.fitzpatrick=6", "skin.site=abdomen", NULL},
        {"skin.site=rat_back", "solver.tolerance=0.3", NULL},
        {"domain.geometry=axisymmetric", "skin.age=50 year", "domain.size=[0.3 mm, 2 mm]", NULL},
        {"domain.geometry=slice", "domain.size=[0.5 mm, 2 mm]", "domain.left=periodic",
         "domain.right=periodic", NULL},
        {"domain.geometry=patch", "domain.size=[0.3 mm, 0.24 mm, 2 mm]", "skin.age=20 year", NULL}};
    for (size_t i = 0; i < sizeof people / sizeof *people; i++) stays(people[i]);
}

static void untreated_lesions_keep_every_bit(void) {
    const char *const lesions[] = {"acne_rolling", "acne_boxcar",   "acne_icepick",
                                   "stretch_mark", "surgical_scar", "burn_scar"};
    for (int i = 0; i < 6; i++) {
        char condition[64];
        snprintf(condition, sizeof condition, "skin.condition=%s", lesions[i]);
        const char *const disc[] = {condition, "domain.geometry=axisymmetric",
                                    "domain.size=[1.5 mm, 2.2 mm]", NULL};
        stays(disc);
    }
}

int main(void) {
    RUN(healthy_skin_keeps_every_bit);
    RUN(untreated_lesions_keep_every_bit);
    return check_done();
}
