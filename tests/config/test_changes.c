/* Blocks without layers, points, and parameters that change on the way: what is read, written back and refused. */
#include "fixture.h"

/* The model of the fixture, averaged over the whole block: it needs no skin. */
static const struct cx_series_row block_series[] = {
    {"collagen_mean", "1", "collagen_total", "", CX_ALL, CX_MEAN, "mean collagen"}};
static const char *const block_inputs[] = {"depth"}, *const skin_inputs[] = {"depth", "dermis"};

static enum cx_status load_with(const struct cx_model *model, const char *text,
                                struct cx_scenario *s, struct cx_findings *f) {
    const struct cx_model *const list[] = {model};
    return cx_config_load(fixture_bytes("pilot.yml", text, strlen(text)), NULL,
                          &(struct cx_model_list){list, 1}, s, f);
}

static struct cx_model block_model(void) {
    struct cx_model m = fixture_model;
    m.series = block_series;
    m.inputs = block_inputs;
    m.input_count = 1;
    return m;
}

static void a_block_without_layers_has_no_sessions_unless_listed(void) {
    const struct cx_model m = block_model();
    const struct {
        const char *text;
        int layout, sessions;
    } cases[] = {{"skin: {age: 30 year}\n", CX_LAYERED, 1},
                 {"treatment: {sessions: []}\n", CX_LAYERED, 0},
                 {"domain: {geometry: point}\n", CX_UNIFORM, 0},
                 {"domain: {geometry: point, layout: uniform}\n", CX_UNIFORM, 0},
                 {"domain: {geometry: column, layout: uniform, size: 25 um}\n", CX_UNIFORM, 0},
                 {"domain: {layout: uniform, size: [1 cm, 25 um], cell: 100 um}\n"
                  "wound: {type: punch, diameter: 5 mm}\n",
                  CX_UNIFORM, 0},
                 {"domain: {geometry: slice, layout: uniform, size: [1 mm, 3 mm]}\n"
                  "treatment: {sessions: [0 day, 7 day]}\n",
                  CX_UNIFORM, 2}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct cx_scenario s;
        struct cx_findings f = {0};
        CHECK_MSG(load_with(&m, cases[i].text, &s, &f) == CX_OK, "%s", cases[i].text);
        CHECK_MSG(s.domain.layout == cases[i].layout, "%s", cases[i].text);
        CHECK_MSG(s.treatment.sessions.n == cases[i].sessions, "%s", cases[i].text);
        if (f.n) cx_findings_print(&f, stdout, false);
        cx_scenario_free(&s);
        cx_findings_free(&f);
    }
}

static void changes_are_read_in_the_units_of_the_model(void) {
    struct cx_scenario s;
    struct cx_findings f = {0};
    CHECK(fixture_load("changes:\n"
                       "  - {at: 1 day, until: 36 h, set: {tgfb1_decay: 1 1/h, share: 50 %}}\n"
                       "  - {at: 36 h, set: {share: 0.2}}\n",
                       &s, &f) == CX_OK);
    CHECK(s.change_count == 3);
    if (s.change_count != 3) return;
    const struct cx_change *c = s.change;
    CHECK(c[0].at == 24 && c[0].until == 36 && c[0].parameter == 0 && c[0].value == 24);
    CHECK(c[1].at == 24 && c[1].until == 36 && c[1].parameter == 2 && c[1].value == 0.5);
    CHECK(c[2].at == 36 && isinf(c[2].until) && c[2].parameter == 2 && c[2].value == 0.2);
    CHECK(s.parameter[2] == 0.1);
    cx_scenario_free(&s);
    cx_findings_free(&f);
}

static void what_was_written_reads_back_to_the_same(void) {
    static const char text[] = "domain: {geometry: point}\n"
                               "changes:\n"
                               "  - {at: 0.1 day, until: 28 h, set: {source: 0.1 ng/mL/h}}\n"
                               "  - {at: 0.3 day, set: {share: 7 %, chemotaxis: 3 um2/h}}\n";
    const struct cx_model m = block_model();
    struct cx_scenario s, again;
    struct cx_findings f = {0};
    char digest[2][65];
    CHECK(load_with(&m, text, &s, &f) == CX_OK);
    char *first = cx_config_effective(&s);
    CHECK(load_with(&m, first, &again, &f) == CX_OK);
    CHECK(again.change_count == s.change_count && s.change_count == 3);
    const size_t bytes = (size_t)s.change_count * sizeof *s.change;
    CHECK(again.change_count == 3 && memcmp(again.change, s.change, bytes) == 0);
    CHECK(again.domain.layout == CX_UNIFORM && again.treatment.sessions.n == 0);
    cx_config_digest(&s, "test", digest[0]);
    cx_config_digest(&again, "test", digest[1]);
    CHECK_STR(digest[0], digest[1]);
    again.change[1].value += 1e-9;
    cx_config_digest(&again, "test", digest[1]);
    CHECK(strcmp(digest[0], digest[1]) != 0);
    free(first);
    cx_scenario_free(&s);
    cx_scenario_free(&again);
    cx_findings_free(&f);
}

