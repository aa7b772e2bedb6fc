"""`run --certify` as a user meets it: bars on stdout, in JSON, in the files and on the page; stopping and going on."""

import json
import os
import re
import subprocess
import sys
import tempfile

SOURCE = os.environ.get("CX_SOURCE", os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
PROGRAM = os.environ.get("CICATRIX") or os.environ.get("CX_PROGRAM") or os.path.join(SOURCE, "build", "cicatrix")
COLUMN = """cicatrix: 1
domain: {geometry: column}
time: {end: 2 day}
output: {at: [0 day, 2 day], fields: [tgfb1]}
run: {threads: 1}
"""
failures = []


def check(condition, text):
    if not condition:
        print(f"  test_certify.py:{sys._getframe(1).f_lineno}: {text}")
        failures.append(text)


def call(code, *words):
    environment = dict(os.environ, OMP_WAIT_POLICY="passive")
    done = subprocess.run([PROGRAM, *words], capture_output=True, text=True, timeout=600, env=environment)
    check(done.returncode == code, f"{' '.join(words)}: left with {done.returncode}\n{done.stderr}")
    return done


def read(name):
    with open(name, encoding="utf-8") as file:
        return file.read()


def test_bars_are_everywhere():
    done = call(0, "run", "column.yml", "-o", "run", "--certify")
    lines = [line for line in done.stdout.splitlines() if "±" in line]
    check(len(lines) > 20, f"{len(lines)} lines with bars")
    check(re.search(r"^synthesis_peak_day .*day  ±\S+ time  ±\S+ grid$", done.stdout, re.M), done.stdout[:600])
    outcomes = json.loads(read("run/outcomes.json"))
    check(outcomes["schema_version"] == 1, "the version of outcomes.json changed")
    for name, row in outcomes["outcomes"].items():
        check(set(row["error"]) == {"time", "grid"}, f"{name}: {row}")
    certificate = json.loads(read("run/certificate.json"))
    check(certificate["time"]["made"] and certificate["grid"]["made"], "a repeat is missing")
    check(certificate["digest"] == outcomes["digest"], "another run")
    page = read("run/report.html")
    check("id=errors" in page and "href='#errors'" in page, "no error bars on the page")


def test_resume_certifies_and_keeps():
    call(0, "run", "column.yml", "-o", "later")
    check("error" not in json.loads(read("later/outcomes.json"))["outcomes"]["collagen_total_gain"], "bars unasked for")
    check("id=errors" not in read("later/report.html"), "an empty section")
    told = json.loads(call(0, "resume", "later", "--certify", "--json").stdout)
    row = told["outcomes"]["collagen_total_gain"]
    check(row["error"]["time"] > 0 and row["error"]["grid"] > 0, f"{row}")
    before = read("later/outcomes.json")
    call(0, "resume", "later")
    check(read("later/outcomes.json") == before, "resume dropped the bars")
    call(0, "report", "later")


def test_until_leaves_the_certificate_for_resume():
    done = call(0, "run", "column.yml", "-o", "left", "--certify", "--until", "6 h")
    check("resume left" in done.stderr, done.stderr)
    check(not os.path.exists("left/certificate.json"), "certified before its end")
    call(0, "resume", "left", "-q")
    check(os.path.exists("left/certificate.json"), "the wish was forgotten")


def test_progress_names_the_part():
    done = call(0, "run", "column.yml", "-o", "told", "--certify", "--progress=json")
    rows = [json.loads(line) for line in done.stderr.splitlines() if line.startswith("{")]
    check({row.get("part") for row in rows} == {None, "grid error", "time error"}, f"{rows[:2]}")


def test_explained():
    text = call(0, "explain", "certify").stdout
    check("--certify" in text and "resume" in text and "certificate.json" in text, text)
    check("--certify" in call(0, "help", "run").stdout, "not in the help")


def main():
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        with open("column.yml", "w", encoding="utf-8") as file:
            file.write(COLUMN)
        for name, test in [(n, t) for n, t in globals().items() if n.startswith("test_")]:
            before = len(failures)
            test()
            print(f"{'ok  ' if len(failures) == before else 'FAIL'} {name}", flush=True)
        os.chdir(SOURCE)
    sys.exit(1 if failures else 0)


main()
