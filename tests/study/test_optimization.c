/* Goals and limits of a study file, and searches over real runs: repeatable for nothing, failures counted. */
#include "study/optimization.h"
#include "study/studio.h"

static const char small[] = "cicatrix-study: 1\nbase: base.yml\nvary:\n"
                            "  device.needle.length: {from: 0.5 mm, to: 1.5 mm}\n"
                            "  device.pattern.density: {from: 100 1/cm2, to: 400 1/cm2}\n"
                            "  device.pattern.type: [square, hex]\n"
                            "outcomes: [scar_index]\n"
                            "goals: {collagen_total_gain: max, erythema_peak: min}\n"
                            "constraints: {erythema_peak: \"<= 14 percent\"}\n"
                            "optimize: {population: 6, generations: 4, seed: 3, patience: 0}\n";

static enum cx_status optimize(const struct studio *t, struct cx_optimization *o,
                               struct cx_error *e) {
    const struct cx_study_options options = {.workers = 2, .threads = 1};
    *o = (struct cx_optimization){0};
    return cx_optimize(&t->study, &options, o, e);
}

/* ---- the file -------------------------------------------------------------------------------- */

static void test_read(void) {
    struct studio t;
    studio_open(
        &t, "cicatrix-study: 1\nbase: base.yml\nvary: {skin.age: {from: 20 year, to: 60 year}}\n"
            "outcomes: [scar_index]\ngoals: {collagen_total_gain: max}\n"
            "constraints:\n  erythema_days: \"<= 48 h\"\n"
            "  scar_index: [\">= 0.01 1\", \"<= 5 percent\"]\n"
            "optimize: {population: 30}\n");
    const struct cx_study *s = &t.study;
    const int days = cx_study_outcome(s, "erythema_days"), scar = cx_study_outcome(s, "scar_index");
    CHECK(s->outcome_count == 3 && days >= 0 && scar == 0);
    CHECK_NEAR(s->outcome[days].most, 2, 1e-12);
    CHECK(isinf(s->outcome[days].least));
    CHECK_NEAR(s->outcome[scar].least, 1, 1e-12);
    CHECK_NEAR(s->outcome[scar].most, 5, 1e-12);
    CHECK(s->optimize.population == 30 && s->optimize.generations == 12 && s->optimize.seed == 1);
    CHECK_MSG(s->method == CX_LHS && s->n == 30, "a sweep of the same file samples");
    studio_close(&t);
}

struct wrong {
    const char *text;
    int code, line, column;
};

static void test_wrong(void) {
    static const struct wrong all[] = {
        {"constraints: {erythema_dais: \"<= 2 day\"}\n", 36, 4, 15},
        {"constraints: {erythema_days: \"<= 2 mm\"}\n", 23, 4, 30},
        {"constraints: {erythema_days: \"<= 2\"}\n", 21, 4, 30},
        {"constraints: {erythema_days: \"2 day\"}\n", 121, 4, 30},
        {"constraints: {erythema_days: [\">= 3 day\", \"<= 2 day\"]}\n", 121, 4, 30},
        {"constraints: [erythema_days]\n", 32, 4, 1},
        {"optimize: {poulation: 24}\n", 30, 4, 12},
        {"optimize: {population: 2}\n", 33, 4, 24},
        {"optimize: {generations: many}\n", 20, 4, 25},
        {"optimize: {population: 2000, generations: 10000}\n", 104, 4, 11},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        struct studio t;
        char text[400];
        studio_begin(&t);
        snprintf(text, sizeof text,
                 "cicatrix-study: 1\nbase: base.yml\nvary: {skin.age: [30 year, 50 year]}\n%s",
                 all[i].text);
        CHECK_MSG(studio_load(&t, text) == CX_CONFIG && t.findings.n == 1, "%s", all[i].text);
        const struct cx_error *e = t.findings.at;
        if (t.findings.n)
            CHECK_MSG(e->code == all[i].code && e->line == all[i].line &&
                          e->column == all[i].column,
                      "%sE%03d %d:%d %s", all[i].text, e->code, e->line, e->column, e->text);
        studio_close(&t);
    }
}

static void test_no_goals(void) {
    struct studio t;
    struct cx_optimization o;
    struct cx_error e = {0};
    studio_open(&t, "cicatrix-study: 1\nbase: base.yml\nvary: {skin.age: [30 year, 50 year]}\n");
    CHECK(optimize(&t, &o, &e) == CX_CONFIG && e.code == 120);
    cx_optimization_free(&o);
    studio_close(&t);
}

/* ---- searches -------------------------------------------------------------------------------- */

