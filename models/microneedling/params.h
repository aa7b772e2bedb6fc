/* params.h - every number of the model `microneedling` that can be changed, with unit, range, meaning and source.
 *
 * A source is a DOI or PMID, or "assumed: why".  "unverified recollection" marks a value that was never seen in print.
 * "fitted:" marks a value chosen so that a named observation is met; the page of the model lists those observations. */
#ifndef MICRONEEDLING_PARAMS_H
#define MICRONEEDLING_PARAMS_H

/* Free diffusion is the FRAP value of albumin in granulation tissue scaled by (66.5 kDa / mass)^(1/3). */
/* One row, one line. */
/* clang-format off */
#define FRAP "10.1073/pnas.86.14.5385, scaled by molecular mass"
#define CYTOKINE_LIFE \
    "assumed: generic tissue half-life 0.3-8 h; plasma clearances are not tissue rates"

#define TRANSPORT_PARAMS(X) \
    X(damage_diffusion, "um2/h", 2.9e5, 2.9e4, 6e5, "free diffusion of alarmins (25 kDa)", FRAP) \
    X(pdgf_diffusion, "um2/h", 2.72e5, 2.7e4, 4.4e5, "free diffusion of PDGF-BB", FRAP) \
    X(il1_diffusion, "um2/h", 3.26e5, 3.3e4, 5.3e5, "free diffusion of IL-1b", FRAP) \
    X(il10_diffusion, "um2/h", 2.54e5, 2.5e4, 4.1e5, "free diffusion of IL-10", FRAP) \
    X(tgfb_diffusion, "um2/h", 2.89e5, 2.9e4, 4.7e5, "free diffusion of TGF-b", FRAP) \
    X(vegf_diffusion, "um2/h", 2.38e5, 2.4e4, 3.9e5, "free diffusion of VEGF-165", FRAP) \
    X(kgf_diffusion, "um2/h", 3.0e5, 3e4, 4.9e5, "free diffusion of KGF (22 kDa)", FRAP) \
    X(mmp_diffusion, "um2/h", 2.1e5, 2.1e4, 3.6e5, "free diffusion of MMP-1 and MMP-9", FRAP) \
    X(timp_diffusion, "um2/h", 2.79e5, 2.8e4, 4.5e5, "free diffusion of TIMP-1", FRAP) \
    X(oxygen_diffusion, "um2/h", 7.2e6, 3.6e6, 9e6, "diffusion of oxygen in skin", "assumed: 2e-5 cm2/s (unverified recollection of textbooks)") \
    X(dermis_hindrance, "1", 0.25, 0.02, 1, "diffusion in dermis / free diffusion", "10.1038/s41598-018-36009-8: dermis 1-20 um2/s") \
    X(epidermis_hindrance, "1", 0.08, 0.005, 1, "diffusion in epidermis / free diffusion", "10.1038/s41598-018-36009-8: epidermis 1-8 um2/s") \
    X(corneum_hindrance, "1", 0.002, 0, 1, "diffusion in stratum corneum / free diffusion", "assumed: a barrier to proteins") \
    X(neutrophil_motility, "um2/h", 3500, 500, 2e4, "random motility of neutrophils", "assumed: speed 8 um/min (unverified recollection of reviews), persistence 2 min") \
    X(macrophage_motility, "um2/h", 600, 50, 5000, "random motility of macrophages", "assumed: speed 1 um/min (unverified recollection of reviews), persistence 20 min") \
    X(fibroblast_motility, "um2/h", 188, 47, 560, "random motility of fibroblasts in loose matrix", "assumed: S2 P/2 with the measured 13.7 um/h and persistence 2 h") \
    X(matrix_slowing, "1", 1, 0, 20, "slowing of fibroblasts by normal collagen density: D / (1 + this x collagen / normal)", "assumed: dense matrix hinders crawling") \
    X(vessel_motility, "um2/h", 40, 0, 400, "random motility of sprouting endothelium", "10.1007/s10456-015-9461-x: with growth gives about 5 um/h") \
    X(neutrophil_taxis, "um2/h", 3e4, 0, 1e5, "taxis potential of neutrophils on damage and IL-1", "assumed: drift of tens of um/h, far below the speed of a crawling cell") \
    X(macrophage_taxis, "um2/h", 1.5e4, 0, 5e4, "taxis potential of macrophages on damage, IL-1 and PDGF", "assumed: half of the neutrophils'") \
    X(fibroblast_taxis, "um2/h", 4e3, 0, 2e4, "taxis potential of fibroblasts on PDGF and TGF-b1", "assumed: drift of a few um/h, below the measured speed of 13.7 um/h") \
    X(vessel_taxis, "um2/h", 1.0e3, 0, 1e4, "taxis potential of endothelium on VEGF", "10.1007/s10456-015-9461-x: elongation 5 um/h") \
    X(taxis_half, "1", 0.3, 0.01, 5, "signal at half of a taxis potential", "assumed: within the range of a wound's signals") \
    X(keratinocyte_motility, "um2/h", 70, 5, 1000, "spread of the epidermal edge", "10.12688/f1000research.2-120.v1: with growth gives at least 105 um/day")

