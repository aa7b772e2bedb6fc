/* verb_explain.c - one name explained: a setting, an error code, a parameter, a series or an
 * outcome. */
#include "app/verbs.h"

#include <stdlib.h>
#include <string.h>

const struct cx_usage cx_usage_explain = {
    .words = "NAME",
    .examples = "cicatrix explain device.needle.length\ncicatrix explain E021\n"
                "cicatrix explain E003 --json",
    .least = 1,
    .most = 1,
};

/* The codes that the command line itself gives. */
static const struct {
    int code;
    const char *text;
} own_codes[] = {
    {CX_E_VERB, "The first word is no verb of this program.  `cicatrix help` lists them."},
    {CX_E_OPTION, "The verb has no such option.  `cicatrix help VERB` lists those that it has."},
    {CX_E_VALUE, "An option lacks its value, takes none, or cannot have that one."},
    {CX_E_WORDS, "Too few or too many files, folders or names for the verb."},
    {CX_E_NAME, "There is no model, template, setting or outcome of that name."},
    {CX_E_STDOUT, "The results could not be written to stdout: a full disk or a limit."},
    {CX_E_PLACE, "A file or folder is missing, cannot be read, or would be overwritten."},
    {CX_E_DIFFER, "`verify` ran the scenario again and the results are not the same bit for bit.\n"
                  "Another version of the program or of its libraries may be the cause."},
    {CX_E_HEALTH, "`doctor` found something that keeps the program from working as it should."},
};

/* The configuration room explains all other codes. */
static bool explain_own(const char *name, FILE *to) {
    for (size_t i = 0; i < sizeof own_codes / sizeof *own_codes; i++) {
        char code[16];
        snprintf(code, sizeof code, "E%03d", own_codes[i].code);
        if (strcmp(code, name) != 0) continue;
        fprintf(to, "%s: error of the command line.\n%s\n", code, own_codes[i].text);
        return true;
    }
    return false;
}

/* The text is made in memory, since --json puts it into a string. */
enum cx_status cx_verb_explain(struct cx_app *a, struct cx_error *e) {
    const char *name = a->ask.words.at[0];
    const struct cx_model_list models = cx_models();
    char near[128] = "", *text = NULL;
    size_t length = 0;
    FILE *to = open_memstream(&text, &length);
    if (!to) return cx_fail(e, CX_INTERNAL, 0, "no memory for the explanation");
    const bool known = explain_own(name, to) || cx_config_explain(name, &models, to, near);
    fclose(to);
    enum cx_status status = CX_OK;
    if (!known) {
        status = cx_fail(e, CX_USAGE, CX_E_NAME, "nothing here is called '%.100s'", name);
        if (near[0]) cx_hint(e, "did you mean '%s'?", near);
    } else if (a->ask.json) {
        json_t *answer = cx_json_answer();
        json_object_set_new(answer, "name", cx_json_text(name));
        json_object_set_new(answer, "text", cx_json_text(text));
        status = cx_app_answer(a, answer, e);
    } else {
        fputs(text, a->out);
    }
    free(text);
    return status;
}
