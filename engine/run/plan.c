/* plan.c - the cost of a run before it starts; see run.h */
#include "run/run.h"

#include "base/clock.h"
#include "run/profile.h"
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

/* What a run is made of: steps, samples of the series, and getting ready. */
struct effort {
    double steps, samples;
    double setup_s, step_s, sample_s;
};

/* A smaller block with the same events: a column of the same skin, or the same uniform block in coarse cells, a patch as
 * a slice.  What initial.file holds for another grid is left out. */
static struct cx_scenario made_small(const struct cx_scenario *s) {
    struct cx_scenario small = *s;
    const struct cx_vector *size = &s->domain.size;
    const double depth = size->n ? size->at[size->n - 1] : 0;
    const bool uniform = s->domain.layout == CX_UNIFORM;
    if (s->domain.geometry != CX_ONE_POINT)
        small.domain.cell *= 2; /* a coarse ring is cheap enough and keeps the gradients */
    if (!uniform || !cx_profile_is(s->initial.file)) small.initial.file[0] = 0;
    if (s->domain.geometry == CX_PATCH && uniform) {
        small.domain.geometry = CX_SLICE;
        small.domain.size = (struct cx_vector){2, {size->at[0], depth}};
        small.front.kind = small.back.kind = CX_NO_FLUX;
    } else if (!uniform && (s->domain.geometry == CX_PATCH || s->domain.geometry == CX_SLICE)) {
        small.domain.geometry = CX_COLUMN;
        small.domain.size = (struct cx_vector){size->n > 0, {depth}};
        small.left.kind = small.right.kind = small.front.kind = small.back.kind = CX_NO_FLUX;
    }
    return small;
}

/* The step control looks at the same fields in the same order of size in a small block:
 * its step count is that of the whole block, for a few milliseconds of work. */
static enum cx_status count_steps(const struct cx_scenario *s, struct effort *f,
                                  struct cx_error *e) {
    const struct cx_scenario small = made_small(s);
    struct cx_sim sim;
    CX_TRY(cx_sim_create(&small, 1, true, &sim, e));
    enum cx_status status = CX_OK;
    while (status == CX_OK && !cx_sim_done(&sim)) status = cx_sim_step(&sim, e);
    f->steps = (double)(sim.clock.step + sim.clock.rejected);
    f->samples = sim.history.n;
    cx_sim_free(&sim);
    return status;
}

/* The shortest of a few attempts of a step that is then undone, and of a few samples: what the run
 * does most of the time, once the memory has been touched. */
static void time_parts(struct cx_sim *sim, struct effort *f) {
    double row[CX_SERIES_MAX];
    f->step_s = f->sample_s = INFINITY;
    for (int i = 0; i < 5; i++) {
        struct cx_attempt a;
        const double from = cx_clock_seconds();
        cx_stepper_attempt(sim->assembly.stepper, 1e-3, &a);
        const double taken = cx_clock_seconds();
        cx_stepper_reject(sim->assembly.stepper);
        const double back = cx_clock_seconds();
        cx_sampler_take(&sim->sampler, sim->assembly.stepper, row);
        f->step_s = fmin(f->step_s, taken - from);
        f->sample_s = fmin(f->sample_s, cx_clock_seconds() - back);
    }
}

static enum cx_status time_block(const struct cx_scenario *s, int threads, struct effort *f,
                                 struct cx_error *e) {
    struct cx_sim sim;
    const double from = cx_clock_seconds();
    CX_TRY(cx_sim_create(s, threads, true, &sim, e));
    f->setup_s = cx_clock_seconds() - from;
    time_parts(&sim, f);
    cx_sim_free(&sim);
    return CX_OK;
}

/* Seconds to compress and store one picture: gzip takes about 15 ns per value, and each picture
 * waits for the disk. */
static double picture_seconds(const struct cx_scenario *s, const struct cx_plan *p) {
    const int fields = s->output.fields.n ? s->output.fields.n : p->species;
    return 15e-9 * (double)p->cells * fields + 0.02;
}

static double seconds_of(const struct cx_scenario *s, const struct cx_plan *p,
                         const struct effort *f) {
    return f->setup_s + f->steps * f->step_s + f->samples * f->sample_s +
           p->frames * picture_seconds(s, p);
}

enum cx_status cx_plan_make(const struct cx_scenario *s, bool timed, struct cx_plan *p,
                            struct cx_error *e) {
    struct effort f;
    *p = (struct cx_plan){.species = s->model->species_count,
                          .threads = cx_assembly_threads(s),
                          .sessions = s->treatment.sessions.n,
                          .days = s->time.end / 24};
    for (int q = 0; q < p->species; q++) p->moving += s->model->species[q].movement != STILL;
    CX_TRY(measure_size(s, p, e));
    CX_TRY(measure_disk(s, p, e));
    if (!timed) return CX_OK;
    CX_TRY(count_steps(s, &f, e));
    CX_TRY(time_block(s, p->threads, &f, e));
    p->steps = f.steps;
    p->samples = f.samples;
    p->seconds = seconds_of(s, p, &f);
    return CX_OK;
}
