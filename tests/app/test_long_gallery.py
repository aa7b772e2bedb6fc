"""The whole gallery over configs/: every scenario runs, every card has its picture, the page is small; says how long."""

import glob
import json
import os
import re
import subprocess
import sys
import tempfile
import time

SOURCE = os.environ.get("CX_SOURCE", os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
PROGRAM = os.environ.get("CX_PROGRAM", os.path.join(SOURCE, "build", "cicatrix"))


def main():
    with tempfile.TemporaryDirectory() as folder:
        begin = time.monotonic()
        done = subprocess.run([PROGRAM, "gallery", "configs", "-o", folder, "--json"], capture_output=True, text=True, timeout=3600,
                              cwd=SOURCE, env=dict(os.environ, OMP_WAIT_POLICY="passive"))
        seconds = time.monotonic() - begin
        if done.returncode:
            print(done.stderr[-2000:], done.stdout[-2000:])
            sys.exit(1)
        told = json.loads(done.stdout)
        with open(told["page"], encoding="utf-8") as file:
            page = file.read()
    scenarios = [entry for entry in told["entries"] if entry["kind"] == "scenario"]
    problems = []
    if len(told["entries"]) != len(glob.glob(os.path.join(SOURCE, "configs", "*.yml"))):
        problems.append("entries and files of configs/ differ in number")
    if told["simulated"] != len(scenarios) or len(scenarios) < 20:
        problems.append(f"{told['simulated']} simulated of {len(scenarios)}")
    if len(re.findall(r"<img src='data:image/(?:webp|png)[^']{500,}' alt=\"[^\"]{15,}\"", page)) != len(scenarios):
        problems.append("a card without a picture, or a picture without words")
    if told["bytes"] > 5e6:
        problems.append(f"the page has {told['bytes']} bytes")
    print(f"{len(scenarios)} scenarios in {seconds:.0f} s, page of {told['bytes'] / 1e6:.2f} MB")
    print("\n".join(problems) or "ok")
    sys.exit(1 if problems else 0)


main()
