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

int main(void) {
    RUN(all_baselines_keep_their_promises);
    return check_done();
}