#define SIGNAL_PARAMS(X) \
    X(damage_decay, "1/h", 0.08, 0.02, 1, "loss of danger signal", "assumed: leak of LDH ends within 1 h (Ito 2013), alarmins stay for hours") \
    X(damage_phagocytosis, "1/h", 0.2, 0, 3, "clearing of danger signal per wound-peak phagocyte density", "assumed: debris gone in about 2 days") \
    X(damage_of_neutrophils, "1", 0.003, 0, 1, "danger signal per neutrophil that dies", "assumed: most are eaten before they burst") \
    X(damage_of_bacteria, "1/h", 0.02, 0, 1, "danger signal made at a load of 1e5 CFU/g", "assumed: infection keeps a wound inflamed") \
    X(pdgf_decay, "1/h", 0.167, 0.04, 2, "loss of PDGF", "Waugh & Sherratt 2007 model file MODEL1006230106: 4 per day") \
    X(pdgf_platelets, "1", 0.7, 0, 5, "PDGF released at once by a clot that fills the tissue", "fitted: peak on day 1, low by day 3 (Wound Repair Regen 2008)") \
    X(pdgf_fibrin, "1/h", 0.05, 0, 1, "PDGF released per fibrin", "assumed: the clot is a store") \
    X(pdgf_macrophages, "1/h", 0.03, 0, 1, "PDGF made per macrophage density", "Waugh & Sherratt 2007 model file MODEL1006230106: k8 (I + R)") \
    X(il1_decay, "1/h", 0.3, 0.08, 2, "loss of IL-1 and TNF", "assumed: half-life 2.3 h, within the generic 0.3-8 h; plasma clearances are not tissue rates") \
    X(il1_damage, "1/h", 0.55, 0, 5, "IL-1 made per danger signal", "fitted: peak at 3-12 h (10.1007/BF01369816; 10.2340/00015555-0683)") \
    X(il1_neutrophils, "1/h", 0.5, 0, 2, "extra IL-1 per danger signal at wound-peak neutrophil density", "assumed: leukocytes make it where they sense danger") \
    X(il1_m1, "1/h", 0.5, 0, 2, "extra IL-1 per danger signal at wound-peak M1 density", "assumed: leukocytes make it where they sense danger") \
    X(il10_decay, "1/h", 0.36, 0.15, 1, "loss of IL-10", "Radwanski 1998: plasma half-life 1.94 h, taken as an upper bound") \
    X(il10_m2, "1/h", 0.3, 0, 3, "IL-10 made per repair macrophage density", "assumed: wound peak about 1") \
    X(il10_efferocytosis, "1", 1.5, 0, 20, "IL-10 made per dead neutrophil eaten", "assumed: eating dead cells calms macrophages") \
    X(il10_half, "1", 0.6, 0.05, 10, "IL-10 that halves pro-inflammatory production", "assumed: order of the wound peak") \
    X(tgfb1_decay, "1/h", 0.379, 0.05, 4, "loss of active TGF-b1", "Waugh 2006, PMID 16794927, BIOMD0000000680: 9.1 per day") \
    X(tgfb1_platelets, "1", 0.6, 0, 5, "active TGF-b1 released at once by a clot that fills the tissue", "Yang 1999 Am J Pathol 154:105: 38 percent active at 1 h") \
    X(tgfb1_fibrin, "1/h", 0.06, 0, 1, "latent TGF-b1 of the clot set free and activated, per fibrin", "assumed: the clot is a store") \
    X(tgfb1_m2, "1/h", 0.22, 0, 3, "active TGF-b1 made per repair macrophage density", "fitted: second peak at day 3-5 (Yang 1999)") \
    X(tgfb1_myofibroblasts, "1/h", 0.15, 0, 2, "active TGF-b1 freed per myofibroblast under full tension", "assumed: contractile activation of latent TGF-b1") \
    X(tgfb1_fibroblasts, "1/h", 0.008, 0, 1, "active TGF-b1 made per activated fibroblast", "Waugh & Sherratt 2007 model file: k7 F") \
    X(tgfb3_keratinocytes, "1/h", 0.25, 0, 3, "TGF-b3 made per stressed keratinocyte cover", "10.1111/j.1365-2230.2010.03779.x: up from day 1") \
    X(tgfb3_fibroblasts, "1/h", 0.08, 0, 1, "TGF-b3 made per fibroblast that answers TGF-b1 without load", "10.1111/j.1365-2230.2010.03779.x: held for 2 weeks") \
    X(vegf_decay, "1/h", 0.416, 0.08, 2, "loss of VEGF", CYTOKINE_LIFE) \
    X(vegf_hypoxia, "1/h", 0.5, 0, 5, "VEGF made per lost share of oxygen", "assumed: hypoxia is the main cause") \
    X(vegf_m2, "1/h", 0.12, 0, 3, "VEGF made per repair macrophage density", "fitted: rises to day 7 (PMID 9626049)") \
    X(vegf_keratinocytes, "1/h", 0.1, 0, 3, "VEGF made per stressed keratinocyte cover", "10.1038/s41598-022-22481-w: up in needled skin without blood") \
    X(kgf_decay, "1/h", 0.416, 0.08, 2, "loss of KGF", CYTOKINE_LIFE) \
    X(kgf_il1, "1/h", 0.3, 0, 5, "KGF made by fibroblasts per IL-1", "assumed: IL-1 is the classical inducer") \
    X(kgf_fibroblasts, "1/h", 0.5, 0, 5, "KGF made per fibroblast above the healthy number", "fitted: epidermis +50 percent at week 24 (10.1097/01.EWX.0000432504.85255.ec)") \
    X(mmp_decay, "1/h", 0.125, 0.03, 0.3, "loss of active MMP", "assumed: 3 per day, half-life 2-24 h (unverified judgement)") \
    X(mmp_neutrophils, "1/h", 0.1, 0, 2, "MMP set free per neutrophil density", "10.1046/j.1365-2168.1998.00556.x: MMP-9 falls from 24 to 48 h") \
    X(mmp_m1, "1/h", 0.06, 0, 2, "MMP made per inflammatory macrophage density", "assumed: order of the wound peak") \
    X(mmp_il1, "1/h", 0.05, 0, 2, "MMP made by fibroblasts per IL-1", "assumed: IL-1 induces MMP-1") \
    X(mmp_tgfb_half, "1", 1.0, 0.05, 20, "TGF-b that halves the making of MMP", "assumed: TGF-b represses MMP-1") \
    X(timp_tgfb, "1/h", 0.08, 0, 2, "TIMP made by fibroblasts per TGF-b", "10.1371/journal.pone.0204318: TIMP3 up after needling") \
    X(timp_m2, "1/h", 0.04, 0, 2, "TIMP made per repair macrophage density", "assumed: rises to day 3 (Wound Repair Regen 2008)") \
    X(timp_half, "1", 0.5, 0.05, 10, "TIMP that halves proteolysis", "assumed: equal amounts bind")

