/* optimization_write.c - the files of an optimisation; see optimization.h */
#include "base/file.h"
#include "base/json.h"
#include "study/collect.h"
#include "study/optimization.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { OPTIMIZATION_SCHEMA = 1, CLOUD_MOST = 4000 };

static enum cx_status put(const struct cx_optimization *o, const char *name, char *text,
                          struct cx_error *e) {
    char path[600];
    snprintf(path, sizeof path, "%.500s/%s", o->study->folder, name);
    if (!text) return cx_fail(e, CX_STORAGE, 61, "no memory for %s", name);
    const enum cx_status status = cx_file_write(path, text, strlen(text), e);
    free(text);
    return status;
}

/* "best collagen_total_gain; best compromise"; "" for most designs. */
static void names_of(const struct cx_optimization *o, int place, char out[400]) {
    size_t n = 0;
    out[0] = 0;
    for (int j = 0; j < o->goals; j++)
        if (o->best[j] == place)
            n += (size_t)snprintf(out + n, 400 - n, "%sbest %s", n ? "; " : "",
                                  o->study->outcome[o->goal[j]].name);
    if (o->compromise == place && o->goals > 1)
        snprintf(out + n, 400 - n, "%sbest compromise", n ? "; " : "");
}

/* ---- tables ---------------------------------------------------------------------------------- */

static void put_heads(struct cx_text *t, const struct cx_study *s) {
    cx_text_add(t, "design,names");
    for (int j = 0; j < s->factor_count; j++) {
        cx_text_add(t, ",");
        cx_csv_name(t, s->factor[j].path, s->factor[j].words ? "" : s->factor[j].unit);
    }
    for (int k = 0; k < s->outcome_count; k++) {
        cx_text_add(t, ",");
        cx_csv_name(t, s->outcome[k].name, s->outcome[k].unit);
    }
    cx_text_add(t, ",digest\n");
}

static void put_design(struct cx_text *t, const struct cx_optimization *o, int place) {
    const struct cx_study *s = o->study;
    const int point = o->front[place];
    char words[400];
    names_of(o, place, words);
    cx_text_add(t, "%d,", place + 1);
    cx_csv_text(t, words);
    for (int j = 0; j < s->factor_count; j++) {
        const double x = cx_design_row(&o->points, point)[j];
        cx_text_add(t, ",");
        cx_factor_text(&s->factor[j], x, words);
        if (s->factor[j].words)
            cx_csv_text(t, words);
        else
            cx_csv_number(t, x);
    }
    for (int k = 0; k < s->outcome_count; k++) {
        cx_text_add(t, ",");
        cx_csv_number(t, cx_optimization_value(o, point)[k]);
    }
    cx_text_add(t, ",%s\n", o->digest[point]);
}

static char *front_csv(const struct cx_optimization *o) {
    struct cx_text t = {0};
    put_heads(&t, o->study);
    for (int k = 0; k < o->count; k++) put_design(&t, o, k);
    return cx_text_take(&t);
}

static char *history_csv(const struct cx_optimization *o) {
    struct cx_text t = {0};
    cx_text_add(&t, "generation,points,failed,breaking_limits,front,volume\n");
    for (int i = 0; i < o->generations; i++) {
        const struct cx_generation *g = &o->generation[i];
        cx_text_add(&t, "%d,%d,%d,%d,%d,", i + 1, g->points, g->failed, g->breaking,
                    g->front_count);
        cx_csv_number(&t, cx_optimization_volume(o, i));
        cx_text_add(&t, "\n");
    }
    return cx_text_take(&t);
}

/* ---- optimization.json ----------------------------------------------------------------------- */

/* Every outcome that is wished for or limited. */
static json_t *wishes_json(const struct cx_study *s) {
    json_t *all = json_array();
    for (int k = 0; k < s->outcome_count; k++) {
        const struct cx_study_outcome *q = &s->outcome[k];
        if (q->goal == CX_NO_GOAL && !isfinite(q->least) && !isfinite(q->most)) continue;
        const char *goal = q->goal == CX_MOST ? "max" : "min";
        json_array_append_new(
            all, json_pack("{s:s, s:s, s:s, s:o, s:o, s:o}", "outcome", q->name, "unit", q->unit,
                           "definition", q->definition ? q->definition : "", "goal",
                           q->goal == CX_NO_GOAL ? json_null() : json_string(goal), "at_least",
                           cx_json_number(q->least), "at_most", cx_json_number(q->most)));
    }
    return all;
}

