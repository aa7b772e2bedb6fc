/* outcomes.json and series.csv come back as written; a number that does not exist is null or an empty cell. */
#include "base/file.h"
#include "check.h"
#include "watch/outcomes_json.h"
#include "watch/scratch.h"
#include "watch/series_csv.h"

static struct scratch place;

static void it_comes_back_as_written(void) {
    char room[400];
    struct cx_error e = {0};
    const struct cx_outcome_entry outcome[] = {
        {"closure_day",
         "day",
         "first day closed",
         "compared with \"suction blisters\"",
         1.0 / 3,
         true,
         0.25,
         NAN,
         {0.25, NAN, 0.9, 7, true}},
        {"never", "day", "not reached", "none", NAN, false, 0, 0, {0, 0, 0, 0, false}}};
    const struct cx_observed_entry observed[] = {
        {"closure_day", "day", "blister", "10.1000/x", "", 4, 0.5, 0.25, NAN, 1.0 / 3,
         CX_AGREES_YES},
        {"never", "day", "l", "s", "up", NAN, NAN, NAN, NAN, NAN, CX_AGREES_UNKNOWN},
        {"never", "day", "l", "s", "down", 1, 2, 1, 3, 9, CX_AGREES_NO}};
    const struct cx_numerics_entry numerics[] = {{"steps", 1234}, {"clipped_share", 1e-9}};
    const struct cx_outcomes o = {"pilot", "demo",  "abc",    2,        3,
                                  2,       outcome, observed, numerics, NULL};
    const char *path = scratch_path(&place, "outcomes.json", room);
    CHECK_MSG(cx_outcomes_write(path, &o, &e) == CX_OK, "%s", e.text);

    struct cx_outcomes r;
    CHECK_MSG(cx_outcomes_read(path, &r, &e) == CX_OK, "%s", e.text);
    CHECK(r.outcome_count == 2 && r.observed_count == 3 && r.numerics_count == 2);
    CHECK_STR(r.scenario, "pilot");
    CHECK_STR(r.model, "demo");
    CHECK_STR(r.digest, "abc");
    const struct cx_outcome_entry *closure = cx_outcomes_find(&r, "closure_day");
    CHECK(closure && closure->certified && closure->time_error == 0.25 &&
          isnan(closure->grid_error));
    CHECK(!cx_outcomes_find(&r, "never")->certified);
    CHECK(closure && closure->spread.there && closure->spread.low == 0.25 &&
          isnan(closure->spread.high) && closure->spread.level == 0.9 &&
          closure->spread.draws == 7);
    CHECK(!cx_outcomes_find(&r, "never")->spread.there);
    CHECK(closure && closure->value == 1.0 / 3);
    CHECK_STR(closure->evidence, "compared with \"suction blisters\"");
    CHECK(isnan(cx_outcomes_find(&r, "never")->value));
    CHECK(cx_outcomes_find(&r, "other") == NULL);
    CHECK(r.observed[0].agrees == CX_AGREES_YES && r.observed[0].low == 0.25);
    CHECK(isnan(r.observed[0].high) && r.observed[0].at_day == 4);
    CHECK(r.observed[1].agrees == CX_AGREES_UNKNOWN && isnan(r.observed[1].at_day));
    CHECK(r.observed[2].agrees == CX_AGREES_NO && r.observed[2].simulated == 9);
    CHECK_STR(r.observed[2].sign, "down");
    CHECK_STR(r.numerics[0].name, "steps");
    CHECK(r.numerics[1].value == 1e-9);
    cx_outcomes_free(&r);
}

static void refused(const char *text, const char *reason) {
    char room[400];
    struct cx_error e = {0};
    struct cx_outcomes r;
    const char *path = scratch_path(&place, "bad.json", room);
    CHECK(cx_file_write(path, text, strlen(text), &e) == CX_OK);
    CHECK_MSG(cx_outcomes_read(path, &r, &e) == CX_STORAGE && e.code == 76, "accepted: %s", text);
    CHECK_MSG(strstr(e.text, reason) != NULL, "%s", e.text);
    CHECK(r.owner == NULL);
}

