"""Repair or fibrosis: four ordinary differential equations with a threshold in how long an injury lasts; also in space."""

import math
import pathlib
import tempfile

import numpy
from lab import COMPUTED, EXACT, HERE, PUBLISHED, Row, number, table

TITLE = "Adler et al. 2020: cell circuit of repair and fibrosis"
CITATION = ("Adler M, Mayo A, Zhou X, Franklin RA, Meizlish ML, Medzhitov R, Kallenberger SM, Alon U (2020) Principles of cell "
            "circuits for tissue repair and fibrosis. iScience 23:100841. Parameters: public re-implementation "
            "Schumacher-group/cellcircuits, which cites the paper.")
NOTE = """Starts from one myofibroblast and one macrophage per ml; macrophages come in for a while. The outcomes of the three
pulse protocols are those of the paper; fixed points, rates and critical lengths of the pulse come from an independent
solution. The rates beside a fixed point are measured: the state is put a little beside it, along the mode, and the run says
how fast it moves. Where macrophages are many the uptake of CSF is steeper in the solver than in truth (a loss coefficient is
not a slope), so C and P ring around rest within the tolerance of the steps: 1e-6 here, and wider bounds than for F and M."""

MODEL = "adler_2020"
FIELDS = ("myofibroblasts", "macrophages", "csf", "pdgf")
HOT = "hot fibrosis"
SCRATCH = tempfile.TemporaryDirectory(prefix="adler-")


# ---- the equations once more, in the units of the paper: for the modes and for the slab -----------------------------------

DAY = 1440.0
L1, L2, MU, CAPACITY, HALF, GAMMA = 0.9, 0.8, 0.3, 1e6, 1e9, 2.0
B1, B2, B3, A1, A2 = 470 * DAY, 70 * DAY, 240 * DAY, 940 * DAY, 510 * DAY


def change(F, M, C, P, influx=0.0):
    return numpy.array([F * (L1 * P / (HALF + P) * (1 - F / CAPACITY) - MU), M * (L2 * C / (HALF + C) - MU) + influx,
                        B1 * F - A1 * M * C / (HALF + C) - GAMMA * C, B2 * M + B3 * F - A2 * F * P / (HALF + P) - GAMMA * P])


def rest_near(state):
    """Fixed point in full precision from a reference with six digits (Newton)."""
    u = numpy.array(state, dtype=float)
    for _ in range(20):
        u -= numpy.linalg.solve(jacobian(u), change(*u))
    return u


def jacobian(u):
    columns = []
    for i, x in enumerate(u):
        h = 1e-6 * max(x, 1.0)
        up, down = u.copy(), u.copy()
        up[i], down[i] = x + h, x - h
        columns.append((change(*up) - change(*down)) / (2 * h))
    return numpy.array(columns).T


# ---- runs -----------------------------------------------------------------------------------------------------------------

def pulses(lab, influx, spans, days=300, *changes):
    """One point; macrophages come in at `influx` during each (from, to) of spans, in day."""
    text = (HERE / "scenarios" / "adler_2020.yml").read_text() + "changes:\n"
    for begin, end in spans:
        text += f"  - {{at: {begin!r} day, until: {end!r} day, set: {{influx: {influx!r} 1/ml/day}}}}\n"
    name = f"{influx:g}_" + "_".join(f"{begin:.9g}-{end:.9g}" for begin, end in spans) + ".yml"
    path = pathlib.Path(SCRATCH.name) / name
    path.write_text(text)
    return lab.run(path, f"time.end={days} day", *changes)


def last(run, field):
    return float(run.series(field)[-1])


def outcome(run):
    """In the words of the paper."""
    if last(run, "myofibroblasts") < 1 and last(run, "macrophages") < 1:
        return "heals"
    hot = abs(last(run, "myofibroblasts") / 481389 - 1) < 0.01 and abs(last(run, "macrophages") / 639488 - 1) < 0.01
    return HOT if hot else "neither"


