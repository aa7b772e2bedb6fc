#!/usr/bin/env python3
"""Every scenario of configs/ is valid at full size and runs in a reduced size with whole results.

    run_all.py CICATRIX [FILE...]        exit 0 = all good; without FILE: every configs/*.yml

A study is run at the two ends of everything that it varies, its base scenario reduced like the others.

Reduced: cells three times as wide, coarse in depth, three days, at most two sessions.  That is too
coarse to say anything about skin; it exercises every setting, geometry, wound and output that the
scenarios use.  Standard library only; field values are looked at through h5dump, and where it is
not installed the line of the scenario says so.
"""
import array
import csv
import json
import math
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DAYS = 3
PATIENCE = 1200  # s; only for what would otherwise hang for ever
COARSER = 3
H5DUMP = shutil.which("h5dump")


class Failure(Exception):
    pass


def need(condition, text):
    if not condition:
        raise Failure(text)


def command(*words):
    done = subprocess.run([str(w) for w in words], capture_output=True, text=True, timeout=PATIENCE)
    need(done.returncode == 0, f"{words[1]}: exit {done.returncode}\n{done.stderr.strip()}")


def reductions(text):
    """Overrides that make the scenario small, from its own cell and number of sessions."""
    cell = re.search(r" cell: ([\d.]+) um", text)
    need(cell, "no domain.cell in um to scale up from")
    small = {
        "domain.cell": f"{COARSER * float(cell[1]):.6g} um",
        "domain.surface_cell": "30 um",
        "domain.deep_cell": "250 um",
        "domain.stretch": "1.4",
        "domain.lateral_stretch": "1",
        "solver.tolerance": "0.03",
        "time.end": f"{DAYS} day",
        "output.at": f"[0 day, 1 day, {DAYS} day]",
    }
    sessions = re.search(r"sessions: \[([^\]]*)\]", text)
    if sessions and sessions[1].count(",") > 0:
        small["treatment.sessions"] = "[0 day, 2 day]"
    return [word for path, value in small.items() for word in ("--set", f"{path}={value}")]


def refuse_constant(word):
    raise Failure(f"outcomes.json: {word} is not JSON")


def check_outcomes(folder, text):
    data = json.loads((folder / "outcomes.json").read_text(), parse_constant=refuse_constant)
    need(data.get("schema_version") == 1, "outcomes.json: schema_version is not 1")
    outcomes = data.get("outcomes")
    need(outcomes, "outcomes.json: no outcomes")
    for name, row in outcomes.items():
        value = row["value"]
        need(value is None or math.isfinite(value), f"outcome {name}: {value}")
        words = row["unit"] and row["definition"] and row["evidence"]
        need(words, f"outcome {name}: words missing")
    for name in re.findall(r"outcome: (\w+)", text):
        need(name in outcomes, f"observed outcome {name}: the model has none of that name")


def check_series(folder):
    with open(folder / "series.csv", newline="") as file:
        rows = [r for r in csv.reader(file) if r and not r[0].startswith("#")]
    need(rows and rows[0][0] == "time_day", "series.csv: first column is not time_day")
    need(len(rows) > 2 and len(rows[0]) > 1, "series.csv: hardly anything in it")
    times = []
    for row in rows[1:]:
        need(len(row) == len(rows[0]), "series.csv: ragged")
        finite = all(c == "" or math.isfinite(float(c)) for c in row)
        need(finite, f"series.csv: not finite at day {row[0]}")
        times.append(float(row[0]))
    need(times == sorted(times), "series.csv: time runs backwards")
    need(abs(times[-1] - DAYS) < 1e-6, f"series.csv: ends at day {times[-1]}")


def check_whole(file):
    """The HDF5 superblock says where the file ends: a torn file is shorter."""
    head = file.read_bytes()[:64]
    need(head[:8] == b"\x89HDF\r\n\x1a\n", "run.nc: not HDF5")
    end = struct.unpack_from("<Q", head, 40 if head[8] < 2 else 28)[0]
    need(end <= file.stat().st_size, "run.nc: shorter than it says")


