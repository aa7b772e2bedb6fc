/* One rule for all who keep runs: a finished run is used again only where the engine, the configuration, the end and the
 * files are those that were asked for; what was left half way goes on only where engine and configuration are those that
 * began it. */
#include "lab.h"

#include "base/file.h"
#include "run/engine.h"
#include "run/reuse.h"
#include "version.h"
#include "watch/checkpoint.h"

#include <hdf5.h>

static const char column[] = "cicatrix: 1\n"
                             "title: 'a # \"quoted\" title'\n"
                             "domain: {geometry: column}\n"
                             "time: {end: 12 h}\n"
                             "output: {at: [0 h, 12 h], fields: [tgfb1]}\n"
                             "run: {threads: 1}\n";

/* A finished run in the lab's folder, and what a study would ask of it. */
struct desk {
    struct lab lab;
    char folder[96], digest[65];
    struct cx_reuse_asked asked;
};

static enum cx_status make(struct desk *d, double until_h, struct cx_run_summary *out) {
    struct cx_error e = {0};
    const struct cx_run_options o = {.folder = d->folder, .until_h = until_h};
    return cx_run(&d->lab.scenario, &o, out, &e);
}

static bool desk_open(struct desk *d, double until_h) {
    struct cx_run_summary out;
    *d = (struct desk){0};
    if (!lab_open(&d->lab, column, NULL)) return false;
    snprintf(d->folder, sizeof d->folder, "%s/run", d->lab.folder);
    cx_config_digest(&d->lab.scenario, CX_VERSION, d->digest);
    CHECK(make(d, until_h, &out) == (until_h > 0 ? CX_STOPPED : CX_OK));
    cx_run_summary_free(&out);
    d->asked =
        (struct cx_reuse_asked){.folder = d->folder, .digest = d->digest, .engine = cx_engine()};
    return true;
}

static void path_of(const struct desk *d, const char *file, char path[160]) {
    snprintf(path, 160, "%s/%s", d->folder, file);
}

/* Keeps the first `n` bytes of a file. */
static void cut(const struct desk *d, const char *file, off_t n) {
    char path[160];
    path_of(d, file, path);
    CHECK(truncate(path, n) == 0);
}

static void drop(const struct desk *d, const char *file) {
    char path[160];
    struct cx_error e;
    path_of(d, file, path);
    CHECK(cx_file_remove(path, &e) == CX_OK);
}

static enum cx_reuse whole(const struct desk *d) {
    return cx_reuse_scenario(d->folder, &d->lab.scenario);
}

static void what_is_whole_is_used_again(void) {
    struct desk d;
    if (!desk_open(&d, 0)) return;
    CHECK(whole(&d) == CX_REUSE_WHOLE && cx_reuse(&d.asked) == CX_REUSE_WHOLE);
    const struct cx_reuse_asked last = d.asked;
    d.asked.end_h = d.lab.scenario.time.end;
    CHECK_MSG(cx_reuse(&d.asked) == CX_REUSE_SHORT, "two pictures are not none");
    d.asked.frames = 2;
    CHECK(cx_reuse(&d.asked) == CX_REUSE_WHOLE);
    d.asked.end_h *= 1.001;
    CHECK(cx_reuse(&d.asked) == CX_REUSE_SHORT);
    d.asked = last;
    d.asked.folder = d.lab.folder;
    CHECK(cx_reuse(&d.asked) == CX_REUSE_ABSENT);
    lab_close(&d.lab);
}

/* The digest knows what changes a number; pictures also depend on what is stored. */
static void another_configuration_is_another_run(void) {
    struct desk d;
    if (!desk_open(&d, 0)) return;
    struct cx_scenario *s = &d.lab.scenario;
    s->solver.tolerance *= 2;
    CHECK(whole(&d) == CX_REUSE_CONFIG);
    s->solver.tolerance /= 2;
    s->output.precision += 1;
    CHECK(whole(&d) == CX_REUSE_CONFIG && cx_reuse(&d.asked) == CX_REUSE_WHOLE);
    s->output.precision -= 1;
    CHECK(whole(&d) == CX_REUSE_WHOLE);
    s->root.title[strlen(s->root.title) - 1] = '?';
    CHECK_MSG(whole(&d) == CX_REUSE_CONFIG, "a # within a text is no comment");
    d.asked.digest = "";
    CHECK(cx_reuse(&d.asked) == CX_REUSE_CONFIG);
    lab_close(&d.lab);
}

static void comments_say_nothing(void) {
    struct desk d;
    if (!desk_open(&d, 0)) return;
    char *config = cx_config_effective(&d.lab.scenario);
    CHECK(cx_reuse_config(d.folder, config));
    char *remark = strstr(config, "  # default");
    if (remark) memcpy(remark, "  # DEFAULT", 11);
    CHECK(remark && cx_reuse_config(d.folder, config));
    char *key = strstr(config, "tolerance");
    if (key) *key = 'T';
    CHECK(key && !cx_reuse_config(d.folder, config));
    config[strlen(config) / 2] = 0;
    CHECK(!cx_reuse_config(d.folder, config) && !cx_reuse_config(d.lab.folder, ""));
    free(config);
    lab_close(&d.lab);
}

