"""A needle puncture in collagenous tissue: four fields, exact rest in health, a puncture that fills up over four weeks."""

import math

import numpy
from lab import COMPUTED, EXACT, Row, table

TITLE = "Needle puncture in collagenous tissue (after Pensalfini & Buganza Tepole 2023)"
CITATION = ("Pensalfini M, Buganza Tepole A (2023) PLoS Comput Biol 19:e1010902, doi:10.1371/journal.pcbi.1010902, for the lineage; "
            "equations, units and the median parameter set: public repository Aswanth0704/dura_multi_wound_healing (READ; not "
            "peer reviewed).")
NOTE = """Mechanics are left out: the response to stretch is held at its healthy value (H = 1/2). The reference is an independent
solution of the same equations in an axisymmetric sheet (transport and reactions only); the finite-element run of the repository,
with mechanics, is not tabulated, so nothing here compares with it. `sharp`: the puncture has a sharp edge; `tanh`: an edge
0.25 mm wide. Values are means over the puncture, r < 0.25 mm; cells of 5 um, tolerance 1e-6 unless stated (the tolerance is
relative to the whole sheet, of which the puncture is 0.17 percent, so it has to be small). At a sharp edge the grid is of first
order; in 3D the edge cuts cells, whose mixture lets fibroblasts through."""

MODEL = "needle_puncture"
FIELDS = {"rho": "fibroblasts", "phi": "collagen", "c": "cytokine", "alpha": "inflammation"}
REST = {"rho": 1.0, "phi": 1.0, "c": 1.0, "alpha": 0.0}
WOUND = {"rho": 1e-4, "phi": 1e-2, "c": 1e-4, "alpha": 1.0}
RADIUS = 250.0


def sheet(lab, cell, *changes):
    return lab.run("needle_puncture", f"domain.cell={cell} um", f"domain.size=[6 mm, {max(cell, 20)} um]", "solver.tolerance=1e-6",
                   *changes)


def smooth(lab, cell):
    """Starts from the mask 0.5 (1 - tanh((r - R)/R)) instead of a punch."""
    r = (numpy.arange(round(6000 / cell)) + 0.5) * cell
    mask = 0.5 * (1 - numpy.tanh((r - RADIUS) / RADIUS))
    columns = [REST[key] + mask * (WOUND[key] - REST[key]) for key in FIELDS]
    text = "radius_um, " + ", ".join(FIELDS.values()) + "\n"
    text += "".join(", ".join(repr(float(x)) for x in line) + "\n" for line in zip(r, *columns))
    return lab.run("needle_puncture", f"domain.cell={cell} um", f"domain.size=[6 mm, {max(cell, 20)} um]", "wound.type=none",
                   "initial.file=start.csv", files=(("start.csv", text),))


def means(run, key, hours):
    """Area means over the puncture from the stored pictures."""
    edge = run.edge("x")
    inside = numpy.clip((RADIUS ** 2 - edge[:-1] ** 2) / (edge[1:] ** 2 - edge[:-1] ** 2), 0, 1)
    weight = inside * (edge[1:] ** 2 - edge[:-1] ** 2)
    pictures = [int(numpy.argmin(numpy.abs(24 * run.picture_days() - h))) for h in hours]
    values = run.field(FIELDS[key])[pictures].astype(float)
    return numpy.array([v.reshape(-1, len(weight))[0] @ weight / weight.sum() for v in values])


# ---- rows -----------------------------------------------------------------------------------------------------------------

def gates(lab):
    for precision in ("double", "mixed"):
        still = lab.run("needle_puncture", "wound.type=none", "output.at=[0 h, 672 h]", "domain.cell=50 um",
                        "domain.size=[6 mm, 50 um]", f"solver.precision={precision}")
        yield Row(MODEL, f"no wound, {precision}", "largest distance from (0, 1, 1, 1) in 672 h", 0.0,
                  float(numpy.max(still.series("unrest_most"))), 0.0, EXACT, absolute=True)
    wide = lab.run("needle_puncture", "domain.size=[30 mm, 50 um]", "domain.cell=50 um")
    yield Row(MODEL, "sheet of 30 mm radius", "distance from health far from the puncture, any time", 0.0,
              float(numpy.max(wide.series("unrest_least"))), 1e-10, EXACT, absolute=True)
    decay = lab.run("needle_puncture", "parameters.inflammation_diffusion=0 um2/h", "parameters.cytokine_inflammation=0 1/h",
                    "domain.cell=50 um", "domain.size=[6 mm, 50 um]", "solver.tolerance=1e-6")
    for hour in (74, 336, 672):
        yield Row(MODEL, "D_a = 0, p_ca = 0", f"inflammation in the puncture at {hour} h", math.exp(-0.0128 * hour),
                  float(means(decay, "alpha", [hour])[0]), 2e-4, EXACT, why="exp(-d_a t)")
    for name, run in (("sharp", sheet(lab, 5)), ("sharp, cells of 50 um", sheet(lab, 50)), ("tanh", smooth(lab, 5))):
        least = min(float(numpy.min(run.field(field))) for field in FIELDS.values())
        yield Row(MODEL, name, "negative values of any field in any picture", "none", "none" if least >= 0 else f"{least:g}", 0,
                  EXACT, why=f"lowest {least:.2g}")


