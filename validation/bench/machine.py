"""What the numbers were measured on and with: processor, caches, compiler, versions of what is compared.  No names of hosts."""

import os
import pathlib
import re
import subprocess


def said(*words):
    try:
        return subprocess.run(words, capture_output=True, text=True, check=True, timeout=60).stdout.strip()
    except (OSError, subprocess.SubprocessError):
        return ""


def cached(build, name):
    """A variable of the build's CMake cache, or ""."""
    found = re.search(rf"^{name}:[A-Z]+=(.*)$", (build / "CMakeCache.txt").read_text(), re.M)
    return found.group(1) if found else ""


def processor():
    text = pathlib.Path("/proc/cpuinfo").read_text()
    name = re.search(r"^model name\s*: (.*)$", text, re.M)
    known = ("avx2", "fma", "avx512f")
    flags = set(re.findall(r"\w+", (re.search(r"^flags\s*: (.*)$", text, re.M) or [""])[0]))
    return {"processor": name.group(1).strip() if name else "unknown", "flags": [k for k in known if k in flags]}


def caches():
    sizes = {}
    for index in sorted(pathlib.Path("/sys/devices/system/cpu/cpu0/cache").glob("index*")):
        kind, level = (index / "type").read_text().strip(), (index / "level").read_text().strip()
        if kind != "Instruction":
            sizes["L" + level] = (index / "size").read_text().strip()
    return sizes


def compiler(build):
    lines = said(cached(build, "CMAKE_C_COMPILER") or "cc", "--version").split("\n")
    return lines[0]


def sundials_version(build, headers="SUNDIALS_HEADERS"):
    header = pathlib.Path(cached(build, headers)) / "sundials" / "sundials_config.h"
    found = re.search(r'#define SUNDIALS_VERSION "(.*)"', header.read_text()) if header.exists() else None
    return found.group(1) if found else "not installed"


def sundials7(build):
    """Version, compiler and flags of the one with LSRKStep, which is built by hand."""
    version = sundials_version(build, "SUNDIALS7_HEADERS")
    if version == "not installed":
        return version
    text = (pathlib.Path(cached(build, "SUNDIALS7_HEADERS")) / "sundials" / "sundials_config.h").read_text()
    names = ("SUN_C_COMPILER", "SUN_C_COMPILER_VERSION", "SUN_C_COMPILER_FLAGS")
    said_there = [re.search(rf'#define {name} "(.*)"', text) for name in names]
    return f"{version} ({' '.join(x.group(1) for x in said_there if x and x.group(1))})"


def facts(build):
    memory = re.search(r"MemTotal:\s+(\d+)", pathlib.Path("/proc/meminfo").read_text())
    return {**processor(), "cores": len(os.sched_getaffinity(0)), "caches": caches(),
            "memory_gb": round(int(memory.group(1)) * 1024 / 1e9, 1) if memory else None,
            "compiler": compiler(build), "build_type": cached(build, "CMAKE_BUILD_TYPE"),
            "native": cached(build, "CX_NATIVE") or "OFF",
            "load_at_start": round(os.getloadavg()[0], 2),
            "sundials": sundials_version(build), "sundials7": sundials7(build),
            "petsc": said("pkg-config", "--modversion", "PETSc") or "not installed"}
