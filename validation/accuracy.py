"""Measures the accuracy of the solver and writes validation/accuracy.md, accuracy.csv and figures/accuracy_*.png.

    python3 validation/accuracy.py [--build BUILD] [--out FOLDER]        BUILD: build unless given; a few minutes

Builds and runs two programs: manufactured solutions (validation/mms) and problems with known answers (validation/exact).
Each prints rows (what was expected, what was found, whether that is inside the tolerance) and points of plots.  Nothing
is left out: a row outside its tolerance stays on the page.
"""

import argparse
import csv
import math
import os
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
PROGRAMS = {"mms": "cx_accuracy_mms", "exact": "cx_accuracy_exact"}
FIELDS = ["problem", "geometry", "measured", "rule", "expected", "found", "tolerance", "inside"]
GEOMETRIES = ["column", "slice", "axisymmetric", "patch"]
SIDES = ["no_flux", "periodic", "fixed", "robin"]
SPECIES = ["plain (MOVES)", "dense (VARIES)", "climber (TAXIS)", "roamer (ROAMS)"]


# ---- measuring -------------------------------------------------------------------------------------------------------

def build(folder):
    if not (folder / "CMakeCache.txt").exists():
        subprocess.run(["cmake", "-S", str(HERE.parent), "-B", str(folder)], check=True, stdout=subprocess.DEVNULL)
    subprocess.run(["cmake", "--build", str(folder), "-j", "2", "--target", *PROGRAMS.values()], check=True,
                   stdout=subprocess.DEVNULL)


def measure(folder):
    """Rows (dictionaries) and points {series: [(x, y), ...]} of both programs."""
    rows, points = [], {}
    for where, program in PROGRAMS.items():
        said = subprocess.run([str(folder / "validation" / where / program)], check=True, capture_output=True, text=True,
                              env={**os.environ, "OMP_NUM_THREADS": "1"}).stdout
        for line in csv.reader(said.splitlines()):
            if line[0] == "row":
                rows.append(dict(zip(FIELDS, line[1:])))
            else:
                points.setdefault(line[1], []).append((float(line[2]), float(line[3])))
    return rows, points


# ---- the page --------------------------------------------------------------------------------------------------------

def number(text):
    x = float(text)
    return "none" if math.isnan(x) else f"{x:.4g}" if x == 0 or abs(x) >= 1e-3 else f"{x:.2g}"


def verdict(row):
    return "yes" if row["inside"] == "yes" else "**no**"


def find(rows, problem, geometry, start):
    return next((r for r in rows if r["problem"] == problem and r["geometry"] == geometry
                 and r["measured"].startswith(start)), None)


def cell(row):
    """An order; bold where it is too low."""
    if row is None:
        return ""
    order = f"{float(row['found']):.2f}"
    return order if row["inside"] == "yes" else f"**{order}**"


def orders(rows, kind, grades=("uniform", "graded"), sides=SIDES):
    lines = ["| geometry | cells | sides | " + " | ".join(SPECIES) + " |", "|---" * 7 + "|"]
    for geometry in GEOMETRIES:
        for grade in grades:
            for side in sides:
                found = [find(rows, f"manufactured {kind}", f"{geometry} {grade} {side}", f"order of {s}") for s in SPECIES]
                if any(found):
                    lines.append(f"| {geometry} | {grade} | {side} | " + " | ".join(map(cell, found)) + " |")
    return lines


def table(rows):
    lines = ["| problem | geometry | measured | rule | expected | found | tolerance | inside |", "|---" * 8 + "|"]
    for r in rows:
        lines.append(f"| {r['problem']} | {r['geometry']} | {r['measured']} | {r['rule']} | {number(r['expected'])} | "
                     f"{number(r['found'])} | {number(r['tolerance'])} | {verdict(r)} |")
    return lines


def stiff_table(rows, points):
    """Error of 16 steps over that of the unforced problem, and the order from 8 to 64 steps."""
    lines = ["| geometry | decay, 1/h | decay x step at 16 steps | " + " | ".join(SPECIES) + " |", "|---" * 7 + "|"]
    for geometry in ("column", "slice", "patch"):
        for decay in ("10", "100", "1000", "10000", "1e+06"):
            cells = []
            for s in SPECIES:
                row = find(rows, f"manufactured stiff decay {decay} per h", geometry, s)
                p = points[f"stiff;{geometry} decay {decay} per h;{s}"]
                order = math.log(p[1][1] / p[4][1]) / math.log(p[1][0] / p[4][0])
                text = f"{float(row['found']):.2g} x; order {order:.1f}"
                cells.append(text if row["inside"] == "yes" else f"**{text}**")
            lines.append(f"| {geometry} | {float(decay):g} | {float(decay) / 32:.3g} | " + " | ".join(cells) + " |")
    return lines


