/* dimensions.h - which base quantities a unit is made of, read by UDUNITS-2 and not by the engine's own code: the test of
 * homogeneity must not trust what it tests.  A cell is a quantity of its own here, so that "per cell" cannot be lost. */
#ifndef CX_TESTS_CONTRACT_DIMENSIONS_H
#define CX_TESTS_CONTRACT_DIMENSIONS_H

#include "check.h"

#include <math.h>
#include <udunits2.h>

enum { LENGTH, TIME, MASS, AMOUNT, CELL, OTHER, DIMENSIONS };

struct dimension {
    int power[DIMENSIONS];
};

static ut_system *dimension_table(void) {
    ut_set_error_message_handler(ut_ignore);
    ut_system *s = ut_read_xml(NULL);
    CHECK(s != NULL);
    if (!s) return NULL;
    ut_unit *cell = ut_new_base_unit(s), *molar = ut_parse(s, "mol/L", UT_ASCII);
    ut_map_name_to_unit("cell", UT_ASCII, cell);
    ut_map_name_to_unit("cells", UT_ASCII, cell);
    ut_map_unit_to_symbol(cell, "cell", UT_ASCII);
    ut_map_symbol_to_unit("M", UT_ASCII, molar);
    ut_free(cell);
    ut_free(molar);
    return s;
}

/* ---- the visitor that UDUNITS-2 walks through a unit ------------------------------------------------------------- */

static void dimension_add(const ut_unit *basic, int power, struct dimension *d) {
    static const struct {
        const char *symbol;
        int at;
    } known[] = {{"m", LENGTH},   {"s", TIME},    {"kg", MASS},
                 {"mol", AMOUNT}, {"cell", CELL}, {"rad", -1}};
    const char *symbol = ut_get_symbol(basic, UT_ASCII);
    int at = OTHER;
    for (size_t i = 0; symbol && i < sizeof known / sizeof *known; i++)
        if (strcmp(symbol, known[i].symbol) == 0) at = known[i].at;
    if (at >= 0) d->power[at] += power;
}
static ut_status visit_basic(const ut_unit *unit, void *d) {
    dimension_add(unit, 1, d);
    return UT_SUCCESS;
}
static ut_status visit_product(const ut_unit *unit, int n, const ut_unit *const *basic,
                               const int *power, void *d) {
    (void)unit;
    for (int i = 0; i < n; i++) dimension_add(basic[i], power[i], d);
    return UT_SUCCESS;
}
static ut_status visit_scaled(const ut_unit *unit, double scale, const ut_unit *under,
                              double offset, void *d);
static ut_status visit_date(const ut_unit *unit, const ut_unit *time, double origin, void *d) {
    (void)unit, (void)time, (void)origin, (void)d;
    return UT_VISIT_ERROR;
}
static ut_status visit_log(const ut_unit *unit, double base, const ut_unit *reference, void *d) {
    (void)unit, (void)base, (void)reference, (void)d;
    return UT_VISIT_ERROR;
}
static const ut_visitor dimension_visitor = {visit_basic, visit_product, visit_scaled, visit_date,
                                             visit_log};

static ut_status visit_scaled(const ut_unit *unit, double scale, const ut_unit *under,
                              double offset, void *d) {
    (void)unit, (void)scale;
    return offset == 0 ? ut_accept_visitor(under, &dimension_visitor, d) : UT_VISIT_ERROR;
}

static struct dimension dimension_of(ut_system *s, const char *unit) {
    struct dimension d = {{0}};
    ut_unit *u = ut_parse(s, unit, UT_UTF8);
    CHECK_MSG(u && ut_accept_visitor(u, &dimension_visitor, &d) == UT_SUCCESS,
              "'%s' is not a unit that can be rescaled", unit);
    ut_free(u);
    return d;
}

/* 2^(sum of powers x shift): the factor that a number of this dimension takes. */
static double rescaled(const struct dimension *d, const int shift[DIMENSIONS], double x) {
    int sum = 0;
    for (int i = 0; i < DIMENSIONS; i++) sum += d->power[i] * shift[i];
    return ldexp(x, sum);
}

#endif
