"""run.nc as others see it: xarray, netCDF4, ncdump and VTK must find the axes, the times, the units and the numbers that
tests/watch/sample.h lays down, in one file and with nothing beside it.  Leaves with 77 when a reader is not installed."""

import os
import shutil
import subprocess
import sys
import tempfile
import warnings

PLAIN_PYTHON = "/usr/bin/python3"  # the one that the system's packages belong to
SKIPPED = 77

try:
    import netCDF4
    import numpy
    import vtk
    import xarray
    from vtk.util.numpy_support import vtk_to_numpy
except ImportError as missing:
    if sys.executable != PLAIN_PYTHON and os.path.exists(PLAIN_PYTHON) and not os.environ.get("CX_AGAIN"):
        os.execve(PLAIN_PYTHON, [PLAIN_PYTHON, *sys.argv], dict(os.environ, CX_AGAIN="1"))
    print(f"skipped: {missing}")
    sys.exit(SKIPPED)

warnings.simplefilter("ignore")

DAYS = [0, 0.25, 1, 4, 9]
FIELDS = {"collagen_1": "1", "tgfb1": "ng/mL", "neutrophils": "1/mm3"}
SHAPES = {"patch": (6, 5, 4), "axisymmetric": (8, 1, 5), "column": (1, 1, 9), "slice": (7, 1, 4)}
problems = []


def check(fine, what):
    if not fine:
        problems.append(what)


def expected(field, frame, shape):
    """[z, y, x] by the formula of sample.h."""
    k, j, i = numpy.meshgrid(*(numpy.arange(n) for n in shape[::-1]), indexing="ij")
    return 100 * (field + 1) + 10 * frame + k + j / 8 + i / 64


def heights(count):
    """Edges of z in um: cells grow by a quarter from 5 um at the surface."""
    edges = [0.0]
    for i in range(count):
        edges.insert(0, edges[0] - 5 * 1.25**i)
    return numpy.array(edges)


def see_xarray(path, name, shape):
    tag = f"xarray {name}"
    with xarray.open_dataset(path) as data:
        check(dict(data.sizes) == {"time": len(DAYS), "z": shape[2], "y": shape[1], "x": shape[0]}, f"{tag}: {data.sizes}")
        check(data["time"].dtype == numpy.float64, f"{tag}: time is {data['time'].dtype}, not plain days")
        check(numpy.array_equal(data["time"], DAYS), f"{tag}: times {data['time'].values}")
        check(data["time"].attrs["units"] == "day" and data["x"].attrs["units"] == "m", f"{tag}: units of the axes")
        check(data.attrs["Conventions"] == "CF-1.10" and data.attrs["title"] == "sample \u00b5m", f"{tag}: {data.attrs}")
        edges = heights(shape[2])
        check(numpy.allclose(data["z"], (edges[1:] + edges[:-1]) / 2 * 1e-6, rtol=1e-12), f"{tag}: z {data['z'].values}")
        check(numpy.allclose(data["depth"], -data["z"], rtol=0), f"{tag}: depth")
        check(data["x"].attrs["long_name"].startswith("radius" if name == "axisymmetric" else "position"), f"{tag}: x")
        for number, (field, unit) in enumerate(FIELDS.items()):
            values = data[field]
            check(values.dims == ("time", "z", "y", "x") and values.dtype == numpy.float32, f"{tag}: {field} {values.dims}")
            check(values.attrs["units"] == unit, f"{tag}: unit of {field} is {values.attrs.get('units')}")
            for frame in range(len(DAYS)):
                check(numpy.array_equal(values[frame], expected(number, frame, shape)), f"{tag}: {field} at {frame}")
        check(data["dermis_share"].dims == ("z", "y", "x"), f"{tag}: map")
        check(float(data["dermis_share"].values.ravel()[3]) == numpy.float32(3 / 256), f"{tag}: value of a map")


