/* Points in, outcomes out: computed once, whatever happens a status, tables with the same bytes. */
#include "run/engine.h"
#include "study/studio.h"

#include <sys/stat.h>

static const char two_by_two[] = "cicatrix-study: 1\nbase: base.yml\nvary:\n"
                                 "  device.needle.length: [0.5 mm, 1 mm]\n"
                                 "  skin.age: [30 year, 50 year]\n"
                                 "outcomes: [collagen_total_gain, erythema_peak]\n";

static struct cx_study_table evaluate(const struct studio *t, const struct cx_design *d,
                                      const struct cx_study_options *o) {
    struct cx_study_table table;
    struct cx_error e = {0};
    const enum cx_status status = cx_study_evaluate(&t->study, d, o, &table, &e);
    CHECK_MSG(status == CX_OK, "%s", e.text);
    return table;
}

static int cached(const struct cx_study_table *t) {
    int n = 0;
    for (int i = 0; i < t->runs; i++) n += t->run[i].cached;
    return n;
}

/* Same bits as a run of its own, and never computed twice. */
static void test_same_path(void) {
    struct studio t;
    struct cx_design d;
    struct cx_error e = {0};
    const struct cx_study_options o = {.workers = 2, .threads = 1};
    studio_open(&t, two_by_two);
    CHECK(cx_design_make(&t.study, &d, &e) == CX_OK);
    struct cx_study_table a = evaluate(&t, &d, &o), b = evaluate(&t, &d, &o);
    CHECK(a.runs == 4 && a.count[CX_RUN_OK] == 4 && cached(&a) == 0 && cached(&b) == 4);
    CHECK(memcmp(a.value, b.value, 8 * sizeof *a.value) == 0);
    struct cx_scenario s;
    struct cx_run_summary made;
    char folder[128];
    snprintf(folder, sizeof folder, "%s/alone", t.folder);
    const struct cx_run_options alone = {.folder = folder};
    CHECK(cx_study_scenario(&t.study, cx_design_row(&d, 2), 0, &s, &e) == CX_OK);
    CHECK(cx_run(&s, &alone, &made, &e) == CX_OK);
    for (int i = 0; i < made.outcome_count; i++)
        if (strcmp(made.outcome[i].name, "erythema_peak") == 0)
            CHECK(made.outcome[i].value == cx_study_row(&a, 2)[1] && made.outcome[i].value > 0);
    CHECK_STR(made.digest, a.run[2].digest);
    cx_run_summary_free(&made);
    cx_scenario_free(&s);
    cx_study_table_free(&a);
    cx_study_table_free(&b);
    cx_design_free(&d);
    studio_close(&t);
}

/* What an optimiser does: points of its own, some of them known already, some alike. */
static void test_points(void) {
    struct studio t;
    struct cx_design d;
    struct cx_error e = {0};
    const struct cx_study_options o = {.threads = 1};
    studio_open(&t, two_by_two);
    CHECK(cx_design_create(3, 2, &d, &e) == CX_OK);
    const double at[6] = {0.8, 40, 0.8, 40, 0.9, 45};
    memcpy(d.at, at, sizeof at);
    struct cx_study_table a = evaluate(&t, &d, &o);
    CHECK(a.distinct == 2 && a.run[1].same_as == 0 && a.count[CX_RUN_OK] == 3);
    CHECK(cx_study_row(&a, 0)[0] == cx_study_row(&a, 1)[0]);
    d.at[5] = 46;
    struct cx_study_table b = evaluate(&t, &d, &o);
    CHECK(cached(&b) == 2 && b.count[CX_RUN_OK] == 3);
    cx_study_table_free(&a);
    cx_study_table_free(&b);
    cx_design_free(&d);
    studio_close(&t);
}

