"""Studies as job arrays of a real Slurm: tasks that are killed, asked to leave, requeued and cancelled half way; the tables
end with the same bytes as those of a study that one machine made, and nothing that was finished is computed again."""

import glob
import os
import re
import signal
import subprocess
import sys

from private_slurm import Slurm, missing
from studies import ENVIRONMENT, PROGRAM, Scratch, check, main, wait_for

if missing():
    print("not installed: " + missing())
    sys.exit(77)
try:
    CLUSTER = Slurm()
    ENVIRONMENT.update(PATH=os.environ["PATH"], SLURM_CONF=os.environ["SLURM_CONF"])
except (RuntimeError, OSError) as trouble:
    print(f"Slurm does not start here: {trouble}")
    sys.exit(77)

STUDY = """cicatrix-study: 1
base: base.yml
vary:
  device.needle.length: {from: 0.5 mm, to: 1.5 mm, steps: 8}
  skin.age: [30 year, 60 year, 80 year]
outcomes: [collagen_total_gain, erythema_peak]
slurm: {time: 10 min, tasks: 4}
"""


def scene():
    s = Scratch()
    s.write("base.yml", "cicatrix: 1\ndomain: {geometry: axisymmetric, size: [0.6 mm, 2.5 mm], cell: 8 um}\n"
            "device: {pattern: {type: single}}\ntime: {end: 240 day}\nrun: {checkpoint: 0.1 s}\n")
    s.write("study.yml", STUDY)
    s.sweep("run", "study.yml", "-o", "whole", "--threads", "1", "-q")
    return s


def submit(s, folder):
    s.sweep("slurm", "study.yml", "-o", folder, "--submit", "-q")


def resubmit(s, folder):
    """As the head of the script says, from the folder that it names."""
    with open(os.path.join(s.folder, folder, "slurm", "runs.sbatch")) as file:
        line = re.search(r"^#   (sbatch .*)$", file.read(), re.M).group(1)
    subprocess.run(line, shell=True, cwd=s.folder, check=True, stdout=subprocess.DEVNULL)


def wait_until_empty(seconds=600):
    check(wait_for(lambda: not CLUSTER.jobs(), seconds), f"jobs do not end: {CLUSTER.jobs()}")


def parent_of(pid):
    with open(f"/proc/{pid}/stat") as file:
        return int(file.read().rsplit(")", 1)[1].split()[1])


def workers(folder):
    """Process of each task that works on this folder: the program that the batch script started."""
    found = {}
    for path in glob.glob("/proc/[0-9]*/cmdline"):
        try:
            with open(path, "rb") as file:
                words = file.read().decode(errors="replace").split("\0")
            pid = int(path.split("/")[2])
            with open(f"/proc/{parent_of(pid)}/cmdline") as file:
                is_run = "--part" in file.read()
        except (OSError, ValueError):
            continue
        if words[0] == PROGRAM and "--part" in words and folder in words and not is_run:
            part = words[words.index("--part") + 1].split("/")[0]
            with open(f"/proc/{pid}/environ", "rb") as file:
                environment = dict(x.split(b"=", 1) for x in file.read().split(b"\0") if b"=" in x)
            array = environment[b"SLURM_ARRAY_JOB_ID"].decode()
            found[f"{array}_{part}"] = pid
    return found


def half_way(s, folder, least=3):
    check(wait_for(lambda: len(s.records(folder)) >= least and len(workers(folder)) > 0, 120), "nothing starts")
    return workers(folder)


def test_undisturbed():
    s = SCENE
    submit(s, "plain")
    wait_until_empty()
    s.check_same("plain", 24, {})


def test_killed_asked_and_requeued():
    s = SCENE
    submit(s, "rough")
    victim, pid = sorted(half_way(s, "rough").items())[0]
    os.kill(pid, signal.SIGKILL)  # the worker of one task dies
    before = s.records("rough")
    moved = wait_for(lambda: [n for n in workers("rough") if n != victim], 60)[0]
    CLUSTER.ask("scontrol", "requeue", moved)  # another one is put back, as when its node fails
    asked = wait_for(lambda: [n for n in workers("rough") if n not in (victim, moved)], 60)[0]
    # A third hears what comes before the limit, in its batch script as then; scancel would cancel it besides.
    os.kill(parent_of(workers("rough")[asked]), signal.SIGTERM)
    wait_until_empty()
    s.check_same("rough", 24, before)
    logs = "".join(s.read("rough", "slurm", f"runs.{k}.log").decode() for k in range(1, 5))
    check("code 137: back to the queue" in logs, "the killed task did not go back\n" + logs)
    check("code 75: back to the queue" in logs, "the asked task did not go back\n" + logs)


def test_cancelled_then_submitted_again():
    s = SCENE
    submit(s, "cut")
    array = sorted(half_way(s, "cut"))[0].split("_")[0]
    CLUSTER.ask("scancel", array)
    wait_until_empty()
    before = s.records("cut")
    check(3 <= len(before) < 24, f"{len(before)} of 24 runs were finished when it was cancelled")
    check(s.read("cut", "runs.csv") != s.read("whole", "runs.csv"), "the job that collects did not run")
    resubmit(s, "cut")
    wait_until_empty()
    s.check_same("cut", 24, before)


SCENE = scene()
main([value for name, value in list(globals().items()) if name.startswith("test_")], sys.argv[1:])
