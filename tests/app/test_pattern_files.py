"""Needle lists as CSV, JSON, SVG and DXF: each kind is read back as it was written; drawings of other programs with their
own units, and what cannot be read is refused with its line.  A scenario takes every kind."""

import csv
import io
import json
import math
import os
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as tree

PROGRAM = os.environ.get("CICATRIX") or os.environ.get("CX_PROGRAM") or os.path.abspath("build/cicatrix")
PATTERN = """cicatrix: 1
domain: {geometry: patch, size: [2 mm, 1.5 mm, 2 mm], cell: 100 um}
device: {pattern: {type: hex, pitch: 0.3 mm}, spread: {depth: 0.1, tilt: TILT, jitter: 40 um}}
treatment: {sessions: [0 day], passes: 2}
"""
failures = []


def check(condition, text):
    if not condition:
        print(f"  test_pattern_files.py:{sys._getframe(1).f_lineno}: {text}")
        failures.append(text)


def call(code, *words):
    done = subprocess.run([PROGRAM, *words], capture_output=True, text=True, timeout=60,
                          env=dict(os.environ, LSAN_OPTIONS="detect_leaks=0"))
    check(done.returncode == code, f"left with {done.returncode}, not {code}: {' '.join(words)}\n{done.stderr}")
    return done


def write(name, text):
    with open(name, "w", encoding="utf-8") as file:
        file.write(text)


def needles(name):
    rows = list(csv.DictReader(io.StringIO(call(0, "pattern", name, "--csv").stdout)))
    return [[float(row[key]) for key in ("x (um)", "y (um)", "depth (um)", "diameter (um)", "tilt (degree)")] for row in rows]


def same(one, other, columns=5):
    return len(one) == len(other) > 0 and all(math.isclose(a, b, rel_tol=1e-8, abs_tol=1e-6) for p, q in zip(one, other)
                                              for a, b in zip(p[:columns], q[:columns]))


def test_there_and_back():
    write("hex.yml", PATTERN.replace("TILT", "5 degree"))
    write("upright.yml", PATTERN.replace("TILT", "0 degree"))
    first, upright = needles("hex.yml"), needles("upright.yml")
    check(len(first) > 20 and any(n[4] > 1 for n in first), "the pattern is too plain for a test")
    for kind in ("csv", "json", "svg"):
        call(0, "pattern", "hex.yml", "-o", "list." + kind)
        check(same(needles("list." + kind), first), f"{kind} does not come back")
    call(0, "pattern", "upright.yml", "-o", "list.dxf")
    check(same(needles("list.dxf"), upright), "dxf does not come back")
    check("tilt" in call(0, "pattern", "hex.yml", "-o", "tilted.dxf").stderr, "the lost tilt is not said")
    for chain in (("list.svg", "b.json"), ("b.json", "c.csv"), ("c.csv", "d.svg")):
        call(0, "pattern", chain[0], "-o", chain[1])
    check(same(needles("d.svg"), first), "a chain of conversions changes the list")


def test_drawings_are_to_scale():
    """Read with other means than the program's own."""
    first = needles("list.csv")
    page = tree.parse("list.svg").getroot()
    left, top, width, height = (float(word) for word in page.get("viewBox").split())
    unit = 1000 * float(page.get("width").removesuffix("mm")) / width
    circles = page.findall("{http://www.w3.org/2000/svg}circle")
    got = [[(float(c.get("cx")) - left) * unit, (top + height - float(c.get("cy"))) * unit, float(c.get("data-depth")),
            2 * float(c.get("r")) * unit, float(c.get("data-tilt"))] for c in circles]
    check(same(got, first), "the circles of the SVG lie elsewhere")
    with open("list.dxf", encoding="ascii") as file:
        lines = file.read().split("\n")
    pairs = list(zip(map(str.strip, lines[::2]), lines[1::2]))
    check(("9", "$INSUNITS") in pairs and ("70", "13") in pairs and pairs[-1] == ("0", "EOF"), "the frame of the DXF")
    check(sum(pair == ("0", "CIRCLE") for pair in pairs) == len(needles("upright.yml")), "circles of the DXF")
    with open("list.json", encoding="utf-8") as file:
        check(len(json.load(file)) == len(first), "JSON")


SVG = '<svg xmlns="http://www.w3.org/2000/svg" {page}>\n<rect width="3" height="4"/>\n{body}\n</svg>\n'


