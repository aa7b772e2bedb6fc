"""The page of a gallery in a browser: a filter from the address, counts, nothing on the console; a picture of it stays in
the build folder."""

import os
import re
import subprocess
import sys
import tempfile

from test_page import PATIENCE, PROGRAM, browser, check, failures, opened

BUILD = os.path.abspath(os.environ.get("CX_BUILD", "build"))
SMALL = """cicatrix: 1
title: {name}
domain: {{geometry: {geometry}}}
device: {{needle: {{length: 0.5 mm}}}}
treatment: {{sessions: {sessions}}}
time: {{end: 6 h}}
output: {{at: [0 h, 3 h, 6 h]}}
"""

def make(folder):
    disc = "axisymmetric, cell: 60 um, size: [0.6 mm, 1 mm]"
    for name, geometry, sessions in (("Disc", disc, "[0 day]"), ("Untouched", disc, "[]")):
        with open(f"{folder}/{name.lower()}.yml", "w", encoding="utf-8") as file:
            file.write(SMALL.format(name=name, geometry=geometry, sessions=sessions))
    subprocess.run([PROGRAM, "gallery", folder, "-o", folder + "/out", "-q"], check=True, timeout=PATIENCE,
                   stdout=subprocess.DEVNULL, env=dict(os.environ, OMP_WAIT_POLICY="passive"))
    return folder + "/out/gallery.html"


def main():
    browser()
    with tempfile.TemporaryDirectory() as folder:
        page = make(folder)
        told, document, console = opened(page, "show=first")
        check(told == {"shown": "1", "ready": "1"}, f"the page says {told}")
        check(not console, f"the console says {console[:3]}")
        check(re.search(r'id="untouched"[^>]*hidden', document), "a card that does not fit is not hidden")
        check(re.search(r'data-tag="first" aria-pressed="true"', document), "the filter does not say that it is on")
        picture = os.path.join(BUILD, "gallery_page.png")
        opened(page, "", "--hide-scrollbars", "--screenshot=" + picture)
        check(os.path.getsize(picture) > 20000, "the picture of the page is blank")
    print("failed" if failures else "ok")
    sys.exit(1 if failures else 0)


main()
