"""The page of a gallery in a browser: a filter from the address, counts, nothing on the console; a picture of it stays in
the build folder."""

import html
import os
import re
import shutil
import subprocess
import sys
import tempfile

BUILD = os.path.abspath(os.environ.get("CX_BUILD", "build"))
PROGRAM = os.environ.get("CX_PROGRAM", os.path.join(BUILD, "cicatrix"))
SWITCHES = ("--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
            "--disable-component-update --disable-sync --enable-logging=stderr --virtual-time-budget=2000 "
            "--hide-scrollbars --window-size=1360,1100").split()
SMALL = """cicatrix: 1
title: {name}
domain: {{geometry: {geometry}}}
device: {{needle: {{length: 0.5 mm}}}}
treatment: {{sessions: {sessions}}}
time: {{end: 6 h}}
output: {{at: [0 h, 3 h, 6 h]}}
"""
failures = []


def check(condition, text):
    if not condition:
        print(f"  {text}")
        failures.append(text)


def opened(chromium, path, address, *more):
    with tempfile.TemporaryDirectory() as profile:
        done = subprocess.run([chromium, *SWITCHES, *more, "--user-data-dir=" + profile, f"file://{path}{address}"],
                              capture_output=True, text=True, timeout=600)
    told = dict(re.findall(r' data-page-([a-z]+)="([^"]*)"', done.stdout[:2000]))
    console = [line for line in done.stderr.split("\n") if ":CONSOLE" in line]
    return {name: html.unescape(value) for name, value in told.items()}, done.stdout, console


def make(folder):
    disc = "axisymmetric, cell: 60 um, size: [0.6 mm, 1 mm]"
    for name, geometry, sessions in (("Disc", disc, "[0 day]"), ("Untouched", disc, "[]")):
        with open(f"{folder}/{name.lower()}.yml", "w", encoding="utf-8") as file:
            file.write(SMALL.format(name=name, geometry=geometry, sessions=sessions))
    subprocess.run([PROGRAM, "gallery", folder, "-o", folder + "/out", "-q"], check=True, timeout=600,
                   stdout=subprocess.DEVNULL, env=dict(os.environ, OMP_WAIT_POLICY="passive"))
    return folder + "/out/gallery.html"


def main():
    names = ("chromium", "chromium-browser", "google-chrome")
    chromium = next((shutil.which(name) for name in names if shutil.which(name)), None)
    if not chromium:
        print("no chromium")
        sys.exit(77)
    with tempfile.TemporaryDirectory() as folder:
        page = make(folder)
        told, document, console = opened(chromium, page, "#show=first", "--dump-dom")
        check(told == {"shown": "1", "ready": "1"}, f"the page says {told}")
        check(not console, f"the console says {console[:3]}")
        check(re.search(r'id="untouched"[^>]*hidden', document), "a card that does not fit is not hidden")
        check(re.search(r'data-tag="first" aria-pressed="true"', document), "the filter does not say that it is on")
        picture = os.path.join(BUILD, "gallery_page.png")
        opened(chromium, page, "", "--screenshot=" + picture)
        check(os.path.getsize(picture) > 20000, "the picture of the page is blank")
    print("failed" if failures else "ok")
    sys.exit(1 if failures else 0)


main()
