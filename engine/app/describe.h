/* describe.h - the three forms in which `describe` shows a model. */
#ifndef CX_APP_DESCRIBE_H
#define CX_APP_DESCRIBE_H

#include "app/app.h"

/* p: [param_count + derived_count], the defaults and what a default person derives from them. */
struct cx_description {
    const struct cx_model *model;
    const double *p;
    FILE *to;
};
void cx_describe_text(const struct cx_description *d);
void cx_describe_markdown(const struct cx_description *d);
json_t *cx_describe_json(const struct cx_description *d);

/* ln 2 / rate in hours; NaN if the unit is no rate. */
double cx_half_life(const char *unit, double rate);
void cx_half_life_text(double hours, char text[32]); /* "" for NaN */
const char *cx_movement_word(enum cx_movement m);
const char *cx_region_word(enum cx_region r);
const char *cx_reduce_word(enum cx_reduce r);
const char *cx_read_word(enum cx_read r);

#endif