/* The same file as another commit would have written it. */
static void sign_by_another(const struct desk *d) {
    char path[160], name[256] = "";
    path_of(d, "run.nc", path);
    const hid_t file = H5Fopen(path, H5F_ACC_RDWR, H5P_DEFAULT);
    const hid_t commit = H5Aopen(file, "git_commit", H5P_DEFAULT), type = H5Aget_type(commit);
    CHECK(H5Tget_size(type) < sizeof name && H5Aread(commit, type, name) >= 0);
    name[0] = name[0] == '0' ? '1' : '0';
    CHECK(H5Awrite(commit, type, name) >= 0);
    H5Tclose(type);
    H5Aclose(commit);
    CHECK(H5Fclose(file) >= 0);
}

static void another_engine_is_not_believed(void) {
    struct desk d;
    if (!desk_open(&d, 0)) return;
    CHECK(cx_engine_is(cx_engine()) && strlen(cx_engine()) < CX_ENGINE_NAME);
    d.asked.engine = CX_VERSION " 0123456789ab";
    CHECK(cx_reuse(&d.asked) == CX_REUSE_ENGINE);
    sign_by_another(&d);
    CHECK(whole(&d) == CX_REUSE_ENGINE);
    lab_close(&d.lab);
}

static void harm_is_seen(void) {
    struct desk d;
    if (!desk_open(&d, 0)) return;
    cut(&d, "run.nc", 3000);
    CHECK(whole(&d) == CX_REUSE_HARMED);
    d.asked.files = CX_FILES_SERIES;
    CHECK_MSG(cx_reuse(&d.asked) == CX_REUSE_WHOLE, "nobody asked for pictures");
    cut(&d, "series.csv", 0);
    CHECK(cx_reuse(&d.asked) == CX_REUSE_HARMED);
    d.asked.files = CX_FILES_OUTCOMES;
    CHECK(cx_reuse(&d.asked) == CX_REUSE_WHOLE);
    drop(&d, "config.yml");
    CHECK(whole(&d) == CX_REUSE_CONFIG);
    cut(&d, "outcomes.json", 200);
    CHECK(cx_reuse(&d.asked) == CX_REUSE_HARMED);
    drop(&d, "outcomes.json");
    CHECK(cx_reuse(&d.asked) == CX_REUSE_ABSENT);
    lab_close(&d.lab);
}

static enum cx_status go_on(struct desk *d, struct cx_run_summary *out) {
    struct cx_error e = {0};
    const struct cx_run_options o = {.folder = d->folder};
    return cx_run_on(&d->lab.scenario, &o, out, &e);
}

static void what_was_stopped_goes_on(void) {
    struct desk d;
    struct cx_run_summary out;
    if (!desk_open(&d, 6)) return;
    CHECK(whole(&d) == CX_REUSE_SHORT);
    CHECK(go_on(&d, &out) == CX_OK && out.resumed && whole(&d) == CX_REUSE_WHOLE);
    cx_run_summary_free(&out);
    d.lab.scenario.solver.tolerance *= 2;
    CHECK_MSG(go_on(&d, &out) == CX_OK && !out.resumed, "it went on with other settings");
    CHECK(whole(&d) == CX_REUSE_WHOLE);
    cx_run_summary_free(&out);
    lab_close(&d.lab);
}

/* Studies, stories and galleries begin anew; `resume` asks for the configuration and the version only. */
static void a_checkpoint_of_another_engine_is_left(void) {
    struct desk d;
    struct cx_error e = {0};
    struct cx_run_summary out;
    struct cx_checkpoint c = {0};
    if (!desk_open(&d, 6)) return;
    CHECK(cx_checkpoint_read(d.folder, &c, &e) == CX_OK);
    char *engine = strstr(c.header, "\nengine: ");
    CHECK(engine != NULL);
    if (engine) engine[9] = engine[9] == '9' ? '8' : '9';
    c.serial++;
    CHECK(cx_checkpoint_write(d.folder, &c, &e) == CX_OK);
    cx_checkpoint_free(&c);
    const struct cx_run_options own = {.folder = d.folder, .digest = d.digest},
                                any = {.folder = d.folder, .until_h = 8};
    CHECK(cx_resume(&own, &out, &e) == CX_STORAGE && e.code == 82);
    cx_run_summary_free(&out);
    CHECK_MSG(cx_resume(&any, &out, &e) == CX_STOPPED && out.resumed, "who resumes may do so");
    cx_run_summary_free(&out);
    lab_close(&d.lab);
}

static void every_answer_has_words(void) {
    for (int i = 0; i < CX_REUSE_COUNT; i++)
        for (int k = 0; k < i; k++)
            CHECK(strcmp(cx_reuse_word((enum cx_reuse)i), cx_reuse_word((enum cx_reuse)k)) != 0);
    CHECK(strlen(cx_reuse_word(CX_REUSE_ENGINE)) > 10);
}

int main(void) {
    RUN(what_is_whole_is_used_again);
    RUN(another_configuration_is_another_run);
    RUN(comments_say_nothing);
    RUN(another_engine_is_not_believed);
    RUN(harm_is_seen);
    RUN(what_was_stopped_goes_on);
    RUN(a_checkpoint_of_another_engine_is_left);
    RUN(every_answer_has_words);
    return check_done();
}
