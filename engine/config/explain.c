/* explain.c - `cicatrix explain NAME`: what a setting, a code or a name of a model means. */
#include "base/text.h"
#include "config/codes.h"
#include "config/config.h"
#include "config/table.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* One question, and what has been found so far. */
struct search {
    const char *name;
    struct cx_nearest near;
    FILE *to;
    char closest[128]; /* keeps paths that were put together here */
};

static void offer(struct search *q, const char *name) {
    const char *before = q->near.name;
    cx_nearest_offer(&q->near, name);
    if (q->near.name == before) return;
    cx_text_copy(q->closest, sizeof q->closest, name);
    q->near.name = q->closest;
}

static bool matches(struct search *q, const char *name) {
    offer(q, name);
    return strcmp(q->name, name) == 0;
}

static const char *kind_word(enum cx_kind kind) {
    static const char *const words[] = {[CX_KIND_NUMBER] = "number",
                                        [CX_KIND_COUNT] = "whole number",
                                        [CX_KIND_FLAG] = "true or false",
                                        [CX_KIND_CHOICE] = "one word of a choice",
                                        [CX_KIND_TEXT] = "text",
                                        [CX_KIND_PATH] =
                                            "file below the folder of the configuration",
                                        [CX_KIND_VECTOR] = "one to three numbers",
                                        [CX_KIND_TIMES] = "times and patterns of times",
                                        [CX_KIND_NAMES] = "list of names"};
    return words[kind];
}

static void print_line(FILE *to, const char *label, const char *text) {
    if (text && *text) fprintf(to, "  %-10s %s\n", label, text);
}

static void print_range(FILE *to, double lo, double hi, const char *unit) {
    const char *shown = strcmp(unit, "1") == 0 ? "" : unit;
    if (lo <= hi)
        fprintf(to, "  %-10s %.6g to %.6g%s%s\n", "range", lo, hi, *shown ? " " : "", shown);
}

static void print_row(FILE *to, const char *path, const struct cx_row *row) {
    char meaning[96];
    const bool measured = *row->unit && strcmp(row->unit, "1") != 0;
    fprintf(to, "%s - %s\n", path, row->doc);
    print_line(to, "kind", kind_word(row->kind));
    if (measured) print_line(to, "expects", cx_unit_meaning(row->unit, meaning));
    print_line(to, "default", *row->fallback ? row->fallback : "empty");
    print_range(to, row->lo, row->hi, row->unit);
    for (const struct cx_choice *c = row->choices; c && c->word; c++)
        fprintf(to, "    %-16s %s\n", c->word, c->doc);
    print_line(to, "source", row->source);
}

static bool explain_row(struct search *q) {
    struct cx_group groups[CX_GROUP_MOST];
    const int n = cx_groups(groups);
    for (int g = 0; g < n; g++) {
        for (int i = 0; i < groups[g].count; i++) {
            char path[96];
            cx_path_join(path, groups[g].path, groups[g].rows[i].name);
            if (!matches(q, path)) continue;
            print_row(q->to, path, &groups[g].rows[i]);
            return true;
        }
    }
    return false;
}

static bool explain_group(struct search *q) {
    struct cx_group groups[CX_GROUP_MOST];
    const int n = cx_groups(groups);
    bool found = false;
    for (int g = 0; g < n; g++) {
        const size_t length = strlen(q->name);
        if (*groups[g].path) offer(q, groups[g].path);
        const bool below = strncmp(groups[g].path, q->name, length) == 0 &&
                           (!groups[g].path[length] || groups[g].path[length] == '.');
        if (!length || !below) continue;
        found = true;
        fprintf(q->to, "%s\n", groups[g].path);
        for (int i = 0; i < groups[g].count; i++)
            fprintf(q->to, "  %-16s %s\n", groups[g].rows[i].name, groups[g].rows[i].doc);
    }
    return found;
}