def from_state(lab, state, days, every, *changes):
    """A run of one point that starts at (F, M, C, P); no injury."""
    header = "depth_um, " + ", ".join(f"{f} [1/ml]" for f in FIELDS)
    start = header + "\n0, " + ", ".join(f"{x!r}" for x in map(float, state)) + "\n"
    return lab.run("adler_2020", "wound.type=none", "initial.file=start.csv", f"time.end={days} day",
                   f"output.at=[every {every} day]", *changes, files=(("start.csv", start),))


def states(run, days):
    return numpy.array([run.at(field, days) for field in FIELDS])


# ---- rows -----------------------------------------------------------------------------------------------------------------

def expected():
    return {line["quantity"]: line for line in table("adler_2020_expected")}


def protocols(lab):
    runs = {"one pulse of 2 days": (pulses(lab, 1e6, [(0, 2)]), "heals"),
            "one pulse of 4 days": (pulses(lab, 1e6, [(0, 4)]), HOT)}
    for day in (5, 10, 20, 30, 40, 60):
        runs[f"two pulses of 2 days, the second on day {day}"] = (pulses(lab, 1e6, [(0, 2), (day, day + 2)], 400), HOT)
    for case, (run, words) in runs.items():
        one = case.startswith("one")
        yield Row(MODEL, case, "outcome", words, outcome(run), 0, PUBLISHED if one else COMPUTED,
                  why="" if one else "the paper shows one such pair of pulses, with this outcome")


def hot_point(lab):
    want = expected()
    run = pulses(lab, 1e6, [(0, 4)], 300, "solver.tolerance=1e-6")
    for field, name, tolerance in (("myofibroblasts", "hot fibrosis F", 1e-6), ("macrophages", "hot fibrosis M", 1e-6),
                                   ("pdgf", "hot fibrosis PDGF", 2e-5)):
        yield Row(MODEL, "hot fibrosis", field + ", 1/ml", number(want[name]["value"]), last(run, field), tolerance, COMPUTED)
    yield Row(MODEL, "hot fibrosis", "csf = k2 mu2/(lambda2 - mu2), 1/ml", 6e8, last(run, "csf"), 2e-5, EXACT)


def mode_rate(lab, point, which, days, every):
    """Rate of mode number `which` (by size of the rate, largest first), 1/day, from a run that starts beside the fixed point."""
    J = jacobian(point)
    values, right = numpy.linalg.eig(J)
    order = numpy.argsort(-values.real)
    mode = right[:, order[which]].real
    test = numpy.linalg.inv(right)[order[which]].real      # left vector: sees this mode alone
    mode *= 1e-4 / numpy.max(numpy.abs(mode / point))
    beside = from_state(lab, point + mode, days, every, "solver.tolerance=1e-7", f"solver.max_step={24 * every / 4} h")
    still = from_state(lab, point, days, every, "solver.tolerance=1e-7", f"solver.max_step={24 * every / 4} h")
    times = numpy.array([0.0, days])
    size = test @ (states(beside, times) - states(still, times))
    return math.log(size[1] / size[0]) / days


def rates(lab):
    want = expected()
    saddle = rest_near([number(want["saddle F"]["value"]), number(want["saddle M"]["value"]), 6e8,
                        number(want["saddle PDGF"]["value"])])
    hot = rest_near([number(want["hot fibrosis F"]["value"]), number(want["hot fibrosis M"]["value"]), 6e8,
                     number(want["hot fibrosis PDGF"]["value"])])
    numbers = {"saddle": [float(x) for x in want["saddle F"]["note"].split("eigenvalues ")[1].split(" /day")[0].split(";")],
               "hot fibrosis": [float(x) for x in
                                want["hot fibrosis F"]["note"].split("eigenvalues ")[1].split(" /day")[0].split(";")]}
    for name, point in (("saddle", saddle), ("hot fibrosis", hot)):
        for which, rate in enumerate(numbers[name]):
            span = min(2.0, 1 / abs(rate))
            yield Row(MODEL, name, f"eigenvalue {which + 1}, 1/day", rate, mode_rate(lab, point, which, span, span / 100),
                      2e-3, COMPUTED, why="from two runs, one begun 1e-4 beside the point along the mode")
    rests = states(from_state(lab, saddle, 2, 0.02, "solver.tolerance=1e-7"), numpy.array([2.0]))[:, 0]
    yield Row(MODEL, "saddle", "largest relative move in 2 days from the reference point", 0.0,
              float(numpy.max(numpy.abs(rests / saddle - 1))), 1e-6, COMPUTED, absolute=True,
              why="a point that is not at rest would move; (F, M, P) = (5328.84, 4741.06, 5.04e8)")


