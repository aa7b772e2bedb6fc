/* units.c - see units.h.
 *
 * The one piece of global state of the engine: the unit table of UDUNITS-2, read once (5 ms) and
 * never changed after. A lock guards the library's parser, which keeps its own globals. */
#include "base/units.h"

#include "base/text.h"

#include <ctype.h>
#include <math.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <udunits2.h>

static struct {
    pthread_once_t once;
    pthread_mutex_t lock;
    ut_system *units;
} table = {PTHREAD_ONCE_INIT, PTHREAD_MUTEX_INITIALIZER, NULL};

static void name_unit(ut_system *s, const char *name, const char *meaning) {
    ut_unit *u = ut_parse(s, meaning, UT_ASCII);
    if (!u) return;
    ut_map_name_to_unit(name, UT_ASCII, u);
    ut_free(u);
}

/* UDUNITS-2 has byte = 8, a pure number: 30 % of memory would pass for gigabytes. */
static void name_bytes(ut_system *s) {
    ut_unmap_name_to_unit(s, "byte", UT_ASCII);
    ut_unmap_name_to_unit(s, "bytes", UT_ASCII);
    ut_unit *byte = ut_new_base_unit(s);
    if (!byte) return;
    ut_map_name_to_unit("byte", UT_ASCII, byte);
    ut_map_name_to_unit("bytes", UT_ASCII, byte);
    ut_map_symbol_to_unit("B", UT_ASCII, byte);
    ut_map_unit_to_symbol(byte, "B", UT_ASCII);
    ut_free(byte);
    name_unit(s, "KiB", "1024 byte");
    name_unit(s, "MiB", "1048576 byte");
    name_unit(s, "GiB", "1073741824 byte");
    name_unit(s, "TiB", "1099511627776 byte");
}

static void read_table(void) {
    ut_set_error_message_handler(ut_ignore);
    ut_system *s = ut_read_xml(NULL);
    if (!s) return;
    static const char *const counted[] = {"cell", "cells", "needle", "needles"};
    for (size_t i = 0; i < sizeof counted / sizeof *counted; i++) name_unit(s, counted[i], "1");
    ut_unit *molar = ut_parse(s, "mol/L", UT_ASCII);
    if (molar) ut_map_symbol_to_unit("M", UT_ASCII, molar);
    ut_free(molar);
    name_bytes(s);
    table.units = s;
}

/* A word of UDUNITS-2's grammar that is not a unit: "s since 3", "lg(re 1 mW)". */
static bool has_grammar_word(const char *unit) {
    static const char *const words[] = {"since", "from", "after", "ref", "lg", "ln", "lb", "re"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        const char *at = strstr(unit, words[i]);
        const char before = at && at > unit ? at[-1] : ' ', after = at ? at[strlen(words[i])] : 'x';
        if (at && strchr(" .*/)", before) && strchr(" (", after)) return true;
    }
    return false;
}

/* Units as people write them: no numbers hidden inside ("5 2 mm"), no time stamps, nothing long. */
static bool plausible(const char *unit) {
    const size_t n = strlen(unit);
    if (n == 0 || n > 40 || has_grammar_word(unit)) return false;
    for (size_t i = 0; i < n; i++) {
        const unsigned char c = (unsigned char)unit[i];
        /* UDUNITS-2 copies a line end that it does not understand to the standard output */
        if (c < 0x80 && !isalnum(c) && !strchr(" ./*^+-%'\"_", c)) return false;
        if (!isdigit(c)) continue;
        const bool one = i == 0 && unit[0] == '1' && (unit[1] == '/' || !unit[1]);
        if (!one && (i == 0 || strchr(" ./*+", unit[i - 1]))) return false;
    }
    return true;
}

/* Angles are pure numbers to UDUNITS-2; here a percentage is not an angle. */
static bool is_angle(const ut_unit *u) {
    char text[128] = "";
    return ut_format(u, text, sizeof text - 1, UT_ASCII | UT_DEFINITION) > 0 && strstr(text, "rad");
}

/* Drops the rounding of the library: 0.99999999999999989 -> 1, 86400.000000000015 -> 86400. */
static double tidy(double x) {
    char text[32];
    const char *rest;
    double clean;
    snprintf(text, sizeof text, "%.14g", x);
    if (!cx_number_read(text, &rest, &clean)) return x;
    return fabs(clean - x) <= 4e-15 * fabs(x) ? clean : x;
}