/* Parts of a scenario, a study or a story that are no single settings. */
static bool explain_part(struct search *q) {
    static const struct {
        const char *of, *name, *doc, *form;
    } parts[] = {
        {"scenario", "parameters", "values of the model's parameters, with their units",
         "parameters: {NAME: 0.4 1/h}; `cicatrix describe MODEL` lists them"},
        {"scenario", "changes", "parameters that have another value for a while",
         "changes: [{at: 28 day, until: 29 day, set: {NAME: 0.4 1/h}}]; without until: to the end; "
         "two changes of one parameter may not overlap"},
        {"scenario", "observed", "numbers that somebody measured, shown beside the simulated ones",
         "observed: [{outcome: NAME, at: 28 day, value: 53 %, low: 40 %, high: 60 %, label: what, "
         "source: DOI}]"},
        {"scenario", "expect", "windows that the tests hold outcomes to",
         "expect: {NAME: [low, high]}"},
        {"study file", "morris",
         "method of `cicatrix sensitivity`: steps of one factor at a time from r starts; mu_star, "
         "the mean size of the effect over a factor's whole range, tells what matters, sigma "
         "where it depends on the others; costs r times (factors + 1) points",
         "method: {morris: {r: 20, levels: 4}}"},
        {"study file", "saltelli",
         "method of `cicatrix sensitivity`: shares of the variance, first order (alone) and total "
         "(with all interactions); costs n times (factors + 2) points, with `second: true` for "
         "pairs n times (2 factors + 2)",
         "method: {saltelli: {n: 256, second: false}}"},
        {"study file", "goals",
         "outcomes that should be large or small; `cicatrix optimize` takes one to four",
         "goals: {collagen_total_gain: max, erythema_days: min}"},
        {"study file", "constraints",
         "limits of outcomes that a design of `cicatrix optimize` must keep",
         "constraints: {erythema_days: \"<= 2 day\", scar_index: [\">= 0 percent\", \"<= 5 "
         "percent\"]}"},
        {"study file", "optimize",
         "how `cicatrix optimize` searches: points per generation, generations at most, "
         "generations without gain after which it ends (0: never), seed",
         "optimize: {population: 24, generations: 12, patience: 4, seed: 1}"},
        {"story file", "steps",
         "captions that drive the picture of a page; `cicatrix story` fills their {formulas} from "
         "the runs",
         "steps: [{title: .., text: \"Red for {erythema_days}.\", time: 1 day, field: fibrin}]"},
        {"story file", "variants", "runs with other settings, shown by the what-if buttons",
         "variants: {deep: {label: Long needle, set: {device.needle.length: 2 mm}}}"},
        {"story file", "claims", "comparisons that must hold, or no page is written",
         "claims: [deep.collagen_total_gain > 1.2 * collagen_total_gain]"},
    };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (!matches(q, parts[i].name)) continue;
        fprintf(q->to, "%s - %s\n", parts[i].name, parts[i].doc);
        fprintf(q->to, "  %-10s part of a %s\n", "kind", parts[i].of);
        print_line(q->to, "form", parts[i].form);
        return true;
    }
    return false;
}

static bool is_suffix(const char *path, const char *end) {
    const size_t n = strlen(path), m = strlen(end);
    return m && m < n && strcmp(path + n - m, end) == 0 && path[n - m - 1] == '.';
}

/* "needle.length": the one setting that ends so, or a list of those that do. */
static bool explain_suffix(struct search *q) {
    struct cx_group groups[CX_GROUP_MOST];
    const int n = cx_groups(groups);
    const struct cx_row *only = NULL;
    char path[96], first[96];
    int hits = 0;
    for (int g = 0; g < n; g++) {
        for (int i = 0; i < groups[g].count; i++) {
            const struct cx_row *row = &groups[g].rows[i];
            cx_path_join(path, groups[g].path, row->name);
            if (!is_suffix(path, q->name)) continue;
            if (++hits == 1) {
                only = row;
                cx_text_copy(first, sizeof first, path);
            } else {
                if (hits == 2)
                    fprintf(q->to, "several settings end in '%s':\n  %-28s %s\n", q->name, first,
                            only->doc);
                fprintf(q->to, "  %-28s %s\n", path, row->doc);
            }
        }
    }
    if (hits == 1) print_row(q->to, first, only);
    return hits > 0;
}

