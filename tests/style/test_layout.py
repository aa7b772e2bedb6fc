"""The top level holds what it should; no file points at somebody's machine or at work left undone."""

import os
import re

import house

TOP = {"engine", "models", "configs", "outputs", "tests", "validation",
       "CMakeLists.txt", "CMakePresets.json", "README.md", "LICENSE", "quickstart"}
TEXT = (".c", ".h", ".in", ".py", ".sh", ".md", ".yml", ".txt", ".json", ".csv", ".cmake", "quickstart", "run")
FOLDERS = ["engine", "models", "configs", "tests", "validation", ".ci"]
UNDONE = re.compile(r"\b(" + "|".join(("TO" + "DO", "FIX" + "ME")) + r")\b")
MACHINE = re.compile(r"(?<![\w.:])/(home|root|work|Users)/\w")


def main():
    findings = []
    for name in sorted(os.listdir(house.SOURCE)):
        if name not in TOP and not name.startswith((".", "build")):
            findings.append(f"{name}: does not belong at the top level")
    for name in sorted(TOP):
        if not os.path.exists(os.path.join(house.SOURCE, name)):
            findings.append(f"{name}: missing at the top level")
    for room in sorted(os.listdir(os.path.join(house.SOURCE, "engine"))):
        if os.path.isdir(os.path.join(house.SOURCE, "engine", room)) and room not in house.ROOMS:
            findings.append(f"engine/{room}: not a room of the house")
    paths = [n for n in sorted(TOP) if os.path.isfile(os.path.join(house.SOURCE, n))]
    paths += house.files(*FOLDERS, endings=TEXT)
    for path in paths:
        for number, line in enumerate(house.text(path).split("\n"), 1):
            for pattern, what in ((UNDONE, "work left undone"), (MACHINE, "a path of one machine")):
                if pattern.search(line):
                    findings.append(f"{path}:{number}: {what}: {line.strip()[:80]}")
    house.finish(findings, f"{len(paths)} files")


main()
