/* json.c - see json.h */
#include "base/json.h"

#include <math.h>

json_t *cx_json_number(double x) { return isfinite(x) ? json_real(x) : json_null(); }

double cx_json_to_number(const json_t *value) {
    return json_is_number(value) ? json_number_value(value) : NAN;
}

double cx_json_get_number(const json_t *object, const char *key) {
    return cx_json_to_number(json_object_get(object, key));
}

const char *cx_json_get_text(const json_t *object, const char *key) {
    const char *found = json_string_value(json_object_get(object, key));
    return found ? found : "";
}
