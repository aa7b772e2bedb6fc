/* scenario.h - everything a scenario can say, one row per setting, and the struct those rows make.
 *
 * Table columns: X(kind, name, unit, choices, default, lo, hi, meaning, source).
 * A value is stored in the unit of its row: lengths in um, times in h (but `age` in year), angles in degree.
 * The path of a setting is GROUP.name ("device.needle.length"). */
#ifndef CX_CONFIG_SCENARIO_H
#define CX_CONFIG_SCENARIO_H

#include "base/row.h"

#include <stdbool.h>
#include <stdint.h>

#define CX_CHOICES(list, X) list(X)

/* The tables: one row, one line. */
/* clang-format off */
#define CX_SITES(X)                                                                                \
    X(CHEEK, "cheek", "face, cheek")                                                               \
    X(FOREHEAD, "forehead", "face, forehead")                                                      \
    X(PERIORBITAL, "periorbital", "eyelid and around the eye: the thinnest skin")                  \
    X(NOSE, "nose", "lower nasal sidewall: the thickest face skin")                                \
    X(UPPER_LIP, "upper_lip", "face, upper lip")                                                   \
    X(NECK, "neck", "front of the neck")                                                           \
    X(FOREARM, "forearm", "volar or dorsal forearm")                                               \
    X(UPPER_ARM, "upper_arm", "upper arm")                                                         \
    X(ABDOMEN, "abdomen", "abdomen")                                                               \
    X(THIGH, "thigh", "thigh and hip")                                                             \
    X(BACK, "back", "upper back")                                                                  \
    X(RAT_BACK, "rat_back", "hairless rat, back (animal studies)")
#define CX_CONDITIONS(X)                                                                           \
    X(HEALTHY, "healthy", "no lesion")                                                             \
    X(ACNE_ROLLING, "acne_rolling", "broad, shallow atrophic scar (4-5 mm) tethered from below")   \
    X(ACNE_BOXCAR, "acne_boxcar", "steep-walled atrophic scar, 1.5-4 mm wide")                     \
    X(ACNE_ICEPICK, "acne_icepick", "narrow deep atrophic scar, below 2 mm wide")                  \
    X(STRETCH_MARK, "stretch_mark", "striae: thinned dermis, parallel collagen, broken elastin")   \
    X(SURGICAL_SCAR, "surgical_scar", "mature linear scar")                                        \
    X(BURN_SCAR, "burn_scar", "mature burn scar: thick parallel collagen, no elastin")
#define CX_GEOMETRIES(X)                                                                           \
    X(COLUMN, "column", "depth only; needles enter as area fractions")                             \
    X(SLICE, "slice", "a vertical 2D section")                                                     \
    X(AXISYMMETRIC, "axisymmetric", "one puncture on the axis; radius x depth")                    \
    X(PATCH, "patch", "a 3D block of skin")                                                        \
    X(ONE_POINT, "point", "one cell without neighbours: an ordinary differential equation; layout is uniform")
#define CX_LAYOUTS(X)                                                                              \
    X(LAYERED, "skin", "planes on the limits of the layers, cells growing with depth")                \
    X(UNIFORM, "uniform", "no layers: equal cells of domain.cell along every axis of domain.size; no sessions unless listed")
#define CX_SIDES(X)                                                                                \
    X(NO_FLUX, "no_flux", "nothing crosses")                                                       \
    X(PERIODIC, "periodic", "what leaves on one side enters on the other; both sides must say so") \
    X(FIXED, "fixed", "held at the healthy value")                                                 \
    X(ROBIN, "robin", "flux = transfer x (healthy value - value)")
#define CX_PATTERNS(X)                                                                             \
    X(SINGLE, "single", "one needle in the middle")                                                \
    X(SQUARE, "square", "square lattice")                                                          \
    X(HEX, "hex", "hexagonal lattice")                                                             \
    X(POISSON, "poisson", "random with a minimal distance (Poisson disc)")                         \
    X(ROLLER, "roller", "rows of a rolling drum, one roll per pass in changing directions")        \
    X(PEN, "pen", "cartridge stamped at the stroke rate while the hand moves")                     \
    X(STAMP, "stamp", "cartridge pressed once per pass at a random turn and offset")               \
    X(FILE, "file", "listed needles from a CSV, JSON, SVG or DXF file")
