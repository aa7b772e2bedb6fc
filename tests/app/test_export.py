"""export as other programs read it: every value of the CSV, NumPy and VTK files is the value that stands in run.nc, at the
place and time that it stands there; series, outcomes and needles; wrong words leave with a reason."""

import csv
import json
import os
import subprocess
import sys
import tempfile

try:
    import h5py
    import numpy
except ImportError:
    print("no h5py or numpy")
    sys.exit(77)

PROGRAM = os.environ.get("CICATRIX") or os.environ.get("CX_PROGRAM") or os.path.abspath("build/cicatrix")
BLOCK = """cicatrix: 1
title: a block to export
domain: {geometry: patch, size: [0.4 mm, 0.3 mm, 0.6 mm], cell: 50 um}
device: {needle: {length: 0.3 mm}, pattern: {type: square, pitch: 0.2 mm}}
treatment: {sessions: [0 day]}
time: {end: 12 h}
output: {at: [0 h, 6 h, 12 h], fields: [il1, collagen_3]}
run: {threads: 1}
"""
failures = []


def check(condition, text):
    if not condition:
        print(f"  test_export.py:{sys._getframe(1).f_lineno}: {text}")
        failures.append(text)


def call(code, *words):
    done = subprocess.run([PROGRAM, *words], capture_output=True, text=True, timeout=600,
                          env=dict(os.environ, OMP_WAIT_POLICY="passive", LSAN_OPTIONS="detect_leaks=0"))
    check(done.returncode == code, f"left with {done.returncode}, not {code}: {' '.join(words)}\n{done.stderr}")
    return done


def table(path):
    with open(path, newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))
    return rows[0], rows[1:]


