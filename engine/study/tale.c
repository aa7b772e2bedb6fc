/* tale.c - a story file from its name to a checked story; see tale.h */
#include "study/tale.h"

#include "base/file.h"
#include "study/tale_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *cx_tale_view_word(enum cx_tale_view v) {
    static const char *const words[] = {
#define CX_TALE_VIEW_WORD(word, id) word,
        CX_TALE_VIEWS(CX_TALE_VIEW_WORD)
#undef CX_TALE_VIEW_WORD
    };
    return words[v];
}

struct cx_formula_names cx_tale_names(const struct cx_tale *t, const char *room[CX_TALE_VARIANTS]) {
    for (int i = 0; i < t->variants; i++) room[i] = t->variant[i].name;
    return (struct cx_formula_names){.model = t->model, .variants = t->variants, .variant = room};
}

/* ---- small pieces ---------------------------------------------------------------------------- */

void cx_tale_refuse(struct cx_study_reader *r, const struct cx_yaml *node, const char *what,
                    const char *hint) {
    struct cx_error e;
    cx_fail(&e, CX_CONFIG, 150, "%s", what);
    cx_hint(&e, "%s", hint);
    cx_reader_report(&r->r, node ? node : r->r.root, CX_AT_VALUE, &e);
}

/* Does the text stand as it is on the line where it begins? */
static bool is_plain(const struct cx_study_reader *r, const struct cx_yaml *node) {
    const char *line = r->r.source;
    for (int i = 1; line && i < node->line; i++) {
        line = strchr(line, '\n');
        line += line != NULL;
    }
    const char *found = line && !node->file ? strstr(line, node->text) : NULL;
    return found && found < line + strcspn(line, "\n");
}

bool cx_tale_keep(struct cx_study_reader *r, const struct cx_yaml *node, struct cx_tale_text *to) {
    if (!cx_calibration_scalar(r, node, node->key ? node->key : "an entry")) return false;
    *to = (struct cx_tale_text){.at = strdup(node->text),
                                .line = node->line,
                                .column = node->column + node->quoted,
                                .plain = is_plain(r, node)};
    return to->at != NULL;
}

/* ---- sections -------------------------------------------------------------------------------- */

static void copy_text(struct cx_study_reader *r, const struct cx_yaml *node, char *to,
                      size_t room) {
    if (!node || !cx_calibration_scalar(r, node, node->key)) return;
    if (!cx_text_copy(to, room, node->text))
        cx_tale_refuse(r, node, "the text is too long", "say it in fewer words");
}

static void read_version(struct cx_study_reader *r, const struct cx_yaml *node) {
    static const double range[2] = {1, 1};
    int64_t version;
    if (node) cx_study_count(r, node, range, &version);
}

static void read_title(struct cx_study_reader *r, const struct cx_yaml *node) {
    copy_text(r, node, cx_tale_of(r)->title, sizeof cx_tale_of(r)->title);
}

static void read_about(struct cx_study_reader *r, const struct cx_yaml *node) {
    copy_text(r, node, cx_tale_of(r)->about, sizeof cx_tale_of(r)->about);
}

static void read_end(struct cx_study_reader *r, const struct cx_yaml *node) {
    if (node) cx_tale_keep(r, node, &cx_tale_of(r)->end);
}

static void read_base(struct cx_study_reader *r, const struct cx_yaml *node) {
    struct cx_tale *t = cx_tale_of(r);
    if (!node) {
        cx_tale_refuse(r, NULL, "the story names no scenario",
                       "add 'base: scenario.yml'; it lies beside the story file");
        return;
    }
    if (!cx_calibration_scalar(r, node, "base") || !cx_study_beside(r, node, r->s->base)) return;
    r->has_base = cx_study_base_load(r, &r->base);
    if (!r->has_base) return;
    const int geometry = r->base.domain.geometry;
    if (geometry == CX_ONE_POINT || geometry == CX_COLUMN)
        cx_tale_refuse(r, node, "the scenario has nothing to turn or cut",
                       "a story needs domain.geometry patch, slice or axisymmetric");
    t->model = r->base.model;
    snprintf(t->variant[0].name, sizeof t->variant[0].name, "base");
    snprintf(t->variant[0].label, sizeof t->variant[0].label, "as it is");
    t->variants = 1;
}

static void read_label(struct cx_study_reader *r, const struct cx_yaml *node) {
    struct cx_tale_variant *v = &cx_tale_of(r)->variant[0];
    copy_text(r, node, v->label, sizeof v->label);
}

static bool is_taken(const struct cx_tale *t, const char *name) {
    for (int i = 0; i < t->variants; i++)
        if (strcmp(t->variant[i].name, name) == 0) return true;
    return false;
}

