/* verb_pattern.c - the punctures of a session without a simulation: figures, a picture, the list
 * as CSV or JSON. */
#include "app/advice.h"
#include "app/verbs.h"
#include "report/report.h"

#include <math.h>
#include <string.h>

static const struct cx_option options[] = {
    CX_TAKES("output", 'o', output, "PICTURE", "picture: .png, .svg or .pdf"),
    CX_TAKES("session", 0, session, "N", "which session, from 1 on (default: 1)"),
    CX_FLAG("csv", 0, csv, "the needles as CSV on stdout, for pattern.file"),
    CX_FLAG("json-needles", 0, json_needles, "the needles as JSON on stdout, for pattern.file"),
    CX_REPEATS("set", 0, set, "PATH=VALUE", "change one setting; may be repeated"),
    {0},
};

const struct cx_usage cx_usage_pattern = {
    .words = "FILE [-o PICTURE.png] [--session N] [--csv | --json-needles]",
    .examples = "cicatrix pattern configs/roller.yml -o roller.png\n"
                "cicatrix pattern configs/roller.yml --csv > needles.csv\n"
                "cicatrix pattern needles.csv --json-needles > needles.json\n"
                "cicatrix pattern skin.yml --set \"device.pattern.pitch=0.8 mm\"",
    .options = options,
    .least = 1,
    .most = 1,
};

static const char *const layers[4] = {"corneum", "epidermis", "papillary", "reticular"};

/* One figure of the pattern. */
struct figure {
    const char *name, *unit;
    double value;
};
enum { FIGURES = 12 };

/* Fractions are shown as percent; all lengths in um. */
static void make_figures(const struct cx_pattern_metrics *m, struct figure f[FIGURES]) {
    const struct figure all[FIGURES] = {
        {"needles", "1", m->needles},
        {"per_cm2", "1/cm2", m->per_cm2},
        {"mean_depth", "um", m->mean_depth_um},
        {"sd_depth", "um", m->sd_depth_um},
        {"max_depth", "um", m->max_depth_um},
        {"cut_area", "percent", 100 * m->cut_area_fraction},
        {"open_area", "percent", 100 * m->open_area_fraction},
        {"overlap", "percent", 100 * m->overlap_fraction},
        {"nearest_neighbour", "um", m->nearest_um},
        {"untouched_mean", "um", m->untouched_um},
        {"untouched_max", "um", m->untouched_max_um},
        {"pain_index", "1", m->pain_index},
    };
    memcpy(f, all, sizeof all);
}

/* Then one line a layer: what is lost of it and how many needles get there. */
static void print_figures(const struct cx_punctures *p, FILE *to) {
    struct figure f[FIGURES];
    make_figures(&p->metrics, f);
    for (int i = 0; i < FIGURES; i++) {
        fprintf(to, "%-20s %10.4g %s\n", f[i].name, f[i].value,
                strcmp(f[i].unit, "1") == 0 ? "" : f[i].unit);
    }
    for (int i = 0; i < 4; i++) {
        fprintf(to, "%-20s %10.4g percent of its volume, reached by %.4g percent of the needles\n",
                layers[i], 100 * p->metrics.volume_fraction[i],
                100 * p->metrics.pierced_fraction[i]);
    }
}

static json_t *figures_json(const struct cx_punctures *p) {
    struct figure f[FIGURES];
    json_t *all = json_object();
    make_figures(&p->metrics, f);
    for (int i = 0; i < FIGURES; i++) {
        json_t *row = json_object();
        json_object_set_new(row, "value", cx_json_number(f[i].value));
        json_object_set_new(row, "unit", cx_json_text(f[i].unit));
        json_object_set_new(all, f[i].name, row);
    }
    json_t *parts = json_object();
    for (int i = 0; i < 4; i++) {
        json_t *row = json_object();
        json_object_set_new(row, "volume_fraction", cx_json_number(p->metrics.volume_fraction[i]));
        json_object_set_new(row, "pierced_fraction",
                            cx_json_number(p->metrics.pierced_fraction[i]));
        json_object_set_new(parts, layers[i], row);
    }
    json_object_set_new(all, "layers", parts);
    return all;
}