def test_csv(run):
    call(0, "export", "block", "--to", "all.csv")
    head, rows = table("all.csv")
    check(head == ["time_day", "x_um", "y_um", "z_um", "il1 [1]", "collagen_3 [kg/m3]"], f"header {head}")
    t, z, y, x = (run[name][()] * (1 if name == "time" else 1e6) for name in ("time", "z", "y", "x"))  # day, um
    places = numpy.stack(numpy.meshgrid(t, z, y, x, indexing="ij"), -1).reshape(-1, 4)[:, [0, 3, 2, 1]]
    got = numpy.array(rows, dtype=float)
    check(got.shape == (places.shape[0], 6), f"shape {got.shape}")
    check(numpy.allclose(got[:, :4], places, rtol=1e-8, atol=1e-9), "coordinates")
    for column, name in ((4, "il1"), (5, "collagen_3")):
        check((got[:, column].astype("f4") == run[name][()].ravel()).all(), f"{name} differs")
    call(0, "export", "block", "--field", "il1", "--time", "6 h", "--section", "y = 0.12 mm", "--depth", "0.1 mm",
         "--to", "line.csv")
    head, rows = table("line.csv")
    j = int(0.12e3 // 50)
    got = numpy.array(rows, dtype=float)
    k = abs(z - got[0, 3]).argmin()
    check(len(rows) == len(x) and abs(got[0, 3] + 100) < 50, f"{len(rows)} rows of a line at depth {got[0, 3]}")
    check((got[:, 4].astype("f4") == run["il1"][1, k, j, :]).all(), "the line holds other cells")


def test_npy(run):
    call(0, "export", "block", "--field", "collagen_3", "--time", "all", "--to", "c.npy")
    got = numpy.load("c.npy")
    check(got.dtype == numpy.float32 and (got == run["collagen_3"][()]).all(), "the array differs")
    call(2, "export", "block", "--to", "two.npy")
    check(not os.path.exists("two.npy"), "a file after a failure")


def test_vtk(run):
    call(0, "export", "block", "--to", "block.pvd")
    with open("block.pvd", encoding="utf-8") as file:
        check(file.read().count("<DataSet timestep=") == 3, "the list of times")
    try:
        from vtkmodules.util.numpy_support import vtk_to_numpy
        from vtkmodules.vtkIOXML import vtkXMLRectilinearGridReader
    except ImportError:
        print("no vtk: its files were not read")
        return
    reader = vtkXMLRectilinearGridReader()
    reader.SetFileName("block_0002.vtr")
    reader.Update()
    grid = reader.GetOutput()
    cells = [n - 1 for n in grid.GetDimensions()]
    check(cells == list(run["il1"].shape[:0:-1]), f"grid of {cells} cells")
    got = vtk_to_numpy(grid.GetCellData().GetArray("collagen_3"))
    check((got == run["collagen_3"][2].ravel()).all(), "the cells differ")
    z = vtk_to_numpy(grid.GetZCoordinates())
    check(numpy.allclose((z[1:] + z[:-1]) / 2, 1e6 * run["z"][()], rtol=1e-6) and z[-1] == 0, "planes along z")
    check(grid.GetFieldData().GetArray("TimeValue").GetValue(0) == 0.5, "no time")
    information = grid.GetCellData().GetArray("collagen_3").GetInformation()
    check("kg/m3" in str(information), "no unit")


def test_tables(run):
    call(0, "export", "block", "series", "--to", "series.csv")
    head, rows = table("series.csv")
    plain, expected = table("block/series.csv")
    check([name.split(" [")[0] for name in head] == plain and "collagen_total [kg/m3]" in head, f"series {head[:4]}")
    check(len(rows) == len(expected) and rows[-1] == expected[-1], "the series differ")
    call(0, "export", "block", "series", "--field", "collagen_total", "--to", "series.json")
    with open("series.json", encoding="utf-8") as file:
        told = json.load(file)
    check(told["series"]["collagen_total"]["unit"] == "kg/m3"
          and len(told["time_day"]) == len(told["series"]["collagen_total"]["values"]), "series as JSON")
    call(0, "export", "block", "outcomes", "--to", "outcomes.csv")
    head, rows = table("outcomes.csv")
    with open("block/outcomes.json", encoding="utf-8") as file:
        outcomes = json.load(file)["outcomes"]
    check(head == ["name", "value", "unit", "definition", "evidence"] and len(rows) == len(outcomes), "outcomes")
    for row in rows:
        value = outcomes[row[0]]["value"]
        check((float(row[1]) if row[1] else None) == value and row[2:] == [outcomes[row[0]][k] for k in head[2:]],
              f"outcome {row}")


def test_needles(run):
    stored = numpy.stack([run["needles"][name][()] for name in ("x_entry", "y_entry", "depth", "diameter")], 1)
    check(len(stored) > 3, "too few needles for a test")
    for kind in ("csv", "json", "svg", "dxf"):
        call(0, "export", "block", "needles", "--to", "needles." + kind)
        got = list(csv.reader(call(0, "pattern", "needles." + kind, "--csv").stdout.splitlines()))[1:]
        got = numpy.array(got, dtype=float)[:, :4]
        check(got.shape == stored.shape and numpy.allclose(got, stored, rtol=1e-8, atol=1e-6), f"{kind}: {got[:3]}")
    call(2, "export", "block", "needles", "--session", "2", "--to", "x.csv")
    call(2, "export", "block", "needles", "--to", "x.xml")


def test_half_a_run(run):
    """A run that is not at its end gives what it has."""
    call(0, "run", "block.yml", "-q", "--until", "6 h", "-o", "half")
    call(0, "export", "half", "--field", "il1", "--time", "last", "--to", "half.npy")
    check((numpy.load("half.npy")[0] == run["il1"][1]).all(), "half a run holds other cells")
    check(json.loads(call(0, "export", "--list", "half", "--json").stdout)["days"] == [0, 0.25], "times of half a run")


def test_words():
    told = json.loads(call(0, "export", "--list", "block", "--json").stdout)
    check([field["name"] for field in told["fields"]] == ["il1", "collagen_3"] and told["days"] == [0, 0.25, 0.5],
          f"list {told}")
    check("collagen_3" in call(0, "export", "--list", "block").stdout, "list as text")
    check("did you mean 'collagen_3'" in call(2, "export", "block", "--field", "colagen_3", "--to", "x.csv").stderr,
          "no nearest field")
    check("was not stored" in call(2, "export", "block", "--time", "7 h", "--to", "x.csv").stderr, "a time between")
    check("outside the block" in call(2, "export", "block", "--section", "x = 9 mm", "--to", "x.csv").stderr, "outside")
    for words in (["block"], ["block", "--to", "x.xlsx"], ["block", "serie", "--to", "x.csv"], ["block", "--to", "x.vtr"]):
        call(2, "export", *words)
    call(5, "export", "nowhere", "--to", "x.csv")
    check(not os.path.exists("x.csv"), "a file after a failure")


def main():
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        with open("block.yml", "w", encoding="utf-8") as file:
            file.write(BLOCK)
        call(0, "run", "block.yml", "-q", "-o", "block")
        with h5py.File("block/run.nc", "r") as run:
            for test in (test_csv, test_npy, test_vtk, test_tables, test_needles, test_half_a_run):
                test(run)
        test_words()
        os.chdir("/")
    print("failed" if failures else "ok")
    sys.exit(1 if failures else 0)


main()
