/* Error bars: every outcome gets them, a stopped certificate goes on to the same bits, finished repeats are not made again,
 * and where there is no grid there is no error of one. */
#include "lab.h"

#include "base/digest.h"
#include "base/file.h"
#include "run/certify.h"
#include "watch/certificate_json.h"

static const char column[] = "cicatrix: 1\n"
                             "domain: {geometry: column}\n"
                             "time: {end: 2 day}\n"
                             "output: {at: [0 day, 2 day], fields: [tgfb1]}\n"
                             "run: {threads: 1}\n";

struct watch {
    const char *stop_in; /* part in which to stop, at its `after`-th report */
    int after, calls, repeats;
    volatile sig_atomic_t flag;
};

static void see(const struct cx_progress *p, void *user) {
    struct watch *w = user;
    w->repeats += p->part != NULL;
    if (!w->stop_in || !p->part || strcmp(p->part, w->stop_in) != 0) return;
    if (++w->calls == w->after) w->flag = SIGTERM;
}

static struct cx_run_options options(const char *folder, struct watch *w) {
    return (struct cx_run_options){
        .folder = folder, .progress = see, .user = w, .stop = &w->flag, .certify = true};
}

static enum cx_status make(const struct lab *l, const char *name, struct watch *w,
                           struct cx_run_summary *out) {
    char folder[128];
    struct cx_error e = {0};
    snprintf(folder, sizeof folder, "%s/%s", l->folder, name);
    const struct cx_run_options o = options(folder, w);
    enum cx_status status = cx_run(&l->scenario, &o, out, &e);
    CHECK(cx_certify_wanted(folder));
    if (status == CX_OK) status = cx_certify(&o, out, &e);
    CHECK_MSG(status == CX_OK || w->flag, "%s", e.text);
    return status;
}

static void read_both(const struct lab *l, const char *name, struct cx_outcomes *o,
                      struct cx_certificate *c) {
    char path[160];
    struct cx_error e = {0};
    snprintf(path, sizeof path, "%s/%s/outcomes.json", l->folder, name);
    CHECK_MSG(cx_outcomes_read(path, o, &e) == CX_OK, "%s", e.text);
    snprintf(path, sizeof path, "%s/%s/certificate.json", l->folder, name);
    CHECK_MSG(cx_certificate_read(path, c, &e) == CX_OK, "%s", e.text);
}

static void check_bars(const struct cx_run_summary *out, const struct cx_outcomes *o) {
    int positive = 0;
    CHECK(out->certified && o->outcome_count == out->outcome_count);
    for (int i = 0; i < out->outcome_count; i++) {
        const struct cx_outcome_entry *row = cx_outcomes_find(o, out->outcome[i].name);
        if (!isfinite(out->outcome[i].value)) continue;
        CHECK_MSG(row->certified && row->time_error >= 0 && row->grid_error >= 0, "%s", row->name);
        CHECK(row->time_error == out->outcome[i].time_error &&
              row->grid_error == out->outcome[i].grid_error);
        positive += row->time_error > 0 && row->grid_error > 0;
    }
    CHECK_MSG(positive > 20, "%d outcomes with two bars", positive);
}

static void every_outcome_gets_its_bars(void) {
    struct lab l;
    struct cx_run_summary out;
    struct cx_outcomes o = {0};
    struct cx_certificate c = {0};
    struct watch w = {0};
    if (!lab_open(&l, column, NULL)) return;
    CHECK(make(&l, "run", &w, &out) == CX_OK);
    read_both(&l, "run", &o, &c);
    check_bars(&out, &o);
    const struct cx_certificate_part *time = &c.part[CX_CERTIFY_TIME],
                                     *grid = &c.part[CX_CERTIFY_GRID];
    CHECK(time->made && time->effort.cells == c.run.cells);
    CHECK_NEAR(time->setting, 1e-2 / 7, 1e-8);
    CHECK(time->effort.steps > 1.5 * c.run.steps && time->effort.steps < 4 * c.run.steps);
    CHECK(grid->made && grid->setting > 1.5 && grid->setting < 2.5);
    CHECK(grid->effort.cells < 0.7 * c.run.cells);
    cx_outcomes_free(&o);
    cx_run_summary_free(&out);
    lab_close(&l);
}