def see_groups(path, name):
    tag = f"xarray {name} groups"
    with xarray.open_dataset(path, group="series") as data:
        check(numpy.array_equal(data["time"], DAYS), f"{tag}: time of the series")
        check(numpy.array_equal(data["tgfb1_max"], 1 + numpy.arange(5) / 4), f"{tag}: {data['tgfb1_max'].values}")
        check(data["tgfb1_max"].attrs["units"] == "ng/mL", f"{tag}: unit of a series")
    with xarray.open_dataset(path, group="history") as data:
        check(numpy.array_equal(data["time_day"], numpy.arange(10) / 2), f"{tag}: time of the history")
        check(numpy.array_equal(data["tgfb1_max"], 1000 + numpy.arange(10)), f"{tag}: history")
    with xarray.open_dataset(path, group="needles") as data:
        check(data.sizes["needle"] == 2 and data["x_entry"].values[1] == 512.5, f"{tag}: needles")
        check(data["layer_depth"].dims == ("needle", "layer") and data["pass"].values[0] == 1, f"{tag}: layers")
    with xarray.open_dataset(path, group="grid") as data:
        check(data["x_edge"].values[1] == 25.0 and data["x_edge"].attrs["units"] == "um", f"{tag}: grid")


def see_netcdf4(path, name, shape):
    with netCDF4.Dataset(path) as data:
        check(data.dimensions["time"].isunlimited(), f"netCDF4 {name}: time is not unlimited")
        field = data["tgfb1"]
        check(field.filters()["fletcher32"] and field.filters()["zlib"], f"netCDF4 {name}: {field.filters()}")
        check(field.shape == (5, *shape[::-1]) and field.units == "ng/mL", f"netCDF4 {name}: {field.shape}")
        check(sorted(data.groups) == ["grid", "history", "needles", "series"], f"netCDF4 {name}: {list(data.groups)}")


def see_ncdump(path, name):
    if not shutil.which("ncdump"):
        return
    done = subprocess.run(["ncdump", "-v", "collagen_1", path], capture_output=True, text=True, check=False)
    check(done.returncode == 0 and "time = UNLIMITED ; // (5 currently)" in done.stdout, f"ncdump {name}: {done.stderr}")


def times_of(reader):
    key, info = vtk.vtkStreamingDemandDrivenPipeline.TIME_STEPS(), reader.GetOutputInformation(0)
    return [info.Get(key, i) for i in range(info.Length(key))] if info.Has(key) else []


def see_vtk(path, name, shape):
    """The reader that ParaView uses for netCDF; the last picture, point by point."""
    reader = vtk.vtkNetCDFCFReader()
    reader.SetFileName(path)
    reader.SphericalCoordinatesOff()
    reader.UpdateInformation()
    check(times_of(reader) == DAYS, f"VTK {name}: times {times_of(reader)}")
    reader.UpdateTimeStep(DAYS[-1])
    grid = reader.GetOutputDataObject(0)
    kind = grid.GetClassName() if grid else None
    check(kind in ("vtkRectilinearGrid", "vtkImageData"), f"VTK {name}: gives {kind}")
    if kind not in ("vtkRectilinearGrid", "vtkImageData"):
        return
    # values are taken as points, or as cells between as many edges + 1
    points = tuple(n for n in shape)
    check(grid.GetDimensions() in (points, tuple(n + 1 for n in points)), f"VTK {name}: {grid.GetDimensions()}")
    for number, field in enumerate(FIELDS):
        array = grid.GetPointData().GetArray(field) or grid.GetCellData().GetArray(field)
        check(array is not None, f"VTK {name}: no {field}")
        if array is not None:
            wanted = expected(number, 4, shape).ravel()
            check(numpy.array_equal(vtk_to_numpy(array), wanted), f"VTK {name}: values of {field}")
    bounds = grid.GetBounds()
    check(bounds[4] < 0 and bounds[5] <= 0 and bounds[4] >= heights(shape[2])[0] * 1e-6 * 1.2, f"VTK {name}: {bounds}")


def main():
    writer = os.path.join(os.environ["CX_BUILD"], "test_watch_result")
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([writer, folder], check=True)
        for name, shape in SHAPES.items():
            path = os.path.join(folder, name + ".nc")
            see_xarray(path, name, shape)
            see_groups(path, name)
            see_netcdf4(path, name, shape)
            see_ncdump(path, name)
            see_vtk(path, name, shape)
    for problem in problems:
        print(problem)
    print(f"xarray {xarray.__version__}, netCDF4 {netCDF4.__version__}, VTK {vtk.vtkVersion.GetVTKVersion()}: "
          f"{len(problems)} problems")
    return bool(problems)


if __name__ == "__main__":
    sys.exit(main())