static void read_variant(struct cx_study_reader *r, const struct cx_yaml *node) {
    static const char *const keys[] = {"label", "set", NULL};
    struct cx_tale *t = cx_tale_of(r);
    if (!cx_calibration_keys(r, node, node->key, keys)) return;
    if (t->variants == CX_TALE_VARIANTS || is_taken(t, node->key) || strlen(node->key) > 63) {
        cx_tale_refuse(r, node, "this variant cannot be added",
                       "a story has at most six, base among them, each with a name of its own");
        return;
    }
    struct cx_tale_variant *v = &t->variant[t->variants++];
    snprintf(v->name, sizeof v->name, "%s", node->key);
    snprintf(v->label, sizeof v->label, "%s", node->key);
    copy_text(r, cx_yaml_child(node, "label"), v->label, sizeof v->label);
}

static void read_variants(struct cx_study_reader *r, const struct cx_yaml *node) {
    if (!node || cx_yaml_is_nothing(node) || !r->has_base) return;
    if (node->kind != CX_YAML_MAP)
        cx_reader_kind(&r->r, node, "variants", "a map of variants by name");
    else
        for (const struct cx_yaml *c = node->first; c; c = c->next) read_variant(r, c);
}

/* In the order in which they need each other; `read` is called with NULL where the section is absent. */
static const struct section {
    const char *key;
    void (*read)(struct cx_study_reader *r, const struct cx_yaml *node);
} sections[] = {
    {"cicatrix-story", read_version}, {"title", read_title},         {"about", read_about},
    {"set", cx_study_set_read},       {"base", read_base},           {"label", read_label},
    {"variants", read_variants},      {"steps", cx_tale_steps_read}, {"end", read_end}};
enum { SECTIONS = sizeof sections / sizeof *sections };

/* ---- the scenarios --------------------------------------------------------------------------- */

