/* outcomes.h - what a run of the model `microneedling` reports: scalars over time and one scalar per run.
 *
 * The last column of an outcome says what it was compared with; "not compared with any measurement" is meant literally.
 * May know: the regions and reductions of model.h, the measures of species.h. */
#ifndef MICRONEEDLING_OUTCOMES_H
#define MICRONEEDLING_OUTCOMES_H

/* One row, one line. */
/* clang-format off */
#define SIGNAL_SERIES(X) \
    X("damage", "1", "damage", "", CX_TREATED, CX_MEAN, "danger signal") \
    X("pdgf", "1", "pdgf", "", CX_TREATED, CX_MEAN, "PDGF, excess") \
    X("il1", "1", "il1", "", CX_TREATED, CX_MEAN, "IL-1 and TNF, excess") \
    X("il10", "1", "il10", "", CX_TREATED, CX_MEAN, "IL-10, excess") \
    X("tgfb1", "1", "tgfb1", "", CX_TREATED, CX_MEAN, "active TGF-b1, excess") \
    X("tgfb3", "1", "tgfb3", "", CX_TREATED, CX_MEAN, "TGF-b3, excess") \
    X("vegf", "1", "vegf", "", CX_TREATED, CX_MEAN, "VEGF, excess") \
    X("kgf", "1", "kgf", "", CX_EPIDERMIS, CX_MEAN, "KGF in the epidermis, excess") \
    X("mmp", "1", "mmp", "", CX_TREATED, CX_MEAN, "matrix metalloproteinases, excess") \
    X("timp", "1", "timp", "", CX_TREATED, CX_MEAN, "inhibitors of metalloproteinases, excess") \
    X("oxygen", "1", "oxygen", "", CX_TREATED, CX_MEAN, "oxygen relative to before treatment") \
    X("oxygen_lowest", "1", "oxygen", "", CX_DERMIS, CX_MIN, "lowest oxygen in the dermis")

#define CELL_SERIES(X) \
    X("neutrophils", "1", "neutrophils", "", CX_TREATED, CX_MEAN, "neutrophils") \
    X("macrophages_m1", "1", "m1", "", CX_TREATED, CX_MEAN, "inflammatory macrophages") \
    X("macrophages_m2", "1", "m2", "", CX_TREATED, CX_MEAN, "repair macrophages") \
    X("macrophages", "1", "macrophages", "", CX_TREATED, CX_MEAN, "all macrophages") \
    X("fibroblasts", "1", "fibroblasts", "", CX_TREATED, CX_MEAN, "fibroblasts") \
    X("myofibroblasts", "1", "myofibroblasts", "", CX_TREATED, CX_MEAN, "myofibroblasts") \
    X("myofibroblasts_track", "1", "myofibroblasts", "", CX_TRACK, CX_MEAN, "myofibroblasts in the wounded tissue") \
    X("vessels", "1", "vessels", "", CX_TREATED, CX_MEAN, "capillary density, treated dermis") \
    X("vessels_papillary", "1", "vessels", "", CX_PAPILLARY, CX_MEAN, "capillary density, papillary dermis") \
    X("vessels_track", "1", "vessels", "", CX_TRACK, CX_MEAN, "capillary density of the wounded tissue")

