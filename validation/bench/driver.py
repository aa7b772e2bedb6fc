"""Runs the programs of this folder and reads what they say."""

import json
import os
import pathlib
import statistics
import subprocess
import tempfile
import time

# Threads wait as they do for a user: where they are told to sleep at once, waking takes longer than a small step.
ENVIRONMENT = {**os.environ, "OMP_DYNAMIC": "false", "LC_ALL": "C"}


class Drivers:
    def __init__(self, build, progress):
        self.build, self.progress = build, progress
        self.folder = build / "validation" / "bench"
        self.engine = self.folder / "bench_engine"
        self.program = build / "cicatrix"
        self.scratch = tempfile.TemporaryDirectory(prefix="cicatrix-bench-")
        self.place = pathlib.Path(self.scratch.name)

    def ask(self, words, seconds=300):
        """The JSON that a program prints; {"failed": why} if it prints none."""
        try:
            done = subprocess.run([str(w) for w in words], capture_output=True, text=True, timeout=seconds,
                                  env=ENVIRONMENT, cwd=self.place)
        except subprocess.TimeoutExpired:
            return {"failed": f"stopped after {seconds:g} s"}
        lines = done.stdout.strip().split("\n")
        try:
            return json.loads(lines[-1])
        except ValueError:
            return {"failed": (done.stderr.strip().split("\n") or ["?"])[-1][:200]}

    def bandwidth(self, threads, megabytes):
        return self.ask([self.engine, "bandwidth", threads, *[f"{m:.6g}" for m in megabytes]])

    def limits(self, threads, megabytes):
        return {**self.bandwidth(threads, megabytes), **self.ask([self.engine, "arithmetic", threads])}

    def steps(self, what, shape, threads, size, precision="mixed", profile=None, changes=()):
        """size: (steps per repeat, repeats).  Seconds are those of one step, the median of the repeats."""
        words = [self.engine, "steps", what, *shape, threads, *size, precision, profile or "", *changes]
        found = self.ask(words)
        if "failed" not in found:
            found["precision"] = precision
            found["seconds"] = statistics.median(found["wall"])
            found["cpu_seconds"] = statistics.median(found["cpu"])
        return found

    def study(self, config, runs):
        """As many runs of a scenario, at other ages, as a study: wall seconds of all, on all cores."""
        name = f"study{time.monotonic_ns()}"
        (self.place / config.name).write_bytes(config.read_bytes())
        (self.place / f"{name}.yml").write_text(
            f"cicatrix-study: 1\nbase: {config.name}\nvary: {{skin.age: {{from: 30 year, to: 70 year, steps: {runs}}}}}\n"
            "outcomes: [collagen_total_gain, erythema_days]\n")
        start = time.monotonic()
        done = subprocess.run([str(self.program), "sweep", "run", f"{name}.yml", "-o", name, "--json", "-q"], timeout=1800,
                              capture_output=True, text=True, env=ENVIRONMENT, cwd=self.place)
        row = {"runs": runs, "cores": os.cpu_count(), "wall": time.monotonic() - start}
        if done.returncode != 0 or json.loads(done.stdout)["counts"]["ok"] != runs:
            row["failed"] = (done.stderr.strip().split("\n") or ["?"])[0][:200]
        return row

    def run(self, config, *changes, threads=None):
        """One scenario with the program: wall and processor seconds, steps."""
        folder = self.place / f"run{time.monotonic_ns()}"
        words = [self.program, "run", config, "-o", folder, "-q", "--progress=none"]
        for change in (*changes, *([f"run.threads={threads}"] if threads else [])):
            words += ["--set", change]
        before, start = os.times(), time.monotonic()
        done = subprocess.run([str(w) for w in words], capture_output=True, text=True, env=ENVIRONMENT, timeout=900)
        wall, after = time.monotonic() - start, os.times()
        cpu = after.children_user + after.children_system - before.children_user - before.children_system
        row = {"wall": wall, "cpu": cpu}
        if done.returncode != 0:
            row["failed"] = (done.stderr.strip().split("\n") or ["?"])[0][:200]
        elif (folder / "outcomes.json").exists():
            record = json.loads((folder / "outcomes.json").read_text())
            row["steps"] = record["numerics"].get("steps")
        return row