def check_fields(file, scratch):
    """Every stored field (time, z, y, x) is finite and nowhere negative."""
    if not H5DUMP:
        return 0
    header = subprocess.run([H5DUMP, "-H", file], capture_output=True, text=True, timeout=PATIENCE)
    need(header.returncode == 0, f"run.nc: h5dump cannot read it\n{header.stderr}")
    kind = r'DATASET "(\w+)" \{\s*DATATYPE  H5T_IEEE_F32LE\s*'
    shape = r"DATASPACE  SIMPLE \{ \( (\d+), (\d+), (\d+), (\d+) \)"
    fields = re.findall(kind + shape, header.stdout)
    need(fields, "run.nc: no field of four axes")
    for name, *lengths in fields:
        raw = scratch / "field.bin"
        words = [H5DUMP, "-d", f"/{name}", "-b", "LE", "-o", raw, file]
        done = subprocess.run(words, capture_output=True, timeout=PATIENCE)
        need(done.returncode == 0 and raw.exists(), f"run.nc: h5dump cannot read field {name}")
        values = array.array("f", raw.read_bytes())
        if sys.byteorder == "big":
            values.byteswap()
        wanted = math.prod(int(n) for n in lengths)
        need(len(values) == wanted, f"run.nc: field {name} is cut short")
        need(all(map(math.isfinite, values)), f"run.nc: field {name} is not finite")
        need(min(values) >= 0, f"run.nc: field {name} falls to {min(values)}")
    return len(fields)


def check_report(folder):
    page = (folder / "report.html").read_text()
    whole = page.rstrip().endswith("</html>") and "outcome" in page.lower()
    need(whole, "report.html: not a whole page")
    need((folder / "config.yml").stat().st_size > 0, "config.yml: empty")


def study(program, file, text):
    """-> line about one study: the corners of its grid in the reduced size."""
    begin = time.monotonic()
    base = ROOT / "configs" / re.search(r"^base: (\S+)", text, re.M)[1]
    command(program, "check", file)
    with tempfile.TemporaryDirectory(prefix="cicatrix-configs-") as scratch:
        small = reductions(base.read_text())[1::2]
        changes = [word for change in small for word in ("--set", f"set.{change}")]
        changes += corners(text)
        folder = Path(scratch) / file.stem
        command(program, "sweep", "run", file, "-o", folder, *changes)
        with open(folder / "runs.csv", newline="") as table:
            rows = list(csv.DictReader(table))
        need(rows and all(row["status"] == "ok" for row in rows), "runs.csv: not every run is ok")
        check_whole(folder / "study.nc")
        page = (folder / "report.html").read_text()
        need(page.rstrip().endswith("</html>"), "report.html: not a whole page")
    return f"ok   {file.stem}  {time.monotonic() - begin:.1f} s, {len(rows)} runs of a study"


def corners(text):
    """Overrides that leave the two ends of everything that is varied; schedules are cut to the reduced time."""
    words = []
    for path, low, high in re.findall(r"^  ([\w.]+): \{from: ([^,]+), to: ([^,}]+)", text, re.M):
        words += ["--set", f"vary.{path}=[{low}, {high}]"]
    for path, values in re.findall(r"^  ([\w.]+): \[(.*)\]", text, re.M):
        ends = values.split(", ") if path != "treatment.sessions" else ['"[0 day]"', '"[0 day, 2 day]"']
        words += ["--set", f"vary.{path}=[{ends[0]}, {ends[-1]}]"]
    need(words, "nothing is varied")
    return words


def one(program, file):
    """-> line about one scenario; raises Failure."""
    text = file.read_text()
    if re.search(r"^cicatrix-study:", text, re.M):
        return study(program, file, text)
    need(re.fullmatch(r"[a-z0-9_]+", file.stem), "name is not [a-z0-9_]+")
    need("title: " in text and "description: " in text, "no title or description")
    begin = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="cicatrix-configs-") as scratch:
        folder = Path(scratch) / file.stem
        command(program, "check", file)
        command(program, "run", file, "-o", folder, "--threads", "1", *reductions(text))
        check_outcomes(folder, text)
        check_series(folder)
        check_whole(folder / "run.nc")
        fields = check_fields(folder / "run.nc", Path(scratch))
        check_report(folder)
    looked = f"{fields} fields" if H5DUMP else "fields not looked at: no h5dump"
    return f"ok   {file.stem}  {time.monotonic() - begin:.1f} s, {looked}"


def attempt(program, file):
    try:
        return True, one(program, file)
    except (Failure, OSError, KeyError, TypeError, ValueError, subprocess.TimeoutExpired) as error:
        return False, f"FAIL {file.stem}: {error}"


def main(words):
    if not words:
        print(__doc__.strip(), file=sys.stderr)
        return 2
    files = [Path(w) for w in words[1:]] or sorted((ROOT / "configs").glob("*.yml"))
    begin = time.monotonic()
    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(lambda f: attempt(words[0], f), files))
    for _, line in results:
        print(line)
    good = sum(passed for passed, _ in results)
    print(f"{good} of {len(files)} scenarios, {time.monotonic() - begin:.1f} s")
    return 0 if files and good == len(files) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