static double degree(double radian) { return radian * 180 / acos(-1.0); }

/* A list gives the depth along the needle, a puncture has the depth below the surface. */
static double along(const struct cx_needle *w) { return w->depth / cos(w->tilt); }

static void write_csv(const struct cx_needles *n, FILE *to) {
    fprintf(to, "x (um),y (um),depth (um),diameter (um),tilt (degree)\n");
    for (int i = 0; i < n->n; i++) {
        const struct cx_needle *w = &n->at[i];
        fprintf(to, "%.10g,%.10g,%.10g,%.10g,%.10g\n", w->x, w->y, along(w), w->diameter,
                degree(w->tilt));
    }
}

static json_t *needles_json(const struct cx_needles *n) {
    json_t *list = json_array();
    for (int i = 0; i < n->n; i++) {
        const struct cx_needle *w = &n->at[i];
        json_t *row = json_object();
        json_object_set_new(row, "x", cx_json_number(w->x));
        json_object_set_new(row, "y", cx_json_number(w->y));
        json_object_set_new(row, "depth", cx_json_number(along(w)));
        json_object_set_new(row, "diameter", cx_json_number(w->diameter));
        json_object_set_new(row, "tilt", cx_json_number(degree(w->tilt)));
        json_array_append_new(list, row);
    }
    return list;
}

/* With --json all of it in one object; without, the bare list that pattern.file reads. */
static enum cx_status answer_all(struct cx_app *a, const struct cx_punctures *p,
                                 struct cx_error *e) {
    if (!a->ask.json) return cx_app_answer(a, needles_json(&p->needles), e);
    json_t *answer = cx_json_answer();
    json_object_set_new(answer, "metrics", figures_json(p));
    if (a->ask.json_needles) json_object_set_new(answer, "needles", needles_json(&p->needles));
    if (a->ask.output) json_object_set_new(answer, "picture", cx_json_text(a->ask.output));
    return cx_app_answer(a, answer, e);
}

/* The picture first: if it cannot be written, no table pretends that all is well. */
static enum cx_status show(struct cx_app *a, const struct cx_scenario *s,
                           const struct cx_punctures *p, struct cx_error *e) {
    if (a->ask.output) {
        CX_TRY(cx_report_pattern(s, &p->view, &p->needles, a->ask.output, e));
        cx_app_say(a, "picture: %s", a->ask.output);
    }
    if (a->ask.json || a->ask.json_needles) return answer_all(a, p, e);
    if (a->ask.csv) {
        write_csv(&p->needles, a->out);
    } else {
        print_figures(p, a->out);
    }
    cx_app_flush(a);
    const bool scenario = !cx_list_is(a->ask.words.at[0]);
    if (scenario && !a->ask.csv) cx_app_next(a, NULL, "cicatrix check %s", a->ask.words.at[0]);
    return CX_OK;
}

/* Sessions are counted from 1 by people and from 0 by the engine. */
static enum cx_status lay(struct cx_app *a, const struct cx_scenario *s, struct cx_error *e) {
    int session = 1;
    struct cx_punctures p;
    if (a->ask.session) CX_TRY(cx_option_count("session", a->ask.session, &session, e));
    if (session > s->treatment.sessions.n) {
        return cx_fail(e, CX_USAGE, CX_E_VALUE, "there is no session %d: the scenario has %d",
                       session, s->treatment.sessions.n);
    }
    CX_TRY(cx_app_punctures(s, session - 1, &p, e));
    const enum cx_status status = show(a, s, &p, e);
    cx_app_punctures_free(&p);
    return status;
}

enum cx_status cx_verb_pattern(struct cx_app *a, struct cx_error *e) {
    struct cx_scenario s = {0};
    if (a->ask.csv && (a->ask.json || a->ask.json_needles)) {
        return cx_fail(e, CX_USAGE, CX_E_VALUE, "--csv and JSON cannot both be on stdout");
    }
    if (cx_list_is(a->ask.words.at[0])) return cx_list_use(a, a->ask.words.at[0], lay, e);
    CX_TRY(cx_app_load(a, a->ask.words.at[0], &s, e));
    const enum cx_status status = lay(a, &s, e);
    cx_scenario_free(&s);
    return status;
}