#define MATRIX_SERIES(X) \
    X("fibrin", "1", "fibrin", "", CX_TRACK, CX_MEAN, "fibrin in the wounded tissue") \
    X("collagen_total", "kg/m3", "collagen_total", "", CX_TREATED, CX_MEAN, "collagen I and III, treated dermis") \
    X("collagen_1", "kg/m3", "collagen_1", "", CX_TREATED, CX_MEAN, "collagen I, new and mature, treated dermis") \
    X("collagen_1_new", "kg/m3", "collagen_1_new", "", CX_TREATED, CX_MEAN, "collagen I without mature cross-links") \
    X("collagen_3", "kg/m3", "collagen_3", "", CX_TREATED, CX_MEAN, "collagen III, treated dermis") \
    X("collagen_total_papillary", "kg/m3", "collagen_total", "", CX_PAPILLARY, CX_MEAN, "collagen, papillary dermis") \
    X("collagen_1_papillary", "kg/m3", "collagen_1", "", CX_PAPILLARY, CX_MEAN, "collagen I, papillary dermis") \
    X("collagen_3_papillary", "kg/m3", "collagen_3", "", CX_PAPILLARY, CX_MEAN, "collagen III, papillary dermis") \
    X("collagen_total_reticular", "kg/m3", "collagen_total", "", CX_RETICULAR, CX_MEAN, "collagen, reticular dermis") \
    X("collagen_total_track", "kg/m3", "collagen_total", "", CX_TRACK, CX_MEAN, "collagen of the wounded tissue") \
    X("collagen_1_track", "kg/m3", "collagen_1", "", CX_TRACK, CX_MEAN, "collagen I of the wounded tissue") \
    X("collagen_3_track", "kg/m3", "collagen_3", "", CX_TRACK, CX_MEAN, "collagen III of the wounded tissue") \
    X("collagen_3_missing", "1", "missing_3", "", CX_TRACK, CX_MEAN, "share of normal collagen III that the wounded tissue lacks") \
    X("collagen_1_missing", "1", "missing_1", "", CX_TRACK, CX_MEAN, "share of normal collagen I that the wounded tissue lacks") \
    X("iii_to_i", "1", "collagen_3", "collagen_1", CX_TREATED, CX_MEAN, "ratio of collagen III to I, treated dermis") \
    X("crosslinked_share", "1", "collagen_mature", "collagen_1", CX_TREATED, CX_MEAN, "mature share of collagen I") \
    X("synthesis", "kg/m3/day", "synthesis", "", CX_TREATED, CX_MEAN, "collagen laid down, treated dermis") \
    X("synthesis_track", "kg/m3/day", "synthesis", "", CX_TRACK, CX_MEAN, "collagen laid down in the wounded tissue") \
    X("synthesis_1", "kg/m3/day", "synthesis_1", "", CX_TRACK, CX_MEAN, "collagen I laid down in the wounded tissue") \
    X("synthesis_3", "kg/m3/day", "synthesis_3", "", CX_TRACK, CX_MEAN, "collagen III laid down in the wounded tissue") \
    X("synthesis_3_share", "1", "synthesis_3", "synthesis", CX_TRACK, CX_MEAN, "share of III in what is laid down") \
    X("hyaluronan", "1", "hyaluronan", "", CX_TREATED, CX_MEAN, "hyaluronan") \
    X("tropoelastin", "1", "tropoelastin", "", CX_TREATED, CX_MEAN, "tropoelastin") \
    X("elastin_functional", "1", "elastin", "", CX_TREATED, CX_MEAN, "functional elastic fibre") \
    X("elastin_abnormal", "1", "elastin_abnormal", "", CX_TREATED, CX_MEAN, "abnormal elastic material") \
    X("elastin_total", "1", "elastin_total", "", CX_TREATED, CX_MEAN, "elastin as a stain sees it, treated dermis") \
    X("elastin_total_papillary", "1", "elastin_total", "", CX_PAPILLARY, CX_MEAN, "elastin as a stain sees it, papillary dermis") \
    X("alignment", "1", "alignment", "", CX_TREATED, CX_MEAN, "fibre order, treated dermis") \
    X("alignment_track", "1", "alignment", "", CX_TRACK, CX_MEAN, "fibre order of the wounded tissue") \
    X("strength", "percent", "strength", "", CX_TRACK, CX_MEAN, "strength of the wounded tissue, of unwounded") \
    X("stiffness", "percent", "stiffness", "", CX_TREATED, CX_MEAN, "stiffness, of unwounded") \
    X("density_dermal", "percent", "density", "", CX_TREATED, CX_MEAN, "dry dermal mass, of unwounded") \
    X("scar_index", "percent", "scar", "", CX_TRACK, CX_MEAN, "scar-like share of the wounded tissue") \
    X("scar_share", "percent", "scar", "", CX_TREATED, CX_MEAN, "scar-like share of the treated dermis") \
    X("lesion_matrix", "um", "lesion_matrix", "", CX_DERMIS, CX_INTEGRAL, "lesion matrix as thickness of normal dermis") \
    X("lesion_tissue", "1", "lesion_tissue", "", CX_TREATED, CX_MEAN, "tissue that is still old lesion") \
    X("support", "1", "support", "", CX_PAPILLARY, CX_MEAN, "support of the surface by the papillary dermis")

