#!/usr/bin/env python3
"""Does solver.tolerance mean what it says?  Runs every starter scenario of configs/ as a user would and again with a
hundredth of the tolerance in double precision on the same grid, and writes README.md beside this file: the achieved
error of outcomes, time series and stored fields as a multiple of the tolerance, and the steps it took.

    python3 validation/tolerance/tolerance.py [PROGRAM] [--only NAME]... [--work FOLDER] [--jobs N]

PROGRAM: build/cicatrix unless given.  Two runs at a time on two cores, one thread each; about ten minutes.  Finished runs
are kept in the work folder (build/tolerance) and used again by the same program, stopped ones go on from their checkpoint,
so the command may be interrupted and repeated.  With --only the table is printed and README.md stays as it is.
"""

import argparse
import concurrent.futures
import csv
import hashlib
import json
import os
import pathlib
import subprocess
import sys
import time

try:
    import h5py
    import numpy as np
except ImportError as missing:
    print(f"skipped: {missing} (Debian: python3-h5py, python3-numpy)")
    sys.exit(77)

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
ALLOWED = 3         # times the tolerance
FINER = 100         # tolerance of the run / tolerance of its reference
USUAL = 1e-3        # share of the usual size of a species that the step control adds to its present size
COARSER = 2         # blocks in three dimensions: cells so much wider, to fit into minutes
TOO_MANY = 8000     # cells above which a block is made coarser
ANOTHER_PEAK = 7    # days: a difference larger than this means that another session has the largest value
# Outcomes near zero count with these sizes, in their unit: one point of a percentage, one day, one hour ...
LEAST = {"percent": 1, "day": 1, "h": 1, "um": 1, "1": 0.01, "kg/m3": 0.1}


# ---- running ----------------------------------------------------------------------------------------------------------

