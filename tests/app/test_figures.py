"""compare, plot and movie as a user meets them: one small run, every figure of it, sizes, exit codes, messages."""

import json
import os
import re
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import xml.etree.ElementTree

SOURCE = os.environ.get("CX_SOURCE", os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
PROGRAM = os.environ.get("CICATRIX") or os.environ.get("CX_PROGRAM") or os.path.join(SOURCE, "build", "cicatrix")
ENVIRONMENT = dict(os.environ, OMP_WAIT_POLICY="passive", LSAN_OPTIONS="detect_leaks=0")
BLOCK = """cicatrix: 1
title: a block for figures
domain: {geometry: patch, size: [0.8 mm, 0.8 mm, 1 mm], cell: 100 um}
device: {needle: {length: 0.5 mm}, pattern: {type: square, pitch: 0.4 mm}}
treatment: {sessions: [0 day]}
time: {end: 3 day}
output: {at: [0 day, 12 h, 1 day, 3 day], fields: [il1, collagen_3]}
run: {threads: 1}
"""
COLUMN = """cicatrix: 1
title: a column for figures
domain: {geometry: column}
treatment: {sessions: [0 day]}
time: {end: 1 day}
output: {at: [0 day, 12 h, 1 day]}
"""
PATIENCE = 600  # s; only for what would otherwise hang for ever
failures = []


def check(condition, text):
    if not condition:
        print(f"  test_figures.py:{sys._getframe(1).f_lineno}: {text}")
        failures.append(text)


def call(code, *words):
    done = subprocess.run([PROGRAM, *words], capture_output=True, text=True, timeout=PATIENCE, env=ENVIRONMENT)
    check(done.returncode == code, f"left with {done.returncode}, not {code}: {' '.join(words)}\n{done.stderr}")
    return done


def content(name):
    with open(name, "rb") as file:
        return file.read()


def make_runs():
    for name, text, more in (("block", BLOCK, ()), ("deeper", BLOCK, ("--set", "device.needle.length=0.7 mm")),
                             ("column", COLUMN, ())):
        with open(name + ".yml", "w", encoding="utf-8") as file:
            file.write(text)
        call(0, "run", name + ".yml", "-q", "-o", name, *more)


def test_list():
    text = call(0, "plot", "--list", "block").stdout
    for word in ("section", "pattern", "collagen_3", "kg/m3", "erythema"):
        check(word in text, f"{word} is not listed")
    found = json.loads(call(0, "plot", "--list", "block", "--json").stdout)
    check([row["name"] for row in found["fields"]] == ["il1", "collagen_3"], f"{found['fields']}")
    check(found["days"] == [0, 0.5, 1, 3], f"{found['days']}")


def test_png_has_its_size():
    call(0, "plot", "block", "section", "collagen_3", "-o", "a.png", "--width", "60 mm", "--dpi", "200")
    data = content("a.png")
    check(data[:8] == b"\x89PNG\r\n\x1a\n", "no PNG")
    width = struct.unpack(">I", data[16:20])[0]
    check(width == round(60 / 25.4 * 200), f"{width} pixels")
    at = data.index(b"pHYs")
    check(struct.unpack(">IIB", data[at + 4 : at + 13]) == (7874, 7874, 1), "wrong resolution")
    check(data.rstrip().endswith(b"IEND\xaeB`\x82"), "cut off")


def test_vectors():
    call(0, "plot", "block", "course", "collagen_total", "erythema", "-o", "a.svg", "--width", "100 mm")
    text = content("a.svg").decode()
    width = float(re.search(r'<svg[^>]* width="([\d.]+)', text).group(1))
    check(abs(width - 100 / 25.4 * 72) < 0.01 and text.rstrip().endswith("</svg>"), f"{width} pt")
    call(0, "plot", "block", "profile", "collagen_3", "--at", "0 day, 36 h", "-o", "a.pdf")
    data = content("a.pdf")
    check(data.startswith(b"%PDF-") and data.rstrip().endswith(b"%%EOF"), "no PDF")


def test_the_other_kinds():
    for words in (("map", "il1", "--depth", "0.2 mm", "--at", "12 h"), ("pattern",), ("profile", "il1"),
                  ("section", "il1", "--plane", "x = 0.3 mm", "--at", "2 day"), ("course", "erythema", "--log")):
        said = call(0, "plot", "block", *words).stdout.strip()
        check(said.startswith(words[0]) and content(said)[:4] == b"\x89PNG", f"{words}: {said}")
    check(json.loads(call(0, "plot", "column", "profile", "collagen_3", "--json").stdout)["picture"], "no JSON")


def test_solid():
    """The same figure has the same bytes; a vector file holds its faces as pictures and names the sizes of the block."""
    for name in ("a.png", "a.svg", "a.pdf"):
        made = []
        for _ in range(2):
            call(0, "plot", "block", "3d", "collagen_3", "--at", "12 h", "-o", name)
            made.append(content(name))
        check(made[0] == made[1], f"{name} differs from itself")
    xml.etree.ElementTree.fromstring(content("a.svg"))
    check(content("a.svg").count(b"<image ") >= 5, "a face is missing: four upright ones and the top")
    if shutil.which("pdftotext"):
        said = subprocess.run(["pdftotext", "-layout", "a.pdf", "-"], capture_output=True, text=True, timeout=PATIENCE).stdout
        for word in ("collagen III", "12 h", "x 0.8 mm", "y 0.8 mm", "depth, mm", "200 µm", "kg/m"):
            check(word in said, f"{word} does not stand in the figure: {said}")
    call(0, "plot", "block", "3d", "il1", "--whole", "--width", "120 mm", "-o", "whole.png")
    call(0, "plot", "block", "3d", "il1", "--plane", "x = 0.3 mm", "--width", "120 mm", "-o", "cut.png")
    check(content("whole.png") != content("cut.png"), "the corner is not cut away")


def test_wrong_wishes():
    for words, hint in ((("block", "sektion", "il1"), "section"), (("block", "section", "colagen_3"), "collagen_3"),
                        (("block", "section", "il1", "-o", "a.gif"), ".png, .svg or .pdf"),
                        (("block", "section", "il1", "--at", "9 day"), "from 0 to 3"),
                        (("block", "section", "il1", "--at", "soon"), "not a time"),
                        (("block", "section", "il1", "--plane", "z = 1 mm"), "--plane"),
                        (("block", "section", "il1", "--plane", "y = 9 mm"), "outside the block"),
                        (("block", "section", "il1", "--width", "2 mm"), "--width"),
                        (("block", "section", "il1", "--dpi", "9"), "--dpi"),
                        (("block",), "plot --list block"), (("column", "section", "il1"), "no vertical plane"),
                        (("column", "3d", "il1"), "no solid"), (("block", "3d", "il1", "--plane", "x = 1 mm"), "outside"),
                        (("column", "pattern"), "one needle"), (("block", "course", "collagen_total_gain"), "one number")):
        done = call(2, "plot", *words)
        check(hint in done.stderr and done.stderr.startswith("error"), f"{words}: {done.stderr}")
    call(5, "plot", "absent", "section", "il1")
    call(5, "plot", "block", "section", "il1", "-o", "absent/a.png")
    check(not os.path.exists("a.gif"), "a file of a wrong kind")


def frames_of(data):
    """How many ANMF chunks a WebP holds; its size must be the one that it names."""
    check(data[:4] == b"RIFF" and data[8:12] == b"WEBP", "no WebP")
    check(struct.unpack("<I", data[4:8])[0] + 8 == len(data), "cut off")
    at, frames, milliseconds = 12, 0, 0
    while at + 8 <= len(data):
        kind, size = struct.unpack("<4sI", data[at : at + 8])
        if kind == b"ANMF":
            frames += 1
            milliseconds += int.from_bytes(data[at + 20 : at + 23], "little")
        at += 8 + size + size % 2
    return frames, milliseconds


def test_movie():
    call(0, "movie", "block", "--field", "il1", "--seconds", "1", "--dpi", "72", "-o", "a.webp")
    frames, milliseconds = frames_of(content("a.webp"))
    check(2 <= frames <= 12 and milliseconds == 1000, f"{frames} frames, {milliseconds} ms")
    check("--field" in call(2, "movie", "block").stderr, "no field, no hint")
    check(".webp or .mp4" in call(2, "movie", "block", "--field", "il1", "-o", "a.avi").stderr, "a.avi")
    check("did you mean 'il1'" in call(2, "movie", "block", "--field", "il2").stderr, "il2")
    call(2, "movie", "column", "--field", "il1")


def test_mp4_needs_ffmpeg():
    nowhere = dict(ENVIRONMENT, PATH="/absent")
    words = [PROGRAM, "movie", "block", "--field", "il1", "--seconds", "1", "--dpi", "72", "-o", "a.mp4"]
    done = subprocess.run(words, capture_output=True, text=True, timeout=PATIENCE, env=nowhere)
    check(done.returncode == 5 and "not installed" in done.stderr and ".webp" in done.stderr, done.stderr)
    check(not [name for name in os.listdir(".") if name.startswith("a.mp4")], "something is left behind")


def test_interrupted_movie_leaves_no_file():
    """On a terminal it tells each frame; after the first of more than a thousand it is interrupted."""
    try:
        ours, its = os.openpty()
    except OSError as no:
        print(f"  not looked at, no pseudo-terminal here: {no}")
        return
    words = [PROGRAM, "movie", "block", "--field", "il1", "--seconds", "120", "-o", "b.webp"]
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=its, env=dict(ENVIRONMENT, TERM="xterm"))
    os.close(its)
    said, asked = b"", False
    while piece := read_some(ours):
        said += piece
        if not asked and b"frame 1 of" in said:
            process.send_signal(signal.SIGINT)
            asked = True
    check(asked, f"no frame was told: {said[-300:]}")
    check(process.wait(timeout=PATIENCE) == 130, f"left with {process.returncode}")
    os.close(ours)
    check(not [name for name in os.listdir(".") if name.startswith("b.webp")], "a half file")


