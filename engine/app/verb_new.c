/* verb_new.c - a starter folder: one example of the gallery with its comments, the files it
 * names, the schema for editors.  Nothing that is there is overwritten. */
#include "app/listing.h"
#include "app/starters.h"
#include "app/verbs.h"
#include "base/file.h"
#include "base/text.h"
#include "study/study.h"

#include <stdlib.h>
#include <string.h>

static const struct cx_option options[] = {
    CX_FLAG("list", 0, list, "the gallery: every template and its title"),
    {0},
};

const struct cx_usage cx_usage_new = {
    .words = "TEMPLATE DIR | --list",
    .examples = "cicatrix new --list\ncicatrix new quickstart my_skin",
    .options = options,
    .least = 0,
    .most = 2,
};

static json_t *template_row(const void *gallery, int i) {
    const struct cx_starters *g = gallery;
    char title[200];
    cx_starter_title(g, i, title);
    json_t *row = json_object();
    json_object_set_new(row, "name", cx_json_text(g->name[i]));
    json_object_set_new(row, "title", cx_json_text(title));
    return row;
}

static void template_line(FILE *to, const void *gallery, int i) {
    const struct cx_starters *g = gallery;
    char title[200];
    cx_starter_title(g, i, title);
    fprintf(to, "%-28s %s\n", g->name[i], title);
}

static enum cx_status list_gallery(struct cx_app *a, const struct cx_starters *g,
                                   struct cx_error *e) {
    const struct cx_listing all = {"templates", "", "", g->n, g, template_row, template_line};
    json_t *answer = cx_json_answer();
    cx_app_list(a, answer, &all);
    cx_app_flush(a);
    cx_app_next(a, answer, "cicatrix new quickstart my_skin");
    return cx_app_close(a, answer, e);
}

static enum cx_status find_template(const struct cx_starters *g, const char *name,
                                    struct cx_error *e) {
    struct cx_nearest n = {.wanted = name};
    for (int i = 0; i < g->n; i++) {
        if (strcmp(g->name[i], name) == 0) return CX_OK;
        cx_nearest_offer(&n, g->name[i]);
    }
    const char *near = cx_nearest_name(&n);
    cx_fail(e, CX_USAGE, CX_E_NAME, "there is no template '%.64s'", name);
    cx_hint(e, near ? "did you mean '%s'?" : "see `cicatrix new --list`%s", near ? near : "");
    return CX_USAGE;
}

/* A file that the example names, beside it; "" is none. */
static enum cx_status copy_named(const struct cx_starters *g, const char *file, const char *dir,
                                 struct cx_error *e) {
    char from[900], to[900];
    if (!file[0]) return CX_OK;
    snprintf(from, sizeof from, "%.511s/%.255s", g->folder, file);
    snprintf(to, sizeof to, "%.511s/%.255s", dir, file);
    char *slash = strrchr(to, '/');
    *slash = 0;
    CX_TRY(cx_folder_create(to, e));
    *slash = '/';
    return cx_place_copy(from, to, e);
}