/* "E031", "e31" or "31". */
static bool explain_code(const struct search *q) {
    static const struct {
        int number;
        const char *title, *text, *way_out;
    } codes[] = {
#define CODE(number, title, text, way_out) {number, title, text, way_out},
        CX_CODES(CODE)
#undef CODE
    };
    const char *digits = q->name + (*q->name == 'E' || *q->name == 'e');
    char *end;
    const long number = isdigit((unsigned char)*digits) ? strtol(digits, &end, 10) : -1;
    if (number < 0 || *end) return false;
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        if (codes[i].number != number) continue;
        fprintf(q->to, "E%03ld - %s\n", number, codes[i].title);
        print_line(q->to, "meaning", codes[i].text);
        print_line(q->to, "way out", codes[i].way_out);
        return true;
    }
    return false;
}

/* A name of a model, with what there is to say. */
struct entry {
    const char *what, *name, *unit, *doc;
};

static bool explain_entry(struct search *q, const struct cx_model *m, const struct entry *x) {
    if (!matches(q, x->name)) return false;
    fprintf(q->to, "%s - %s\n", x->name, x->doc);
    fprintf(q->to, "  %-10s %s of the model %s\n", "kind", x->what, m->name);
    print_line(q->to, "unit", x->unit);
    return true;
}

static bool explain_parameter(struct search *q, const struct cx_model *m) {
    const char *name = q->name;
    if (strncmp(name, "parameters.", 11) == 0) q->name += 11;
    bool found = false;
    for (int i = 0; i < m->param_count; i++) {
        const struct cx_param_row *p = &m->params[i];
        if (!explain_entry(q, m, &(struct entry){"parameter", p->name, p->unit, p->doc})) continue;
        fprintf(q->to, "  %-10s %.6g\n", "default", p->fallback);
        print_range(q->to, p->lo, p->hi, p->unit);
        print_line(q->to, "source", p->source);
        found = true;
    }
    q->name = name;
    return found;
}

static bool explain_fields(struct search *q, const struct cx_model *m) {
    bool found = false;
    for (int i = 0; i < m->derived_count; i++)
        found |= explain_entry(q, m,
                               &(struct entry){"derived value", m->derived[i].name,
                                               m->derived[i].unit, m->derived[i].doc});
    for (int i = 0; i < m->species_count; i++)
        found |= explain_entry(
            q, m,
            &(struct entry){"field", m->species[i].name, m->species[i].unit, m->species[i].doc});
    for (int i = 0; i < m->measure_count; i++)
        found |= explain_entry(q, m,
                               &(struct entry){"measure", m->measures[i].name, m->measures[i].unit,
                                               m->measures[i].doc});
    return found;
}

static bool explain_results(struct search *q, const struct cx_model *m) {
    bool found = false;
    for (int i = 0; i < m->series_count; i++) {
        const struct cx_series_row *x = &m->series[i];
        found |= explain_entry(q, m, &(struct entry){"series over time", x->name, x->unit, x->doc});
    }
    for (int i = 0; i < m->outcome_count; i++) {
        const struct cx_outcome_row *x = &m->outcomes[i];
        if (!explain_entry(q, m, &(struct entry){"outcome", x->name, x->unit, x->definition}))
            continue;
        print_line(q->to, "read from", x->series);
        print_line(q->to, "evidence", x->evidence);
        found = true;
    }
    return found;
}

static bool explain_model(struct search *q, const struct cx_model *m) {
    bool found = matches(q, m->name);
    if (found)
        fprintf(q->to, "%s - %s\n  see `cicatrix describe %s`\n", m->name, m->title, m->name);
    found |= explain_parameter(q, m);
    found |= explain_fields(q, m);
    found |= explain_results(q, m);
    return found;
}

bool cx_config_explain(const char *name, const struct cx_model_list *models, FILE *to,
                       char near[128]) {
    struct search q = {.name = name, .near = {.wanted = name}, .to = to};
    near[0] = 0;
    bool found = explain_code(&q) || explain_row(&q) || explain_part(&q);
    for (int i = 0; i < models->n; i++) found |= explain_model(&q, models->at[i]);
    found = found || explain_group(&q) || explain_suffix(&q);
    if (!found && cx_nearest_name(&q.near)) cx_text_copy(near, 128, q.near.name);
    return found;
}
