"""clang-tidy has nothing to say about engine/ and models/ (see .clang-tidy for what it is asked)."""

import concurrent.futures
import os
import re
import shutil
import subprocess

import house


def tidy(path):
    tool = [shutil.which("clang-tidy-14"), "--quiet", "-p", house.BUILD, os.path.join(house.SOURCE, path)]
    said = subprocess.run(tool, capture_output=True, text=True).stdout
    return re.findall(r"^\S+:\d+:\d+: (?:warning|error): .*$", said, re.M)


def main():
    if not shutil.which("clang-tidy-14"):
        house.skip("clang-tidy-14 is not installed")
    paths = house.files("engine", "models", endings=(".c",))
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        findings = {f.replace(house.SOURCE + "/", "") for said in pool.map(tidy, paths) for f in said}
    house.finish(sorted(findings), f"{len(paths)} files")


main()
