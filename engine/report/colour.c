/* colour.c - see colour.h.
 * Every 15th entry of the published 256-entry tables, straight lines between (at most 11/255 off the table):
 * viridis and inferno: S. van der Walt, N. Smith, E. Firing, Matplotlib 2.0 (CC0);
 * cividis: J. Nunez, C. Anderton, R. Renslow, PLOS ONE 2018, 10.1371/journal.pone.0199239;
 * blue to red: the 11 classes RdBu of C. Brewer's ColorBrewer (Apache License 2.0), reversed. */
#include "report/colour.h"

#include <math.h>

static const uint32_t anchors[CX_MAP_COUNT + 1][CX_MAP_ANCHORS] = {
    [CX_VIRIDIS] = {0x440154, 0x481769, 0x472a7a, 0x433d84, 0x3d4e8a, 0x355e8d, 0x2e6d8e, 0x297b8e,
                    0x23898e, 0x1f978b, 0x21a585, 0x2eb37c, 0x46c06f, 0x65cb5e, 0x89d548, 0xb0dd2f,
                    0xd8e219, 0xfde725},
    [CX_CIVIDIS] = {0x00224e, 0x002d68, 0x163770, 0x2e416d, 0x3f4c6c, 0x4e566c, 0x5c616e, 0x696b71,
                    0x767676, 0x838179, 0x928c78, 0xa09875, 0xafa471, 0xbfb06b, 0xcfbd62, 0xdfca57,
                    0xf0d846, 0xfee838},
    [CX_INFERNO] = {0x000004, 0x0a0722, 0x1e0c45, 0x380962, 0x510e6c, 0x69166e, 0x801f6c, 0x982766,
                    0xb0315b, 0xc63d4d, 0xd94d3d, 0xe9612b, 0xf47918, 0xfa9407, 0xfcb014, 0xf8cd37,
                    0xf2ea69, 0xfcffa4},
    [CX_BLUE_RED] = {0x053061, 0x15508d, 0x276eb0, 0x3b88be, 0x5fa5cd, 0x8dc2dc, 0xb3d6e8, 0xd5e7f1,
                     0xecf2f5, 0xf9efe9, 0xfcdecd, 0xf9c2a7, 0xf2a17f, 0xe17860, 0xce4f45, 0xb82531,
                     0x930e26, 0x67001f},
};

static double channel(uint32_t rgb, int shift) { return (double)((rgb >> shift) & 0xffu); }

static uint32_t blend(uint32_t a, uint32_t b, double share, int shift) {
    const double value = channel(a, shift) + share * (channel(b, shift) - channel(a, shift));
    return (uint32_t)lround(value) << shift;
}

uint32_t cx_colour(enum cx_map map, double share) {
    if (isnan(share)) return 0x808080;
    const double at = (share < 0 ? 0 : share > 1 ? 1 : share) * (CX_MAP_ANCHORS - 1);
    const int low = at >= CX_MAP_ANCHORS - 1 ? CX_MAP_ANCHORS - 2 : (int)at;
    const uint32_t a = anchors[map][low], b = anchors[map][low + 1];
    return blend(a, b, at - low, 16) | blend(a, b, at - low, 8) | blend(a, b, at - low, 0);
}

static double linear_light(double byte) {
    const double c = byte / 255;
    return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

double cx_colour_lightness(uint32_t rgb) {
    const double y = 0.2126 * linear_light(channel(rgb, 16)) +
                     0.7152 * linear_light(channel(rgb, 8)) +
                     0.0722 * linear_light(channel(rgb, 0));
    return y > 0.008856 ? 116 * cbrt(y) - 16 : 903.3 * y;
}