def test_svg_of_others():
    body = ('<g><circle cx="1" cy="2" r=".1"/></g><defs><circle cx="9" cy="9" r="1"/></defs>'
            '<circle cx="5mm" cy="1" r="0.05" data-depth="0.5 mm" data-tilt="10"/>')
    write("a.svg", SVG.format(page='width="20mm" height="1cm" viewBox="0 0 20 10"', body=body))
    got = needles("a.svg")
    check(len(got) == 2 and same([got[0][:2] + [0, got[0][3]]], [[1000, 8000, 0, 200]], 4), f"viewBox: {got}")
    check(same([got[1]], [[5000, 9000, 500, 100, 10]]), f"units and data: {got}")
    write("b.svg", SVG.format(page='width="96" height="192"', body='<circle cx="48" cy="96" r="1"/>'))
    check(same(needles("b.svg"), [[12700, 25400]], 2), f"pixels: {needles('b.svg')}")
    page = 'width="20mm" height="10mm" viewBox="0 0 20 10"'
    for name, text, place, words in (
            ("transform", SVG.format(page=page, body='<g transform="scale(2)"><circle r="1"/></g>'), "3:1", "transform"),
            ("cut", SVG.format(page=page, body='<circle cx="1" cy="1" r="0.1"/>')[:-4], "4:", "not valid SVG"),
            ("word", SVG.format(page=page, body='<circle cx="left" cy="1" r="0.1"/>'), "3:1", "'left', which is not a length"),
            ("wide", SVG.format(page=page, body='\n<circle cx="1" cy="1" r="40"/>'), "4:1", "diameter is 80000 um"),
            ("bare", SVG.format(page="", body='<circle cx="1" cy="1" r="1"/>'), "3:1", "neither a height nor a viewBox"),
            ("bent", SVG.format(page='width="20mm" height="20mm" viewBox="0 0 20 10"', body=""), "1:1", "do not fit"),
            ("none", SVG.format(page=page, body="<path d='M0 0'/>"), "1:1", "holds no <circle>"),
            ("html", "<html></html>", "1:1", "not an <svg>")):
        write(name + ".svg", text)
        told = call(3, "pattern", name + ".svg").stderr
        check(f"{name}.svg:{place}" in told and words in told and "E053" in told, f"{name}: {told}")


def dxf(*pairs, unit=None, end=True):
    head = (0, "SECTION", 2, "HEADER") + ((9, "$INSUNITS", 70, unit) if unit is not None else ()) + (0, "ENDSEC")
    words = head + (0, "SECTION", 2, "ENTITIES") + pairs + (0, "ENDSEC") + ((0, "EOF") if end else ())
    return "".join(f"{word}\r\n" for word in words)


def test_dxf_of_others():
    circle = (0, "CIRCLE", 8, "0", 10, 1.5, 20, 2.5, 30, 0, 40, 0.1)
    line = (0, "LINE", 10, 0, 20, 0, 11, 5, 21, 5)
    write("a.dxf", dxf(*circle, *line, 0, "POINT", 10, 3, 20, 4, unit=4))
    got = needles("a.dxf")
    check(len(got) == 2 and same([[got[0][0], got[0][1], got[0][3]]], [[1500, 2500, 200]], 3), f"mm: {got}")
    check(same(got[1:], [[3000, 4000]], 2), f"a point: {got}")
    write("b.dxf", dxf(0, "CIRCLE", 39, -0.02, 10, 0.1, 20, 0.2, 40, 0.005, unit=1))
    check(same(needles("b.dxf"), [[2540, 5080, 508, 254]], 4), f"inch: {needles('b.dxf')}")
    for name, text, line_number, words in (
            ("cutoff", dxf(*circle, end=False)[:-30], "", "without EOF"), ("letters", dxf(0, "CIRCLE", 10, "a"), "14:1", "not a number"),
            ("half", dxf(0, "CIRCLE", 10, 1), "12:1", "has no y"), ("lines", dxf(*line), "1:1", "no CIRCLE or POINT"),
            ("miles", dxf(*circle, unit=3), "8:1", "$INSUNITS is 3"), ("prose", "hello\nworld\n", "1:1", "group code"),
            ("binary", "AutoCAD Binary DXF\r\n\x1a", "1:1", "binary DXF")):
        write(name + ".dxf", text)
        told = call(3, "pattern", name + ".dxf").stderr
        check(words in told and f"{name}.dxf:{line_number}" in told, f"{name}: {told}")


def test_in_a_scenario():
    for kind in ("svg", "dxf"):
        write(f"use_{kind}.yml", f"cicatrix: 1\ndomain: {{geometry: patch, size: [2 mm, 1.5 mm, 3 mm], cell: 100 um}}\n"
              f"device: {{pattern: {{type: file, file: list.{kind}}}}}\n")
        call(0, "check", f"use_{kind}.yml")
        check(len(needles(f"use_{kind}.yml")) > 10, f"a scenario does not take {kind}")
    write("use_bad.yml", "cicatrix: 1\ndomain: {geometry: patch, size: [2 mm, 2 mm, 3 mm], cell: 100 um}\n"
          "device: {pattern: {type: file, file: word.svg}}\n")
    check("word.svg:3:1: error E053" in call(3, "pattern", "use_bad.yml").stderr, "the drawing's own place is not named")


def main():
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        for test in (test_there_and_back, test_drawings_are_to_scale, test_svg_of_others, test_dxf_of_others,
                     test_in_a_scenario):
            test()
        os.chdir("/")
    print("failed" if failures else "ok")
    sys.exit(1 if failures else 0)


main()
