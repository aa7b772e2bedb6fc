"""Drives the page of a story in a browser: the next step changes caption, field and time, a what-if button changes picture
and numbers, keys and address work, nothing fails; without WebGL there is a section, without a script the captions."""

import json
import os
import subprocess
import sys
import tempfile

from test_page import PATIENCE, PROGRAM, Hand, browser, check, failures, is_healthy, keep_picture, keep_size, opened

LIMIT = 5 * 1000 * 1000
SKIN = """cicatrix: 1
domain: {geometry: patch, size: [0.6 mm, 0.6 mm, 1 mm], cell: 100 um, surface_cell: 40 um, deep_cell: 200 um, stretch: 1.5}
device: {pattern: {type: square, pitch: 0.6 mm}, needle: {length: 0.5 mm}}
time: {end: 1 day}
output: {at: [0 day, 3 h, 6 h, 12 h, 1 day]}
solver: {tolerance: 0.05}
"""
STORY = """cicatrix-story: 1
title: Three small steps
about: A page for a test.
base: skin.yml
label: Short
variants: {deep: {label: Long, set: {device.needle.length: 1 mm}}}
steps:
  - {title: The clot, text: "Needles of {setting(device.needle.length)}.", time: 3 h, field: fibrin,
     shows: Clot (fibrin), what_if: [deep], chart: [fibrin], numbers: [{label: Redness, value: erythema_peak}]}
  - {title: The helpers, text: "They come on {neutrophil_peak_day | when}.", time: 12 h, field: neutrophils, cut: [0, 0, 20],
     camera: [20, 40, 1.2], what_if: [deep], chart: [neutrophils, fibrin], view: glow}
  - {title: The end, text: Enough., time: 1 day, field: fibrin, view: section, variant: deep}
end: A square that nobody has.
"""


def made(folder):
    for name, text in (("skin.yml", SKIN), ("small.yml", STORY)):
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            file.write(text)
    words = [PROGRAM, "story", os.path.join(folder, "small.yml"), "-o", os.path.join(folder, "out")]
    done = subprocess.run(words, capture_output=True, text=True, timeout=PATIENCE,
                          env=dict(os.environ, OMP_WAIT_POLICY="passive"))
    if done.returncode:
        print(done.stdout[-1000:], done.stderr[-1000:])
        sys.exit(1)
    return os.path.join(folder, "out", "story.html")


class Reader(Hand):
    def seen(self):
        """What stands on the page now."""
        return {"caption": self.value("document.querySelector('.tale-step:not([hidden]) h2').textContent"),
                "shown": self.value("byId('tale-shown').textContent"),
                "sum": self.told("sum"), "field": self.told("field"), "time": self.told("time"),
                "mode": self.told("mode"), "errors": self.told("errors")}

    def after(self, script, told, value, what):
        self.value(script)
        self.wait(f"document.documentElement.getAttribute('data-page-{told}') === {json.dumps(value)}", what)
        return self.seen()


def steps_drive_the_picture(hand):
    first = hand.seen()
    check(first["caption"] == "The clot" and first["field"] == "fibrin", f"it begins with {first}")
    check(first["shown"] == "Clot (fibrin), 3 h · Short", f"the picture is called {first['shown']}")
    keep_picture(hand, "story-1")
    second = hand.after("byId('tale-next').click()", "time", "12 h", "Next does not change the time")
    check(second["caption"] == "The helpers" and second["field"] == "neutrophils", f"the second step is {second}")
    check(second["mode"] == "glow" and second["sum"] != first["sum"], f"the picture stayed: {second}")
    check(abs(hand.value("page.state.a") - 0.349) < 1e-3, "the camera stayed where it was")
    check(hand.value("document.querySelectorAll('.tale-step:not([hidden])').length") == 1, "two captions at once")
    check("p=2" in hand.value("location.hash"), "the address does not follow")
    keep_picture(hand, "story-2")


