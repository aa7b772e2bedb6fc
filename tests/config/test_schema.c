/* The JSON Schema covers every setting and every parameter; explain knows every name. */
#include "fixture.h"

#include "config/codes.h"
#include "config/table.h"

#include <jansson.h>
#include <regex.h>

/* Follows "properties" along a path; shorthand maps sit in the first branch of an anyOf. */
static const json_t *schema_at(const json_t *root, const char *path) {
    char copy[96];
    snprintf(copy, sizeof copy, "%s", path);
    for (char *part = strtok(copy, "."); part && root; part = strtok(NULL, ".")) {
        const json_t *any = json_object_get(root, "anyOf");
        if (any && !json_object_get(root, "properties")) root = json_array_get(any, 0);
        root = json_object_get(json_object_get(root, "properties"), part);
    }
    return root;
}

static json_t *load_schema(void) {
    char *text = cx_config_schema(&fixture_models);
    json_error_t why;
    json_t *root = json_loads(text, JSON_REJECT_DUPLICATES, &why);
    CHECK_MSG(root, "%s", why.text);
    free(text);
    return root;
}

static void every_setting_is_described(void) {
    json_t *root = load_schema();
    CHECK_STR(json_string_value(json_object_get(root, "$schema")),
              "https://json-schema.org/draft/2020-12/schema");
    struct cx_group groups[CX_GROUP_MOST];
    const int n = cx_groups(groups);
    for (int g = 0; g < n; g++) {
        for (int i = 0; i < groups[g].count; i++) {
            char path[96];
            cx_path_join(path, groups[g].path, groups[g].rows[i].name);
            const char *said =
                json_string_value(json_object_get(schema_at(root, path), "description"));
            CHECK_MSG(said && strstr(said, groups[g].rows[i].doc) == said, "%s", path);
        }
    }
    json_decref(root);
}

static void choices_are_enums_and_nothing_else_is_allowed(void) {
    json_t *root = load_schema();
    const json_t *sites = json_object_get(schema_at(root, "skin.site"), "enum");
    CHECK(json_array_size(sites) == CX_SITE_COUNT);
    CHECK_STR(json_string_value(json_array_get(sites, 0)), "cheek");
    CHECK(json_is_false(json_object_get(root, "additionalProperties")));
    CHECK(json_is_false(json_object_get(schema_at(root, "skin"), "additionalProperties")));
    const json_t *left = json_object_get(schema_at(root, "domain.left"), "anyOf");
    CHECK(json_array_size(json_object_get(json_array_get(left, 1), "enum")) == CX_SIDE_COUNT);
    json_decref(root);
}

static void every_parameter_of_every_model_is_there(void) {
    json_t *root = load_schema();
    const json_t *rule = json_array_get(json_object_get(root, "allOf"), 0);
    const json_t *names =
        json_object_get(schema_at(json_object_get(rule, "then"), "parameters"), "properties");
    CHECK(json_object_size(names) == (size_t)fixture_model.param_count);
    for (int i = 0; i < fixture_model.param_count; i++)
        CHECK(json_object_get(names, fixture_params[i].name));
    const json_t *expect =
        json_object_get(schema_at(json_object_get(rule, "then"), "expect"), "propertyNames");
    CHECK(json_array_size(json_object_get(expect, "enum")) == (size_t)fixture_model.outcome_count);
    json_decref(root);
}

/* POSIX spelling of the few escapes the pattern uses. */
static bool pattern_takes(const char *pattern, const char *text) {
    char posix[600] = "";
    size_t n = 0;
    bool class = false;
    for (const char *p = pattern; *p && n + 12 < sizeof posix; p++) {
        if (*p == '[') class = true;
        if (*p == ']') class = false;
        if (p[0] == '\\' && p[1] == 's') {
            n += (size_t)snprintf(posix + n, sizeof posix - n, class ? "[:space:]" : "[[:space:]]");
            p++;
        } else {
            posix[n++] = *p;
        }
    }
    regex_t r;
    CHECK(regcomp(&r, posix, REG_EXTENDED | REG_NOSUB) == 0);
    const bool takes = regexec(&r, text, 0, NULL, 0) == 0;
    regfree(&r);
    return takes;
}

static void the_pattern_of_a_quantity_asks_for_a_unit(void) {
    json_t *root = load_schema();
    const char *pattern =
        json_string_value(json_object_get(schema_at(root, "device.needle.length"), "pattern"));
    CHECK(pattern && pattern_takes(pattern, "1.5 mm") && pattern_takes(pattern, "1e3um"));
    CHECK(pattern_takes(pattern, "9.1 1/day"));
    CHECK(!pattern_takes(pattern, "1.5") && !pattern_takes(pattern, "long") &&
          !pattern_takes(pattern, "1,5 mm"));
    json_decref(root);
}

/* What explain prints about a name; `known` is what it returns. */
static const char *explain(const char *name, bool known, char near[128]) {
    static char shown[8192];
    memset(shown, 0, sizeof shown);
    FILE *to = fmemopen(shown, sizeof shown - 1, "w");
    CHECK_MSG(cx_config_explain(name, &fixture_models, to, near) == known, "%s", name);
    fclose(to);
    return shown;
}

static void explain_knows_every_kind_of_name(void) {
    static const struct {
        const char *name, *says;
    } cases[] = {{"device.needle.length", "nominal needle length"},
                 {"needle.length", "20 to 20000 um"},
                 {"sessions", "times of the sessions"},
                 {"E021", "the unit is missing"},
                 {"e030", "unknown key"},
                 {"tgfb1_decay", "parameter of the model microneedling"},
                 {"parameters.share", "a pure number"},
                 {"make", "derived value"},
                 {"collagen_1", "field of the model"},
                 {"collagen_total", "measure"},
                 {"collagen_mean", "series over time"},
                 {"closure_day", "outcome of the model"},
                 {"device", "device.needle"},
                 {"tilt", "several settings end in 'tilt'"},
                 {"skin.site", "eyelid"},
                 {"microneedling", "A model for tests"}};
    char near[128];
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *shown = explain(cases[i].name, true, near);
        CHECK_MSG(strstr(shown, cases[i].says), "%s: %s", cases[i].name, shown);
    }
}

static void explain_names_the_nearest(void) {
    char near[128];
    explain("device.needle.lenght", false, near);
    CHECK_STR(near, "device.needle.length");
    explain("closure_dya", false, near);
    CHECK_STR(near, "closure_day");
    explain("E999", false, near);
    CHECK_STR(near, "");
}

static void every_code_has_its_three_texts_once(void) {
    static const struct {
        int number;
        const char *text[3];
    } codes[] = {
#define CODE(number, title, text, way_out) {number, {title, text, way_out}},
        CX_CODES(CODE)
#undef CODE
    };
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        if (i) CHECK_MSG(codes[i].number > codes[i - 1].number, "E%03d", codes[i].number);
        for (int k = 0; k < 3; k++)
            CHECK_MSG(strlen(codes[i].text[k]) > 5, "E%03d", codes[i].number);
    }
}

int main(void) {
    RUN(every_setting_is_described);
    RUN(choices_are_enums_and_nothing_else_is_allowed);
    RUN(every_parameter_of_every_model_is_there);
    RUN(the_pattern_of_a_quantity_asks_for_a_unit);
    RUN(explain_knows_every_kind_of_name);
    RUN(explain_names_the_nearest);
    RUN(every_code_has_its_three_texts_once);
    return check_done();
}
