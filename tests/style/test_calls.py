"""Calls that are never made, calls that only the command line makes, and conditional compilation."""

import re

import house

NEVER = "sprintf vsprintf strcpy strcat gets atoi atol atof system popen strtok rand srand tmpnam mktemp alloca"
APP_ONLY = "exit _exit abort printf vprintf puts putchar perror"
CHILD_ROOMS = {"watch", "study"}   # files of unknown origin and items of a study are handled by a child
KERNELS = {"rates", "movement", "measure"}
SLOW = "pow powf exp expf log fmax fmin fmaxf fminf"  # they keep a loop from being vectorised


def calls(names, code):
    return set(re.findall(r"(?<![\w.>])(" + "|".join(names.split()) + r")\s*\(", code))


def banned(path, code):
    room = path.split("/")[1] if path.count("/") == 2 else ""
    for name in sorted(calls(NEVER, code)):
        yield f"{path}: {name}() is never called here"
    for name in sorted(calls(APP_ONLY, code)):
        if room != "app" and not (name == "_exit" and room in CHILD_ROOMS):
            yield f"{path}: only app/ calls {name}()"


def conditions(path, code):
    """#if and its kind live in base/ and model.h; everywhere else only the include guard."""
    if path.startswith("engine/base/") or path in ("engine/model.h", "engine/cicatrix.h"):
        return
    found = re.findall(r"^[ \t]*#[ \t]*(if\w*)[ \t]+([^\n]*)", code, re.M)
    guard = path.endswith(".h") and found and found[0][0] == "ifndef" and found[0][1].strip().endswith("_H")
    for kind, what in found[1 if guard else 0 :]:
        yield f"{path}: #{kind} {what.strip()} outside base/ and model.h"


def main():
    findings, paths = [], house.files("engine", "models")
    for path in paths:
        code = house.without_comments(house.text(path))
        findings += banned(path, house.without_directives(code))
        findings += conditions(path, code)
        if path.startswith("models/"):
            for f in house.functions(house.text(path)):
                for name in sorted(calls(SLOW, f.body) if f.name in KERNELS else ()):
                    findings.append(f"{path}:{f.line}: {f.name}() calls {name}(), which does not vectorise")
    house.finish(findings, f"{len(paths)} files")


main()
