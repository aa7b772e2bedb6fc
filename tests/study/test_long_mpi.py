"""Studies over real MPI: any number of ranks ends with the same bytes as one process; ranks that are killed or asked to
leave half way lose nothing that was finished, and nothing of it is computed again.

Builds a program with MPI of its own where the one under test has none."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile

import studies
from studies import Scratch, check, children, main, wait_for

if not shutil.which("mpirun"):
    print("not installed: mpirun")
    sys.exit(77)
ENVIRONMENT = dict(studies.ENVIRONMENT, OMPI_ALLOW_RUN_AS_ROOT="1", OMPI_ALLOW_RUN_AS_ROOT_CONFIRM="1",
                   OMPI_MCA_rmaps_base_oversubscribe="1")
HOLDER = tempfile.TemporaryDirectory(prefix="cicatrix-mpi-")
STUDY = """cicatrix-study: 1
base: base.yml
vary:
  device.needle.length: {from: 0.5 mm, to: 1.5 mm, steps: 10}
  skin.age: [30 year, 60 year, 80 year]
outcomes: [collagen_total_gain, erythema_peak]
"""


def mpirun(s, ranks, *words):
    return subprocess.run(["mpirun", "-n", str(ranks), studies.PROGRAM, "sweep", *words], cwd=s.folder, text=True,
                          env=ENVIRONMENT, capture_output=True, timeout=600)


def is_without_mpi():
    s = Scratch()
    s.write("study.yml", STUDY)
    done = mpirun(s, 2, "run", "study.yml", "-o", "out", "-q")
    if done.returncode == 0:
        return False
    check(done.returncode == 2 and "E117" in done.stderr and "-DCX_MPI=ON" in done.stderr,
          f"a program without MPI left with {done.returncode}: {done.stderr}")
    check(not os.path.exists(os.path.join(s.folder, "out")), "a program without MPI began a study")
    return True


def build():
    """A program with MPI; 77 if there is no compiler for it."""
    if not shutil.which("mpicc") or not shutil.which("cmake"):
        print("built without MPI, and no mpicc or cmake to build it with")
        sys.exit(1 if studies.failures else 77)
    folder = os.path.join(HOLDER.name, "build")
    generator = ["-G", "Ninja"] if shutil.which("ninja") else []
    for command in (["cmake", "-S", studies.SOURCE, "-B", folder, "-DCX_MPI=ON", "-DBUILD_TESTING=OFF", *generator],
                    ["cmake", "--build", folder, "--target", "cicatrix", "-j", "2"]):
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            sys.exit(done.stdout[-3000:] + done.stderr[-3000:])
    return os.path.join(folder, "cicatrix")


def scene():
    s = Scratch()
    s.write("base.yml", "cicatrix: 1\ndomain: {geometry: axisymmetric, size: [0.6 mm, 2.5 mm], cell: 8 um}\n"
            "device: {pattern: {type: single}}\ntime: {end: 60 day}\nrun: {checkpoint: 0.1 s}\n")
    s.write("study.yml", STUDY)
    s.sweep("run", "study.yml", "-o", "whole", "--threads", "1", "-q")
    return s


def rank_process(mpirun_pid, rank):
    """Process of one rank, None while it is not there."""
    for pid in children(mpirun_pid):
        try:
            with open(f"/proc/{pid}/environ", "rb") as file:
                words = file.read().split(b"\0")
        except OSError:
            continue
        if f"OMPI_COMM_WORLD_RANK={rank}".encode() in words or f"PMI_RANK={rank}".encode() in words:
            return pid
    return None


def disturb(s, folder, rank, number):
    """Starts three ranks and sends a signal to one of them half way; exit code."""
    process = subprocess.Popen(["mpirun", "-n", "3", studies.PROGRAM, "sweep", "run", "study.yml", "-o", folder, "-q"],
                               cwd=s.folder, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    check(wait_for(lambda: len(s.records(folder)) >= 5), "no run ends")
    pid = rank_process(process.pid, rank)
    check(wait_for(lambda: children(pid)), "the rank has no run")
    check(pid and len(s.records(folder)) < 30, "the signal comes too late")
    os.kill(pid, number)
    return process.wait(timeout=300)


def test_any_number_of_ranks():
    for ranks in (1, 2, 5):
        done = mpirun(SCENE, ranks, "run", "study.yml", "-o", f"ranks{ranks}")
        check(done.returncode == 0, f"{ranks} ranks: exit {done.returncode}\n{done.stderr}")
        check("30 runs: 30 ok; 0 were there already" in done.stderr, done.stderr)
        SCENE.check_same(f"ranks{ranks}", 30, {})


def test_all_ranks_work():
    """No rank makes everything: processes that share 30 runs of about the same length."""
    process = subprocess.Popen(["mpirun", "-n", "3", studies.PROGRAM, "sweep", "run", "study.yml", "-o", "busy", "-q"],
                               cwd=SCENE.folder, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def all_busy():
        ranks = [rank_process(process.pid, rank) for rank in range(3)]
        return all(pid and children(pid) for pid in ranks)

    check(wait_for(all_busy), "never did all ranks have a run")
    check(process.wait(timeout=300) == 0, "exit code")
    SCENE.check_same("busy", 30, {})


def test_killed_ranks():
    for rank in (1, 0):
        folder = f"killed{rank}"
        code = disturb(SCENE, folder, rank, signal.SIGKILL)
        check(code != 0, "mpirun did not notice that a rank was killed")
        before = SCENE.records(folder)
        check(5 <= len(before) < 30, f"{len(before)} of 30 runs were finished")
        done = mpirun(SCENE, 2, "run", "study.yml", "-o", folder)
        check(done.returncode == 0, done.stderr)
        check(f"{len(before)} were there already" in done.stderr, done.stderr)
        SCENE.check_same(folder, 30, before)


def test_rank_that_is_asked_to_leave():
    code = disturb(SCENE, "asked", 2, signal.SIGTERM)
    before = SCENE.records("asked")
    check(28 <= len(before) <= 30, f"{len(before)} of 30: the other ranks did not go on")
    wanted = 75 if len(before) < 30 else 0  # 30: its run ended just before
    check(code == wanted, f"{len(before)} runs: exit {code} instead of {wanted}")
    SCENE.sweep("run", "study.yml", "-o", "asked", "-q")
    SCENE.check_same("asked", 30, before)


def test_refused():
    for words in (("plan", "study.yml"), ("run", "study.yml", "--part", "1/2")):
        done = mpirun(SCENE, 2, *words, "-o", "none")
        check(done.returncode == 2 and "E117" in done.stderr, f"{words}: exit {done.returncode}\n{done.stderr}")
    check(not os.path.exists(os.path.join(SCENE.folder, "none")), "a study was begun")


if is_without_mpi():
    studies.PROGRAM = build()
SCENE = scene()
main([value for name, value in list(globals().items()) if name.startswith("test_")], sys.argv[1:])