/* Only conversions of the form a x + b pass: logarithmic scales have no place in a factor. */
static bool measure(const cv_converter *cv, struct cx_conversion *c) {
    const double plus = cv_convert_double(cv, 0.0);
    const double factor = cv_convert_double(cv, 1.0) - plus;
    const double check = cv_convert_double(cv, 2.0) - plus;
    if (!isfinite(factor) || !(factor > 0) || fabs(check - 2 * factor) > 1e-9 * factor)
        return false;
    const bool shrinks = factor < 1;
    const double over = shrinks ? tidy(1 / factor) : 1;
    *c = (struct cx_conversion){shrinks ? 1 : tidy(factor), tidy(plus * over), over};
    return isfinite(c->times) && isfinite(c->over);
}

static enum cx_unit_fit compare(const ut_unit *a, const ut_unit *b, struct cx_conversion *c) {
    if (!b) return CX_UNIT_NO_TARGET;
    if (!a) return CX_UNIT_UNKNOWN;
    if (!ut_are_convertible(a, b) || is_angle(a) != is_angle(b)) return CX_UNIT_OTHER;
    cv_converter *cv = ut_get_converter((ut_unit *)a, (ut_unit *)b);
    const bool fits = cv && measure(cv, c);
    cv_free(cv);
    return fits ? CX_UNIT_FITS : CX_UNIT_OTHER;
}

enum cx_unit_fit cx_unit_conversion(const char *from, const char *to, struct cx_conversion *c) {
    *c = (struct cx_conversion){1, 0, 1};
    pthread_once(&table.once, read_table);
    if (!table.units) return CX_UNIT_NO_TABLE;
    pthread_mutex_lock(&table.lock);
    const bool same = strcmp(from, to) == 0;
    ut_unit *a = same || plausible(from) ? ut_parse(table.units, from, UT_UTF8) : NULL;
    ut_unit *b = same ? NULL : ut_parse(table.units, *to ? to : "1", UT_UTF8);
    const enum cx_unit_fit fit = a && same ? CX_UNIT_FITS : compare(a, b, c);
    ut_free(a);
    ut_free(b);
    pthread_mutex_unlock(&table.lock);
    return fit;
}

double cx_unit_factor(const char *a, const char *b) {
    struct cx_conversion c;
    if (cx_unit_conversion(*a ? a : "1", b, &c) != CX_UNIT_FITS || c.plus != 0) return NAN;
    return c.times / c.over;
}

const char *cx_unit_meaning(const char *unit, char out[96]) {
    static const struct {
        const char *unit, *meaning;
    } kinds[] = {
        {"1", "a pure number such as 0.3 or 30 %"},
        {"m", "a length such as 1.5 mm"},
        {"s", "a time such as 7 day"},
        {"degree", "an angle such as 10 degree"},
        {"1/s", "a rate such as 0.5 1/day"},
        {"m/s", "a speed such as 20 mm/s"},
        {"m2/s", "a diffusivity such as 80 um2/s"},
        {"m2", "an area such as 3 mm2"},
        {"1/m2", "a number per area such as 100 1/cm2"},
        {"1/m3", "a number per volume such as 1e5 1/mL"},
        {"kg/m3", "a mass concentration such as 5 ng/mL"},
        {"kg/m3/s", "a mass concentration per time such as 5 ng/mL/h"},
        {"mol/m3", "a concentration such as 5 nmol/L"},
        {"byte", "an amount of data such as 8 GB"},
        {"Pa", "a pressure or stiffness such as 5 kPa"},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (isnan(cx_unit_factor(unit, kinds[i].unit))) continue;
        snprintf(out, 96, "%s", kinds[i].meaning);
        return out;
    }
    snprintf(out, 96, "a value such as 1 %.60s", unit);
    return out;
}

const char *cx_unit_nearest(const char *unit) {
    static const char *const common[] = {
        "nm",    "um",    "mm",    "cm",      "m",      "s",      "min",     "minute",   "h",
        "hour",  "day",   "week",  "month",   "year",   "%",      "percent", "degree",   "radian",
        "1/s",   "1/min", "1/h",   "1/day",   "1/week", "Hz",     "1/cm2",   "1/mm2",    "um2/s",
        "um2/h", "mm2/s", "cm2/s", "um/h",    "mm/s",   "cm/s",   "pg/mL",   "ng/mL",    "ug/mL",
        "mg/mL", "nM",    "uM",    "mM",      "nmol/L", "Pa",     "kPa",     "MPa",      "mmHg",
        "1/mL",  "1/mm3", "mm2",   "um2",     "cm2",    "mL",     "kB",      "MB",       "GB",
        "MiB",   "GiB",   "degC",  "needles", "cells",  "kelvin", "ng/mL/h", "cells/mm3"};
    struct cx_nearest n = {.wanted = unit};
    for (size_t i = 0; i < sizeof common / sizeof *common; i++) cx_nearest_offer(&n, common[i]);
    return cx_nearest_name(&n);
}
