/* colour.h - perceptually ordered colour maps for pictures.  Knows colours only. */
#ifndef CX_REPORT_COLOUR_H
#define CX_REPORT_COLOUR_H

#include <stdint.h>

/* Each is read by people with any kind of colour vision and keeps its order in grey print. */
enum cx_map {
    CX_VIRIDIS,
    CX_CIVIDIS,
    CX_INFERNO,
    CX_MAP_COUNT,              /* of the ordered ones */
    CX_BLUE_RED = CX_MAP_COUNT /* for differences: white in the middle */
};

enum { CX_MAP_ANCHORS = 18 };

/* 0xRRGGBB at share 0..1; outside values are held at the ends, NaN is mid grey. */
uint32_t cx_colour(enum cx_map map, double share);
/* CIE L* of a colour, 0 black to 100 white. */
double cx_colour_lightness(uint32_t rgb);

#endif
