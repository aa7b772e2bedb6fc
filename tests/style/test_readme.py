"""README.md and its kind say what is there: links lead somewhere, verbs exist, exit codes are the real ones."""

import json
import os
import re
import subprocess

import house

PROGRAM = os.environ.get("CX_PROGRAM", os.path.join(house.BUILD, "cicatrix"))


def broken_links(path):
    for target in re.findall(r"\]\(([^)#\s]+)", house.text(path)):
        if "://" not in target and not os.path.exists(os.path.join(house.SOURCE, os.path.dirname(path), target)):
            yield f"{path}: leads to {target}, which is not there"


def wrong_verbs(readme):
    said = subprocess.run([PROGRAM, "help", "--json"], capture_output=True, text=True, check=True).stdout
    there = {verb["name"] for verb in json.loads(said)["verbs"]}
    table = readme[readme.index("| verb | does |") : readme.index("Every verb takes")]
    named = set(re.findall(r"`([a-z]+)[ `]", "".join(re.findall(r"^\|([^|]*)\|", table, re.M))))
    yield from (f"README.md: '{verb}' is no verb of the program" for verb in sorted(named - there))
    yield from (f"README.md: the verb '{verb}' is not in the table" for verb in sorted(there - named))


def wrong_exits(readme):
    real = set(re.findall(r"X\(\w+, (\d+), ", house.text("engine/base/error.h")))
    table = readme[readme.index("| exit | meaning |") : readme.index("## The house")]
    named = set(re.findall(r"\| (\d+) \|", table))
    if named != real:
        yield f"README.md: exit codes {sorted(named ^ real)} are in the table or in base/error.h, not in both"


def main():
    readme = house.text("README.md")
    findings = []
    pages = ["README.md"] + house.files("engine", "models", "configs", "tests", "validation", endings=(".md",))
    for path in pages:
        findings += broken_links(path)
    for room in re.findall(r"^engine/(\w+) ", readme, re.M):
        if room not in house.ROOMS:
            findings.append(f"README.md: engine/{room} is no room")
    findings += wrong_verbs(readme)
    findings += wrong_exits(readme)
    house.finish(findings, f"{len(pages)} pages")


main()
