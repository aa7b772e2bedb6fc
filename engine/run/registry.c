/* registry.c - the models that were built in; the only file that knows their names, from one generated list. */
#include "run/run.h"

#include <string.h>

#define X(name) extern const struct cx_model cx_model_##name;
#include "models.def"
#undef X

static const struct cx_model *const built_in[] = {
#define X(name) &cx_model_##name,
#include "models.def"
#undef X
};

struct cx_model_list cx_models(void) {
    return (struct cx_model_list){built_in, (int)(sizeof built_in / sizeof *built_in)};
}

const struct cx_model *cx_model_find(const char *name) {
    for (size_t i = 0; i < sizeof built_in / sizeof *built_in; i++)
        if (strcmp(built_in[i]->name, name) == 0) return built_in[i];
    return NULL;
}