#define CELL_PARAMS(X) \
    X(neutrophil_recruit, "1/h", 0.9, 0, 2, "neutrophils entering per capillary density at full signal", "fitted: peak of order 1 in a full-thickness wound") \
    X(recruit_half, "1", 1, 0.01, 5, "signal at half recruitment", "assumed: small wounds recruit in proportion") \
    X(neutrophil_death, "1/h", 0.022, 0.02, 0.24, "death of neutrophils", "fitted: peak at 12-36 h; the prior is 0.02-0.2 per h (unverified recollection of reviews)") \
    X(efferocytosis, "1/h", 0.02, 0, 1, "neutrophils eaten per macrophage density", "assumed: small beside their death") \
    X(monocyte_recruit, "1/h", 0.11, 0, 2, "monocytes entering per capillary density at full signal", "fitted: macrophages peak at day 2-4") \
    X(monocyte_half, "1", 1, 0.01, 5, "signal at half recruitment of monocytes", "fitted: macrophages peak at day 2-4") \
    X(monocyte_neutrophil, "1", 1.0, 0, 5, "weight of neutrophils among the signals that call monocytes", "assumed: neutrophil granules call monocytes, which delays them by a day") \
    X(macrophage_loss, "1/h", 0.012, 0.004, 0.015, "loss of macrophages", "fitted: synthesis falls after day 7; within 0.1-0.35 per day (Waugh 2006 model file: 0.2)") \
    X(m1_to_m2, "1/h", 0.01, 0, 0.2, "M1 that turn into M2 unasked", "assumed: half in 3 days") \
    X(m1_to_m2_efferocytosis, "1/h", 0.03, 0, 0.5, "M1 that turn into M2 per neutrophil density", "assumed: dead neutrophils turn them") \
    X(m1_to_m2_il10, "1/h", 0.03, 0, 0.5, "M1 that turn into M2 per IL-10", "assumed: IL-10 turns them") \
    X(fibroblast_growth, "1/h", 0.0347, 0.02, 0.039, "division of fibroblasts at full signal", "assumed: 0.832 per day (unverified recollection of Olsen 1995)") \
    X(fibroblast_turnover, "1/h", 8.33e-4, 4e-4, 2.1e-3, "apoptosis of fibroblasts in health", "assumed: 0.02 per day (unverified recollection of Egberts 2021)") \
    X(fibroblast_refill, "1", 0.3, 0, 1, "growth into empty tissue, times full growth", "assumed: division stops on contact") \
    X(fibroblast_limit, "1", 3.0, 1, 10, "fibroblast density at which growth stops", "assumed: granulation tissue is a few times denser") \
    X(growth_half, "1", 1.0, 0.02, 5, "PDGF + TGF-b at half growth", "fitted: epidermis and papillary collagen of 10.1097/01.EWX.0000432504.85255.ec") \
    X(myofibroblast_rate, "1/h", 0.15, 0, 0.2, "fibroblasts that turn at full TGF-b1 and tension", "fitted: none before day 5 after a punch (10.1007/BF02340832)") \
    X(myofibroblast_half, "1", 0.2, 0.05, 5, "TGF-b1 at half turning", "assumed: order of a wound's TGF-b1") \
    X(myofibroblast_loss, "1/h", 0.0025, 8e-4, 0.0042, "apoptosis of myofibroblasts under tension", "assumed: 0.06 per day (unverified recollection of Egberts 2021); some last > 31 days (Betz 1992)") \
    X(myofibroblast_release, "1", 2.0, 0, 20, "extra apoptosis without tension, times the loss", "assumed: loss of tension lets them die") \
    X(tension_width, "um", 1200, 100, 5000, "defect width at half tension", "assumed: 0.25 mm tracks heal without scar, millimetre wounds do not") \
    X(tension_depth, "um", 560, 200, 1000, "depth at half tension", "10.1097/01.prs.0000258829.07399.f0: scar threshold 0.56 mm") \
    X(tension_matrix, "kg/m3", 60, 5, 200, "fresh collagen (III and new I) at half of the stiffness that tension needs", "fitted: no myofibroblast before day 5 (10.1007/BF02340832)") \
    X(defect_fill, "1/h", 0.0015, 1e-4, 0.05, "closing of a defect as matrix fills it", "assumed: half in about 3 weeks at normal density") \
    X(defect_widening, "1/h", 0.03, 0, 0.5, "widening of a defect per proteolysis", "assumed: breakdown between close tracks lets them act as one wide wound") \
    X(defect_limit, "um", 6000, 500, 1e5, "width at which widening stops", "assumed: beyond this a wound is simply wide") \
    X(defect_contraction, "1/h", 0.0015, 0, 0.05, "closing of a defect per myofibroblast density", "assumed: half of closure (10.1111/j.1524-4725.1991.tb01692.x)") \
    X(vessel_growth, "1/h", 0.03, 0, 0.2, "growth of capillaries at full VEGF", "fitted: up by day 3-7, back by day 12 (10.1007/s10456-011-9245-x)") \
    X(vessel_turnover, "1/h", 0.012, 1e-3, 0.05, "return of capillaries to the healthy density", "fitted: back by day 12 (10.1007/s10456-011-9245-x)") \
    X(vessel_limit, "1", 3.0, 2, 4, "capillary density at which growth stops", "10.1097/BOR.0b013e32835b13b6") \
    X(vegf_half, "1", 0.4, 0.02, 5, "VEGF at half growth", "assumed: order of the wound peak") \
    X(oxygen_use, "1/h", 75, 20, 150, "oxygen consumed per oxygen present", "10.1080/00365518809168182 at 37 C over 37 mmHg x 1.3e-3 mol/m3/mmHg") \
    X(oxygen_supply_share, "1", 0.5, 0, 1, "share of the exchange that is capillary transfer", "assumed: transfer and use of the same size") \
    X(oxygen_leukocytes, "1", 1.0, 0, 10, "extra use at wound-peak leukocyte density", "assumed: the respiratory burst doubles use") \
    X(oxygen_half, "1", 0.6, 0.05, 3, "oxygen at half of hydroxylation and of killing", "assumed: Michaelis constant about 20-25 mmHg") \
    X(keratinocyte_growth, "1/h", 0.06, 0.005, 0.2, "growth of the epidermal cover into free space", "fitted: 0.21 mm hole closed in 1 day (10.12688/f1000research.2-120.v1)") \
    X(thickness_turnover, "1/h", 0.0021, 5e-4, 0.01, "return of the epidermal thickness", "assumed: transit of 2 weeks; 10.1111/srt.12391 regains in 5-7 days") \
    X(thickness_kgf, "1", 1.8, 0, 5, "largest thickening by KGF", "fitted: +50 percent at week 24 (Lotfi 2013)") \
    X(kgf_half, "1", 0.6, 0.02, 5, "KGF at half thickening", "assumed: order of the wound peak") \
    X(melanocyte_on, "1/h", 0.6, 0, 1, "activation of melanocytes at full cytokine signal", "fitted: order of 17 percent in types IV-V (PMID 25196684)") \
    X(melanocyte_off, "1/h", 0.006, 5e-4, 0.1, "calming of melanocytes", "assumed: half in 5 days") \
    X(melanin_turnover, "1/h", 0.0015, 2e-4, 0.01, "renewal of epidermal melanin", "assumed: half in 19 days, one epidermal turnover") \
    X(melanin_gain, "1", 4, 0, 10, "melanin made by fully active melanocytes, times normal", "assumed: order of tanning") \
    X(pigment_half, "1", 0.5, 0.02, 5, "gain of melanin at half chance of visible pigmentation", "fitted: 17 percent in types IV-V (PMID 25196684)")