def read_some(terminal):
    """b"" at the end, which a terminal tells by an error."""
    try:
        return os.read(terminal, 4096)
    except OSError:
        return b""


def test_compare():
    text = call(0, "compare", "block", "deeper").stdout
    check("collagen_total_gain" in text and "L2" in text, text)
    call(0, "compare", "block", "block", "--tolerance", "0")
    done = call(8, "compare", "block", "deeper", "--tolerance", "1e-3", "--json")
    found = json.loads(done.stdout)
    check(found["error"]["code"] == "E008" and len(found["fields"]) == 2, f"{found['error']}")
    for row in found["outcomes"]:
        with open("deeper/outcomes.json", encoding="utf-8") as file:
            check(row["values"][1] == json.load(file)["outcomes"][row["name"]]["value"], f"{row}")
    collagen = found["fields"][1]
    check(collagen["times"] == 4 and 0 < collagen["l2"] < collagen["difference"], f"{collagen}")
    call(0, "compare", "block", "deeper", "--tolerance", "1e9")
    call(2, "compare", "block", "deeper", "--tolerance", "much")
    call(0, "report", "block", "--against", "deeper")
    page = content("block/report.html").decode()
    check("<b>B</b> deeper" in page and "<section id=compared-fields>" in page, "not beside each other")
    call(5, "report", "block", "--against", "absent")
    call(0, "report", "block")
    check("compared-fields" not in content("block/report.html").decode(), "beside nothing")
    call(2, "compare", "block")
    call(5, "compare", "block", "absent")


def test_other_grids_are_not_subtracted():
    done = call(0, "compare", "block", "column")
    check("fields are not compared: the grids differ: patch and column" in done.stdout, done.stdout[-300:])
    check("collagen_total_gain" in done.stdout, "no outcomes")


def test_compare_page():
    call(0, "compare", "block", "deeper", "-o", "page/below", "-q")
    page = content("page/below/compare.html").decode()
    check(page.count("data:image/png;base64,") == 6 and "B − A" in page, "no difference pictures")
    check("http" not in page and page.rstrip().endswith("</html>"), "not an offline page")


def main():
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        make_runs()
        for name, run in [row for row in globals().items() if row[0].startswith("test_")]:
            before = len(failures)
            run()
            print(f"{'ok  ' if len(failures) == before else 'FAIL'} {name}", flush=True)
        os.chdir("/")
    sys.exit(1 if failures else 0)


main()
