"""The same bits from gcc and clang, without and with optimisation: builds the program eight times in folders of its own and
compares all that short runs of three geometries write.  About ten minutes on two cores."""

import hashlib
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

SOURCE = pathlib.Path(os.environ.get("CX_SOURCE", pathlib.Path(__file__).resolve().parents[2]))
COMPILERS = [c for c in ("gcc", "clang") if shutil.which(c)]
# Fused multiply-add and wider vectors of the machine at hand must not show either.
WAYS = [("-O0", "OFF"), ("-O2", "OFF"), ("-O3", "OFF"), ("-O3", "ON")]
BLOCK = """cicatrix: 1
domain: {%s, cell: 50 um, surface_cell: 25 um, deep_cell: 150 um}
device: {pattern: {type: square, pitch: 0.3 mm}, needle: {length: 0.8 mm}, spread: {depth: 0.1, jitter: 0.02 mm}}
treatment: {sessions: [0 h, 8 h]}
time: {end: 1 day}
output: {at: [0 h, 6 h, 1 day]}
"""
# The last has cells enough for lines that are solved without divisions.
SHAPES = ["geometry: column", "geometry: axisymmetric, size: [0.3 mm, 1.5 mm]", "geometry: patch, size: [0.3 mm, 0.3 mm, 1.2 mm]",
          "geometry: patch, size: [0.9 mm, 0.9 mm, 1.2 mm]"]
COMPARED = ["run.nc", "series.csv", "outcomes.json", "config.yml"]


def call(*words, **options):
    done = subprocess.run([str(w) for w in words], capture_output=True, text=True, **options)
    if done.returncode:
        print(f"{' '.join(map(str, words))}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}")
        sys.exit(1)


def build(folder, compiler, level, native):
    nowhere = dict(os.environ, GIT_DIR=os.devnull)   # run.nc names the commit: none, whatever is committed meanwhile
    call("cmake", "-S", SOURCE, "-B", folder, f"-DCMAKE_C_COMPILER={compiler}", "-DCMAKE_BUILD_TYPE=None",
         f"-DCMAKE_C_FLAGS={level} -DNDEBUG", f"-DCX_NATIVE={native}", "-DCX_WERROR=OFF", "-DBUILD_TESTING=OFF",
         *(["-G", "Ninja"] if shutil.which("ninja") else []),
         env=nowhere)
    call("cmake", "--build", folder, "--target", "cicatrix", "--parallel", "2", env=nowhere)


def digests(program, folder):
    """By what was run: the digest of each file.  program: words of the command."""
    found = {}
    for i, shape in enumerate(SHAPES):
        for precision in ("mixed", "double"):
            scenario = folder / f"shape{i}.yml"
            scenario.write_text(BLOCK % shape)
            results = folder / f"{i}-{precision}"
            # the same words each time: the command is part of the history that run.nc keeps
            call(*program, "run", scenario.name, "-o", results.name, "-q", "--threads", "2", "--set",
                 f"solver.precision={precision}", cwd=folder, env=dict(os.environ, OMP_WAIT_POLICY="passive"))
            for name in COMPARED:
                found[f"{i}, {shape.split(',')[0]}, {precision}, {name}"] = hashlib.sha256((results / name).read_bytes()).hexdigest()
    return found


def main():
    if not COMPILERS or os.environ.get("CX_SANITIZE"):
        print("skipped: no compiler, or a build with sanitizers")
        return 77
    first, failed = None, 0
    for compiler in COMPILERS:
        for level, native in WAYS:
            with tempfile.TemporaryDirectory() as name:
                folder = pathlib.Path(name)
                build(folder / "build", compiler, level, native)
                found = digests([folder / "build" / "cicatrix"], folder)
            first = first or found
            different = [key for key in found if found[key] != first[key]]
            failed += len(different)
            label = f"{compiler} {level}{' -march=native' if native == 'ON' else ''}"
            print(f"{'FAIL' if different else 'ok  '} {label}: {len(found) - len(different)} of {len(found)} files the same",
                  flush=True)
            for key in different:
                print(f"     {key}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
