/* web.c - see web.h */
#include "classroom/web.h"

#include "classroom/classroom.h"
#include "classroom/scenario.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { NEEDLE_NUMBERS = 5 };

struct cx_web {
    struct cx_scenario base;
    struct cx_class lesson;
    struct cx_error error;
    double facts[CX_WEB_FACT_COUNT];
    double *parameter, *exact, *needle; /* exact: [cells], a picture before it becomes float */
    float *picture;                     /* [cells] */
};

/* Everything that pictures and tables need, once the grid and the needles are known. */
static enum cx_status give_room(struct cx_web *w) {
    const size_t cells = w->lesson.sim.assembly.grid.cells;
    const int needles = w->lesson.sim.needle_count;
    w->exact = calloc(cells, sizeof *w->exact);
    w->picture = calloc(cells, sizeof *w->picture);
    w->needle = calloc((size_t)needles * NEEDLE_NUMBERS + 1, sizeof *w->needle);
    if (!w->exact || !w->picture || !w->needle)
        return cx_fail(&w->error, CX_STORAGE, 61, "no memory for pictures of %zu cells", cells);
    for (int i = 0; i < needles; i++) {
        const struct cx_needle_record *r = &w->lesson.sim.needle[i];
        const double row[NEEDLE_NUMBERS] = {r->x_um, r->y_um, r->depth_um, r->diameter_um,
                                            r->session};
        memcpy(w->needle + (size_t)i * NEEDLE_NUMBERS, row, sizeof row);
    }
    return CX_OK;
}

static enum cx_status open_lesson(struct cx_web *w, const struct cx_lesson *l) {
    cx_class_scenario(&w->base);
    const size_t bytes = (size_t)w->base.model->param_count * sizeof *w->parameter;
    w->parameter = malloc(bytes);
    if (!w->parameter) return cx_fail(&w->error, CX_STORAGE, 61, "no memory for the parameters");
    memcpy(w->parameter, cx_class_parameters(), bytes);
    w->base.parameter = w->parameter;
    CX_TRY(cx_class_open(&w->base, l, &w->lesson, &w->error));
    return give_room(w);
}

struct cx_web *cx_web_open(double depth_mm, double per_cm2, double age_year, int sessions,
                           double interval_week) {
    const struct cx_lesson lesson = {.depth_um = 1000 * depth_mm,
                                     .per_cm2 = per_cm2,
                                     .age_year = age_year,
                                     .sessions = sessions,
                                     .interval_h = 7 * 24 * interval_week};
    struct cx_web *w = calloc(1, sizeof *w);
    if (w) open_lesson(w, &lesson); /* the error stays in w */
    return w;
}

const char *cx_web_failure(const struct cx_web *w) { return w->error.text; }

double cx_web_go(struct cx_web *w, double until_day, double budget_ms) {
    if (!w->error.text[0]) cx_class_go(&w->lesson, 24 * until_day, 1e-3 * budget_ms, &w->error);
    return w->lesson.sim.clock.t_h / 24;
}

void cx_web_close(struct cx_web *w) {
    cx_class_close(&w->lesson);
    free(w->parameter);
    free(w->exact);
    free(w->needle);
    free(w->picture);
    free(w);
}

const double *cx_web_facts(struct cx_web *w) {
    const struct cx_sim *sim = &w->lesson.sim;
    const struct cx_grid *g = &sim->assembly.grid;
    const struct cx_layers l = cx_skin_layers(&w->lesson.scenario);
    const double facts[CX_WEB_FACT_COUNT] = {
        [CX_WEB_columns] = g->shape[CX_X],
        [CX_WEB_rows] = g->shape[CX_Z],
        [CX_WEB_width_um] = g->axis[CX_X].edge[g->shape[CX_X]],
        [CX_WEB_depth_um] = -g->axis[CX_Z].edge[0],
        [CX_WEB_corneum_um] = l.corneum,
        [CX_WEB_epidermis_um] = l.epidermis,
        [CX_WEB_papillary_um] = l.papillary,
        [CX_WEB_dermis_um] = l.dermis,
        [CX_WEB_end_day] = w->lesson.scenario.time.end / 24,
        [CX_WEB_needles] = sim->needle_count,
        [CX_WEB_steps] = (double)sim->clock.step,
        [CX_WEB_samples] = sim->history.n,
    };
    memcpy(w->facts, facts, sizeof facts);
    return w->facts;
}

const double *cx_web_planes(const struct cx_web *w, int axis) {
    return w->lesson.sim.assembly.grid.axis[axis].edge;
}

const float *cx_web_picture(struct cx_web *w, int q, double day) {
    cx_class_picture(&w->lesson, 24 * day, q, w->exact);
    for (size_t i = 0; i < w->lesson.sim.assembly.grid.cells; i++)
        w->picture[i] = (float)w->exact[i];
    return w->picture;
}

const double *cx_web_needles(struct cx_web *w) { return w->needle; }

const double *cx_web_times(const struct cx_web *w) { return w->lesson.sim.history.t_h; }

const double *cx_web_values(const struct cx_web *w) { return w->lesson.sim.history.value; }

double cx_web_outcome(const struct cx_web *w, int i) {
    const struct cx_sim *sim = &w->lesson.sim;
    const struct cx_model *m = w->base.model;
    return cx_outcome_value(m, &m->outcomes[i], &sim->history, sim->first_h, sim->last_h);
}
