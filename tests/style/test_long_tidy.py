"""clang-tidy has nothing to say about engine/ and models/ (see .clang-tidy for what it is asked)."""

import concurrent.futures
import os
import re
import shutil
import subprocess

import house


def headers():
    """Folders of MPI's headers as options: most builds do not compile what needs them.  Empty where there is no MPI."""
    if not shutil.which("pkg-config"):
        return []
    said = subprocess.run(["pkg-config", "--cflags-only-I", "mpi-c"], capture_output=True, text=True).stdout
    return ["--extra-arg=-isystem" + word.removeprefix("-I") for word in said.split()]


MPI = headers()


def tidy(path):
    options = MPI if path.endswith("_mpi.c") else []
    tool = [shutil.which("clang-tidy-14"), "--quiet", "-p", house.BUILD, *options, os.path.join(house.SOURCE, path)]
    said = subprocess.run(tool, capture_output=True, text=True).stdout
    return re.findall(r"^\S+:\d+:\d+: (?:warning|error): .*$", said, re.M)


def main():
    if not shutil.which("clang-tidy-14"):
        house.skip("clang-tidy-14 is not installed")
    paths = [p for p in house.files("engine", "models", endings=(".c",)) if MPI or not p.endswith("_mpi.c")]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        findings = {f.replace(house.SOURCE + "/", "") for said in pool.map(tidy, paths) for f in said}
    house.finish(sorted(findings), f"{len(paths)} files")


main()
