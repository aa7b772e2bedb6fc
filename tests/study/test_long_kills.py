"""A study killed ten times, after random numbers of runs, ends with the same bytes as one that nobody disturbed; xarray
opens them."""

import os
import random
import sys

from studies import STUDY, Scratch, check, kill_often, main


def test_ten_kills():
    s = Scratch()
    s.write("base.yml", "cicatrix: 1\ndomain: {geometry: axisymmetric, size: [0.6 mm, 2.5 mm], cell: 25 um}\n"
            "device: {pattern: {type: single}}\ntime: {end: 7 day}\nrun: {checkpoint: 0.05 s}\n")
    s.write("study.yml", STUDY.replace("steps: 3", "steps: 6").replace("device.pattern.density", "skin.age")
            .replace("100 1/cm2, 300 1/cm2", "30 year, 60 year, 80 year"))
    s.sweep("run", "study.yml", "-o", "whole", "-q")
    generator = random.Random(17)
    kill_often(s, ("sweep", "run", "study.yml", "-o", "killed", "-q"), "killed", sorted(generator.choices(range(17), k=10)))
    s.sweep("run", "study.yml", "-o", "killed", "-q")
    check(s.tables("killed") == s.tables("whole"), "a study that was killed ends differently")


def test_xarray():
    try:
        import xarray
    except ImportError:
        print("  xarray is not installed: not looked at")
        return
    s = Scratch()
    s.write("study.yml", STUDY + "repeats: 2\n")
    s.sweep("run", "study.yml", "-o", "out", "-q")
    with xarray.open_dataset(os.path.join(s.folder, "out", "study.nc")) as cube:
        gain = cube.collagen_total_gain
        check(gain.dims == ("device.needle.length", "device.pattern.density", "repeat"), f"{gain.dims}")
        check(gain.attrs["units"] == "percent" and cube["device.needle.length"].attrs["units"] == "mm", "units")
        check((cube.status == 1).all(), "status is not ok everywhere")
        check(list(cube["device.needle.length"].values) == [0.5, 1.0, 1.5], "axis of the factor")
        deep = gain.sel({"device.needle.length": 1.5, "device.pattern.density": 300.0}).values[0]
        check(deep == float(gain.values[2, 1, 0]), "labels do not select")


main([value for name, value in list(globals().items()) if name.startswith("test_")], sys.argv[1:])
