/* certificate.json: what was written is read back, what is no certificate is refused with a sentence. */
#include "base/file.h"
#include "check.h"
#include "watch/certificate_json.h"
#include "watch/scratch.h"

static void read_back(void) {
    struct cx_error e = {0};
    char path[256];
    const struct scratch place = scratch_make();
    snprintf(path, sizeof path, "%s/certificate.json", place.folder);
    const struct cx_outcome_entry row[] = {
        {"gain", "percent", "", "", 1.5, true, 0.25, NAN, {0, 0, 0, 0, false}},
        {"never", "day", "", "", NAN, true, NAN, NAN, {0, 0, 0, 0, false}}};
    const struct cx_outcomes o = {.outcome_count = 2, .outcome = row};
    const double time[] = {1.4, NAN}, grid[] = {NAN, NAN};
    const double *const repeated[] = {time, grid};
    struct cx_certificate made = {
        .scenario = "s", .digest = "d", .run = {10, 20}, .part = {{true, "", 1e-3, 1.6, {10, 63}}}};
    snprintf(made.part[1].why_not, sizeof made.part[1].why_not, "one cell");
    CHECK_MSG(cx_certificate_write(path, &made, &o, repeated, &e) == CX_OK, "%s", e.text);
    struct cx_certificate got;
    CHECK_MSG(cx_certificate_read(path, &got, &e) == CX_OK, "%s", e.text);
    CHECK_STR(got.digest, "d");
    CHECK(got.part[0].made && got.part[0].setting == 1e-3 && got.part[0].factor == 1.6);
    CHECK(cx_effort_size(&got.run) == 200 && cx_effort_size(&got.part[0].effort) == 630);
    CHECK(!got.part[1].made);
    CHECK_STR(got.part[1].why_not, "one cell");
    scratch_clear(&place);
}

static void damage_is_told(void) {
    const char *const texts[] = {
        "", "{", "[]", "{}", "{\"schema_version\": 2}", "{\"schema_version\": \"1\"}"};
    char path[256];
    const struct scratch place = scratch_make();
    snprintf(path, sizeof path, "%s/certificate.json", place.folder);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct cx_error e = {0};
        struct cx_certificate c;
        CHECK(cx_file_write(path, texts[i], strlen(texts[i]), &e) == CX_OK);
        CHECK(cx_certificate_read(path, &c, &e) == CX_STORAGE);
        CHECK_MSG(e.code == 76 && e.text[0], "'%s': E%03d %s", texts[i], e.code, e.text);
    }
    struct cx_error e = {0};
    struct cx_certificate c;
    CHECK(cx_certificate_read("/nowhere/certificate.json", &c, &e) == CX_STORAGE && e.code == 74);
    scratch_clear(&place);
}

int main(void) {
    RUN(read_back);
    RUN(damage_is_told);
    return check_done();
}
