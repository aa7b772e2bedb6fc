"""The benchmark runs on tiny sizes, its record has the fields that its page needs, the engine solves p2 as well as the independent
reference says, and the guard of instruction counts sees what grew."""

import importlib.util
import json
import os
import pathlib
import subprocess
import sys
import tempfile

SOURCE, BUILD = pathlib.Path(os.environ["CX_SOURCE"]), pathlib.Path(os.environ["CX_BUILD"])
BENCH = SOURCE / "validation" / "bench"


def run(folder):
    record, page = folder / "bench.json", folder / "page.md"
    words = [sys.executable, BENCH / "bench.py", "--smoke", "--parts", "limits,kernels,scaling,p2", "--build", BUILD,
             "--json", record, "--page", page]
    done = subprocess.run(words, capture_output=True, text=True, timeout=1200)
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(record.read_text()), page.read_text()


def check_limits(record):
    for row in record["limits"]:
        assert all(size["triad"] > 0 and size["update"] > 0 for size in row["sizes"]), row
        assert row["float_gflops"] > 0 and row["double_gdivisions"] > 0, row


def check_kernels(record):
    assert len(record["kernels"]) == 5
    for case in record["kernels"]:
        assert "failed" not in case, case
        assert case["seconds"] > 0 and case["cpu_seconds"] >= 0 and case["cells"] > 100 and case["fields"] >= 3, case
        assert case["scheme_gbs"] > 0 and case["update_gbs"] > 0 and case["profiled"], case
        shares = sum(row["share"] for row in case["rows"])
        assert not case["rows"] or abs(shares - 1) < 1e-9, case


def check_p2(record):
    """Skipped in itself where numpy is missing: then the record says so."""
    part = record["p2"][0]
    if "failed" in part:
        assert "numpy" in part["failed"]
        return
    errors = {row["tolerance"]: row["error"] for row in part["rows"] if row["method"].endswith("mixed")}
    assert part["reference_bound"] < 1e-3 and len(errors) == 7
    assert errors[1e-2] < 1e-2 and errors[3e-4] < 3e-4, errors
    assert all(row["finished"] and row["steps"] > 20 and row["cpu"] > 0 for row in part["rows"])


def check_goals():
    """The goals of p2: a ratio where the others get to the error, a bound where none does, and what is not installed."""
    sys.path.insert(0, str(BENCH))
    import page
    ours = {"who": "Cicatrix", "method": "", "finished": True, "error": 9e-4, "cpu": 1.0}
    late = [{"who": "PETSc", "method": "rosw", "finished": False, "cpu": 72.0},
            {"who": "SUNDIALS", "method": "bdf", "finished": True, "error": 2e-3, "cpu": 50.0}]
    record = {"p2": [{"n": 64, "rows": [ours, *late]}]}
    ratio, words = page.p2_goal(record, page.PACKAGED)
    assert ratio == 50 and words.startswith("> 50 x: none arrives"), words
    assert page.p2_goal(record, page.BY_HAND) == (None, "not measured (not installed)")
    record["p2"][0]["rows"].append({"who": "SUNDIALS 7", "method": "rkc", "finished": True, "error": 1e-3, "cpu": 30.0})
    ratio, words = page.p2_goal(record, page.BY_HAND)
    assert ratio == 30 and words.startswith("30 x (64^3; SUNDIALS 7 rkc"), words
    assert page.p2_goal(record, page.PACKAGED)[0] == 50


def check_guard():
    sys.path.insert(0, str(BENCH))
    spec = importlib.util.spec_from_file_location("instructions", BENCH / "instructions.py")
    guard = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(guard)
    old = {"a": {"total": 1000, "x": 100, "gone": 50}}
    assert guard.compare(old, {"a": {"total": 1040, "x": 104}}) == ([], [])
    grown, shrunk = guard.compare(old, {"a": {"total": 1060, "x": 90}})
    assert len(grown) == 1 and "total" in grown[0] and len(shrunk) == 1 and "x" in shrunk[0], (grown, shrunk)
    recorded = json.loads((BENCH / "instructions.json").read_text())
    assert set(recorded["instructions_per_step"]) == set(guard.CASES) and recorded["setting"]["compiler"]
    assert all(c["total"] > 1000 for c in recorded["instructions_per_step"].values())


def main():
    if os.environ.get("CX_SANITIZE"):
        print("skipped: an instrumented build has nothing to time")
        sys.exit(77)
    with tempfile.TemporaryDirectory() as folder:
        record, page = run(pathlib.Path(folder))
    assert record["schema_version"] == 1 and record["machine"]["compiler"] and record["cores"] >= 1
    check_limits(record)
    check_kernels(record)
    assert [row["threads"] for row in record["scaling"]][0] == 1 and all(row["seconds"] > 0 for row in record["scaling"])
    check_p2(record)
    check_goals()
    check_guard()
    for title in ("## What was aimed at", "## Where the time goes", "## Kernels, one thread", "## What was compared, and how"):
        assert title in page, title
    print(f"{len(record['kernels'])} cases, {len(page)} letters of page")


main()
