/* fixture.h - a small model made for tests, and configurations in a folder of their own. */
#ifndef CX_TESTS_CONFIG_FIXTURE_H
#define CX_TESTS_CONFIG_FIXTURE_H

#include "check.h"
#include "config/config.h"

#include <stdlib.h>
#include <unistd.h>

static const struct cx_param_row fixture_params[] = {
    {"tgfb1_decay", "1/day", 8.3, 0.1, 100, "decay of TGF-beta 1", "assumed: for the test"},
    {"chemotaxis", "um2/h", 120, 0, 1e4, "drift of fibroblasts", "10.1000/none"},
    {"share", "1", 0.1, 0, 1, "a pure number", "assumed: for the test"},
    {"source", "ng/mL/h", 1.0 / 3.0, 0, 10, "release", "assumed: for the test"}};
static const struct cx_derived_row fixture_derived[] = {{"make", "1/h", "decay x healthy level"}};
static const struct cx_species_row fixture_species[] = {{"collagen_1", "1", STILL, 1, "collagen I"},
                                                        {"tgfb1", "ng/mL", MOVES, 1, "TGF-beta 1"}};
static const struct cx_measure_row fixture_measures[] = {{"collagen_total", "1", "all collagen"}};
static const struct cx_series_row fixture_series[] = {{"collagen_mean", "1", "collagen_total", "",
                                                       CX_DERMIS, CX_MEAN,
                                                       "mean collagen of the dermis"}};
static const struct cx_outcome_row fixture_outcomes[] = {
    {"collagen_gain", "percent", "collagen_mean", CX_CHANGE, 0, "change of collagen",
     "not compared"},
    {"closure_day", "day", "collagen_mean", CX_FIRST_ABOVE, 0.95, "day of closure", "not compared"},
    {"peak_growth", "ng/mL", "collagen_mean", CX_LARGEST, 0, "highest growth factor",
     "not compared"}};
static const struct cx_model fixture_model = {.name = "microneedling",
                                              .title = "A model for tests",
                                              .cite = "nobody",
                                              .param_count = CX_LENGTH(fixture_params),
                                              .params = fixture_params,
                                              .derived_count = CX_LENGTH(fixture_derived),
                                              .derived = fixture_derived,
                                              .species_count = CX_LENGTH(fixture_species),
                                              .species = fixture_species,
                                              .measure_count = CX_LENGTH(fixture_measures),
                                              .measures = fixture_measures,
                                              .series_count = CX_LENGTH(fixture_series),
                                              .series = fixture_series,
                                              .outcome_count = CX_LENGTH(fixture_outcomes),
                                              .outcomes = fixture_outcomes};
static const struct cx_model *const fixture_list[] = {&fixture_model};
static const struct cx_model_list fixture_models = {fixture_list, 1};

static char fixture_folder[64], fixture_file[128];

static inline void fixture_open(void) {
    snprintf(fixture_folder, sizeof fixture_folder, "/tmp/cicatrix-test-XXXXXX");
    CHECK(mkdtemp(fixture_folder) != NULL);
}

/* Writes n bytes to NAME in the folder and remembers the path. */
static inline const char *fixture_bytes(const char *name, const char *bytes, size_t n) {
    snprintf(fixture_file, sizeof fixture_file, "%s/%s", fixture_folder, name);
    remove(
        fixture_file); /* a new file: cutting an old one makes some file systems wait for the disk */
    FILE *f = fopen(fixture_file, "wb");
    CHECK(f && fwrite(bytes, 1, n, f) == n);
    if (f) fclose(f);
    return fixture_file;
}

static inline enum cx_status fixture_load(const char *text, struct cx_scenario *s,
                                          struct cx_findings *f) {
    return cx_config_load(fixture_bytes("pilot.yml", text, strlen(text)), NULL, &fixture_models, s,
                          f);
}

/* One mistake: the text, and the finding it must give. */
struct mistake {
    const char *text;
    int code, line, column;
    const char *says; /* in text or hint */
};

/* The mistake is found, where it is, and nothing else. */
static inline void fixture_blames(const struct mistake *m, const struct cx_findings *f) {
    CHECK_MSG(f->n == 1, "%d findings in %s", f->n, m->text);
    const struct cx_error *e = &f->at[0];
    const bool hit = f->n && e->code == m->code && e->line == m->line && e->column == m->column;
    CHECK_MSG(hit, "%s  wanted E%03d at %d:%d", m->text, m->code, m->line, m->column);
    const bool said = f->n && (strstr(e->text, m->says) || strstr(e->hint, m->says));
    CHECK_MSG(said, "%s  does not say '%s'", m->text, m->says);
    if (!hit || !said || f->n != 1) cx_findings_print(f, stdout, false);
}

static inline void fixture_close(void) {
    static const char *const names[] = {"pilot.yml", "again.yml", "needles.csv", "link.csv",
                                        "other.yml"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char path[160];
        snprintf(path, sizeof path, "%s/%s", fixture_folder, names[i]);
        remove(path);
    }
    CHECK(rmdir(fixture_folder) == 0);
}

/* A configuration that uses every part of the format. */
static const char fixture_good[] =
    "cicatrix: 1\n"
    "title: 1.5 mm pen, \"four\" sessions \\ photo-aged cheek \xc3\xa9\n"
    "description: >\n  two lines\n  become one\n"
    "model: microneedling\n"
    "skin: {site: cheek, age: 55 year, photodamage: 60 %, fitzpatrick: 3, lesion_age: 2.5 year}\n"
    "domain: {geometry: patch, size: [2 mm, 2 mm, 3.3 mm], cell: 25 um, left: periodic, right: "
    "periodic,\n"
    "         bottom: {kind: robin, transfer: 3 mm/day}}\n"
    "device:\n"
    "  pattern: {type: hex, density: 144 1/cm2}\n"
    "  needle: {length: 1.1 mm, diameter: 0.25 mm, shape: cone, tilt: 0.1 radian}\n"
    "  penetration: 0.7\n"
    "treatment: {sessions: [0 day, 28 day, 56 day, 84 day], passes: 4}\n"
    "parameters: {tgfb1_decay: 9.1 1/day, share: 30 %, chemotaxis: 0.1 um2/s}\n"
    "time: {end: 24 week}\n"
    "output: {at: [6 h, 1 day, every 7 day, every 1 day from 7 day until 14 day], fields: "
    "[collagen_1]}\n"
    "run: {seed: 42}\n"
    "observed:\n"
    "  - {outcome: collagen_gain, at: 90 day, value: 53.2 %, low: 0.4, high: 60 percent, unit: "
    "'1',\n"
    "     label: collagen I, source: 10.1000/x}\n"
    "  - {outcome: collagen_mean, sign: up}\n"
    "expect: {closure_day: 7.5 +- 0.2, peak_growth: 12.0 ng/mL +- 1%, collagen_gain: [1, 2]}\n";

#endif
