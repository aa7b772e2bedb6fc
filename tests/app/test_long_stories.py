"""The shipped stories at full size: every claim of theirs holds, each becomes one page of at most 5 MB."""

import glob
import json
import os
import subprocess
import sys
import tempfile

PROGRAM = os.environ.get("CX_PROGRAM", os.path.abspath("build/cicatrix"))
SOURCE = os.environ.get("CX_SOURCE", os.getcwd())
PATIENCE = 1800  # s; only for what would otherwise hang for ever
LIMIT = 5 * 1000 * 1000


def tell(path, folder):
    """Finding, or nothing."""
    done = subprocess.run([PROGRAM, "story", path, "-o", folder, "--json"], capture_output=True, text=True,
                          timeout=PATIENCE, env=dict(os.environ, OMP_WAIT_POLICY="passive"))
    if done.returncode:
        return f"exit {done.returncode}: {done.stdout[-1500:]} {done.stderr[-500:]}"
    answer = json.loads(done.stdout)
    seconds = sum(run["seconds"] for run in answer["runs"])
    print(f"{answer['story']}: {answer['claims']} claims, {len(answer['runs'])} runs in {seconds:.1f} s, "
          f"{answer['bytes']} bytes")
    return f"{answer['bytes']} bytes" if answer["bytes"] > LIMIT else "" if answer["claims"] else "claims nothing"


def main():
    failed = False
    stories = [path for path in sorted(glob.glob(os.path.join(SOURCE, "configs", "stories", "*.yml")))
               if "cicatrix-story:" in open(path, encoding="utf-8").read()]
    with tempfile.TemporaryDirectory(prefix="cicatrix-stories-") as folder:
        for path in stories:
            name = os.path.splitext(os.path.basename(path))[0]
            finding = tell(path, os.path.join(folder, name))
            if finding:
                print(f"{name}: {finding}")
                failed = True
    sys.exit(1 if failed or len(stories) < 3 else 0)


main()
