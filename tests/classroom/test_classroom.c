/* test_classroom.c - a lesson has the numbers of `cicatrix run` with the same settings, bit for bit; the table built into
 * the page is configs/classroom.yml. */
#include "classroom/classroom.h"

#include "check.h"
#include "classroom/scenario.h"
#include "classroom/web.h"
#include "run/run.h"

#include <stdlib.h>
#include <unistd.h>

#define FILE_NAME "configs/classroom.yml" /* tests run in the folder of the source */
enum { SETTINGS = 8 };

static const struct cx_override coarse[] = {{"domain.cell", "80 um", "test"},
                                            {"domain.deep_cell", "400 um", "test"},
                                            {"time.end", "3 day", "test"}};
enum { COARSE = sizeof coarse / sizeof *coarse };

static void load(const struct cx_override *o, int n, struct cx_scenario *s) {
    const struct cx_model_list models = cx_models();
    struct cx_findings findings = {0};
    const enum cx_status status =
        cx_config_load(FILE_NAME, &(struct cx_overrides){o, n}, &models, s, &findings);
    cx_findings_print(&findings, stdout, false);
    CHECK(status == CX_OK);
    cx_findings_free(&findings);
}

/* What `cicatrix run` makes of the settings of an open class, after the overrides `first`. */
static void run_as_file(const struct cx_class *c, const struct cx_override *first, int n,
                        struct cx_run_summary *out) {
    char text[SETTINGS][120], folder[] = "/tmp/cicatrix-class-XXXXXX", command[80];
    const struct cx_scenario *s = &c->scenario;
    const struct cx_times *at = &s->treatment.sessions;
    CHECK(mkdtemp(folder) != NULL);
    snprintf(text[0], sizeof text[0], "%.17g um", s->needle.length);
    snprintf(text[1], sizeof text[1], "%.17g 1/cm2", s->pattern.density);
    snprintf(text[2], sizeof text[2], "%.17g year", s->skin.age);
    snprintf(text[3], sizeof text[3], "[%.17g um, %.17g um]", s->domain.size.at[0],
             s->domain.size.at[1]);
    snprintf(text[4], sizeof text[4], "%.17g h", s->time.end);
    snprintf(text[5], sizeof text[5], at->n == 2 ? "[0 h, %.17g h]" : "[0 h]", at->at[at->n - 1]);
    struct cx_override o[COARSE + SETTINGS];
    memcpy(o, first, (size_t)n * sizeof *o);
    o[n++] = (struct cx_override){"device.needle.length", text[0], "test"};
    o[n++] = (struct cx_override){"device.pattern.density", text[1], "test"};
    o[n++] = (struct cx_override){"skin.age", text[2], "test"};
    o[n++] = (struct cx_override){"domain.size", text[3], "test"};
    o[n++] = (struct cx_override){"time.end", text[4], "test"};
    o[n++] = (struct cx_override){"treatment.sessions", text[5], "test"};
    o[n++] = (struct cx_override){"output.at", "[0 h]", "test"};
    o[n++] = (struct cx_override){"run.threads", "1", "test"};
    struct cx_scenario file;
    struct cx_error e = {0};
    load(o, n, &file);
    snprintf(command, sizeof command, "%s/out", folder);
    const struct cx_run_options options = {.folder = command, .files = CX_FILES_OUTCOMES};
    CHECK_MSG(cx_run(&file, &options, out, &e) == CX_OK, "%s", e.text);
    cx_scenario_free(&file);
    snprintf(command, sizeof command, "rm -rf %s", folder);
    CHECK(system(command) == 0);
}

static void same_value(double mine, double other, const char *name) {
    const bool same = (isnan(mine) && isnan(other)) || mine == other;
    CHECK_MSG(same, "%s: lesson %.17g, run %.17g", name, mine, other);
}

static void lesson_is_run(struct cx_lesson lesson) {
    struct cx_scenario base;
    struct cx_class c;
    struct cx_error e = {0};
    struct cx_run_summary out;
    load(coarse, COARSE, &base);
    CHECK_MSG(cx_class_open(&base, &lesson, &c, &e) == CX_OK, "%s", e.text);
    while (!cx_sim_done(&c.sim)) CHECK(cx_class_go(&c, INFINITY, 1e-3, &e) == CX_OK);
    run_as_file(&c, coarse, COARSE, &out);
    CHECK(out.steps == c.sim.clock.step && out.steps > 50);
    for (int i = 0; i < out.outcome_count; i++)
        same_value(cx_outcome_value(base.model, &base.model->outcomes[i], &c.sim.history,
                                    c.sim.first_h, c.sim.last_h),
                   out.outcome[i].value, out.outcome[i].name);
    cx_run_summary_free(&out);
    cx_class_close(&c);
    cx_scenario_free(&base);
}

static void a_lesson_has_the_numbers_of_a_run(void) {
    lesson_is_run((struct cx_lesson){1000, 160, 35, 1, 672});
    lesson_is_run((struct cx_lesson){550, 325, 71, 2, 48});
}

