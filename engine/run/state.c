/* state.c - see state.h */
#include "run/state.h"

#include "watch/checkpoint.h"

#include <stdio.h>
#include <string.h>

enum { FIXED_SECTIONS = 4 };

enum cx_status cx_state_save(const struct cx_sim *sim, const struct cx_pages *p, const char *folder,
                             const struct cx_state_of *of, struct cx_error *e) {
    const struct cx_system *s = &sim->assembly.system;
    const struct cx_history *h = &sim->history;
    const size_t samples = (size_t)h->n;
    struct cx_section section[CX_SPECIES_MAX + FIXED_SECTIONS] = {
        {"clock", &sim->clock, sizeof sim->clock},
        {"pages", p, sizeof *p},
        {"history.t", h->t_h, samples * sizeof *h->t_h},
        {"history.value", h->value, samples * (size_t)h->series * sizeof *h->value}};
    for (int q = 0; q < s->species; q++) {
        struct cx_section *u = &section[FIXED_SECTIONS + q];
        snprintf(u->name, sizeof u->name, "u.%.29s", s->model->species[q].name);
        u->data = s->u[q];
        u->bytes = s->grid->cells * sizeof(double);
    }
    char header[512];
    snprintf(header, sizeof header,
             "scenario: %s\nmodel: %s\ndigest: %s\nengine: %s\nday: %.17g\nshape: %d %d %d\n",
             sim->scenario->name, s->model->name, of->digest, of->engine, sim->clock.t_h / 24,
             s->grid->shape[0], s->grid->shape[1], s->grid->shape[2]);
    const struct cx_checkpoint c = {.serial = p->serial,
                                    .header = header,
                                    .section = section,
                                    .count = FIXED_SECTIONS + s->species};
    return cx_checkpoint_write(folder, &c, e);
}

/* Copies a section of exactly `bytes` bytes. */
static enum cx_status take(const struct cx_checkpoint *c, const char *name, void *to, size_t bytes,
                           struct cx_error *e) {
    const struct cx_section *s = cx_checkpoint_find(c, name);
    if (!s || s->bytes != bytes)
        return cx_fail(e, CX_STORAGE, 82,
                       "checkpoint '%s' holds no '%s' of %zu bytes: it belongs to another scenario",
                       c->path, name, bytes);
    memcpy(to, s->data, bytes);
    return CX_OK;
}

static enum cx_status take_history(const struct cx_checkpoint *c, struct cx_history *h,
                                   struct cx_error *e) {
    const struct cx_section *t = cx_checkpoint_find(c, "history.t");
    const size_t n = t ? t->bytes / sizeof(double) : 0;
    if (n > (size_t)h->room)
        return cx_fail(e, CX_STORAGE, 82, "checkpoint '%s' has too long a history", c->path);
    h->n = (int)n;
    CX_TRY(take(c, "history.t", h->t_h, n * sizeof(double), e));
    return take(c, "history.value", h->value, n * (size_t)h->series * sizeof(double), e);
}

static enum cx_status take_all(struct cx_sim *sim, struct cx_pages *p,
                               const struct cx_checkpoint *c, struct cx_error *e) {
    struct cx_system *s = &sim->assembly.system;
    CX_TRY(take(c, "clock", &sim->clock, sizeof sim->clock, e));
    CX_TRY(take(c, "pages", p, sizeof *p, e));
    CX_TRY(take_history(c, &sim->history, e));
    for (int q = 0; q < s->species; q++) {
        char name[40];
        snprintf(name, sizeof name, "u.%.29s", s->model->species[q].name);
        CX_TRY(take(c, name, s->u[q], s->grid->cells * sizeof(double), e));
    }
    sim->control.h = sim->clock.control_h;
    const struct cx_moment now = {sim->clock.t_h,
                                  cx_timeline_since(&sim->timeline, sim->clock.t_h)};
    cx_assembly_derive(&sim->assembly, &now);
    cx_stepper_refresh(sim->assembly.stepper);
    return CX_OK;
}

static bool has_line(const struct cx_checkpoint *c, const char *key, const char *value) {
    char line[96];
    snprintf(line, sizeof line, "%s: %s\n", key, value);
    return strstr(c->header, line) != NULL;
}

static enum cx_status check_origin(const struct cx_checkpoint *c, const struct cx_state_of *of,
                                   struct cx_error *e) {
    if (of->engine && !has_line(c, "engine", of->engine))
        return cx_fail(e, CX_STORAGE, 82, "checkpoint '%s' was made by another engine", c->path);
    if (has_line(c, "digest", of->digest)) return CX_OK;
    cx_fail(e, CX_STORAGE, 82, "checkpoint '%s' was made from another scenario or version",
            c->path);
    cx_hint(e, "config.yml of the folder must be the one the run wrote");
    return CX_STORAGE;
}

enum cx_status cx_state_load(struct cx_sim *sim, struct cx_pages *p, const char *folder,
                             const struct cx_state_of *of, struct cx_error *e) {
    struct cx_checkpoint c = {0};
    CX_TRY(cx_checkpoint_read(folder, &c, e));
    enum cx_status status = check_origin(&c, of, e);
    if (status == CX_OK) status = take_all(sim, p, &c, e);
    cx_checkpoint_free(&c);
    return status;
}
