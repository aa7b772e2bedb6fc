"""All C is as clang-format 14 leaves it; `clang-format-14 -i FILE` mends a finding."""

import re
import shutil
import subprocess

import house


def main():
    tool = shutil.which("clang-format-14")
    if not tool:
        house.skip("clang-format-14 is not installed")
    paths = house.files("engine", "models", "tests", "validation")
    said = subprocess.run([tool, "--dry-run", *paths], cwd=house.SOURCE, capture_output=True, text=True).stderr
    places = re.findall(r"^(\S+?):(\d+):\d+: (?:warning|error)", said, re.M)
    count = {}
    for path, line in places:
        count.setdefault(path, []).append(int(line))
    findings = [f"{path}:{lines[0]}: not formatted ({len(lines)} places)" for path, lines in sorted(count.items())]
    house.finish(findings, f"{len(paths)} files")


main()
