/* sensitivity_write.c - sensitivity.json for programs and the report, sensitivity.csv for tables; see sensitivity.h */
#include "base/file.h"
#include "base/json.h"
#include "base/text.h"
#include "study/sensitivity.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const meanings[2][CX_MORRIS_INDICES] = {
    {"mean change of the outcome over the factor's whole range, with sign",
     "mean size of that change: how much the factor matters",
     "its standard deviation: how much it depends on the other factors or on where one starts"},
    {"share of the variance that the factor explains alone",
     "share of the variance that would be left if all other factors were known", ""}};

/* ---- json ------------------------------------------------------------------------------------ */

static json_t *interval_json(const struct cx_interval *i) {
    json_t *row = json_object();
    json_object_set_new(row, "value", cx_json_number(i->value));
    json_object_set_new(row, "low", cx_json_number(i->low));
    json_object_set_new(row, "high", cx_json_number(i->high));
    return row;
}

static json_t *factors_json(const struct cx_study *s) {
    json_t *all = json_array();
    for (int j = 0; j < s->factor_count; j++) {
        const struct cx_factor *f = &s->factor[j];
        char lo[192], hi[192];
        cx_factor_text(f, f->words ? 0 : f->from, lo);
        cx_factor_text(f, f->words ? f->count - 1 : f->to, hi);
        json_array_append_new(all, json_pack("{s:s, s:s?, s:s?, s:b, s:b}", "name", f->path, "from",
                                             lo, "to", hi, "log", f->log, "words", f->words));
    }
    return all;
}

static json_t *indices_json(const struct cx_sensitivity *s, int outcome) {
    json_t *all = json_array();
    for (int j = 0; j < s->factors; j++) {
        json_t *row = json_object();
        json_object_set_new(row, "factor", json_string(s->study->factor[j].path));
        for (int m = 0; m < s->each; m++)
            json_object_set_new(row, cx_index_word(s, m),
                                interval_json(&cx_index_of(s, outcome, j)[m]));
        json_array_append_new(all, row);
    }
    return all;
}

static json_t *pairs_json(const struct cx_sensitivity *s, int outcome) {
    const struct cx_interval *at = cx_index_pairs(s, outcome);
    json_t *all = json_array();
    for (int i = 0; s->second && i < s->factors; i++)
        for (int j = i + 1; j < s->factors; j++) {
            json_t *row = interval_json(&at[cx_pair_place(s->factors, i, j)]);
            json_object_set_new(
                row, "factors",
                json_pack("[s, s]", s->study->factor[i].path, s->study->factor[j].path));
            json_array_append_new(all, row);
        }
    return all;
}

static json_t *outcomes_json(const struct cx_sensitivity *s) {
    json_t *all = json_array();
    for (int i = 0; i < s->outcomes; i++) {
        const struct cx_study_outcome *o = &s->study->outcome[i];
        json_t *row =
            json_pack("{s:s, s:s, s:i, s:o, s:o, s:o}", "name", o->name, "unit", o->unit, "blocks",
                      s->outcome[i].blocks, "mean", cx_json_number(s->outcome[i].mean), "sd",
                      cx_json_number(s->outcome[i].sd), "indices", indices_json(s, i));
        if (s->second) json_object_set_new(row, "pairs", pairs_json(s, i));
        json_array_append_new(all, row);
    }
    return all;
}

static json_t *meanings_json(const struct cx_sensitivity *s) {
    json_t *all = json_object();
    for (int m = 0; m < s->each && m < CX_MORRIS_INDICES; m++)
        json_object_set_new(all, cx_index_word(s, m),
                            json_string(meanings[s->study->method != CX_MORRIS][m]));
    if (s->second)
        json_object_set_new(all, "pairs",
                            json_string("share of the variance that two factors explain only "
                                        "together"));
    return all;
}