#define MATRIX_PARAMS(X) \
    X(collagen_normal, "kg/m3", 112.5, 100, 250, "collagen of normal dermis, types I and III", "assumed: unverified recollection of Egberts 2021 and textbooks") \
    X(collagen_3_share, "1", 0.2, 0.15, 0.25, "share of type III in normal dermis", "10.3181/00379727-161-40548") \
    X(collagen_new_share, "1", 0.1, 0.01, 0.3, "share of normal type I without mature cross-links", "fitted: deposition of health stays below the measured synthesis of 0.037 percent/h (Babraj 2005)") \
    X(collagen_3_turnover, "1/h", 1.5e-4, 1e-4, 3e-3, "turnover of type III", "assumed: half in 6 months") \
    X(collagen_new_turnover, "1/h", 3e-4, 1e-4, 3e-3, "turnover of uncross-linked type I", "assumed: half in 3 months") \
    X(crosslinking, "1/h", 8e-4, 1e-4, 2e-3, "maturation of cross-links", "assumed: half in 5 weeks; PMID 12880417 still finds 89 percent extractable at 6 months") \
    X(synthesis_3, "kg/m3/h", 0.085, 0, 1, "type III laid down per fibroblast density at full signal", "fitted: rate highest about day 7 (10.3181/00379727-160-40470); amount of 10.1097/01.EWX.0000432504.85255.ec") \
    X(synthesis_1, "kg/m3/h", 0.3, 0, 2, "type I laid down per fibroblast density at full signal", "fitted: rate highest about day 7 (10.3181/00379727-160-40470); amount of 10.1097/01.EWX.0000432504.85255.ec") \
    X(synthesis_half, "1", 0.5, 0.01, 5, "TGF-b at half synthesis and half elastin synthesis", "assumed: order of a wound's TGF-b") \
    X(tgfb3_potency, "1", 1.0, 0, 5, "synthesis by TGF-b3 against TGF-b1", "assumed: equal, since both drive synthesis through the same receptors") \
    X(pdgf_potency_3, "1", 1.5, 0, 5, "type III synthesis by PDGF against TGF-b1", "assumed: III starts with the first fibroblasts (PMID 360747)") \
    X(il1_block, "1", 0.15, 0.01, 10, "IL-1 or danger signal that halves collagen and elastin synthesis", "assumed: IL-1 represses COL1A1; I follows III by 2-3 days (PMID 360747)") \
    X(scaffold_3, "kg/m3", 2.5, 0.1, 30, "collagen III at half of the scaffold that type I needs", "assumed: III is laid first (Betz 1995)") \
    X(myofibroblast_synthesis, "1", 2.0, 0, 10, "synthesis of a myofibroblast against a fibroblast", "assumed: unverified recollection of contraction models") \
    X(collagen_fill, "1/h", 1.5e-3, 0, 5e-3, "refilling of missing collagen by fibroblasts", "fitted: strength 70-80 percent at 3 months (Levenson 1965 as quoted)") \
    X(collagen_crowding, "1", 1.6, 1.2, 5, "collagen, times normal, that halves further synthesis", "assumed: production falls with collagen as in Waugh & Sherratt 2007, g(C)") \
    X(proteolysis_new, "1/h", 0.002, 0, 0.05, "breakdown of type III and new type I per proteolysis", "assumed: hours to days in a wound with high MMP") \
    X(proteolysis_mature, "1/h", 3e-4, 0, 0.01, "breakdown of mature type I per proteolysis", "assumed: cross-links protect") \
    X(fibrinolysis, "1/h", 0.008, 1e-3, 0.1, "breakdown of the clot", "assumed: half in 3.6 days") \
    X(proteolysis_fibrin, "1/h", 0.01, 0, 0.5, "breakdown of the clot per proteolysis and phagocytes", "assumed: clot gone by day 7-10") \
    X(hyaluronan_turnover, "1/h", 0.029, 0.01, 0.1, "turnover of hyaluronan", "Waugh & Sherratt 2007 model file: 0.7 per day") \
    X(hyaluronan_gain, "1", 3.0, 0, 20, "largest extra synthesis of hyaluronan", "assumed: early wounds are rich in it; GAG up after needling (Aust 2011)") \
    X(tropoelastin_turnover, "1/h", 0.004, 1e-3, 0.05, "turnover of tropoelastin", "assumed: half in a week") \
    X(tropoelastin_gain, "1", 6.0, 0, 50, "largest extra synthesis of tropoelastin", "fitted: up at 3 months in photo-aged skin (10.1111/ijd.12761)") \
    X(elastin_turnover, "1/h", 1.54e-6, 6.6e-7, 2.9e-6, "turnover of functional elastin", "10.1172/JCI115204: 74 years, lung") \
    X(elastin_assembly, "1/h", 1.2e-5, 0, 1e-3, "functional elastin assembled per extra tropoelastin", "assumed: a few percent per month") \
    X(elastin_abnormal_turnover, "1/h", 5e-6, 0, 1e-3, "return of abnormal elastin", "assumed: years of sun") \
    X(proteolysis_elastin, "1/h", 3e-5, 0, 0.01, "breakdown of functional elastin per proteolysis", "assumed: desmosine falls for 6 months after wounding (PMID 12880417)") \
    X(proteolysis_abnormal, "1/h", 0.004, 0, 0.05, "clearing of abnormal elastin per proteolysis", "fitted: total elastin falls while tropoelastin rises (10.1111/ijd.12761)") \
    X(alignment_turnover, "1/h", 0.002, 0, 0.05, "reordering of fibres per proteolysis", "assumed: remodelling goes with breakdown") \
    X(alignment_floor, "kg/m3", 1, 0.01, 20, "collagen below which fibre order follows at once what is laid", "assumed: about a hundredth of normal dermis") \
    X(lesion_remodelling, "1/h", 8e-4, 0, 0.02, "old lesion turned into ordinary tissue at full signal", "assumed: graded improvement over sessions") \
    X(elastin_mass, "kg/m3", 4, 0, 50, "dry mass of normal elastic fibre", "assumed: a few percent of the collagen") \
    X(hyaluronan_mass, "kg/m3", 0.5, 0, 10, "dry mass of normal hyaluronan", "assumed: below one percent of the collagen") \
    X(strength_new, "1", 0.2, 0, 1, "strength of new against mature type I", "fitted: 3-10 percent at week 1, 15-30 at week 3, 70-80 at month 3 (Levenson 1965 as quoted)") \
    X(strength_3, "1", 0.2, 0, 1, "strength of type III against mature type I", "assumed: thin fibrils")

