"""story: a tiny one from end to end; what is finished is used again, what was stopped goes on, bit for bit; the numbers of
the captions are those of the runs; a false claim is told with its line and both numbers, and no page is written."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

PROGRAM = os.environ.get("CX_PROGRAM", os.path.abspath("build/cicatrix"))
ENVIRONMENT = dict(os.environ, OMP_WAIT_POLICY="passive")
PATIENCE = 600  # s; only for what would otherwise hang for ever
LIMIT = 5 * 1000 * 1000
SKIN = """cicatrix: 1
domain: {geometry: slice, size: [0.4 mm, 1 mm], cell: 50 um, surface_cell: 40 um, deep_cell: 200 um, stretch: 1.5}
device: {pattern: {type: single}, needle: {length: 0.5 mm}}
treatment: {sessions: [0 day]}
time: {end: 2 day}
output: {at: [0 day, 2 day]}
solver: {tolerance: 0.05}
"""
STORY = """cicatrix-story: 1
title: A small <story> & more
base: skin.yml
label: Short
variants:
  deep: {label: Long, set: {device.needle.length: 1 mm}}
steps:
  - title: The clot
    text: A needle of {setting(device.needle.length)} leaves a clot. The alarm peaks after {il1_peak_day}.
    time: 6 h
    field: fibrin
    view: section
    what_if: [deep]
    chart: [fibrin]
    numbers: [{label: "Redness, at most", value: erythema_peak}]
  - title: Deeper is redder
    text: Longer needles redden more, {erythema_peak} against {base.erythema_peak}.
    time: 2 day
    field: neutrophils
    variant: deep
    chart: [neutrophils, fibrin]
    claims: [erythema_peak > base.erythema_peak]
