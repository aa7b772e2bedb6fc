/* initial.c - see initial.h.  The file is read as any file of unknown origin: in a child process (watch/result.h). */
#include "run/initial.h"

#include "run/profile.h"
#include "watch/result.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static enum cx_status same_grid(const struct cx_result *r, const struct cx_grid *g,
                                struct cx_error *e) {
    const int *n = g->shape;
    bool same = r->frames > 0 && r->shape[0] == n[0] && r->shape[1] == n[1] && r->shape[2] == n[2];
    for (int d = 0; same && d < 3; d++)
        for (int i = 0; i < n[d]; i++)
            same = same && fabs(r->center[d][i] - g->axis[d].center[i]) <
                               1e-3; /* um: float coordinates pass */
    if (same) return CX_OK;
    cx_fail(e, CX_CONFIG, 62,
            "initial.file '%s' holds %d x %d x %d cells, the scenario makes %d x %d x %d", r->path,
            r->shape[0], r->shape[1], r->shape[2], n[0], n[1], n[2]);
    cx_hint(e, "use the domain and skin settings of the run that made the file");
    return CX_CONFIG;
}

/* values: [cells], room for one field. */
static enum cx_status take_field(struct cx_assembly *a, const struct cx_result *r, int q,
                                 float *values, struct cx_error *e) {
    const struct cx_species_row *row = &a->system.model->species[q];
    const int field = cx_result_find(r, row->name);
    if (field < 0 || strcmp(r->field_unit[field], row->unit) != 0)
        return cx_fail(e, CX_CONFIG, 62, "initial.file '%s' holds no '%s' in %s", r->path,
                       row->name, row->unit);
    CX_TRY(cx_result_field(r, r->frames - 1, field, values, e));
    for (size_t i = 0; i < a->grid.cells; i++) {
        if (!(values[i] >= 0) || !isfinite(values[i]))
            return cx_fail(e, CX_CONFIG, 62, "initial.file '%s': %s is %g in cell %zu", r->path,
                           row->name, (double)values[i], i);
        a->system.u[q][i] = (double)values[i];
    }
    return CX_OK;
}

static bool asked_for(const struct cx_names *names, const char *name) {
    for (int i = 0; i < names->n; i++)
        if (strcmp(names->at[i], name) == 0) return true;
    return false;
}

static enum cx_status take_fields(struct cx_assembly *a, const struct cx_result *r,
                                  struct cx_error *e) {
    const struct cx_names *names = &a->scenario->initial.fields;
    float *values = calloc(a->grid.cells, sizeof *values);
    if (!values)
        return cx_fail(e, CX_STORAGE, 61, "no memory for one field of %zu cells", a->grid.cells);
    enum cx_status status = CX_OK;
    for (int q = 0; q < a->system.species && status == CX_OK; q++) {
        const char *name = a->system.model->species[q].name;
        const bool wanted = names->n ? asked_for(names, name) : cx_result_find(r, name) >= 0;
        if (wanted) status = take_field(a, r, q, values, e);
    }
    free(values);
    return status;
}

enum cx_status cx_initial_apply(struct cx_assembly *a, struct cx_error *e) {
    const struct cx_scenario *s = a->scenario;
    if (!s->initial.file[0]) return CX_OK;
    char path[600];
    struct cx_result r = {0};
    if (cx_profile_is(s->initial.file)) {
        CX_TRY(cx_profile_apply(a, e));
        cx_stepper_refresh(a->stepper);
        return CX_OK;
    }
    snprintf(path, sizeof path, "%s/%s", s->folder, s->initial.file);
    CX_TRY(cx_result_open(path, &r, e));
    enum cx_status status = same_grid(&r, &a->grid, e);
    if (status == CX_OK) status = take_fields(a, &r, e);
    cx_result_close(&r);
    cx_stepper_refresh(a->stepper);
    return status;
}
