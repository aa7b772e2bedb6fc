/* The points of each method, and what a study file may say. */
#include "study/studio.h"

static struct cx_design design_of(const struct studio *t) {
    struct cx_design d;
    struct cx_error e = {0};
    const enum cx_status status = cx_design_make(&t->study, &d, &e);
    CHECK_MSG(status == CX_OK, "%s", e.text);
    return d;
}

static void test_grid(void) {
    struct studio t;
    studio_open(&t, "cicatrix-study: 1\nbase: base.yml\nvary:\n"
                    "  device.needle.length: {from: 0.5 mm, to: 1500 um, steps: 3}\n"
                    "  device.pattern.type: [square, hex]\n");
    struct cx_design d = design_of(&t);
    CHECK(d.n == 6 && d.k == 2);
    static const double wanted[6][2] = {{0.5, 0}, {0.5, 1}, {1, 0}, {1, 1}, {1.5, 0}, {1.5, 1}};
    for (int i = 0; i < 6; i++)
        for (int j = 0; j < 2; j++) CHECK(cx_design_row(&d, i)[j] == wanted[i][j]);
    char text[192];
    cx_factor_text(&t.study.factor[0], 1.5, text);
    CHECK_STR(text, "1.5 mm");
    cx_factor_text(&t.study.factor[1], 1, text);
    CHECK_STR(text, "hex");
    cx_design_free(&d);
    studio_close(&t);
}

/* Points of a grid are the numbers a person would type: 0.1 x 3 is 0.3. */
static void test_grid_is_round(void) {
    struct studio t;
    studio_open(&t, "cicatrix-study: 1\nbase: base.yml\nvary:\n"
                    "  skin.photodamage: {from: 0.1, to: 0.9, steps: 9}\n");
    struct cx_design d = design_of(&t);
    static const double typed[9] = {0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9};
    for (int i = 0; i < 9; i++) CHECK(d.at[i] == typed[i]);
    cx_design_free(&d);
    studio_close(&t);
}

static const char sampled[] =
    "cicatrix-study: 1\nbase: base.yml\nvary:\n"
    "  device.needle.length: {from: 0.5 mm, to: 1.5 mm}\n"
    "  skin.age: {from: 20 year, to: 60 year}\n"
    "  parameters.tgfb1_decay: {from: 4 1/day, to: 20 1/day, scale: log}\n";

static void open_sampled(struct studio *t, const char *method) {
    char text[512];
    snprintf(text, sizeof text, "%smethod: %s\n", sampled, method);
    studio_open(t, text);
}

/* How many of the first n values of a factor lie in each of n equal slices. */
static void check_slices(const struct studio *t, const struct cx_design *d, int factor, int n) {
    int count[64] = {0};
    for (int i = 0; i < n; i++) {
        const double u = cx_factor_to_unit(&t->study.factor[factor], cx_design_row(d, i)[factor]);
        CHECK(u >= 0 && u < 1);
        count[(int)(u * n) % 64]++;
    }
    for (int i = 0; i < n; i++)
        CHECK_MSG(count[i] == 1, "slice %d of factor %d holds %d", i, factor, count[i]);
}

static void test_lhs(void) {
    struct studio t;
    open_sampled(&t, "{lhs: {n: 50}}");
    struct cx_design d = design_of(&t), again = design_of(&t);
    CHECK(d.n == 50);
    for (int j = 0; j < 3; j++) check_slices(&t, &d, j, 50);
    CHECK(memcmp(d.at, again.at, 150 * sizeof *d.at) == 0);
    cx_design_free(&d);
    cx_design_free(&again);
    studio_close(&t);
}

static void test_sobol(void) {
    struct studio t, more;
    open_sampled(&t, "{sobol: {n: 64}}");
    open_sampled(&more, "{sobol: 100}");
    struct cx_design d = design_of(&t), longer = design_of(&more);
    CHECK(longer.n == 100);
    for (int j = 0; j < 3; j++) check_slices(&t, &d, j, 64);
    CHECK(memcmp(d.at, longer.at, 64 * 3 * sizeof *d.at) == 0);
    cx_design_free(&d);
    cx_design_free(&longer);
    studio_close(&t);
    studio_close(&more);
}

