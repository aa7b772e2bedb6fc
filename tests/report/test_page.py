"""Drives the page of a report in a browser: pictures are drawn, the slider and the menu change them, charts come alive,
nothing fails and nothing is asked of a network.  The page tells about itself in attributes of its root element."""

import base64
import functools
import html
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

PROGRAM = os.environ.get("CX_PROGRAM", "cicatrix")
SWITCHES = ("--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
            "--disable-component-update --disable-sync --use-angle=swiftshader --enable-unsafe-swiftshader "
            "--enable-logging=stderr --virtual-time-budget=6000 --window-size=1100,900").split()
CONFIG = """cicatrix: 1
title: "Turned & <cut>"
domain: {{geometry: {geometry}, size: [{size}], cell: 100 um}}
device: {{pattern: {pattern}}}
output: {{at: [0 h, 3 h, 6 h, 12 h]}}
"""
PATIENCE = 600  # s; only for what would otherwise hang for ever
failures = []


def check(true, what):
    if not true:
        failures.append(what)
        print("FAIL", what)


def skip(why):
    print(why)
    sys.exit(77)


@functools.cache
def browser():
    """A browser that can draw here, even without our pages."""
    names = ("chromium", "chromium-browser", "google-chrome", "chrome")
    found = next((shutil.which(name) for name in names if shutil.which(name)), None) or skip("no chromium")
    page = "data:text/html,<script>document.write('webgl2 ' + !!document.createElement('canvas').getContext('webgl2'))</script>"
    with tempfile.TemporaryDirectory() as profile:
        words = [found, *SWITCHES, "--user-data-dir=" + profile, "--dump-dom", page]
        try:
            done = subprocess.run(words, capture_output=True, text=True, timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            return skip(f"{found} does not answer here")
    return found if "webgl2 true" in done.stdout else skip(f"{found} cannot draw here: {done.stderr[-300:]}")


def opened(path, address, *more):
    """What the page says after it was opened: its own report, the whole document, messages of its console."""
    with tempfile.TemporaryDirectory() as profile:
        done = subprocess.run([browser(), *SWITCHES, *more, "--user-data-dir=" + profile, "--dump-dom",
                               f"file://{path}#{address}"], capture_output=True, text=True, timeout=PATIENCE)
    told = dict(re.findall(r' data-page-([a-z0-9-]+)="([^"]*)"', done.stdout[:4000]))
    console = [line for line in done.stderr.split("\n") if ":CONSOLE" in line and "GL Driver Message" not in line]
    return {name: html.unescape(value) for name, value in told.items()}, done.stdout, console


def is_healthy(name, told, console):
    check(told.get("ready") == "1", f"{name}: the page did not get ready: {told}")
    check(told.get("errors") in (None, "0"), f"{name}: {told.get('errors')}")
    check(not console, f"{name}: the console says {console[:3]}")


class Hand:
    """A reader with keyboard and mouse: the browser driven over a pair of pipes, messages end with a zero byte."""

    def __init__(self, path, profile):
        to_read, self.to = os.pipe()
        self.back, to_write = os.pipe()
        switches = [s for s in SWITCHES if not s.startswith("--virtual-time")]
        self.process = subprocess.Popen(
            ["bash", "-c", f"exec \"$@\" 3<&{to_read} 4>&{to_write}", "bash", browser(), *switches,
             "--remote-debugging-pipe", "--user-data-dir=" + profile, "about:blank"],
            pass_fds=(to_read, to_write), stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        os.close(to_read)
        os.close(to_write)
        self.rest, self.number, self.session, self.heard = b"", 0, None, []
        target = self.ask("Target.createTarget", url="file://" + path)["targetId"]
        self.session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]

    def ask(self, method, **parameters):
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.to, json.dumps(message).encode() + b"\0")
        while True:
            while b"\0" not in self.rest:
                piece = os.read(self.back, 1 << 16)
                if not piece:
                    raise EOFError("the browser is gone")
                self.rest += piece
            line, self.rest = self.rest.split(b"\0", 1)
            answer = json.loads(line)
            if answer.get("id") == self.number:
                return answer.get("result", {})
            self.heard.append(answer)

    def value(self, script):
        return self.ask("Runtime.evaluate", expression=script)["result"].get("value")

    def told(self, name):
        return self.value(f"document.documentElement.getAttribute('data-page-{name}')")

    def press(self, element, key):
        self.value(f"document.getElementById('{element}').focus()")
        code = {"ArrowRight": 39, "ArrowLeft": 37}[key]
        for kind in ("rawKeyDown", "keyUp"):
            self.ask("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code)

    def wait(self, script, what):
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if self.value(script):
                return
            time.sleep(0.1)
        check(False, what)

    def leave(self):
        self.ask("Browser.close") if self.process.poll() is None else None
        self.process.wait(timeout=PATIENCE)
        os.close(self.to)
        os.close(self.back)


def kept(name):
    """A place in the build's folder, where a look can be taken at what the test saw; nowhere without such a folder."""
    if "CX_BUILD" not in os.environ:
        return os.devnull
    folder = os.path.join(os.environ["CX_BUILD"], "pages")
    os.makedirs(folder, exist_ok=True)
    return os.path.join(folder, name)


def keep_picture(hand, name):
    with open(kept(name + ".png"), "wb") as file:
        file.write(base64.b64decode(hand.ask("Page.captureScreenshot", format="png")["data"]))


def keep_size(name, path, told):
    """How large the page is, and how long the first picture took; how fast this machine is is nobody's promise."""
    size, milliseconds = os.path.getsize(path), told.get("first-ms")
    print(f"{name}: {size} bytes, first picture after {milliseconds} ms")
    with open(kept(name + ".json"), "w", encoding="utf-8") as file:
        json.dump({"page": name, "bytes": size, "first_picture_ms": float(milliseconds or "nan")}, file)


def it_answers_to_the_hand(path):
    """Keys on the slider and on the block, another choice in the menu: the picture follows, and so does the address."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        hand = Hand(path, profile)
        hand.wait("document.documentElement.hasAttribute('data-page-ready')", "hand: the page did not get ready")
        when, numbers = hand.told("time"), hand.told("sum")
        hand.press("vw-time", "ArrowLeft" if hand.value("page.state.t") > 0 else "ArrowRight")
        hand.wait(f"document.documentElement.getAttribute('data-page-time') !== {json.dumps(when)}",
                  "hand: a key on the slider does not move the time")
        check(hand.told("sum") != numbers, "hand: another time shows the same numbers")
        turned = hand.value("page.state.a")
        hand.press("vw-solid", "ArrowRight")
        hand.wait(f"page.state.a !== {turned}", "hand: a key does not turn the block")
        hand.value("const menu = byId('vw-field'); menu.value = 'fibroblasts'; menu.dispatchEvent(new Event('change'))")
        hand.wait("document.documentElement.getAttribute('data-page-field') === 'fibroblasts'",
                  "hand: the menu does not change the field")
        check("f=fibroblasts" in hand.value("location.hash"), "hand: the address does not follow")
        check(hand.told("errors") == "0", f"hand: {hand.told('errors')}")
        keep_picture(hand, "patch")
        hand.leave()


def it_moves(name, path, modes):
    """Every mode shows a picture; another time and another field are other numbers."""
    for mode in modes:
        told, _, console = opened(path, f"probe=1&m={mode}&t=1&y=50")
        is_healthy(f"{name} {mode}", told, console)
        check(told.get("mode") == mode, f"{name}: asked for {mode}, shows {told.get('mode')}")
        check(int(told.get("colours", 0)) > 8, f"{name} {mode}: the picture has {told.get('colours')} colours")
    later, document, _ = opened(path, "probe=1&t=3&f=fibroblasts")
    check(later.get("field") == "fibroblasts", f"{name}: the field is {later.get('field')}")
    check(later.get("time") != told.get("time"), f"{name}: the time stays {later.get('time')}")
    check(later.get("sum") != told.get("sum"), f"{name}: another field shows the same numbers")
    check(int(later.get("charts", 0)) > 5, f"{name}: {later.get('charts')} charts are live")
    check(document.count('class="uplot') == int(later.get("charts", 0)), f"{name}: charts without a drawing")
    keep_size(name, path, later)


def a_wrong_address_does_no_harm(path):
    told, _, console = opened(path, "probe=1&t=-9e99&f=nothing&m=%3Cscript%3E&y=nan&c=__proto__&e=1e9&s=0")
    is_healthy("wrong address", told, console)
    check(int(told.get("colours", 0)) > 1, "wrong address: no picture")


def without_webgl_there_is_a_section(path):
    told, _, console = opened(path, "probe=1&t=2", "--disable-3d-apis")
    is_healthy("no WebGL", told, [line for line in console if "WebGL" not in line])
    check(told.get("mode") == "section", f"no WebGL: shows {told.get('mode')}")
    check(int(told.get("colours", 0)) > 8, "no WebGL: the section is blank")


def without_script_the_drawings_stay(path):
    """What a browser without a script shows is the markup itself."""
    with open(path, encoding="utf-8") as file:
        text = file.read()
    check("<section id=viewer class=vw hidden>" in text, "the viewer shows without a script")
    check(text.count("<svg class=chart") > 5, "the drawings of the charts are missing")


def a_changed_script_does_not_run(path):
    """What the policy is for: a page with one more script runs neither that nor anything else foreign."""
    with open(path, encoding="utf-8") as file:
        text = file.read()
    changed = path.replace("report.html", "changed.html")
    with open(changed, "w", encoding="utf-8") as file:
        file.write(text.replace("</main>", "<script>document.title='taken'</script>"
                                "<img src='x' onerror=\"document.title='taken'\"></main>", 1))
    _, document, console = opened(changed, "")
    check("<title>taken" not in document, "a foreign script ran")
    check(any("Content Security Policy" in line for line in console), "the policy did not speak")


def run(folder, geometry, size, pattern):
    config, out = os.path.join(folder, geometry + ".yml"), os.path.join(folder, geometry)
    with open(config, "w", encoding="utf-8") as file:
        file.write(CONFIG.format(geometry=geometry, size=size, pattern=pattern))
    for command in (["run", config, "-o", out, "--until", "12 h"], ["report", out]):
        done = subprocess.run([PROGRAM, *command], capture_output=True, text=True, timeout=PATIENCE)
        if done.returncode:
            print(done.stdout[-1000:], done.stderr[-1000:])
            sys.exit(1)
    return os.path.join(out, "report.html")


def main():
    browser()
    with tempfile.TemporaryDirectory() as folder:
        patch = run(folder, "patch", "1 mm, 1 mm, 2 mm", "{type: square, pitch: 0.5 mm}")
        it_moves("patch", patch, ["glow", "block"])
        it_moves("disc", run(folder, "axisymmetric", "0.6 mm, 2 mm", "{type: single}"), ["section"])
        it_answers_to_the_hand(patch)
        a_wrong_address_does_no_harm(patch)
        without_webgl_there_is_a_section(patch)
        without_script_the_drawings_stay(patch)
        a_changed_script_does_not_run(patch)
    print("failed" if failures else "ok")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
