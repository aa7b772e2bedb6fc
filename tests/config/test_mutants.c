/* Twenty thousand damaged configurations: no crash, no hang, and either a scenario or at least one
 * finding. */
#include "fixture.h"

enum { MUTANTS = 20000 };

/* xorshift: the same mutants on every machine */
static uint32_t draw(uint32_t *seed) {
    *seed ^= *seed << 13;
    *seed ^= *seed >> 17;
    *seed ^= *seed << 5;
    return *seed;
}

/* Flips, deletes, doubles or replaces a few bytes; returns the new length. */
static size_t mutate(char *text, size_t n, uint32_t *seed) {
    static const char marks[] = "{}[]:,-#&*!|>'\"%@`\n\t ?0919~=e.";
    for (uint32_t k = 1 + draw(seed) % 4; k > 0 && n > 4; k--) {
        const size_t at = draw(seed) % n, run = 1 + draw(seed) % 3;
        switch (draw(seed) % 5) {
        case 0: text[at] = (char)(text[at] ^ (1 << draw(seed) % 8)); break;
        case 1: text[at] = marks[draw(seed) % (sizeof marks - 1)]; break;
        case 2:
            if (at + run >= n) break;
            memmove(text + at, text + at + run, n - at - run);
            n -= run;
            break;
        case 3:
            memmove(text + at + run, text + at, n - at);
            n += run;
            break;
        default: n = at > 1 && draw(seed) % 8 == 0 ? at : n; break;
        }
    }
    return n;
}

static void damaged_files_never_crash_or_hang(void) {
    uint32_t seed = 20240607;
    static char text[8192];
    int good = 0;
    for (int i = 0; i < MUTANTS; i++) {
        memcpy(text, fixture_good, sizeof fixture_good);
        const size_t n = mutate(text, sizeof fixture_good - 1, &seed);
        struct cx_scenario s;
        struct cx_findings f = {0};
        const enum cx_status status =
            cx_config_load(fixture_bytes("pilot.yml", text, n), NULL, &fixture_models, &s, &f);
        CHECK_MSG((status == CX_OK) == (f.n == 0), "mutant %d", i);
        CHECK_MSG(status == CX_OK || status == CX_CONFIG, "mutant %d", i);
        good += status == CX_OK;
        if (status == CX_OK) cx_scenario_free(&s);
        cx_findings_free(&f);
    }
    printf("     %d mutants, %d still valid\n", MUTANTS, good);
    CHECK(good > 0 && good < MUTANTS);
}

static void damaged_quantities_never_crash(void) {
    uint32_t seed = 7;
    static const char *const starts[] = {"1.5 mm", "9.1 1/day",
                                         "every 7 day from 7 day until 56 day", "1e5 cells/mL",
                                         "10 \xc2\xb5m"};
    for (int i = 0; i < MUTANTS; i++) {
        char text[256];
        snprintf(text, sizeof text, "%s", starts[i % 5]);
        text[mutate(text, strlen(text), &seed)] = 0;
        struct cx_error e = {0};
        struct cx_times t = {0};
        double value = 0;
        const enum cx_status one = cx_quantity_read(text, "um", &value, &e);
        CHECK_MSG(one == CX_OK ? isfinite(value) : e.code >= 20 && e.code <= 24, "'%s'", text);
        const enum cx_status two = cx_times_read(text, 1000, &t, &e);
        CHECK_MSG(two == CX_OK || (e.code >= 20 && e.code <= 26), "'%s'", text);
        free(t.at);
    }
}

int main(void) {
    fixture_open();
    RUN(damaged_files_never_crash_or_hang);
    RUN(damaged_quantities_never_crash);
    fixture_close();
    return check_done();
}