static void test_morris(void) {
    struct studio t;
    open_sampled(&t, "{morris: {r: 10}}");
    struct cx_design d = design_of(&t);
    CHECK(d.n == 10 * 4);
    for (int i = 0; i < 10; i++) {
        int moved[3] = {0};
        for (int step = 1; step < 4; step++)
            for (int j = 0; j < 3; j++) {
                const double a =
                    cx_factor_to_unit(&t.study.factor[j], cx_design_row(&d, 4 * i + step - 1)[j]);
                const double b =
                    cx_factor_to_unit(&t.study.factor[j], cx_design_row(&d, 4 * i + step)[j]);
                if (fabs(a - b) < 1e-9) continue;
                CHECK_NEAR(fabs(a - b), 2.0 / 3, 1e-9);
                moved[j]++;
            }
        for (int j = 0; j < 3; j++) CHECK(moved[j] == 1);
    }
    cx_design_free(&d);
    studio_close(&t);
}

static void test_saltelli(void) {
    struct studio t;
    open_sampled(&t, "{saltelli: {n: 16}}");
    struct cx_design d = design_of(&t);
    CHECK(d.n == 16 * 5);
    for (int i = 0; i < 16; i++) {
        const double *a = cx_design_row(&d, 5 * i), *b = cx_design_row(&d, 5 * i + 4);
        for (int k = 0; k < 3; k++)
            for (int j = 0; j < 3; j++)
                CHECK(cx_design_row(&d, 5 * i + 1 + k)[j] == (j == k ? b[j] : a[j]));
        for (int j = 0; j < 3; j++) CHECK(a[j] != b[j]);
    }
    cx_design_free(&d);
    studio_close(&t);
}

static void test_list(void) {
    struct studio t;
    studio_begin(&t);
    studio_file(&t, "points.csv",
                "device.needle.length [mm],device.pattern.type,skin.age\n"
                "0.7,hex,30 year\n1.3,square,50 year\n");
    CHECK(studio_load(&t, "cicatrix-study: 1\nbase: base.yml\nmethod: {list: points.csv}\n") ==
          CX_OK);
    struct cx_design d = design_of(&t);
    struct cx_scenario s;
    struct cx_error e = {0};
    CHECK(d.n == 2 && d.k == 3);
    CHECK(cx_study_scenario(&t.study, cx_design_row(&d, 1), 3, &s, &e) == CX_OK);
    CHECK(s.needle.length == 1300 && s.pattern.type == CX_SQUARE && s.skin.age == 50);
    CHECK(s.run.seed == t.study.base_seed + 3);
    cx_scenario_free(&s);
    cx_design_free(&d);
    studio_close(&t);
}

/* Whole numbers stay whole, lists are drawn from, both ways agree. */
static void test_unit_cube(void) {
    struct studio t;
    studio_open(&t,
                "cicatrix-study: 1\nbase: base.yml\nvary:\n"
                "  skin.fitzpatrick: {from: 1, to: 6}\n"
                "  device.pattern.pitch: [0.4 mm, 0.6 mm, 0.9 mm]\n"
                "  treatment.sessions: {from: 2 week, to: 8 week, as: \"every {} until 24 week\"}\n"
                "set: {time.end: 30 week}\nmethod: {lhs: 8}\n");
    const struct cx_factor *f = t.study.factor;
    CHECK(cx_factor_from_unit(&f[0], 0) == 1 && cx_factor_from_unit(&f[0], 0.9999) == 6);
    CHECK(cx_factor_from_unit(&f[1], 0.5) == 0.6);
    for (int j = 0; j < 3; j++)
        for (double u = 0.01; u < 1; u += 0.07) {
            const double x = cx_factor_from_unit(&f[j], u);
            CHECK_NEAR(cx_factor_from_unit(&f[j], cx_factor_to_unit(&f[j], x)), x, 1e-12 * x);
        }
    struct cx_scenario s;
    struct cx_error e = {0};
    const double x[3] = {2, 0.6, 6};
    CHECK_MSG(cx_study_scenario(&t.study, x, 0, &s, &e) == CX_OK, "%s", e.text);
    CHECK(s.treatment.sessions.n == 5 && s.treatment.sessions.at[1] == 6 * 7 * 24);
    CHECK(s.time.end == 30 * 7 * 24);
    cx_scenario_free(&s);
    studio_close(&t);
}

