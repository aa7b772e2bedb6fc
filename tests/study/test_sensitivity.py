"""`cicatrix sensitivity` as a user meets it: indices of a model with known ones, failing points, stops, wrong methods."""

import csv
import io
import json
import signal
import subprocess
import sys

from studies import ENVIRONMENT, PATIENCE, PROGRAM, Scratch, check, ending, first_child, main

STUDY = """cicatrix-study: 1
base: base.yml
vary:
  device.needle.length: {from: 0.5 mm, to: 1.5 mm}
  skin.age: {from: 20 year, to: 60 year}
  skin.site: [cheek, forearm]
outcomes: [collagen_total_gain, erythema_peak]
"""
MORRIS = STUDY + "method: {morris: {r: 5}}\n"
SALTELLI = STUDY + "method: {saltelli: {n: 4, second: true}}\n"


def call(scratch, *words, expect=0):
    done = subprocess.run([PROGRAM, "sensitivity", *words], cwd=scratch.folder, env=ENVIRONMENT, capture_output=True,
                          text=True, timeout=PATIENCE)
    check(done.returncode == expect, f"{words}: exit {done.returncode} instead of {expect}\n{done.stderr}")
    return done


def load(scratch, folder):
    return json.loads(scratch.read(folder, "sensitivity.json"))


def by_hand(scratch, folder, factors, outcome):
    """Elementary effects from runs.csv, written once more in another language: {factor: (mu, mu_star)}."""
    table = list(csv.DictReader(io.StringIO(scratch.read(folder, "runs.csv").decode())))
    names = {f["name"]: next(c for c in table[0] if c.split(" [")[0] == f["name"]) for f in factors}
    ends = {f["name"]: [float(f[end].split()[0]) for end in ("from", "to")] for f in factors if not f["words"]}
    column = next(c for c in table[0] if c.split(" [")[0] == outcome)
    effects = {name: [] for name in names}
    rows = len(factors) + 1
    for begin in range(0, len(table), rows):
        block = table[begin : begin + rows]
        if any(row["status"] != "ok" for row in block):
            continue
        for before, after in zip(block, block[1:]):
            moved = [n for n, c in names.items() if before[c] != after[c]]
            check(len(moved) == 1, f"{moved} moved in one step")
            low, high = ends.get(moved[0], (0, 1))
            if moved[0] in ends:
                step = (float(after[names[moved[0]]]) - float(before[names[moved[0]]])) / (high - low)
            else:
                step = 1 if after[names[moved[0]]] == factors_last(factors, moved[0]) else -1
            effects[moved[0]].append((float(after[column]) - float(before[column])) / step)
    return {n: (sum(e) / len(e), sum(map(abs, e)) / len(e)) for n, e in effects.items()}


def factors_last(factors, name):
    return next(f["to"] for f in factors if f["name"] == name)


def test_morris():
    s = Scratch()
    s.write("study.yml", MORRIS)
    done = call(s, "study.yml", "-o", "out", "--workers", "2")
    check("collagen_total_gain: mu_star" in done.stdout and "device.needle.length" in done.stdout, done.stdout)
    found = load(s, "out")
    check(found["blocks"] == 5 and found["blocks_left_out"] == 0 and found["runs"] == 20, f"{found}")
    for outcome in found["outcomes"]:
        hand = by_hand(s, "out", found["factors"], outcome["name"])
        for row in outcome["indices"]:
            mu, star = hand[row["factor"]]
            scale = max(star, 1e-12)
            check(abs(row["mu"]["value"] - mu) < 1e-6 * scale, f"mu of {row['factor']}: {row['mu']} and {mu}")
            check(abs(row["mu_star"]["value"] - star) < 1e-6 * scale, f"mu* of {row['factor']}")
            check(row["mu_star"]["low"] <= row["mu_star"]["value"] <= row["mu_star"]["high"], f"interval {row}")
    page = s.read("out", "report.html").decode()
    check("id=sensitivity" in page and "σ = μ*" in page and page.rstrip().endswith("</html>"), "no section in the page")
    table = list(csv.DictReader(io.StringIO(s.read("out", "sensitivity.csv").decode())))
    check(len(table) == 2 * 3 * 3 and table[0]["unit"] == "percent", f"{len(table)} rows of sensitivity.csv")
    before = s.read("out", "sensitivity.json")
    again = json.loads(call(s, "study.yml", "-o", "out", "--json").stdout)
    check(again["cached"] == 20 and s.read("out", "sensitivity.json") == before, "the same runs, other indices")
    check(again["sensitivity"]["method"] == "morris", "the answer holds no indices")


