"""Studies as a user meets them: plan, run, status, retry, extend, collect; kills, crashes, limits, bad files."""

import csv
import glob
import io
import json
import os
import signal
import subprocess
import sys

from studies import ENVIRONMENT, PATIENCE, PROGRAM, STUDY, Scratch, check, ending, first_child, kill_often, main


def rows(scratch, folder):
    return list(csv.DictReader(io.StringIO(scratch.read(folder, "runs.csv").decode())))


def test_from_plan_to_tables():
    s = Scratch()
    s.write("study.yml", STUDY)
    plan = json.loads(s.sweep("plan", "study.yml", "--json").stdout)["plan"]
    check(plan["runs"] == 6 and plan["points"] == 6 and plan["finished"] == 0, f"plan {plan}")
    check(plan["seconds"] > 0 and plan["disk_bytes"] > 0 and plan["probes"] >= 2, f"forecast {plan}")
    check(not os.path.exists(os.path.join(s.folder, "outputs")), "plan made files")
    done = json.loads(s.sweep("run", "study.yml", "--json", "--workers", "2").stdout)
    check(done["counts"]["ok"] == 6 and done["cached"] == 0, f"run {done}")
    table = rows(s, "outputs/study")
    check([row["status"] for row in table] == ["ok"] * 6, "not all ok")
    check(table[1]["device.pattern.density [1/cm2]"] == "300", "the last factor does not run fastest")
    check(table[5]["device.needle.length [mm]"] == "1.5", "the last point is not the highest")
    gains = [float(row["collagen_total_gain [percent]"]) for row in table]
    check(len(set(gains)) == 6, f"outcomes do not depend on what is varied: {gains}")
    page = s.read("outputs/study/report.html").decode()
    check(page.rstrip().endswith("</html>") and "Best designs" in page and "Interactions" in page, "report is not whole")
    first = s.tables("outputs/study")
    again = json.loads(s.sweep("run", "study.yml", "--json").stdout)
    check(again["cached"] == 6, "finished runs were computed again")
    s.sweep("run", "study.yml", "-o", "one", "--workers", "1", "-q")
    check(s.tables("one") == first == s.tables("outputs/study"), "tables differ between one and two workers")
    plan = json.loads(s.sweep("plan", "study.yml", "--json").stdout)["plan"]
    check(plan["finished"] == 6 and plan["measured_runs"] == 6 and plan["seconds"] == 0, f"plan of a finished one {plan}")


def test_extend_keeps_what_is_finished():
    s = Scratch()
    s.write("study.yml", STUDY)
    s.sweep("run", "study.yml", "-q")
    words = ("--set", "vary.device.pattern.density=[500 1/cm2]")
    done = json.loads(s.sweep("extend", "study.yml", *words, "--json").stdout)
    check(done["runs"] == 9 and done["cached"] == 6 and done["counts"]["ok"] == 9, f"extend {done}")
    done = json.loads(s.sweep("status", "study.yml", "--json").stdout)
    check(done["runs"] == 9 and done["counts"]["ok"] == 9, "a later command does not know the extension")


def test_kills_change_nothing():
    s = Scratch()
    s.write("study.yml", STUDY.replace("steps: 3", "steps: 5"))
    s.sweep("run", "study.yml", "-o", "whole", "-q")
    kill_often(s, ("sweep", "run", "study.yml", "-o", "killed", "-q"), "killed", [0, 2, 4, 7])
    s.sweep("run", "study.yml", "-o", "killed", "-q")
    check(s.tables("killed") == s.tables("whole"), "a study that was killed ends differently")


def two_lengths(s, base, extra=""):
    s.write("two.yml", f"cicatrix-study: 1\nbase: {base}\nvary: {{device.needle.length: [0.8 mm, 1 mm]}}\n"
            "outcomes: [erythema_peak]\n" + extra)


def test_stops_are_told():
    s = Scratch()
    two_lengths(s, "endless.yml")
    for number, code in ((signal.SIGTERM, 75), (signal.SIGINT, 130)):
        process = s.start("sweep", "run", "two.yml", "-o", "out", "-q", "--workers", "1")
        check(first_child(process), "no run was started")
        process.send_signal(number)
        left, said = ending(process)
        check(left == code, f"exit {left} after {number}: {said}")
        words = json.loads(s.sweep("status", "two.yml", "-o", "out", "--json").stdout)
        check(words["counts"]["interrupted"] == 1 and words["counts"]["missing"] == 1, f"status {words}")
    logs = [s.read(path) for path in glob.glob(os.path.join(s.folder, "out", "runs", "*", "log.txt"))]
    check(len(logs) == 1 and b"resumed from checkpoint" in logs[0], f"the second time it began anew: {logs}")


def test_stop_and_go_on():
    """Whatever the signals met, the runs or their end: the tables are those of an undisturbed study."""
    s = Scratch()
    two_lengths(s, "slow.yml")
    for number, code in ((signal.SIGTERM, 75), (signal.SIGINT, 130)):
        process = s.start("sweep", "run", "two.yml", "-o", "stopped", "-q", "--workers", "1")
        first_child(process)
        process.send_signal(number)
        left, said = ending(process)
        check(left in (code, 0), f"exit {left} after {number}: {said}")
        print(f"  left with {left} after signal {number:d}")
    s.sweep("run", "two.yml", "-o", "stopped", "-q")
    s.sweep("run", "two.yml", "-o", "whole", "-q")
    check(s.tables("stopped") == s.tables("whole"), "a study that was stopped ends differently")


