/* opening.c - what opening a study and opening a calibration have in common: the name, the changes that all runs share,
 * the scenario beside the file, and whose findings are whose. */
#include "study/parts.h"

#include "base/text.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void cx_study_name(struct cx_study *s) {
    const char *slash = strrchr(s->file, '/');
    cx_text_copy(s->name, sizeof s->name, slash ? slash + 1 : s->file);
    char *dot = strrchr(s->name, '.');
    if (dot && dot > s->name && (!strcmp(dot, ".yml") || !strcmp(dot, ".yaml"))) *dot = 0;
    for (char *p = s->name; *p; p++)
        if (!isalnum((unsigned char)*p) && *p != '-' && *p != '.') *p = '_';
    if (s->name[0] == '.') s->name[0] = '_';
    snprintf(s->folder, sizeof s->folder, "outputs/%s", s->name);
}

/* One change that all runs share; keeps its place in the file as its origin. */
static void add_set(struct cx_study_reader *r, const char *path, const struct cx_yaml *node) {
    struct cx_study *s = r->s;
    struct cx_error e;
    char value[512], from[300];
    const char *slash = strrchr(s->file, '/');
    void *at = realloc(s->set, (size_t)(s->set_count + 1) * sizeof *s->set);
    if (at) s->set = at;
    if (!at || !cx_yaml_say(node, value, sizeof value)) {
        cx_fail(&e, CX_CONFIG, 102, "the value cannot be held");
        cx_study_refuse(r, path, node, &e);
        return;
    }
    snprintf(from, sizeof from, "%.250s:%d:%d", slash ? slash + 1 : s->file, node->line,
             node->column);
    s->set[s->set_count++] =
        (struct cx_override){strdup(path), strdup(value), strdup(node->file ? node->file : from)};
}

void cx_study_set_read(struct cx_study_reader *r, const struct cx_yaml *node) {
    if (!node || cx_yaml_is_nothing(node)) return;
    if (node->kind == CX_YAML_MAP)
        cx_study_leaves(r, node, add_set);
    else
        cx_reader_kind(&r->r, node, "set", "a map of settings and values");
}

void cx_study_set_free(struct cx_study *s) {
    for (int i = 0; i < s->set_count; i++) {
        free((char *)s->set[i].path);
        free((char *)s->set[i].value);
        free((char *)s->set[i].from);
    }
    free(s->set);
}

bool cx_study_beside(struct cx_study_reader *r, const struct cx_yaml *node, char out[512]) {
    struct cx_error e;
    char folder[300];
    const char *file = r->s->file, *slash = strrchr(file, '/');
    const int n = slash ? (int)(slash - file) : 0;
    snprintf(folder, sizeof folder, "%.*s", slash ? n + (n == 0) : 1, slash ? file : ".");
    if (cx_path_check(folder, node->text, &e) != CX_OK) {
        cx_study_refuse(r, node->key, node, &e);
        return false;
    }
    snprintf(out, 512, "%.255s/%.250s", folder, node->text);
    if (strncmp(out, "./", 2) == 0) memmove(out, out + 2, strlen(out) - 1);
    return true;
}

/* ---- findings -------------------------------------------------------------------------------- */

/* Where a finding about `set` stands in this file; line 0: it is not about `set`. */
static struct cx_yaml place_of(const struct cx_study *s, const struct cx_error *e) {
    struct cx_yaml at = {0};
    char *rest = strchr(e->file, ':');
    for (int k = 0; k < s->set_count && rest; k++) {
        if (strcmp(e->file, s->set[k].from) != 0) continue;
        at.line = (int)strtol(rest + 1, &rest, 10);
        at.column = *rest == ':' ? (int)strtol(rest + 1, NULL, 10) : 0;
        break;
    }
    return at;
}

/* Findings about what `set` says belong to this file, all others to the scenario. */
static void sort_finding(struct cx_study_reader *r, struct cx_findings *found, int i) {
    const struct cx_error *e = &found->at[i];
    const struct cx_yaml at = place_of(r->s, e);
    if (at.line) {
        cx_reader_report(&r->r, &at, CX_AT_VALUE, &found->at[i]);
        return;
    }
    const int before = r->of_base.n;
    cx_findings_add(&r->of_base, e, NULL);
    if (r->of_base.n == before) return;
    r->of_base.line[before] = found->line[i];
    found->line[i] = NULL;
}

bool cx_study_base_load(struct cx_study_reader *r, struct cx_scenario *out) {
    struct cx_findings found = {0};
    const struct cx_overrides set = {r->s->set, r->s->set_count};
    const enum cx_status status = cx_config_load(r->s->base, &set, &r->s->models, out, &found);
    for (int i = 0; i < found.n; i++) sort_finding(r, &found, i);
    cx_findings_free(&found);
    if (status != CX_OK && r->r.status == CX_OK) r->r.status = status;
    return status == CX_OK;
}

void cx_study_join(struct cx_findings *to, struct cx_findings *from) {
    for (int i = 0; i < from->n; i++) {
        const int before = to->n;
        cx_findings_add(to, &from->at[i], NULL);
        if (to->n == before) continue;
        to->line[before] = from->line[i];
        from->line[i] = NULL;
    }
    cx_findings_free(from);
}
