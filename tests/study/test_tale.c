/* Stories are read with all their errors, each at its place; formulas keep to their grammar and their units; the shipped
 * stories are whole. */
#include "studio.h"

#include "study/tale.h"

#include <stdlib.h>

/* ---- formulas -------------------------------------------------------------------------------- */

/* Outcomes have the value 6 in day, series 3 kg, settings 500 um; of variant 1 twice as much. */
static enum cx_status known(const void *user, const struct cx_formula_node *n,
                            struct cx_amount *out, struct cx_error *e) {
    const double twice = n->variant == 1 ? 2 : 1;
    (void)user;
    (void)e;
    out->value = twice * (n->kind == CX_TERM_OUTCOME ? 6 : n->kind == CX_TERM_SETTING ? 500 : 3);
    snprintf(out->unit, sizeof out->unit, "%s",
             n->kind == CX_TERM_OUTCOME   ? "day"
             : n->kind == CX_TERM_SETTING ? "um"
                                          : "kg");
    return CX_OK;
}

static enum cx_status work_out(const char *text, struct cx_amount side[2], bool *holds, int *at) {
    static const char *const variants[] = {"base", "deep"};
    const struct cx_formula_source source = {known, NULL};
    struct cx_formula_names names = {
        .model = cx_model_find("microneedling"), .variants = 2, .variant = variants};
    struct cx_formula_text part = {text, (int)strlen(text), 0};
    struct cx_formula f;
    struct cx_error e = {0};
    enum cx_status status = cx_formula_read(&part, &names, &f, &e);
    *at = part.at;
    if (!status) status = cx_formula_value(&f, &source, side, &e);
    *holds = !status && cx_formula_holds(&f, side);
    return status;
}

static void formulas_are_worked_out(void) {
    static const struct {
        const char *text, *unit;
        double value;
    } all[] = {
        {"erythema_days", "day", 6},
        {"deep.erythema_days - erythema_days / 2", "day", 9},
        {"1 + 2 * 3 - 4 / 2", "1", 5},
        {"-(1 + 2) * -2", "1", 6},
        {"deep.peak(fibroblasts) / start(fibroblasts)", "1", 2},
        {"erythema_days + 24 h", "day", 7},
        {"100 percent * (deep.erythema_days / erythema_days)", "percent", 200},
        {"2 * setting(device.needle.length)", "um", 1000},
        {"at(fibrin, 5 day) + at(fibrin)", "kg", 6},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        struct cx_amount side[2] = {0};
        bool holds = true;
        int at = 0;
        CHECK_MSG(work_out(all[i].text, side, &holds, &at) == CX_OK, "%s", all[i].text);
        CHECK_NEAR(side[0].value, all[i].value, 1e-12);
        CHECK_STR(side[0].unit, all[i].unit);
        CHECK_MSG(!holds, "%s is no claim", all[i].text);
    }
}

static void claims_are_judged(void) {
    static const struct {
        const char *text;
        bool holds;
    } all[] = {
        {"erythema_days < deep.erythema_days", true},
        {"erythema_days > deep.erythema_days", false},
        {"2 * erythema_days >= deep.erythema_days", true},
        {"2 * erythema_days < deep.erythema_days", false},
        {"erythema_days <= 144 h", true},
        {"erythema_days > 5", true},
        {"setting(device.needle.length) < 0.6 mm", true},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        struct cx_amount side[2];
        bool holds = !all[i].holds;
        int at = 0;
        CHECK_MSG(work_out(all[i].text, side, &holds, &at) == CX_OK, "%s", all[i].text);
        CHECK_MSG(holds == all[i].holds, "%s", all[i].text);
    }
}

