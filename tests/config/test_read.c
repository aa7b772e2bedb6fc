/* Good configurations arrive converted; bad ones are refused with code, line, column and a way
 * out, all in one pass. */
#include "fixture.h"

#include "config/table.h"

static void print_all(const struct cx_findings *f) { cx_findings_print(f, stdout, false); }

static void a_full_scenario_arrives_in_engine_units(void) {
    struct cx_scenario s;
    struct cx_findings f = {0};
    CHECK(fixture_load(fixture_good, &s, &f) == CX_OK);
    if (f.n) print_all(&f);
    CHECK(f.n == 0);
    CHECK_STR(s.name, "pilot");
    CHECK_STR(s.folder, fixture_folder);
    CHECK_STR(s.root.title, "1.5 mm pen, \"four\" sessions \\ photo-aged cheek \xc3\xa9");
    CHECK_STR(s.root.description, "two lines become one");
    CHECK(s.model == &fixture_model && s.skin.age == 55 && s.skin.photodamage == 0.6);
    CHECK(s.domain.size.n == 3 && s.domain.size.at[2] == 3300 && s.domain.cell == 25);
    CHECK(s.left.kind == CX_PERIODIC && s.bottom.kind == CX_ROBIN && s.bottom.transfer == 125);
    CHECK(s.pattern.type == CX_HEX && s.pattern.density == 144 && isnan(s.pattern.pitch));
    CHECK(s.needle.length == 1100 && s.treatment.sessions.n == 4 &&
          s.treatment.sessions.at[3] == 2016);
    CHECK(s.treatment.passes == 4 && s.run.seed == 42 && s.time.end == 4032);
    CHECK(s.parameter[0] == 9.1 && s.parameter[1] == 360 && s.parameter[2] == 0.3);
    CHECK(s.parameter[3] == 1.0 / 3.0);
    CHECK(s.output.fields.n == 1 && s.solver.tolerance == 1e-2 && s.run.memory == 8);
    cx_scenario_free(&s);
    cx_findings_free(&f);
}

static void output_times_are_sorted_once_each_and_end_with_the_run(void) {
    struct cx_scenario s;
    struct cx_findings f = {0};
    const char *text =
        "time: {end: 10 day}\noutput: {at: [every 7 day, 1 day, 7 day, 6 h, 30 day]}\n";
    CHECK(fixture_load(text, &s, &f) == CX_OK);
    const double want[] = {0, 6, 24, 168};
    CHECK(s.output.at.n == 4);
    for (int i = 0; i < 4 && i < s.output.at.n; i++) CHECK(s.output.at.at[i] == want[i]);
    cx_scenario_free(&s);
    cx_findings_free(&f);
}

static void observations_and_expectations_are_in_the_outcomes_unit(void) {
    struct cx_scenario s;
    struct cx_findings f = {0};
    CHECK(fixture_load(fixture_good, &s, &f) == CX_OK);
    CHECK(s.observed_count == 2 && s.expect_count == 3);
    const struct cx_observed *o = s.observed;
    CHECK(o[0].at == 2160 && o[0].value == 53.2 && o[0].high == 60);
    CHECK_NEAR(o[0].low, 40, 1e-12); /* 0.4 in `unit: '1'` */
    CHECK_STR(o[0].unit, "percent");
    CHECK_STR(o[1].sign, "up");
    CHECK(isnan(o[1].value) && isnan(o[1].at));
    CHECK_NEAR(s.expect[0].low, 7.3, 1e-12);
    CHECK_NEAR(s.expect[1].high, 12.12, 1e-12);
    CHECK(s.expect[2].low == 1 && s.expect[2].high == 2);
    cx_scenario_free(&s);
    cx_findings_free(&f);
}

static const struct cx_origin *origin(const struct cx_scenario *s, const char *path) {
    for (int i = 0; i < s->origin_count; i++)
        if (strcmp(s->origin[i].path, path) == 0) return &s->origin[i];
    return NULL;
}

