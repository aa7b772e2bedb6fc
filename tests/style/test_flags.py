"""Every file is compiled so that the same source gives the same bits."""

import json
import os

import house

NEEDED = ("-ffp-contract=off", "-std=c17")
REFUSED = ("-ffast-math", "-Ofast", "-funsafe-math-optimizations", "-fassociative-math", "-freciprocal-math",
           "-ffinite-math-only", "-fno-signed-zeros", "-ffp-contract=fast", "-ffp-contract=on")


def main():
    with open(os.path.join(house.BUILD, "compile_commands.json"), encoding="utf-8") as file:
        commands = json.load(file)
    findings = []
    for command in commands:
        words = command["command"].split()
        name = os.path.relpath(command["file"], house.SOURCE)
        findings += [f"{name}: compiled without {flag}" for flag in NEEDED if flag not in words]
        findings += [f"{name}: compiled with {flag}" for flag in REFUSED if flag in words]
    if not commands:
        findings.append("no compile command")
    house.finish(findings, f"{len(commands)} compile commands")


main()