/* What is wrong, and the byte where the reading stopped. */
static void wrong_formulas_are_refused(void) {
    static const struct {
        const char *text;
        int at;
    } all[] = {
        {"", 0},
        {"1 +", 3},
        {"(1 + 2", 6},
        {"erythema_dayz", 0},
        {"peak(fibrins)", 5},
        {"peek(fibrin)", 5},
        {"deeper.erythema_days", 6},
        {"erythema_days < 1 < 2", 18},
        {"erythema_days & 1", 14},
        {"at(fibrin, 5 parsec)", 11},
        {"peak(fibrin", 11},
        {"erythema_days + peak(fibrin)", 28},
        {"erythema_days * peak(fibrin)", 28},
        {"1 / erythema_days", 17},
        {"((((((((((((((1))))))))))))))", 12},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        struct cx_amount side[2];
        bool holds = false;
        int at = 0;
        CHECK_MSG(work_out(all[i].text, side, &holds, &at) == CX_CONFIG, "%s", all[i].text);
        CHECK_MSG(at == all[i].at, "%s: at %d", all[i].text, at);
    }
}

/* ---- story files ----------------------------------------------------------------------------- */

static const char good[] = "cicatrix-story: 1\n"
                           "title: Small\n"
                           "base: base.yml\n"
                           "variants:\n"
                           "  deep: {label: Long, set: {device.needle.length: 2 mm}}\n"
                           "steps:\n"
                           "  - title: One\n"
                           "    text: Red for {erythema_days}, more than {deep.erythema_days}.\n"
                           "    time: 36 h\n"
                           "    field: fibrin\n"
                           "    chart: [fibrin]\n"
                           "    what_if: [deep]\n"
                           "    claims: [deep.erythema_days >= erythema_days]\n"
                           "end: All.\n";

static enum cx_status load(struct studio *t, const char *text, struct cx_tale *tale) {
    char path[160];
    const struct cx_model_list models = cx_models();
    studio_file(t, "story.yml", text);
    studio_file(t, "column.yml", "cicatrix: 1\ndomain: {geometry: column}\n");
    studio_file(t, "base.yml",
                "cicatrix: 1\ndomain: {geometry: slice, size: [1 mm, 2 mm]}\ntime: {end: 2 day}\n");
    snprintf(path, sizeof path, "%s/story.yml", t->folder);
    CHECK(cx_tale_is(path) == (strstr(text, "cicatrix-story") != NULL));
    return cx_tale_load(path, NULL, &models, tale, &t->findings);
}

static void a_story_is_read(void) {
    struct studio t;
    struct cx_tale tale;
    studio_begin(&t);
    CHECK(load(&t, good, &tale) == CX_OK);
    cx_findings_print(&t.findings, stdout, false);
    CHECK(tale.variants == 2 && tale.steps == 1);
    CHECK_STR(tale.variant[1].label, "Long");
    const struct cx_scenario *s = &tale.variant[1].scenario;
    CHECK_NEAR(s->needle.length, 2000, 0);
    bool stored = false; /* the picture of the step */
    for (int i = 0; i < s->output.at.n; i++) stored |= fabs(s->output.at.at[i] - 36) < 1e-9;
    CHECK(stored);
    CHECK(s->output.fields.n == 1);
    CHECK_STR(s->output.fields.at[0], "fibrin");
    cx_tale_free(&tale);
    studio_close(&t);
}

/* `good` with one piece of text in the place of another. */
static char *changed(const char *from, const char *to) {
    const char *at = strstr(good, from);
    const size_t room = sizeof good + strlen(to);
    char *text = malloc(room);
    CHECK(at && text);
    if (at && text) snprintf(text, room, "%.*s%s%s", (int)(at - good), good, to, at + strlen(from));
    return text;
}

