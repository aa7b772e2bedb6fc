"""A room includes itself and the rooms before it; a model includes engine/model.h and files of its own folder."""

import os
import re

import house

INCLUDE = re.compile(r'^\s*#\s*include\s+"([^"]+)"', re.M)
# Headers beside the rooms, and the rooms that may use them.
SHARED = {
    "model.h": house.ROOMS[1:],
    "cicatrix.h": ["run"],
    "models.def": ["run"],
    "classroom.def": ["classroom"],
    "commit.h": ["run"],
    "version.h": house.ROOMS[house.ROOMS.index("run") :],
}

# scenario.h: the words for sites, conditions and topicals that a model's context speaks of.
OF_MODELS = {"engine/model.h", "engine/config/scenario.h"}


def verdict(room, header):
    if header in SHARED:
        return None if room in SHARED[header] else f"room {room} may not include {header}"
    target = header.split("/")[0]
    if target not in house.ROOMS or "/" not in header:
        return f"{header}: write ROOM/FILE.h"
    if house.ROOMS.index(target) > house.ROOMS.index(room):
        return f"{room} comes before {target} and may not include {header}"
    return None


def main():
    findings, seen = [], 0
    for path in house.files("engine"):
        parts = path.split("/")
        for header in INCLUDE.findall(house.text(path)):
            seen += 1
            if len(parts) == 3:
                why = verdict(parts[1], header)
            else:
                why = None if header.startswith("base/") else f"only base/ here, not {header}"
            if why:
                findings.append(f"{path}: {why}")
    for path in house.files("models"):
        for header in INCLUDE.findall(house.text(path)):
            seen += 1
            own = os.path.exists(os.path.join(house.SOURCE, os.path.dirname(path), header)) and "/" not in header
            if header not in OF_MODELS and not own:
                findings.append(f"{path}: a model includes engine/model.h and its own files, not {header}")
    house.finish(findings, f"{seen} includes")


main()
