/* embed_main.c - writes what the page is made of: classroom_embed SCENARIO.yml OUT.def OUT.json
 *   OUT.def    one row for each number of the checked scenario, in engine units, and for each parameter of its model; in
 *              hexadecimal, so that not a bit is lost.  Included by scenario.c.
 *   OUT.json   the scenario's lesson, and names, units and meanings of the model's fields, courses and outcomes. */
#include "base/json.h"
#include "config/table.h"
#include "run/run.h"

#include <math.h>
#include <stdio.h>

static void write_number(FILE *f, double x) {
    if (isnan(x))
        fputs("NAN", f);
    else if (isinf(x))
        fputs(x > 0 ? "INFINITY" : "-INFINITY", f);
    else
        fprintf(f, "%a", x);
}

static void write_vector(FILE *f, const struct cx_vector *v) {
    fprintf(f, "%d, %a, %a, %a", v->n, v->at[0], v->at[1], v->at[2]);
}

/* Texts and lists are left out: a page needs none. */
static void write_row(FILE *f, const char *group, const struct cx_row *row, const void *at) {
    const char *kind = row->kind == CX_KIND_NUMBER   ? "NUMBER"
                       : row->kind == CX_KIND_VECTOR ? "VECTOR"
                                                     : "WHOLE";
    if (row->kind == CX_KIND_TEXT || row->kind == CX_KIND_PATH || row->kind == CX_KIND_TIMES ||
        row->kind == CX_KIND_NAMES)
        return;
    fprintf(f, "%s(%s, %s, ", kind, group[0] ? cx_path_last(group) : "root", row->name);
    switch (row->kind) {
    case CX_KIND_NUMBER: write_number(f, *(const double *)at); break;
    case CX_KIND_COUNT: fprintf(f, "%lld", (long long)*(const int64_t *)at); break;
    case CX_KIND_CHOICE: fprintf(f, "%d", *(const int *)at); break;
    case CX_KIND_VECTOR: write_vector(f, at); break;
    default: fprintf(f, "%d", *(const bool *)at);
    }
    fputs(")\n", f);
}

static void write_scenario(FILE *f, const struct cx_scenario *s) {
    struct cx_group group[CX_GROUP_MOST];
    const int groups = cx_groups(group);
    fprintf(f, "/* Made by embed_main.c of %s.yml. */\nMODEL(%s)\n", s->name, s->model->name);
    for (int g = 0; g < groups; g++)
        for (int i = 0; i < group[g].count; i++)
            write_row(f, group[g].path, &group[g].rows[i], cx_row_value(s, &group[g].rows[i]));
    for (int i = 0; i < s->model->param_count; i++) {
        fprintf(f, "PARAMETER(%s, ", s->model->params[i].name);
        write_number(f, s->parameter[i]);
        fputs(")\n", f);
    }
}

static void add_name(json_t *list, const char *name, const char *unit, const char *doc) {
    json_array_append_new(list, json_pack("{ssssss}", "name", name, "unit", unit, "doc", doc));
}

/* What the sliders begin with, and what the numbers of fields, courses and outcomes mean. */
static json_t *make_names(const struct cx_scenario *s) {
    const struct cx_model *m = s->model;
    json_t *fields = json_array(), *courses = json_array(), *outcomes = json_array();
    for (int i = 0; i < m->species_count; i++)
        add_name(fields, m->species[i].name, m->species[i].unit, m->species[i].doc);
    for (int i = 0; i < m->series_count; i++)
        add_name(courses, m->series[i].name, m->series[i].unit, m->series[i].doc);
    for (int i = 0; i < m->outcome_count; i++)
        add_name(outcomes, m->outcomes[i].name, m->outcomes[i].unit, m->outcomes[i].definition);
    return json_pack("{s{sfsfsfsfsf}sososo}", "lesson", "depth_mm",
                     1e-3 * s->device.penetration * s->needle.length, "per_cm2", s->pattern.density,
                     "age_year", s->skin.age, "width_um", s->domain.size.at[0], "after_day",
                     s->time.end / 24, "fields", fields, "courses", courses, "outcomes", outcomes);
}

static bool write_names(FILE *f, const struct cx_scenario *s) {
    json_t *names = make_names(s);
    const bool good = names && json_dumpf(names, f, JSON_COMPACT) == 0;
    json_decref(names);
    return good;
}

/* Returns the exit status. */
static int write_both(const struct cx_scenario *s, const char *table, const char *names) {
    FILE *f = fopen(table, "w"), *g = fopen(names, "w");
    bool good = f && g;
    if (good) write_scenario(f, s);
    good = good && write_names(g, s) && !ferror(f);
    good &= f && fclose(f) == 0;
    good &= g && fclose(g) == 0;
    if (good) return 0;
    fprintf(stderr, "classroom_embed: '%s' and '%s' could not be written\n", table, names);
    return cx_status_exit(CX_STORAGE);
}

static int embed(const char *from, const char *table, const char *names) {
    const struct cx_model_list models = cx_models();
    struct cx_findings findings = {0};
    struct cx_scenario s;
    const enum cx_status status = cx_config_load(from, NULL, &models, &s, &findings);
    cx_findings_print(&findings, stderr, false);
    cx_findings_free(&findings);
    if (status != CX_OK) return cx_status_exit(status);
    const int code = write_both(&s, table, names);
    cx_scenario_free(&s);
    return code;
}

int main(int argc, char **argv) {
    if (argc == 4) return embed(argv[1], argv[2], argv[3]);
    fputs("classroom_embed SCENARIO.yml OUT.def OUT.json\n", stderr);
    return cx_status_exit(CX_USAGE);
}
