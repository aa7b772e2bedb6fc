/* The effective configuration, read again, is the same scenario to the last bit; the digest tells
 * results apart. */
#include "fixture.h"

#include "config/table.h"
#include "config/write.h"

static bool same_doubles(const double *a, const double *b, int n) {
    return n == 0 || memcmp(a, b, (size_t)n * sizeof *a) == 0;
}

static bool same_value(const struct cx_row *row, const struct cx_scenario *a,
                       const struct cx_scenario *b) {
    const void *x = cx_row_value(a, row), *y = cx_row_value(b, row);
    const struct cx_vector *v = x, *w = y;
    const struct cx_times *t = x, *u = y;
    const struct cx_names *m = x, *n = y;
    switch (row->kind) {
    case CX_KIND_NUMBER:
        return memcmp(x, y, sizeof(double)) == 0 ||
               (isnan(*(const double *)x) && isnan(*(const double *)y));
    case CX_KIND_COUNT: return *(const int64_t *)x == *(const int64_t *)y;
    case CX_KIND_FLAG: return *(const bool *)x == *(const bool *)y;
    case CX_KIND_CHOICE: return *(const int *)x == *(const int *)y;
    case CX_KIND_VECTOR: return v->n == w->n && same_doubles(v->at, w->at, v->n);
    case CX_KIND_TIMES: return t->n == u->n && same_doubles(t->at, u->at, t->n);
    case CX_KIND_NAMES:
        return m->n == n->n && (!m->n || memcmp(m->at, n->at, (size_t)m->n * 64) == 0);
    default: return strcmp(x, y) == 0;
    }
}

static void same_scenario(const struct cx_scenario *a, const struct cx_scenario *b) {
    struct cx_group groups[CX_GROUP_MOST];
    const int n = cx_groups(groups);
    for (int g = 0; g < n; g++)
        for (int i = 0; i < groups[g].count; i++)
            CHECK_MSG(same_value(&groups[g].rows[i], a, b), "%s.%s", groups[g].path,
                      groups[g].rows[i].name);
    CHECK(same_doubles(a->parameter, b->parameter, a->model->param_count));
    CHECK(a->observed_count == b->observed_count && a->expect_count == b->expect_count);
    for (int i = 0; i < a->observed_count; i++) {
        const struct cx_observed *x = &a->observed[i], *y = &b->observed[i];
        CHECK_STR(x->outcome, y->outcome);
        CHECK_STR(x->label, y->label);
        CHECK_STR(x->source, y->source);
        CHECK_STR(x->sign, y->sign);
        CHECK(same_doubles(&x->at, &y->at, 1) || (isnan(x->at) && isnan(y->at)));
        CHECK(same_doubles(&x->value, &y->value, 1) || (isnan(x->value) && isnan(y->value)));
        CHECK(same_doubles(&x->low, &y->low, 1) || (isnan(x->low) && isnan(y->low)));
    }
    for (int i = 0; i < a->expect_count; i++)
        CHECK(same_doubles(&a->expect[i].low, &b->expect[i].low, 1) &&
              same_doubles(&a->expect[i].high, &b->expect[i].high, 1));
}

static void round_trip(const char *text) {
    struct cx_scenario a, b;
    struct cx_findings f = {0};
    char one[65], two[65];
    CHECK(fixture_load(text, &a, &f) == CX_OK);
    char *effective = cx_config_effective(&a);
    CHECK(cx_config_load(fixture_bytes("again.yml", effective, strlen(effective)), NULL,
                         &fixture_models, &b, &f) == CX_OK);
    cx_findings_print(&f, stdout, false);
    if (!f.n) {
        same_scenario(&a, &b);
        cx_config_digest(&a, "1.0", one);
        cx_config_digest(&b, "1.0", two);
        CHECK(strlen(one) == 64);
        CHECK_STR(one, two);
    }
    cx_scenario_free(&a);
    cx_scenario_free(&b);
    cx_findings_free(&f);
    free(effective);
}

static void a_full_scenario_returns(void) { round_trip(fixture_good); }
static void the_defaults_return(void) { round_trip("cicatrix: 1\n"); }

static void awkward_numbers_and_texts_return(void) {
    round_trip(
        "title: \"quote \\\" backslash \\\\ hash # colon: dash - \\u00e9 \\u20ac\"\n"
        "description: 'null'\n"
        "skin: {age: 33.333333333333333 year, photodamage: 12.345678901234567 %, perfusion: 0.1}\n"
        "device: {needle: {length: 1.0000000001 mm, tilt: 0.017 radian}, pattern: {pitch: 0.7 "
        "mm}}\n"
        "treatment: {sessions: [0.1 day, 3.3 day, every 1.1 day from 5.5 day until 9.9 day]}\n"
        "observed: [{outcome: closure_day, value: 0.3333333333333333 week, label: \"a\\nb: # "
        "\\x85\"}]\n");
}