def references(rows):
    lines = ["| problem | quantity | known | found | inside |", "|---" * 5 + "|"]
    with open(HERE / "exact" / "reference.csv", encoding="utf-8") as file:
        for ref in csv.DictReader(line for line in file if not line.startswith("#")):
            by = ref["measured_by"].split("|")
            row = find(rows, *by) if len(by) == 3 else None
            found = f"{number(row['found'])} ({row['measured']}; {row['rule']} {number(row['expected'])})" if row else by[0]
            lines.append(f"| {ref['problem']} | {ref['quantity']} | {ref['value']} | {found} | "
                         f"{verdict(row) if row else 'not measured'} |")
    return lines


def summary(rows):
    missed = [r for r in rows if r["inside"] != "yes"]
    lines = [f"{len(rows)} rows were measured, {len(rows) - len(missed)} are inside their tolerance, {len(missed)} are not. "
             "All of them, with every digit: [accuracy.csv](accuracy.csv).", ""]
    if missed:
        groups = {}
        for r in missed:
            groups.setdefault(r["problem"] + (" robin" if "robin" in r["geometry"] else ""), []).append(r)
        lines += ["| outside | rows | worst |", "|---|---|---|"]
        for name, some in groups.items():
            worst = max(some, key=lambda r: abs(float(r["found"]) - float(r["expected"])) if r["found"] != "nan" else 9e99)
            lines.append(f"| {name} | {len(some)} | {worst['geometry']}: {worst['measured']}: {number(worst['found'])}, "
                         f"{worst['rule']} {number(worst['expected'])} |")
    return lines


def page(rows, points):
    exact = [r for r in rows if not r["problem"].startswith("manufactured")]
    control = [r for r in rows if r["problem"] == "manufactured control"]
    return "\n".join([
        HEAD, *summary(rows), SPACE, *orders(rows, "space"), WALL, *orders(rows, "wall", sides=["fixed", "robin"]),
        TIME, *orders(rows, "time"), STIFF, *stiff_table(rows, points), CONTROL, *table(control), EXACT, *table(exact),
        REFERENCE, *references(rows), LIMITS])


HEAD = """# Accuracy of the solver, measured

Made by `python3 validation/accuracy.py`; nothing on this page is typed by hand. The step is ROS2 with approximate matrix
factorisation (`engine/solve/stepper.h`), space is finite volumes (`engine/space/`). Everything runs through the same
stepper that simulations use, in double stages unless a row says otherwise. Bold: outside the tolerance. Orders are the
slope between the two finest levels.

## Summary
"""
SPACE = """
## Order in space
Manufactured solutions (`validation/mms`): sources are chosen so that a known smooth function solves the equations with the
sides in question; four species, one for each kind of movement. Steps shrink with the cells and are so small that the error
of time hardly counts. Cells: 16 to 256 (column), 16 to 128 (slice, axisymmetric), 12 to 48 (patch) along each axis;
graded: sizes differ by a factor of 4 (periodic: 3). Expected 2, at least 1.9: in L2 for diffusion, in L1 where a limiter works.
At Robin sides D does not depend on the density.

![error against cell size](figures/accuracy_space.png)
"""
WALL = """
## Order at the wall
The same runs: largest error in the cells at fixed and Robin sides.
"""
TIME = """
## Order in time
One grid (24 cells along each axis, patch 12), 8 to 128 equal steps to t = 0.5; the error is the L2 distance to 1024 steps on
the same grid. Expected 2, at least 1.9. A radius cannot be periodic: there the outer side is closed and only z is a ring.

![error against step](figures/accuracy_time.png)
"""
STIFF = """
## Stiff reactions
The same problem with a decay and a source that tie the species to a function of time ever faster, as fast signals follow
slow cells. First number: error of 16 steps relative to the same with decay 1 (at most 10 is expected); then the observed order from
8 to 64 steps. A Rosenbrock-W method is of order 2 when steps resolve the reaction; when they do not, its order may fall to 1.

![stiff reactions](figures/accuracy_stiff.png)
"""
CONTROL = """
## Error against tolerance
With the step control, from a first step of 1e-4 h: largest relative L2 error over the four species, against 4096 steps on the same
grid. "float stages" is what runs use by default: state in double, stages in float.

![error against tolerance](figures/accuracy_control.png)
"""
EXACT = """
## Problems with known answers
`validation/exact`; the equations stand in the heads of `tests/models/{fronts,spread,drift,swarm,spots}`.

![error against cell size](figures/accuracy_exact.png)
"""
REFERENCE = """
## The reference table
[exact/reference.csv](exact/reference.csv) with the row that measures each line. The minimal Fisher speed 2 is reached from below: a front from a step has the
mean speed 1.9796 at t = 60 to 80, which is what is measured.
"""
LIMITS = """
## What this does not show
Manufactured solutions are smooth; wounds have steep edges, where a scheme of order 2 is of order 1. The orders are those of the
equations as discretised on these grids, not of a model's agreement with tissue. A ball cannot be represented, so its mode is not measured.
"""


# ---- figures ---------------------------------------------------------------------------------------------------------

