"""Published comparisons on coarse grids, with tolerances for such grids; and the page holds every row that was kept."""

import csv
import os
import pathlib
import subprocess
import sys

SOURCE = os.environ.get("CX_SOURCE", os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
PUBLISHED = pathlib.Path(SOURCE) / "validation" / "published"


def page_is_whole():
    """Each case has results, each row of them is in the page, each figure it shows is there."""
    page = (PUBLISHED / "README.md").read_text()
    cases = sorted(path.stem for path in (PUBLISHED / "cases").glob("[a-z]*.py"))
    kept = sorted(path.stem for path in (PUBLISHED / "results").glob("*.csv"))
    assert cases == kept and cases, f"cases {cases}, results {kept}: run validation/published/published.py"
    for name in kept:
        with open(PUBLISHED / "results" / f"{name}.csv", newline="") as file:
            for row in list(csv.reader(file))[1:]:
                line = "| " + " | ".join(cell.replace("|", "/") for cell in row[:5])
                assert line in page, f"{name}: not in the page: {line}"
    figures = [line.split("](")[1].split(")")[0] for line in page.splitlines() if line.startswith("![")]
    assert figures and all((PUBLISHED / figure).exists() for figure in figures), figures
    return len(kept)


done = subprocess.run([sys.executable, str(PUBLISHED / "published.py"), "--quick"])
if done.returncode == 0:
    print(f"{page_is_whole()} cases are in the page")
sys.exit(done.returncode)
