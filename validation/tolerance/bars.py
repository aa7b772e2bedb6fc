#!/usr/bin/env python3
"""Do the error bars of `cicatrix run --certify` hold?  Compares them with better runs and writes bars.md beside this file.

    python3 validation/tolerance/bars.py [PROGRAM] [NAME]...

PROGRAM: build/cicatrix unless given; NAME: scenarios of configs/, else the list below.  Each is run with --certify, with a
hundredth of the tolerance in double precision (what is left is the error of time), and with cells of half the width (4/3 of
the difference is the error of the grid for order 2, 2 times for order 1; both are judged).  About five minutes.
"""

import json
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
NAMES = ["single_puncture", "pen_0p5mm", "pen_1p5mm", "pen_2p5mm", "barrier_occluded", "kalluri_2011_rat", "teaching_slice"]
NEGLIGIBLE = 1e-9   # relative errors below this are round-off


def run(program, name, folder, *changes):
    words = [program, "run", ROOT / "configs" / f"{name}.yml", "-o", folder, "-q", "--progress=none", *changes]
    subprocess.run([str(w) for w in words], check=True, stdout=subprocess.DEVNULL)
    return json.loads((folder / "outcomes.json").read_text())["outcomes"]


def setting(text, key):
    """The number of a line "  key: 1.12 um   # ..." of an effective configuration."""
    for line in text.splitlines():
        words = line.split()
        if words[:1] == [key + ":"]:
            return float(words[1]), words[2] if len(words) > 2 and not words[2].startswith("#") else ""
    raise ValueError(f"no {key}")


def finer(config):
    """Half the width of the cells along every axis: a growing axis keeps its shape with the root of its stretch."""
    text = config.read_text()
    stretch, lateral = setting(text, "stretch")[0], setting(text, "lateral_stretch")[0]
    parts = {"cell": 1 + lateral ** 0.5, "surface_cell": 1 + stretch ** 0.5, "deep_cell": 2}
    changes = []
    for key, part in parts.items():
        value, unit = setting(text, key)
        changes += ["--set", f"domain.{key}={value / part:.17g} {unit}"]
    for key, value in (("stretch", stretch), ("lateral_stretch", lateral)):
        changes += ["--set", f"domain.{key}={value ** 0.5:.17g}"]
    return changes


def holds(outcomes, better, kind, factor):
    """Bars that hold, bars that were judged, and the worst that does not."""
    good, judged, worst, name = 0, 0, 1, ""
    for key, row in outcomes.items():
        value, bar, ideal = row["value"], row["error"][kind], better[key]["value"]
        if None in (value, bar, ideal) or abs(value - ideal) <= NEGLIGIBLE * max(abs(value), 1e-3):
            continue
        judged += 1
        error = factor * abs(value - ideal)
        good += error <= bar
        if error > worst * bar:
            worst, name = error / bar if bar else float("inf"), key
    return f"{good} of {judged}" + (f" (worst: {name}, {worst:.2g} bars)" if name else "")


def row(program, name, folder):
    outcomes = run(program, name, folder / "run", "--certify")
    ideal = run(program, name, folder / "time", "--set", f"solver.tolerance={tolerance(folder) / 100:.17g}",
                "--set", "solver.precision=double")
    fine = run(program, name, folder / "grid", *finer(folder / "run" / "config.yml"))
    c = json.loads((folder / "run" / "certificate.json").read_text())
    return (f"| {name} | {c['time']['cost']:.2f} | {holds(outcomes, ideal, 'time', 1)} | {c['grid']['cost']:.2f} | "
            f"{holds(outcomes, fine, 'grid', 4 / 3)} | {holds(outcomes, fine, 'grid', 2)} |")


def tolerance(folder):
    return json.loads((folder / "run" / "outcomes.json").read_text())["numerics"]["tolerance"]


PAGE = """# Error bars: how often they hold

`cicatrix run FILE --certify` gives every outcome an error bar for time steps and one for the grid (`cicatrix explain certify`).
Here they are compared with better runs.  Made by

```sh
python3 validation/tolerance/bars.py
```

Cost is cell-steps of the repeat / cell-steps of the run.  A bar of the grid is judged twice: against the error of this grid if
the finer one shows second order, and if it shows first order.

{table}

The worst misses are outcomes that hang on one instant or one cell (a peak in the first sample, the hour at which a threshold
is passed).  Read the bars as sizes, not as limits.
"""


def main():
    words = sys.argv[1:]
    program = words.pop(0) if words else str(ROOT / "build" / "cicatrix")
    lines = ["| scenario | cost, time | bars of time that hold | cost, grid | grid, order 2 | grid, order 1 |",
             "|---|---|---|---|---|---|"]
    for name in words or NAMES:
        with tempfile.TemporaryDirectory() as folder:
            lines.append(row(program, name, pathlib.Path(folder)))
        print(lines[-1], file=sys.stderr)
    print("\n".join(lines))
    if not words:
        (HERE / "bars.md").write_text(PAGE.format(table="\n".join(lines)))


if __name__ == "__main__":
    main()