def call(*words):
    done = subprocess.run([str(w) for w in words], capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{' '.join(map(str, words))}\n{done.stderr.strip()}")
    return done.stdout


def plan(program, config, *changes):
    return json.loads(call(program, "check", config, "--json", *changes))["files"][0]["plan"]


def number_of(program, config, path, unit):
    """A setting of the scenario, from the text of the file or the default of the program."""
    words = config.read_text().replace("{", " ").replace("}", " ").replace(",", " ").split()
    key = path.split(".")[-1] + ":"
    if key in words:
        value, its_unit = float(words[words.index(key) + 1]), words[words.index(key) + 2]
        return value * 1000 if its_unit == "mm" and unit == "um" else value
    for line in call(program, "explain", path).splitlines():
        if line.split()[:1] == ["default"]:
            return float(line.split()[1])
    raise RuntimeError(f"{config}: what is {path}?")


def coarser(program, config):
    """Overrides for twice as wide cells where a block would take too long, else none."""
    shape = plan(program, config)["shape"]
    if shape[1] == 1 or shape[0] * shape[1] * shape[2] <= TOO_MANY:
        return []
    changes = []
    for path in ("domain.cell", "domain.surface_cell", "domain.deep_cell"):
        changes += ["--set", f"{path}={COARSER * number_of(program, config, path, 'um'):g} um"]
    stretch = number_of(program, config, "domain.stretch", "1")
    return changes + ["--set", f"domain.stretch={min(1.5, stretch ** COARSER):.6g}"]


def simulate(job):
    """One run into its folder, unless it is there already; returns its wall time."""
    program, config, folder, changes, mark = job
    done = folder / "finished"
    if done.exists() and done.read_text() == mark:
        return 0
    start = time.monotonic()
    began = folder / "started"
    if began.exists() and began.read_text() == mark and (folder / "results" / "run.nc").exists():
        again = subprocess.run([program, "resume", folder / "results", "-q", "--progress=none"], capture_output=True)
        if again.returncode == 0:
            done.write_text(mark)
            return time.monotonic() - start
    folder.mkdir(parents=True, exist_ok=True)
    began.write_text(mark)
    done.unlink(missing_ok=True)
    call(program, "run", config, "-o", folder / "results", "--force", "-q", "--progress=none", *changes)
    done.write_text(mark)
    return time.monotonic() - start


# ---- comparing --------------------------------------------------------------------------------------------------------

def tied(series, days, shapes, tolerance):
    """Are the peaks of the reference at two times as high as each other within the tolerance?  Then which of them is the
    higher is not a question for this tolerance."""
    names, table = shapes
    column = names.index(series)
    height = np.interp(days, table[:, 0], table[:, column])
    return abs(height[0] - height[1]) <= tolerance * np.nanmax(np.abs(table[:, column]))


def outcome_error(run, reference, peaks, shapes, tolerance):
    """Largest error of an outcome against its own value, and its name; `never` against a number is an infinite one.  Also
    the names of peak days that are ties."""
    worst, name, ties = 0, "", []
    for key, row in reference["outcomes"].items():
        a, b = run["outcomes"][key]["value"], row["value"]
        if a is None and b is None:
            continue
        error = float("inf")
        if a is not None and b is not None:
            error = abs(a - b) / max(abs(b), LEAST.get(row["unit"], 0.01))
        if key in peaks and row["unit"] == "day" and None not in (a, b) and abs(a - b) > ANOTHER_PEAK:
            if tied(peaks[key], [a, b], shapes, tolerance):
                ties.append(key)
                continue
        if error > worst:
            worst, name = error, key
    return (worst, name), ties


def columns(path):
    with open(path, newline="") as file:
        rows = [r for r in csv.reader(file) if r and not r[0].startswith("#")]
    return rows[0], np.array([[float(c or "nan") for c in r] for r in rows[1:]])


def series_error(run, reference):
    """Largest error at any time, against the series' own largest value.  The instant of a session is left out: both runs
    hold the values before and after it, and between them nothing can be interpolated."""
    names, ours = columns(run)
    _, theirs = columns(reference)
    t, at = ours[:, 0], theirs[:, 0]
    jump = at[1:][np.diff(at) == 0]
    quiet = ~np.isin(at, jump)
    worst, name = 0, ""
    for i in range(1, len(names)):
        size = np.nanmax(np.abs(theirs[:, i]))
        if not size > 0:
            continue
        error = np.nanmax(np.abs(np.interp(at[quiet], t, ours[:, i]) - theirs[quiet, i])) / size
        if error > worst:
            worst, name = error, names[i]
    return worst, name


def volumes(file):
    edges = [np.asarray(file[f"grid/{d}_edge"], dtype=float) for d in "xyz"]
    x = np.diff(edges[0] ** 2) if file.attrs.get("geometry", b"") in (b"axisymmetric", "axisymmetric") else np.diff(edges[0])
    return np.diff(edges[2])[:, None, None] * np.diff(edges[1])[None, :, None] * x[None, None, :]


def field_error(run, reference, scales):
    """Largest root-mean-square error of a stored field in a picture, against the largest root-mean-square value of the field;
    and the same against its value in that picture, in the norm of the step control."""
    worst, tail = (0, ""), (0, "")
    with h5py.File(run) as a, h5py.File(reference) as b:
        weight = volumes(a).ravel()
        for key in b:
            if key not in scales:
                continue
            frames = b[key].shape[0]
            ours = np.asarray(a[key], dtype=float).reshape(frames, -1)
            theirs = np.asarray(b[key], dtype=float).reshape(frames, -1)
            norm = np.sqrt((theirs ** 2 @ weight) / weight.sum())
            miss = np.sqrt(((ours - theirs) ** 2 @ weight) / weight.sum())
            if norm.max() > 0:
                worst = max(worst, (miss.max() / norm.max(), key))
            tail = max(tail, ((miss / (norm + USUAL * scales[key])).max(), key))
    return worst, tail


# ---- the table --------------------------------------------------------------------------------------------------------

def compare(program, folder, scenario):
    name, tolerance, note = scenario
    pair = [folder / name / which / "results" for which in ("run", "reference")]
    record = [json.loads((p / "outcomes.json").read_text()) for p in pair]
    numerics = [r["numerics"] for r in record]
    about = json.loads(call(program, "describe", record[0]["model"], "--json"))
    scales = {s["name"]: s["scale"] for s in about["species"]}
    peaks = {o["name"]: o["series"] for o in about["outcomes"] if o["read"].startswith("time of the")}
    outcomes, ties = outcome_error(*record, peaks, columns(pair[1] / "series.csv"), tolerance)
    errors = [outcomes, series_error(*(p / "series.csv" for p in pair)),
              *field_error(*(p / "run.nc" for p in pair), scales)]
    return {"name": name, "note": note, "tolerance": tolerance, "cells": numerics[0]["cells"],
            "steps": numerics[0]["steps"], "rejected": numerics[0]["rejected_steps"],
            "reference_steps": numerics[1]["steps"], "errors": errors, "ties": ties,
            "met": all(e <= ALLOWED * tolerance for e, _ in errors[:3])}


def table(rows):
    lines = ["| scenario | cells | steps (rejected) | steps of the reference | outcomes | series | fields | within | in each picture |",
             "|---|---|---|---|---|---|---|---|---|"]
    for r in rows:
        cells = [f"{e / r['tolerance']:.2g} ({n})" for e, n in r["errors"]]
        lines.append(f"| {r['name']}{r['note']} | {r['cells']:.0f} | {r['steps']:.0f} ({r['rejected']:.0f}) | "
                     f"{r['reference_steps']:.0f} | {' | '.join(cells[:3])} | {'yes' if r['met'] else '**no**'} | {cells[3]} |")
    return "\n".join(lines)


PAGE = """# Step control: the error that a tolerance gives

Every starter scenario of `configs/`, run as it stands (mixed precision) and compared with itself at a hundredth of the
tolerance in double precision on the same grid.  Made by

```sh
python3 validation/tolerance/tolerance.py
```

Numbers are multiples of `solver.tolerance`; 1 is an error of one tolerance ({tolerance:g} unless a scenario sets it), and the
name in brackets is the one that sets it.  Wanted: at most {allowed} everywhere.

- **outcomes**: the largest error of any outcome against its own value; near zero against one point of a percentage, one day,
  one hour, one um, 0.01 (dimensionless) or 0.1 kg/m3.
- **series**: the largest error at any time against the largest value of the series.
- **fields**: the largest root-mean-square error over all pictures and fields, against the largest root-mean-square value of
  the field: as for the series.
- **in each picture**, no part of the promise: the same, but against the value in that picture (plus {usual:g} of the usual size
  of the species).  In this norm the step control limits each step; where a field has died down to a thousandth of its peak,
  the errors of all steps before show.

{table}

{verdict}

Marked scenarios (*) are blocks of more than {many} cells, run here with cells {coarser} times as wide in each direction to
fit into minutes.  All errors are those of time steps on the grid of the run.  {ties}

The error of the grid is another matter: `cicatrix run FILE --certify` measures both for one run, and [bars.md](bars.md)
measures how often those error bars hold.
"""


def ties_of(rows):
    found = [f"{r['name']} ({', '.join(r['ties'])})" for r in rows if r["ties"]]
    if not found:
        return "No peak day was left out."
    return ("Left out are peak days of series whose peaks after two sessions are as high as each other within the tolerance, so\n"
            f"that runs may name either: {', '.join(found)}.")


def verdict(rows):
    met = sum(r["met"] for r in rows)
    worst = max(e / r["tolerance"] for r in rows for e, _ in r["errors"][:3])
    return f"{met} of {len(rows)} scenarios keep the promise; the largest multiple is {worst:.2g}."


def scenarios():
    """Names of the scenarios among the starter files; the others are studies of them."""
    files = sorted((ROOT / "configs").glob("*.yml"))
    return [p.stem for p in files if "\ncicatrix: 1" in "\n" + p.read_text()]


def jobs_of(program, work, names):
    mark = hashlib.sha256(pathlib.Path(program).read_bytes()).hexdigest()
    jobs, about = [], []
    for name in names:
        config = ROOT / "configs" / f"{name}.yml"
        changes = coarser(program, config)
        tolerance = number_of(program, config, "solver.tolerance", "1")
        about.append((name, tolerance, " *" if changes else ""))
        key = mark + hashlib.sha256(config.read_bytes()).hexdigest() + " ".join(changes)
        changes += ["--set", "run.threads=1"]
        tight = ["--set", f"solver.tolerance={tolerance / FINER:.17g}", "--set", "solver.precision=double"]
        jobs.append((program, config, work / name / "reference", changes + tight, key))
        jobs.append((program, config, work / name / "run", changes, key))
    return jobs, about


def main():
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ask.add_argument("program", nargs="?", default=str(ROOT / "build" / "cicatrix"))
    ask.add_argument("--only", action="append", help="a scenario by name; may be repeated")
    ask.add_argument("--work", default=str(ROOT / "build" / "tolerance"))
    ask.add_argument("--jobs", type=int, default=os.cpu_count())
    o = ask.parse_args()
    os.environ["OMP_WAIT_POLICY"] = "passive"
    names = o.only or scenarios()
    work = pathlib.Path(o.work)
    jobs, about = jobs_of(o.program, work, names)
    spent = 0
    with concurrent.futures.ThreadPoolExecutor(o.jobs) as pool:
        for i, seconds in enumerate(pool.map(simulate, jobs)):
            spent += seconds
            print(f"{i + 1}/{len(jobs)} {jobs[i][2].parent.name}/{jobs[i][2].name}: {seconds:.0f} s", file=sys.stderr)
    rows = [compare(o.program, work, scenario) for scenario in about]
    print(table(rows))
    print(ties_of(rows))
    print(verdict(rows))
    if not o.only:
        text = PAGE.format(tolerance=rows[0]["tolerance"], allowed=ALLOWED, usual=USUAL, many=TOO_MANY, coarser=COARSER,
                           table=table(rows), verdict=verdict(rows), ties=ties_of(rows))
        (HERE / "README.md").write_text(text)
    return 0 if all(r["met"] for r in rows) else 8


if __name__ == "__main__":
    sys.exit(main())