#define SURFACE_PARAMS(X) \
    X(barrier_recovery, "1/h", 1.1, 0.02, 5, "recovery of the water barrier, dry and narrow channel", "fitted: TEWL normal in 4-5 h (10.1208/s12248-011-9288-3)") \
    X(channel_closure, "1/h", 0.27, 0.01, 5, "closing of the open channel, dry", "fitted: calcein 12-18 h (10.1208/s12248-011-9288-3)") \
    X(occlusion_slowing, "1", 29, 0, 100, "slowing of both under a film: rate / (1 + this)", "fitted: impedance 44-67 h under a film (10.1038/s41598-020-75246-8), at most 2 h dry") \
    X(type_slowing, "1", 0.08, 0, 0.5, "longer channel life per Fitzpatrick step above II", "fitted: 50.2 to 66.5 h; the Asian group, 44.1 h, does not fit (10.1038/s41598-020-75246-8)") \
    X(barrier_width, "um", 500, 50, 5000, "width below which a channel is sealed without new epidermis", "assumed: 70-250 um channels are sealed long before they are re-covered") \
    X(bacteria_growth, "1/h", 0.48, 0.05, 1, "growth of bacteria", "10.1073/pnas.122244799: doubling 87 min") \
    X(bacteria_kill, "1/h", 12, 0.5, 200, "killing per wound-peak neutrophil density", "assumed: far below the rate in suspension (10.1073/pnas.122244799)") \
    X(bacteria_defence, "1/h", 0.55, 0, 5, "killing by resident defence", "assumed: clean skin clears small seeds; none infected in 12 trials (PMID 35426044)") \
    X(bacteria_limit, "1", 1000, 1, 1e5, "load at which growth stops", "assumed: 1e8 CFU/g") \
    X(bacteria_seed, "1", 0.5, 0, 10, "load brought in through a fully open surface without hygiene", "assumed: 5e3 CFU/g") \
    X(redness_il1, "1", 1.0, 0, 10, "weight of IL-1 in redness", "assumed: it dilates vessels") \
    X(redness_damage, "1", 1.0, 0, 10, "weight of the danger signal in redness", "assumed: histamine, gone within hours") \
    X(redness_neutrophils, "1", 0.3, 0, 10, "weight of neutrophils in redness", "assumed: they hold vessels open") \
    X(redness_m1, "1", 0.03, 0, 10, "weight of inflammatory macrophages in redness", "assumed: they keep vessels wide") \
    X(redness_vessels, "1", 0.01, 0, 10, "weight of new vessels in redness", "assumed: small against dilation") \
    X(redness_half, "1", 0.1, 0.01, 10, "signal at half of the greatest redness", "fitted: 2-3 days after 1.5 mm (downtime series)")

