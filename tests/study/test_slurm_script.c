/* The batch scripts of a study: what is in them, that the shell can read them, and that the same study makes the same
 * bytes; how runs are packed. */
#include "base/file.h"
#include "studio.h"
#include "study/slurm.h"

#include <string.h>

#define STUDY                                                                                      \
    "cicatrix-study: 1\nbase: base.yml\n"                                                          \
    "vary: {device.needle.length: {from: 0.5 mm, to: 1.5 mm, steps: 5}}\n"

/* `left` runs of `seconds` each on one core. */
static struct cx_forecast forecast(int left, double seconds) {
    return (struct cx_forecast){.points = left,
                                .runs = left,
                                .distinct = left,
                                .run_seconds = {seconds, seconds, seconds},
                                .core_seconds = left * seconds,
                                .memory_bytes = 5e7};
}

static struct cx_slurm_plan plan_of(const struct cx_study *s, int left, double seconds) {
    const struct cx_forecast f = forecast(left, seconds);
    struct cx_slurm_plan p;
    struct cx_error e;
    CHECK(cx_slurm_plan(s, &f, &p, &e) == CX_OK);
    return p;
}

static void test_packing(void) {
    struct cx_study s = {0};
    struct cx_slurm_plan p = plan_of(&s, 10000, 6); /* 200 runs make 20 min */
    CHECK(p.tasks >= 50 && p.tasks <= 53 && p.cpus == 1 && p.workers == 1);
    CHECK(p.task_seconds >= 600 && p.task_seconds <= 1800);
    CHECK(p.tasks * p.runs_per_task >= 10000);
    CHECK(p.tasks % 2 && p.tasks % 5); /* or each task would have one value of some factor */
    s.slurm.cpus = 8;
    p = plan_of(&s, 10000, 6);
    CHECK(p.workers == 8 && p.threads == 1);
    CHECK(p.task_seconds >= 600 && p.task_seconds <= 1800);
    p = plan_of(&s, 24, 4 * 3600); /* long ones have a task each, and all its cores */
    CHECK(p.tasks == 24 && p.runs_per_task == 1 && p.workers == 1 && p.threads == 8);
    CHECK(p.limit_seconds >= 2 * p.task_seconds);
    s.slurm.array_limit = 10;
    p = plan_of(&s, 1000000, 6);
    CHECK(p.tasks == 10 && p.runs_per_task == 100000);
    CHECK(p.limit_seconds > p.task_seconds);
    s.slurm.tasks = 7;
    s.slurm.time_s = 7200;
    p = plan_of(&s, 5, 1);
    CHECK(p.tasks == 5 && p.runs_per_task == 1 && p.limit_seconds == 7200);
}

static void test_nothing_left(void) {
    const struct cx_study s = {0};
    const struct cx_forecast f = forecast(0, 6);
    struct cx_slurm_plan p;
    struct cx_error e = {0};
    CHECK(cx_slurm_plan(&s, &f, &p, &e) == CX_CONFIG);
    CHECK(e.code == 118);
}

/* The text of out/slurm/NAME; free(). */
static char *script(const struct studio *t, const char *name) {
    char path[160];
    unsigned char *bytes = NULL;
    size_t n;
    struct cx_error e;
    snprintf(path, sizeof path, "%s/out/slurm/%s", t->folder, name);
    CHECK(cx_file_read(path, 1 << 20, &bytes, &n, &e) == CX_OK);
    return (char *)bytes;
}

static void check_has(const char *text, const char *const *lines) {
    for (; *lines; lines++)
        if (!strstr(text, *lines)) {
            printf("  missing: %s\n", *lines);
            CHECK(false);
        }
}

static void check_shell(const struct studio *t, const char *name) {
    char command[200];
    snprintf(command, sizeof command, "bash -n %s/out/slurm/%s", t->folder, name);
    CHECK(system(command) == 0);
}

static struct cx_slurm_order order_of(const struct studio *t, const char *const *set) {
    return (struct cx_slurm_order){.study = &t->study,
                                   .plan = plan_of(&t->study, 10000, 6),
                                   .memory_bytes = 5e7,
                                   .program = "/opt/it's here/cicatrix",
                                   .directory = "/here/x y",
                                   .set = set,
                                   .set_count = 1};
}

