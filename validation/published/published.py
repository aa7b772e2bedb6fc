"""Published wound models, reproduced: runs the cases with the built program and writes the page README.md.

    python3 validation/published/published.py [--quick] [--check] [--program FILE] [NAME...]

NAME: files of cases/ (all unless given).  --quick: coarse grids, few rows, nothing is written.  --check: nothing is
written.  Exit 1 if a row that is known as inside its tolerance is outside, or a known miss is inside; 77 if a package of
Python is missing.  The program: --program, else the variable CX_PROGRAM, else build/cicatrix.
"""

import argparse
import csv
import importlib
import json
import os
import pathlib
import sys

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
try:
    import h5py  # noqa: F401  read by lab.py
    import matplotlib
    import numpy  # noqa: F401
    import scipy  # noqa: F401
except ImportError as missing:
    print(f"skipped: {missing}; apt install python3-numpy python3-scipy python3-h5py python3-matplotlib")
    sys.exit(77)
matplotlib.use("Agg")
import lab  # noqa: E402

COLUMNS = ["model", "case", "quantity", "reference", "ours", "difference", "tolerance", "status", "inside", "remark"]


def shown(x):
    if isinstance(x, str):
        return x
    return f"{x:.6g}" if abs(x) < 1e5 else f"{x:.6e}"


def gap(row):
    if row.words():
        return ""
    return f"{row.difference():+.2e}" if row.absolute else f"{100 * row.difference():+.2g} %"


def allowed(row):
    if row.words():
        return "equal"
    return f"{row.tolerance:.2g} absolute" if row.absolute else f"{100 * row.tolerance:.2g} %"


def cells_of(row):
    remark = "; ".join(word for word in (row.miss, row.why) if word)
    return [row.model, row.case, row.quantity, shown(row.reference), shown(row.ours), gap(row), allowed(row),
            row.status, "yes" if row.inside() else "no", remark]


def run_case(name, bench, write):
    """Rows of a case; its results and figures are kept if `write`."""
    case = importlib.import_module(f"cases.{name}")
    print(f"{name} ...", flush=True)
    rows = case.rows(bench)
    for row in rows:
        mark = "ok  " if not row.surprising() else "FAIL"
        print("  " + " | ".join([mark] + cells_of(row)[1:9]))
    if write:
        bench.captions = {}
        case.figures(bench)
        with open(HERE / "results" / f"{name}.csv", "w", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(COLUMNS)
            writer.writerows(cells_of(row) for row in rows)
        about = {"title": case.TITLE, "citation": case.CITATION, "note": case.NOTE, "figures": bench.captions}
        (HERE / "results" / f"{name}.json").write_text(json.dumps(about, indent=1, sort_keys=True) + "\n")
    return rows


def line(cells):
    return "| " + " | ".join(c.replace("|", "/") for c in cells) + " |\n"


def section(name):
    """Heading, table and figures of one case, from what was kept."""
    about = json.loads((HERE / "results" / f"{name}.json").read_text())
    with open(HERE / "results" / f"{name}.csv", newline="") as file:
        rows = list(csv.reader(file))
    text = f"## {about['title']}\n\n{about['citation']}\n\n"
    if about["note"]:
        text += about["note"].strip() + "\n\n"
    text += line(COLUMNS) + "|" + "---|" * len(COLUMNS) + "\n"
    for row in rows[1:]:
        text += line([f"**{cell}**" if at == 8 and cell == "no" else cell for at, cell in enumerate(row)])
    for figure, caption in about["figures"].items():
        text += f"\n![{caption}](figures/{figure}.png)\n\n{caption}\n"
    return text, rows[1:]


def write_page():
    names = sorted(path.stem for path in (HERE / "results").glob("*.json"))
    sections = [section(name) for name in names]
    total = sum(len(rows) for _, rows in sections)
    outside = [row for _, rows in sections for row in rows if row[8] != "yes"]
    count = f"{total} rows, {total - len(outside)} inside their tolerance, {len(outside)} outside.\n\n"
    (HERE / "README.md").write_text(HEAD + count + "\n".join(text for text, _ in sections))
    print(f"written: {HERE / 'README.md'}: {count.strip()}")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--program", default=os.environ.get("CX_PROGRAM", str(HERE.parent.parent / "build" / "cicatrix")))
    parser.add_argument("name", nargs="*")
    return parser.parse_args()


def main():
    asked = arguments()
    write = not (asked.quick or asked.check)
    names = asked.name or sorted(path.stem for path in (HERE / "cases").glob("[a-z]*.py"))
    bench = lab.Lab(asked.program, asked.quick, HERE / "figures" if write else None)
    rows = [row for name in names for row in run_case(name, bench, write)]
    if write:
        write_page()
    surprises = [row for row in rows if row.surprising()]
    for row in surprises:
        print(f"surprise: {row.model}, {row.case}: {row.quantity}: reference {shown(row.reference)}, ours {shown(row.ours)}, "
              f"difference {gap(row)}, tolerance {allowed(row)}{', known as a miss' if row.miss else ''}")
    print(f"{len(rows)} rows, {sum(row.inside() for row in rows)} inside, {len(surprises)} surprises")
    sys.exit(1 if surprises or not rows else 0)


HEAD = """# Published models, reproduced

Made by `python3 validation/published/published.py`; one part of it anew by `... NAME`. Each case is a file of `cases/`, its
scenarios are in `scenarios/`, the numbers it is compared with in `reference/`, with citations. The models are in `models/`.

Status of a reference number: *published*: read in the source or its curated model file; *measured*: data of an
experiment; *exact*: follows from the equations by algebra; *COMPUTED*: worked out for this project from the published
equations by an independent solver (SciPy's stiff integrators on finite volumes, grid-converged), so agreement shows that this
program solves those equations, not that they are right; *FROM MEMORY*: recalled, not confirmed, do not quote as the paper's.

The difference is (ours - reference) / |reference|, or ours - reference where the tolerance says absolute. A row outside its
tolerance stays in the table with the reason, if it is known. The long test suite runs all of it.

"""

if __name__ == "__main__":
    main()
