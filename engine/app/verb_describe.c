/* verb_describe.c - a model from its own tables: as text, as a Markdown page (the committed one
 * is this output), as JSON.  A parameter that is a rate is shown with the half-life it means. */
#include "app/describe.h"
#include "app/verbs.h"
#include "base/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct cx_option options[] = {
    CX_FLAG("markdown", 0, markdown, "a page for the documentation"),
    {0},
};

const struct cx_usage cx_usage_describe = {
    .words = "MODEL [--markdown]",
    .examples = "cicatrix describe microneedling\n"
                "cicatrix describe microneedling --markdown > microneedling.md",
    .options = options,
    .least = 1,
    .most = 1,
};

/* A healthy person of the default settings: what the derived parameters are shown for. */
static const struct cx_context default_person = {.age_year = 35,
                                                 .perfusion = 1,
                                                 .fitzpatrick = 3,
                                                 .site = CX_CHEEK,
                                                 .condition = CX_HEALTHY,
                                                 .topical = CX_NO_TOPICAL,
                                                 .sun = 0.1,
                                                 .hygiene = 0.9,
                                                 .lesion_age_h = 730 * 24};

/* "1/h", "1/day", "1/s": whatever converts; "um/h" and concentrations per time do not. */
double cx_half_life(const char *unit, double rate) {
    const double per_hour = rate * cx_unit_factor(unit, "1/h");
    return per_hour > 0 ? log(2) / per_hour : (double)NAN;
}

void cx_half_life_text(double hours, char text[32]) {
    if (!isfinite(hours)) {
        text[0] = 0;
    } else if (hours < 1) {
        snprintf(text, 32, "%.3g min", hours * 60);
    } else if (hours < 48) {
        snprintf(text, 32, "%.3g h", hours);
    } else {
        snprintf(text, 32, "%.3g day", hours / 24);
    }
}

/* In the order of the enums of model.h. */
const char *cx_movement_word(enum cx_movement m) {
    static const char *const word[] = {"stays", "diffuses", "diffuses, depends on the point",
                                       "diffuses and climbs", "climbs, depends on the point"};
    return word[m];
}

const char *cx_region_word(enum cx_region r) {
#define WORD(id, word, doc) word,
    static const char *const words[] = {CX_REGIONS(WORD)};
#undef WORD
    return words[r];
}

const char *cx_reduce_word(enum cx_reduce r) {
    static const char *const word[] = {"mean", "largest", "smallest", "integral"};
    return word[r];
}

const char *cx_read_word(enum cx_read r) {
    static const char *const word[] = {"at the end",
                                       "before the first injury",
                                       "change in percent",
                                       "end minus start",
                                       "largest",
                                       "smallest",
                                       "time of the largest",
                                       "time of the smallest",
                                       "last day above",
                                       "first day above",
                                       "days from the last session to the last above"};
    return word[r];
}

static const struct cx_model *find_model(const char *name, struct cx_error *e) {
    const struct cx_model *m = cx_model_find(name);
    if (m) return m;
    struct cx_nearest n = {.wanted = name};
    const struct cx_model_list models = cx_models();
    for (int i = 0; i < models.n; i++) cx_nearest_offer(&n, models.at[i]->name);
    const char *near = cx_nearest_name(&n);
    cx_fail(e, CX_USAGE, CX_E_NAME, "there is no model '%.60s'", name);
    cx_hint(e, near ? "did you mean '%s'?" : "`cicatrix models` lists them%s", near ? near : "");
    return NULL;
}

/* The parameters are derived as for a run before any session. */
enum cx_status cx_verb_describe(struct cx_app *a, struct cx_error *e) {
    const struct cx_model *m = find_model(a->ask.words.at[0], e);
    if (!m) return CX_USAGE;
    double *p = calloc((size_t)(m->param_count + m->derived_count) + 1, sizeof *p);
    if (!p) return cx_fail(e, CX_INTERNAL, 0, "no memory for the parameters");
    for (int i = 0; i < m->param_count; i++) p[i] = m->params[i].fallback;
    m->derive(p, &default_person);
    const struct cx_description d = {m, p, a->out};
    enum cx_status status = CX_OK;
    if (a->ask.json) {
        status = cx_app_answer(a, cx_describe_json(&d), e);
    } else if (a->ask.markdown) {
        cx_describe_markdown(&d);
    } else {
        cx_describe_text(&d);
        cx_app_flush(a);
        cx_app_next(a, NULL, "cicatrix explain %s", m->param_count ? m->params[0].name : "model");
    }
    free(p);
    return status;
}
