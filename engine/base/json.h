/* json.h - single values of JSON; what is not there, or of another kind, reads as NaN or "". */
#ifndef CX_BASE_JSON_H
#define CX_BASE_JSON_H

#include <jansson.h>

json_t *cx_json_number(double x); /* null unless finite: JSON knows neither NaN nor infinity */
double cx_json_to_number(const json_t *value);
double cx_json_get_number(const json_t *object, const char *key);
const char *cx_json_get_text(const json_t *object, const char *key); /* lives as the object does */

#endif
