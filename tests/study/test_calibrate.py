"""Known values come back from synthetic data, several data sets at once; what the data leave open is told; the draws make
intervals of another run; every error of a calibration file is found at once."""

import csv
import json
import os
import random
import subprocess
import sys

from studies import ENVIRONMENT, PATIENCE, PROGRAM, Scratch, check, main

SCENARIO = """cicatrix: 1
model: jin_fisher
domain: {geometry: column, layout: uniform, size: [1.2 mm], cell: 50 um}
initial: {file: start.csv}
time: {end: 48 h}
solver: {tolerance: 1e-4}
"""
START = "depth_um, density [1/um2]\n0, 4e-4\n300, 4e-4\n500, 1e-5\n700, 1e-5\n900, 4e-4\n1200, 4e-4\n"
FIT = """cicatrix-calibration: 1
base: scratch.yml
fit:
  parameters.motility: {from: 50 um2/h, to: 5000 um2/h, start: 200 um2/h, scale: log}
  parameters.division: {from: 0.01 1/h, to: 0.2 1/h, start: 0.03 1/h}
data:
  mean: {file: mean.csv, observe: series density_mean}
  gap: {file: gap.csv, observe: series density_least, sigma: SIGMA}
  short: {file: short.csv, observe: outcome density_end, set: {time.end: 12 h}}
posterior: {draws: DRAWS, steps: 30}
"""
TRUTH = {"parameters.motility": 800.0, "parameters.division": 0.06}
SET = ["--set", "parameters.motility=800 um2/h", "--set", "parameters.division=0.06 1/h"]
SIGMA = 6e-6


class Bench(Scratch):
    def call(self, *words):
        return subprocess.run([PROGRAM, *words], cwd=self.folder, env=ENVIRONMENT, capture_output=True, text=True,
                              timeout=PATIENCE)


def columns(text):
    rows = list(csv.reader(text.decode().splitlines()))
    return {name: [float(row[i]) for row in rows[1:]] for i, name in enumerate(rows[0])}


def write_data(at, noise):
    """The tables of FIT from a run with the true values; noise: standard deviation."""
    dice = random.Random(4)
    at.write("scratch.yml", SCENARIO)
    at.write("start.csv", START)
    if not os.path.exists(os.path.join(at.folder, "truth")):
        for name, more in (("truth", []), ("early", ["--set", "time.end=12 h"])):
            done = at.call("run", "scratch.yml", "-o", name, *SET, *more)
            check(done.returncode == 0, done.stderr)
    seen = columns(at.read("truth", "series.csv"))
    end = json.loads(at.read("early", "outcomes.json"))["outcomes"]["density_end"]["value"]
    rows = range(3, len(seen["time_day"]), 3)
    for name, column, extra in (("mean", "density_mean", f", {SIGMA}"), ("gap", "density_least", "")):
        head = "time [day], value [1/um2]" + (", sigma [1/um2]" if extra else "")
        body = "".join(f"{seen['time_day'][i]!r}, {seen[column][i] + dice.gauss(0, noise)!r}{extra}\n" for i in rows)
        at.write(f"{name}.csv", f"# synthetic\n{head}\n{body}")
    at.write("short.csv", f"value [1/um2], sigma [1/um2]\n{end + dice.gauss(0, noise)!r}, {SIGMA}\n")


def calibrate(at, out, text, *words):
    at.write("fit.yml", text.replace("SIGMA", f"{SIGMA} 1/um2"))
    done = at.call("calibrate", "fit.yml", "-o", out, "--workers", "2", *words)
    check(done.returncode == 0, done.stderr)
    return json.loads(at.read(out, "calibration.json")), done


def without_noise():
    write_data(at, 0)
    for method in ("least_squares", "{global: {points: 60}}"):
        made, _ = calibrate(at, f"exact_{method[:3].strip('{')}", FIT.replace("DRAWS", "0") + f"method: {method}\nprofile: false\n")
        for name, true in TRUTH.items():
            check(abs(made["values"][name]["value"] / true - 1) < 1e-4, f"{method}: {name}: {made['values'][name]['value']}")
        check(made["cost"] < 1e-3, f"{method}: cost {made['cost']}: not what the run shows")