#define HIT_PARAMS(X) \
    X(cut_kills, "1", 0.35, 0, 1, "share of cells that die where tissue is cut but not removed", "assumed: solid needles push cells aside") \
    X(cut_matrix, "1", 0.25, 0, 1, "share of matrix that is lost where tissue is cut but not removed", "assumed: fibres are pushed aside more than cut") \
    X(cut_vessels, "1", 0.5, 0, 1, "share of capillaries that is lost where tissue is cut but not removed", "assumed: as the cells") \
    X(heat_matrix, "1", 0.8, 0, 1, "share of matrix that is lost where tissue is burnt", "assumed: denatured collagen is cleared") \
    X(halo_stress, "1", 0.1, 0, 1, "danger signal of stressed against torn tissue", "assumed: stretched cells leak some")

#define PERSON_PARAMS(X) \
    X(age_synthesis, "1", 0.32, 0, 0.9, "loss of collagen synthesis from 25 to 80 years", "10.2353/ajpath.2006.051302: procollagen 82 to 56 ng/ml") \
    X(age_migration, "1", 0.3, 0, 0.9, "loss of cell growth and closure from 25 to 80 years", "10.2353/ajpath.2006.051302: attachment 78 to 58 percent") \
    X(age_elastin, "1", 0.3, 0, 0.9, "loss of functional elastin from 25 to 80 years", "assumed: residence of decades and no renewal") \
    X(photodamage_synthesis, "1", 0.57, 0, 0.95, "loss of collagen synthesis at full photodamage", "PMID 11238041: procollagen protein -57 percent") \
    X(photodamage_mmp, "1", 1.0, 0, 5, "extra MMP at full photodamage", "assumed: PMID 11238041 finds degraded collagen 3.6-fold") \
    X(photodamage_collagen, "1", 0.2, 0, 0.8, "papillary collagen missing at full photodamage", "assumed: unverified recollection of histology") \
    X(photodamage_elastosis, "1", 0.9, 0, 5, "abnormal elastin of papillary dermis at full photodamage", "assumed: elastosis rivals normal elastin") \
    X(young_abnormal, "1", 0.05, 0, 1, "abnormal elastin of protected skin", "assumed: small beside functional elastin") \
    X(smoking_synthesis, "1", 0.2, 0, 0.9, "loss of collagen synthesis in heavy smokers", "assumed: about 20 percent (unverified recollection of Knuutinen 2002)") \
    X(smoking_mmp, "1", 0.5, 0, 5, "extra MMP in heavy smokers", "assumed: unverified recollection of Knuutinen 2002") \
    X(smoking_perfusion, "1", 0.25, 0, 0.9, "loss of blood supply in heavy smokers", "assumed: nicotine narrows vessels") \
    X(stress_healing, "1", 0.24, 0, 0.9, "slower cell growth under heavy stress", "assumed: 24 percent longer (unverified recollection of Kiecolt-Glaser 1995)") \
    X(pollution_mmp, "1", 0.2, 0, 5, "extra MMP in heavy pollution", "assumed: a fraction of smoking") \
    X(sun_mmp, "1", 0.5, 0, 5, "extra MMP in full sun", "assumed: ultraviolet induces MMP-1") \
    X(sun_melanin, "1", 1.5, 0, 10, "extra melanocyte activation in full sun", "assumed: ultraviolet adds to inflammation") \
    X(type_melanin, "1", 0.5, 0.1, 2, "response falls from type VI as (type/6)^(1/this)", "assumed: PIH 0 in mixed types, 17 percent in IV-V (PMID 25196684)") \
    X(rat_turnover, "1", 3.35, 1, 5, "collagen turnover of rat against man", "Babraj 2005 and rat protein breakdown study: 0.124 / 0.037 percent/h") \
    X(dexpanthenol_cover, "1", 1.0, 0, 3, "faster epidermal growth under dexpanthenol", "10.2147/CCID.S409310: closed at 24 against 48 h") \
    X(retinoid_synthesis, "1", 0.3, 0, 2, "more collagen synthesis under a retinoid", "assumed: unverified recollection of trials") \
    X(retinoid_mmp, "1", 0.4, 0, 1, "less MMP under a retinoid", "assumed: unverified recollection of trials") \
    X(vitamin_c_synthesis, "1", 0.2, 0, 2, "more collagen synthesis under vitamin C", "assumed: cofactor of hydroxylation") \
    X(hydroquinone_melanin, "1", 0.6, 0, 1, "less melanin under hydroquinone", "assumed: PIH 4 percent of sessions with it (PMID 23652890)") \
    X(steroid_il1, "1", 0.6, 0, 1, "less IL-1 under a steroid cream", "assumed: order of potency") \
    X(steroid_synthesis, "1", 0.4, 0, 1, "less collagen synthesis under a steroid cream", "assumed: skin thins under steroids") \
    X(occlusion_cover, "1", 0.5, 0, 3, "faster epidermal growth under a film", "assumed: moist wounds cover sooner (unverified recollection of Winter 1962)")

