"""A run with a calibration's draws: its page shows a band behind each curve, an entry of the legend says what it holds and
switches it off, and the numbers of a chart hold its two ends with their unit."""

import os
import subprocess
import sys
import tempfile

from test_page import PATIENCE, PROGRAM, Hand, browser, check, failures, is_healthy, keep_picture, opened

FILES = {
    "start.csv": "depth_um, density [1/um2]\n0, 4e-4\n300, 4e-4\n500, 1e-5\n700, 1e-5\n900, 4e-4\n1200, 4e-4\n",
    "mean.csv": "time [day], value [1/um2], sigma [1/um2]\n0.5, 4.6e-4, 6e-5\n1, 7.2e-4, 6e-5\n1.5, 1e-3, 6e-5\n",
    "scratch.yml": """cicatrix: 1
title: Few and loose data
model: jin_fisher
domain: {geometry: column, layout: uniform, size: [1.2 mm], cell: 100 um}
initial: {file: start.csv}
time: {end: 72 h}
solver: {tolerance: 1e-3}
""",
    "fit.yml": """cicatrix-calibration: 1
base: scratch.yml
fit:
  parameters.motility: {from: 50 um2/h, to: 5000 um2/h, start: 800 um2/h, scale: log}
  parameters.division: {from: 0.01 1/h, to: 0.2 1/h, start: 0.06 1/h}
data:
  mean: {file: mean.csv, observe: series density_mean}
posterior: {draws: 12, steps: 20}
profile: false
""",
}
WORDS = "5 to 95 % of the draws of the fitted values"
INK = "[...live[0].plot.ctx.getImageData(0, 0, live[0].plot.ctx.canvas.width, live[0].plot.ctx.canvas.height).data]" \
      ".reduce((sum, value, i) => (sum * 31 + value + i % 7) % 1000003, 0)"


def made(folder):
    for name, text in FILES.items():
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            file.write(text)
    for words in (["calibrate", "fit.yml", "-o", "fit", "--workers", "1"],
                  ["run", "scratch.yml", "-o", "out", "--ensemble", "fit"]):
        done = subprocess.run([PROGRAM, *words], cwd=folder, capture_output=True, text=True, timeout=PATIENCE,
                              env=dict(os.environ, OMP_WAIT_POLICY="passive"))
        if done.returncode:
            print(done.stdout[-1000:], done.stderr[-1000:])
            sys.exit(1)
    return os.path.join(folder, "out", "report.html")


def the_band_can_be_switched(path):
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        hand = Hand(path, profile)
        hand.wait("document.documentElement.hasAttribute('data-page-ready')", "hand: the page did not get ready")
        hand.value("document.documentElement.style.scrollBehavior = 'auto'; byId('courses').scrollIntoView()")
        hand.value("live[0].plot.setCursor({left: 200, top: 60})")
        rows = "[...live[0].place.querySelectorAll('.u-legend .u-series')].filter((row) => row.offsetHeight)"
        check(WORDS in hand.value(rows + ".at(-1).textContent"), "the legend does not say what the band holds")
        check(hand.value(rows + ".length") == hand.value("live[0].data.lines.length") + 2, "entries of the legend")
        check(" – " in hand.value(rows + "[1].textContent"), "the legend shows no range beside a value")
        keep_picture(hand, "bands")
        shown = hand.value(INK)
        hand.value(rows + ".at(-1).querySelector('th').click()")
        hand.wait(f"{INK} !== {shown}", "the picture is the same without the band")
        hand.value(rows + ".at(-1).querySelector('th').click()")
        hand.wait("live[0].plot.series[1].show && live[0].plot.series[2].show", "the band does not come back")
        head = hand.value("csvOf(live[0].data).split('\\n')[0]")
        for end in ("5 %", "95 %"):
            check(f'"density mean, {end} of the draws [1/µm²]"' in head, f"{end} is missing in {head}")
        check(hand.told("errors") in (None, "0"), f"hand: {hand.told('errors')}")
        hand.leave()


def main():
    browser()
    with tempfile.TemporaryDirectory() as folder:
        path = made(folder)
        told, document, console = opened(path, "")
        is_healthy("bands", told, console)
        check(document.count("<path class=\"band c") > 2, "the drawings have no bands")
        the_band_can_be_switched(path)
    print("failed" if failures else "ok")
    sys.exit(1 if failures else 0)


main()