def with_noise():
    write_data(at, SIGMA)
    made, done = calibrate(at, "noisy", FIT.replace("DRAWS", "40"))
    for name, true in TRUTH.items():
        at_value = made["values"][name]
        check(at_value["low"] < true < at_value["high"], f"{name}: {at_value['low']} to {at_value['high']}")
        check(at_value["identified"] and name in done.stdout, f"{name} is identified and printed")
    check(made["posterior"]["method"] == "metropolis" and made["interval"] == "profile", "methods")
    check(0.5 < made["cost"] / (made["data_count"] - 2) < 1.7, f"cost {made['cost']} of {made['data_count']} data")
    again = at.call("calibrate", "fit.yml", "-o", "noisy")
    check(again.returncode == 5 and "E070" in again.stderr, "an old result is not overwritten")
    first = at.read("noisy", "fit.csv")
    check(at.read("noisy", "ensemble.csv").count(b"\n") == 41, "a line for each draw")
    calibrate(at, "again", FIT.replace("DRAWS", "0") + "profile: false\n")
    check(first == at.read("again", "fit.csv"), "the same fit again")
    check(b"Profile likelihood" in at.read("noisy", "report.html"), "report")
    done = at.call("report", "noisy")
    check(done.returncode == 0, done.stderr)


def ensemble():
    done = at.call("run", "scratch.yml", "-o", "later", "--set", "time.end=72 h", "--ensemble", "noisy", "--json")
    check(done.returncode == 0, done.stderr)
    told, kept = json.loads(done.stdout)["outcomes"], json.loads(at.read("later", "outcomes.json"))["outcomes"]
    for name in ("density_end", "gap_density_end"):
        interval = kept[name]["interval"]
        check(interval == told[name]["interval"] and interval["draws"] == 40 and interval["level"] == 0.9, name)
        check(interval["low"] < kept[name]["value"] < interval["high"], f"{name}: {kept[name]}")
    at.call("run", "scratch.yml", "-o", "really", "--set", "time.end=72 h", *SET)
    true = json.loads(at.read("really", "outcomes.json"))["outcomes"]["gap_density_end"]["value"]
    interval = kept["gap_density_end"]["interval"]
    check(abs(true - kept["gap_density_end"]["value"]) < 2 * (interval["high"] - interval["low"]), "far from the truth")
    page = at.read("later", "report.html")
    check(b"of 40 draws</span>" in page and b"The intervals hold one thing" in page, "the report shows no interval")
    bands = columns(at.read("later", "series_bands.csv"))
    check(all(a <= b for a, b in zip(bands["density_mean_low"], bands["density_mean_high"])), "bands")
    check(b"motility: 800" not in at.read("later", "config.yml"), "the run has the fitted value")
    done = at.call("run", "scratch.yml", "-o", "twice", "--ensemble", "noisy", *SET)
    check(done.returncode == 2, "a value given twice")
    done = at.call("run", "scratch.yml", "-o", "none", "--ensemble", "truth")
    check(done.returncode == 5 and "E133" in done.stderr, done.stderr)


def not_identifiable():
    """Early, thin cells do not know how many there could be."""
    text = "".join(line + "\n" for line in FIT.split("data:")[0].splitlines() if "motility" not in line)
    text += "  parameters.capacity: {from: 5e-4 1/um2, to: 0.1 1/um2, start: 2e-3 1/um2, scale: log}\n"
    text += "data:\n  mean: {file: few.csv, observe: series density_mean}\nposterior: {draws: 0}\n"
    rows = at.read("mean.csv").decode().splitlines()
    at.write("few.csv", "\n".join(rows[1:2] + [r for r in rows[2:] if float(r.split(",")[0]) < 0.6]) + "\n")
    made, done = calibrate(at, "open", text)
    check(not made["values"]["parameters.capacity"]["identified"], "capacity")
    check("not identifiable" in done.stdout and "capacity" in done.stdout, done.stdout)


def errors():
    at.write("bad.csv", "time [day], value [mm]\n1, 2\n")
    at.write("wrong.yml", "cicatrix-calibration: 1\nbase: scratch.yml\nfit:\n  parameters.motilit: {from: 1 um2/h, to: 2 um2/h}\n"
             "  parameters.division: {from: 0.1 1/h, to: 0.2 1/h, start: 0.5 1/h}\n"
             "data:\n  a: {file: bad.csv, observe: series density_mean}\n  b: {file: mean.csv, observe: series density_meen}\n"
             "  c: {file: none.csv, observe: outcome density_end}\nmethod: globe\nlevel: 2\nposteriors: {draws: 5}\n")
    done = at.call("calibrate", "wrong.yml")
    check(done.returncode == 3, f"exit {done.returncode}")
    for code in ("E031", "E033", "E131", "E036", "E038", "E034", "E030"):
        check(code in done.stderr, f"{code} is missing in\n{done.stderr}")
    check("did you mean 'parameters.motility'" in done.stderr and "wrong.yml:4:" in done.stderr, done.stderr)
    done = at.call("calibrate", "scratch.yml")
    check(done.returncode == 3 and "E130" in done.stderr, done.stderr)


at = Bench()
main([without_noise, with_noise, ensemble, not_identifiable, errors], sys.argv[1:])