end: A square that nobody has.
"""
failures = []


def check(condition, text):
    if not condition:
        print(f"  test_story.py:{sys._getframe(1).f_lineno}: {text}")
        failures.append(text)


class Desk:
    def __init__(self, folder):
        self.folder = folder
        self.write("skin.yml", SKIN)
        self.write("small.yml", STORY)

    def write(self, name, text):
        with open(os.path.join(self.folder, name), "w", encoding="utf-8") as file:
            file.write(text)

    def path(self, *names):
        return os.path.join(self.folder, *names)

    def call(self, *words, expect=0):
        done = subprocess.run([PROGRAM, *words], cwd=self.folder, env=ENVIRONMENT, capture_output=True, text=True,
                              timeout=PATIENCE)
        check(done.returncode == expect, f"{words}: exit {done.returncode} instead of {expect}\n{done.stderr}")
        return done

    def story(self, *words, **more):
        return json.loads(self.call("story", *words, "--json", **more).stdout)

    def bytes(self, *names):
        with open(self.path(*names), "rb") as file:
            return file.read()

    def outcomes(self, *names):
        return json.loads(self.bytes(*names, "outcomes.json"))["outcomes"]


def rounded(value):
    return f"{value:.0f}" if abs(value) >= 9.95 else f"{value:.2g}"


def a_page_is_made(desk):
    answer = desk.story("small.yml", "-o", "out")
    check([run["reused"] for run in answer["runs"]] == [False, False], f"{answer['runs']}")
    check(answer["claims"] == 1 and answer["bytes"] == os.path.getsize(desk.path("out", "story.html")), str(answer))
    check(answer["bytes"] <= LIMIT, f"the page has {answer['bytes']} bytes")
    page = desk.bytes("out", "story.html").decode()
    check("A small &lt;story&gt; &amp; more" in page, "the title is not escaped")
    check(not re.search(r"(src|href)=['\"]?https?:", page), "the page asks for something from elsewhere")
    for name in ("base", "deep"):
        peak = desk.outcomes("out", "runs", name)["erythema_peak"]["value"]
        check(f"<b>{rounded(peak)}\u00a0%</b>" in page, f"{name}: redness {peak} is not in the caption")
    check("<b>0.5\u00a0mm</b>" in page, "the setting is not in the caption")
    data = json.loads(re.search(r"id=tale-data>(.*?)</script>", page, re.S)[1])
    check([step["day"] for step in data["steps"]] == [0.25, 2], f"{data['steps']}")
    for volume in data["volumes"]:
        check([f["key"] for f in volume["fields"]] == ["fibrin", "neutrophils"], "other fields than those of the steps")
        check(volume["days"] == [0, 0.25, 2], f"pictures of days {volume['days']}")
    ranges = [[(f["low"], f["high"]) for f in volume["fields"]] for volume in data["volumes"]]
    check(ranges[0] == ranges[1], f"the variants have other colours: {ranges}")


def what_is_finished_is_used_again(desk):
    before = desk.bytes("out", "story.html")
    answer = desk.story("small.yml", "-o", "out")
    check([run["reused"] for run in answer["runs"]] == [True, True], f"{answer['runs']}")
    check(desk.bytes("out", "story.html") == before, "the same story made another page")
    moved = STORY.replace("title: The clot", "title: A clot").replace("base: skin.yml", "\n\nbase: skin.yml")
    desk.write("moved.yml", moved)
    answer = desk.story("moved.yml", "-o", "out")
    check([run["reused"] for run in answer["runs"]] == [True, True], "another caption made the runs again")
    desk.write("later.yml", STORY.replace("length: 1 mm", "length: 0.9 mm"))
    answer = desk.story("later.yml", "-o", "out")
    check([run["reused"] for run in answer["runs"]] == [True, False], f"one changed variant: {answer['runs']}")
    check(not os.path.exists(desk.path("out", "runs", "deep.1")), "the run that was replaced was left behind")


def what_was_stopped_goes_on(desk):
    """A run that stopped half way, as a signal leaves it: the story ends it as if never stopped."""
    desk.story("small.yml", "-o", "whole")
    shutil.copy(desk.path("whole", "runs", "base", "config.yml"), desk.path("half.yml"))
    desk.call("run", "half.yml", "-o", "half/runs/base", "--until", "1 day", "-q", expect=0)
    desk.story("small.yml", "-o", "half")
    log = desk.bytes("half", "runs", "base", "log.txt").decode()
    check("resumed from checkpoint" in log, f"the run was made anew: {log}")
    same = desk.bytes("half", "runs", "base", "series.csv") == desk.bytes("whole", "runs", "base", "series.csv")
    check(same, "the run that went on has other numbers")


def a_signal_is_heard(desk):
    """The story asks for centuries of skin, so it cannot have ended before the signal comes."""
    desk.write("endless.yml", STORY.replace("label: Short", "label: Short\nset: {time.end: 30000 day}"))
    process = subprocess.Popen([PROGRAM, "story", "endless.yml", "-o", "endless"], cwd=desk.folder, env=ENVIRONMENT,
                               stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    end = time.monotonic() + PATIENCE
    while not os.path.exists(desk.path("endless", "runs", "base", "run.nc")) and time.monotonic() < end:
        time.sleep(0.02)
    process.send_signal(signal.SIGTERM)
    said = process.communicate(timeout=PATIENCE)[1]
    check(process.returncode == 75, f"stopped with {process.returncode}: {said}")
    check("next: cicatrix story endless.yml -o endless" in said, f"the way on is not told: {said}")
    check(not os.path.exists(desk.path("endless", "story.html")), "a page of half a story")


def a_false_claim_is_told(desk):
    desk.write("false.yml", STORY.replace("[erythema_peak > base", "[erythema_peak > 3 * base"))
    done = desk.call("story", "false.yml", "-o", "false", expect=3)
    line = next(i for i, text in enumerate(STORY.split("\n"), 1) if "claims:" in text)
    check(f"false.yml:{line}:14: error E154" in done.stderr, f"the place is not told: {done.stderr}")
    deep = desk.outcomes("false", "runs", "deep")["erythema_peak"]["value"]
    base = desk.outcomes("false", "runs", "base")["erythema_peak"]["value"]
    for number in (deep, 3 * base):
        check(f"{number:.6g}" in done.stderr, f"{number:.6g} is not told: {done.stderr}")
    check("help:" in done.stderr, "no way out is told")
    check(not os.path.exists(desk.path("false", "story.html")), "a page with a false claim was written")
    told = json.loads(desk.call("story", "false.yml", "-o", "false", "--json", expect=3).stdout)
    check(told["findings"][0]["line"] == line, f"{told}")
    desk.write("never.yml", STORY.replace("peaks after {il1_peak_day}", "ends after {tewl_recovery_hours}")
               .replace("base: skin.yml", "base: skin.yml\nset: {time.end: 30 min}").replace("6 h", "20 min")
               .replace("time: 2 day", "time: 30 min"))
    done = desk.call("story", "never.yml", "-o", "never", expect=3)
    check("was never reached" in done.stderr, f"what never happened is told as if it had: {done.stderr}")


def check_knows_stories(desk):
    answer = json.loads(desk.call("check", "small.yml", "--json").stdout)
    row = answer["files"][0]["story"]
    check((row["steps"], row["claims"], row["runs"]) == (2, 1, 2), f"{row}")
    check(answer["next"] == "cicatrix story small.yml", answer["next"])
    desk.write("wrong.yml", STORY.replace("field: fibrin", "field: fibrins"))
    done = desk.call("check", "wrong.yml", expect=3)
    check("E036" in done.stderr and "did you mean 'fibrin'" in done.stderr, done.stderr)


def main():
    with tempfile.TemporaryDirectory(prefix="cicatrix-story-") as folder:
        desk = Desk(folder)
        for test in (a_page_is_made, what_is_finished_is_used_again, what_was_stopped_goes_on, a_signal_is_heard,
                     a_false_claim_is_told, check_knows_stories):
            before = len(failures)
            test(desk)
            print("FAIL" if len(failures) > before else "ok  ", test.__name__)
    sys.exit(1 if failures else 0)


main()
