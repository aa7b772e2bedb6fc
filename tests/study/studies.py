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
# The same in three dimensions: a good deal longer.
SLOW = """cicatrix: 1
domain: {geometry: patch, size: [1 mm, 1 mm, 2 mm], cell: 50 um}
device: {pattern: {type: square, pitch: 0.5 mm}}
time: {end: 1 day}
run: {checkpoint: 1 s}
"""
# Minutes of work for any machine: what is disturbed while this runs cannot have ended before.  Nobody waits for its end.
ENDLESS = """cicatrix: 1
domain: {geometry: patch, size: [2 mm, 2 mm, 2 mm], cell: 50 um}
device: {pattern: {type: square, pitch: 0.5 mm}}
time: {end: 3000 day}
output: {at: [0 day]}
"""
PATIENCE = 600  # s; only for what would otherwise hang for ever
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
    """A folder with base.yml, slow.yml, endless.yml and the studies of a test."""

    def __init__(self):
        self.holder = tempfile.TemporaryDirectory(prefix="cicatrix-studies-")
        self.folder = self.holder.name
        self.write("base.yml", BASE)
        self.write("slow.yml", SLOW)
        self.write("endless.yml", ENDLESS)

    def write(self, name, text):
        with open(os.path.join(self.folder, name), "w") as file:
            file.write(text)

    def read(self, *names):
        with open(os.path.join(self.folder, *names), "rb") as file:
            return file.read()

    def sweep(self, *words, expect=0):
        done = subprocess.run([PROGRAM, "sweep", *words], cwd=self.folder, env=ENVIRONMENT, capture_output=True,
                              text=True, timeout=PATIENCE)
        check(done.returncode == expect, f"{words}: exit {done.returncode} instead of {expect}\n{done.stderr}")
        return done

    def start(self, *words):
        """The program at work on what the words say."""
        return subprocess.Popen([PROGRAM, *words], cwd=self.folder, env=ENVIRONMENT, stdout=subprocess.DEVNULL,
                                stderr=subprocess.PIPE, text=True)

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
    found = []
    for path in glob.glob("/proc/[0-9]*/stat"):
        try:
            with open(path) as file:
                words = file.read()
        except OSError:  # it has just ended
            continue
        if int(words.rsplit(")", 1)[1].split()[1]) == pid:
            found.append(int(words.split()[0]))
    return found


def wait_for(condition, seconds=PATIENCE):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = condition()
        if found:
            return found
        time.sleep(0.01)
    return None


def first_child(process):
    """The run that a study started first; None if the study ended without one being seen."""
    wait_for(lambda: children(process.pid) or process.poll() is not None)
    found = children(process.pid)
    return found[0] if found else None


def ending(process):
    """Exit code and words of a process that was asked to leave."""
    said = process.communicate(timeout=PATIENCE)[1]
    return process.returncode, said


def kill_often(scratch, words, folder, counts):
    """Starts a study again and again and kills it at once when so many runs are finished and one is under way.  How often it
    was really cut short: a fast study may be done before the kill comes."""
    cut = 0
    for count in counts:
        process = scratch.start(*words)
        wait_for(lambda: process.poll() is not None or len(scratch.records(folder)) >= count and children(process.pid))
        process.send_signal(signal.SIGKILL)
        cut += ending(process)[0] == -signal.SIGKILL
    print(f"  {cut} of {len(counts)} kills cut it short")
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