#define CX_NEEDLE_SHAPES(X)                                                                        \
    X(CONE, "cone", "sharp cone: diameter grows from the tip to the base")                         \
    X(PYRAMID, "pyramid", "four-sided, treated as the cone of equal cross-section")                \
    X(CYLINDER, "cylinder", "shaft of constant diameter with a short conical tip")                 \
    X(CORING, "coring", "hollow tube that takes tissue away")
#define CX_WOUNDS(X)                                                                               \
    X(NO_WOUND, "none", "no wound besides the needles")                                            \
    X(PUNCH, "punch", "round full-depth excision")                                                 \
    X(INCISION, "incision", "straight cut, closed or open")                                        \
    X(BURN, "burn", "necrosis graded with depth")
#define CX_TOPICALS(X)                                                                             \
    X(NO_TOPICAL, "none", "nothing applied")                                                       \
    X(DEXPANTHENOL, "dexpanthenol", "ointment that speeds re-epithelialisation")                   \
    X(RETINOID, "retinoid", "vitamin A derivative: more procollagen, less MMP")                    \
    X(VITAMIN_C, "vitamin_c", "ascorbate: collagen hydroxylation")                                 \
    X(HYDROQUINONE, "hydroquinone", "depigmenting cream")                                          \
    X(STEROID, "steroid", "anti-inflammatory cream")
#define CX_PRECISIONS(X)                                                                           \
    X(MIXED, "mixed", "state in double, stages in float")                                          \
    X(DOUBLE, "double", "everything in double, for verification")

#define CX_ENUM_ROW(id, word, doc) CX_##id,
enum cx_site { CX_SITES(CX_ENUM_ROW) CX_SITE_COUNT };
enum cx_condition { CX_CONDITIONS(CX_ENUM_ROW) CX_CONDITION_COUNT };
enum cx_geometry { CX_GEOMETRIES(CX_ENUM_ROW) CX_GEOMETRY_COUNT };
enum cx_layout_kind { CX_LAYOUTS(CX_ENUM_ROW) CX_LAYOUT_COUNT };
enum cx_side_kind { CX_SIDES(CX_ENUM_ROW) CX_SIDE_COUNT };
enum cx_pattern_kind { CX_PATTERNS(CX_ENUM_ROW) CX_PATTERN_COUNT };
enum cx_needle_shape { CX_NEEDLE_SHAPES(CX_ENUM_ROW) CX_NEEDLE_SHAPE_COUNT };
enum cx_wound_kind { CX_WOUNDS(CX_ENUM_ROW) CX_WOUND_COUNT };
enum cx_topical { CX_TOPICALS(CX_ENUM_ROW) CX_TOPICAL_COUNT };
enum cx_precision { CX_PRECISIONS(CX_ENUM_ROW) CX_PRECISION_COUNT };
#undef CX_ENUM_ROW

/* A row with lo > hi has no range.  "auto" as the default of a NUMBER is stored as NaN and filled by the room named in
 * the meaning. */
#define CX_ROOT_ROWS(X)                                                                            \
    X(COUNT, cicatrix, "", 0, "1", 1, 1, "version of the scenario format", "setting")              \
    X(TEXT, name, "", 0, "", 1, 0, "short name; empty: that of the file", "setting")                 \
    X(TEXT, title, "", 0, "", 1, 0, "one line for people", "setting")                              \
    X(TEXT, description, "", 0, "", 1, 0, "what this scenario shows", "setting")                   \
    X(TEXT, model, "", 0, "microneedling", 1, 0, "name of the model (see `cicatrix models`)", "setting")

