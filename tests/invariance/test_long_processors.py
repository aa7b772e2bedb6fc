"""The same bits from the code for plain, AVX2 and AVX-512 processors: one program runs on emulated ones and on the one at hand,
and all that a short run of three geometries writes is compared.  Some minutes; needs qemu-user.

The C library has functions (pow, sin, log) that round otherwise where there is no fused multiply-add, that is on processors
before about 2013; the last bits of a run may differ there.  So the plain processor is compared with the one at hand when that
is told to use the same functions."""

import os
import pathlib
import shutil
import sys
import tempfile

from test_long_compilers import SOURCE, digests

PROGRAM = os.environ.get("CX_PROGRAM") or str(SOURCE / "build" / "cicatrix")
EMULATOR = shutil.which("qemu-x86_64")
PLAIN = ["env", "GLIBC_TUNABLES=glibc.cpu.hwcaps=-FMA,-FMA4,-AVX2"]
PAIRS = {"Haswell (AVX2)": ([EMULATOR, "-cpu", "Haswell"], []), "Nehalem (neither AVX nor FMA)": ([EMULATOR, "-cpu", "Nehalem"], PLAIN)}


def made_by(words):
    with tempfile.TemporaryDirectory() as folder:
        return digests([*words, PROGRAM], pathlib.Path(folder))


def main():
    if not EMULATOR or os.uname().machine != "x86_64" or os.environ.get("CX_SANITIZE"):
        print("skipped: no qemu-user, another kind of processor, or a build with sanitizers")
        return 77
    failed = 0
    for name, (emulated, here) in PAIRS.items():
        there, found = made_by(emulated), made_by(here)
        different = [what for what in found if found[what] != there[what]]
        failed += len(different)
        print(f"{name} and the one at hand: {len(found) - len(different)} of {len(found)} files the same", *different, sep="\n  ")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
