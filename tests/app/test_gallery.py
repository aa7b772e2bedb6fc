"""gallery over a small folder: two scenarios run, one is not valid, a study is listed; what is finished is kept, what was
stopped goes on; the page is one whole offline file."""

import json
import os
import re
import signal
import subprocess
import sys
import tempfile

PROGRAM = os.environ.get("CICATRIX") or os.environ.get("CX_PROGRAM") or os.path.abspath("build/cicatrix")
ENVIRONMENT = dict(os.environ, OMP_WAIT_POLICY="passive", LSAN_OPTIONS="detect_leaks=0")
SMALL = """cicatrix: 1
title: Small {name} & <bold>
description: What the {name} shows, "quoted"
domain: {{geometry: {geometry}}}
device: {{needle: {{length: 0.5 mm}}}}
treatment: {{sessions: [0 day]}}
time: {{end: 6 h}}
output: {{at: [0 h, 3 h, 6 h]}}
run: {{threads: 1}}
"""
STUDY = """# Two depths.  Run it with
#   cicatrix sweep run two.yml
cicatrix-study: 1
title: Two depths of one needle
base: column.yml
vary: {device.needle.length: [0.5 mm, 1 mm]}
method: grid
"""
FIT = """# How fast cells move.
cicatrix-calibration: 1
title: A fit
base: column.yml
"""
failures = []


def check(condition, text):
    if not condition:
        print(f"  test_gallery.py:{sys._getframe(1).f_lineno}: {text}")
        failures.append(text)


def write(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def gallery(code, *words):
    done = subprocess.run([PROGRAM, "gallery", *words, "--json", "--progress", "none"], capture_output=True, text=True,
                          timeout=600, env=ENVIRONMENT)
    check(done.returncode == code, f"left with {done.returncode}, not {code}: {words}\n{done.stderr}")
    return json.loads(done.stdout) if done.stdout else {}


def make_folder(folder):
    os.mkdir(folder)
    write(f"{folder}/column.yml", SMALL.format(name="column", geometry="column"))
    write(f"{folder}/disc.yml", SMALL.format(name="disc", geometry="axisymmetric, cell: 60 um, size: [0.6 mm, 1 mm]"))
    write(f"{folder}/broken.yml", "cicatrix: 1\ntitle: Broken\ndevice: {needle: {lenght: 1 mm}}\n")
    write(f"{folder}/two.yml", STUDY)
    write(f"{folder}/fit.yml", FIT)


def test_runs_and_page():
    make_folder("some")
    told = gallery(6, "some", "-o", "out")
    entries = {entry["name"]: entry for entry in told["entries"]}
    check(told["simulated"] == 2 and told["failed"] == 1 and told["reused"] == 0, f"counts: {told}")
    check(set(entries) == {"column", "disc", "broken", "two", "fit"}, f"entries: {set(entries)}")
    check(entries["broken"]["error"]["code"] == "E030" and entries["broken"]["error"]["line"] == 3,
          f"the failure has no place: {entries['broken']}")
    check(entries["two"]["kind"] == "study" and entries["two"]["command"] == "cicatrix sweep run some/two.yml",
          f"study: {entries['two']}")
    check(entries["fit"]["command"] == "cicatrix calibrate some/fit.yml", f"calibration: {entries['fit']}")
    check(entries["disc"]["threads"] == 1 and entries["disc"]["seconds"] > 0, f"run time: {entries['disc']}")
    with open(told["page"], encoding="utf-8") as file:
        page = file.read()
    check(len(page.encode()) == told["bytes"] < 5e6, f"the page has {told['bytes']} bytes")
    check(page.count("<article") == 5, f"{page.count('<article')} cards")
    check("Small disc &amp; &lt;bold&gt;" in page and "<bold>" not in page, "foreign text is not escaped")
    check("cicatrix run some/disc.yml" in page and "href='runs/disc/report.html'" in page, "no command or report")
    check(os.path.exists("out/runs/disc/report.html"), "no report of the run")
    check("unknown key" in page and "Two depths.</p>" in page, "no reason, or commands in the words of the study")
    check(page.count("data:image/webp") == 1 and page.count("data:image/png") == 1, "two pictures")
    check(not re.search(r"(src|href)=['\"]?(https?:)?//", page), "the page asks for something from elsewhere")
    for number in json.load(open("out/runs/disc/outcomes.json", encoding="utf-8"))["outcomes"].values():
        check("unit" in number, "outcomes without a unit")
    check(re.search(r"<dt>Collagen gain</dt><dd>[^<]*%</dd>", page), "no key number with its unit")


def test_what_is_finished_stays():
    before = os.stat("out/runs/disc/run.nc").st_mtime_ns
    told = gallery(6, "some", "-o", "out")
    check(told["reused"] == 2 and told["simulated"] == 0, f"not reused: {told}")
    check(os.stat("out/runs/disc/run.nc").st_mtime_ns == before, "the run was made again")
    with open("some/disc.yml", "a", encoding="utf-8") as file:
        file.write("solver: {tolerance: 2e-2}\n")
    os.remove("some/broken.yml")
    told = gallery(0, "some", "-o", "out")
    check(told["reused"] == 1 and told["simulated"] == 1, f"a changed scenario was not run again: {told}")
    os.makedirs("foreign/runs/disc")
    write("foreign/runs/disc/run.nc", "precious")
    told = gallery(6, "some", "-o", "foreign")
    with open("foreign/runs/disc/run.nc", encoding="utf-8") as file:
        check(file.read() == "precious", "a foreign result was overwritten")


def stopped_day(folder):
    """The first day that a gallery tells of, then it is stopped."""
    process = subprocess.Popen([PROGRAM, "gallery", folder, "-o", folder + "_out", "--progress", "json"], text=True,
                               stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=ENVIRONMENT)
    rows = (json.loads(line) for line in process.stderr if line.startswith("{"))
    day = next(row["day"] for row in rows if row["day"] > 0)
    process.send_signal(signal.SIGTERM)
    process.stderr.read()
    process.wait(timeout=600)
    check(process.returncode == 75, f"stopped with {process.returncode}")
    return day


def test_stop_and_go_on():
    """A scenario of ten years in fine cells takes minutes; what it reached before the stop is where it goes on."""
    os.mkdir("endless")
    write("endless/slow.yml", SMALL.format(name="slow", geometry="patch, size: [1 mm, 1 mm, 1 mm], cell: 25 um")
          .replace("end: 6 h", "end: 4000 day").replace("6 h]", "4000 day]"))
    first = stopped_day("endless")
    record = json.load(open("endless_out/runs/slow/gallery.json", encoding="utf-8"))
    check(record["state"] == "stopped" and record["seconds"] > 0, f"record: {record}")
    check(stopped_day("endless") > first, "a stopped run began anew")
    again = json.load(open("endless_out/runs/slow/gallery.json", encoding="utf-8"))
    check(again["seconds"] > record["seconds"], f"the times of the parts do not add up: {record} {again}")


def test_wrong_words():
    os.mkdir("empty")
    gallery(2, "empty")
    gallery(5, "nowhere")


def main():
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        test_runs_and_page()
        test_what_is_finished_stays()
        test_stop_and_go_on()
        test_wrong_words()
        os.chdir("/")
    print("failed" if failures else "ok")
    sys.exit(1 if failures else 0)


main()
