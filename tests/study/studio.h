/* studio.h - studies for the tests: files in a folder of their own that is removed afterwards. */
#ifndef CX_TESTS_STUDY_STUDIO_H
#define CX_TESTS_STUDY_STUDIO_H

#include "check.h"
#include "run/run.h"
#include "study/collect.h"

#include <stdlib.h>
#include <unistd.h>

struct studio {
    char folder[64];
    struct cx_study study;
    struct cx_findings findings;
};

static inline void studio_file(const struct studio *t, const char *name, const char *text) {
    char path[160];
    snprintf(path, sizeof path, "%s/%s", t->folder, name);
    FILE *f = fopen(path, "w");
    CHECK(f != NULL);
    if (!f) return;
    fputs(text, f);
    fclose(f);
}

static inline void studio_begin(struct studio *t) {
    *t = (struct studio){0};
    snprintf(t->folder, sizeof t->folder, "/tmp/cicatrix-study-XXXXXX");
    CHECK(mkdtemp(t->folder) != NULL);
    /* a column of skin for two days: a run of a moment */
    studio_file(t, "base.yml",
                "cicatrix: 1\ndomain: {geometry: column, size: [2 mm]}\ntime: {end: 2 day}\n");
}

static inline enum cx_status studio_load(struct studio *t, const char *text) {
    char path[160];
    const struct cx_model_list models = cx_models();
    studio_file(t, "study.yml", text);
    snprintf(path, sizeof path, "%s/study.yml", t->folder);
    const enum cx_status status = cx_study_load(path, NULL, &models, &t->study, &t->findings);
    if (status == CX_OK) snprintf(t->study.folder, sizeof t->study.folder, "%s/out", t->folder);
    return status;
}

/* For studies that must be right. */
static inline void studio_open(struct studio *t, const char *text) {
    studio_begin(t);
    const enum cx_status status = studio_load(t, text);
    if (status != CX_OK) cx_findings_print(&t->findings, stdout, false);
    CHECK(status == CX_OK);
}

static inline void studio_close(struct studio *t) {
    char command[128];
    cx_study_free(&t->study);
    cx_findings_free(&t->findings);
    snprintf(command, sizeof command, "rm -rf %s", t->folder);
    CHECK(system(command) == 0);
}

#endif