#define SURFACE_SERIES(X) \
    X("epidermal_thickness", "percent", "thickness_percent", "epidermis", CX_EPIDERMIS, CX_MEAN, "thickness of living epidermis, of before treatment") \
    X("uncovered", "1", "uncovered", "epidermis", CX_CHANNEL, CX_MEAN, "share of the channels without living epidermis") \
    X("tewl", "1", "leak", "corneum", CX_SURFACE, CX_MEAN, "water leak of the surface; 1: no barrier at all") \
    X("tewl_channel", "1", "leak", "corneum", CX_CHANNEL, CX_MEAN, "water leak of the channels") \
    X("conductance", "1", "conductance", "corneum", CX_CHANNEL, CX_MEAN, "wet conduction through the channels") \
    X("channel_width", "1", "channel", "corneum", CX_CHANNEL, CX_MEAN, "open share of the channels, as calcein shows it") \
    X("erythema", "percent", "redness", "", CX_PAPILLARY, CX_MEAN, "redness of the papillary dermis") \
    X("melanocytes", "1", "melanocytes_active", "epidermis", CX_EPIDERMIS, CX_MEAN, "activated melanocytes") \
    X("pigmentation", "percent", "pigment_percent", "epidermis", CX_EPIDERMIS, CX_MEAN, "epidermal melanin, of before treatment") \
    X("pigmentation_chance", "percent", "pigment_chance", "epidermis", CX_EPIDERMIS, CX_MEAN, "chance of visible pigmentation") \
    X("bacteria", "1", "bacteria", "", CX_ALL, CX_MAX, "largest bacterial load; 1: 1e5 CFU/g") \
    X("infection", "percent", "infection", "", CX_ALL, CX_MAX, "chance of infection from the load")

#define SERIES(X) SIGNAL_SERIES(X) CELL_SERIES(X) MATRIX_SERIES(X) SURFACE_SERIES(X)

#define NOT_COMPARED "not compared with any measurement"

