/* species.h - the fields of the model `microneedling`, the maps it reads and the quantities it derives from them.
 *
 * Signals are excess over healthy skin (0 in health), 1 = typical peak in a full-thickness wound.  Oxygen is relative to
 * the healthy value.  Leukocytes: 1 = peak of a full-thickness wound; other cells: 1 = density of healthy skin.
 * May know: nothing but the words of model.h. */
#ifndef MICRONEEDLING_SPECIES_H
#define MICRONEEDLING_SPECIES_H

/* One row, one line. */
/* clang-format off */
#define SPECIES(X) \
    X(damage, "1", MOVES, 0.1, "danger signal of torn cells (alarmins, platelet products); 1: all cells just torn") \
    X(pdgf, "1", MOVES, 0.1, "platelet-derived growth factor, excess; 1: wound fluid of day 1") \
    X(il1, "1", MOVES, 0.1, "pro-inflammatory cytokine (IL-1, TNF), excess; 1: wound peak at hours") \
    X(il10, "1", MOVES, 0.1, "interleukin 10, excess; 1: typical wound peak") \
    X(tgfb1, "1", MOVES, 0.1, "active TGF-b1 (with b2), excess; 1: second peak of a wound, day 5") \
    X(tgfb3, "1", MOVES, 0.1, "TGF-b3, excess, on the scale of tgfb1") \
    X(vegf, "1", MOVES, 0.1, "vascular endothelial growth factor, excess; 1: wound fluid of day 7") \
    X(kgf, "1", MOVES, 0.1, "keratinocyte growth factor (FGF-7), excess; 1: typical wound peak") \
    X(mmp, "1", MOVES, 0.1, "active matrix metalloproteinases, excess; 1: typical wound peak") \
    X(timp, "1", MOVES, 0.1, "inhibitors of metalloproteinases, excess; 1: typical wound peak") \
    X(oxygen, "1", MOVES, 1.0, "oxygen pressure relative to the same skin before treatment") \
    X(neutrophils, "1", TAXIS, 0.1, "neutrophils; 1: peak of a full-thickness wound") \
    X(m1, "1", TAXIS, 0.1, "inflammatory macrophages; 1: peak of all macrophages in a full-thickness wound") \
    X(m2, "1", TAXIS, 0.1, "repair macrophages, on the scale of m1") \
    X(fibroblasts, "1", ROAMS, 1.0, "fibroblasts; 1: healthy dermis") \
    X(myofibroblasts, "1", STILL, 0.1, "myofibroblasts, on the scale of fibroblasts; anchored in the matrix") \
    X(endothelium, "1", TAXIS, 1.0, "capillary density; 1: healthy dermis") \
    X(keratinocytes, "1", MOVES, 1.0, "cover by living epidermis; 1: whole") \
    X(epidermal_thickness, "1", STILL, 1.0, "thickness of living epidermis relative to before treatment") \
    X(melanocytes_active, "1", STILL, 0.1, "activated share of melanocytes, 0 in health") \
    X(fibrin, "1", STILL, 0.1, "fibrin and fibronectin; 1: fresh clot") \
    X(collagen_3, "kg/m3", STILL, 20.0, "type III collagen") \
    X(collagen_1_new, "kg/m3", STILL, 10.0, "type I collagen without mature cross-links") \
    X(collagen_1, "kg/m3", STILL, 80.0, "type I collagen with mature cross-links") \
    X(hyaluronan, "1", STILL, 1.0, "hyaluronan; 1: healthy dermis") \
    X(tropoelastin, "1", STILL, 1.0, "soluble elastin precursor; 1: healthy dermis") \
    X(elastin, "1", STILL, 1.0, "functional elastic fibre; 1: young protected dermis") \
    X(elastin_abnormal, "1", STILL, 0.3, "elastotic or broken elastic material, on the scale of elastin") \
    X(alignment, "1", STILL, 0.1, "fibre order, 0 basket-weave to 1 parallel") \
    X(melanin, "1", STILL, 1.0, "epidermal melanin relative to before treatment") \
    X(bacteria, "1", STILL, 0.1, "bacterial load; 1: 1e5 CFU/g") \
    X(barrier, "1", STILL, 1.0, "stratum corneum barrier; 1: intact") \
    X(channel, "1", STILL, 0.1, "share of the tissue that is open channel") \
    X(defect, "um", STILL, 100.0, "width of the unfilled defect") \
    X(lesion_tissue, "1", STILL, 0.1, "share of the tissue that is still old lesion")