#define LESION_PARAMS(X) \
    X(acne_collagen, "1", 0.65, 0.1, 1.5, "collagen of an atrophic acne scar, times normal", "assumed: atrophy of a third") \
    X(acne_elastin, "1", 0.4, 0, 1.5, "functional elastin of an atrophic acne scar, times normal", "assumed: PMID 29226630 finds abnormal fibres") \
    X(acne_abnormal, "1", 0.5, 0, 3, "abnormal elastin of an atrophic acne scar", "assumed: PMID 29226630 finds it markedly raised") \
    X(acne_alignment, "1", 0.4, 0, 1, "fibre order of an atrophic acne scar", "assumed: between skin and scar") \
    X(striae_collagen, "1", 0.75, 0.1, 1.5, "collagen of a stretch mark, times normal", "assumed: thinned dermis") \
    X(striae_elastin, "1", 0.3, 0, 1.5, "functional elastin of a stretch mark, times normal", "assumed: broken elastin") \
    X(striae_abnormal, "1", 0.3, 0, 3, "abnormal elastin of a stretch mark", "assumed: fragments of broken fibres stay") \
    X(striae_alignment, "1", 0.7, 0, 1, "fibre order of a stretch mark", "assumed: parallel bundles") \
    X(scar_collagen, "1", 1.05, 0.1, 2, "collagen of an old surgical scar, times normal", "assumed: a little denser") \
    X(scar_alignment, "1", 0.7, 0, 1, "fibre order of an old surgical scar", "assumed: mostly parallel") \
    X(burn_collagen, "1", 1.3, 0.1, 2, "collagen of an old burn scar, times normal", "assumed: thick and dense") \
    X(burn_alignment, "1", 0.85, 0, 1, "fibre order of an old burn scar", "assumed: more parallel than a surgical scar") \
    X(scar_elastin, "1", 0.1, 0, 1.5, "functional elastin of surgical and burn scars, times normal", "assumed: desmosine falls for months (PMID 12880417)") \
    X(scar_3_share, "1", 0.27, 0.1, 0.6, "type III share of old scars", "assumed: PMID 12880417 finds +70 percent at 6 months, less later") \

