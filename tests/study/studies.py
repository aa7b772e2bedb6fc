"""What the scripts about studies share: a scratch folder with a base scenario, calls of the program, kills."""

import glob
import os
import signal
import subprocess
import sys
import tempfile
import time

SOURCE = os.environ.get("CX_SOURCE", os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
PROGRAM = os.environ.get("CICATRIX") or os.environ.get("CX_PROGRAM") or os.path.join(SOURCE, "build", "cicatrix")
ENVIRONMENT = dict(os.environ, OMP_WAIT_POLICY="passive")

# A column of skin for two days: a run of a moment.
BASE = """cicatrix: 1
domain: {geometry: column, size: [2.5 mm]}
time: {end: 2 day}
"""
# The same in three dimensions: long enough to be disturbed.
SLOW = """cicatrix: 1
domain: {geometry: patch, size: [1 mm, 1 mm, 2 mm], cell: 50 um}
device: {pattern: {type: square, pitch: 0.5 mm}}
time: {end: 1 day}
run: {checkpoint: 1 s}
"""
STUDY = """cicatrix-study: 1
base: base.yml
vary:
  device.needle.length: {from: 0.5 mm, to: 1.5 mm, steps: 3}
  device.pattern.density: [100 1/cm2, 300 1/cm2]
outcomes: [collagen_total_gain, erythema_peak]
goals: {collagen_total_gain: max, erythema_peak: min}
"""
failures = []


def check(condition, text):
    if not condition:
        frame = sys._getframe(1)
        print(f"  {os.path.basename(frame.f_code.co_filename)}:{frame.f_lineno}: {text}")
        failures.append(text)


class Scratch:
    """A folder with base.yml, slow.yml and the studies of a test."""

    def __init__(self):
        self.holder = tempfile.TemporaryDirectory(prefix="cicatrix-studies-")
        self.folder = self.holder.name
        self.write("base.yml", BASE)
        self.write("slow.yml", SLOW)

    def write(self, name, text):
        with open(os.path.join(self.folder, name), "w") as file:
            file.write(text)

    def read(self, *names):
        with open(os.path.join(self.folder, *names), "rb") as file:
            return file.read()

    def sweep(self, *words, expect=0):
        done = subprocess.run([PROGRAM, "sweep", *words], cwd=self.folder, env=ENVIRONMENT, capture_output=True,
                              text=True, timeout=300)
        check(done.returncode == expect, f"{words}: exit {done.returncode} instead of {expect}\n{done.stderr}")
        return done

    def start(self, *words):
        return subprocess.Popen([PROGRAM, "sweep", *words], cwd=self.folder, env=ENVIRONMENT,
                                stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)

    def tables(self, folder):
        return self.read(folder, "study.nc"), self.read(folder, "runs.csv")

    def records(self, folder):
        """Finished runs with what changes when a file is written again."""
        found = {}
        for path in glob.glob(os.path.join(self.folder, folder, "runs", "*", "record.json")):
            state = os.stat(path)
            found[path] = (state.st_ino, state.st_mtime_ns)
        return found

    def check_same(self, folder, runs, before):
        """The tables of the study in "whole", and no run of `before` was made again."""
        check(self.tables(folder) == self.tables("whole"), f"{folder}: other tables than those of one process")
        after = self.records(folder)
        check(len(after) == runs, f"{len(after)} records")
        again = [path for path in before if after.get(path) != before[path]]
        check(not again, f"{len(again)} finished runs were made again")


def children(pid):
    """Processes that this one started: the runs that are under way."""
    try:
        with open(f"/proc/{pid}/task/{pid}/children") as file:
            return [int(word) for word in file.read().split()]
    except FileNotFoundError:
        return []


def wait_for(condition, seconds=60):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = condition()
        if found:
            return found
        time.sleep(0.01)
    return None


def kill_often(scratch, study, folder, delays):
    """Runs a study, killed at once after each delay; then to its end.  How often it was really cut short."""
    cut = 0
    for delay in delays:
        process = scratch.start("run", study, "-o", folder, "-q")
        try:
            process.wait(timeout=delay)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
            cut += 1
        process.stderr.close()
    scratch.sweep("run", study, "-o", folder, "-q")
    return cut


def main(tests, words):
    for test in tests:
        if words and not any(word in test.__name__ for word in words):
            continue
        before = len(failures)
        begin = time.monotonic()
        test()
        word = "ok  " if len(failures) == before else "FAIL"
        print(f"{word} {test.__name__}  {time.monotonic() - begin:.1f} s")
    sys.exit(1 if failures else 0)
