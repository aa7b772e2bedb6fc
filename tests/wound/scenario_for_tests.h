/* A scenario with every setting at its default, to be changed by hand in the tests of the wound
 * room. */
#ifndef CX_TESTS_SCENARIO_FOR_TESTS_H
#define CX_TESTS_SCENARIO_FOR_TESTS_H

#include "config/scenario.h"

#include <math.h>
#include <stddef.h>

static double scenario_session = 0.0;

static inline struct cx_scenario scenario_for_tests(void) {
    return (struct cx_scenario){
        .name = "test",
        .skin = {.site = CX_CHEEK,
                 .age = 35.0,
                 .fitzpatrick = 3,
                 .perfusion = 1.0,
                 .lesion_width = NAN,
                 .lesion_depth = NAN,
                 .corneum = NAN,
                 .epidermis = NAN,
                 .papillary = NAN,
                 .dermis = NAN},
        .domain = {.geometry = CX_PATCH,
                   .cell = 25.0,
                   .surface_cell = 12.0,
                   .deep_cell = 80.0,
                   .stretch = 1.12,
                   .lateral_stretch = 1.0},
        .device = {.penetration = 0.7, .recoil = 0.505, .halo = 40.0},
        .pattern = {.type = CX_SQUARE,
                    .pitch = NAN,
                    .density = NAN,
                    .needles = 12,
                    .cartridge = 8000.0,
                    .rows = 8,
                    .drum = 20000.0,
                    .drum_width = 20000.0,
                    .stroke_rate = 100.0,
                    .hand_speed = 20.0,
                    .lane = 4000.0},
        .needle = {.length = 1500.0, .diameter = 250.0, .shape = CX_CONE, .tip_radius = 4.0},
        .treatment = {.sessions = {1, &scenario_session}, .passes = 1},
        .wound = {.type = CX_NO_WOUND, .diameter = 4000.0, .width = 300.0, .depth = NAN},
        .run = {.seed = 1},
    };
}

static inline void scenario_periodic(struct cx_scenario *s) {
    s->left.kind = s->right.kind = s->front.kind = s->back.kind = CX_PERIODIC;
}

static inline void scenario_size(struct cx_scenario *s, int n, double a, double b, double c) {
    s->domain.size = (struct cx_vector){n, {a, b, c}};
}

#endif
