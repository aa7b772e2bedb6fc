/* verb_schema.c - the JSON Schema of a scenario, for editors that complete and check while one
 * types. */
#include "app/verbs.h"

#include <stdlib.h>

const struct cx_usage cx_usage_schema = {
    .words = "",
    .examples = "cicatrix schema > scenario.schema.json\n"
                "head -1 scenario.yml    # yaml-language-server: $schema=./scenario.schema.json",
    .least = 0,
    .most = 0,
};

enum cx_status cx_verb_schema(struct cx_app *a, struct cx_error *e) {
    const struct cx_model_list models = cx_models();
    char *text = cx_config_schema(&models);
    if (!text) return cx_fail(e, CX_INTERNAL, 0, "no memory for the schema");
    enum cx_status status = CX_OK;
    if (a->ask.json) {
        json_t *answer = cx_json_answer();
        json_t *schema = json_loads(text, 0, NULL);
        json_object_set_new(answer, "schema", schema ? schema : json_null());
        status = cx_app_answer(a, answer, e);
    } else {
        fputs(text, a->out);
        fputc('\n', a->out);
    }
    free(text);
    return status;
}
