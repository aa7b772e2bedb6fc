"""The scratch assays of jin.py, fitted by the program itself: `cicatrix calibrate` on the measured profiles of six densities."""

import functools
import json
import pathlib
import subprocess
import tempfile

import numpy
from cases import jin
from lab import COMPUTED, HERE, Row

TITLE = "Jin et al. 2016, calibrated by the program"
CITATION = jin.CITATION
NOTE = """`cicatrix calibrate` fits D and lambda to the mean profiles at 12, 24, 36 and 48 h, with sigma taken from the residuals.
The reference is the fit of an independent solver, as in the case before this one; where that one stopped short of the minimum
the row is a known miss. An interval of 90 % should hold the reference wherever both found the minimum. Last: at 10 000 cells per
well the dish never fills, so that K, when it is freed, is not bounded from above: the program must say so."""

BOUNDS = {"parameters.motility": "{from: 10 um2/h, to: 2e4 um2/h, start: 400 um2/h, scale: log}",
          "parameters.division": "{from: 0.01 1/h, to: 0.2 1/h, start: 0.03 1/h, scale: log}"}
FREE = {"parameters.capacity": "{from: 5e-4 1/um2, to: 0.05 1/um2, start: 2e-3 1/um2, scale: log}"}


def write(folder, model, cells, fitted):
    scenario = (HERE / "scenarios" / "jin_2016.yml").read_text().replace("jin_fisher", model)
    (folder / "scenario.yml").write_text(scenario)
    (folder / "start.csv").write_text(jin.profile(jin.PLACES, jin.measured(cells)[0]))
    lines = [f"{hour}, {place:g}, {float(value)!r}" for hour, row in zip(jin.HOURS, jin.measured(cells)[1:])
             for place, value in zip(jin.PLACES, row)]
    (folder / "data.csv").write_text("time [h], depth [um], value [1/um2]\n" + "\n".join(lines) + "\n")
    fit = "".join(f"  {path}: {text}\n" for path, text in fitted.items())
    (folder / "fit.yml").write_text("cicatrix-calibration: 1\nbase: scenario.yml\nfit:\n" + fit + "data:\n  profiles: {file: "
                                    "data.csv, observe: field density along depth}\nposterior: {draws: 0}\n")


@functools.cache
def calibrated(lab, model, cells, free=False):
    with tempfile.TemporaryDirectory(prefix="jin-refit-") as name:
        folder = pathlib.Path(name)
        write(folder, model, cells, {**BOUNDS, **FREE} if free else BOUNDS)
        done = subprocess.run([lab.program, "calibrate", "fit.yml", "-o", "out", "-q"], cwd=folder, capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(f"calibrate {model} {cells}\n{done.stdout}{done.stderr}")
        return json.loads((folder / "out" / "calibration.json").read_text())


def fits(lab, models):
    for model in models:
        for cells, D, growth, _, _ in jin.fits()[model]:
            made, case = calibrated(lab, model, cells), f"{cells} cells per well"
            miss = jin.short(model, cells)
            for path, word, reference, tolerance in (("parameters.motility", "D, um2/h", D, 5e-3),
                                                     ("parameters.division", "lambda, 1/h", growth, 2e-3)):
                value = made["values"][path]
                yield Row(model, case, f"calibrated {word}", reference, value["value"], tolerance, COMPUTED, miss=miss)
                if not miss:
                    yield Row(model, case, f"90 % interval of {word}", "holds the reference",
                              "holds the reference" if value["low"] < reference < value["high"] else "does not", 0, COMPUTED)
            ours, there = float(numpy.sqrt(made["cost"] / made["data_count"])), jin.misfit(lab, model, cells, D, growth)
            yield Row(model, case, "RMS misfit beside that of the reference values, to 1e-4", "not larger",
                      "not larger" if ours <= there * (1 + 1e-4) else "larger", 0, COMPUTED, why="both with this program as the solver")


def warnings(lab):
    made = calibrated(lab, "jin_fisher", 10000, free=True)
    K = made["values"]["parameters.capacity"]
    told = any("not identifiable" in text and "parameters.capacity" in text for text in made["warnings"])
    yield Row("jin_fisher", "10000 cells per well, K free", "K bounded from above", "no", "no" if K["open_high"] else "yes", 0, COMPUTED,
              why="no plate comes near K")
    yield Row("jin_fisher", "10000 cells per well, K free", "warning that K is not identifiable", "raised",
              "raised" if told else "silent", 0, COMPUTED, why="no plate comes near K")
    quiet = calibrated(lab, "jin_fisher", 10000)["warnings"]
    yield Row("jin_fisher", "10000 cells per well, K fixed", "warnings", "none", "none" if not quiet else "; ".join(quiet), 0, COMPUTED)


def rows(lab):
    if lab.quick:
        return list(warnings(lab))[2:]
    return [*fits(lab, ("jin_fisher", "jin_porous")), *warnings(lab)]


def figures(lab):
    from matplotlib import pyplot
    figure, axis = pyplot.subplots(figsize=(6, 4))
    for model, colour in (("jin_fisher", "tab:blue"), ("jin_porous", "tab:orange")):
        lines = jin.fits()[model]
        cells = numpy.array([line[0] for line in lines])
        at = [calibrated(lab, model, int(n))["values"]["parameters.motility"] for n in cells]
        value = numpy.array([a["value"] for a in at])
        axis.errorbar(cells, value, yerr=[value - [a["low"] for a in at], [a["high"] for a in at] - value], fmt="o-", color=colour,
                      label=model, capsize=3)
        axis.plot(cells, [line[1] for line in lines], "x", color=colour)
    axis.set(xlabel="cells per well", ylabel="D, um$^2$/h", yscale="log")
    axis.legend()
    lab.figure("jin_refit", figure, "D with its 90 % interval by profile likelihood, by initial density; crosses: the independent fit.")
    pyplot.close(figure)