#define COLLAGEN_OUTCOMES(X) \
    X("collagen_total_gain", "percent", "collagen_total", CX_CHANGE, 0, "Change of collagen I and III in the dermis down to the deepest puncture.", "direction: Lotfi 2013, El-Domyati 2015, Kim 2011; amount: not compared with any measurement") \
    X("collagen_1_gain", "percent", "collagen_1", CX_CHANGE, 0, "Change of all type I collagen in the treated dermis.", "direction: El-Domyati 2015 (up)") \
    X("collagen_3_gain", "percent", "collagen_3", CX_CHANGE, 0, "Change of type III collagen in the treated dermis.", "direction: El-Domyati 2015 (up)") \
    X("collagen_papillary_gain", "percent", "collagen_total_papillary", CX_CHANGE, 0, "Change of collagen I and III in the papillary dermis.", "Lotfi 2013: +53.2 percent at week 24 after five sessions (the dose of synthesis was fitted to it)") \
    X("collagen_reticular_gain", "percent", "collagen_total_reticular", CX_CHANGE, 0, "Change of collagen I and III in the reticular dermis.", NOT_COMPARED) \
    X("collagen_new_end", "kg/m3", "collagen_1_new", CX_AT_END, 0, "Type I collagen without mature cross-links in the treated dermis at the end.", "direction: El-Domyati 2015 (up)") \
    X("collagen_new_gain", "percent", "collagen_1_new", CX_CHANGE, 0, "Change of type I collagen without mature cross-links in the treated dermis.", "direction: El-Domyati 2015 (up)") \
    X("iii_to_i_end", "1", "iii_to_i", CX_AT_END, 0, "Ratio of collagen III to I in the treated dermis at the end.", "order: PMID 12880417 (+70 percent of the III share in a scar at 6 months)") \
    X("iii_to_i_largest", "1", "iii_to_i", CX_LARGEST, 0, "Largest ratio of collagen III to I in the treated dermis.", NOT_COMPARED) \
    X("crosslinked_share_end", "1", "crosslinked_share", CX_AT_END, 0, "Mature share of collagen I in the treated dermis at the end.", "direction: PMID 12880417 (low for 6 months)") \
    X("synthesis_peak_day", "day", "synthesis_track", CX_TIME_OF_LARGEST, 0, "Day on which most collagen is laid down in the wounded tissue; 0 if never more than before.", "10.3181/00379727-160-40470: day 7 (fitted in a punch)") \
    X("collagen_3_first_day", "day", "collagen_3_missing", CX_LAST_ABOVE, 0.98, "Last day on which the wounded tissue held less than 2 percent of its type III; 0 if it never did.", "Betz 1995, Gay 1978: day 1-3 in an open wound (fitted)") \
    X("collagen_1_first_day", "day", "collagen_1_missing", CX_LAST_ABOVE, 0.98, "Last day on which the wounded tissue held less than 2 percent of its type I; 0 if it never did.", "Betz 1995, Gay 1978: day 3-6 in an open wound (fitted)") \
    X("hyaluronan_peak", "1", "hyaluronan", CX_LARGEST, 0, "Largest hyaluronan in the treated dermis, 1 in health.", "direction: Aust 2011 (GAG up)") \
    X("tropoelastin_change", "percent", "tropoelastin", CX_CHANGE, 0, "Change of tropoelastin in the treated dermis.", "direction: El-Domyati 2015 photo-aged (up)") \
    X("tropoelastin_peak", "1", "tropoelastin", CX_LARGEST, 0, "Largest tropoelastin in the treated dermis, 1 in health.", NOT_COMPARED) \
    X("tropoelastin_peak_day", "day", "tropoelastin", CX_TIME_OF_LARGEST, 0, "Day of the largest tropoelastin.", "order: late, after the first week (Ashcroft 1997: mRNA highest at day 3-14)") \
    X("elastin_functional_change", "percent", "elastin_functional", CX_CHANGE, 0, "Change of functional elastic fibre in the treated dermis.", NOT_COMPARED) \
    X("elastin_abnormal_change", "percent", "elastin_abnormal", CX_CHANGE, 0, "Change of abnormal elastic material in the treated dermis.", "direction: PMID 29226630 (markedly down)") \
    X("elastin_total_change", "percent", "elastin_total_papillary", CX_CHANGE, 0, "Change of all elastin that a stain sees in the papillary dermis.", "direction: El-Domyati 2015 (down); Kenkel 2021 (unchanged)") \
    X("alignment_end", "1", "alignment_track", CX_AT_END, 0, "Fibre order of the wounded tissue at the end, 0 basket-weave to 1 parallel.", NOT_COMPARED) \
    X("strength_end", "percent", "strength", CX_AT_END, 0, "Strength of the wounded tissue at the end, of unwounded.", "Levenson 1965 as quoted: 3-10 at week 1, 20 at week 3, 70-80 at month 3 (fitted)") \
    X("stiffness_change", "percent", "stiffness", CX_CHANGE, 0, "Change of stiffness of the treated dermis by the mixture rule.", "direction: Kenkel 2021 (elasticity up)") \
    X("density_change", "percent", "density_dermal", CX_CHANGE, 0, "Change of dry dermal mass of the treated dermis.", "direction: Kenkel 2021 (echo density up; not a mass)") \
    X("scar_index", "percent", "scar_index", CX_AT_END, 0, "Parallel, scar-like share of the wounded tissue at the end.", "threshold: scars below 0.56 mm of depth in wide wounds (Dunkin 2007, fitted)") \
    X("scar_share", "percent", "scar_share", CX_AT_END, 0, "Parallel, scar-like share of the treated dermis at the end.", NOT_COMPARED)