def slope(axes, series, order):
    """A grey guide of the given order below the data."""
    xs = sorted({x for p in series for x, _ in p})
    low = min(y for p in series for _, y in p if y > 0)
    axes.plot([xs[0], xs[-1]], [low / 2, low / 2 * (xs[-1] / xs[0]) ** order], color="0.6", lw=1, ls=":")
    axes.text(xs[-1], low / 2 * (xs[-1] / xs[0]) ** order, f" order {order}", fontsize=7, color="0.4")


def finish(figure, axes, path, x_label):
    from matplotlib.ticker import NullFormatter
    for a in axes:
        a.set_xscale("log")
        a.set_yscale("log")
        a.set_xlabel(x_label, fontsize=8)
        a.tick_params(labelsize=7)
        a.xaxis.set_minor_formatter(NullFormatter())
    axes[0].set_ylabel("error", fontsize=8)
    figure.tight_layout()
    figure.savefig(path, dpi=90, metadata={"Software": None})


def order_figure(plt, points, kind, path, x_label):
    colours = dict(zip(SIDES, ("C0", "C2", "C1", "C3")))
    figure, axes = plt.subplots(1, 4, figsize=(13, 3.8))
    for a, geometry in zip(axes, GEOMETRIES):
        mine = {k: v for k, v in points.items() if k.startswith(f"{kind};{geometry} ")}
        for series, p in mine.items():
            grade, side = series.split(";")[1].split()[1:]
            a.plot(*zip(*p), color=colours[side], ls="-" if grade == "uniform" else "--", lw=0.8, marker=".", ms=3)
        slope(a, mine.values(), 2)
        a.set_title(geometry, fontsize=9)
    for side in SIDES:
        axes[0].plot([], [], color=colours[side], label=side)
    axes[0].legend(fontsize=7, title="dashed: graded", title_fontsize=7)
    finish(figure, axes, path, x_label)


def line_figure(plt, groups, path, x_label, order):
    """groups: [(title, {label: points})]; legends stand below."""
    figure, axes = plt.subplots(1, len(groups), figsize=(13, 4 + 0.16 * max(len(lines) for _, lines in groups)))
    for a, (title, lines) in zip(axes, groups):
        for label, p in lines.items():
            a.plot(*zip(*[(x, max(y, 1e-16)) for x, y in p]), lw=0.9, marker=".", ms=4, label=label)
        slope(a, lines.values(), order)
        a.set_title(title, fontsize=9)
        a.legend(fontsize=6, loc="upper left", bbox_to_anchor=(-0.1, -0.14), frameon=False)
    finish(figure, axes, path, x_label)


def figures(points, folder):
    import matplotlib
    matplotlib.use("Agg")
    import matplotlib.pyplot as plt
    order_figure(plt, points, "space", folder / "accuracy_space.png", "cell size")
    order_figure(plt, points, "time", folder / "accuracy_time.png", "step, h")
    stiff = [(g, {k.split(";")[1].split(" ", 1)[1]: p for k, p in points.items()
                  if k.startswith(f"stiff;{g} ") and "plain" in k}) for g in ("column", "slice", "patch")]
    line_figure(plt, stiff, folder / "accuracy_stiff.png", "step, h", 2)
    control = [(d, {k.split(";")[2]: p for k, p in points.items() if k.startswith(f"control;{d}")})
               for d in ("decay 1 per h", "decay 100 per h", "decay 10000 per h")]
    line_figure(plt, control, folder / "accuracy_control.png", "tolerance", 1)
    exact = {" ".join(k.split(";")[1:]).replace("largest relative error  ", ""): p for k, p in points.items()
             if k.startswith("exact;")}
    groups = [(title, {k: p for k, p in exact.items() if any(w in k for w in words)}) for title, words in (
        ("fronts", ("Fisher", "Nagumo")), ("spreading", ("Barenblatt", "kernel")),
        ("sources and modes", ("steady", "mode")), ("growth and taxis", ("Keller", "Schnak", "taxis", "heap")))]
    line_figure(plt, groups, folder / "accuracy_exact.png", "cell size", 2)


def write(rows, points, out):
    (out / "figures").mkdir(parents=True, exist_ok=True)
    with open(out / "accuracy.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, FIELDS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    (out / "accuracy.md").write_text(page(rows, points), encoding="utf-8")
    figures(points, out / "figures")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--build", type=pathlib.Path, default=HERE.parent / "build", help="build folder")
    parser.add_argument("--out", type=pathlib.Path, default=HERE, help="where the page goes")
    parser.add_argument("--no-build", action="store_true", help="the programs are there")
    asked = parser.parse_args()
    if not asked.no_build:
        build(asked.build)
    rows, points = measure(asked.build)
    write(rows, points, asked.out)
    missed = sum(r["inside"] != "yes" for r in rows)
    print(f"{len(rows)} rows, {missed} outside their tolerance: {asked.out / 'accuracy.md'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
