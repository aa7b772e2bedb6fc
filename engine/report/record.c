/* record.c - see record.h. */
#include "report/record.h"

#include "base/file.h"
#include "base/text.h"
#include "config/config.h"
#include "config/yaml.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CONFIG_LIMIT = 1 << 20 };

static enum cx_status path_of(char path[1024], const char *folder, const char *name,
                              struct cx_error *e) {
    if (snprintf(path, 1024, "%s/%s", folder, name) < 1024) return CX_OK;
    return cx_fail(e, CX_STORAGE, 74, "the path of the folder is too long: %.200s", folder);
}

/* What the sessions list says, as one text: "0 day, 28 day". */
static void list_text(const struct cx_yaml *node, struct cx_text *t) {
    if (node->kind == CX_YAML_SCALAR) cx_text_add(t, "%s", node->text);
    for (const struct cx_yaml *entry = node->first; entry; entry = entry->next)
        if (entry->kind == CX_YAML_SCALAR) cx_text_add(t, "%s%s", t->n ? ", " : "", entry->text);
}

static void ignore(void *user, const struct cx_error *e) {
    (void)user; /* the text was checked when the run began; here it only adds marks to charts */
    (void)e;
}

static void read_config(struct cx_record *r, double last_day) {
    struct cx_yaml_pool pool = {0};
    struct cx_text text = {0};
    struct cx_times times = {0};
    struct cx_yaml *root =
        cx_yaml_parse(&pool, r->config, strlen(r->config), &(struct cx_yaml_sink){ignore, NULL});
    const struct cx_yaml *node = root ? cx_yaml_at(root, "treatment.sessions") : NULL;
    const struct cx_yaml *about = root ? cx_yaml_at(root, "description") : NULL;
    const struct cx_yaml *wound = root ? cx_yaml_at(root, "wound.type") : NULL;
    r->wounded = wound && wound->kind == CX_YAML_SCALAR && strcmp(wound->text, "none") != 0;
    if (about && about->kind == CX_YAML_SCALAR)
        cx_text_copy(r->description, sizeof r->description, about->text);
    if (node) list_text(node, &text);
    if (text.n && cx_times_read(text.at, last_day * 24, &times, NULL) == CX_OK)
        for (int i = 0; i < times.n && i < CX_RECORD_SESSIONS; i++)
            r->session_day[r->sessions++] = times.at[i] / 24;
    free(times.at);
    free(text.at);
    cx_yaml_free(&pool);
}

enum cx_status cx_record_read(struct cx_record *r, const char *folder, double last_day,
                              struct cx_error *e) {
    char path[1024];
    unsigned char *config = NULL;
    size_t n = 0;
    *r = (struct cx_record){0};
    CX_TRY(path_of(path, folder, "outcomes.json", e));
    if (cx_file_exists(path)) CX_TRY(cx_outcomes_read(path, &r->o, e));
    CX_TRY(path_of(path, folder, "certificate.json", e));
    if (cx_file_exists(path)) CX_TRY(cx_certificate_read(path, &r->certificate, e));
    for (int i = 0; i < r->o.outcome_count; i++)
        r->certified |= r->o.outcome[i].certified && cx_effort_size(&r->certificate.run) > 0;
    CX_TRY(path_of(path, folder, "config.yml", e));
    if (!cx_file_exists(path)) return CX_OK;
    CX_TRY(cx_file_read(path, CONFIG_LIMIT, &config, &n, e));
    r->config = (char *)config;
    read_config(r, last_day);
    return CX_OK;
}

void cx_record_free(struct cx_record *r) {
    cx_outcomes_free(&r->o);
    free(r->config);
    *r = (struct cx_record){0};
}

/* Words may stand anywhere in the name, in any order. */
static bool holds_all(const char *name, const char *words) {
    char word[64];
    while (*words) {
        const size_t n = strcspn(words, " ");
        snprintf(word, sizeof word, "%.*s", (int)n, words);
        if (!strstr(name, word)) return false;
        words += n + (words[n] == ' ');
    }
    return true;
}

const struct cx_outcome_entry *cx_record_find(const struct cx_record *r, const char *words) {
    for (int i = 0; i < r->o.outcome_count; i++)
        if (holds_all(r->o.outcome[i].name, words)) return &r->o.outcome[i];
    return NULL;
}
