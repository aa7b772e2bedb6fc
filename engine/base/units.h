/* units.h - units of measurement on top of UDUNITS-2, plus the names that skin biology writes:
 * cell, needle, M (mol/L), B and GiB.  Bytes and angles are kept apart from pure numbers, which
 * UDUNITS-2 alone would mix up. Safe to call from several threads. */
#ifndef CX_BASE_UNITS_H
#define CX_BASE_UNITS_H

/* value in the new unit = (value * times + plus) / over; whole-number factors stay exact in both
 * directions. */
struct cx_conversion {
    double times, plus, over;
};
static inline double cx_convert(const struct cx_conversion *c, double value) {
    return (value * c->times + c->plus) / c->over;
}

enum cx_unit_fit {
    CX_UNIT_FITS,
    CX_UNIT_UNKNOWN,   /* `from` is not a unit */
    CX_UNIT_OTHER,     /* both are units, of different dimensions */
    CX_UNIT_NO_TARGET, /* `to` is not a unit: a mistake in a table */
    CX_UNIT_NO_TABLE   /* the unit database of the system cannot be read */
};
enum cx_unit_fit cx_unit_conversion(const char *from, const char *to, struct cx_conversion *c);

/* Factor from unit a to unit b; NaN if they do not convert by a factor. */
double cx_unit_factor(const char *a, const char *b);
/* What a value in this unit is, with an example: "a length such as 1.5 mm". */
const char *cx_unit_meaning(const char *unit, char out[96]);
/* The common unit whose spelling is nearest, or NULL. */
const char *cx_unit_nearest(const char *unit);

#endif