#define CX_SKIN_ROWS(X)                                                                            \
    X(CHOICE, site, "", cx_sites, "cheek", 1, 0, "body site: layer thicknesses", "setting")        \
    X(NUMBER, age, "year", 0, "35 year", 0, 110, "age of the person", "setting")                   \
    X(NUMBER, photodamage, "1", 0, "0", 0, 1, "sun damage, 0 protected to 1 severe (Glogau IV)", "setting") \
    X(COUNT, fitzpatrick, "", 0, "3", 1, 6, "Fitzpatrick skin type", "setting")                    \
    X(NUMBER, perfusion, "1", 0, "1", 0.1, 3, "blood supply relative to healthy", "setting")       \
    X(NUMBER, smoking, "1", 0, "0", 0, 1, "smoking, 0 never to 1 heavy", "setting")                \
    X(NUMBER, stress, "1", 0, "0", 0, 1, "psychological stress, 0 to 1", "setting")                \
    X(NUMBER, pollution, "1", 0, "0", 0, 1, "air pollution exposure, 0 to 1", "setting")           \
    X(CHOICE, condition, "", cx_conditions, "healthy", 1, 0, "lesion that is there before treatment", "setting") \
    X(NUMBER, lesion_width, "um", 0, "auto", 50, 50000, "width of the lesion; auto: typical of its kind", "setting") \
    X(NUMBER, lesion_depth, "um", 0, "auto", 50, 20000, "depth of the lesion; auto: typical of its kind", "setting") \
    X(NUMBER, lesion_age, "h", 0, "730 day", 0, 876000, "age of the lesion", "setting")           \
    X(NUMBER, corneum, "um", 0, "auto", 3, 500, "stratum corneum thickness; auto: from the site", "setting") \
    X(NUMBER, epidermis, "um", 0, "auto", 15, 1000, "viable epidermis thickness; auto: from the site", "setting") \
    X(NUMBER, papillary, "um", 0, "auto", 20, 2000, "papillary dermis thickness; auto: from the site", "setting") \
    X(NUMBER, dermis, "um", 0, "auto", 100, 8000, "whole dermis thickness; auto: from site and age", "setting")

#define CX_AFTERCARE_ROWS(X)                                                                       \
    X(NUMBER, occlusion, "h", 0, "0 h", 0, 2000, "time under an occlusive film after each session", "setting") \
    X(NUMBER, sun_protection, "1", 0, "0.9", 0, 1, "share of ultraviolet kept away after treatment", "setting") \
    X(CHOICE, topical, "", cx_topicals, "none", 1, 0, "what is applied after each session", "setting") \
    X(NUMBER, topical_time, "h", 0, "14 day", 0, 8760, "how long the topical is applied after each session", "setting") \
    X(NUMBER, hygiene, "1", 0, "0.9", 0, 1, "cleanliness of skin, device and aftercare, 0 to 1", "setting")

#define CX_DOMAIN_ROWS(X)                                                                          \
    X(CHOICE, geometry, "", cx_geometries, "axisymmetric", 1, 0, "shape of the simulated block", "setting") \
    X(CHOICE, layout, "", cx_layouts, "skin", 1, 0, "layers of skin, or a uniform block without them", "setting") \
    X(VECTOR, size, "um", 0, "", 20, 200000, "patch [x, y, depth]; slice [x, depth]; axisymmetric [radius, depth]; column [depth]; point: none; default fits the pattern and the skin, layout uniform has none", "setting") \
    X(NUMBER, cell, "um", 0, "25 um", 1, 5000, "lateral cell size; layout uniform: along every axis", "setting") \
    X(NUMBER, surface_cell, "um", 0, "12 um", 1, 1000, "cell height at the surface", "setting")    \
    X(NUMBER, deep_cell, "um", 0, "80 um", 1, 2000, "largest cell height at depth", "setting")     \
    X(NUMBER, stretch, "1", 0, "1.12", 1, 1.5, "growth of the cell height from cell to cell", "setting") \
    X(NUMBER, lateral_stretch, "1", 0, "1", 1, 1.5, "axisymmetric: growth of the cell width away from the axis", "setting")

#define CX_SIDE_ROWS(X)                                                                            \
    X(CHOICE, kind, "", cx_side_kinds, "no_flux", 1, 0, "boundary condition", "setting")           \
    X(NUMBER, transfer, "um/h", 0, "0 um/h", 0, 1e9, "robin: transfer velocity", "setting")

