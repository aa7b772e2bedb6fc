/* point.c - one point of a design as a scenario, read and checked like a file of its own. */
#include "study/study.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Text of the overrides of one point; one block. */
struct point_text {
    char value[192], from[300];
};

static void say_factor(const struct cx_study *s, int i, double x, struct point_text *t) {
    const char *slash = strrchr(s->file, '/');
    cx_factor_text(&s->factor[i], x, t->value);
    snprintf(t->from, sizeof t->from, "%.250s:%d:%d", slash ? slash + 1 : s->file,
             s->factor[i].line, s->factor[i].column);
}

static enum cx_status load(const struct cx_study *s, const struct cx_overrides *o,
                           struct cx_scenario *out, struct cx_error *e) {
    struct cx_findings found = {0};
    const enum cx_status status = cx_config_load(s->base, o, &s->models, out, &found);
    if (status != CX_OK) {
        if (found.n)
            *e = found.at[0];
        else
            cx_fail(e, status, 0, "the scenario of a run cannot be made");
    }
    cx_findings_free(&found);
    return status;
}

/* What all points share, then the factors; o: [set_count + factor_count], text: [factor_count] */
static void say_point(const struct cx_study *s, const double *x, struct cx_override *o,
                      struct point_text *text) {
    for (int i = 0; i < s->set_count; i++) o[i] = s->set[i];
    for (int i = 0; i < s->factor_count; i++) {
        say_factor(s, i, x[i], &text[i]);
        o[s->set_count + i] = (struct cx_override){s->factor[i].path, text[i].value, text[i].from};
    }
}

enum cx_status cx_study_scenario(const struct cx_study *s, const double *x, int repeat,
                                 struct cx_scenario *out, struct cx_error *e) {
    const int k = s->factor_count, n = s->set_count + k;
    struct cx_override *o = calloc((size_t)n + 1, sizeof *o);
    struct point_text *text = calloc((size_t)k + 1, sizeof *text);
    char seed[32];
    enum cx_status status = CX_STORAGE;
    *out = (struct cx_scenario){0};
    if (o && text) {
        say_point(s, x, o, text);
        snprintf(seed, sizeof seed, "%" PRId64, s->base_seed + repeat);
        o[n] = (struct cx_override){"run.seed", seed, "repeat of the study"};
        status = load(s, &(struct cx_overrides){o, n + 1}, out, e);
    } else {
        cx_fail(e, status, 61, "no memory for a point of the study");
    }
    free(text);
    free(o);
    return status;
}
