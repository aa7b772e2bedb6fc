/* verb_models.c - the models that are built in. */
#include "app/listing.h"
#include "app/verbs.h"

const struct cx_usage cx_usage_models = {
    .words = "",
    .examples = "cicatrix models\ncicatrix models --json",
    .least = 0,
    .most = 0,
};

/* Sizes tell a full model from a teaching one. */
static json_t *model_row(const void *models, int i) {
    const struct cx_model *m = ((const struct cx_model_list *)models)->at[i];
    json_t *row = json_object();
    json_object_set_new(row, "name", cx_json_text(m->name));
    json_object_set_new(row, "title", cx_json_text(m->title));
    json_object_set_new(row, "cite", cx_json_text(m->cite));
    json_object_set_new(row, "parameters", json_integer(m->param_count));
    json_object_set_new(row, "species", json_integer(m->species_count));
    json_object_set_new(row, "series", json_integer(m->series_count));
    json_object_set_new(row, "outcomes", json_integer(m->outcome_count));
    return row;
}

static void model_line(FILE *to, const void *models, int i) {
    const struct cx_model *m = ((const struct cx_model_list *)models)->at[i];
    fprintf(to, "%-20s %s (%d fields, %d parameters, %d outcomes)\n", m->name, m->title,
            m->species_count, m->param_count, m->outcome_count);
}

enum cx_status cx_verb_models(struct cx_app *a, struct cx_error *e) {
    const struct cx_model_list models = cx_models();
    const struct cx_listing all = {"models", "", "", models.n, &models, model_row, model_line};
    json_t *answer = cx_json_answer();
    cx_app_list(a, answer, &all);
    cx_app_flush(a);
    cx_app_next(a, answer, "cicatrix describe %s", models.n ? models.at[0]->name : "MODEL");
    return cx_app_close(a, answer, e);
}