static void check_same(const struct lab *l, const char *file) {
    const char *const name[] = {"whole", "parts"};
    char path[160], hex[2][65] = {"", ""};
    for (int i = 0; i < 2; i++) {
        snprintf(path, sizeof path, "%s/%s/%s", l->folder, name[i], file);
        CHECK(cx_digest_file(path, hex[i]));
    }
    CHECK_MSG(strcmp(hex[0], hex[1]) == 0, "%s differs", file);
}

static void a_stopped_certificate_goes_on(void) {
    const char *const parts[] = {"grid error", "time error"};
    for (int i = 0; i < 2; i++) {
        struct lab l;
        struct cx_run_summary out;
        struct cx_error e = {0};
        struct watch plain = {0}, stopped = {.stop_in = parts[i], .after = 1};
        if (!lab_open(&l, column, NULL)) return;
        CHECK(make(&l, "whole", &plain, &out) == CX_OK);
        cx_run_summary_free(&out);
        CHECK(make(&l, "parts", &stopped, &out) == CX_STOPPED);
        CHECK(!out.certified && out.part && strcmp(out.part, parts[i]) == 0);
        cx_run_summary_free(&out);
        char folder[128];
        snprintf(folder, sizeof folder, "%s/parts", l.folder);
        struct watch again = {0};
        const struct cx_run_options o = options(folder, &again);
        CHECK(cx_resume(&o, &out, &e) == CX_OK);
        CHECK_MSG(cx_certify(&o, &out, &e) == CX_OK, "%s", e.text);
        CHECK(out.certified && !out.part);
        cx_run_summary_free(&out);
        check_same(&l, "certificate.json");
        check_same(&l, "outcomes.json");
        lab_close(&l);
    }
}

static void finished_repeats_are_used_again(void) {
    struct lab l;
    struct cx_run_summary out;
    struct cx_error e = {0};
    struct watch first = {0}, second = {0};
    char folder[128];
    if (!lab_open(&l, column, NULL)) return;
    CHECK(make(&l, "run", &first, &out) == CX_OK && first.repeats > 0);
    snprintf(folder, sizeof folder, "%s/run", l.folder);
    const struct cx_run_options o = options(folder, &second);
    CHECK(cx_certify(&o, &out, &e) == CX_OK && second.repeats == 0);
    cx_run_summary_free(&out);
    lab_close(&l);
}

static void a_run_that_was_left_is_not_certified(void) {
    struct lab l;
    struct cx_run_summary out;
    struct cx_error e = {0};
    struct watch w = {0};
    char folder[128];
    if (!lab_open(&l, column, NULL)) return;
    snprintf(folder, sizeof folder, "%s/run", l.folder);
    struct cx_run_options o = options(folder, &w);
    o.until_h = 3;
    CHECK(cx_run(&l.scenario, &o, &out, &e) == CX_STOPPED);
    CHECK(cx_certify(&o, &out, &e) == CX_STORAGE && e.code == 82 && e.hint[0]);
    cx_run_summary_free(&out);
    lab_close(&l);
}

/* A start from a file fits one grid only: no error of the grid, and the reason is told. */
static void no_second_grid_no_bar(void) {
    struct lab l;
    struct cx_run_summary out;
    struct cx_outcomes o = {0};
    struct cx_certificate c = {0};
    struct watch w = {0};
    if (!lab_open(&l, column, NULL)) return;
    CHECK(make(&l, "first", &w, &out) == CX_OK);
    cx_run_summary_free(&out);
    snprintf(l.scenario.initial.file, sizeof l.scenario.initial.file, "first/run.nc");
    CHECK(make(&l, "second", &w, &out) == CX_OK);
    read_both(&l, "second", &o, &c);
    CHECK(!c.part[CX_CERTIFY_GRID].made && c.part[CX_CERTIFY_GRID].why_not[0]);
    CHECK(c.part[CX_CERTIFY_TIME].made);
    for (int i = 0; i < o.outcome_count; i++)
        CHECK(o.outcome[i].certified && isnan(o.outcome[i].grid_error));
    cx_outcomes_free(&o);
    cx_run_summary_free(&out);
    lab_close(&l);
}

int main(void) {
    RUN(every_outcome_gets_its_bars);
    RUN(a_stopped_certificate_goes_on);
    RUN(finished_repeats_are_used_again);
    RUN(a_run_that_was_left_is_not_certified);
    RUN(no_second_grid_no_bar);
    return check_done();
}
