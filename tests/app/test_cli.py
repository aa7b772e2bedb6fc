"""The command line as a user meets it: exit codes, JSON, hints, help, --set, signals, full disks.

The program is the one that CICATRIX or CX_PROGRAM names.  `test_cli.py WORD...` runs only the tests with a WORD in
their name.
"""

import json
import os
import re
import resource
import signal
import subprocess
import sys
import tempfile
import time

SOURCE = os.environ.get("CX_SOURCE", os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
PROGRAM = os.environ.get("CICATRIX") or os.environ.get("CX_PROGRAM") or os.path.join(SOURCE, "build", "cicatrix")
ENVIRONMENT = dict(os.environ, CICATRIX_CONFIGS=os.path.join(SOURCE, "configs"), OMP_WAIT_POLICY="passive", TERM="xterm")
ENVIRONMENT.pop("NO_COLOR", None)

# A column of skin: a run of a moment.
SHORT = """cicatrix: 1
title: a column for the tests
domain: {geometry: column}
treatment: {sessions: [0 day]}
time: {end: 2 day}
output: {at: [0 day, 12 h, 1 day, 2 day]}
"""
# A block with two sessions, for what is about blocks, and for parts that are put together.
LONG = """cicatrix: 1
title: a block for the tests
domain: {geometry: patch, size: [1 mm, 1 mm, 2 mm], cell: 50 um}
device: {pattern: {type: square, pitch: 0.5 mm}}
treatment: {sessions: [0 day, 3 day]}
time: {end: 5 day}
output: {at: [0 day, 1 day, 4 day, 5 day], fields: [tgfb1, collagen_1]}
run: {threads: 1}
"""
# More of it than any machine does in a minute: what disturbs this comes in time.  Nobody waits for its end.
ENDLESS = LONG.replace("[1 mm, 1 mm, 2 mm]", "[2 mm, 2 mm, 2 mm]").replace("end: 5 day", "end: 3000 day")
PATIENCE = 600  # s; only for what would otherwise hang for ever
VERBS = ("new check run resume pattern sweep sensitivity optimize calibrate story report compare plot movie export gallery "
         "models describe explain schema verify doctor cite help").split()
failures = []


def check(condition, text):
    if not condition:
        line = sys._getframe(1).f_lineno
        print(f"  test_cli.py:{line}: {text}")
        failures.append(text)


def call(*words, **options):
    options.setdefault("env", ENVIRONMENT)
    return subprocess.run([PROGRAM, *words], capture_output=True, text=True, timeout=PATIENCE, **options)


def answer(done):
    """The one JSON object that --json promises."""
    found = json.loads(done.stdout)
    check(list(found)[0] == "schema_version", "schema_version does not come first")
    check(found["schema_version"] == 1, "schema_version is not 1")
    return found


def write(name, text):
    with open(name, "w", encoding="utf-8") as file:
        file.write(text)
    return name


def expect(done, code):
    said = f"left with {done.returncode} instead of {code}: {' '.join(done.args[1:])}\n{done.stderr}"
    check(done.returncode == code, said)
    return done


def test_help_shows_examples_first():
    whole = expect(call("help"), 0).stdout
    check(expect(call("--help"), 0).stdout == whole, "--help and help differ")
    for verb in VERBS:
        check(re.search(rf"^  {verb} ", whole, re.M), f"{verb} is not in the help")
        page = expect(call("help", verb), 0).stdout
        check(page.startswith("Examples:\n  cicatrix "), f"help {verb} does not start with an example")
        check(expect(call(verb, "--help"), 0).stdout == page, f"{verb} --help differs from help {verb}")
    found = answer(expect(call("help", "--json"), 0))
    check([row["name"] for row in found["verbs"]] == VERBS, "help --json names other verbs")


def test_version():
    check(re.fullmatch(r"cicatrix \d+\.\d+\.\d+\n", expect(call("--version"), 0).stdout), "odd version")
    check("version" in answer(expect(call("--version", "--json"), 0)), "no version in the JSON")


def test_usage_errors_leave_with_2():
    write("short.yml", SHORT)
    for words in ([], ["run"], ["run", "a.yml", "b.yml"], ["run", "--set"], ["run", "short.yml", "--set", "x"],
                  ["run", "short.yml", "--until", "soon"], ["run", "short.yml", "--threads", "none"],
                  ["run", "short.yml", "--progress=loud"], ["models", "--json=yes"], ["--color=blue", "models"],
                  ["new", "quickstart"], ["describe", "no_such_model"], ["explain", "no_such_thing"],
                  ["pattern", "short.yml", "--session", "2"], ["pattern", "short.yml", "--csv", "--json"]):
        done = expect(call(*words), 2)
        check(done.stderr, f"{words}: nothing was said")
        check(words == [] or re.search(r"^error( E\d{3})?: ", done.stderr, re.M), f"{words}: {done.stderr}")
    check(not os.path.exists("outputs"), "a wrong command line left something behind")


def test_wrong_words_get_the_nearest():
    for words, right in ((["rnu"], "cicatrix run"), (["chekc", "x"], "cicatrix check"), (["models", "--jsno"], "--json"),
                         (["run", "x.yml", "--thread=2"], "--threads"), (["new", "quikstart", "d"], "quickstart"),
                         (["describe", "microneedlin"], "microneedling"),
                         (["explain", "device.needle.lenght"], "device.needle.length")):
        done = expect(call(*words), 2)
        check(f"did you mean '{right}'" in done.stderr, f"{words}: {done.stderr}")
    check("did you mean 'plan'" in expect(call("sweep", "paln", "x.yml"), 2).stderr, "sweep paln")


def test_config_errors_leave_with_3():
    write("bad.yml", SHORT + "skin: {age: 400 year, sit: cheek}\n")
    write("good.yml", SHORT)
    for verb in ("check", "run", "pattern"):
        done = expect(call(verb, "bad.yml"), 3)
        places = re.findall(r"^bad\.yml:7:\d+: error E\d{3}: ", done.stderr, re.M)
        check(len(places) == 2, f"not both errors at once: {done.stderr}")
        check("help: " in done.stderr and "site" in done.stderr, "no nearest name")
        found = answer(expect(call(verb, "bad.yml", "--json"), 3))["findings"]
        check(len(found) == 2, f"{verb}: {found}")
        for row in found:
            check({"file", "line", "column", "code", "text", "hint"} <= set(row), f"{row}")
            check(row["line"] == 7 and re.fullmatch(r"E\d{3}", row["code"]), f"{row}")
    check("good.yml: no errors" in expect(call("check", "good.yml", "bad.yml"), 3).stdout, "one bad file hides a good one")
    expect(call("run", "good.yml", "--set", "skin.age=400 year"), 3)
    check(not os.path.exists("outputs"), "a wrong config left something behind")


def test_storage_errors_leave_with_5():
    expect(call("run", "absent.yml"), 5)
    for verb in ("resume", "report", "verify", "cite"):
        expect(call(verb, "absent"), 5)
    os.mkdir("mine")
    write("mine/quickstart.yml", "precious")
    expect(call("new", "quickstart", "mine"), 5)
    with open("mine/quickstart.yml", encoding="utf-8") as file:
        check(file.read() == "precious", "new has overwritten a file")
    expect(call("new", "--list", env=dict(ENVIRONMENT, CICATRIX_CONFIGS="/absent")), 5)


def test_new_check_run_report():
    listed = expect(call("new", "--list"), 0)
    check(re.search(r"^quickstart +\S", listed.stdout, re.M), "no quickstart in the gallery")
    names = [row["name"] for row in answer(expect(call("new", "--list", "--json"), 0))["templates"]]
    check("quickstart" in names and names == sorted(names), f"{names}")
    made = expect(call("new", "quickstart", "deep/mine"), 0)
    check(made.stdout == "deep/mine/quickstart.yml\n", made.stdout)
    check("next: cicatrix check deep/mine/quickstart.yml" in made.stderr, made.stderr)
    with open("deep/mine/quickstart.yml", encoding="utf-8") as file:
        check(file.readline().startswith("# yaml-language-server: $schema=./scenario.schema.json"), "no schema line")
    with open("deep/mine/scenario.schema.json", encoding="utf-8") as file:
        json.load(file)
    found = answer(expect(call("check", "deep/mine/quickstart.yml", "--json"), 0))
    plan = found["files"][0]["plan"]
    check(plan["cells"] == plan["shape"][0] * plan["shape"][1] * plan["shape"][2] > 0, f"{plan}")
    check(plan["memory_bytes"] > 0 and plan["disk_bytes"] > 0 and plan["seconds"] > 0 and plan["steps"] > 0, f"{plan}")


def test_run_and_what_it_says():
    write("short.yml", SHORT)
    done = expect(call("run", "short.yml"), 0)
    check("next: open outputs/short/report.html" in done.stderr, done.stderr)
    with open("outputs/short/outcomes.json", encoding="utf-8") as file:
        outcomes = json.load(file)["outcomes"]
    for name in outcomes:
        check(re.search(rf"^{name} ", done.stdout, re.M), f"{name} is not in the table")
    for name in ("run.nc", "series.csv", "config.yml", "report.html"):
        check(os.path.getsize(os.path.join("outputs/short", name)) > 0, f"no {name}")
    expect(call("run", "short.yml"), 5)
    found = answer(expect(call("run", "short.yml", "--force", "--json", "-q"), 0))
    check(found["status"] == "done" and found["outcomes"] == outcomes, "the second run differs from the first")
    check(call("run", "short.yml", "--force", "-q").stderr == "", "-q is not quiet")
    expect(call("report", "outputs/short"), 0)
    os.remove("outputs/short/report.html")
    check(answer(expect(call("report", "outputs/short", "--json"), 0))["report"], "no report in the JSON")
    check(os.path.exists("outputs/short/report.html"), "report did not write the page")


def test_set_and_threads_reach_the_run():
    write("short.yml", SHORT)
    expect(call("run", "short.yml", "-o", "a", "--set", "skin.age=71 year", "--set=title=other", "--threads", "1"), 0)
    with open("a/config.yml", encoding="utf-8") as file:
        text = file.read()
    check(re.search(r"age: *['\"]?71", text), "--set did not change the age")
    check("--set" in text, "the origin is not in the effective config")
    expect(call("run", "short.yml", "--preview", "-q"), 0)
    with open("outputs/short-preview/config.yml", encoding="utf-8") as file:
        coarse = file.read()
    for name, times in (("cell", 2), ("tolerance", 3)):
        fine, rough = (float(re.search(rf"^ *{name}: *([0-9.e+-]+)", t, re.M).group(1)) for t in (text, coarse))
        check(abs(rough / fine - times) < 1e-9, f"--preview made {name} {rough} of {fine}")


def test_names_are_explained():
    for name in ("device.needle.length", "E021", "E003", "skin.age"):
        check(len(expect(call("explain", name), 0).stdout) > 20, f"{name} is not explained")
        check(answer(expect(call("explain", name, "--json"), 0))["text"], f"{name}: no text")
    json.loads(expect(call("schema"), 0).stdout)
    check("schema" in answer(expect(call("schema", "--json"), 0)), "no schema")
    for row in answer(expect(call("models", "--json"), 0))["models"]:
        model = row["name"]
        check(model in call("models").stdout, f"{model} is not listed")
        found = answer(expect(call("describe", model, "--json"), 0))
        rates = [p for p in found["parameters"] if p["unit"] in ("1/h", "1/day") and p["default"] > 0]
        for p in rates:
            life = 0.6931471805599453 / p["default"] * (24 if p["unit"] == "1/day" else 1)
            check(abs(p["half_life_h"] / life - 1) < 1e-9, f"{p}")
        check(found["outcomes"] and found["species"] and found["series"], f"{model}: empty tables")
        page = expect(call("describe", model, "--markdown"), 0).stdout
        for name in [p["name"] for p in found["parameters"]] + [o["name"] for o in found["outcomes"]]:
            check(f"| `{name}` |" in page, f"{model}: {name} is not on the page")
        widths = {line.count("|") - line.count("\\|") for line in page.split("## ")[1].splitlines() if line[:1] == "|"}
        check(len(widths) == 1, f"{model}: ragged table {widths}")
        check(found["parameters"][0]["name"] in call("describe", model).stdout, f"{model}: no text")
    found = answer(expect(call("doctor", "--json"), 0))
    check(found["healthy"] and found["hdf5"] and found["udunits_database"] == "loads", f"{found}")


def test_pattern():
    write("block.yml", LONG)
    done = expect(call("pattern", "block.yml", "-o", "p.png"), 0)
    check(re.search(r"^needles +4 *$", done.stdout, re.M), done.stdout)
    with open("p.png", "rb") as file:
        check(file.read(8) == b"\x89PNG\r\n\x1a\n", "p.png is no PNG")
    table = expect(call("pattern", "block.yml", "--csv"), 0).stdout
    write("needles.csv", table)
    write("needles.json", expect(call("pattern", "block.yml", "--json-needles"), 0).stdout)
    before = answer(expect(call("pattern", "block.yml", "--json"), 0))["metrics"]
    for name in ("needles.csv", "needles.json"):
        write("listed.yml", LONG.replace("{type: square, pitch: 0.5 mm}", f"{{type: file, file: {name}}}"))
        after = answer(expect(call("pattern", "listed.yml", "--json"), 0))["metrics"]
        for key in ("needles", "mean_depth", "open_area", "nearest_neighbour"):
            a, b = before[key]["value"], after[key]["value"]
            check(abs(a - b) <= 1e-6 * abs(a), f"{name}: {key} was {a}, is {b}")
        check(expect(call("pattern", name, "--csv"), 0).stdout == table, f"{name} does not convert to the same CSV")
    write("bad.csv", "x,y\n1,2\n3,here\n")
    check("bad.csv:3:3: error" in expect(call("pattern", "bad.csv"), 3).stderr, "the list's own place is not named")


def test_advice():
    write("block.yml", LONG)
    for setting, rule in (("device.needle.length=3 mm", "reaches_hypodermis"), ("device.pattern.pitch=0.1 mm", "overlap"),
                          ("device.pattern.pitch=0.2 mm", "open_area")):
        extra = [] if rule != "open_area" else ["--set", "device.recoil=1", "--set", "device.needle.diameter=0.2 mm"]
        deep = ["--set", "domain.size=[1 mm, 1 mm, 4 mm]", "--set", "domain.cell=0.1 mm"]
        found = answer(expect(call("check", "block.yml", "--json", "--set", setting, *extra, *deep), 0))
        check(rule in [row["rule"] for row in found["files"][0]["advice"]], f"{setting}: {found}")
    dark = ["--set", "skin.fitzpatrick=5", "--set", "aftercare.sun_protection=0"]
    check("Fitzpatrick 5" in expect(call("check", "block.yml", *dark), 0).stdout, "no word about pigment")
    mild = answer(expect(call("check", "block.yml", "--json", "--set", "time.end=60 day",
                              "--set", "treatment.sessions=[0 day, 28 day]"), 0))
    check(mild["files"][0]["advice"] == [], f"{mild}")


def test_colour():
    write("bad.yml", SHORT + "skin: {sit: cheek}\n")
    for words, environment, painted in (([], {}, False), (["--color=always"], {}, True), (["--color=never"], {}, False),
                                        (["--color=always"], {"NO_COLOR": "1"}, True), ([], {"NO_COLOR": "1"}, False)):
        for wrong in (["check", "bad.yml"], ["rnu"]):
            said = call(*words, *wrong, env=dict(ENVIRONMENT, **environment)).stderr
            check(("\033[" in said) == painted, f"{words} {environment} {wrong}: {said!r}")
    for environment, painted in ({}, True), ({"NO_COLOR": "1"}, False):
        said = on_terminal(["rnu"], environment)
        check(said is None or (b"\033[" in said) == painted, f"terminal with {environment}")


def on_terminal(words, environment):
    """What the program says when stderr is a terminal; None where the system has no pseudo-terminals."""
    try:
        ours, its = os.openpty()
    except OSError as no:
        print(f"  not looked at, no pseudo-terminal here: {no}")
        return None
    process = subprocess.Popen([PROGRAM, *words], stdout=subprocess.DEVNULL, stderr=its,
                               env=dict(ENVIRONMENT, **environment))
    os.close(its)
    said = b""
    while True:
        try:
            said += (piece := os.read(ours, 4096))
        except OSError:
            piece = b""
        if not piece:
            break
    process.wait()
    os.close(ours)
    return said


def test_progress():
    write("short.yml", SHORT)
    done = expect(call("run", "short.yml", "--progress=json"), 0)
    rows = [json.loads(line) for line in done.stderr.splitlines() if line.startswith("{")]
    check(rows and rows[-1]["last"] and abs(rows[-1]["fraction"] - 1) < 1e-9, f"{rows[-1:]}")
    check([r["day"] for r in rows] == sorted(r["day"] for r in rows), "days do not ascend")
    drawn = on_terminal(["run", "short.yml", "--force"], {})
    check(drawn is None or b"\rday " in drawn and b"100 %" in drawn, f"no line on the terminal: {drawn!r}")
    check(b"\r" not in call("run", "short.yml", "--force").stderr.encode(), "a log has redrawn lines")


def started(*words):
    """A run that has made its first steps."""
    process = subprocess.Popen([PROGRAM, *words, "--progress=json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                               text=True, env=ENVIRONMENT)
    for step in steps_of(process):
        if step > 5:
            return process
    check(False, f"{words} ended before it was disturbed")
    return process


def steps_of(process):
    """Numbers of its steps, as it tells them."""
    for line in process.stderr:
        if line.startswith("{"):
            yield json.loads(line)["step"]


def ended(process, code):
    out, said = process.communicate(timeout=PATIENCE)
    check(process.returncode == code, f"left with {process.returncode} instead of {code}: {said[-500:]}")
    return out, said


def undisturbed(folder):
    """Same bits as a run that nobody stopped."""
    found = answer(expect(call("verify", folder, "--json", "-q"), 0))
    check(found["same"] and all(row["same"] for row in found["rows"]), f"{folder}: {found}")
    check({"tgfb1", "collagen_1", "history"} <= {row["name"] for row in found["rows"]}, f"{found}")
    check(found["frames"] == 4, f"{found['frames']} frames")


def goes_on_undisturbed(folder, said):
    """A stopped run of endless.yml goes on for some more steps, to the same bits as one that came there in one go; `said`: its
    last words."""
    stopped_day = json.loads([line for line in said.splitlines() if line.startswith("{")][-1])["day"]
    until = ("--until", f"{24 * stopped_day + 0.25!r} h")
    found = answer(expect(call("resume", folder, *until, "--json", "-q"), 0))
    check(found["status"] == "stopped" and found["end_day"] > stopped_day, f"{found}")
    expect(call("run", "endless.yml", "-o", "whole", "-q", *until), 0)
    for name in ("series.csv", "outcomes.json"):
        with open(os.path.join(folder, name), "rb") as a, open(os.path.join("whole", name), "rb") as b:
            check(a.read() == b.read(), f"{name} is another one")
    expect(call("compare", folder, "whole", "--tolerance", "0"), 0)


def test_term_leaves_with_75_and_resume_goes_on():
    write("endless.yml", ENDLESS)
    process = started("run", "endless.yml", "-o", "r")
    process.send_signal(signal.SIGTERM)
    said = ended(process, 75)[1]
    check("next: cicatrix resume r" in said and "error" not in said, said)
    goes_on_undisturbed("r", said)


def checkpoints(folder):
    return [name for name in os.listdir(folder) if re.fullmatch(r"checkpoint\.[ab]", name)]


def test_usr1_goes_on():
    write("endless.yml", ENDLESS)
    process = started("run", "endless.yml", "-o", "r", "--set", "run.checkpoint=10000 s")
    check(not checkpoints("r"), "a checkpoint already")
    process.send_signal(signal.SIGUSR1)
    kept_at = next((step for step in steps_of(process) if checkpoints("r")), None)
    check(kept_at, "the run ended without a checkpoint")
    check(next(steps_of(process), 0) > kept_at, "the run did not go on behind its checkpoint")
    process.send_signal(signal.SIGTERM)
    goes_on_undisturbed("r", ended(process, 75)[1])


def test_interrupts():
    write("endless.yml", ENDLESS)
    process = started("run", "endless.yml", "-o", "r", "--json")
    process.send_signal(signal.SIGINT)
    out, said = ended(process, 130)
    found = json.loads(out)
    check(found["status"] == "interrupted" and found["next"] == "cicatrix resume r", f"{found}")
    goes_on_undisturbed("r", said)
    process = started("run", "endless.yml", "-o", "s")
    process.send_signal(signal.SIGINT)
    process.send_signal(signal.SIGINT)
    ended(process, 130)


def test_until_and_resume():
    write("block.yml", LONG)
    done = expect(call("run", "block.yml", "-o", "r", "--until", "2 day"), 0)
    check("next: cicatrix resume r" in done.stderr, done.stderr)
    found = answer(expect(call("resume", "r", "-q", "--until", "100 h", "--json"), 0))
    check(found["status"] == "stopped" and 100 / 24 <= found["end_day"] < 5, f"{found}")
    expect(call("resume", "r", "-q"), 0)
    undisturbed("r")


def test_verify_sees_a_difference():
    write("short.yml", SHORT)
    expect(call("run", "short.yml", "-o", "r", "-q"), 0)
    expect(call("verify", "r", "-q", "--threads", "1"), 0)
    with open("r/config.yml", encoding="utf-8") as file:
        text = file.read()
    changed = re.sub(r"(\bsmoking: *['\"]?)0\b", r"\g<1>1", text, count=1)
    check(changed != text, "no smoking in the effective config")
    write("r/config.yml", changed)
    done = expect(call("verify", "r"), 8)
    check("DIFFERENT" in done.stdout and "error E008" in done.stderr, done.stdout + done.stderr)
    check(answer(expect(call("verify", "r", "--json"), 8))["same"] is False, "same in the JSON")
    write("r/config.yml", re.sub(r"(\bage: *['\"]?)35", r"\g<1>70", text, count=1))
    check("another grid" in expect(call("verify", "r"), 8).stderr, "thinner skin has the same grid")


def test_cite():
    write("short.yml", SHORT + "observed:\n  - {outcome: collagen_1_gain, value: 10 percent, source: 10.1000/xyz_1}\n")
    if call("check", "short.yml").returncode:
        write("short.yml", SHORT)
    expect(call("run", "short.yml", "-o", "r", "-q"), 0)
    text = expect(call("cite", "r"), 0).stdout
    check(text.startswith("@software{cicatrix,"), text[:200])
    keys = re.findall(r"^@misc\{([^,]+),$", text, re.M)
    check(len(keys) == len(set(keys)) > 3, f"{keys}")
    check(text.count("{") == text.count("}"), "braces do not match")
    check(answer(expect(call("cite", "r", "--json"), 0))["sources"] == len(keys), "another number of sources")


def test_full_disk():
    with open("/dev/full", "w", encoding="utf-8") as full:
        for words in (["models"], ["models", "--json"], ["schema"], ["help"]):
            done = subprocess.run([PROGRAM, *words], stdout=full, stderr=subprocess.PIPE, text=True, env=ENVIRONMENT,
                                  timeout=PATIENCE)
            expect(done, 5)
            check("No space left" in done.stderr, done.stderr)
    write("block.yml", LONG)

    def no_room():
        resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))

    done = expect(call("run", "block.yml", "-o", "r", preexec_fn=no_room), 5)
    check(re.search(r"^(\S+: )?error E\d{3}: ", done.stderr, re.M), done.stderr)


def test_closed_pipe():
    process = subprocess.Popen([PROGRAM, "schema"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=ENVIRONMENT)
    process.stdout.close()
    check(process.wait(timeout=PATIENCE) == 5, f"left with {process.returncode}")
    check(process.stderr.read() == b"", "a reader that left was told so")
    process.stderr.close()


def main():
    tests = [(name, run) for name, run in globals().items() if name.startswith("test_")]
    tests = [(name, run) for name, run in tests if not sys.argv[1:] or any(word in name for word in sys.argv[1:])]
    home = os.getcwd()
    suppressions = tempfile.NamedTemporaryFile("w", suffix=".txt")
    suppressions.write("leak:libfontconfig\n")  # it keeps some bytes until the process ends
    suppressions.flush()
    ENVIRONMENT["LSAN_OPTIONS"] = f"suppressions={suppressions.name}:print_suppressions=0"
    for name, run in tests:
        before, start = len(failures), time.monotonic()
        with tempfile.TemporaryDirectory() as folder:
            os.chdir(folder)
            try:
                run()
            except Exception as error:  # one broken test must not hide the others
                check(False, f"{type(error).__name__}: {error}")
            os.chdir(home)
        print(f"{'ok  ' if len(failures) == before else 'FAIL'} {name} ({time.monotonic() - start:.1f} s)", flush=True)
    print(f"{len(tests)} tests, {len(failures)} failed checks")
    sys.exit(1 if failures or not tests else 0)


main()
