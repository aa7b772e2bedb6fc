/* The public interface: what it refuses, that an override counts, that a stopped run goes on, that outcomes have names. */
#include "cicatrix.h"

#include "check.h"

#include <ftw.h>
#include <stdlib.h>

static const char scenario_file[] = "tests/install/scenario.yml";

/* A fresh place for results; the caller frees the text. */
static char *place(const char *name) {
    static const char base[] = "/tmp/cicatrix-library-XXXXXX";
    char folder[sizeof base];
    memcpy(folder, base, sizeof base);
    CHECK(mkdtemp(folder));
    char *path = malloc(sizeof base + 1 + strlen(name));
    if (path) snprintf(path, sizeof base + 1 + strlen(name), "%s/%s", folder, name);
    return path;
}

static int remove_one(const char *path, const struct stat *about, int kind, struct FTW *where) {
    (void)about, (void)kind, (void)where;
    return remove(path);
}

/* Removes what place() made, with all that a run left in it. */
static void leave(char *path) {
    *strrchr(path, '/') = 0;
    CHECK(nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS) == 0);
    free(path);
}

static void versions_and_models_are_named(void) {
    CHECK(strlen(cicatrix_version()) >= 5 && strlen(cicatrix_commit()) >= 7);
    CHECK(cicatrix_model_count() >= 1);
    for (int i = 0; i < cicatrix_model_count(); i++) {
        CHECK(cicatrix_model_name(i)[0] && cicatrix_model_title(i)[0]);
    }
    CHECK(!cicatrix_model_name(-1) && !cicatrix_model_title(cicatrix_model_count()));
}

static void nonsense_is_refused(void) {
    struct cicatrix_error e;
    struct cicatrix_result *r = (struct cicatrix_result *)1;
    CHECK(!cicatrix_scenario_create(NULL));
    CHECK(cicatrix_scenario_set(NULL, "a", "b") == CICATRIX_USAGE);
    CHECK(cicatrix_run(NULL, &(struct cicatrix_options){0}, &r, &e) == CICATRIX_USAGE && !r);
    CHECK(e.status == CICATRIX_USAGE && e.text[0]);
    CHECK(cicatrix_resume(NULL, &r, &e) == CICATRIX_USAGE);
    CHECK(cicatrix_result_count(NULL) == 0 && !cicatrix_result_find(NULL, "a"));
    cicatrix_result_free(NULL);
    cicatrix_scenario_free(NULL);
}

static void a_missing_file_is_a_storage_error(void) {
    struct cicatrix_scenario *s = cicatrix_scenario_create("tests/install/no_such_file.yml");
    CHECK(cicatrix_scenario_check(s) == CICATRIX_STORAGE);
    CHECK(strstr(cicatrix_scenario_findings(s), "no_such_file.yml"));
    cicatrix_scenario_free(s);
}

static void a_wrong_override_is_found_and_can_be_taken_back(void) {
    struct cicatrix_scenario *s = cicatrix_scenario_create(scenario_file);
    struct cicatrix_plan plan;
    struct cicatrix_error e;
    CHECK(cicatrix_scenario_check(s) == CICATRIX_OK);
    CHECK(cicatrix_scenario_set(s, "device.needle.length", "1 furlong per mile") == CICATRIX_OK);
    CHECK(cicatrix_scenario_check(s) == CICATRIX_CONFIG);
    CHECK(strlen(cicatrix_scenario_findings(s)) > 20);
    CHECK(cicatrix_scenario_plan(s, &plan, &e) == CICATRIX_CONFIG && e.text[0] && e.code > 0);
    CHECK(cicatrix_scenario_set(s, "device.needle.length", "1 mm") == CICATRIX_OK);
    CHECK(cicatrix_scenario_check(s) == CICATRIX_OK);
    CHECK_STR(cicatrix_scenario_findings(s), "");
    cicatrix_scenario_free(s);
}