static json_t *whole_json(const struct cx_sensitivity *s) {
    json_t *root = json_object();
    json_object_set_new(root, "schema_version", json_integer(1));
    json_object_set_new(root, "study", json_string(s->study->name));
    json_object_set_new(root, "method", json_string(cx_method_word(s->study->method)));
    json_object_set_new(root, "runs_csv_sha256", json_string(s->runs_csv));
    json_object_set_new(root, "runs", json_integer(s->runs));
    json_object_set_new(root, "runs_not_ok", json_integer(s->bad_runs));
    json_object_set_new(root, "blocks", json_integer(s->blocks));
    json_object_set_new(root, "points_per_block", json_integer(s->rows));
    json_object_set_new(root, "blocks_left_out", json_integer(s->failed));
    json_object_set_new(root, "repeats", json_integer(s->study->repeats));
    json_object_set_new(root, "interval", cx_json_number(s->how.level));
    json_object_set_new(root, "bootstrap_draws", json_integer(s->how.draws));
    json_object_set_new(root, "meaning", meanings_json(s));
    json_object_set_new(root, "factors", factors_json(s->study));
    json_object_set_new(root, "outcomes", outcomes_json(s));
    return root;
}

static enum cx_status write_json(const struct cx_sensitivity *s, const char *path,
                                 struct cx_error *e) {
    json_t *root = whole_json(s);
    char *dump = root ? json_dumps(root, JSON_INDENT(1) | JSON_REAL_PRECISION(12)) : NULL;
    json_decref(root);
    if (!dump) return cx_fail(e, CX_STORAGE, 61, "no memory for the indices");
    const enum cx_status status = cx_file_write(path, dump, strlen(dump), e);
    free(dump);
    return status;
}

/* ---- csv ------------------------------------------------------------------------------------- */

static void add_interval(struct cx_text *t, const struct cx_interval *i, int blocks) {
    const double all[3] = {i->value, i->low, i->high};
    for (int n = 0; n < 3; n++) {
        char word[32] = "";
        if (isfinite(all[n])) cx_number_write(all[n], word);
        cx_text_add(t, ",%s", word);
    }
    cx_text_add(t, ",%d\n", blocks);
}

/* Morris' indices are changes of the outcome, in its unit; Sobol's are shares. */
static void add_outcome(struct cx_text *t, const struct cx_sensitivity *s, int i) {
    const struct cx_study_outcome *o = &s->study->outcome[i];
    const struct cx_outcome_indices *x = &s->outcome[i];
    const char *unit = s->study->method == CX_MORRIS ? o->unit : "1";
    for (int j = 0; j < s->factors; j++)
        for (int m = 0; m < s->each; m++) {
            cx_text_add(t, "%s,%s,,%s,%s", o->name, s->study->factor[j].path, cx_index_word(s, m),
                        unit);
            add_interval(t, &cx_index_of(s, i, j)[m], x->blocks);
        }
    for (int p = 0; s->second && p < s->factors; p++)
        for (int q = p + 1; q < s->factors; q++) {
            cx_text_add(t, "%s,%s,%s,second,%s", o->name, s->study->factor[p].path,
                        s->study->factor[q].path, unit);
            add_interval(t, &cx_index_pairs(s, i)[cx_pair_place(s->factors, p, q)], x->blocks);
        }
}

static enum cx_status write_csv(const struct cx_sensitivity *s, const char *path,
                                struct cx_error *e) {
    struct cx_text t = {0};
    cx_text_add(&t, "outcome,factor,with,index,unit,value,low,high,blocks\n");
    for (int i = 0; i < s->outcomes; i++) add_outcome(&t, s, i);
    const size_t n = t.n;
    char *text = cx_text_take(&t);
    if (!text) return cx_fail(e, CX_STORAGE, 61, "no memory for the indices");
    const enum cx_status status = cx_file_write(path, text, n, e);
    free(text);
    return status;
}

enum cx_status cx_sensitivity_write(const struct cx_sensitivity *s, struct cx_error *e) {
    char path[600];
    snprintf(path, sizeof path, "%.500s/sensitivity.csv", s->study->folder);
    CX_TRY(write_csv(s, path, e));
    snprintf(path, sizeof path, "%.500s/sensitivity.json", s->study->folder);
    return write_json(s, path, e);
}