#define CX_PATTERN_ROWS(X)                                                                         \
    X(CHOICE, type, "", cx_patterns, "square", 1, 0, "how the punctures are laid out", "setting")  \
    X(NUMBER, pitch, "um", 0, "auto", 20, 50000, "distance between neighbours (square, hex), least distance (poisson)", "setting") \
    X(NUMBER, density, "1/cm2", 0, "auto", 0.1, 1e6, "punctures per area and pass; instead of pitch", "setting") \
    X(COUNT, needles, "", 0, "12", 1, 1000, "needles of the cartridge (pen, stamp) or of one drum row (roller)", "setting") \
    X(NUMBER, cartridge, "um", 0, "8 mm", 100, 100000, "diameter of the cartridge (pen, stamp)", "setting") \
    X(COUNT, rows, "", 0, "8", 1, 100, "rows around the drum (roller)", "setting")                  \
    X(NUMBER, drum, "um", 0, "20 mm", 1000, 200000, "drum diameter (roller)", "setting")                  \
    X(NUMBER, drum_width, "um", 0, "20 mm", 1000, 200000, "drum width (roller)", "setting")               \
    X(NUMBER, stroke_rate, "1/s", 0, "100 1/s", 0.1, 1000, "strokes per second (pen)", "setting")   \
    X(NUMBER, hand_speed, "mm/s", 0, "20 mm/s", 0.1, 500, "speed of the hand over the skin (pen)", "setting") \
    X(NUMBER, lane, "um", 0, "4 mm", 100, 100000, "distance of neighbouring lanes (pen)", "setting")   \
    X(PATH, file, "", 0, "", 1, 0, "needle list: .csv, .json (x, y, depth, diameter, tilt), .svg or .dxf (circles)", "setting")

#define CX_NEEDLE_ROWS(X)                                                                          \
    X(NUMBER, length, "um", 0, "1.5 mm", 20, 20000, "nominal needle length", "setting")             \
    X(NUMBER, diameter, "um", 0, "0.25 mm", 5, 5000, "base diameter", "setting")                  \
    X(CHOICE, shape, "", cx_needle_shapes, "cone", 1, 0, "needle shape", "setting")                \
    X(NUMBER, tip_radius, "um", 0, "4 um", 0, 500, "tip radius", "10.1208/s12248-011-9288-3")      \
    X(NUMBER, tilt, "degree", 0, "0 degree", 0, 60, "mean tilt from the vertical", "setting")

#define CX_SPREAD_ROWS(X)                                                                          \
    X(NUMBER, depth, "1", 0, "0", 0, 1, "relative standard deviation of the reached depth", "setting") \
    X(NUMBER, tilt, "degree", 0, "0 degree", 0, 45, "standard deviation of the tilt", "setting")   \
    X(NUMBER, drag, "um", 0, "0 um", 0, 2000, "mean lateral drag: each channel becomes a tear this long", "setting") \
    X(NUMBER, jitter, "um", 0, "0 um", 0, 5000, "standard deviation of the position", "setting")   \
    X(NUMBER, missed, "1", 0, "0", 0, 1, "share of strokes that do not pierce", "setting")         \
    X(NUMBER, doubled, "1", 0, "0", 0, 1, "share of strokes that hit the same place twice", "setting")

#define CX_DEVICE_ROWS(X)                                                                          \
    X(NUMBER, penetration, "1", 0, "auto", 0.01, 1, "reached depth / nominal length; auto: by device, pen 1, roller 0.6, others 0.7", "pen: 10.1093/asjof/ojz017; roller: between 0.2 (rat, 10.1208/s12248-011-9288-3) and 0.7; others assumed") \
    X(NUMBER, recoil, "1", 0, "0.505", 0.05, 1, "open channel diameter / needle diameter", "10.1208/s12248-011-9288-3") \
    X(NUMBER, halo, "um", 0, "40 um", 0, 1000, "thickness of the sleeve of stressed cells around the track", "assumed: two to three cell diameters")

#define CX_TREATMENT_ROWS(X)                                                                       \
    X(TIMES, sessions, "h", 0, "0 day", 0, 876000, "times of the sessions; [] for none, which is the default of layout uniform", "setting")            \
    X(COUNT, passes, "", 0, "1", 1, 200, "passes over the same skin in one session", "setting")

