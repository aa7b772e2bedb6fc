"""Optimisations as a user meets them: files, kills, stops, failures, impossible limits, the page."""

import csv
import io
import json
import os
import signal
import subprocess
import sys

from studies import ENVIRONMENT, PATIENCE, PROGRAM, Scratch, check, ending, first_child, kill_often, main

SEARCH = """cicatrix-study: 1
base: base.yml
vary:
  device.needle.length: {from: 0.5 mm, to: 1.5 mm}
  device.pattern.density: {from: 100 1/cm2, to: 400 1/cm2, scale: log}
  treatment.sessions: ["[0 day]", "[0 day, 1 day]"]
outcomes: [scar_index]
goals: {collagen_total_gain: max, erythema_peak: min}
constraints: {erythema_peak: "<= 14 percent"}
optimize: {population: 6, generations: 3, seed: 2}
"""
FILES = ("front.csv", "history.csv", "optimization.json", "runs.csv", "study.nc")


def optimize(s, *words, expect=0):
    done = subprocess.run([PROGRAM, "optimize", *words], cwd=s.folder, env=ENVIRONMENT, capture_output=True,
                          text=True, timeout=PATIENCE)
    check(done.returncode == expect, f"{words}: exit {done.returncode} instead of {expect}\n{done.stderr}")
    return done


def rows(s, *path):
    return list(csv.DictReader(io.StringIO(s.read(*path).decode())))


def files(s, folder):
    return [s.read(folder, name) for name in FILES]


def test_from_file_to_page():
    s = Scratch()
    s.write("search.yml", SEARCH)
    done = optimize(s, "search.yml", "-o", "out", "--json", "--workers", "2")
    said, kept = json.loads(done.stdout), json.loads(s.read("out", "optimization.json"))
    front = rows(s, "out", "front.csv")
    check(said["evaluations"] == 18 and said["failed"] == 0 and said["front"] == kept["front"], f"{said}")
    check(len(front) == len(kept["front"]) > 1, f"{len(front)} designs")
    check(all(float(row["erythema_peak [percent]"]) <= 14 for row in front), "the front breaks a limit")
    names = "; ".join(row["names"] for row in front)
    for name in ("best collagen_total_gain", "best erythema_peak", "best compromise"):
        check(names.count(name) == 1, f"'{name}' is in '{names}'")
    # the front again, from the table of all runs alone
    tried = [(float(row["collagen_total_gain [percent]"]), float(row["erythema_peak [percent]"]), row["digest"])
             for row in rows(s, "out", "runs.csv")]
    tried = [t for t in tried if t[1] <= 14]
    best = {t[2] for t in tried if not any(o[0] >= t[0] and o[1] <= t[1] and o[:2] != t[:2] for o in tried)}
    check(best == {row["digest"] for row in front}, "front.csv is not the front of runs.csv")
    check(kept["history"][-1]["points"] == 18 and len(rows(s, "out", "history.csv")) == 3, "history")
    page = s.read("out", "report.html").decode()
    for words in ("<h2>Optimisation</h2>", "Best compromise", "What it costs", "at most 14", ">kept<", "<svg"):
        check(words in page, f"the page lacks '{words}'")
    again = optimize(s, "search.yml", "-o", "out", "--set", "limits.time=1 ms")
    check("0 failed" in again.stderr, "a repeated search computed something again")


def test_kills_change_nothing():
    s = Scratch()
    s.write("search.yml", SEARCH)
    optimize(s, "search.yml", "-o", "whole", "-q", "--workers", "1")
    kill_often(s, ("optimize", "search.yml", "-o", "killed", "-q"), "killed", [0, 3, 8, 13])
    optimize(s, "search.yml", "-o", "killed", "-q", "--workers", "2")
    check(files(s, "killed") == files(s, "whole"), "a search that was killed ends differently")


def test_a_stop_is_told():
    s = Scratch()
    s.write("search.yml", "cicatrix-study: 1\nbase: endless.yml\nvary: {skin.age: {from: 20 year, to: 60 year}}\n"
            "goals: {erythema_peak: min}\noptimize: {population: 4, generations: 1}\n")
    process = s.start("optimize", "search.yml", "-o", "out", "--workers", "1")
    check(first_child(process), "no run was started")
    process.send_signal(signal.SIGTERM)
    left, said = ending(process)
    check(left == 75 and "cicatrix optimize search.yml -o out" in said, f"{left}: {said}")


def test_failures_are_counted():
    s = Scratch()
    s.write("search.yml", SEARCH.replace("to: 1.5 mm", "to: 6 mm"))
    done = optimize(s, "search.yml", "-o", "out", "--json", expect=6)
    said = json.loads(done.stdout)
    status = [row["status"] for row in rows(s, "out", "runs.csv")]
    check(said["failed"] == status.count("failed") > 0 and "error" in said, f"{said['failed']} of {status}")
    check(len(status) == said["evaluations"], "points were dropped")
    check("Runs that are not ok" in s.read("out", "report.html").decode(), "the report hides the failures")


def test_impossible_and_wrong():
    s = Scratch()
    s.write("search.yml", SEARCH.replace("<= 14 percent", "<= 1 percent"))
    done = optimize(s, "search.yml", "-o", "out", "--json", expect=8)
    said = json.loads(done.stdout)
    check(said["front"] == [] and said["nearest"]["settings"], f"{said}")
    check("E122" in done.stderr or said["error"], "no reason given")
    check("No design keeps all limits" in s.read("out", "report.html").decode(), "the page hides it")
    s.write("search.yml", SEARCH.replace("<= 14 percent", "<= 14 mm").replace("population", "poplation"))
    done = optimize(s, "search.yml", expect=3)
    check("search.yml:9:30: error E023" in done.stderr, done.stderr)
    check("search.yml:10:12: error E030" in done.stderr and "'population'" in done.stderr, done.stderr)
    s.write("search.yml", SEARCH.replace("goals:", "# goals:"))
    check("E120" in optimize(s, "search.yml", expect=3).stderr, "a study without goals")
    check(not os.path.exists(os.path.join(s.folder, "outputs")), "a refused search made files")


def test_three_goals():
    s = Scratch()
    s.write("search.yml", SEARCH.replace("erythema_peak: min}", "erythema_peak: min, scar_index: min}"))
    optimize(s, "search.yml", "-o", "out", "-q")
    page = s.read("out", "report.html").decode()
    check("<details open>" in page and "of the way to the worst" in page, "no list of three goals")


main([value for name, value in list(globals().items()) if name.startswith("test_")], sys.argv[1:])
