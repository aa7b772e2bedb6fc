"""Every command of README.md that starts with build/cicatrix runs as it is written, in order."""

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

SOURCE = os.environ["CX_SOURCE"]
PROGRAM = os.environ["CX_PROGRAM"]


def commands():
    with open(os.path.join(SOURCE, "README.md"), encoding="utf-8") as file:
        text = file.read()
    blocks = re.findall(r"^```sh\n(.*?)^```", text, re.S | re.M)
    lines = [line.split(" #")[0].strip() for block in blocks for line in block.split("\n")]
    spoken = re.findall(r"`(build/cicatrix [^`]*)`", text)
    return [line for line in lines + spoken if line.startswith("build/cicatrix ")]


def main():
    failed = 0
    with tempfile.TemporaryDirectory() as work:
        os.mkdir(os.path.join(work, "build"))
        os.symlink(PROGRAM, os.path.join(work, "build", "cicatrix"))
        shutil.copytree(os.path.join(SOURCE, "configs"), os.path.join(work, "configs"))
        first = ["build/cicatrix run configs/quickstart.yml"]  # what ./quickstart does
        for command in first + commands():
            done = subprocess.run(shlex.split(command), cwd=work, capture_output=True, text=True)
            print(f"{done.returncode} {command}")
            if done.returncode:
                print(done.stderr)
                failed += 1
    sys.exit(failed != 0)


main()