#define CX_WOUND_ROWS(X)                                                                           \
    X(CHOICE, type, "", cx_wounds, "none", 1, 0, "a wound other than needles, made at time 0", "setting") \
    X(NUMBER, diameter, "um", 0, "4 mm", 50, 100000, "diameter (punch) or width (burn)", "setting") \
    X(NUMBER, width, "um", 0, "0.3 mm", 5, 50000, "gap of the incision", "setting")               \
    X(NUMBER, depth, "um", 0, "auto", 10, 20000, "depth; auto: through the dermis, or through the whole block of layout uniform", "setting")

#define CX_TIME_ROWS(X)                                                                            \
    X(NUMBER, end, "h", 0, "28 day", 0.0024, 876000, "end of the simulated time", "setting")

#define CX_OUTPUT_ROWS(X)                                                                          \
    X(TIMES, at, "h", 0, "0 day, 1 day, 3 day, every 7 day", 0, 876000, "times of the stored pictures", "setting") \
    X(NAMES, fields, "", 0, "", 1, 0, "stored fields; empty: all", "setting")                      \
    X(COUNT, precision, "", 0, "0", 0, 23, "mantissa bits kept in stored fields; 0: all", "setting")

#define CX_SOLVER_ROWS(X)                                                                          \
    X(NUMBER, tolerance, "1", 0, "1e-2", 1e-9, 0.3, "relative error allowed per step", "setting")   \
    X(NUMBER, first_step, "h", 0, "1e-3 h", 1e-9, 24, "step after a session", "setting")           \
    X(NUMBER, max_step, "h", 0, "24 h", 1e-6, 1000, "longest step", "setting")                     \
    X(CHOICE, precision, "", cx_precisions, "mixed", 1, 0, "arithmetic of the stages", "setting")

#define CX_RUN_ROWS(X)                                                                             \
    X(COUNT, seed, "", 0, "1", 0, 4294967295.0, "seed of every random choice", "setting")           \
    X(COUNT, threads, "", 0, "0", 0, 1024, "threads; 0: all cores; never changes a result", "setting") \
    X(NUMBER, checkpoint, "s", 0, "60 s", 0, 86400, "wall time between checkpoints", "setting")     \
    X(NUMBER, memory, "GB", 0, "8 GB", 0.01, 100000, "refuse to start above this much memory", "setting") \
    X(NUMBER, disk, "GB", 0, "20 GB", 0.001, 100000, "refuse to start above this much disk", "setting")

#define CX_INITIAL_ROWS(X)                                                                         \
    X(PATH, file, "", 0, "", 1, 0, "result (netCDF), or CSV profile with columns such as x_um, cells [1/mm2], whose fields replace the healthy start", "setting") \
    X(NAMES, fields, "", 0, "", 1, 0, "fields to take from it; empty: all it has", "setting")

/* group struct, table, path prefix, member of cx_scenario */
#define CX_GROUPS(G)                                                                               \
    G(root, CX_ROOT_ROWS, "")                                                                      \
    G(skin, CX_SKIN_ROWS, "skin")                                                                  \
    G(aftercare, CX_AFTERCARE_ROWS, "aftercare")                                                   \
    G(domain, CX_DOMAIN_ROWS, "domain")                                                            \
    G(left, CX_SIDE_ROWS, "domain.left")                                                           \
    G(right, CX_SIDE_ROWS, "domain.right")                                                         \
    G(front, CX_SIDE_ROWS, "domain.front")                                                         \
    G(back, CX_SIDE_ROWS, "domain.back")                                                           \
    G(bottom, CX_SIDE_ROWS, "domain.bottom")                                                       \
    G(top, CX_SIDE_ROWS, "domain.top")                                                             \
    G(device, CX_DEVICE_ROWS, "device")                                                            \
    G(pattern, CX_PATTERN_ROWS, "device.pattern")                                                  \
    G(needle, CX_NEEDLE_ROWS, "device.needle")                                                     \
    G(spread, CX_SPREAD_ROWS, "device.spread")                                                     \
    G(treatment, CX_TREATMENT_ROWS, "treatment")                                                   \
    G(wound, CX_WOUND_ROWS, "wound")                                                               \
    G(time, CX_TIME_ROWS, "time")                                                                  \
    G(output, CX_OUTPUT_ROWS, "output")                                                            \
    G(solver, CX_SOLVER_ROWS, "solver")                                                            \
    G(run, CX_RUN_ROWS, "run")                                                                     \
    G(initial, CX_INITIAL_ROWS, "initial")