#define INPUTS(X) \
    X(corneum, "share of stratum corneum") \
    X(epidermis, "share of living epidermis") \
    X(papillary, "share of papillary dermis") \
    X(dermis, "share of dermis") \
    X(depth, "depth below the surface, um") \
    X(lesion, "share of the lesion that was there before treatment")

#define MEASURES(X) \
    X(damage, "1", "danger signal") \
    X(pdgf, "1", "platelet-derived growth factor, excess") \
    X(il1, "1", "pro-inflammatory cytokine, excess") \
    X(il10, "1", "interleukin 10, excess") \
    X(tgfb1, "1", "active TGF-b1, excess") \
    X(tgfb3, "1", "TGF-b3, excess") \
    X(vegf, "1", "vascular endothelial growth factor, excess") \
    X(kgf, "1", "keratinocyte growth factor, excess") \
    X(mmp, "1", "matrix metalloproteinases, excess") \
    X(timp, "1", "inhibitors of metalloproteinases, excess") \
    X(oxygen, "1", "oxygen relative to before treatment") \
    X(neutrophils, "1", "neutrophils") \
    X(m1, "1", "inflammatory macrophages") \
    X(m2, "1", "repair macrophages") \
    X(macrophages, "1", "all macrophages") \
    X(fibroblasts, "1", "fibroblasts") \
    X(myofibroblasts, "1", "myofibroblasts") \
    X(vessels, "1", "capillary density") \
    X(fibrin, "1", "fibrin and fibronectin") \
    X(collagen_3, "kg/m3", "type III collagen") \
    X(collagen_1_new, "kg/m3", "type I collagen without mature cross-links") \
    X(collagen_1, "kg/m3", "all type I collagen, new and mature") \
    X(collagen_total, "kg/m3", "types I and III together") \
    X(collagen_mature, "kg/m3", "type I collagen with mature cross-links") \
    X(synthesis_3, "kg/m3/day", "deposition of type III collagen") \
    X(synthesis_1, "kg/m3/day", "deposition of type I collagen") \
    X(synthesis, "kg/m3/day", "deposition of types I and III") \
    X(missing_3, "1", "share of normal type III that is missing") \
    X(missing_1, "1", "share of normal type I that is missing") \
    X(hyaluronan, "1", "hyaluronan") \
    X(tropoelastin, "1", "tropoelastin") \
    X(elastin, "1", "functional elastic fibre") \
    X(elastin_abnormal, "1", "abnormal elastic material") \
    X(elastin_total, "1", "functional, abnormal and precursor elastin as a stain sees them") \
    X(alignment, "1", "fibre order") \
    X(strength, "percent", "strength relative to the same skin unwounded") \
    X(stiffness, "percent", "stiffness by the mixture rule, relative to the same skin unwounded") \
    X(density, "percent", "dry dermal mass by the mixture rule, relative to the same skin unwounded") \
    X(scar, "percent", "collagen laid in parallel by a healing wound, share of tissue") \
    X(lesion_matrix, "1", "matrix of the old lesion relative to normal dermis, inside the lesion") \
    X(support, "1", "support of the surface by collagen, elastin and epidermis") \
    X(redness, "percent", "redness by vasodilation and new vessels") \
    X(uncovered, "1", "share without living epidermis") \
    X(thickness_percent, "percent", "thickness of living epidermis relative to before treatment") \
    X(leak, "1", "water leak by barrier loss") \
    X(conductance, "1", "wet conduction through open channels") \
    X(channel, "1", "open channel") \
    X(melanocytes_active, "1", "activated melanocytes") \
    X(pigment_percent, "percent", "epidermal melanin relative to before treatment") \
    X(pigment_chance, "percent", "chance of visible post-inflammatory pigmentation") \
    X(bacteria, "1", "bacterial load, 1: 1e5 CFU/g") \
    X(infection, "percent", "chance of infection from the load") \
    X(lesion_tissue, "1", "tissue that is still old lesion") \
    X(corneum, "1", "stratum corneum, to average over it alone") \
    X(epidermis, "1", "living epidermis, to average over it alone")
/* clang-format on */

#endif