/* A point that is no scenario is a row of the table. */
static void test_statuses(void) {
    struct studio t;
    struct cx_design d;
    struct cx_error e = {0};
    const struct cx_study_options o = {.workers = 1, .threads = 1};
    studio_open(&t, "cicatrix-study: 1\nbase: base.yml\nvary:\n"
                    "  device.needle.length: [1 mm, 4 mm]\noutcomes: [erythema_peak]\n");
    CHECK(cx_design_make(&t.study, &d, &e) == CX_OK);
    struct cx_study_table a = evaluate(&t, &d, &o);
    CHECK(a.run[0].status == CX_RUN_OK && a.run[1].status == CX_RUN_FAILED);
    CHECK(isfinite(cx_study_row(&a, 0)[0]) && isnan(cx_study_row(&a, 1)[0]));
    CHECK(a.run[1].message[0] && cx_study_table_bad(&a) == 1);
    cx_study_table_free(&a);
    cx_design_free(&d);
    studio_close(&t);
}

/* So is one that takes too long: minutes on any machine, and it is given a hundredth of a second. */
static void test_timeout(void) {
    struct studio t;
    struct cx_design d;
    struct cx_error e = {0};
    const struct cx_study_options o = {.workers = 1, .threads = 1};
    studio_open(&t, "cicatrix-study: 1\nbase: base.yml\n"
                    "set: {domain.geometry: patch, domain.size: [2 mm, 2 mm, 2 mm], "
                    "domain.cell: 50 um, time.end: 3000 day}\n"
                    "vary: {device.needle.length: [1 mm]}\noutcomes: [erythema_peak]\n");
    CHECK(cx_design_make(&t.study, &d, &e) == CX_OK);
    t.study.time_s = 0.01;
    struct cx_study_table a = evaluate(&t, &d, &o);
    CHECK(a.run[0].status == CX_RUN_TIMEOUT && !a.run[0].cached && a.run[0].message[0]);
    CHECK(cx_study_table_bad(&a) == 1);
    cx_study_table_free(&a);
    cx_design_free(&d);
    studio_close(&t);
}

/* What the folder says of a run is believed until a retry is asked for. */
static void test_retry(void) {
    struct studio t;
    struct cx_design d;
    struct cx_error e = {0};
    struct cx_run_record late = {.status = CX_RUN_TIMEOUT, .attempts = 1, .seed = 1};
    struct cx_study_options o = {.workers = 1, .threads = 1};
    studio_open(&t, "cicatrix-study: 1\nbase: base.yml\nvary: {device.needle.length: [1 mm]}\n"
                    "outcomes: [erythema_peak]\n");
    CHECK(cx_design_make(&t.study, &d, &e) == CX_OK);
    const struct cx_study_options look = {.look = true};
    struct cx_study_table a = evaluate(&t, &d, &look);
    snprintf(late.digest, sizeof late.digest, "%s", a.run[0].digest);
    snprintf(late.engine, sizeof late.engine, "%s", cx_engine());
    late.keep = t.study.keep;
    CHECK(cx_run_record_write(t.study.folder, &late, &e) == CX_OK);
    cx_study_table_free(&a);
    a = evaluate(&t, &d, &o);
    CHECK_MSG(a.run[0].status == CX_RUN_TIMEOUT && a.run[0].cached, "only a retry repeats it");
    cx_study_table_free(&a);
    o.retry = true;
    a = evaluate(&t, &d, &o);
    CHECK(a.run[0].status == CX_RUN_OK && !a.run[0].cached);
    cx_study_table_free(&a);
    cx_design_free(&d);
    studio_close(&t);
}

static int made_again(const struct studio *t, const struct cx_design *d) {
    const struct cx_study_options o = {.workers = 1, .threads = 1};
    struct cx_study_table a = evaluate(t, d, &o);
    CHECK(a.runs == 1 && a.run[0].status == CX_RUN_OK);
    const int made = a.runs - cached(&a);
    cx_study_table_free(&a);
    return made;
}

