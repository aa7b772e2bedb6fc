"""The binaries are position independent, resolve everything at the start, and have no executable stack."""

import os
import subprocess

import house


def readelf(path, what):
    return subprocess.run(["readelf", "-W", what, path], capture_output=True, text=True, check=True).stdout


def of_binary(path):
    name = os.path.basename(path)
    if "DYN" not in readelf(path, "-h"):
        yield f"{name}: not position independent"
    segments = readelf(path, "-l")
    if "GNU_RELRO" not in segments:
        yield f"{name}: no read-only relocations"
    stack = [line for line in segments.split("\n") if "GNU_STACK" in line]
    if not stack or "E" in stack[0].split()[-2]:
        yield f"{name}: executable stack"
    dynamic = readelf(path, "-d")
    if "BIND_NOW" not in dynamic and "NOW" not in dynamic:
        yield f"{name}: lazy binding"
    if "RUNPATH" in dynamic and house.SOURCE in dynamic:
        yield f"{name}: searches the source folder for libraries"
    with open(path, "rb") as file:
        content = file.read()
    if b"__stack_chk_fail" not in content:
        yield f"{name}: no stack protector"
    if house.SOURCE.encode() + b"/engine" in content:
        yield f"{name}: names the folder it was built in"


def main():
    if os.environ.get("CX_SANITIZE") or os.environ.get("CX_BUILD_TYPE") != "Release":
        house.skip("only release builds are shipped")
    findings = []
    for name in ("cicatrix", "libcicatrix.so"):
        path = os.path.join(house.BUILD, name)
        findings += of_binary(path) if os.path.exists(path) else [f"{name} was not built"]
    house.finish(findings, "2 binaries")


main()