static json_t *history_json(const struct cx_optimization *o) {
    json_t *all = json_array();
    for (int i = 0; i < o->generations; i++) {
        const struct cx_generation *g = &o->generation[i];
        json_array_append_new(
            all, json_pack("{s:i, s:i, s:i, s:i, s:i, s:o}", "generation", i + 1, "points",
                           g->points, "failed", g->failed, "breaking_limits", g->breaking, "front",
                           g->front_count, "volume", cx_json_number(cx_optimization_volume(o, i))));
    }
    return all;
}

static json_t *settings_json(const struct cx_optimization *o, int point) {
    const struct cx_study *s = o->study;
    json_t *all = json_object();
    for (int j = 0; j < s->factor_count; j++) {
        char text[192];
        cx_factor_text(&s->factor[j], cx_design_row(&o->points, point)[j], text);
        json_object_set_new(all, s->factor[j].path, json_string(text));
    }
    return all;
}

static json_t *outcomes_json(const struct cx_optimization *o, int point) {
    const struct cx_study *s = o->study;
    json_t *all = json_object();
    for (int k = 0; k < s->outcome_count; k++)
        json_object_set_new(all, s->outcome[k].name,
                            cx_json_number(cx_optimization_value(o, point)[k]));
    return all;
}

static json_t *design_json(const struct cx_optimization *o, int point, const char *names) {
    return json_pack("{s:s, s:o, s:o, s:o, s:s}", "names", names, "settings",
                     settings_json(o, point), "outcomes", outcomes_json(o, point),
                     "limits_broken_by", cx_json_number(o->violation[point]), "digest",
                     o->digest[point]);
}

/* cost: for each goal, 0 the best of the front to 1 the worst of it. */
static json_t *front_json(const struct cx_optimization *o) {
    json_t *all = json_array();
    for (int k = 0; k < o->count; k++) {
        char names[400];
        names_of(o, k, names);
        json_t *row = design_json(o, o->front[k], names), *cost = json_object();
        for (int j = 0; j < o->goals; j++)
            json_object_set_new(cost, o->study->outcome[o->goal[j]].name,
                                cx_json_number(cx_optimization_cost(o, o->front[k], j)));
        json_object_set_new(row, "cost", cost);
        json_array_append_new(all, row);
    }
    return all;
}

/* Goals of everything that was tried and has values, for the picture: [goal ..., 1 if it keeps the limits]. */
static json_t *tried_json(const struct cx_optimization *o) {
    json_t *all = json_array();
    for (int i = 0; i < o->points.n && i < CLOUD_MOST; i++) {
        if (!isfinite(o->violation[i])) continue;
        json_t *row = json_array();
        for (int j = 0; j < o->goals; j++)
            json_array_append_new(row, cx_json_number(cx_optimization_value(o, i)[o->goal[j]]));
        json_array_append_new(row, json_integer(!(o->violation[i] > 0)));
        json_array_append_new(all, row);
    }
    return all;
}

static char *whole_json(const struct cx_optimization *o) {
    const struct cx_study *s = o->study;
    const struct cx_generation *g = &o->generation[o->generations - 1];
    json_t *root =
        json_pack("{s:i, s:s, s:s, s:i, s:i, s:i, s:i, s:I, s:i, s:i, s:i}", "schema_version",
                  OPTIMIZATION_SCHEMA, "study", s->name, "ended", cx_optimum_word(o->ended),
                  "population", s->optimize.population, "generations", o->generations,
                  "generations_most", s->optimize.generations, "patience", s->optimize.patience,
                  "seed", (json_int_t)s->optimize.seed, "evaluations", g->points, "failed",
                  g->failed, "breaking_limits", g->breaking);
    if (!root) return NULL;
    json_object_set_new(root, "repeats", json_integer(s->repeats));
    json_object_set_new(root, "wishes", wishes_json(s));
    json_object_set_new(root, "front", front_json(o));
    json_object_set_new(root, "nearest",
                        o->nearest < 0 ? json_null() : design_json(o, o->nearest, "nearest"));
    json_object_set_new(root, "history", history_json(o));
    json_object_set_new(root, "tried", tried_json(o));
    char *text = json_dumps(root, JSON_INDENT(1) | JSON_REAL_PRECISION(17));
    json_decref(root);
    return text;
}

enum cx_status cx_optimization_write(const struct cx_optimization *o, struct cx_error *e) {
    if (!o->generations) return CX_OK;
    CX_TRY(put(o, "front.csv", front_csv(o), e));
    CX_TRY(put(o, "history.csv", history_csv(o), e));
    return put(o, "optimization.json", whole_json(o), e);
}