static void overrides_win_and_origins_tell(void) {
    struct cx_scenario s;
    struct cx_findings f = {0};
    const struct cx_override o[] = {{"device.needle.length", "2 mm", NULL},
                                    {"treatment.sessions", "[0 day, 14 day]", NULL},
                                    {"domain.left.kind", "fixed", NULL},
                                    {"domain.right", "no_flux", NULL},
                                    {"device.pattern", "{type: square, pitch: 0.4 mm}", NULL},
                                    {"parameters.share", "0.2", "sweep"}};
    const char *path = fixture_bytes("pilot.yml", fixture_good, strlen(fixture_good));
    CHECK(cx_config_load(path, &(struct cx_overrides){o, 6}, &fixture_models, &s, &f) == CX_OK);
    if (f.n) print_all(&f);
    CHECK(s.needle.length == 2000 && s.treatment.sessions.n == 2 && s.left.kind == CX_FIXED);
    CHECK(s.pattern.type == CX_SQUARE && s.pattern.pitch == 400 && isnan(s.pattern.density));
    CHECK(s.parameter[2] == 0.2 && s.needle.diameter == 250);
    CHECK_STR(origin(&s, "device.needle.length")->from, "--set");
    CHECK_STR(origin(&s, "device.needle.length")->value, "2 mm");
    CHECK_STR(origin(&s, "parameters.share")->from, "sweep");
    CHECK_STR(origin(&s, "parameters.chemotaxis")->from, "pilot.yml:15:63");
    CHECK_STR(origin(&s, "skin.age")->from, "pilot.yml:7:26");
    CHECK_STR(origin(&s, "skin.age")->value, "55 year");
    CHECK_STR(origin(&s, "skin.smoking")->from, "default");
    CHECK_STR(origin(&s, "treatment.sessions")->value, "[0 day, 14 day]");
    cx_scenario_free(&s);
    cx_findings_free(&f);
}

/* clang-format off */
static const struct mistake mistakes[] = {
    {"device:\n  needle: {dimater: 1 mm}\n", 30, 2, 12, "did you mean 'diameter'"},
    {"devise: {penetration: 0.5}\n", 30, 1, 1, "did you mean 'device'"},
    {"skin:\n  lenght: 1 mm\n", 30, 2, 3, "unknown key 'lenght' in skin"},
    {"device: {pitch: 1 mm}\n", 30, 1, 10, "device.pattern.pitch"},
    {"cicatrix-study: 1\n", 30, 1, 1, "cicatrix sweep"},
    {"parameters: {tgfb_decay: 9 1/day}\n", 31, 1, 14, "did you mean 'tgfb1_decay'"},
    {"parameters: {tgfb1_decay: 9}\n", 21, 1, 27, "a rate such as"},
    {"parameters: {tgfb1_decay: 900 1/day}\n", 33, 1, 27, "allowed is 0.1 to 100 1/day"},
    {"parameters: [1, 2]\n", 32, 1, 1, "found a list"},
    {"device: {needle: {length: 1.5}}\n", 21, 1, 27, "a length such as 1.5 mm"},
    {"device: {needle: {length: 1.5 kg}}\n", 23, 1, 27, "a length such as 1.5 mm"},
    {"device: {needle: {length: 1.5 mmm}}\n", 22, 1, 27, "did you mean"},
    {"device: {needle: {length: long}}\n", 20, 1, 27, "not a plain decimal number"},
    {"device: {needle: {length: 1e999 mm}}\n", 24, 1, 27, "too large"},
    {"device:\n  needle:\n    length: 90 mm\n", 33, 3, 13, "allowed is 20 to 20000 um"},
    {"device: {needle: {length: [1 mm]}}\n", 32, 1, 19, "expects a single value, found a list"},
    {"device: {needle:\n", 10, 2, 1, "not valid YAML"},
    {"skin: {fitzpatrick: 2.5}\n", 20, 1, 21, "whole number"},
    {"skin: {fitzpatrick: 9}\n", 33, 1, 21, "allowed is 1 to 6"},
    {"skin: {site: cheeks}\n", 34, 1, 14, "did you mean 'cheek'"},
    {"skin: 7\n", 32, 1, 7, "expects settings"},
    {"model: mikroneedling\n", 35, 1, 8, "did you mean 'microneedling'"},
    {"title: a\ntitle: b\n", 16, 2, 1, "line 1"},
    {"title: &a x\n", 15, 1, 11, "anchors"},
    {"skin: {age: !!str 3}\n", 15, 1, 19, "tags"},
    {"title: a\n---\ntitle: b\n", 15, 2, 1, "second document"},
    {"skin: {a: {b: {c: {d: {e: {f: {g: {h: {i: 1}}}}}}}}}\n", 14, 1, 35, "8 levels"},
    {"", 17, 1, 1, "says nothing"},
    {"- a\n- b\n", 18, 1, 1, "not a map"},
    {"skin:\n\tage: 3 year\n", 10, 2, 1, "not valid YAML"},
    {"domain: {geometry: patch, size: [1 mm, 1 mm]}\n", 42, 1, 33, "[x, y, depth]"},
    {"domain: {geometry: slice, left: periodic}\n", 44, 1, 27, "domain.right"},
    {"domain: {left: periodic}\n", 44, 1, 10, "a radius cannot"},
    {"domain: {top: periodic, bottom: periodic}\n", 44, 1, 10, "cannot be periodic"},
    {"domain: {geometry: column, size: 40 um, surface_cell: 50 um}\ntreatment: {sessions: []}\n", 45, 1, 55, "larger than the block"},
    {"domain: {geometry: patch, size: [200 mm, 200 mm, 20 mm], cell: 1 um, surface_cell: 1 um, deep_cell: 1 um}\n", 41, 1, 33, "GiB"},
    {"domain: {size: [1 mm, 500 um]}\n", 54, 1, 16, "1050 um"},
    {"device: {pattern: {pitch: 1 mm, density: 100 1/cm2}}\n", 50, 1, 42, "keep one"},
    {"device: {pattern: {type: file}}\n", 52, 1, 26, "no file is given"},
    {"device: {pattern: {file: /etc/passwd}}\n", 38, 1, 26, "absolute"},
    {"device: {pattern: {file: a/../../b.csv}}\n", 38, 1, 26, "'..'"},
    {"device: {pattern: {file: absent.csv}}\n", 38, 1, 26, "does not exist"},
    {"device: {pattern: {file: link.csv}}\n", 38, 1, 26, "leaves the folder"},
    {"treatment: {sessions: [7 day, 0 day]}\n", 57, 1, 31, "in the order"},
    {"treatment: {sessions: [0 day, 0.5 h]}\n", 58, 1, 31, "overlapping sessions"},
    {"treatment: {sessions: [0 day, 90 day]}\n", 59, 1, 31, "time.end"},
    {"treatment: {sessions: weekly}\n", 26, 1, 23, "every 7 day"},
    {"output: {fields: [collagen_2]}\n", 36, 1, 19, "did you mean 'collagen_1'"},
    {"output: {fields: ['a b']}\n", 37, 1, 19, "not a name"},
    {"observed: [{outcome: colagen_gain, value: 3 %}]\n", 36, 1, 22, "did you mean 'collagen_gain'"},
    {"observed: [{outcome: collagen_gain, value: 3}]\n", 21, 1, 44, "no unit"},
    {"observed: [{outcome: collagen_gain}]\n", 39, 1, 12, "neither value"},
    {"observed: [{value: 3}]\n", 39, 1, 12, "without 'outcome'"},
    {"observed: [{outcome: collagen_gain, sign: higher}]\n", 34, 1, 43, "up, down, same"},
    {"expect: {closure_dai: 3}\n", 36, 1, 10, "did you mean 'closure_day'"},
    {"expect: {closure_day: about 3}\n", 27, 1, 23, "+-"},
    {"skin: {papillary: 2 mm, dermis: 1 mm}\n", 43, 1, 19, "part of the dermis"},
    {"cicatrix: 2\n", 33, 1, 11, "allowed is 1 to 1"},
    {"title: a\x01\n", 13, 1, 9, "control character"},
    {"title: a\xff\n", 13, 1, 9, "not UTF-8"},
    {"time: {end: }\n", 32, 1, 8, "found nothing"},
};
/* clang-format on */