static void a_single_session_returns(void) {
    round_trip(
        "treatment: {sessions: 3 day}\nwound: punch\ndomain: {geometry: column, size: 3 mm}\n");
    round_trip("treatment: {sessions: []}\noutput: {at: [], fields: collagen_1}\n");
}

static void every_default_of_the_tables_is_valid(void) {
    struct cx_scenario s;
    struct cx_findings f = {0};
    CHECK(fixture_load("cicatrix: 1\n", &s, &f) == CX_OK);
    cx_findings_print(&f, stdout, false);
    CHECK(s.needle.length == 1500 && isnan(s.pattern.pitch) && s.domain.size.n == 0);
    CHECK(s.treatment.sessions.n == 1 && s.treatment.sessions.at[0] == 0);
    CHECK(s.output.at.n == 7 && s.output.at.at[3] == 168);
    cx_scenario_free(&s);
    cx_findings_free(&f);
}

/* Digest of `text` with one override, into hex. */
static void digest_of(const char *path, const char *value, char hex[65]) {
    struct cx_scenario s;
    struct cx_findings f = {0};
    const struct cx_override o = {path, value, NULL};
    fixture_bytes("pilot.yml", fixture_good, strlen(fixture_good));
    CHECK(cx_config_load(fixture_file, &(struct cx_overrides){&o, *path ? 1 : 0}, &fixture_models,
                         &s, &f) == CX_OK);
    cx_findings_print(&f, stdout, false);
    cx_config_digest(&s, "1.0", hex);
    cx_scenario_free(&s);
    cx_findings_free(&f);
}

static void the_digest_sees_what_changes_a_result_and_nothing_else(void) {
    static const struct {
        const char *path, *value;
        bool same;
    } cases[] = {{"title", "other", true},
                 {"output.at", "1 day", true},
                 {"output.fields", "[]", true},
                 {"run.threads", "3", true},
                 {"run.memory", "1 GB", true},
                 {"skin.age", "20075 day", false},
                 {"device.needle.length", "1100 um", true},
                 {"device.needle.length", "1101 um", false},
                 {"run.seed", "43", false},
                 {"parameters.share", "0.3", true},
                 {"parameters.share", "0.31", false},
                 {"solver.tolerance", "1e-4", false},
                 {"time.end", "25 week", false}};
    char base[65], hex[65];
    digest_of("", "", base);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        digest_of(cases[i].path, cases[i].value, hex);
        CHECK_MSG((strcmp(base, hex) == 0) == cases[i].same, "%s=%s", cases[i].path,
                  cases[i].value);
    }
}

static void the_digest_sees_the_content_of_the_needle_file(void) {
    static const char text[] = "device: {pattern: {file: needles.csv}}\n";
    char hex[3][65];
    for (int i = 0; i < 3; i++) {
        struct cx_scenario s;
        struct cx_findings f = {0};
        fixture_bytes("needles.csv", i == 1 ? "x,y\n1,2\n" : "x,y\n1,1\n", 8);
        CHECK(fixture_load(text, &s, &f) == CX_OK);
        cx_config_digest(&s, "1.0", hex[i]);
        cx_scenario_free(&s);
        cx_findings_free(&f);
    }
    CHECK(strcmp(hex[0], hex[1]) != 0);
    CHECK_STR(hex[0], hex[2]);
}

static void the_effective_configuration_names_origins_and_sources(void) {
    struct cx_scenario s;
    struct cx_findings f = {0};
    CHECK(fixture_load(fixture_good, &s, &f) == CX_OK);
    char *text = cx_config_effective(&s);
    CHECK(
        strstr(text, "    length: 1100 um  # pilot.yml:12:20; nominal needle length [setting]\n"));
    CHECK(strstr(
        text,
        "  source: 0.3333333333333333 ng/mL/h  # default; release [assumed: for the test]\n"));
    CHECK(!strstr(text, fixture_folder));
    cx_scenario_free(&s);
    cx_findings_free(&f);
    free(text);
}

int main(void) {
    fixture_open();
    RUN(every_default_of_the_tables_is_valid);
    RUN(the_defaults_return);
    RUN(a_full_scenario_returns);
    RUN(awkward_numbers_and_texts_return);
    RUN(a_single_session_returns);
    RUN(the_effective_configuration_names_origins_and_sources);
    RUN(the_digest_sees_what_changes_a_result_and_nothing_else);
    RUN(the_digest_sees_the_content_of_the_needle_file);
    fixture_close();
    return check_done();
}