def test_a_crash_is_a_row():
    s = Scratch()
    s.write("study.yml", "cicatrix-study: 1\nbase: endless.yml\nvary: {time.end: [3000 day, 15 min]}\n"
            "outcomes: [erythema_peak]\n")
    process = s.start("sweep", "run", "study.yml", "-o", "out", "-q", "--workers", "1")
    found = first_child(process)
    check(found, "no run was started")
    other = s.sweep("run", "study.yml", "-o", "out", expect=5)
    check("E101" in other.stderr, f"two processes in one folder: {other.stderr}")
    os.kill(found, signal.SIGSEGV)
    left, said = ending(process)
    check(left == 6, f"exit {left} with a crashed run: {said}")
    table = rows(s, "out")
    check([row["status"] for row in table] == ["crashed", "ok"], f"{[row['status'] for row in table]}")
    check("signal 11" in table[0]["message"] and table[0]["erythema_peak [percent]"] == "", f"{table[0]}")
    s.sweep("run", "study.yml", "-o", "out", "-q", expect=6)
    check(rows(s, "out")[0]["status"] == "crashed", "a crashed run was repeated unasked")
    s.sweep("retry", "study.yml", "-o", "out", "-q", "--set", "limits.time=0.1 s", expect=6)
    check([row["status"] for row in rows(s, "out")] == ["timeout", "ok"], "retry did not repeat the crashed run")


def test_limits_and_invalid_points():
    s = Scratch()
    two_lengths(s, "endless.yml", "limits: {time: 0.1 s}\n")
    s.sweep("run", "two.yml", "-o", "late", "-q", expect=6)
    check([row["status"] for row in rows(s, "late")] == ["timeout"] * 2, "no time-out")
    two_lengths(s, "slow.yml")
    first = s.start("sweep", "run", "two.yml", "-o", "short", "-q", "--set", "limits.time=1 ms")
    check(ending(first)[0] in (6, 0), f"exit {first.returncode} with a short limit")  # 0: too fast to be seen
    s.sweep("retry", "two.yml", "-o", "short", "-q", "--set", "limits.time=1 h")
    check([row["status"] for row in rows(s, "short")] == ["ok"] * 2, "a longer limit does not help")
    two_lengths(s, "slow.yml", "limits: {memory: 2 MB}\n")
    s.sweep("run", "two.yml", "-o", "large", "-q", expect=6)
    check([row["status"] for row in rows(s, "large")] == ["memory"] * 2, f"{rows(s, 'large')}")
    s.write("deep.yml", STUDY.replace("to: 1.5 mm", "to: 4.5 mm"))
    plan = json.loads(s.sweep("plan", "deep.yml", "--json").stdout)["plan"]
    check(plan["invalid_points"] == 2 and plan["why_invalid"], f"plan {plan}")
    s.sweep("run", "deep.yml", "-o", "deep", "-q", expect=6)
    table = rows(s, "deep")
    check([row["status"] for row in table] == ["ok"] * 4 + ["failed"] * 2, f"{[row['status'] for row in table]}")
    check("Runs that are not ok" in s.read("deep/report.html").decode(), "the report hides the failures")


def test_bad_files():
    s = Scratch()
    s.write("bad.yml", STUDY.replace("device.needle.length", "device.needle.lenght").replace("100 1/cm2", "100"))
    done = s.sweep("run", "bad.yml", expect=3)
    check("bad.yml:4:3: error E030" in done.stderr and "device.needle.length" in done.stderr, done.stderr)
    check("bad.yml:5:28: error E021" in done.stderr, done.stderr)
    done = subprocess.run([PROGRAM, "check", "bad.yml", "base.yml", "--json"], cwd=s.folder, env=ENVIRONMENT,
                          capture_output=True, text=True, timeout=PATIENCE)
    found = json.loads(done.stdout)["findings"]
    check(done.returncode == 3 and len(found) == 2 and found[0]["line"] == 4, f"check: {found}")
    s.sweep("rum", "bad.yml", expect=2)
    s.sweep("run", "base.yml", expect=3)


def test_samples_and_repeats():
    s = Scratch()
    s.write("random.yml", """cicatrix-study: 1
base: base.yml
set: {domain.geometry: patch, domain.size: [0.5 mm, 0.5 mm, 2.5 mm], domain.cell: 100 um, time.end: 6 h}
vary:
  device.needle.length: {from: 0.5 mm, to: 1.5 mm}
  device.pattern.type: [poisson, hex]
  parameters.tgfb1_decay: {from: 4 1/day, to: 16 1/day, scale: log}
method: {sobol: {n: 4}}
repeats: 2
outcomes: [erythema_peak]
""")
    done = json.loads(s.sweep("run", "random.yml", "-o", "out", "--json").stdout)
    check(done["runs"] == 8 and done["counts"]["ok"] == 8, f"{done}")
    table = rows(s, "out")
    check([row["seed"] for row in table] == ["1", "2"] * 4, "repeats do not have seeds of their own")
    differ = [a["erythema_peak [percent]"] != b["erythema_peak [percent]"] for a, b in zip(table[::2], table[1::2])
              if a["device.pattern.type"] == "poisson"]
    check(any(differ), "the seed changes nothing in a random pattern")
    check({row["device.pattern.type"] for row in table} == {"poisson", "hex"}, "a list was not sampled")


main([value for name, value in list(globals().items()) if name.startswith("test_")], sys.argv[1:])