#define PARAMS(X) \
    TRANSPORT_PARAMS(X) SIGNAL_PARAMS(X) CELL_PARAMS(X) MATRIX_PARAMS(X) SURFACE_PARAMS(X) HIT_PARAMS(X) PERSON_PARAMS(X) LESION_PARAMS(X)

/* What follows from the parameters and from the person. */
#define DERIVED(X) \
    X(base_fibroblasts, "1", "fibroblasts of healthy dermis") \
    X(base_vessels, "1", "capillaries of healthy dermis") \
    X(base_collagen_3, "kg/m3", "type III of reticular dermis") \
    X(base_collagen_new, "kg/m3", "uncross-linked type I of reticular dermis") \
    X(base_collagen_1, "kg/m3", "mature type I of reticular dermis") \
    X(papillary_collagen_3, "kg/m3", "type III of papillary dermis") \
    X(papillary_collagen_new, "kg/m3", "uncross-linked type I of papillary dermis") \
    X(papillary_collagen_1, "kg/m3", "mature type I of papillary dermis") \
    X(base_elastin, "1", "functional elastin of healthy dermis") \
    X(base_abnormal_papillary, "1", "abnormal elastin of papillary dermis") \
    X(base_abnormal_reticular, "1", "abnormal elastin of reticular dermis") \
    X(old_collagen_3, "kg/m3", "type III of the lesion") \
    X(old_collagen_new, "kg/m3", "uncross-linked type I of the lesion") \
    X(old_collagen_1, "kg/m3", "mature type I of the lesion") \
    X(old_elastin, "1", "functional elastin of the lesion") \
    X(old_abnormal, "1", "abnormal elastin of the lesion") \
    X(old_alignment, "1", "fibre order of the lesion") \
    X(turnover_3, "1/h", "turnover of type III in this species") \
    X(turnover_new, "1/h", "turnover of new type I in this species") \
    X(turnover_mature, "1/h", "turnover of mature type I: crosslinking x new / mature") \
    X(make_3, "kg/m3/h", "type III synthesis of this person") \
    X(make_1, "kg/m3/h", "type I synthesis of this person") \
    X(make_mmp, "1", "MMP made by this person against a young one") \
    X(make_il1, "1", "IL-1 made under this treatment") \
    X(supply, "1", "blood supply of this person against healthy") \
    X(growth, "1", "growth and migration of cells of this person against a young one") \
    X(cover_growth, "1/h", "growth of the epidermal cover of this person") \
    X(seal, "1/h", "recovery of the water barrier of this person now") \
    X(close, "1/h", "closing of channels of this person now") \
    X(melanocyte_response, "1/h", "activation of melanocytes of this person now") \
    X(melanin_made, "1", "melanin made by active melanocytes now") \
    X(seed, "1", "bacteria brought in through a fully open surface")
/* clang-format on */

#endif