/* Each mistake is found at its line and column, with its number. */
static void mistakes_are_found_at_their_place(void) {
    static const struct {
        const char *from, *to;
        int code, line, column;
    } all[] = {
        {"cicatrix-story: 1", "title2: x", 150, 1, 1},
        {"base: base.yml\n", "", 150, 1, 1},
        {"base.yml", "absent.yml", 38, 3, 7},
        {"base.yml", "column.yml", 150, 3, 7},
        {"end: All.", "ende: All.", 30, 14, 1},
        {"    field: fibrin\n", "", 150, 7, 5},
        {"field: fibrin", "field: fibrins", 36, 10, 12},
        {"chart: [fibrin]", "chart: [fibrins]", 36, 11, 13},
        {"what_if: [deep]", "what_if: [depp]", 36, 12, 15},
        {"what_if: [deep]", "what_fi: [deep]", 30, 12, 5},
        {"time: 36 h", "time: 36", 21, 9, 11},
        {"time: 36 h", "time: 3 day", 150, 9, 11},
        {"device.needle.length", "device.needle.lenght", 30, 5, 51},
        {"{erythema_days}", "{erythema_dayz}", 36, 8, 20},
        {"{erythema_days}", "{erythema_days", 152, 8, 19},
        {"{erythema_days}", "3.3 days", 151, 8, 19},
        {"{erythema_days}", "{erythema_days | often}", 152, 8, 19},
        {"{erythema_days}", "{setting(skin.agee)}", 30, 8, 20},
        {"{erythema_days}", "{setting(skin.site)}", 152, 8, 20},
        {"    claims: [deep.erythema_days >= erythema_days]\n", "", 151, 8, 36},
        {">= erythema_days]", ">= 3 kg]", 153, 13, 14},
        {">= erythema_days]", "]", 152, 13, 14},
        {"deep.erythema_days >=", "depp.erythema_days >=", 152, 13, 18},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        struct studio t;
        struct cx_tale tale;
        studio_begin(&t);
        char *text = changed(all[i].from, all[i].to);
        CHECK_MSG(load(&t, text, &tale) == CX_CONFIG, "%s", all[i].to);
        CHECK_MSG(t.findings.n >= 1, "%s: no finding", all[i].to);
        const struct cx_error *e = t.findings.n ? &t.findings.at[0] : &(struct cx_error){0};
        CHECK_MSG(e->code == all[i].code && e->line == all[i].line && e->column == all[i].column,
                  "'%s': E%03d at %d:%d: %s", all[i].to, e->code, e->line, e->column, e->text);
        CHECK_MSG(*e->hint, "'%s': no way out is told", all[i].to);
        free(text);
        studio_close(&t);
    }
}

/* A word in a text that is folded over several lines. */
static void a_folded_text_knows_its_lines(void) {
    struct studio t;
    struct cx_tale tale;
    studio_begin(&t);
    char *text = changed("Red for {erythema_days}, more",
                         ">-\n      Red\n      for {erythema_days} and {erythema_dayz}, more");
    CHECK(load(&t, text, &tale) == CX_CONFIG);
    CHECK(t.findings.n == 1 && t.findings.at[0].line == 10 && t.findings.at[0].column == 32);
    free(text);
    studio_close(&t);
}

static void the_shipped_stories_are_whole(void) {
    static const char *const names[] = {"needle", "depth_density", "age"};
    const struct cx_model_list models = cx_models();
    for (int i = 0; i < 3; i++) {
        char path[300];
        struct cx_tale tale;
        struct cx_findings found = {0};
        snprintf(path, sizeof path, "configs/stories/%s.yml", names[i]);
        CHECK_MSG(cx_tale_load(path, NULL, &models, &tale, &found) == CX_OK, "%s", path);
        cx_findings_print(&found, stdout, false);
        for (int s = 0; s < tale.steps; s++)
            CHECK_MSG(tale.step[s].claims > 0, "%s: step %d claims nothing", path, s + 1);
        CHECK_MSG(tale.end.at != NULL, "%s tells no limits", path);
        cx_tale_free(&tale);
        cx_findings_free(&found);
    }
}

int main(void) {
    RUN(formulas_are_worked_out);
    RUN(claims_are_judged);
    RUN(wrong_formulas_are_refused);
    RUN(a_story_is_read);
    RUN(mistakes_are_found_at_their_place);
    RUN(a_folded_text_knows_its_lines);
    RUN(the_shipped_stories_are_whole);
    return check_done();
}