/* Every error of a file in one pass, each with its place. */
static void test_findings(void) {
    struct studio t;
    studio_begin(&t);
    CHECK(studio_load(&t, "cicatrix-study: 1\nbase: base.yml\nvary:\n"
                          "  device.needle.lenght: {from: 0.5 mm, to: 2.5 mm, steps: 5}\n"
                          "  device.pattern.pitch: [0.4, 99 mm]\n"
                          "  device.pattern.type: [square, hexx]\n"
                          "  parameters.tgfb1_deca: [1 1/day]\n"
                          "  skin.age: {from: 60 year, to: 20 year, steps: 3}\n"
                          "metod: grid\noutcomes: [collagen_totl_gain]\n"
                          "limits: {time: 20}\nset: {skin.age: 200 year}\n") == CX_CONFIG);
    CHECK(t.findings.n > 0);
    cx_findings_free(&t.findings);
    CHECK(studio_load(&t, "cicatrix-study: 1\nbase: base.yml\nvary:\n"
                          "  device.needle.lenght: {from: 0.5 mm, to: 2.5 mm, steps: 5}\n"
                          "  device.pattern.pitch: [0.4, 99 mm]\n"
                          "  device.pattern.type: [square, hexx]\n"
                          "  parameters.tgfb1_deca: [1 1/day]\n"
                          "  skin.age: {from: 60 year, to: 20 year, steps: 3}\n"
                          "metod: grid\noutcomes: [collagen_totl_gain]\n"
                          "limits: {time: 20}\n") == CX_CONFIG);
    static const int wanted[][3] = {{4, 3, 30},  {5, 26, 21},  {5, 31, 33},
                                    {6, 33, 34}, {7, 3, 31},   {8, 13, 102},
                                    {9, 1, 30},  {10, 12, 36}, {11, 16, 21}};
    const int n = (int)(sizeof wanted / sizeof *wanted);
    CHECK_MSG(t.findings.n == n, "%d findings", t.findings.n);
    for (int i = 0; i < n && i < t.findings.n; i++) {
        const struct cx_error *e = &t.findings.at[i];
        CHECK_MSG(e->line == wanted[i][0] && e->column == wanted[i][1] && e->code == wanted[i][2],
                  "%d:%d E%03d %s", e->line, e->column, e->code, e->text);
    }
    studio_close(&t);
}

static void test_not_a_study(void) {
    struct studio t;
    char path[160];
    studio_begin(&t);
    snprintf(path, sizeof path, "%s/base.yml", t.folder);
    CHECK(!cx_study_is(path));
    CHECK(studio_load(&t, "cicatrix: 1\n") == CX_CONFIG);
    CHECK(t.findings.n == 1 && t.findings.at[0].code == 100);
    cx_findings_free(&t.findings);
    CHECK(studio_load(&t, "cicatrix-study: 1\nbase: nowhere.yml\nvary: {skin.age: [20 year]}\n") ==
          CX_CONFIG);
    CHECK(t.findings.n == 1 && t.findings.at[0].code == 38 && t.findings.at[0].line == 2);
    snprintf(path, sizeof path, "%s/study.yml", t.folder);
    CHECK(cx_study_is(path));
    studio_close(&t);
}

int main(void) {
    RUN(test_grid);
    RUN(test_grid_is_round);
    RUN(test_lhs);
    RUN(test_sobol);
    RUN(test_morris);
    RUN(test_saltelli);
    RUN(test_list);
    RUN(test_unit_cube);
    RUN(test_findings);
    RUN(test_not_a_study);
    return check_done();
}