static void every_mistake_is_found_where_it_is(void) {
    for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++) {
        const struct mistake *m = &mistakes[i];
        struct cx_scenario s;
        struct cx_findings f = {0};
        CHECK_MSG(fixture_load(m->text, &s, &f) == CX_CONFIG, "%s", m->text);
        fixture_blames(m, &f);
        CHECK(s.origin == NULL && s.parameter == NULL);
        cx_findings_free(&f);
    }
}

static void all_mistakes_come_in_one_pass_in_order(void) {
    struct cx_scenario s;
    struct cx_findings f = {0};
    const char *text = "skin: {site: cheeks, age: 3}\n"
                       "treatment: {sessions: [7 day, 0 day]}\n"
                       "parameters: {nothing: 1, share: 2}\n"
                       "device: {needle: {length: 1}}\n";
    CHECK(fixture_load(text, &s, &f) == CX_CONFIG);
    const int want[] = {34, 21, 57, 31, 33, 21};
    CHECK(f.n == 6);
    for (int i = 0; i < 6 && i < f.n; i++) CHECK(f.at[i].code == want[i]);
    cx_findings_free(&f);
}

static void a_finding_shows_the_line_with_a_caret(void) {
    struct cx_scenario s;
    struct cx_findings f = {0};
    CHECK(fixture_load("device:\n  needle: {dimater: 0.25 mm}\n", &s, &f) == CX_CONFIG);
    char shown[2048] = "";
    FILE *to = fmemopen(shown, sizeof shown, "w");
    cx_findings_print(&f, to, false);
    fclose(to);
    CHECK_MSG(strstr(shown, "pilot.yml:2:12: error E030: unknown key 'dimater' in device.needle\n"
                            "   |   needle: {dimater: 0.25 mm}\n"
                            "   |            ^\n"
                            "   help: did you mean 'diameter'?\n"),
              "%s", shown);
    cx_findings_free(&f);
}