static void test_scripts(void) {
    static const char *const set[] = {"time.end=3 day; rm -rf 'x'"};
    static const char *const runs[] = {"#!/bin/bash\n#",
                                       "#SBATCH --job-name=cicatrix-study\n",
                                       "#SBATCH --cpus-per-task=4\n",
                                       "#SBATCH --time=1-12:30:00\n",
                                       "#SBATCH --signal=B:TERM@120\n",
                                       "#SBATCH --requeue\n",
                                       "#SBATCH --partition=short\n",
                                       "#SBATCH --account=skin.lab\n",
                                       "#SBATCH --chdir=\"/here/x y\"\n",
                                       "--workers 4 --threads 1",
                                       "cicatrix=${CICATRIX:-'/opt/it'\\''s here/cicatrix'}",
                                       "--set 'time.end=3 day; rm -rf '\\''x'\\'''",
                                       "scontrol requeue",
                                       "trap ",
                                       NULL};
    static const char *const collect[] = {"#!/bin/bash\n#", "#SBATCH --partition=short\n",
                                          "sweep collect ", NULL};
    struct studio t;
    struct cx_error e;
    char *line, *again, array[64];
    studio_open(&t, STUDY "slurm: {partition: short, account: skin.lab, time: 36.5 h, cpus: 4}\n");
    const struct cx_slurm_order o = order_of(&t, set);
    CHECK(cx_slurm_write(&o, &line, &e) == CX_OK);
    char *a = script(&t, "runs.sbatch"), *b = script(&t, "collect.sbatch");
    check_has(a, runs);
    check_has(b, collect);
    snprintf(array, sizeof array, "#SBATCH --array=1-%d\n", o.plan.tasks);
    check_has(a, (const char *const[]){array, line, NULL});
    CHECK(strncmp(line, "sbatch --dependency=afterany:$(sbatch --parsable ", 49) == 0);
    check_shell(&t, "runs.sbatch");
    check_shell(&t, "collect.sbatch");
    CHECK(cx_slurm_write(&o, &again, &e) == CX_OK);
    char *c = script(&t, "runs.sbatch"), *d = script(&t, "collect.sbatch");
    CHECK(strcmp(a, c) == 0 && strcmp(b, d) == 0 && strcmp(line, again) == 0);
    free(a);
    free(b);
    free(c);
    free(d);
    free(line);
    free(again);
    studio_close(&t);
}

static void test_silent_study(void) {
    static const char *const set[] = {"time.end=3 day"};
    static const char *const open[] = {"##SBATCH --partition=NAME\n", "##SBATCH --account=NAME\n",
                                       "#SBATCH --cpus-per-task=1\n", NULL};
    struct studio t;
    struct cx_error e;
    char *line;
    studio_open(&t, STUDY);
    struct cx_slurm_order o = order_of(&t, set);
    CHECK(cx_slurm_write(&o, &line, &e) == CX_OK);
    char *a = script(&t, "runs.sbatch");
    check_has(a, open);
    check_shell(&t, "runs.sbatch");
    free(a);
    free(line);
    o.directory = "/here/two\nlines";
    CHECK(cx_slurm_write(&o, &line, &e) == CX_CONFIG);
    CHECK(e.code == 118 && line == NULL);
    studio_close(&t);
}

static void test_wrong_blocks(void) {
    static const struct {
        const char *text;
        int code;
    } wrong[] = {{"{partition: \"a b\"}", 118}, {"{partition: \"x\\n#SBATCH\"}", 118},
                 {"{time: 1 min}", 33},         {"{cpus: 0}", 33},
                 {"{partitoin: short}", 30},    {"[short]", 0},
                 {"{time: [1 h]}", 0}};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct studio t;
        char text[400];
        studio_begin(&t);
        snprintf(text, sizeof text, STUDY "slurm: %s\n", wrong[i].text);
        CHECK(studio_load(&t, text) == CX_CONFIG);
        CHECK(t.findings.n == 1);
        if (t.findings.n == 1 && wrong[i].code)
            CHECK_MSG(t.findings.at[0].code == wrong[i].code, "%s: E%03d", wrong[i].text,
                      t.findings.at[0].code);
        studio_close(&t);
    }
}

int main(void) {
    RUN(test_packing);
    RUN(test_nothing_left);
    RUN(test_scripts);
    RUN(test_silent_study);
    RUN(test_wrong_blocks);
    return check_done();
}
