/* list.c - a bare list of needles as a scenario, so that `pattern` can show and convert it.
 *
 * Paths in a scenario lie below its folder; the list is therefore copied beside a scenario of two
 * lines in a scratch folder, which is gone when the scenario has been used. */
#include "app/app.h"

#include <stdlib.h>
#include <string.h>

static const char *list_ending(const char *path) {
    const size_t n = strlen(path);
    if (n > 4 && strcmp(path + n - 4, ".csv") == 0) return "csv";
    if (n > 5 && strcmp(path + n - 5, ".json") == 0) return "json";
    return NULL;
}

bool cx_list_is(const char *path) { return list_ending(path) != NULL; }

/* The block does not matter: the needles of a list are shown wherever they are. */
static enum cx_status write_pair(const char *path, const char *folder, char scenario[560],
                                 struct cx_error *e) {
    char copy[560], text[200];
    const char *ending = list_ending(path);
    snprintf(copy, sizeof copy, "%.511s/needles.%s", folder, ending);
    snprintf(scenario, 560, "%.511s/needles.yml", folder);
    snprintf(text, sizeof text,
             "cicatrix: 1\ndomain: {geometry: column}\n"
             "device: {pattern: {type: file, file: needles.%s}}\n",
             ending);
    CX_TRY(cx_place_copy(path, copy, e));
    return cx_place_write(scenario, text, e);
}

enum cx_status cx_list_use(struct cx_app *a, const char *path, cx_scenario_use *use,
                           struct cx_error *e) {
    char folder[512], scenario[560];
    struct cx_scenario s = {0};
    CX_TRY(cx_place_scratch(folder, e));
    enum cx_status status = write_pair(path, folder, scenario, e);
    if (!status) status = cx_app_load(a, scenario, &s, e);
    if (!status) {
        status = use(a, &s, e);
        cx_scenario_free(&s);
    }
    /* an error in the list is an error in the file that the user knows */
    if (status && strstr(e->file, "needles.")) {
        snprintf(e->file, sizeof e->file, "%.255s", path);
    }
    cx_place_remove(folder);
    return status;
}
