/* scenario.c - see scenario.h.  classroom.def is made by embed_main.c: one row for each setting and parameter. */
#include "classroom/scenario.h"

#include "model.h"

#include <math.h>
#include <stdio.h>

#define MODEL(id) extern const struct cx_model cx_model_##id;
#define NUMBER(group, name, value)
#define WHOLE(group, name, value)
#define VECTOR(group, name, count, x, y, z)
#define PARAMETER(name, value)
#include "classroom.def"

#undef MODEL
#undef PARAMETER
#define MODEL(id)
#define PARAMETER(name, value) value,
static const double parameters[] = {
#include "classroom.def"
};

const double *cx_class_parameters(void) { return parameters; }

void cx_class_scenario(struct cx_scenario *s) {
    *s = (struct cx_scenario){0};
#undef MODEL
#undef NUMBER
#undef WHOLE
#undef VECTOR
#undef PARAMETER
#define MODEL(id)                                                                                  \
    s->model = &cx_model_##id;                                                                     \
    snprintf(s->root.model, sizeof s->root.model, "%s", #id);
#define NUMBER(group, name, value) s->group.name = value;
#define WHOLE(group, name, value) s->group.name = value;
#define VECTOR(group, name, count, x, y, z) s->group.name = (struct cx_vector){count, {x, y, z}};
#define PARAMETER(name, value)
#include "classroom.def"
}