static void the_plan_knows_the_grid(void) {
    struct cicatrix_scenario *s = cicatrix_scenario_create(scenario_file);
    struct cicatrix_plan plan = {0};
    CHECK(cicatrix_scenario_plan(s, &plan, NULL) == CICATRIX_OK);
    CHECK(plan.shape[0] == 1 && plan.shape[1] == 1 && plan.shape[2] > 10);
    CHECK(plan.cells == plan.shape[2] && plan.sessions == 1 && plan.frames == 2);
    CHECK(plan.memory_bytes > 0 && plan.species > 0);
    CHECK_NEAR(plan.days, 1, 1e-9);
    cicatrix_scenario_free(s);
}

static int stop_at_once(const struct cicatrix_progress *p, void *user) {
    *(double *)user = p->end_day;
    return 1;
}

/* Outcomes of two results, value for value. */
static void check_same(const struct cicatrix_result *a, const struct cicatrix_result *b) {
    CHECK(cicatrix_result_count(a) > 0 && cicatrix_result_count(a) == cicatrix_result_count(b));
    for (int i = 0; i < cicatrix_result_count(a); i++) {
        const struct cicatrix_outcome *x = cicatrix_result_outcome(a, i);
        const struct cicatrix_outcome *y = cicatrix_result_find(b, x->name);
        CHECK_MSG(y && memcmp(&x->value, &y->value, sizeof x->value) == 0, "%s", x->name);
        CHECK(x->unit && x->definition[0] && x->evidence[0]);
    }
}

static void a_stopped_run_goes_on_to_the_same_end(void) {
    struct cicatrix_scenario *s = cicatrix_scenario_create(scenario_file);
    struct cicatrix_result *whole = NULL, *part = NULL, *rest = NULL;
    struct cicatrix_error e = {0};
    double end_day = 0;
    char *a = place("whole"), *b = place("parts");
    const struct cicatrix_options stopping = {
        .folder = b, .progress = stop_at_once, .user = &end_day};
    CHECK_MSG(!cicatrix_run(s, &(struct cicatrix_options){.folder = a}, &whole, &e), "%s", e.text);
    CHECK(cicatrix_run(s, &stopping, &part, &e) == CICATRIX_STOPPED);
    CHECK(cicatrix_result_summary(part)->end_day < cicatrix_result_summary(whole)->end_day);
    CHECK_NEAR(end_day, 1, 1e-9);
    CHECK_MSG(!cicatrix_resume(&(struct cicatrix_options){.folder = b}, &rest, &e), "%s", e.text);
    check_same(whole, rest);
    CHECK_STR(cicatrix_result_summary(whole)->digest, cicatrix_result_summary(rest)->digest);
    CHECK_STR(cicatrix_result_summary(rest)->folder, b);
    cicatrix_result_free(whole);
    cicatrix_result_free(part);
    cicatrix_result_free(rest);
    cicatrix_scenario_free(s);
    leave(a);
    leave(b);
}

static void an_existing_run_is_not_overwritten(void) {
    struct cicatrix_scenario *s = cicatrix_scenario_create(scenario_file);
    struct cicatrix_result *r = NULL;
    struct cicatrix_error e = {0};
    char *a = place("once");
    struct cicatrix_options o = {.folder = a};
    CHECK(cicatrix_run(s, &o, NULL, &e) == CICATRIX_OK);
    CHECK(cicatrix_run(s, &o, &r, &e) == CICATRIX_STORAGE && !r);
    CHECK(e.code == 70 && e.hint[0]);
    o.replace = 1;
    CHECK(cicatrix_run(s, &o, &r, &e) == CICATRIX_OK && r);
    cicatrix_result_free(r);
    cicatrix_scenario_free(s);
    leave(a);
}

int main(void) {
    RUN(versions_and_models_are_named);
    RUN(nonsense_is_refused);
    RUN(a_missing_file_is_a_storage_error);
    RUN(a_wrong_override_is_found_and_can_be_taken_back);
    RUN(the_plan_knows_the_grid);
    RUN(a_stopped_run_goes_on_to_the_same_end);
    RUN(an_existing_run_is_not_overwritten);
    return check_done();
}