def cold(lab):
    """Without macrophages: two more fixed points of F and P."""
    want = expected()
    alone = "parameters.seed_macrophages=0 1/ml"
    run = lab.run("adler_2020", alone, "parameters.seed_myofibroblasts=2e5 1/ml", "time.end=200 day")
    upper = number(want["cold fibrosis F (M=0) upper"]["value"])
    yield Row(MODEL, "cold fibrosis (M = 0)", "upper F, 1/ml", upper, last(run, "myofibroblasts"), 1e-6, COMPUTED)
    low, high = 5000.0, 20000.0
    while high / low > 1 + 1e-7:
        middle = 0.5 * (low + high)
        grows = last(lab.run("adler_2020", alone, f"parameters.seed_myofibroblasts={middle!r} 1/ml"), "myofibroblasts") > 10339
        low, high = (low, middle) if grows else (middle, high)
    yield Row(MODEL, "cold fibrosis (M = 0)", "lower F, 1/ml: the threshold of the start",
              number(want["cold fibrosis F (M=0) lower"]["value"]), 0.5 * (low + high), 1e-5, COMPUTED)
    still = [last(run, field) for field in FIELDS]
    still[1] = 1e-3
    invaded = from_state(lab, still, 12, 1, "solver.tolerance=1e-7")
    rate = math.log(invaded.at("macrophages", 12) / invaded.at("macrophages", 4)) / 8
    yield Row(MODEL, "cold fibrosis (M = 0)", "growth of macrophages that enter, 1/day", 0.49161, rate, 1e-4, COMPUTED)


def critical(lab, influx, first, relative):
    """Shortest pulse, in day, that ends in fibrosis; by bisection around a first guess."""
    low, high = 0.9 * first, 1.1 * first
    while high / low > 1 + relative:
        middle = 0.5 * (low + high)
        scars = last(pulses(lab, influx, [(0, middle)]), "myofibroblasts") > 5329
        low, high = (low, middle) if scars else (middle, high)
    return 0.5 * (low + high)


def critical_lengths(lab):
    for line in table("adler_2020_expected"):
        if not line["quantity"].startswith("critical duration at"):
            continue
        influx, length = float(line["quantity"].split()[3]), float(line["value"])
        yield Row(MODEL, f"influx {influx:g} /ml/day", "shortest pulse that scars, day", length,
                  critical(lab, influx, length, 1e-6), 1e-4, COMPUTED, why="searched within 10 % of the reference")


# ---- with space -----------------------------------------------------------------------------------------------------------

def slab(days):
    """The slab of scenarios/adler_2020_column.yml, by SciPy: cells of 50 um, wounded in the upper 20.  [time][field][cell]"""
    from scipy.integrate import solve_ivp
    cells, width, D = 100, 50.0, 7e4 * 24
    wounded = numpy.arange(cells) < 20
    start = rest_of_factors(1.0, 1.0)
    u = numpy.zeros((4, cells))
    u[:, wounded] = numpy.array([1.0, 1.0, *start])[:, None]
    scale = numpy.array([1.0, 1.0, 1e6, 1e6])[:, None]
    sparsity = numpy.kron(numpy.ones((4, 4)), numpy.eye(cells, k=1) + numpy.eye(cells) + numpy.eye(cells, k=-1))

    def f(t, y, influx):
        v = y.reshape(4, cells) * scale
        made = change(*v, influx * wounded)
        for q in (2, 3):
            flow = numpy.concatenate([[0], D * numpy.diff(v[q]) / width, [0]])
            made[q] += numpy.diff(flow) / width
        return (made / scale).ravel()

    y, t, out = (u / scale).ravel(), 0.0, {}
    for stop, influx in [(4.0, 1e6)] + [(float(day), 0.0) for day in days]:
        y = solve_ivp(f, (t, stop), y, method="BDF", args=(influx,), rtol=1e-8, atol=1e-8, jac_sparsity=sparsity).y[:, -1]
        t, out[stop] = stop, y.reshape(4, cells) * scale
    return numpy.array([out[float(day)] for day in days])