/* Nothing on the front is beaten by anything that was tried, by the definition and not by the code under test. */
static void check_front(const struct cx_optimization *o) {
    const int gain = o->goal[0], red = o->goal[1];
    for (int k = 0; k < o->count; k++) {
        const double *x = cx_optimization_value(o, o->front[k]);
        CHECK(o->violation[o->front[k]] == 0 && x[red] <= 14);
        for (int i = 0; i < o->points.n; i++) {
            const double *y = cx_optimization_value(o, i);
            if (o->violation[i] > 0) continue;
            CHECK(!(y[gain] >= x[gain] && y[red] <= x[red] &&
                    (y[gain] > x[gain] || y[red] < x[red])));
        }
        if (k) CHECK(x[gain] <= cx_optimization_value(o, o->front[k - 1])[gain]);
    }
}

static void same_bytes(const struct studio *t, const char *name, char before[1 << 15]) {
    char path[700], now[1 << 15] = "";
    snprintf(path, sizeof path, "%s/%s", t->study.folder, name);
    FILE *f = fopen(path, "r");
    CHECK(f != NULL);
    if (!f) return;
    now[fread(now, 1, sizeof now - 1, f)] = 0;
    fclose(f);
    CHECK(strlen(now) > 100);
    if (*before) CHECK_STR(now, before);
    memcpy(before, now, sizeof now);
}

static void test_search(void) {
    static char front[1 << 15];
    struct studio t;
    struct cx_optimization a, b;
    struct cx_error e = {0};
    studio_open(&t, small);
    CHECK_MSG(optimize(&t, &a, &e) == CX_OK, "%s", e.text);
    CHECK(a.points.n == 24 && a.generations == 4 && a.ended == CX_ALL_GENERATIONS);
    const struct cx_generation *last = &a.generation[3];
    CHECK(last->breaking > 0 && last->failed == 0 && a.count > 2 && a.compromise >= 0);
    CHECK_MSG(a.best[0] == 0 && a.best[1] == a.count - 1, "two goals: best of each at the ends");
    CHECK(cx_optimization_volume(&a, 3) >= cx_optimization_volume(&a, 0));
    check_front(&a);
    same_bytes(&t, "front.csv", front);
    t.study.optimize.generations = 2; /* what a kill would leave, then the whole again */
    CHECK(optimize(&t, &b, &e) == CX_OK && b.points.n == 12);
    cx_optimization_free(&b);
    t.study.optimize.generations = 4;
    t.study.time_s = 1e-3; /* any run that is not remembered would fail now */
    CHECK(optimize(&t, &b, &e) == CX_OK && b.generation[3].failed == 0);
    CHECK(memcmp(a.small, b.small, 24 * 2 * sizeof *a.small) == 0);
    same_bytes(&t, "front.csv", front);
    cx_optimization_free(&a);
    cx_optimization_free(&b);
    studio_close(&t);
}

/* A third of the range is no valid scenario: deeper than the block. */
static void test_failures(void) {
    struct studio t;
    struct cx_optimization o;
    struct cx_error e = {0};
    studio_open(&t, "cicatrix-study: 1\nbase: base.yml\nvary:\n"
                    "  device.needle.length: {from: 1 mm, to: 4 mm}\n"
                    "goals: {erythema_peak: max}\noutcomes: [erythema_peak]\n"
                    "optimize: {population: 6, generations: 3}\n");
    CHECK_MSG(optimize(&t, &o, &e) == CX_OK, "%s", e.text);
    int failed = 0;
    for (int i = 0; i < o.points.n; i++) {
        const bool deep = 0.7 * cx_design_row(&o.points, i)[0] > 2; /* of its length, 0.7 goes in */
        CHECK(o.failed[i] == deep && isinf(o.violation[i]) == deep);
        failed += deep;
    }
    CHECK(failed > 0 && o.generation[o.generations - 1].failed == failed);
    CHECK(o.count == 1 && cx_design_row(&o.points, o.front[0])[0] > 2);
    cx_optimization_free(&o);
    studio_close(&t);
}

/* Limits that nothing keeps: no front, but the design that breaks them least. */
static void test_impossible(void) {
    struct studio t;
    struct cx_optimization o;
    struct cx_error e = {0};
    studio_open(
        &t, "cicatrix-study: 1\nbase: base.yml\nvary:\n"
            "  device.needle.length: [0.5 mm, 1 mm, 1.5 mm]\n"
            "goals: {collagen_total_gain: max}\nconstraints: {erythema_peak: \"<= 1 percent\"}\n"
            "outcomes: [erythema_peak]\noptimize: {population: 4, generations: 9}\n");
    CHECK_MSG(optimize(&t, &o, &e) == CX_OK, "%s", e.text);
    CHECK(o.ended == CX_EXHAUSTED && o.points.n == 3 && o.count == 0 && o.nearest >= 0);
    for (int i = 0; i < 3; i++)
        CHECK(cx_optimization_value(&o, o.nearest)[0] <= cx_optimization_value(&o, i)[0]);
    cx_optimization_free(&o);
    studio_close(&t);
}

int main(void) {
    RUN(test_read);
    RUN(test_wrong);
    RUN(test_no_goals);
    RUN(test_search);
    RUN(test_failures);
    RUN(test_impossible);
    return check_done();
}
