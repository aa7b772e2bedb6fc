/* verb_help.c - help VERB, VERB --help, --help. */
#include "app/verbs.h"

const struct cx_usage cx_usage_help = {
    .words = "[VERB]",
    .examples = "cicatrix help\ncicatrix help run\ncicatrix run --help",
    .least = 0,
    .most = 1,
};

enum cx_status cx_verb_help(struct cx_app *a, struct cx_error *e) {
    const struct cx_verb *v = NULL;
    if (a->ask.words.n) CX_TRY(cx_app_find_verb(a, a->ask.words.at[0], &v, e));
    if (a->ask.json) return cx_app_answer(a, cx_help_json(a, v), e);
    if (v) {
        cx_help_verb(v, a->out);
    } else {
        cx_help_all(a, a->out);
    }
    return CX_OK;
}
