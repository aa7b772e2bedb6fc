"""What the built code shows to others, and that it keeps nothing between calls."""

import glob
import os
import re
import subprocess

import house

PREFIX = ("cx_", "cicatrix_")
# Mutable state of a process, and why it has to be.
STATE = {
    "base/units.c": "the unit table of UDUNITS-2, read once behind a lock and never changed after",
    "app/signals.c": "a signal handler can reach nothing but a static flag",
}
CONSTANT = re.compile(r"\.(data\.rel\.ro|rodata)")
SYMBOL = re.compile(r"^[0-9a-f]+ (.{7}) (\S+)\t[0-9a-f]+\s+(?:\.hidden )?(\S+)$")


def objects():
    found = glob.glob(os.path.join(house.BUILD, "CMakeFiles", "cx_*.dir", "**", "*.o"), recursive=True)
    return sorted(found + glob.glob(os.path.join(house.BUILD, "CMakeFiles", "model_*.dir", "**", "*.o"), recursive=True))


def source_of(path):
    """CMakeFiles/cx_app.dir/engine/app/signals.c.o -> app/signals.c"""
    return "/".join(path[: -len(".o")].split("/")[-2:])


def of_object(path):
    listing = subprocess.run(["objdump", "-t", path], capture_output=True, text=True, check=True).stdout
    for line in listing.split("\n"):
        match = SYMBOL.match(line)
        if not match or match.group(2) in ("*UND*", "*ABS*"):
            continue
        flags, section, name = match.groups()
        if flags[0] in "gu!" and not name.startswith(PREFIX):
            yield f"{source_of(path)}: {name} is visible to other files but has no cx_ before it"
        kept = section.startswith((".data", ".bss", ".tdata", ".tbss", "*COM*")) and not CONSTANT.match(section)
        if kept and "O" in flags and source_of(path) not in STATE:
            yield f"{source_of(path)}: {name} in {section} keeps state between calls"


def of_library(path):
    listing = subprocess.run(["nm", "-D", "--defined-only", path], capture_output=True, text=True, check=True).stdout
    names = [line.split()[-1] for line in listing.split("\n") if line]
    for name in names:
        if not name.startswith("cicatrix_"):
            yield f"libcicatrix.so shows {name}"
    if not names:
        yield "libcicatrix.so shows nothing"


def main():
    if os.environ.get("CX_SANITIZE") or glob.glob(os.path.join(house.BUILD, "**", "*.gcno"), recursive=True):
        house.skip("an instrumented build has symbols of its instruments")
    paths, findings = objects(), []
    for path in paths:
        findings += of_object(path)
    if not paths:
        findings.append(f"no object files below {house.BUILD}")
    library = os.path.join(house.BUILD, "libcicatrix.so")
    findings += of_library(library) if os.path.exists(library) else ["libcicatrix.so was not built"]
    house.finish(findings, f"{len(paths)} object files and the library")


main()
