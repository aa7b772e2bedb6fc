/* verb_pattern.c - the punctures of a session without a simulation: figures, a picture, the list
 * as CSV, JSON, SVG or DXF. */
#include "app/advice.h"
#include "app/verbs.h"
#include "report/report.h"
#include "wound/needle_list.h"

#include <stdlib.h>
#include <string.h>

static const struct cx_option options[] = {
    CX_TAKES("output", 'o', output, "FILE",
             "picture: .png, .pdf; list of needles: .csv, .json, .svg (circles to scale), .dxf"),
    CX_TAKES("session", 0, session, "N", "which session, from 1 on (default: 1)"),
    CX_FLAG("csv", 0, csv, "the needles as CSV on stdout, for pattern.file"),
    CX_FLAG("json-needles", 0, json_needles, "the needles as JSON on stdout, for pattern.file"),
    CX_REPEATS("set", 0, set, "PATH=VALUE", "change one setting; may be repeated"),
    {0},
};

const struct cx_usage cx_usage_pattern = {
    .words = "FILE [-o FILE.png] [--session N] [--csv | --json-needles]",
    .examples = "cicatrix pattern configs/roller.yml -o roller.png\n"
                "cicatrix pattern configs/roller.yml --csv > needles.csv\n"
                "cicatrix pattern needles.csv -o needles.dxf\n"
                "cicatrix pattern drawing.svg -o needles.csv\n"
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

/* The same list as in a file, for the object with everything. */
static json_t *needles_json(const struct cx_needles *n) {
    struct cx_text text = {0};
    cx_needles_text(n, CX_NEEDLES_JSON, &text);
    json_t *list = text.starved ? NULL : json_loads(text.at, 0, NULL);
    free(text.at);
    return list;
}

/* With --json all of it in one object; without, the bare list that pattern.file reads. */
static enum cx_status answer_all(struct cx_app *a, const struct cx_punctures *p,
                                 struct cx_error *e) {
    if (!a->ask.json) return cx_app_answer(a, needles_json(&p->needles), e);
    json_t *answer = cx_json_answer();
    json_object_set_new(answer, "metrics", figures_json(p));
    if (a->ask.json_needles) json_object_set_new(answer, "needles", needles_json(&p->needles));
    const char *const what = a->ask.output && cx_list_is(a->ask.output) ? "list" : "picture";
    if (a->ask.output) json_object_set_new(answer, what, cx_json_text(a->ask.output));
    return cx_app_answer(a, answer, e);
}

/* The picture first: if it cannot be written, no table pretends that all is well. */
static enum cx_status show(struct cx_app *a, const struct cx_scenario *s,
                           const struct cx_punctures *p, struct cx_error *e) {
    const bool listed = a->ask.output && cx_list_is(a->ask.output);
    if (listed) CX_TRY(cx_list_write(a, &p->needles, a->ask.output, e));
    if (listed) cx_app_say(a, "needles: %s", a->ask.output);
    if (a->ask.output && !listed) {
        CX_TRY(cx_report_pattern(s, &p->view, &p->needles, a->ask.output, e));
        cx_app_say(a, "picture: %s", a->ask.output);
    }
    if (a->ask.json || a->ask.json_needles) return answer_all(a, p, e);
    if (a->ask.csv) {
        struct cx_text text = {0};
        cx_needles_text(&p->needles, CX_NEEDLES_CSV, &text);
        fputs(text.starved ? "" : text.at, a->out);
        free(text.at);
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
