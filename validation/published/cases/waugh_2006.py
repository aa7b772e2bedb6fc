"""Macrophages of normal, diabetic and treated wounds: three ordinary differential equations, bistable."""

import numpy
from lab import COMPUTED, EXACT, Row, table

TITLE = "Waugh & Sherratt 2006: macrophages in diabetic wounds"
CITATION = ("Waugh HV, Sherratt JA (2006) Macrophage dynamics in diabetic wound dealing. Bull Math Biol 68:197-207. "
            "Parameters: BioModels BIOMD0000000679, 680, 681 (CC0); alpha 0.5 of the normal wound FROM MEMORY.")
NOTE = """Above a threshold a diabetic wound stays inflamed for good; turning the new macrophages to the repair kind on day 22
frees it. The saddle is found by bisecting the start along the line I = 4 R, T = k4 I/d2, on which it lies."""

MODEL = "waugh_sherratt_2006"
SPECIES = {"phiI": "inflammatory", "phiR": "repair", "T": "tgfb"}
K4, D2 = 0.07, 9.1


def runs(lab):
    return {"normal": lab.run("waugh_2006"), "diabetic": lab.run("waugh_2006", "parameters.alpha=0.8"),
            "treated": lab.run("waugh_2006_treated")}


def course(run, species, days):
    return numpy.interp(days, run.picture_days(), run.course(species))


def total(run, day):
    return float(course(run, "inflammatory", day) + course(run, "repair", day))


def at_start(i, r, t):
    return (f"parameters.inflammatory_start={i!r} cell/mm3", f"parameters.repair_start={r!r} cell/mm3",
            f"parameters.tgfb_start={t!r} pg/mm3")


def rests(lab, done):
    """Where each run ends, beside the steady states."""
    low = lab.run("waugh_2006", "parameters.alpha=0.8", *at_start(20.0, 5.0, 0.1))
    one = {("0.5", "only"): done["normal"], ("0.8", "low"): low, ("0.8", "high"): done["diabetic"],
           ("0.2", "only"): done["treated"]}
    for state in table("waugh_sherratt_2006_steady_states"):
        run = one.get((state["alpha"], state["branch"]))
        if run is None:
            continue
        case = f"alpha {state['alpha']}, {state['branch']} state"
        last = {key: run.course(species)[-1] for key, species in SPECIES.items()}
        for key, column in (("phiI", "phi_I"), ("phiR", "phi_R"), ("T", "T")):
            yield Row(MODEL, case, f"{SPECIES[key]} at day 200", float(state[column]), last[key], 1e-4, COMPUTED)
        alpha = float(state["alpha"])
        yield Row(MODEL, case, "I/R = alpha/(1 - alpha)", alpha / (1 - alpha), last["phiI"] / last["phiR"], 1e-4, EXACT)
        yield Row(MODEL, case, "T = k4 I/d2", K4 * last["phiI"] / D2, last["T"], 1e-4, EXACT)


def ends_inflamed(lab, i):
    run = lab.run("waugh_2006", "parameters.alpha=0.8", "time.end=150 day", "output.at=[150 day]", *at_start(i, i / 4, K4 * i / D2))
    return run.course("inflammatory")[-1] > 140


def saddle(lab):
    """Threshold of the start, and the rate at which two starts beside it drift apart."""
    state = next(s for s in table("waugh_sherratt_2006_steady_states") if s["branch"] == "middle")
    low, high = 100.0, 200.0
    while high - low > 0.002:
        middle = 0.5 * (low + high)
        low, high = (low, middle) if ends_inflamed(lab, middle) else (middle, high)
    yield Row(MODEL, "alpha 0.8, saddle", "inflammatory, threshold of the start", float(state["phi_I"]), 0.5 * (low + high),
              1e-4, COMPUTED)
    reference = [float(state[column]) for column in ("phi_I", "phi_R", "T")]
    beside = [lab.run("waugh_2006", "parameters.alpha=0.8", "time.end=30 day", *at_start(*(share * x for x in reference)))
              for share in (0.999, 1.001)]
    gap = [float(course(beside[1], "inflammatory", day) - course(beside[0], "inflammatory", day)) for day in (5, 20)]
    yield Row(MODEL, "alpha 0.8, saddle", "growth rate, 1/day", 0.085639, numpy.log(gap[1] / gap[0]) / 15, 1e-3, COMPUTED,
              why="finite difference over days 5 to 20")


def numbers(done):
    day, peak = done["normal"].peak("macrophages")
    yield Row(MODEL, "normal", "macrophages, peak, 1/mm3", 422.2, peak, 2e-4, COMPUTED, why="reference has 4 digits")
    yield Row(MODEL, "normal", "macrophages, day of the peak", 0.27, day, 0.006, COMPUTED, absolute=True,
              why="reference has 2 digits")
    for case, day, value in (("normal", 10, 221.4), ("normal", 20, 87.7), ("diabetic", 10, 616.4), ("diabetic", 14, 941.7),
                             ("diabetic", 26, 1132), ("treated", 30, 762.2), ("treated", 40, 206.1)):
        yield Row(MODEL, case, f"macrophages at day {day}, 1/mm3", value, total(done[case], day), 6e-4, COMPUTED,
                  why="reference has 3 or 4 digits")
    for species, value in (("inflammatory", 903.93), ("repair", 227.25), ("tgfb", 6.9523)):
        yield Row(MODEL, "treated", f"{species} at day 22, when the treatment begins", value,
                  float(course(done["treated"], species, 22)), 1e-4, COMPUTED)


def courses(done, last=200):
    reference = [line for line in table("waugh_sherratt_2006_timecourse") if float(line["t_d"]) <= last]
    days = numpy.array([float(line["t_d"]) for line in reference])
    for case, run in done.items():
        for key, species in SPECIES.items():
            right = numpy.array([float(line[f"{key}_{case}"]) for line in reference])
            worst = numpy.max(numpy.abs(course(run, species, days) / right - 1))
            yield Row(MODEL, case, f"{species}: largest relative difference at {len(days)} times", 0.0, worst, 1e-4, COMPUTED,
                      absolute=True)


def rows(lab):
    if lab.quick:
        return list(courses({case: lab.run(name, *set_, "time.end=40 day") for case, name, set_ in
                             (("normal", "waugh_2006", ()), ("diabetic", "waugh_2006", ("parameters.alpha=0.8",)),
                              ("treated", "waugh_2006_treated", ()))}, last=40))
    done = runs(lab)
    return [*numbers(done), *courses(done), *rests(lab, done), *saddle(lab)]


def figures(lab):
    from matplotlib import pyplot
    figure, axes = pyplot.subplots(figsize=(7, 3.6))
    for (case, run), colour in zip(runs(lab).items(), ("tab:blue", "tab:red", "tab:green")):
        days = numpy.linspace(0, 60, 500)
        axes.plot(days, course(run, "inflammatory", days) + course(run, "repair", days), color=colour, label=f"{case}, ours")
        points = [line for line in table("waugh_sherratt_2006_timecourse") if float(line["t_d"]) <= 60]
        axes.plot([float(p["t_d"]) for p in points],
                  [float(p[f"phiI_{case}"]) + float(p[f"phiR_{case}"]) for p in points], "o", color=colour, markersize=4)
    axes.set_xlabel("day")
    axes.set_ylabel("macrophages, cells/mm3")
    axes.legend()
    lab.figure("waugh_2006", figure, "All macrophages. Lines: this program; points: independent solution (COMPUTED).")
    pyplot.close(figure)
