"""Drives the classroom page in a browser: it draws, answers to sliders, menu and address, works without workers, asks no
network, and its numbers are those of the program.

The page: CX_CLASSROOM_PAGE, or classroom.html of the build (cmake --build BUILD --target classroom); without one, without
a browser, or with a page that is older than what it is made of, the test is skipped."""

import base64
import glob
import json
import math
import os
import subprocess
import sys
import tempfile

SOURCE, BUILD = os.environ.get("CX_SOURCE", "."), os.environ.get("CX_BUILD", "build")
PAGE = os.path.abspath(os.environ.get("CX_CLASSROOM_PAGE", os.path.join(BUILD, "classroom.html")))
sys.path.insert(0, os.path.join(SOURCE, "tests", "report"))
from test_page import PROGRAM, Hand, browser, check, failures, skip  # noqa: E402  (the same driver as for reports)

# Relative.  Contraction is off and the rates use their own exp and log10, so that page and program agree to the last bit
# where both have been tried; but another libm may round pow or cos differently, and numbers below the smallest normal one
# are kept in a page and flushed to zero on x86-64.
TOLERANCE = 1e-9
SETTINGS = ["d=1&n=160&a=35&s=1&i=4", "d=0.6&n=250&a=70&s=2&i=2"]
PIXELS = """(() => { const c = document.getElementById('section'), d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;
  let sum = 0; const seen = new Set();
  for (let i = 0; i < d.length; i += 4) { const v = d[i] << 16 | d[i + 1] << 8 | d[i + 2]; seen.add(v); sum = (sum * 31 + v) % 2147483647; }
  return JSON.stringify([seen.size, sum]); })()"""
SETTLED = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))"


def stale():
    """A file that the page is made of and that is younger than the page; the compiler wrote down what it read."""
    needed = glob.glob(os.path.join(SOURCE, "engine", "classroom", "page", "*"))
    for path in glob.glob(os.path.join(os.path.dirname(PAGE), "classroom", "*.d")):
        with open(path, encoding="utf-8") as file:
            needed += file.read().replace("\\\n", " ").split(":", 1)[1].split()
    young = [n for n in needed if os.path.exists(n) and os.path.getmtime(n) > os.path.getmtime(PAGE)]
    return young[0] if young else None


class Reader(Hand):
    """A reader of the page who also hears its console."""

    def __init__(self, address, profile):
        super().__init__(PAGE + "#" + address, profile)
        for domain in ("Runtime", "Log", "Page"):
            self.ask(domain + ".enable")

    def go(self, address, wait=True):
        self.ask("Page.navigate", url="about:blank")
        self.ask("Page.navigate", url=f"file://{PAGE}#{address}")
        self.wait("document.documentElement.dataset.pageReady === '1'", f"#{address}: the page does not get ready")
        if wait:
            self.finished()

    def finished(self, what="a lesson does not come to its end"):
        self.wait("(page.drawn && page.latest?.outcomes && JSON.stringify(page.latest.lesson) === JSON.stringify(page.lesson)) || "
                  "page.errors > 0", what)
        check(self.told("errors") == "0", self.value("document.getElementById('trouble').textContent"))

    def picture(self):
        self.ask("Runtime.evaluate", expression=SETTLED, awaitPromise=True)
        return json.loads(self.value(PIXELS))

    def outcomes(self):
        """By name, as the engine in the page computed them."""
        text = self.value("JSON.stringify(NAMES.outcomes.map((o, i) => [o.name, page.latest.outcomes[i]]))")
        return {name: math.nan if value is None else value for name, value in json.loads(text)}

    def complaints(self):
        """But for the browser's advice on reading a canvas back, which only picture() does."""
        told = ("Runtime.exceptionThrown", "Log.entryAdded", "Runtime.consoleAPICalled")
        said = [json.dumps(m["params"])[:300] for m in self.heard if m.get("method") in told]
        return [text for text in said if "getImageData" not in text]


def native(reader, folder):
    """The same lesson by the program, with the width that the page gave the section."""
    lesson, facts = json.loads(reader.value("JSON.stringify([page.latest.lesson, page.latest.grid.facts])"))
    sessions = ", ".join(f"{i * 7 * lesson['interval']!r} day" for i in range(lesson["sessions"]))
    changes = {"device.needle.length": f"{lesson['depth']!r} mm", "device.pattern.density": f"{lesson['density']!r} 1/cm2",
               "skin.age": f"{lesson['age']!r} year", "treatment.sessions": f"[{sessions}]", "time.end": f"{facts['end']!r} day",
               "domain.size": f"[{facts['width']!r} um, {facts['depth']!r} um]", "output.at": "[0 day]", "run.threads": "1"}
    out = os.path.join(folder, str(len(os.listdir(folder))))
    words = [w for path, value in changes.items() for w in ("--set", f"{path}={value}")]
    subprocess.run([PROGRAM, "run", os.path.join(SOURCE, "configs", "classroom.yml"), *words, "-q", "-o", out], check=True,
                   capture_output=True, timeout=300)
    with open(os.path.join(out, "outcomes.json"), encoding="utf-8") as file:
        found = json.load(file)["outcomes"]
    return {name: math.nan if row["value"] is None else row["value"] for name, row in found.items()}