static const char *last_part(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* A study needs its scenario and its list of points; the scenario is one of the gallery. */
static enum cx_status copy_study(const struct cx_starters *g, const char *from, const char *dir,
                                 struct cx_error *e) {
    struct cx_study s;
    struct cx_findings found = {0};
    const struct cx_model_list models = cx_models();
    enum cx_status status = cx_study_load(from, NULL, &models, &s, &found);
    if (status == CX_OK) {
        status = copy_named(g, last_part(s.base), dir, e);
        if (status == CX_OK && *s.list) status = copy_named(g, last_part(s.list), dir, e);
        cx_study_free(&s);
    } else if (found.n) {
        *e = found.at[0];
    }
    cx_findings_free(&found);
    return status;
}

/* The example itself says which files it needs: needle lists, initial fields. */
static enum cx_status copy_files(const struct cx_starters *g, const char *from, const char *dir,
                                 struct cx_error *e) {
    struct cx_scenario s = {0};
    struct cx_findings found = {0};
    const struct cx_model_list models = cx_models();
    if (cx_study_is(from)) return copy_study(g, from, dir, e);
    enum cx_status status = cx_config_load(from, NULL, &models, &s, &found);
    if (status == CX_OK) {
        status = copy_named(g, s.pattern.file, dir, e);
        if (status == CX_OK) status = copy_named(g, s.initial.file, dir, e);
        cx_scenario_free(&s);
    } else if (found.n) {
        *e = found.at[0];
    }
    cx_findings_free(&found);
    return status;
}

/* Two scenarios in one folder share the schema. */
static enum cx_status write_schema(const char *dir, struct cx_error *e) {
    char path[640];
    const struct cx_model_list models = cx_models();
    char *text = cx_config_schema(&models);
    snprintf(path, sizeof path, "%.511s/scenario.schema.json", dir);
    const enum cx_status status = !text                  ? cx_fail(e, CX_INTERNAL, 0, "no memory")
                                  : cx_file_exists(path) ? CX_OK
                                                         : cx_place_write(path, text, e);
    free(text);
    return status;
}

/* The example as it is, comments and all, under a line that lets editors find the schema. */
static enum cx_status write_scenario(const char *from, const char *to, struct cx_error *e) {
    const char *const head = "# yaml-language-server: $schema=./scenario.schema.json\n";
    unsigned char *bytes = NULL;
    size_t n = 0;
    CX_TRY(cx_file_read(from, (size_t)1 << 20, &bytes, &n, e));
    struct cx_text text = {0};
    cx_text_add(&text, "%s%s",
                strstr((char *)bytes, "yaml-language-server") || cx_study_is(from) ? "" : head,
                (char *)bytes);
    free(bytes);
    char *whole = cx_text_take(&text);
    if (!whole) return cx_fail(e, CX_INTERNAL, 0, "no memory for the scenario");
    const enum cx_status status = cx_place_write(to, whole, e);
    free(whole);
    return status;
}

/* Names the scenario, not the folder, on stdout: it is what the next command takes. */
static enum cx_status start_folder(struct cx_app *a, const struct cx_starters *g,
                                   struct cx_error *e) {
    const char *name = a->ask.words.at[0], *dir = a->ask.words.at[1];
    char from[640], to[640];
    CX_TRY(find_template(g, name, e));
    snprintf(from, sizeof from, "%.511s/%.64s.yml", g->folder, name);
    const int n = snprintf(to, sizeof to, "%s/%.64s.yml", dir, name);
    if (n >= 512) return cx_fail(e, CX_STORAGE, CX_E_PLACE, "the name of the folder is too long");
    CX_TRY(cx_folder_create(dir, e));
    CX_TRY(write_scenario(from, to, e));
    CX_TRY(copy_files(g, from, dir, e));
    CX_TRY(write_schema(dir, e));
    json_t *answer = cx_json_answer();
    cx_app_file(a, answer, "file", to);
    cx_app_next(a, answer, "cicatrix check %s", to);
    return cx_app_close(a, answer, e);
}

enum cx_status cx_verb_new(struct cx_app *a, struct cx_error *e) {
    if (!a->ask.list && a->ask.words.n != 2) {
        cx_fail(e, CX_USAGE, CX_E_WORDS, "'new' needs a template and a folder, or --list");
        cx_hint(e, "for example: cicatrix new quickstart my_skin");
        return CX_USAGE;
    }
    struct cx_starters *g = malloc(sizeof *g);
    if (!g) return cx_fail(e, CX_INTERNAL, 0, "no memory for the gallery");
    enum cx_status status = cx_place_gallery(g->folder, e);
    if (!status) status = cx_starters_read(g, e);
    if (!status) status = a->ask.list ? list_gallery(a, g, e) : start_folder(a, g, e);
    free(g);
    return status;
}