static void wrong_overrides_are_findings_too(void) {
    const struct {
        const char *path, *value;
        int code;
    } cases[] = {{"device.needle.lenght", "1 mm", 30},
                 {"device.needle.length", "1", 21},
                 {"skin.age", "[", 10},
                 {"", "1", 30},
                 {"a..b", "1", 30},
                 {"skin", "3", 32},
                 {"title", "\xff", 13}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct cx_scenario s;
        struct cx_findings f = {0};
        const struct cx_override o = {cases[i].path, cases[i].value, NULL};
        const char *path = fixture_bytes("pilot.yml", fixture_good, strlen(fixture_good));
        CHECK(cx_config_load(path, &(struct cx_overrides){&o, 1}, &fixture_models, &s, &f) ==
              CX_CONFIG);
        CHECK_MSG(f.n == 1 && f.at[0].code == cases[i].code && f.at[0].line == 0, "%s",
                  cases[i].path);
        if (f.n) CHECK_STR(f.at[0].file, "--set");
        cx_findings_free(&f);
    }
}

static void load_path(const char *path, enum cx_status status, int code) {
    struct cx_scenario s;
    struct cx_findings f = {0};
    CHECK_MSG(cx_config_load(path, NULL, &fixture_models, &s, &f) == status, "%s", path);
    CHECK_MSG(f.n == 1 && f.at[0].code == code, "%s: %s", path, f.n ? f.at[0].text : "nothing");
    cx_findings_free(&f);
}

static void files_that_are_no_configurations(void) {
    load_path("/nowhere/at/all.yml", CX_STORAGE, 11);
    load_path(fixture_folder, CX_STORAGE, 11);
    load_path("/dev/zero", CX_STORAGE, 11);
    load_path(fixture_bytes("other.yml", "a: \0b\n", 6), CX_CONFIG, 13);
    load_path(fixture_bytes("other.yml", "\x89HDF\r\n\x1a\n", 8), CX_CONFIG, 13);
    char *big = calloc(1, (1 << 20) + 2);
    memset(big, '#', (1 << 20) + 1);
    load_path(fixture_bytes("other.yml", big, (1 << 20) + 1), CX_CONFIG, 12);
    memset(big, '\n', 1 << 20);
    for (int i = 0; i + 2 < 1 << 20; i += 2) memcpy(big + i, "- ", 2);
    load_path(fixture_bytes("other.yml", big, 1 << 20), CX_CONFIG, 14);
    free(big);
}

static void a_needle_file_beside_the_configuration_is_accepted(void) {
    struct cx_scenario s;
    struct cx_findings f = {0};
    fixture_bytes("needles.csv", "x,y\n", 4);
    CHECK(fixture_load("device: {pattern: {file: needles.csv}}\n", &s, &f) == CX_OK);
    CHECK(s.pattern.type == CX_FILE);
    CHECK_STR(s.pattern.file, "needles.csv");
    cx_scenario_free(&s);
    CHECK(fixture_load("device: {pattern: {type: hex, file: needles.csv}}\n", &s, &f) == CX_CONFIG);
    CHECK(f.n == 1 && f.at[0].code == 52);
    cx_findings_free(&f);
}

int main(void) {
    fixture_open();
    char link[160];
    snprintf(link, sizeof link, "%s/link.csv", fixture_folder);
    CHECK(symlink("/etc/passwd", link) == 0);
    RUN(a_full_scenario_arrives_in_engine_units);
    RUN(output_times_are_sorted_once_each_and_end_with_the_run);
    RUN(observations_and_expectations_are_in_the_outcomes_unit);
    RUN(overrides_win_and_origins_tell);
    RUN(every_mistake_is_found_where_it_is);
    RUN(all_mistakes_come_in_one_pass_in_order);
    RUN(a_finding_shows_the_line_with_a_caret);
    RUN(wrong_overrides_are_findings_too);
    RUN(files_that_are_no_configurations);
    RUN(a_needle_file_beside_the_configuration_is_accepted);
    fixture_close();
    return check_done();
}
