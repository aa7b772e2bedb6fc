"""Instructions that the kernels execute in a fixed number of steps, counted by valgrind: a measure that neither a busy machine
nor a change of frequency disturbs.

    python3 validation/bench/instructions.py [--build DIR] [--record]

Without --record: counts are compared with instructions.json.  Leaves with 0: none grew by more than 5 % (it says which shrank,
so that the gain can be recorded), 1: some did, 77: not comparable
here (no valgrind, another compiler, other processor features, another kind of build).
"""

import argparse
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import driver
import machine

HERE = pathlib.Path(__file__).resolve().parent
RECORD = HERE / "instructions.json"
STEPS, MARGIN, LEAST = 3, 0.05, 0.02
# One small case of each geometry and of each kind of cost: what, shape, changes.
CASES = {
    "column": ("configs/pen_1p5mm.yml", (0, 0, 0), ["domain.geometry=column"]),
    "slice": ("configs/teaching_slice.yml", (0, 0, 0), ["domain.cell=60 um"]),
    "axisymmetric": ("configs/pen_1p5mm.yml", (0, 0, 0), []),
    "patch": ("configs/quickstart.yml", (0, 0, 0), ["domain.cell=125 um"]),
    "transport": ("substrates_12", (16, 16, 16), []),
    "reactions": ("brew", (16, 16, 16), []),
    "taxis": ("climb", (16, 16, 16), []),
}


def setting(build):
    """What counts depend on, besides the source."""
    return {"compiler": machine.compiler(build), "build_type": machine.cached(build, "CMAKE_BUILD_TYPE"),
            "native": machine.cached(build, "CX_NATIVE") or "OFF", "flags": machine.cached(build, "CMAKE_C_FLAGS"),
            "sanitize": machine.cached(build, "CX_SANITIZE"), "avx2": "avx2" in machine.processor()["flags"],
            "valgrind": machine.said("valgrind", "--version")}


def parse(path):
    """Instructions by function of our program from callgrind's file; clones of a function together."""
    names, counts, name, skip, files, ours = {}, {}, None, False, {}, False
    for line in path.read_text().split("\n"):
        place = re.match(r"^(c?)ob=\((\d+)\)(?: (.*))?$", line)
        if place:
            files.setdefault(place.group(2), place.group(3) or "")
            ours = ours if place.group(1) else files[place.group(2)].endswith("bench_engine")
            continue
        head = re.match(r"^fn=\((\d+)\)(?: (.*))?$", line)
        if head:
            names.setdefault(head.group(1), (head.group(2) or "?").split(".")[0].split("'")[0])
            name = names[head.group(1)]
        elif re.match(r"^cfn=\((\d+)\) ", line):
            number, text = re.match(r"^cfn=\((\d+)\) (.*)$", line).groups()
            names.setdefault(number, text.split(".")[0].split("'")[0])
        elif line.startswith("calls="):
            skip = True   # the next line is the cost of what is called, not its own
        elif re.match(r"^[+\-*\d]", line) and name:
            if ours and not skip:
                counts[name] = counts.get(name, 0) + int(line.split()[1])
            skip = False
    return counts


def count(build, case):
    """Instructions per step inside the stepper, by function; small ones together."""
    what, shape, changes = CASES[case]
    source = HERE.parent.parent
    what = str(source / what) if what.endswith(".yml") else what
    engine = build / "validation" / "bench" / "bench_engine"
    with tempfile.TemporaryDirectory(prefix="cicatrix-callgrind-") as folder:
        out = pathlib.Path(folder) / "out"
        words = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={out}", "--collect-atstart=no",
                 "--toggle-collect=cx_stepper_attempt", engine, "steps", what, *shape, 1, STEPS, 1, "mixed", "", *changes]
        done = subprocess.run([str(w) for w in words], capture_output=True, text=True, timeout=600, env=driver.ENVIRONMENT)
        if done.returncode != 0 or not out.exists():
            raise RuntimeError(f"{case}: " + done.stderr.strip().split("\n")[-1][:200])
        counts = parse(out)
    total = sum(counts.values())
    kept = {name: n for name, n in sorted(counts.items(), key=lambda c: -c[1]) if n > LEAST * total}
    return {"total": round(total / (STEPS + 1)), **{name: round(n / (STEPS + 1)) for name, n in kept.items()}}


def compare(old, new):
    """Lines about what grew, and about what shrank.  A function that came or went is judged by the total."""
    grown, shrunk = [], []
    for case, counts in old.items():
        for name, before in counts.items():
            after = new.get(case, {}).get(name)
            if after is None:
                continue
            line = f"{case}, {name}: {before} instructions per step, now {after} ({100 * (after / before - 1):+.1f} %)"
            (grown if after > before * (1 + MARGIN) else shrunk if after < before * (1 - MARGIN) else []).append(line)
    return grown, shrunk


def main():
    reader = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reader.add_argument("--build", type=pathlib.Path, default=HERE.parent.parent / "build")
    reader.add_argument("--record", action="store_true", help="write instructions.json")
    asked = reader.parse_args()
    build = asked.build.resolve()
    if not shutil.which("valgrind"):
        print("skipped: valgrind is not installed")
        return 77
    here = setting(build)
    if not asked.record:
        known = json.loads(RECORD.read_text())
        other = [k for k in here if here[k] != known["setting"].get(k)]
        if other:
            print("skipped: recorded with " + ", ".join(f"{k} {known['setting'].get(k)!r}, here {here[k]!r}" for k in other))
            return 77
    if not (build / "validation" / "bench" / "bench_engine").exists():
        print(f"bench_engine is not built in {asked.build}")
        return 1
    try:
        found = {case: count(build, case) for case in CASES}
    except (RuntimeError, subprocess.TimeoutExpired) as error:
        print(error)
        return 1
    if asked.record:
        RECORD.write_text(json.dumps({"setting": here, "instructions_per_step": found}, indent=1) + "\n")
        print(f"recorded {sum(len(c) for c in found.values())} counts of {len(found)} cases")
        return 0
    grown, shrunk = compare(known["instructions_per_step"], found)
    for line in grown:
        print("grew:   " + line)
    for line in shrunk:
        print("shrank: " + line)
    if shrunk:
        print("fewer instructions: keep the gain with  python3 validation/bench/instructions.py --record --build BUILD")
    print(f"{len(found)} cases, {len(grown)} counts grew and {len(shrunk)} shrank by more than {100 * MARGIN:.0f} %")
    return 1 if grown else 0


if __name__ == "__main__":
    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
    sys.exit(main())
