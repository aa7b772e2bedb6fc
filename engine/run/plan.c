/* plan.c - the cost of a run before it starts; see run.h */
#include "run/run.h"

#include "base/clock.h"
#include "run/sim.h"

#include <math.h>
#include <stdio.h>

static const double gigabyte = 1e9;

/* What a run holds besides the arena: weights of the regions, one injury, one field on its way to the file. */
static int64_t bytes_beside(int64_t cells) {
    return cells * (9 * CX_REGION_COUNT + 8 * (7 + 1) + 4 + 6 * 8);
}

static enum cx_status refuse_size(const struct cx_scenario *s, double bytes, double cells,
                                  struct cx_error *e) {
    cx_fail(e, CX_CONFIG, 42,
            "the run needs %.3g GB of memory for %.4g cells, over run.memory = %g GB",
            bytes / gigabyte, cells, s->run.memory);
    cx_hint(e, "use a larger domain.cell, a smaller domain.size, or raise run.memory");
    return CX_CONFIG;
}

static enum cx_status measure_size(const struct cx_scenario *s, struct cx_plan *p,
                                   struct cx_error *e) {
    double shape[3], cells;
    cx_skin_shape(s, shape, &cells);
    const double least =
        cells * 24 * s->model->species_count; /* state, stages, rates: bytes per value */
    if (!(cells <= 1073741824.0) || least > s->run.memory * gigabyte)
        return refuse_size(s, least, cells, e);
    for (int d = 0; d < 3; d++) p->shape[d] = (int)shape[d];
    p->cells = (int64_t)cells;
    CX_TRY(cx_assembly_bytes(s, p->threads, &p->memory_bytes, e));
    p->memory_bytes += bytes_beside(p->cells);
    if ((double)p->memory_bytes > s->run.memory * gigabyte)
        return refuse_size(s, (double)p->memory_bytes, cells, e);
    return CX_OK;
}

static enum cx_status measure_disk(const struct cx_scenario *s, struct cx_plan *p,
                                   struct cx_error *e) {
    const int fields = s->output.fields.n ? s->output.fields.n : p->species;
    p->frames = 0;
    for (int i = 0; i < s->output.at.n; i++) p->frames += s->output.at.at[i] <= s->time.end;
    /* two checkpoints, and pictures in float of which shuffle and gzip leave about half */
    p->disk_bytes = 2 * p->cells * 8 * p->species +
                    (int64_t)(0.5 * 4.0 * (double)p->cells * fields * p->frames);
    if ((double)p->disk_bytes <= s->run.disk * gigabyte) return CX_OK;
    cx_fail(e, CX_CONFIG, 43,
            "the run would write about %.3g GB (%d pictures), over run.disk = %g GB",
            (double)p->disk_bytes / gigabyte, p->frames, s->run.disk);
    cx_hint(e, "store fewer pictures (output.at) or fields (output.fields), or raise run.disk");
    return CX_CONFIG;
}

/* The step control looks at the same fields in the same order of size in a column of the same skin: its step count is
 * that of the whole block, for a few milliseconds of work. */
static enum cx_status count_steps(const struct cx_scenario *s, double *steps, struct cx_error *e) {
    struct cx_scenario column = *s;
    if (s->domain.geometry == CX_PATCH || s->domain.geometry == CX_SLICE) {
        column.domain.geometry = CX_COLUMN;
        column.domain.size.n = s->domain.size.n ? 1 : 0;
        column.domain.size.at[0] = s->domain.size.n ? s->domain.size.at[s->domain.size.n - 1] : 0;
    } else {
        column.domain.cell *= 2; /* a coarse ring is cheap enough and keeps the gradients */
    }
    struct cx_sim sim;
    CX_TRY(cx_sim_create(&column, 1, true, &sim, e));
    enum cx_status status = CX_OK;
    while (status == CX_OK && !cx_sim_done(&sim)) status = cx_sim_step(&sim, e);
    *steps = (double)(sim.clock.step + sim.clock.rejected);
    cx_sim_free(&sim);
    return status;
}

/* Seconds that one step of the real block takes here: the median of a few. */
static enum cx_status time_step(const struct cx_scenario *s, int threads, double *seconds,
                                struct cx_error *e) {
    struct cx_sim sim;
    double took[3];
    CX_TRY(cx_sim_create(s, threads, true, &sim, e));
    enum cx_status status = CX_OK;
    for (int i = -1; i < 3 && status == CX_OK; i++) { /* the first touches the memory */
        const double from = cx_clock_seconds();
        const int64_t before = sim.clock.step + sim.clock.rejected;
        status = cx_sim_step(&sim, e);
        if (i >= 0)
            took[i] = (cx_clock_seconds() - from) /
                      (double)(sim.clock.step + sim.clock.rejected - before);
    }
    cx_sim_free(&sim);
    if (status != CX_OK) return status;
    *seconds = fmax(fmin(took[0], took[1]), fmin(fmax(took[0], took[1]), took[2]));
    return CX_OK;
}

enum cx_status cx_plan_make(const struct cx_scenario *s, bool timed, struct cx_plan *p,
                            struct cx_error *e) {
    *p = (struct cx_plan){.species = s->model->species_count,
                          .threads = cx_assembly_threads(s),
                          .sessions = s->treatment.sessions.n,
                          .days = s->time.end / 24};
    for (int q = 0; q < p->species; q++) p->moving += s->model->species[q].movement != STILL;
    CX_TRY(measure_size(s, p, e));
    CX_TRY(measure_disk(s, p, e));
    if (!timed) return CX_OK;
    double step;
    CX_TRY(count_steps(s, &p->steps, e));
    CX_TRY(time_step(s, p->threads, &step, e));
    p->seconds = p->steps * step;
    return CX_OK;
}