/* A record is believed as far as its engine is this one and its files bear it out. */
static void test_belief(void) {
    struct studio t;
    struct cx_design d;
    struct cx_error e = {0};
    struct cx_run_record r;
    char path[700];
    studio_open(&t, "cicatrix-study: 1\nbase: base.yml\nvary: {device.needle.length: [1 mm]}\n"
                    "outcomes: [erythema_peak]\nkeep: fields\n");
    CHECK(cx_design_make(&t.study, &d, &e) == CX_OK);
    CHECK(made_again(&t, &d) == 1 && made_again(&t, &d) == 0);
    const struct cx_study_options look = {.look = true};
    struct cx_study_table a = evaluate(&t, &d, &look);
    snprintf(path, sizeof path, "%.500s/runs/%.64s/run.nc", t.study.folder, a.run[0].digest);
    CHECK(truncate(path, 100) == 0);
    CHECK(made_again(&t, &d) == 1 && made_again(&t, &d) == 0);
    cx_run_record_read(t.study.folder, a.run[0].digest, &r);
    snprintf(r.engine, sizeof r.engine, "0.1.0 of-yesterday");
    CHECK(cx_run_record_write(t.study.folder, &r, &e) == CX_OK);
    cx_run_record_free(&r);
    CHECK(made_again(&t, &d) == 1 && made_again(&t, &d) == 0);
    cx_study_table_free(&a);
    cx_design_free(&d);
    studio_close(&t);
}

/* Parts that know nothing of each other, gathered afterwards, give the tables of one process. */
static void test_parts(void) {
    struct studio t;
    struct cx_design d;
    struct cx_error e = {0};
    studio_open(&t, two_by_two);
    CHECK(cx_design_make(&t.study, &d, &e) == CX_OK);
    for (int part = 0; part < 3; part++) {
        const struct cx_study_options o = {.threads = 1, .shared = true, .part = part, .parts = 3};
        struct cx_study_table some = evaluate(&t, &d, &o);
        cx_study_table_free(&some);
    }
    const struct cx_study_options look = {.look = true}, whole = {.threads = 1};
    struct cx_study_table a = evaluate(&t, &d, &look);
    CHECK(a.count[CX_RUN_OK] == 4);
    snprintf(t.study.folder, sizeof t.study.folder, "%s/other", t.folder);
    struct cx_study_table b = evaluate(&t, &d, &whole);
    CHECK(cached(&b) == 0 && memcmp(a.value, b.value, 8 * sizeof *a.value) == 0);
    cx_study_table_free(&a);
    cx_study_table_free(&b);
    cx_design_free(&d);
    studio_close(&t);
}

/* A record that was torn or belongs to another engine is not believed. */
static void test_records(void) {
    struct studio t;
    struct cx_error e = {0};
    struct cx_run_record r = {.status = CX_RUN_CRASHED, .attempts = 2, .seed = 7}, back;
    studio_begin(&t);
    memset(r.digest, 'a', 64);
    snprintf(r.message, sizeof r.message, "\"quoted\", and more");
    cx_run_record_read(t.folder, r.digest, &back);
    CHECK(back.status == CX_RUN_MISSING);
    CHECK(cx_run_record_write(t.folder, &r, &e) == CX_OK);
    cx_run_record_read(t.folder, r.digest, &back);
    CHECK(back.status == CX_RUN_CRASHED && back.attempts == 2 && back.seed == 7);
    CHECK_STR(back.message, r.message);
    cx_run_record_free(&back);
    char name[160], folder[640];
    cx_run_record_folder(t.folder, r.digest, folder);
    snprintf(name, sizeof name, "runs/%s/record.json", r.digest);
    studio_file(&t, name, "{\"schema_version\": 1, \"sta");
    cx_run_record_read(t.folder, r.digest, &back);
    CHECK(back.status == CX_RUN_INTERRUPTED);
    studio_close(&t);
}

int main(void) {
    RUN(test_same_path);
    RUN(test_points);
    RUN(test_statuses);
    RUN(test_timeout);
    RUN(test_retry);
    RUN(test_belief);
    RUN(test_parts);
    RUN(test_records);
    return check_done();
}