static void what_is_not_an_outcomes_file_is_refused(void) {
    refused("", "end of file");
    refused("[1]", "schema_version");
    refused("{\"schema_version\": 2, \"outcomes\": {}}", "schema_version");
    refused("{\"schema_version\": 1}", "outcomes");
    refused("{\"schema_version\": 1, \"outcomes\": {}, \"observed\": {}}", "observed");
    refused("{\"schema_version\": 1, \"outcomes\": {\"a\": {}, \"a\": {}}}", "duplicate");
    const struct cx_outcomes o = {.scenario = "\xff\xfe"};
    struct cx_error e;
    CHECK(cx_outcomes_write("/nowhere", &o, &e) == CX_STORAGE && e.code == 76);
}

static void what_is_absent_is_empty(void) {
    char room[400];
    static const char text[] = "{\"schema_version\":1,\"outcomes\":{\"a\":{},\"b\":3}}";
    struct cx_outcomes r;
    const char *path = scratch_path(&place, "little.json", room);
    CHECK(cx_file_write(path, text, strlen(text), NULL) == CX_OK);
    CHECK(cx_outcomes_read(path, &r, NULL) == CX_OK);
    CHECK(r.outcome_count == 2 && r.observed_count == 0);
    CHECK(isnan(r.outcome[0].value) && isnan(r.outcome[1].value));
    CHECK_STR(r.outcome[1].unit, "");
    CHECK_STR(r.scenario, "");
    cx_outcomes_free(&r);
}

static void series_are_a_plain_table(void) {
    char room[400];
    const struct cx_named names[] = {{"collagen_mean", "1", ""}, {"odd, \"name\"", "1", ""}};
    const double day[] = {0, 0.1}, values[] = {1, NAN, 1.0 / 3, -INFINITY};
    const struct cx_series_table t = {2, names, 2, day, values};
    const char *path = scratch_path(&place, "series.csv", room);
    CHECK(cx_series_csv_write(path, &t, NULL) == CX_OK);
    unsigned char *bytes;
    size_t n;
    CHECK(cx_file_read(path, 4096, &bytes, &n, NULL) == CX_OK);
    CHECK_STR((const char *)bytes, "time_day,collagen_mean,\"odd, \"\"name\"\"\"\n0,1,\n"
                                   "0.10000000000000001,0.33333333333333331,-inf\n");
    free(bytes);
}

/* More than one buffer full, and every number the same double again. */
static void long_series_survive(void) {
    enum { ROWS = 3000, COUNT = 5 };
    static double day[ROWS], values[ROWS * COUNT];
    char room[400];
    uint64_t random = 7;
    const struct cx_named names[COUNT] = {
        {"a", "", ""}, {"b", "", ""}, {"c", "", ""}, {"d", "", ""}, {"e", "", ""}};
    for (int i = 0; i < ROWS; i++) day[i] = i / 24.0;
    for (int i = 0; i < ROWS * COUNT; i++)
        values[i] =
            ldexp((double)scratch_random(&random), -70 + (int)(scratch_random(&random) % 20));
    const struct cx_series_table t = {COUNT, names, ROWS, day, values};
    const char *path = scratch_path(&place, "long.csv", room);
    CHECK(cx_series_csv_write(path, &t, NULL) == CX_OK);
    unsigned char *bytes;
    size_t n;
    int wrong = 0;
    CHECK(cx_file_read(path, 1 << 22, &bytes, &n, NULL) == CX_OK);
    const char *p = strchr((const char *)bytes, '\n') + 1;
    for (int i = 0; i < ROWS; i++) {
        for (int s = -1; s < COUNT; s++) {
            char *end;
            wrong += strtod(p, &end) != (s < 0 ? day[i] : values[i * COUNT + s]);
            p = end + 1;
        }
    }
    CHECK(wrong == 0);
    CHECK(p == (const char *)bytes + n);
    free(bytes);
}

int main(void) {
    place = scratch_make();
    RUN(it_comes_back_as_written);
    RUN(what_is_not_an_outcomes_file_is_refused);
    RUN(what_is_absent_is_empty);
    RUN(series_are_a_plain_table);
    RUN(long_series_survive);
    scratch_clear(&place);
    return check_done();
}
