/* Numbers with units: exact where decimal, refused where unclear, and every refusal says what was
 * expected. */
#include "check.h"
#include "config/config.h"

#include <locale.h>
#include <stdlib.h>

static double read_as(const char *text, const char *unit) {
    struct cx_error e = {0};
    double value = NAN;
    CHECK_MSG(cx_quantity_read(text, unit, &value, &e) == CX_OK, "%s: %s", text, e.text);
    return value;
}

static void decimal_factors_are_exact(void) {
    CHECK(read_as("1.5 mm", "um") == 1500);
    CHECK(read_as("0.25mm", "um") == 250);
    CHECK(read_as("7 day", "h") == 168);
    CHECK(read_as("24 week", "h") == 4032);
    CHECK(read_as("36 h", "day") == 1.5);
    CHECK(read_as("30 %", "1") == 0.3);
    CHECK(read_as("0.3", "1") == 0.3);
    CHECK(read_as("53.2 %", "percent") == 53.2);
    CHECK(read_as("100 needles/cm2", "1/cm2") == 100);
    CHECK(read_as("1 needle/mm2", "1/cm2") == 100);
    CHECK(read_as("1e5 cells/mL", "1/mm3") == 100);
    CHECK(read_as("5 nM", "nmol/L") == 5);
    CHECK(read_as("2 GiB", "GB") == 2.147483648);
    CHECK(read_as("500 MB", "GB") == 0.5);
    CHECK(read_as("9.1 1/day", "1/day") == 9.1);
    CHECK(read_as("2.4 1/day", "1/h") == 2.4 / 24);
    CHECK(read_as("10 \xc2\xb5m", "um") == 10);
    CHECK_NEAR(read_as("37 degC", "kelvin"), 310.15, 1e-12);
    CHECK_NEAR(read_as("1 radian", "degree"), 57.29577951308232, 1e-12);
}

static void refused(const char *text, const char *unit, int code, const char *says) {
    struct cx_error e = {0};
    double value = 0;
    const enum cx_status status = cx_quantity_read(text, unit, &value, &e);
    CHECK_MSG(status == CX_CONFIG && e.code == code, "'%s' gave E%03d: %s", text, e.code, e.text);
    CHECK_MSG(strstr(e.text, says) || strstr(e.hint, says), "'%s': %s | %s", text, e.text, e.hint);
}

static void unclear_values_are_refused_with_a_reason(void) {
    refused("1500", "um", 21, "a length such as 1.5 mm");
    refused("abc", "um", 20, "a length such as 1.5 mm");
    refused("", "um", 20, "a length");
    refused("1,5 mm", "um", 20, "decimal point");
    refused("nan um", "um", 20, "not a plain decimal number");
    refused("0x10 um", "um", 22, "x10 um");
    refused("1e999 mm", "um", 24, "too large");
    refused("5 kg", "um", 23, "a length such as 1.5 mm");
    refused("5 s", "1/s", 23, "a rate");
    refused("5 mn", "um", 22, "did you mean");
    refused("5 dayz", "h", 22, "did you mean 'day'");
    refused("30 %", "degree", 23, "an angle such as 10 degree");
    refused("30 %", "GB", 23, "an amount of data such as 8 GB");
    refused("10 degree", "1", 23, "a pure number");
    refused("5 2 mm", "um", 22, "unknown unit");
    refused("5 s since 3", "h", 22, "unknown unit");
    refused("3 lg(re 1 mW)", "W", 22, "unknown unit");
    refused("1.5 mm deep", "um", 22, "unknown unit");
}

static void factors_and_nearest_units(void) {
    CHECK(cx_unit_factor("mm", "um") == 1000);
    CHECK(cx_unit_factor("um", "mm") == 1.0 / 1000);
    CHECK(isnan(cx_unit_factor("mm", "s")));
    CHECK(isnan(cx_unit_factor("degC", "kelvin")));
    CHECK(isnan(cx_unit_factor("no unit", "s")));
    CHECK_STR(cx_unit_nearest("ng/ml"), "ng/mL");
}

/* Reads, compares with `n` expected hours and frees. */
static void times_are(const char *text, double end, int n, const double *h) {
    struct cx_times t = {0};
    struct cx_error e = {0};
    CHECK_MSG(cx_times_read(text, end, &t, &e) == CX_OK, "%s: %s", text, e.text);
    CHECK_MSG(t.n == n, "%s gave %d times", text, t.n);
    for (int i = 0; i < n && i < t.n; i++) CHECK(t.at[i] == h[i]);
    free(t.at);
}

static void times_and_patterns(void) {
    times_are("6 h", 100, 1, (double[]){6});
    times_are("0 day, 1 day", 100, 2, (double[]){0, 24});
    times_are("every 7 day", 21 * 24, 4, (double[]){0, 168, 336, 504});
    times_are("every 7 day until 8 day", 1e4, 2, (double[]){0, 168});
    times_are("every 1 day from 7 day until 9 day", 1e4, 3, (double[]){168, 192, 216});
    times_are("every 1 day until 2 day from 1 day", 1e4, 2, (double[]){24, 48});
    times_are("every 0.1 h until 0.3 h", 1e4, 4, (double[]){0, 0.1, 0.2, 3 * 0.1});
    times_are("every 7 day from 30 day", 24, 0, NULL);
}

static void times_refused(const char *text, int code) {
    struct cx_times t = {0};
    struct cx_error e = {0};
    CHECK_MSG(cx_times_read(text, 1000, &t, &e) == CX_CONFIG && e.code == code,
              "'%s' gave E%03d: %s", text, e.code, e.text);
    free(t.at);
}

static void wrong_times_are_refused(void) {
    times_refused("6", 21);
    times_refused("weekly", 26);
    times_refused("every", 26);
    times_refused("every 7", 21);
    times_refused("every 0 day", 26);
    times_refused("every 1 day from", 22);
    times_refused("every 1e-9 h", 26);
    times_refused("every 1 mm", 23);
    times_refused("1 day,, 2 day", 26);
    times_refused("1 day,", 26);
}

static void locale_does_not_matter(void) {
    const bool comma = setlocale(LC_ALL, "de_DE.UTF-8") != NULL; /* where installed */
    CHECK(read_as("1.5 mm", "um") == 1500);
    if (comma) setlocale(LC_ALL, "C");
}

int main(void) {
    RUN(decimal_factors_are_exact);
    RUN(unclear_values_are_refused_with_a_reason);
    RUN(factors_and_nearest_units);
    RUN(times_and_patterns);
    RUN(wrong_times_are_refused);
    RUN(locale_does_not_matter);
    return check_done();
}
