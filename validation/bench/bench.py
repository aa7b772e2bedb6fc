"""Measures the engine on the machine at hand, against its limits and against other integrators, and writes the page about it.

    python3 validation/bench/bench.py [--quick] [--json FILE] [--build DIR] [--page FILE] [--parts a,b] [--limit S]

About a quarter of an hour, with --quick about two minutes; let the machine do nothing else.  What is not installed (SUNDIALS,
PETSc, python3-numpy and -scipy for reference solutions) is left out, and the page says so.  A SUNDIALS from 7.2 on is not in
Debian: configure the build folder with -DSUNDIALS7_ROOT=FOLDER to have its RKC compared.  The build folder is made if it is
not there, and keeps the reference solutions.  --limit: seconds of processor time that another integrator gets at 64^3 cells.
"""

import argparse
import json
import os
import pathlib
import subprocess
import sys
import time

import driver
import kernels
import machine
import page

try:
    import reference
except ImportError:
    reference = None

HERE = pathlib.Path(__file__).resolve().parent
SOURCE = HERE.parent.parent
CONFIGS = SOURCE / "configs"


class Plan:
    """How much is measured."""

    def __init__(self, asked):
        self.smoke, self.quick = asked.smoke, asked.quick or asked.smoke
        size = 2 if asked.smoke else 1 if asked.quick else 0
        self.repeats = (5, 3, 2)[size]
        self.seconds = (1.0, 0.3, 0.02)[size]           # of stepping per repeat, about
        self.edge = (64, 40, 12)[size]                  # of the boxes of test models
        self.cell = ("50 um", "80 um", "200 um")[size]  # of the 3-D case of the main model
        self.fine = ("25 um", "50 um", "200 um")[size]
        self.p2 = ((32, 64), (16,), (8,))[size]
        self.linear = (32, 16, 0)[size]
        self.limit = (24, 4, 1)[size]                   # s for each of the others
        self.long_limit = asked.limit
        self.passes = (128, 48, 12)[size]
        self.cells = (["400 um", "200 um", "100 um", "50 um", "25 um"], ["400 um", "200 um", "100 um"], [])[size]
        self.slices = (["50 um", "20 um", "10 um", "5 um", "2.5 um"], ["50 um", "20 um"], [])[size]