static int by_size(const void *a, const void *b) {
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* "[0 h, 6 h]": the times of the steps, and those of the scenario where there is room, so that the reader can look in
 * between. */
static void list_times(const struct cx_tale *t, const struct cx_scenario *s, struct cx_text *out) {
    double at[CX_TALE_TIMES + CX_TALE_STEPS];
    int n = 0;
    for (int i = 0; i < t->steps; i++) at[n++] = 24 * t->step[i].day;
    for (int i = 0; i < s->output.at.n && s->output.at.n + t->steps <= CX_TALE_TIMES; i++)
        at[n++] = s->output.at.at[i];
    qsort(at, (size_t)n, sizeof *at, by_size);
    cx_text_add(out, "[");
    for (int i = 0; i < n; i++) {
        char number[32];
        if ((i && at[i] <= at[i - 1]) || at[i] > s->time.end) continue;
        cx_number_write(at[i], number);
        cx_text_add(out, "%s%s h", out->n > 1 ? ", " : "", number);
    }
    cx_text_add(out, "]");
}

static void list_fields(const struct cx_tale *t, struct cx_text *out) {
    cx_text_add(out, "[");
    for (int i = 0; i < t->steps; i++) {
        bool said = false;
        for (int k = 0; k < i; k++) said |= strcmp(t->step[k].field, t->step[i].field) == 0;
        if (!said) cx_text_add(out, "%s%s", i ? ", " : "", t->step[i].field);
    }
    cx_text_add(out, "]");
}

/* The scenario of a variant once more, with the pictures that the steps need. */
static bool add_pictures(struct cx_study_reader *r, struct cx_study *own,
                         struct cx_tale_variant *v) {
    struct cx_text times = {0}, fields = {0};
    struct cx_override all[2];
    struct cx_study with = *own;
    list_times(cx_tale_of(r), &v->scenario, &times);
    list_fields(cx_tale_of(r), &fields);
    all[0] = (struct cx_override){"output.at", times.at, "steps of the story"};
    all[1] = (struct cx_override){"output.fields", fields.at, "steps of the story"};
    struct cx_override *set = calloc((size_t)own->set_count + 2, sizeof *set);
    bool good = set && !times.starved && !fields.starved;
    if (good) {
        for (int i = 0; i < own->set_count; i++) set[i] = own->set[i];
        memcpy(set + own->set_count, all, sizeof all);
        with.set = set;
        with.set_count += 2;
        cx_scenario_free(&v->scenario);
        r->s = &with;
        good = cx_study_base_load(r, &v->scenario);
    }
    free(set);
    free(times.at);
    free(fields.at);
    return good;
}

/* The steps of one story share places and names. */
static void check_variant(struct cx_study_reader *r, const struct cx_yaml *node, int number) {
    struct cx_tale *t = cx_tale_of(r);
    const struct cx_scenario *s = &t->variant[number].scenario;
    if (s->model != t->model || s->domain.geometry != r->base.domain.geometry)
        cx_tale_refuse(r, node, "a variant may not change the model or the geometry",
                       "tell another story with it");
    for (int i = 0; i < t->steps; i++)
        if (24 * t->step[i].day > s->time.end)
            cx_tale_refuse(r, cx_tale_reader_of(r)->time[i], "the step is later than time.end",
                           "set: {time.end: ...} so that all runs reach it");
}

static void load_variant(struct cx_study_reader *r, int number) {
    struct cx_study *all = r->s, own = *all;
    struct cx_tale_variant *v = &cx_tale_of(r)->variant[number];
    const struct cx_yaml *variants = cx_yaml_child(r->r.root, "variants");
    const struct cx_yaml *node = number && variants ? cx_yaml_child(variants, v->name) : NULL;
    own.set = NULL;
    own.set_count = 0;
    r->s = &own;
    cx_study_set_read(r, cx_yaml_child(r->r.root, "set"));
    if (node) cx_study_set_read(r, cx_yaml_child(node, "set"));
    if (cx_study_base_load(r, &v->scenario)) {
        check_variant(r, node, number);
        if (add_pictures(r, &own, v)) v->config = cx_config_effective(&v->scenario);
    }
    r->s = all;
    cx_study_set_free(&own);
}

/* ---- the whole ------------------------------------------------------------------------------- */

static bool is_tale(struct cx_study_reader *r) {
    if (cx_yaml_child(r->r.root, "cicatrix-story")) return true;
    cx_tale_refuse(r, NULL, "this is not a story",
                   "a story begins with 'cicatrix-story: 1'; `cicatrix help story`");
    return false;
}

bool cx_tale_is(const char *path) { return cx_file_has_key(path, "cicatrix-story"); }

static void read_all(struct cx_study_reader *r, const struct cx_overrides *o) {
    const char *keys[SECTIONS + 1] = {0};
    struct cx_tale *t = cx_tale_of(r);
    for (int i = 0; i < SECTIONS; i++) keys[i] = sections[i].key;
    if (!cx_text_copy(r->s->file, sizeof r->s->file, r->r.file)) {
        struct cx_error e;
        cx_fail(&e, CX_STORAGE, 11, "the path of the story file is longer than 255 bytes");
        cx_reader_report(&r->r, NULL, CX_AT_VALUE, &e);
        return;
    }
    cx_study_name(r->s);
    snprintf(t->file, sizeof t->file, "%s", r->s->file);
    snprintf(t->name, sizeof t->name, "%s", r->s->name);
    snprintf(t->folder, sizeof t->folder, "%s", r->s->folder);
    if (!cx_reader_open(&r->r) || !is_tale(r)) return;
    for (int i = 0; o && i < o->n; i++) cx_reader_override(&r->r, &o->at[i]);
    cx_calibration_keys(r, r->r.root, "", keys);
    for (int i = 0; i < SECTIONS; i++)
        sections[i].read(r, cx_yaml_child(r->r.root, sections[i].key));
    for (int i = 0; i < t->variants && r->r.status == CX_OK; i++) load_variant(r, i);
    if (r->r.status == CX_OK) cx_tale_check(r);
}

enum cx_status cx_tale_load(const char *path, const struct cx_overrides *o,
                            const struct cx_model_list *models, struct cx_tale *t,
                            struct cx_findings *f) {
    struct cx_study s = {.models = *models, .repeats = 1};
    *t = (struct cx_tale){0};
    struct cx_tale_reader r = {
        .r = {.r = {.file = path, .models = models, .findings = f, .start = f->n}, .s = &s},
        .t = t};
    read_all(&r.r, o);
    cx_reader_close(&r.r.r);
    cx_study_join(f, &r.r.of_base);
    if (r.r.has_base) cx_scenario_free(&r.r.base);
    cx_study_free(&s);
    if (r.r.r.status != CX_OK) cx_tale_free(t);
    return r.r.r.status;
}

static void free_step(struct cx_tale_step *s) {
    free(s->title.at);
    free(s->text.at);
    for (int i = 0; i < s->numbers; i++) free(s->number[i].formula.at);
    for (int i = 0; i < s->claims; i++) free(s->claim[i].at);
}

void cx_tale_free(struct cx_tale *t) {
    for (int i = 0; i < t->steps; i++) free_step(&t->step[i]);
    for (int i = 0; i < t->variants; i++) {
        cx_scenario_free(&t->variant[i].scenario);
        free(t->variant[i].config);
    }
    free(t->step);
    free(t->end.at);
    *t = (struct cx_tale){0};
}
