/* needle_list.h - lists of needles as files of four kinds; what `pattern` writes, device.pattern.file reads.
 *
 *   CSV, JSON  columns x, y, depth, diameter, tilt (needle_file.c)
 *   SVG        circles, as a drawing program shows them; data-depth and data-tilt for the rest (needle_svg.c)
 *   DXF        CIRCLE and POINT entities in the unit of $INSUNITS; the thickness of a circle is the depth, there is no tilt
 *              (needle_dxf.c) */
#ifndef CX_WOUND_NEEDLE_LIST_H
#define CX_WOUND_NEEDLE_LIST_H

#include "base/text.h"
#include "wound/pattern.h"

enum cx_needle_format { CX_NEEDLES_CSV, CX_NEEDLES_JSON, CX_NEEDLES_SVG, CX_NEEDLES_DXF };
/* By the ending of the name; false (and *f untouched) if it is none of the four. */
bool cx_needle_format_of(const char *path, enum cx_needle_format *f);
/* The whole file as text.  A puncture has its depth below the surface, a list has it along the needle. */
void cx_needles_text(const struct cx_needles *n, enum cx_needle_format f, struct cx_text *to);

#endif
