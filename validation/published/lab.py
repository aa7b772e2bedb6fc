"""Runs scenarios with the built program and reads what came out; the rows that a case hands to the page.

A case is cases/NAME.py with
    TITLE, CITATION, NOTE   heading, source and remarks for the page (NOTE may be "")
    rows(lab)               -> list of Row
    figures(lab)            draws with matplotlib and hands each figure to lab.figure(name, figure, caption)
`lab.quick` asks for coarse grids and few rows; such a row carries the tolerance that its grid deserves.
"""

import csv
import dataclasses
import json
import pathlib
import subprocess
import tempfile

import numpy

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
# How a reference number is known.
PUBLISHED = "published"      # read in the source or in its model file
COMPUTED = "COMPUTED"        # from the published equations with an independent solver
EXACT = "exact"              # follows from the equations by algebra
MEMORY = "FROM MEMORY"       # recalled, to be confirmed before it is quoted as the paper's
MEASURED = "measured"        # data of an experiment


@dataclasses.dataclass
class Row:
    """One comparison.  reference and ours: numbers, or words that must be equal ("never").
    tolerance: largest |ours - reference| / |reference|, or the difference itself if `absolute`; `why` says where it
    comes from if it is not plain.  miss: the reason why this row is known to be outside; then being inside is an error."""

    model: str
    case: str
    quantity: str
    reference: object
    ours: object
    tolerance: float
    status: str
    absolute: bool = False
    miss: str = ""
    why: str = ""

    def words(self):
        return isinstance(self.reference, str) or isinstance(self.ours, str)

    def difference(self):
        """Relative, or absolute if the row says so; None for words."""
        if self.words():
            return None
        gap = float(self.ours) - float(self.reference)
        return gap if self.absolute else gap / abs(float(self.reference))

    def inside(self):
        if self.words():
            return self.reference == self.ours
        return bool(abs(self.difference()) <= self.tolerance)   # NaN is outside

    def surprising(self):
        return self.inside() == bool(self.miss)


class Run:
    """One result folder, read when asked for.  Times in day."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.outcomes = {name: row["value"] for name, row in
                         json.loads((self.folder / "outcomes.json").read_text())["outcomes"].items()}
        with open(self.folder / "series.csv", newline="") as file:
            lines = list(csv.reader(file))
        self._series = dict(zip(lines[0], numpy.array(lines[1:], dtype=float).T))
        self.time = self._series["time_day"]
        self._nc = None

    def series(self, name):
        """[samples]; where an injury makes two samples of one time, the second is after it."""
        return self._series[name]

    def at(self, name, day):
        """Series by linear interpolation; at a jump the value after it."""
        after = numpy.append(numpy.diff(self.time) > 0, True)
        return numpy.interp(day, self.time[after], self.series(name)[after])

    def first_time(self, name, level):
        """First day at which a series passes `level` upwards; NaN if never."""
        t, y = self.time, self.series(name)
        for i in numpy.flatnonzero((y[1:] >= level) & (y[:-1] < level)):
            return t[i] + (level - y[i]) / (y[i + 1] - y[i]) * (t[i + 1] - t[i])
        return numpy.nan

    def peak(self, name):
        """(day, value) of the largest sample, refined by the parabola through its neighbours."""
        t, y = self.time, self.series(name)
        i = int(numpy.argmax(y))
        if i in (0, len(y) - 1) or t[i] == t[i - 1] or t[i + 1] == t[i]:
            return t[i], y[i]
        # divided differences
        left, right = (y[i] - y[i - 1]) / (t[i] - t[i - 1]), (y[i + 1] - y[i]) / (t[i + 1] - t[i])
        bend = (right - left) / (t[i + 1] - t[i - 1])
        if bend >= 0:
            return t[i], y[i]
        slope = (left * (t[i + 1] - t[i]) + right * (t[i] - t[i - 1])) / (t[i + 1] - t[i - 1])
        return t[i] - slope / (2 * bend), y[i] - slope * slope / (4 * bend)

    def nc(self):
        if self._nc is None:
            import h5py
            self._nc = h5py.File(self.folder / "run.nc", "r")
        return self._nc

    def picture_days(self):
        return self._axis("time")

    def field(self, name):
        """[pictures, z, y, x] of a species."""
        return self.nc()[name][...]

    def course(self, name):
        """[pictures]: a species in the first cell; all of a model without space.  Beside picture_days()."""
        return self.field(name)[:, 0, 0, 0].astype(float)

    def center(self, axis):
        """um; axis x, y or z (z: 0 at the surface, negative below)."""
        return self._axis(f"grid/{axis}_center")

    def edge(self, axis):
        return self._axis(f"grid/{axis}_edge")

    def _axis(self, name):
        return numpy.asarray(self.nc()[name][...], dtype=float)


class Lab:
    def __init__(self, program, quick=False, figures=None):
        self.program, self.quick = str(pathlib.Path(program).resolve()), quick
        self.figures_folder, self.captions = figures, {}
        self._scratch = tempfile.TemporaryDirectory(prefix="published-")
        self._runs = {}

    def run(self, scenario, *changes, files=()):
        """Runs scenarios/NAME.yml (or a path) with `--set` changes; the same question twice is answered once.
        files: (name, text) pairs laid beside a copy of the scenario, for initial.file and the like."""
        path = HERE / "scenarios" / f"{scenario}.yml" if "/" not in str(scenario) else pathlib.Path(scenario)
        key = (str(path), changes, tuple(files))
        if key not in self._runs:
            self._runs[key] = self._run(path, changes, files)
        return self._runs[key]

    def _run(self, path, changes, files):
        folder = pathlib.Path(self._scratch.name) / str(len(self._runs))
        folder.mkdir()
        copy = folder / path.name
        copy.write_text(path.read_text())
        for name, text in files:
            (folder / name).write_text(text)
        words = [self.program, "run", str(copy), "-o", str(folder / "out"), "-q", "--progress=none", "--threads", "1"]
        for change in changes:
            words += ["--set", change]
        done = subprocess.run(words, capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(f"{path.name} {' '.join(changes)}\n{done.stdout}{done.stderr}")
        return Run(folder / "out")

    def figure(self, name, figure, caption):
        """Keeps a figure as figures/NAME.svg or, with many points, NAME.png."""
        self.captions[name] = caption
        if self.figures_folder:
            figure.savefig(pathlib.Path(self.figures_folder) / f"{name}.png", dpi=110, bbox_inches="tight",
                           metadata={"Software": None})


def table(name):
    """reference/NAME.csv as a list of dicts; lines that start with # are the citation."""
    with open(HERE / "reference" / f"{name}.csv", newline="") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


def number(text):
    """A cell of a table as a number, NaN if it holds words."""
    try:
        return float(text)
    except (TypeError, ValueError):
        return float("nan")