def rest_of_factors(F, M):
    """C and P in balance with few cells."""
    def root(made, uptake):
        b = made - uptake - GAMMA * HALF
        return 2 * made * HALF / (math.sqrt(b * b + 4 * GAMMA * made * HALF) - b)
    return root(B1 * F, A1 * M), root(B2 * M + B3 * F, A2 * F)


def in_space(lab):
    whole = lab.run("adler_2020_column", "wound.depth=5 mm", "domain.cell=0.5 mm", "time.end=120 day", "solver.tolerance=1e-5")
    point = pulses(lab, 1e6, [(0, 4)], 120, "output.at=[every 10 day]")
    days = numpy.arange(10, 121, 10.0)
    for field in FIELDS[:2]:
        worst = float(numpy.max(numpy.abs(whole.at(field, days) / point.at(field, days) - 1)))
        yield Row(MODEL, "slab, wounded all over", f"{field}: largest relative difference from the point, 12 times", 0.0, worst,
                  1e-6, EXACT, absolute=True)
    yield Row(MODEL, "slab, wounded all over", "highest / lowest myofibroblasts at the end", 1.0,
              last(whole, "myofibroblasts_most") / last(whole, "myofibroblasts_least"), 1e-12, EXACT)
    wound = lab.run("adler_2020_column")
    days = (10, 50, 100, 150)
    right = slab(days)
    for i, day in enumerate(days):
        picture = int(numpy.argmin(numpy.abs(wound.picture_days() - day)))
        for q, tolerance in ((0, 1e-3), (3, 2e-3)):
            ours = wound.field(FIELDS[q])[picture, ::-1, 0, 0].astype(float)    # from the surface down
            gap = numpy.sqrt(numpy.mean((ours - right[i, q]) ** 2) / numpy.mean(right[i, q] ** 2))
            yield Row(MODEL, "slab, wound of 1 mm", f"{FIELDS[q]}: relative RMS difference of the profile, day {day}", 0.0,
                      float(gap), tolerance, COMPUTED, absolute=True, why="the same cells, SciPy's BDF at 1e-8; no published number")


def rows(lab):
    if lab.quick:
        return [*list(protocols(lab))[:3], *hot_point(lab)]
    return [*protocols(lab), *hot_point(lab), *rates(lab), *cold(lab), *critical_lengths(lab), *in_space(lab)]


def figures(lab):
    from matplotlib import pyplot
    figure, (left, right) = pyplot.subplots(1, 2, figsize=(10, 3.8))
    for label, spans, colour in (("2 days", [(0, 2)], "tab:green"), ("4 days", [(0, 4)], "tab:red"),
                                 ("2 days, and 2 days from day 30", [(0, 2), (30, 32)], "tab:orange")):
        run = pulses(lab, 1e6, spans, 300 if len(spans) == 1 else 400)
        left.loglog(numpy.maximum(run.series("myofibroblasts"), 1e-3), numpy.maximum(run.series("macrophages"), 1e-3),
                    color=colour, label=label)
    left.plot([5328.84, 481389.27], [4741.06, 639488.30], "ko", markersize=5)
    left.set_xlabel("myofibroblasts, 1/ml")
    left.set_ylabel("macrophages, 1/ml")
    left.legend(fontsize=8)
    run = lab.run("adler_2020_column")
    depth = -run.center("z") / 1000
    for day in (10, 50, 100, 150):
        picture = int(numpy.argmin(numpy.abs(run.picture_days() - day)))
        right.plot(depth, run.field("myofibroblasts")[picture, :, 0, 0], label=f"day {day}")
    right.set_xlabel("depth, mm")
    right.set_ylabel("myofibroblasts, 1/ml")
    right.legend(fontsize=8)
    lab.figure("adler", figure, "Left: three pulses of 1e6 macrophages/ml/day; points: saddle and hot fibrosis. Right: a slab "
               "wounded in its upper millimetre for 4 days, with factors that diffuse (assumed diffusivity): fibrosis stays "
               "where the wound was.")
    pyplot.close(figure)
