/* Every model carries a baseline with the outcomes it is held to; the suite runs them all. */
#include "../science/trial.h"

static void baseline_keeps_its_promises(const char *model) {
    struct trial t;
    char path[128];
    snprintf(path, sizeof path, "models/%s/baseline.yml", model);
    if (!trial_run(&t, path, NULL)) return;
    CHECK_MSG(t.scenario.expect_count > 0, "%s expects nothing", path);
    for (int i = 0; i < t.scenario.expect_count; i++) {
        const struct cx_expect *e = &t.scenario.expect[i];
        const double x = trial_outcome(&t, e->outcome);
        CHECK_MSG(x >= e->low && x <= e->high, "%s: %s is %g, expected [%g, %g]", path, e->outcome,
                  x, e->low, e->high);
    }
    printf("  %s: %d outcomes inside\n", path, t.scenario.expect_count);
    trial_end(&t);
}

static void all_baselines_keep_their_promises(void) {
    const struct cx_model_list all = cx_models();
    CHECK(all.n > 0);
    for (int i = 0; i < all.n; i++) baseline_keeps_its_promises(all.at[i]->name);
}

/* A default outside its own range, a unit that UDUNITS does not know, a row without a source. */
static void rows_are_whole(void) {
    const struct cx_model_list all = cx_models();
    for (int m = 0; m < all.n; m++)
        for (int i = 0; i < all.at[m]->param_count; i++) {
            const struct cx_param_row *p = &all.at[m]->params[i];
            CHECK_MSG(p->lo <= p->fallback && p->fallback <= p->hi, "%s = %g outside [%g, %g]",
                      p->name, p->fallback, p->lo, p->hi);
            CHECK_MSG(p->doc[0] && p->source[0], "%s has no meaning or source", p->name);
            CHECK_MSG(cx_unit_factor(p->unit, p->unit) == 1, "%s: unit '%s'", p->name, p->unit);
        }
}

int main(void) {
    RUN(all_baselines_keep_their_promises);
    RUN(rows_are_whole);
    return check_done();
}
