/* list.c - a bare list of needles as a scenario, so that `pattern` can show and convert it.
 *
 * Paths in a scenario lie below its folder; the list is therefore copied beside a scenario of two
 * lines in a scratch folder, which is gone when the scenario has been used. */
#include "app/app.h"
#include "base/file.h"
#include "wound/needle_list.h"

#include <stdlib.h>
#include <string.h>

bool cx_list_is(const char *path) {
    enum cx_needle_format f;
    return cx_needle_format_of(path, &f);
}

/* The block does not matter: the needles of a list are shown wherever they are. */
static enum cx_status write_pair(const char *path, const char *folder, char scenario[560],
                                 struct cx_error *e) {
    char copy[560], text[200];
    const char *ending = strrchr(path, '.') + 1;
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

/* What a drawing cannot hold is said, not silently lost. */
enum cx_status cx_list_write(const struct cx_app *a, const struct cx_needles *n, const char *path,
                             struct cx_error *e) {
    enum cx_needle_format f = CX_NEEDLES_CSV;
    struct cx_text text = {0};
    bool tilted = false;
    if (!cx_needle_format_of(path, &f))
        return cx_fail(e, CX_USAGE, 140, "%.200s: needles can go to .csv, .json, .svg or .dxf",
                       path);
    cx_needles_text(n, f, &text);
    const enum cx_status status = text.starved
                                      ? cx_fail(e, CX_STORAGE, 61, "no memory for the list")
                                      : cx_file_write(path, text.at, text.n, e);
    free(text.at);
    for (int i = 0; i < n->n; i++) tilted |= n->at[i].tilt > 0;
    if (!status && f == CX_NEEDLES_DXF && tilted)
        cx_app_say(a, "DXF has no place for the tilt of the needles: it was left out");
    return status;
}