static void an_override_may_bring_changes(void) {
    struct cx_scenario s;
    struct cx_findings f = {0};
    const struct cx_override o = {"changes", "[{at: 2 day, set: {share: 0.4}}]", "--set"};
    const char *path = fixture_bytes("pilot.yml", "cicatrix: 1\n", 12);
    CHECK(cx_config_load(path, &(struct cx_overrides){&o, 1}, &fixture_models, &s, &f) == CX_OK);
    CHECK(s.change_count == 1 && s.change[0].at == 48 && s.change[0].value == 0.4);
    cx_scenario_free(&s);
    cx_findings_free(&f);
}

static void the_schema_knows_them(void) {
    char *text = cx_config_schema(&fixture_models);
    CHECK(strstr(text, "\"changes\"") && strstr(text, "\"until\"") && strstr(text, "\"layout\""));
    free(text);
}

/* clang-format off */
static const struct mistake mistakes[] = {
    {"domain: {geometry: point, layout: skin}\n", 43, 1, 35, "a point has no layers"},
    {"domain: {geometry: point, size: 1 mm}\n", 42, 1, 33, "needs 0"},
    {"domain: {geometry: column, layout: uniform}\n", 42, 1, 1, "does not fit itself to the skin"},
    {"domain: {geometry: slice, layout: uniform, size: [1 mm]}\n", 42, 1, 50, "[x, depth]"},
    {"domain: {geometry: patch, layout: uniform, size: [200 mm, 200 mm, 20 mm], cell: 1 um}\n", 41, 1, 50, "GiB"},
    {"domain: {geometry: slice, layout: even, size: [1 mm, 2 mm]}\n", 34, 1, 35, "skin, uniform"},
    {"changes: {at: 1 day}\n", 32, 1, 1, "a list"},
    {"changes: [1 day]\n", 32, 1, 11, "entries"},
    {"changes: [{until: 1 day, set: {share: 0.4}}]\n", 39, 1, 11, "without 'at'"},
    {"changes: [{at: 1 day}]\n", 39, 1, 11, "without 'set'"},
    {"changes: [{at: 1 day, set: {}}]\n", 39, 1, 11, "without 'set'"},
    {"changes: [{at: 1 day, set: share}]\n", 32, 1, 28, "a map"},
    {"changes: [{at: 1 day, to: 2 day, set: {share: 0.4}}]\n", 30, 1, 23, "unknown key 'to'"},
    {"changes: [{at: 1, set: {share: 0.4}}]\n", 21, 1, 16, "1 h"},
    {"changes: [{at: -1 h, set: {share: 0.4}}]\n", 33, 1, 16, "allowed is 0"},
    {"changes: [{at: 28 day, set: {share: 0.4}}]\n", 59, 1, 16, "time.end"},
    {"changes: [{at: 2 day, until: 48 h, set: {share: 0.4}}]\n", 33, 1, 30, "not after"},
    {"changes: [{at: 2 day, set: {shear: 0.4}}]\n", 31, 1, 29, "did you mean 'share'"},
    {"changes: [{at: 2 day, set: {share: 4}}]\n", 33, 1, 36, "changes.set.share"},
    {"changes: [{at: 2 day, set: {source: 4 kg}}]\n", 23, 1, 37, "changes.set.source"},
    {"changes: [{at: 2 day, until: 5 day, set: {share: 0.4}}, {at: 4 day, set: {share: 0.3}}]\n", 58, 1, 75, "set twice at 96 h"},
    {"change: [{at: 2 day, set: {share: 0.4}}]\n", 30, 1, 1, "did you mean 'changes'"},
};
/* clang-format on */

static void refuses(const struct cx_model *model, const struct mistake *m) {
    struct cx_scenario s;
    struct cx_findings f = {0};
    CHECK_MSG(load_with(model, m->text, &s, &f) == CX_CONFIG, "%s", m->text);
    fixture_blames(m, &f);
    cx_findings_free(&f);
}

static void every_mistake_is_found_where_it_is(void) {
    const struct cx_model m = block_model();
    for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++) refuses(&m, &mistakes[i]);
}

static void a_model_of_skin_needs_its_layers(void) {
    struct cx_model maps = block_model();
    maps.inputs = skin_inputs;
    maps.input_count = 2;
    refuses(&maps, &(struct mistake){"domain: {geometry: point}\n", 60, 1, 1, "the map 'dermis'"});
    refuses(&maps, &(struct mistake){"domain: {layout: uniform, size: [1 mm, 1 mm]}\n", 60, 1, 18,
                                     "layout uniform has none"});
    struct cx_model means = block_model();
    means.series = fixture_series;
    refuses(&means, &(struct mistake){"domain: {layout: uniform, size: [1 mm, 1 mm]}\n", 60, 1, 18,
                                      "'collagen_mean'"});
}

int main(void) {
    fixture_open();
    RUN(a_block_without_layers_has_no_sessions_unless_listed);
    RUN(changes_are_read_in_the_units_of_the_model);
    RUN(what_was_written_reads_back_to_the_same);
    RUN(an_override_may_bring_changes);
    RUN(the_schema_knows_them);
    RUN(every_mistake_is_found_where_it_is);
    RUN(a_model_of_skin_needs_its_layers);
    fixture_close();
    return check_done();
}