WHY = "extrapolated from cells of 10 and 5 um at first order"


def sharp(lab, key, hours):
    return 2 * means(sheet(lab, 5), key, hours) - means(sheet(lab, 10), key, hours)


def headline(lab):
    for key, hour, value in (("rho", 74, 0.768), ("phi", 74, 0.170), ("c", 74, 1.169), ("phi", 672, 0.921)):
        yield Row(MODEL, "sharp", f"{FIELDS[key]} at {hour} h", value, float(sharp(lab, key, [hour])[0]), 1e-2, COMPUTED, why=WHY)


def courses(lab):
    lines = table("needle_puncture_transport_only")[1:]
    hours = [float(line["t_h"]) for line in lines]
    for start in ("sharp", "tanh"):
        for key, field in FIELDS.items():
            right = numpy.array([float(line[f"{key}_{start}"]) for line in lines])
            ours = sharp(lab, key, hours) if start == "sharp" else means(smooth(lab, 5), key, hours)
            for span, chosen in (("4 to 10 h", numpy.array(hours) <= 10), ("24 to 672 h", numpy.array(hours) > 10)):
                worst = float(numpy.max(numpy.abs(ours[chosen] / right[chosen] - 1)))
                yield Row(MODEL, start, f"{field}: largest relative difference, {span}", 0.0, worst, 1e-2, COMPUTED, absolute=True,
                          why=WHY if start == "sharp" else "")


def pair(lab, cell, tolerance):
    """3D block and axisymmetric disc of the same area with the same cells, for 74 h."""
    changes = ("time.end=74 h", f"domain.cell={cell} um", f"solver.tolerance={tolerance}", "output.at=[0 h, 24 h, 74 h]")
    thick = max(cell, 20)
    return (lab.run("needle_puncture_block", f"domain.size=[3 mm, 3 mm, {2 * thick} um]", *changes),
            lab.run("needle_puncture", f"domain.size=[1.6926 mm, {thick} um]", *changes))


def block(lab):
    case = "block of 3 x 3 mm beside a disc of the same area"
    solid, round_ = pair(lab, 12.5, 1e-5)
    for key in ("inflammation", "cytokine", "fibroblasts", "collagen"):
        yield Row(MODEL, case, f"{key} in the puncture at 74 h", float(round_.at(f"{key}_track", 74 / 24)),
                  float(solid.at(f"{key}_track", 74 / 24)), 0.03, COMPUTED, why="axisymmetric run; cells of 12.5 um",
                  miss="cells that the edge cuts, first order: see the next row" if key == "collagen" else "")
    gaps = []
    for cell in (25, 12.5):
        solid, round_ = pair(lab, cell, 1e-5)
        gaps.append(solid.at("collagen_track", 1) / round_.at("collagen_track", 1) - 1)
    yield Row(MODEL, case, "collagen at 24 h: difference with cells of 12.5 um / of 25 um", 0.5, float(gaps[1] / gaps[0]), 0.15, EXACT,
              absolute=True, why=f"first order: the cells that the edge cuts; {100 * gaps[1]:.0f} % with 12.5 um")
    solid = lab.run("needle_puncture_block")
    collagen = solid.field("collagen")[-1].astype(float)
    for what, other, allowed, why in (("planes", collagen[:1], 1e-6, ""), ("left and right", collagen[:, :, ::-1], 1e-6, ""),
                                      ("x and y", collagen.transpose(0, 2, 1), 1e-3,
                                       "the factors along x and y are applied in turn: within the tolerance of the steps")):
        yield Row(MODEL, "block of 6 x 6 x 0.4 mm", f"collagen at 168 h: largest difference between {what}", 0.0,
                  float(numpy.max(numpy.abs(collagen - other))), allowed, EXACT, absolute=True, why=why)


def rows(lab):
    if lab.quick:
        return list(gates(lab))[:3]
    return [*gates(lab), *headline(lab), *courses(lab), *block(lab)]


def figures(lab):
    from matplotlib import pyplot
    lines = table("needle_puncture_transport_only")[1:]
    hours = numpy.array([float(line["t_h"]) for line in lines])
    figure, axes = pyplot.subplots(1, 2, figsize=(10, 3.8), sharey=True)
    for panel, start, run in zip(axes, ("sharp", "tanh"), (sheet(lab, 5), smooth(lab, 5))):
        for (key, field), colour in zip(FIELDS.items(), ("tab:green", "tab:blue", "tab:orange", "tab:red")):
            panel.plot(hours / 24, [float(line[f"{key}_{start}"]) for line in lines], "o", color=colour, markersize=4)
            panel.plot(hours / 24, means(run, key, hours), color=colour, label=field)
        panel.set_title(f"{start} edge", fontsize=9)
        panel.set_xlabel("day")
    axes[0].set_ylabel("mean over the puncture / healthy")
    axes[0].legend(fontsize=8)
    lab.figure("needle_puncture", figure, "Lines: this program; points: independent solution (COMPUTED).")
    pyplot.close(figure)