class Bench:
    def __init__(self, asked, build):
        self.plan, self.build, self.started = Plan(asked), build, time.monotonic()
        self.d = driver.Drivers(build, self.say)
        self.cores = len(os.sched_getaffinity(0))
        self.threads = sorted({1, *[2**i for i in range(1, 12) if 2**i < self.cores], self.cores})
        self.results = {"schema_version": 1, "quick": self.plan.quick, "machine": machine.facts(build), "cores": self.cores}

    def say(self, text):
        print(f"{time.monotonic() - self.started:6.0f} s  {text}", flush=True)

    def steps(self, what, shape=(0, 0, 0), threads=1, precision="mixed", profile=None, changes=()):
        """Times steps; as many per repeat as fit the plan, twice as many where samples are taken."""
        trial = self.d.steps(what, shape, threads, (1, 1), precision, None, changes)
        if "failed" in trial:
            self.say(f"{what}: {trial['failed']}")
            return trial
        count = max(2, min(2000, round(self.plan.seconds * (2 if profile else 1) / max(trial["cpu_seconds"], 1e-6))))
        return self.d.steps(what, shape, threads, (count, self.plan.repeats), precision, profile, changes)

    def bandwidth(self, case):
        """Adds GB/s that the step needs at least, and what an update in place reaches with as much memory and as many threads."""
        if "failed" in case:
            return case
        limit = self.d.bandwidth(case["threads"], [max(case["megabytes"], 0.1)])
        case["scheme_gbs"] = 1e-9 * kernels.step_bytes(case) / page.seconds_of(case)
        case["update_gbs"] = limit["sizes"][0]["update"]
        case["share"] = case["scheme_gbs"] / case["update_gbs"]
        return case

    # ---- parts ------------------------------------------------------------------------------------------------------

    def limits(self):
        sizes = [1, 100] if self.plan.smoke else [1, 8, 64, 256, 1500]
        self.results["limits"] = []
        for threads in self.threads:
            self.say(f"limits of the machine, {threads} threads")
            self.results["limits"].append(self.d.limits(threads, sizes))

    def cases(self):
        """(name, what, shape, changes): each isolates a cost, or is the main model in one of its shapes."""
        n = self.plan.edge
        return [("diffusion of 12 substrates, 3-D", "substrates_12", (n, n, n), []),
                ("reactions of 12 species, 3-D", "brew", (n, n, n), []),
                ("taxis, D by cell, 3-D", "climb", (n, n, n), []),
                ("main model, 3-D", CONFIGS / "quickstart.yml", (0, 0, 0), [f"domain.cell={self.plan.cell}"]),
                ("main model, axisymmetric", CONFIGS / "pen_1p5mm.yml", (0, 0, 0), [])]

    def kernels(self):
        self.results["kernels"] = []
        for name, what, shape, changes in self.cases():
            self.say(f"kernels: {name}")
            profile = self.d.place / "profile"
            case = self.bandwidth(self.steps(what, shape, 1, profile=profile, changes=changes))
            if "failed" not in case and case["profiled"]:
                case["rows"] = kernels.table(case, profile, self.d.engine)
                self.arithmetic(case, profile)
            self.results["kernels"].append({"case": name, **case})

    def arithmetic(self, case, profile):
        """Share of the arithmetic limit that the reaction kernel reaches, where its machine code can be read."""
        row = next((r for r in case["rows"] if r["kernel"] == "reaction rates" and "ns" in r), None)
        limit = next((x for x in self.results.get("limits", []) if x.get("threads") == 1 and "sizes" in x), None)
        if not row or not limit:
            return
        found = kernels.machine_operations(profile, self.d.engine, ("rates_range", "first_stage", "second_stage"))
        if found:
            plain, divisions = found
            least = plain / limit["float_gflops"] + divisions / limit["float_gdivisions"]   # ns per cell
            case["reaction"] = {"operations": plain, "divisions": divisions,
                                "arithmetic_share": least / (row["ns"] * case["fields"])}

    def scaling(self):
        self.results["scaling"] = []
        cases = [("2-D slice", CONFIGS / "teaching_slice.yml", []),
                 ("2-D slice, fine", CONFIGS / "teaching_slice.yml", ["domain.cell=10 um"]),
                 ("3-D", CONFIGS / "quickstart.yml", [f"domain.cell={self.plan.cell}"]),
                 ("3-D, fine", CONFIGS / "quickstart.yml", [f"domain.cell={self.plan.fine}"])]
        for name, what, changes in cases[:1] if self.plan.smoke else cases:
            for threads in self.threads:
                self.say(f"scaling: {name}, {threads} threads")
                case = self.bandwidth(self.steps(what, threads=threads, changes=changes))
                self.results["scaling"].append({"case": name, **case})

    def others(self):
        """(program, who, method, tolerance) of the integrators that are compared."""
        if self.plan.smoke:
            return []
        rows = [("bench_petsc", "PETSc", "rosw", t) for t in (1e-3, 3e-5)]
        rows += [("bench_sundials", "SUNDIALS", "bdf", t) for t in (1e-3, 3e-5)]
        rows += [("bench_sundials", "SUNDIALS", m, 1e-4) for m in ("bdf-jacobi", "imex", "dirk", "erk")]
        rows += [("bench_sundials", "SUNDIALS", "as-is-bdf", 1e-3)]
        return rows + self.stabilised((1e-3, 5e-4, 2e-4), 5e-4)

    def stabilised(self, tolerances, one):
        """The stabilised explicit methods of a SUNDIALS 7, where there is one; those of less interest at the tolerance `one`."""
        if not (self.d.folder / "bench_rkc").exists():
            return []
        which = [("rkc", t) for t in tolerances] + [("rkl", one), ("as-is-rkc", one)]
        return [("bench_rkc", "SUNDIALS 7", method, tolerance) for method, tolerance in which]

    def ours(self, problem, n, known):
        rows = []
        which = [("mixed", t) for t in (1e-2, 6e-3, 4e-3, 3e-3, 2e-3, 1e-3, 3e-4)] + [("double", t) for t in (4e-3, 1e-3)]
        for precision, tolerance in which:
            out = self.d.place / "solution.bin"
            tries = [self.d.ask([self.d.engine, "solve", problem, n, tolerance, precision, 1, out])
                     for _ in range(1 if n >= 64 else self.plan.repeats)]
            tries.sort(key=lambda t: t.get("cpu", 0))
            row = {"who": "Cicatrix", "method": f"ROS2-AMF, {precision}", "tolerance": tolerance, **tries[len(tries) // 2]}
            row["error"] = reference.error_of(out, problem, n, known) if "cpu" in row else None
            rows.append(row)
        return rows

    def theirs(self, problem, n, known, which, most):
        """Those that are worth it get `most` seconds each, the rest a third of it."""
        rows = []
        for program, who, method, tolerance in which:
            limit = most if method in ("rosw", "bdf") or program == "bench_rkc" else most / 3
            row = {"who": who, "method": method, "tolerance": tolerance, "limit": limit}
            if not (self.d.folder / program).exists():
                rows.append({**row, "failed": "not installed"})
                continue
            out = self.d.place / "solution.bin"
            row.update(self.d.ask([self.d.folder / program, method, problem, n, tolerance, tolerance / 100, limit, out],
                                  seconds=3 * limit + 30))
            if row.get("finished"):
                row["error"] = reference.error_of(out, problem, n, known)
            self.say(f"{problem}, {n}^3: {who} {method} {tolerance:g}: "
                     + (f"{row['cpu']:.3g} s, error {row['error']:.2g}" if row.get("finished")
                        else row.get("failed") or f"at {row['t']:.3g} h after {row['cpu']:.3g} s"))
            rows.append(row)
        return rows

    def compare(self, problem, n, which, limit):
        if reference is None:
            return {"problem": problem, "n": n, "failed": "reference solutions need python3-numpy and python3-scipy"}
        self.say(f"{problem}, {n}^3: reference solution (kept in the build folder)")
        known, bound = reference.solution(problem, n, self.build / "validation" / "bench" / "references")
        self.say(f"{problem}, {n}^3: ours")
        rows = self.ours(problem, n, known)
        return {"problem": problem, "n": n, "reference_bound": bound,
                "rows": rows + self.theirs(problem, n, known, which, limit)}

    def p2(self):
        self.results["p2"] = []
        for n in self.plan.p2:
            which, limit = self.others(), self.plan.limit
            if n >= 64:   # only those that are worth their time
                which = [("bench_petsc", "PETSc", "rosw", 3e-5), ("bench_sundials", "SUNDIALS", "bdf", 3e-5),
                         *self.stabilised((2e-3, 1e-3, 8e-4), 1e-3)]
                limit = self.plan.long_limit
            self.results["p2"].append(self.compare("p2", n, which, limit))

    def linear(self):
        if self.plan.linear:
            self.results["linear"] = self.compare("substrates_12", self.plan.linear, self.others(),
                                                  self.plan.limit / 2)
        self.results["passes"] = []
        edge, cores = self.plan.passes, self.cores
        for n, precision, threads in [(edge // 2, "double", cores), (edge, "double", 1), (edge, "double", cores),
                                      (edge, "mixed", cores)]:
            self.say(f"12 substrates, {n}^3, {precision}, {threads} threads: passes")
            self.results["passes"].append(self.one_pass(n, precision, threads))

    def one_pass(self, n, precision, threads):
        """The sweeps of one stage: what a step of a locally one-dimensional scheme is, through two passes of the memory."""
        profile = self.d.place / "profile"
        case = self.bandwidth(self.steps("substrates_12", (n, n, n), threads, precision, profile))
        if "failed" in case or not case["profiled"]:
            return case
        rows = kernels.table(case, profile, self.d.engine)
        share = sum(r["share"] for r in rows if "sweeps" in r["kernel"])
        updates, size = case["cells"] * 12, 8 if precision == "double" else 4
        case["million_steps"] = 1e-6 * updates / page.seconds_of(case)
        unknown = sum(r["share"] for r in rows if not r["known"] and "waiting" not in r["kernel"] and "libc" not in r["kernel"])
        if share > 0 and unknown < 0.05:   # else kernels.py has to learn names first
            case["pass_seconds"] = page.seconds_of(case) * share / 2   # two stages in a step
            case["pass_million"] = 1e-6 * updates / case["pass_seconds"]
            case["pass_gbs"] = 1e-9 * updates * 4 * size / case["pass_seconds"]   # two passes, each reads and writes
            case["pass_share"] = case["pass_gbs"] / case["update_gbs"]
        return case

    def scenarios(self):
        names = sorted(x for x in CONFIGS.glob("*.yml") if "\ncicatrix: 1" in "\n" + x.read_text(encoding="utf-8"))
        if self.plan.quick:
            names = [p for p in names if p.stem in ("quickstart", "pen_1p5mm", "teaching_slice")]
        self.results["scenarios"] = []
        for path in names:
            self.say(f"scenario {path.stem}")
            self.results["scenarios"].append({"scenario": path.stem, **self.d.run(path)})

    def growth(self):
        g = self.results["growth"] = {"slices": [], "cells": [], "fields": [], "needles": [], "weeks": [], "goals": []}
        self.say("growth with cells")
        for cell in self.plan.slices:
            g["slices"].append(self.steps(CONFIGS / "teaching_slice.yml", changes=[f"domain.cell={cell}"]))
        for cell in self.plan.cells:
            g["cells"].append(self.steps(CONFIGS / "quickstart.yml", changes=[f"domain.cell={cell}"]))
        n = self.plan.edge // 2
        self.say("growth with fields")
        for fields in (3, 6, 12, 24):
            g["fields"].append(self.steps(f"substrates_{fields}", (n, n, n)))
        self.say("growth with needles")
        for pitch, needles in (("2 mm", 1), ("1 mm", 4), ("0.5 mm", 16), ("0.25 mm", 64)):
            g["needles"].append({"needles": needles, **self.d.run(
                CONFIGS / "quickstart.yml", "domain.cell=100 um", "time.end=2 day", "output.at=[0 day]",
                f"device.pattern.pitch={pitch}", threads=1)})
        self.say("growth with weeks")
        for weeks in (1, 4, 12) if self.plan.quick else (1, 4, 12, 24, 52):
            g["weeks"].append({"weeks": weeks, **self.d.run(CONFIGS / "pen_1p5mm.yml", f"time.end={weeks} week",
                                                            "output.at=[0 day]", threads=1)})
        self.say("scenarios of the goals")
        g["goals"] = [{"what": "three sessions, 12 weeks", **self.d.run(
            CONFIGS / "pen_1p5mm.yml", "treatment.sessions=[0 day, 28 day, 56 day]", "output.at=[0 day]", threads=1)},
            {"what": "four sessions, 24 weeks", **self.d.run(CONFIGS / "monthly_photoaged.yml", threads=1)},
            {"what": "study", **self.d.study(CONFIGS / "monthly_photoaged.yml", 8 if self.plan.quick else 40)}]


PARTS = ("limits", "kernels", "scaling", "p2", "linear", "scenarios", "growth")


def prepare(build, say):
    """Configures if need be and builds what is measured, and of the others what can be built."""
    if not (build / "CMakeCache.txt").exists():
        say("configuring")
        subprocess.run(["cmake", "-S", SOURCE, "-B", build], check=True, stdout=subprocess.DEVNULL)
    say("building")
    tool = ["cmake", "--build", str(build), "-j", str(os.cpu_count()), "--target"]
    done = subprocess.run(tool + ["cicatrix", "bench_engine"], capture_output=True, text=True)
    if done.returncode:
        sys.exit("the engine does not build:\n" + (done.stdout + done.stderr)[-2000:])
    for other in ("bench_sundials", "bench_petsc", "bench_rkc"):
        if subprocess.run(tool + [other], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode:
            (build / "validation" / "bench" / other).unlink(missing_ok=True)
            say(f"{other} is left out: the library is not installed, or of another version")


def arguments():
    reader = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reader.add_argument("--quick", action="store_true", help="about two minutes: smaller sizes, fewer repeats")
    reader.add_argument("--smoke", action="store_true", help="a few seconds: only to see that it runs; builds nothing")
    reader.add_argument("--json", type=pathlib.Path, help="write all numbers here as well")
    reader.add_argument("--from", dest="known", type=pathlib.Path, help="measure nothing: the page from such a file")
    reader.add_argument("--page", type=pathlib.Path, help="unless given: README.md beside this file, if all parts are measured")
    reader.add_argument("--build", type=pathlib.Path, default=SOURCE / "build")
    reader.add_argument("--parts", default=",".join(PARTS), help="some of " + ", ".join(PARTS))
    reader.add_argument("--limit", type=float, default=70)
    return reader.parse_args()


def main():
    asked = arguments()
    if asked.known:
        (asked.page or HERE / "README.md").write_text(page.text(json.loads(asked.known.read_text())))
        return 0
    unknown = set(asked.parts.split(",")) - set(PARTS)
    if unknown:
        print(f"no such parts: {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
        return 2
    if not asked.smoke:
        prepare(asked.build.resolve(), print)
    bench = Bench(asked, asked.build.resolve())
    for part in PARTS:
        if part in asked.parts.split(","):
            try:
                getattr(bench, part)()
            except Exception as error:   # the other parts are worth having; the page says what is missing
                bench.results.setdefault("failures", []).append(f"{part}: {error!r}")
                bench.say(f"{part} failed: {error!r}")
                if asked.smoke:
                    raise
            bench.results["seconds"] = round(time.monotonic() - bench.started, 1)
            if asked.json:
                asked.json.write_text(json.dumps(bench.results, indent=1) + "\n")
    whole = set(asked.parts.split(",")) == set(PARTS) and not asked.smoke
    place = asked.page or (HERE / "README.md" if whole else None)
    if place:
        place.write_text(page.text(bench.results))
    bench.say(f"done{'; ' + str(place) if place else ''}")
    return 0


def other_python():
    """Where this interpreter has no numpy but the system's has, goes on with that one."""
    system = "/usr/bin/python3"
    if reference is None and os.path.exists(system) and not os.environ.get("CX_BENCH_AGAIN"):
        if subprocess.run([system, "-c", "import numpy, scipy.fft"], stderr=subprocess.DEVNULL).returncode == 0:
            os.execve(system, [system, *sys.argv], {**os.environ, "CX_BENCH_AGAIN": "1"})


if __name__ == "__main__":
    other_python()
    sys.exit(main())
