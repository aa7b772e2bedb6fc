"""Batch scripts without a cluster: a stand-in for sbatch runs them here, one task after the other, and the tables are those of
a local run.  A program that mpirun starts several times says so where it cannot share the work."""

import os
import shutil
import subprocess
import sys

from studies import ENVIRONMENT, PROGRAM, STUDY, Scratch, check, main

SBATCH = """#!/bin/bash
# --parsable SCRIPT: all tasks of the array.  --dependency=... SCRIPT: the job that waits for them.
echo "$@" >> "$CALLS"
echo 17
cd "$(sed -n 's/^#SBATCH --chdir="\\(.*\\)"$/\\1/p' "$2")" || exit 1
last=$(sed -n 's/^#SBATCH --array=1-//p' "$2")
for task in $(seq "${last:-1}"); do
  SLURM_JOB_ID=17 SLURM_ARRAY_TASK_ID=$task bash "$2" >> "$CALLS.log" 2>&1 || exit 1
done
"""


def scene(blocks):
    s = Scratch()
    s.write("study.yml", STUDY + blocks)
    s.write("sbatch", SBATCH)
    os.chmod(os.path.join(s.folder, "sbatch"), 0o755)
    ENVIRONMENT["CALLS"] = os.path.join(s.folder, "calls")
    return s


def with_path(path, action):
    before = ENVIRONMENT["PATH"]
    ENVIRONMENT["PATH"] = path
    try:
        return action()
    finally:
        ENVIRONMENT["PATH"] = before


def test_submitted():
    s = scene("slurm: {tasks: 4, cpus: 2}\n")
    path = s.folder + ":" + ENVIRONMENT["PATH"]
    s.sweep("run", "study.yml", "-o", "local")
    said = with_path(path, lambda: s.sweep("slurm", "study.yml", "-o", "a folder"))
    check(not os.path.exists(ENVIRONMENT["CALLS"]), "submitted without --submit")
    line = said.stdout.strip().split("\n")[-1]
    check(line == "sbatch --dependency=afterany:$(sbatch --parsable 'a folder/slurm/runs.sbatch') "
          "'a folder/slurm/collect.sbatch'", line)
    with_path(path, lambda: s.sweep("slurm", "study.yml", "-o", "a folder", "--submit"))
    check(s.read("calls").decode() == "--parsable a folder/slurm/runs.sbatch\n"
          "--dependency=afterany:17 a folder/slurm/collect.sbatch\n", s.read("calls").decode())
    check(s.tables("a folder") == s.tables("local"), "other tables than those of a local run")
    with_path(path, lambda: s.sweep("slurm", "study.yml", "-o", "a folder", expect=3))  # nothing is left


def test_line():
    """The printed line is one for a shell."""
    s = scene("slurm: {tasks: 2}\n")
    line = s.sweep("slurm", "study.yml", "-o", "out", "--set", "limits.time=5 min").stdout.strip().split("\n")[-1]
    environment = dict(ENVIRONMENT, PATH=s.folder + ":" + ENVIRONMENT["PATH"])
    subprocess.run(line, shell=True, cwd=s.folder, env=environment, check=True, stdout=subprocess.DEVNULL)
    check(b"6 ok" in s.read("calls.log"), "runs are missing")
    check(os.path.exists(os.path.join(s.folder, "out", "study.nc")), "nothing was collected")


def test_no_sbatch():
    s = scene("")
    os.mkdir(os.path.join(s.folder, "empty"))
    done = with_path(os.path.join(s.folder, "empty"),
                     lambda: s.sweep("slurm", "study.yml", "-o", "out", "--submit", expect=5))
    check("E118" in done.stderr and "not there" in done.stderr, done.stderr)
    check(os.path.exists(os.path.join(s.folder, "out", "slurm", "runs.sbatch")), "no script")


def test_started_by_mpirun():
    s = scene("")
    for words in (("plan", "study.yml"), ("run", "study.yml", "--part", "1/2")):
        done = subprocess.run([PROGRAM, "sweep", *words, "-o", "out"], cwd=s.folder, capture_output=True, text=True,
                              env=dict(ENVIRONMENT, PMI_SIZE="2"))
        check(done.returncode == 2 and "E117" in done.stderr, f"{words}: exit {done.returncode}\n{done.stderr}")
    check(not os.path.exists(os.path.join(s.folder, "out")), "a study was begun")


if not shutil.which("bash"):
    sys.exit(77)
main([value for name, value in list(globals().items()) if name.startswith("test_")], sys.argv[1:])
