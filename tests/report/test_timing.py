"""Every number behind the timeline of a report stands in the evidence file that its source names, and so does its DOI."""

import os
import re
import sys

SOURCE = os.environ.get("CX_SOURCE", os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
EVIDENCE = os.path.join(SOURCE, "validation", "evidence")
failures = []


def check(true, what):
    if not true:
        failures.append(what)
        print("FAIL", what)


def numbers(text):
    return {float(word) for word in re.findall(r"\d+(?:\.\d+)?", text)}


def stands_in(hours, known):
    """In hours, days or minutes, as the source has it; a window that is only bounded begins at 0."""
    return hours == 0 or any(abs(hours * unit - number) < 0.02 * max(number, 0.1)
                             for unit in (1, 1 / 24, 60) for number in known)


def main():
    with open(os.path.join(SOURCE, "engine/report/assets/timing.yml"), encoding="utf-8") as file:
        blocks = file.read().split("\n  - cite: ")[1:]
    windows = 0
    for block in blocks:
        name = block.split("\n")[0]
        path = os.path.join(EVIDENCE, re.search(r"^    data: (\S+)$", block, re.M).group(1))
        check(os.path.exists(path), f"{name}: no {path}")
        with open(path, encoding="utf-8") as file:
            evidence = file.read()
        mark = re.search(r'^    id: "(.*)"$', block, re.M).group(1)
        check(mark == "no DOI" or mark.split()[-1] in evidence, f"{name}: {mark} is not in {path}")
        for low, high in re.findall(r"hours: \[([\d.]+), ([\d.]+)\]", block):
            windows += 1
            check(float(low) <= float(high), f"{name}: {low} to {high}")
            for hours in (low, high):
                check(stands_in(float(hours), numbers(evidence)), f"{name}: {hours} h is not in {path}")
    check(windows > 15, f"{windows} windows")
    print(f"{len(blocks)} sources, {windows} windows:", "failed" if failures else "ok")
    sys.exit(1 if failures else 0)


main()