#define CELL_OUTCOMES(X) \
    X("neutrophil_peak", "1", "neutrophils", CX_LARGEST, 0, "Largest neutrophil density of the treated dermis; 1 in a full-thickness wound.", NOT_COMPARED) \
    X("neutrophil_peak_day", "day", "neutrophils", CX_TIME_OF_LARGEST, 0, "Day of the largest neutrophil density.", "Engelhardt 1998: day 1; Kim 2008: 18 h in the mouse (fitted)") \
    X("neutrophil_duration", "day", "neutrophils", CX_LAST_ABOVE_SESSION, 0.02, "Days from the last session until neutrophils stay below 2 percent of a full-thickness wound's peak.", NOT_COMPARED) \
    X("macrophage_peak_day", "day", "macrophages", CX_TIME_OF_LARGEST, 0, "Day of the largest density of all macrophages.", "human tables: day 2-4 (fitted)") \
    X("m1_peak_day", "day", "macrophages_m1", CX_TIME_OF_LARGEST, 0, "Day of the largest density of inflammatory macrophages.", "order: before M2") \
    X("m2_peak_day", "day", "macrophages_m2", CX_TIME_OF_LARGEST, 0, "Day of the largest density of repair macrophages.", "order: after M1") \
    X("macrophage_duration", "day", "macrophages", CX_LAST_ABOVE_SESSION, 0.02, "Days from the last session until macrophages stay below 2 percent of a full-thickness wound's peak.", NOT_COMPARED) \
    X("il1_peak_day", "day", "il1", CX_TIME_OF_LARGEST, 0, "Day of the largest IL-1.", "Kondo 1996, Sjogren 2009: 3-12 h (fitted)") \
    X("tgfb3_duration", "day", "tgfb3", CX_LAST_ABOVE_SESSION, 0.005, "Days from the last session until TGF-b3 stays below 0.005.", "direction: Aust 2010 (up for 2 weeks)") \
    X("fibroblast_peak", "1", "fibroblasts", CX_LARGEST, 0, "Largest fibroblast density of the treated dermis, 1 in health.", NOT_COMPARED) \
    X("fibroblasts_end", "1", "fibroblasts", CX_AT_END, 0, "Fibroblast density of the treated dermis at the end, 1 in health.", NOT_COMPARED) \
    X("myofibroblast_peak", "1", "myofibroblasts_track", CX_LARGEST, 0, "Largest myofibroblast density of the wounded tissue.", NOT_COMPARED) \
    X("myofibroblast_peak_day", "day", "myofibroblasts_track", CX_TIME_OF_LARGEST, 0, "Day of the largest myofibroblast density.", "Betz 1992: none before day 5, many at day 16-31 (fitted)") \
    X("vessel_peak_day", "day", "vessels", CX_TIME_OF_LARGEST, 0, "Day of the largest capillary density.", "Rege 2012: day 3-7, human tables: day 4-8 (fitted)") \
    X("vessel_change", "percent", "vessels_papillary", CX_CHANGE, 0, "Change of capillary density in the papillary dermis at the end.", "direction: Kenkel 2021 (flow -25.8 percent, not reproduced)") \
    X("oxygen_lowest", "1", "oxygen_lowest", CX_SMALLEST, 0, "Lowest oxygen anywhere in the dermis, of before treatment.", NOT_COMPARED)

