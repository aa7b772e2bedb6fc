/* Units: exact factors, the field's own names, kinds that UDUNITS-2 alone would mix up, and
 * threads. */
#include "base/units.h"

#include "check.h"

#include <pthread.h>

static void fits(const char *from, const char *to, double one) {
    struct cx_conversion c;
    CHECK_MSG(cx_unit_conversion(from, to, &c) == CX_UNIT_FITS, "%s -> %s", from, to);
    CHECK_MSG(cx_convert(&c, 1) == one, "%s -> %s: %.17g", from, to, cx_convert(&c, 1));
}

static void factors_are_exact_both_ways(void) {
    fits("mm", "um", 1000);
    fits("um", "mm", 0.001);
    fits("day", "h", 24);
    fits("h", "day", 1.0 / 24);
    fits("um2/s", "um2/h", 3600);
    fits("%", "1", 0.01);
    fits("percent", "%", 1);
    fits("cells/mm3", "1/mL", 1000);
    fits("M", "mol/L", 1);
    fits("pM", "nM", 0.001);
    fits("needles/cm2", "1/cm2", 1);
    fits("GB", "MB", 1000);
    fits("MiB", "byte", 1048576);
    fits("", "", 1);
}

static void does_not(const char *from, const char *to, enum cx_unit_fit why) {
    struct cx_conversion c;
    CHECK_MSG(cx_unit_conversion(from, to, &c) == why, "%s -> %s", from, to);
}

static void kinds_are_kept_apart(void) {
    does_not("mm", "s", CX_UNIT_OTHER);
    does_not("s", "Hz", CX_UNIT_OTHER); /* reciprocals convert in UDUNITS-2, but not by a factor */
    does_not("%", "degree", CX_UNIT_OTHER);
    does_not("degree", "1", CX_UNIT_OTHER);
    does_not("1", "byte", CX_UNIT_OTHER);
    does_not("furlongs_", "m", CX_UNIT_UNKNOWN);
    does_not("5 mm", "m", CX_UNIT_UNKNOWN);
    does_not("mm 5", "m", CX_UNIT_UNKNOWN);
    does_not("s @ 3", "s", CX_UNIT_UNKNOWN);
    does_not("s since 3", "s", CX_UNIT_UNKNOWN);
    does_not("m\n", "m", CX_UNIT_UNKNOWN);
    does_not("m#", "m", CX_UNIT_UNKNOWN);
    does_not("mm", "no_unit_", CX_UNIT_NO_TARGET);
    does_not("mmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmm", "m", CX_UNIT_UNKNOWN);
}

static void meanings_name_the_kind(void) {
    char out[96];
    CHECK_STR(cx_unit_meaning("um", out), "a length such as 1.5 mm");
    CHECK_STR(cx_unit_meaning("h", out), "a time such as 7 day");
    CHECK_STR(cx_unit_meaning("degree", out), "an angle such as 10 degree");
    CHECK_STR(cx_unit_meaning("1", out), "a pure number such as 0.3 or 30 %");
    CHECK_STR(cx_unit_meaning("mV", out), "a value such as 1 mV");
}

static void *convert_often(void *sum) {
    for (int i = 0; i < 2000; i++) *(double *)sum += cx_unit_factor(i % 2 ? "mm" : "cm", "um");
    return NULL;
}

static void threads_get_the_same_answers(void) {
    pthread_t thread[4];
    double sum[4] = {0};
    for (int i = 0; i < 4; i++)
        CHECK(pthread_create(&thread[i], NULL, convert_often, &sum[i]) == 0);
    for (int i = 0; i < 4; i++) pthread_join(thread[i], NULL);
    for (int i = 0; i < 4; i++) CHECK(sum[i] == 11000.0 * 1000);
}

int main(void) {
    RUN(threads_get_the_same_answers);
    RUN(factors_are_exact_both_ways);
    RUN(kinds_are_kept_apart);
    RUN(meanings_name_the_kind);
    return check_done();
}