def numbers_are_those_of_the_program(reader):
    with tempfile.TemporaryDirectory() as folder:
        worst = (0, "")
        for address in SETTINGS:
            reader.go(address + "&t=3")
            page, program = reader.outcomes(), native(reader, folder)
            check(page.keys() == program.keys() and len(page) > 40, f"{address}: other outcomes than the program")
            for name, value in program.items():
                if math.isnan(value):
                    check(math.isnan(page[name]), f"{address}: {name} is {page[name]}, the program has none")
                    continue
                away = abs(page[name] - value) / max(abs(value), 1e-6)
                worst = max(worst, (away, f"{name} at {address}"))
                check(away <= TOLERANCE, f"{address}: {name} is {page[name]!r} in the page, {value!r} in the program")
        print(f"largest relative difference between page and program: {worst[0]:.2e}, {worst[1]}")


def it_draws(reader):
    reader.finished()
    check(reader.told("engine") == "worker", f"the engine runs as {reader.told('engine')}, not in a worker")
    colours, _ = reader.picture()
    check(colours > 50, f"the section has {colours} colours: it is blank")
    check(reader.value("document.querySelectorAll('#charts path.curve')[0].getAttribute('d').length") > 200, "no course is drawn")
    asked = json.loads(reader.value("JSON.stringify(performance.getEntriesByType('resource').map((e) => e.name))"))
    check(all(name.startswith("blob:") for name in asked), f"the page asks for {asked}")
    print(f"first picture after {reader.told('first')} ms, twelve weeks in {reader.told('seconds')} s, "
          f"file of {os.path.getsize(PAGE) / 1e6:.2f} MB")


def sliders_change_numbers(reader):
    before, run, shown = reader.outcomes(), reader.value("page.run"), reader.value("document.getElementById('number-0').textContent")
    reader.press("depth", "ArrowRight")
    reader.wait(f"page.run > {run}", "a key on the slider starts no lesson")
    reader.finished()
    reader.ask("Runtime.evaluate", expression=SETTLED, awaitPromise=True)
    after = reader.outcomes()
    check(after["collagen_total_gain"] > before["collagen_total_gain"], "deeper needles make no more collagen")
    check(reader.value("document.getElementById('number-0').textContent") != shown, "the number beside the chart does not follow")
    check("d=1.05" in reader.value("location.hash"), f"the address says {reader.value('location.hash')}")
    check(reader.value("document.querySelector('#chart-collagen .ghost').getAttribute('d').length") > 200, "no curve of before")
    check(shown in reader.value("document.getElementById('before-0').textContent"), "the number of before is gone")


def the_menu_changes_the_picture(reader):
    seen = {reader.picture()[1]}
    for field in ("m1", "collagen1new", "cover"):
        reader.value(f"const menu_{field} = document.getElementById('field'); menu_{field}.value = '{field}'; "
                     f"menu_{field}.dispatchEvent(new Event('change'))")
        seen.add(reader.picture()[1])
    check(len(seen) == 4, f"four fields make {len(seen)} pictures")
    check("f=cover" in reader.value("location.hash"), "the address does not name the field")


def time_moves(reader):
    day, picture = float(reader.told("day")), reader.picture()[1]
    reader.press("time", "ArrowRight")
    reader.wait(f"Number(document.documentElement.dataset.pageDay) > {day}", "a key on the time slider does not move the time")
    check(reader.picture()[1] != picture, "another time shows the same picture")
    reader.value("document.getElementById('play').click()")
    reader.wait(f"Number(document.documentElement.dataset.pageDay) > {day + 1}", "it does not play")
    reader.value("document.getElementById('play').click()")


def the_address_brings_it_back(reader):
    reader.go("d=0.8&n=250&a=60&s=2&i=3&f=m2&t=0.5&x=days", wait=False)
    said = json.loads(reader.value("JSON.stringify([...SLIDERS.map((s) => Number(document.getElementById(s.id).value)), "
                                   "document.getElementById('field').value, page.day, document.getElementById('range-days').checked])"))
    check(said == [0.8, 250, 60, 2, 3, "m2", 0.5, True], f"the address brings back {said}")
    reader.go("d=99&n=x&f=nothing&t=-4", wait=False)
    said = json.loads(reader.value("JSON.stringify([page.lesson.depth, page.lesson.density, page.field, page.day])"))
    check(said == [1.8, 160, "all", 0], f"a wrong address makes {said}")


def it_works_without_workers(reader):
    reader.ask("Page.addScriptToEvaluateOnNewDocument", source="delete window.Worker")
    reader.go("t=1")
    check(reader.told("engine") == "slices", "without workers the engine does not run in the page")
    check(reader.picture()[0] > 50, "without workers nothing is drawn")


def keep_picture(reader):
    shot = reader.ask("Page.captureScreenshot", format="png")
    path = os.path.join(BUILD, "Testing", "classroom.png")
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(base64.b64decode(shot["data"]))


def main():
    browser()
    if not os.path.exists(PAGE):
        skip(f"no {PAGE}: cmake --build {BUILD} --target classroom makes it (needs emscripten)")
    if stale():
        skip(f"{stale()} is younger than {PAGE}: build the target classroom again")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        reader = Reader("t=3", profile)
        for part in (it_draws, sliders_change_numbers, the_menu_changes_the_picture, time_moves, keep_picture,
                     the_address_brings_it_back, numbers_are_those_of_the_program, it_works_without_workers):
            part(reader)
        check(not reader.complaints(), f"the console says {reader.complaints()[:3]}")
        reader.leave()
    print("failed" if failures else "ok")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