#define CX_FIELD_ROW(kind, name, unit, choices, def, lo, hi, doc, source) CX_FIELD_##kind(name)
struct cx_root_settings { CX_ROOT_ROWS(CX_FIELD_ROW) };
struct cx_skin_settings { CX_SKIN_ROWS(CX_FIELD_ROW) };
struct cx_aftercare_settings { CX_AFTERCARE_ROWS(CX_FIELD_ROW) };
struct cx_domain_settings { CX_DOMAIN_ROWS(CX_FIELD_ROW) };
struct cx_side_settings { CX_SIDE_ROWS(CX_FIELD_ROW) };
struct cx_device_settings { CX_DEVICE_ROWS(CX_FIELD_ROW) };
struct cx_pattern_settings { CX_PATTERN_ROWS(CX_FIELD_ROW) };
struct cx_needle_settings { CX_NEEDLE_ROWS(CX_FIELD_ROW) };
struct cx_spread_settings { CX_SPREAD_ROWS(CX_FIELD_ROW) };
struct cx_treatment_settings { CX_TREATMENT_ROWS(CX_FIELD_ROW) };
struct cx_wound_settings { CX_WOUND_ROWS(CX_FIELD_ROW) };
struct cx_time_settings { CX_TIME_ROWS(CX_FIELD_ROW) };
struct cx_output_settings { CX_OUTPUT_ROWS(CX_FIELD_ROW) };
struct cx_solver_settings { CX_SOLVER_ROWS(CX_FIELD_ROW) };
struct cx_run_settings { CX_RUN_ROWS(CX_FIELD_ROW) };
struct cx_initial_settings { CX_INITIAL_ROWS(CX_FIELD_ROW) };
#undef CX_FIELD_ROW
/* clang-format on */

/* A number that was measured by somebody, to be shown beside ours; never used by the simulation. */
struct cx_observed {
    char outcome[64];        /* name of one of the model's outcomes or series */
    double at;               /* h; NaN: at the end */
    double value, low, high; /* in `unit`; NaN where not given */
    char unit[32];
    char sign[8];     /* "up", "down", "same" where only the direction is known, else "" */
    char label[160];  /* what was measured, in the words of the source */
    char source[200]; /* citation, DOI */
};

/* A window that the tests hold an outcome to (examples are tests). */
struct cx_expect {
    char outcome[64];
    double low, high; /* in the outcome's unit */
};

/* A parameter of the model that has another value for a while. */
struct cx_change {
    double at, until; /* h; until infinite: to the end */
    int parameter;    /* row of the model's parameters */
    double value;     /* in the unit of that row */
};

/* Where a value came from, for the effective config and the report. */
struct cx_origin {
    char path[96];  /* "device.needle.length" or "parameters.tgfb1_decay" */
    char value[96]; /* as typed, or the default */
    char from[300]; /* "default", "configs/pilot.yml:9:3", "--set" */
};

struct cx_model; /* engine/model.h */

/* A checked scenario.  Owned by cx_scenario_free(). */
struct cx_scenario {
    char name[64];    /* file name without folder and .yml: names the run's folder */
    char file[256];   /* where it was read */
    char folder[256]; /* folder of that file: base of the paths in it */
    struct cx_root_settings root;
    struct cx_skin_settings skin;
    struct cx_aftercare_settings aftercare;
    struct cx_domain_settings domain;
    struct cx_side_settings left, right, front, back, bottom, top;
    struct cx_device_settings device;
    struct cx_pattern_settings pattern;
    struct cx_needle_settings needle;
    struct cx_spread_settings spread;
    struct cx_treatment_settings treatment;
    struct cx_wound_settings wound;
    struct cx_time_settings time;
    struct cx_output_settings output;
    struct cx_solver_settings solver;
    struct cx_run_settings run;
    struct cx_initial_settings initial;
    const struct cx_model *model;
    double *parameter; /* [model->param_count] in the unit of the parameter's row */
    int change_count, observed_count, expect_count, origin_count;
    struct cx_change *change; /* no two of one parameter overlap */
    struct cx_observed *observed;
    struct cx_expect *expect;
    struct cx_origin *origin;
};

#endif