def test_saltelli():
    s = Scratch()
    s.write("study.yml", SALTELLI)
    answer = json.loads(call(s, "study.yml", "-o", "out", "--json", "--workers", "2").stdout)
    found = answer["sensitivity"]
    check(found["points_per_block"] == 8 and found["runs"] == 32, f"{found['points_per_block']}, {found['runs']}")
    for outcome in found["outcomes"]:
        check(len(outcome["pairs"]) == 3 and len(outcome["indices"]) == 3, f"{outcome}")
        for row in outcome["indices"]:
            check(row["total"]["value"] >= 0 and row["total"]["low"] <= row["total"]["high"], f"{row}")
    page = s.read("out", "report.html").decode()
    check("first order" in page and "only both together" in page, "no section in the page")
    s.sweep("run", "study.yml", "-o", "out", "-q", "--set", "method.saltelli.n=2")
    page = s.read("out", "report.html").decode()
    check("belongs to other runs" in page, "indices of other runs are shown")
    s.write("out/sensitivity.json", '{"schema_version": 1, "method": ["morris"], "outcomes": 3}')
    s.sweep("collect", "study.yml", "-o", "out", "-q", "--set", "method.saltelli.n=2")
    check("id=sensitivity" not in s.read("out", "report.html").decode(), "a damaged sensitivity.json is shown")


def test_failing_points():
    """A needle that reaches below the block is no scenario; trajectories through it are left out, the others count."""
    s = Scratch()
    s.write("deep.yml", MORRIS.replace("to: 1.5 mm", "to: 4.5 mm").replace("r: 5", "r: 12, levels: 8"))
    done = call(s, "deep.yml", "-o", "out", "--workers", "2", expect=6)
    found = load(s, "out")
    table = list(csv.DictReader(io.StringIO(s.read("out", "runs.csv").decode())))
    broken = {i // 4 for i, row in enumerate(table) if row["status"] != "ok"}
    check(0 < len(broken) < 11, f"{len(broken)} of 12 trajectories are broken")
    check(found["blocks_left_out"] == len(broken), f"{found['blocks_left_out']} instead of {len(broken)}")
    check(all(o["blocks"] == 12 - len(broken) for o in found["outcomes"]), "indices of broken trajectories")
    hand = by_hand(s, "out", found["factors"], "erythema_peak")
    row = next(o for o in found["outcomes"] if o["name"] == "erythema_peak")["indices"][0]
    check(abs(row["mu"]["value"] - hand[row["factor"]][0]) < 1e-6 * hand[row["factor"]][1], "not those of the whole ones")
    check(f"{len(broken)} of 12 trajectories were left out" in done.stderr, done.stderr)
    check("were left out as a whole" in s.read("out", "report.html").decode(), "the page hides what was left out")
    s.write("none.yml", MORRIS.replace("from: 0.5 mm, to: 1.5 mm", "from: 4 mm, to: 4.5 mm"))
    done = call(s, "none.yml", "-o", "none", expect=3)
    check("E107" in done.stderr, done.stderr)


def test_constant_outcome():
    """Shares of a variance that is not there: null, not 0 and not a fault."""
    s = Scratch()
    s.write("study.yml", "cicatrix-study: 1\nbase: base.yml\nvary: {device.pattern.type: [square, hex]}\n"
            "method: {saltelli: {n: 4}}\noutcomes: [erythema_peak]\n")
    done = call(s, "study.yml", "-o", "out")
    index = load(s, "out")["outcomes"][0]["indices"][0]
    check(index["total"] == {"value": None, "low": None, "high": None}, f"{index}")
    check("unknown" in done.stdout, done.stdout)
    check("No indices" in s.read("out", "report.html").decode(), "the page says nothing")


def test_wrong_method():
    s = Scratch()
    s.write("grid.yml", STUDY.replace("1.5 mm}", "1.5 mm, steps: 2}").replace("60 year}", "60 year, steps: 2}"))
    done = call(s, "grid.yml", expect=3)
    check("E103" in done.stderr and "morris" in done.stderr and "saltelli" in done.stderr, done.stderr)
    done = call(s, "grid.yml", "-o", "out", "--set", "method={morris: {r: 2}}")
    check(load(s, "out")["method"] == "morris", "the fix that is named does not help")
    s.write("second.yml", STUDY + "method: {saltelli: {n: 2, second: maybe}}\n")
    done = call(s, "second.yml", expect=3)
    check("second.yml:" in done.stderr and "E034" in done.stderr, done.stderr)


def test_a_stop_is_told():
    s = Scratch()
    s.write("study.yml", MORRIS.replace("base.yml", "endless.yml"))
    process = s.start("sensitivity", "study.yml", "-o", "out", "-q", "--workers", "1")
    check(first_child(process), "no run was started")
    process.send_signal(signal.SIGTERM)
    left, said = ending(process)
    check(left == 75, f"exit {left}: {said}")


def test_stop_and_go_on():
    """Whatever the signal met, a run or the end: the indices are those of an undisturbed study."""
    s = Scratch()
    s.write("study.yml", MORRIS.replace("r: 5", "r: 6"))
    process = s.start("sensitivity", "study.yml", "-o", "out", "-q", "--workers", "1")
    first_child(process)
    process.send_signal(signal.SIGTERM)
    left, said = ending(process)
    check(left in (75, 0), f"exit {left}: {said}")
    call(s, "study.yml", "-o", "out", "-q")
    call(s, "study.yml", "-o", "whole", "-q")
    check(s.read("out", "sensitivity.json") == s.read("whole", "sensitivity.json"), "a study that was stopped differs")


main([value for name, value in list(globals().items()) if name.startswith("test_")], sys.argv[1:])
