"""The whole of validation/accuracy.py: what was inside its tolerance stays inside, and no row is lost."""

import csv
import importlib.util
import os
import pathlib
import re
import subprocess
import sys
import tempfile

SOURCE = pathlib.Path(os.environ["CX_SOURCE"])
BUILD = pathlib.Path(os.environ["CX_BUILD"])


def rows(path):
    with open(path, encoding="utf-8") as file:
        return {(r["problem"], r["geometry"], re.sub(r"; \d+ steps", "", r["measured"])): r for r in csv.DictReader(file)}


def main():
    if not importlib.util.find_spec("matplotlib"):
        print("skipped: python3-matplotlib is not installed")
        return 77
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, str(SOURCE / "validation" / "accuracy.py"), "--build", str(BUILD), "--out", folder],
                       check=True)
        new = rows(pathlib.Path(folder) / "accuracy.csv")
        page = (pathlib.Path(folder) / "accuracy.md").read_text(encoding="utf-8")
        pictures = sorted(p.name for p in (pathlib.Path(folder) / "figures").iterdir())
    old = rows(SOURCE / "validation" / "accuracy.csv")
    findings = [f"{' '.join(key)}: no longer measured" for key in old if key not in new]
    for key, row in new.items():
        if row["inside"] != "yes" and old.get(key, {"inside": "yes"})["inside"] == "yes":
            findings.append(f"{' '.join(key)}: found {row['found']}, {row['rule']} {row['expected']}")
    findings += [f"figures/{p}: not on the page" for p in pictures if f"figures/{p}" not in page]
    if len(pictures) < 5 or len(new) < 500:
        findings.append(f"only {len(new)} rows and {len(pictures)} figures")
    for finding in findings:
        print(finding)
    print(f"{len(new)} rows, {len(findings)} findings")
    return 1 if findings else 0


sys.exit(main())