#define SURFACE_OUTCOMES(X) \
    X("epidermal_thickness_change", "percent", "epidermal_thickness", CX_CHANGE, 0, "Change of the thickness of living epidermis.", "Lotfi 2013: +50 percent at week 24 (fitted); Aust 2008: +40 percent at month 12") \
    X("reepithelialisation_hours", "h", "uncovered", CX_LAST_ABOVE_SESSION, 0.05, "Hours from the last session until 95 percent of the pierced epidermis is covered.", "Lin 2013, Wessollek 2023: 1-2 days (fitted)") \
    X("tewl_peak", "1", "tewl", CX_LARGEST, 0, "Largest water leak of the surface; 1 means no barrier at all.", "order only: longer needles leak more (Bal 2008)") \
    X("tewl_recovery_hours", "h", "tewl_channel", CX_LAST_ABOVE_SESSION, 0.0125, "Hours from the last session until the pierced corneum leaks 1.25 percent of what bare skin would.", "Kalluri 2011: 4-5 h (fitted)") \
    X("impedance_recovery_hours", "h", "conductance", CX_LAST_ABOVE_SESSION, 0.0125, "Hours from the last session until the pierced corneum conducts 1.25 percent of bare skin.", "Gupta 2011: at most 2 h; Ogunjimi 2020: 44-67 h occluded (fitted)") \
    X("channel_closure_hours", "h", "channel_width", CX_LAST_ABOVE_SESSION, 0.0125, "Hours from the last session until 1.25 percent of the pierced corneum is open.", "Kalluri 2011: calcein 12 and 18 h (fitted)") \
    X("erythema_peak", "percent", "erythema", CX_LARGEST, 0, "Largest redness of the papillary dermis, 100 at most.", NOT_COMPARED) \
    X("erythema_days", "day", "erythema", CX_LAST_ABOVE_SESSION, 18, "Days from the last session until redness stays below 18 percent.", "downtime reports: below 0.1 to 7 days, 2-3 days at 1.5 mm (fitted)") \
    X("pigmentation_peak", "percent", "pigmentation", CX_LARGEST, 0, "Largest epidermal melanin, 100 before treatment.", NOT_COMPARED) \
    X("pigmentation_end", "percent", "pigmentation", CX_AT_END, 0, "Epidermal melanin at the end, 100 before treatment.", NOT_COMPARED) \
    X("pigmentation_chance", "percent", "pigmentation_chance", CX_LARGEST, 0, "Chance of visible post-inflammatory pigmentation.", "Dogra 2014: 16.7 percent in types IV-V; 0 in mixed types (fitted in order only)") \
    X("bacteria_peak", "1", "bacteria", CX_LARGEST, 0, "Largest bacterial load anywhere; 1 is 1e5 CFU/g.", NOT_COMPARED) \
    X("infection_chance", "percent", "infection", CX_LARGEST, 0, "Chance of infection from the largest load.", "none in 12 trials (PMID 35426044)") \
    X("wrinkle_relief_change", "percent", "support", CX_CHANGE, 0, "Change of the support of the surface (papillary collagen, elastin, epidermis); up means shallower wrinkles.", "direction: Ablon 2018 (better)") \
    X("pore_proxy_change", "percent", "support", CX_CHANGE, 0, "Change of the support around pores, the same index as for wrinkles; up means tighter pores.", NOT_COMPARED) \
    X("scar_depression_fill", "um", "lesion_matrix", CX_DIFFERENCE, 0, "Matrix gained in the old lesion, as thickness of normal dermis.", "direction: acne scar series (better)") \
    X("lesion_tissue_end", "1", "lesion_tissue", CX_AT_END, 0, "Share of the treated dermis that is still old lesion at the end.", NOT_COMPARED)

#define OUTCOMES(X) COLLAGEN_OUTCOMES(X) CELL_OUTCOMES(X) SURFACE_OUTCOMES(X)
/* clang-format on */

#endif