def a_button_asks_what_if(hand):
    before = hand.seen()
    button = "document.querySelector('#step-2 .tale-if button[data-variant=\"1\"]')"
    after = hand.after(button + ".click()", "variant", "1", "the button does not change the run")
    hand.wait(f"document.documentElement.getAttribute('data-page-sum') !== {json.dumps(before['sum'])}",
              "the button does not change the picture")
    check("what if: Long" in after["shown"], f"the picture is called {after['shown']}")
    check(after["time"] == before["time"] and after["field"] == before["field"], "time or field changed too")
    check(hand.value(button + ".getAttribute('aria-pressed')") == "true", "the button does not look pressed")
    charts = "[...document.querySelectorAll('#step-2 .tale-chart')].map((c) => c.hidden).join()"
    check(hand.value(charts) == "true,false", f"the charts hidden are {hand.value(charts)}")
    hand.wait("document.querySelectorAll('#step-2 .tale-chart:not([hidden]) canvas').length === 1",
              "the chart of the other run is not drawn")
    keep_picture(hand, "story-2-what-if")


def numbers_stand_side_by_side(hand):
    hand.after("byId('tale-back').click()", "time", "3 h", "Back does not go back")
    cells = "[...document.querySelectorAll('#step-1 .tale-numbers tbody td')].map((c) => c.textContent + c.classList.contains('shown'))"
    short, long = hand.value(cells + ".join('|')").split("|")
    check(short.endswith("true") and long.endswith("false"), f"the shown run is not marked: {short}, {long}")
    check(short[:2] != long[:2], f"both runs have the same number: {short}, {long}")
    hand.value("document.querySelector('#step-1 .tale-if button[data-variant=\"1\"]').click()")
    hand.wait("document.documentElement.getAttribute('data-page-variant') === '1'", "no other run")
    check(hand.value(cells + ".join('|')").split("|")[1].endswith("true"), "the mark does not follow the run")


def keys_walk(hand):
    hand.press("tale-next", "ArrowRight")
    hand.wait("document.documentElement.getAttribute('data-page-step') === '2'", "an arrow does not walk")
    hand.after("location.hash = '#p=3'", "step", "3", "a link to a step does not lead there")
    last = hand.after("1", "mode", "section", "the last step is no section")
    check(last["caption"] == "The end" and last["field"] == "fibrin", f"the last step is {last}")
    check(hand.value("byId('tale-next').disabled"), "there is a step behind the last one")
    before = hand.told("time")
    hand.press("vw-time", "ArrowLeft")
    hand.wait(f"document.documentElement.getAttribute('data-page-time') !== {json.dumps(before)}", "the slider is dead")
    check(hand.told("step") == "3", "a key on the slider walks as well")
    keep_picture(hand, "story-3")


def a_hand_is_enough(page):
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        hand = Reader(page, profile)
        hand.ask("Runtime.enable")
        hand.wait("document.documentElement.getAttribute('data-page-ready') === '1'", "the page did not get ready")
        for part in (steps_drive_the_picture, a_button_asks_what_if, numbers_stand_side_by_side, keys_walk):
            part(hand)
        check(hand.told("errors") == "0", f"errors: {hand.told('errors')}")
        said = [m for m in hand.heard if m.get("method") in ("Runtime.exceptionThrown", "Runtime.consoleAPICalled")]
        check(not said, f"the console says {said[:2]}")
        hand.leave()


def it_opens_anywhere(page):
    told, _, console = opened(page, "p=2&probe=1")
    is_healthy("step 2", told, console)
    check(int(told.get("colours", 0)) > 8, f"the picture has {told.get('colours')} colours")
    keep_size("story", page, told)
    check(os.path.getsize(page) <= LIMIT, f"the page has {os.path.getsize(page)} bytes")
    told, _, console = opened(page, "p=99&w=-7&t=nan&f=nothing&probe=1")
    is_healthy("wrong address", told, console)
    told, _, console = opened(page, "p=1&probe=1", "--disable-3d-apis")
    is_healthy("no WebGL", told, [line for line in console if "WebGL" not in line])
    check(told.get("mode") == "section" and int(told.get("colours", 0)) > 4, f"no WebGL: {told}")


def without_script_it_can_be_read(page):
    with open(page, encoding="utf-8") as file:
        text = file.read()
    check(text.count("<article class=tale-step") == 3, "the captions are not in the page")
    check("<section id=viewer class=vw hidden" in text, "the viewer shows without a script")
    check("not medical advice" in text, "the limits are not told")
    check(text.count("<svg class=chart") == 3, f"{text.count('<svg class=chart')} drawings of charts")


def main():
    browser()
    with tempfile.TemporaryDirectory() as folder:
        page = made(folder)
        a_hand_is_enough(page)
        it_opens_anywhere(page)
        without_script_it_can_be_read(page)
    print("failed" if failures else "ok")
    sys.exit(1 if failures else 0)


main()