static void the_page_has_the_scenario_of_the_file(void) {
    struct cx_scenario file, built_in;
    char a[65], b[65];
    load(NULL, 0, &file);
    cx_class_scenario(&built_in);
    built_in.parameter = file.parameter;
    built_in.treatment.sessions = file.treatment.sessions; /* lists are not built in */
    CHECK(built_in.model == file.model);
    CHECK(memcmp(cx_class_parameters(), file.parameter,
                 (size_t)file.model->param_count * sizeof(double)) == 0);
    cx_config_digest(&file, "x", a);
    cx_config_digest(&built_in, "x", b);
    CHECK_STR(a, b);
    cx_scenario_free(&file);
}

/* The functions that the page calls, at full size, against a lesson with the file as it is shipped. */
static void the_page_has_the_numbers_of_the_file(void) {
    enum { DAYS = 4 };
    struct cx_scenario base;
    struct cx_class c;
    struct cx_error e = {0};
    struct cx_web *w = cx_web_open(0.8, 250, 50, 1, 4);
    CHECK_STR(cx_web_failure(w), "");
    CHECK(cx_web_facts(w)[CX_WEB_end_day] == 84);
    CHECK_NEAR(cx_web_facts(w)[CX_WEB_width_um], 4 * sqrt(1e8 / 250), 1e-9);
    while (cx_web_go(w, DAYS, 2) < DAYS) CHECK_STR(cx_web_failure(w), "");

    load(NULL, 0, &base);
    CHECK(cx_class_open(&base, &(struct cx_lesson){800, 250, 50, 1, 672}, &c, &e) == CX_OK);
    CHECK(cx_class_go(&c, 24 * DAYS, INFINITY, &e) == CX_OK);
    const double samples = cx_web_facts(w)[CX_WEB_samples];
    const size_t values = (size_t)c.sim.history.n * (size_t)base.model->series_count;
    CHECK(samples > 50 && samples == c.sim.history.n);
    CHECK((double)c.sim.clock.step == cx_web_facts(w)[CX_WEB_steps]);
    CHECK(memcmp(cx_web_values(w), c.sim.history.value, values * sizeof(double)) == 0);
    CHECK(cx_web_needles(w)[2] == 800 && isfinite(cx_web_outcome(w, 0)));
    CHECK(cx_web_picture(w, 0, DAYS)[0] >= 0);
    cx_class_close(&c);
    cx_scenario_free(&base);
    cx_web_close(w);
}

/* Largest value of a picture. */
static double most(const struct cx_class *c, double t_h, int q, double *room) {
    double best = 0;
    cx_class_picture(c, t_h, q, room);
    for (size_t i = 0; i < c->sim.assembly.grid.cells; i++) best = fmax(best, room[i]);
    return best;
}

/* A picture just before the second session shows skin that is not pierced yet. */
static void pictures_do_not_mix_before_and_after(void) {
    struct cx_scenario base;
    struct cx_class c;
    struct cx_error e = {0};
    load(coarse, COARSE, &base);
    CHECK(cx_class_open(&base, &(struct cx_lesson){1000, 160, 35, 2, 240}, &c, &e) == CX_OK);
    const struct cx_model *m = base.model;
    int damage = 0;
    while (strcmp(m->species[damage].name, "damage") != 0) damage++;
    double *room = calloc(c.sim.assembly.grid.cells, sizeof *room);
    const double fresh = most(&c, 0, damage, room);
    CHECK(fresh > 0.05);
    CHECK(cx_class_go(&c, 240, INFINITY, &e) == CX_OK);
    CHECK(c.sim.clock.t_h == 240 && c.pierced);
    CHECK(most(&c, 239.999, damage, room) < 0.02 * fresh);
    CHECK(most(&c, 0.5 * (c.before_h + 240), damage, room) < 0.02 * fresh);
    CHECK(most(&c, 240, damage, room) > 0.5 * fresh);
    CHECK(cx_class_go(&c, 240.001, INFINITY, &e) == CX_OK);
    CHECK(c.before_h == 240 && !c.pierced);
    CHECK(most(&c, 240, damage, room) > 0.5 * fresh); /* the start of the next step */
    free(room);
    cx_class_close(&c);
    cx_scenario_free(&base);
}

static void a_wrong_lesson_is_refused(void) {
    struct cx_web *w = cx_web_open(1, 160, 35, 5, 4);
    CHECK(strstr(cx_web_failure(w), "5 sessions") != NULL);
    CHECK(cx_web_go(w, 10, 10) == 0);
    cx_web_close(w);
    w = cx_web_open(5, 160, 35, 1, 4); /* deeper than the block */
    CHECK(strstr(cx_web_failure(w), "deep") != NULL);
    cx_web_close(w);
}

int main(void) {
    RUN(a_lesson_has_the_numbers_of_a_run);
    RUN(the_page_has_the_scenario_of_the_file);
    RUN(the_page_has_the_numbers_of_the_file);
    RUN(pictures_do_not_mix_before_and_after);
    RUN(a_wrong_lesson_is_refused);
    return check_done();
}
