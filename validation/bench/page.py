"""Writes the page of the benchmark from its numbers.  Every number in the text comes from the results; what was not measured is
said to be missing."""

HOW = """\
## What was compared, and how
- Times are processor seconds of one thread unless a table says wall; medians of repeats; ratios only within one run of the
  benchmark on one machine.  Nothing else should run meanwhile: the load at the start is in the table of the machine.
- **Working sets.** The bandwidth a step is held against is that of an update in place (`a = s a`, 16 bytes per element counted)
  over as much memory as the case uses, on as many threads, measured right after it.
- **Bytes of the scheme.** What one step must move if every pass goes through its arrays once and nothing stays in a cache in
  between: in mixed precision 112 bytes per cell for a field that moves and 56 for one that does not (208 and 96 in double), 8
  per input map.  `kernels.py` lists the passes.  More than 100 % of the bandwidth means that caches helped.
- **Kernels** are told apart by sampling the program counter of each thread, so nothing is instrumented; a kernel with fewer than
  20 samples gets no rate.
- **p2** (`tests/models/p2`, `problem.c`): a signal from depots of 40 um, cells a thousand times slower, collagen; 20 um cells,
  closed sides, one week.  Errors are the largest over five output times (1, 6, 24, 72, 168 h) and three fields of the relative
  root mean square distance to a reference (`reference.py`: exact diffusion in a cosine basis, ETDRK4 in time).  All integrators
  see the same discretised right-hand side, compiled with the same flags; the others get the depots in closed form, we integrate
  them as a fourth field.
- **SUNDIALS** is the installed library, with its vector operations replaced by ones compiled like the engine (`vectors.c`), because
  Debian's binary is built without optimisation; `as-is-bdf` is the library untouched.
- **SUNDIALS 7** has stabilised explicit methods, which Debian's 6.x lacks: Runge-Kutta-Chebyshev (`rkc`) and -Legendre (`rkl`) of
  LSRKStep (`rkc.c`).  It is built from its source, static and serial (`-DCMAKE_BUILD_TYPE=Release
  -DCMAKE_C_FLAGS="-O3 -march=native" -DBUILD_SHARED_LIBS=OFF`; version, compiler and flags are in the table of the machine), and
  found by `-DSUNDIALS7_ROOT` or `-DCMAKE_PREFIX_PATH`.  It gets what helps it: our vector operations (`as-is-rkc` is the library
  untouched), the spectral radius once and without a margin (Gershgorin's bound, which closed sides bring within 1 % of the true
  one), as many stages as it wants, nothing kept for interpolation.  Its tolerances, like ours, lie about an error of 1e-3.
- **PETSc**: `TSROSW` (ra34pw2), GMRES with ILU(0), exact Jacobian, interleaved unknowns.
- Absolute tolerances are a hundredth of the relative ones.  "not reached" is a run that used up its time; the table says how far it
  came.  Nobody's settings were searched for a best case beyond what the rows show, ours included.
"""


def percent(x):
    return "" if x is None else f"{100 * x:.0f} %"


def short(x, digits=3):
    if x is None:
        return ""
    return f"{x:.{digits}g}" if isinstance(x, float) else str(x)


def table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join(lines + ["| " + " | ".join(str(c) for c in row) + " |" for row in rows]) + "\n"


def seconds_of(case):
    """On one thread processor time says the same as the clock, and is not disturbed by others."""
    return case["cpu_seconds"] if case["threads"] == 1 else case["seconds"]


def shape(case):
    return " x ".join(str(n) for n in case["shape"] if n > 1)


def good(cases):
    return [c for c in cases or [] if "failed" not in c]


def machine(r):
    m = r["machine"]
    rows = [("processor", f"{m['processor']}, {m['cores']} cores, {', '.join(m['flags'])}"),
            ("caches of a core", ", ".join(f"{k} {v}" for k, v in m["caches"].items())),
            ("memory", f"{m['memory_gb']} GB"),
            ("compiler", f"{m['compiler']}, {m['build_type']}, native tuning {m['native']}"),
            ("compared with", f"SUNDIALS {m['sundials']}, PETSc {m['petsc']}; SUNDIALS with LSRKStep: "
                              f"{m.get('sundials7', 'not installed')}"),
            ("load at the start", m["load_at_start"]),
            ("measured in", f"{r.get('seconds', 0):.0f} s, {'quick' if r['quick'] else 'full'} sizes")]
    text = "## The machine\n" + table(("", ""), rows)
    if m["load_at_start"] > 0.5:
        text += "\n**The machine was not idle when this was measured: times on several threads and all wall times are too long.**\n"
    return text


def limits(r):
    rows = [(x["threads"], short(float(s["megabytes"])), short(s["triad"]), short(s["update"]))
            for x in r.get("limits", []) if "sizes" in x for s in x["sizes"]]
    text = "## What the machine can do\n" + table(("threads", "working set, MB", "triad, GB/s", "update in place, GB/s"), rows)
    rows = [(x["threads"], *(short(x.get(k)) for k in ("float_gflops", "float_gdivisions", "double_gflops", "double_gdivisions")))
            for x in r.get("limits", []) if "float_gflops" in x]
    return text + "\n" + table(("threads", "float, 1e9 operations/s", "float, 1e9 divisions/s", "double, 1e9 operations/s",
                                "double, 1e9 divisions/s"), rows)


def kernels(r):
    text = "## Kernels, one thread\n"
    for case in r.get("kernels", []):
        text += f"\n### {case['case'][:1].upper()}{case['case'][1:]}\n"
        if "failed" in case:
            text += f"Not measured: {case['failed']}\n"
            continue
        text += (f"{shape(case)} cells, {case['fields']} fields ({case['moving']} move, {case['climbing']} climb), "
                 f"{case['megabytes']:.3g} MB: {1e3 * seconds_of(case):.3g} ms per step, "
                 f"{1e9 * seconds_of(case) / case['cells'] / case['fields']:.3g} ns per cell and field; the bytes of the "
                 f"scheme at {case['scheme_gbs']:.3g} GB/s, {percent(case['share'])} of an update in place "
                 f"({case['update_gbs']:.3g} GB/s).\n\n")
        rows = [(row["kernel"], percent(row["share"]), short(row.get("ns")), short(row.get("gups")), short(row.get("gbs")),
                 percent(row["gbs"] / case["update_gbs"]) if "gbs" in row else "") for row in case.get("rows", [])]
        text += table(("kernel", "share of the time", "ns per cell and field", "1e9 updates/s", "GB/s", "of the bandwidth"), rows)
        if "reaction" in case:
            x = case["reaction"]
            text += (f"\nThe machine code of the reactions has {x['operations']} operations and {x['divisions']} divisions per cell: "
                     f"they run at {percent(x['arithmetic_share'])} of the arithmetic limit above.\n")
    return text


def scaling(r):
    cases, rows = good(r.get("scaling")), []
    for case in cases:
        one = next(c for c in cases if c["case"] == case["case"] and c["threads"] == 1)
        rows.append((case["case"], shape(case), case["threads"], short(1e3 * case["seconds"]),
                     f"{one['seconds'] / case['seconds']:.2f}", short(case["scheme_gbs"]), percent(case["share"]),
                     f"{case['update_gbs'] / one['update_gbs']:.2f}"))
    return "## Threads\nMain model, wall time.\n\n" + table(
        ("case", "cells", "threads", "ms per step", "speed-up", "GB/s of the scheme", "of the bandwidth", "bandwidth gains"), rows)


def finished(rows):
    return [x for x in rows if x.get("finished") and x.get("error") is not None]


OURS, PACKAGED, BY_HAND = ("Cicatrix",), ("SUNDIALS", "PETSc"), ("SUNDIALS 7",)


def quickest(rows, whose, error=1e-3):
    """The cheapest row of `whose` integrators with an error of at most `error`."""
    fit = [x for x in finished(rows) if x["who"] in whose and x["error"] <= error]
    return min(fit, key=lambda x: x["cpu"]) if fit else None


def comparison_rows(part):
    best = quickest(part["rows"], OURS)
    for x in part["rows"]:
        name = f"{x['who']} {x['method']}"
        if "failed" in x:
            yield (name, short(x["tolerance"]), x["failed"], "", "", "", "")
            continue
        ratio = f"{x['cpu'] / best['cpu']:.3g}" if best else ""
        if x.get("finished"):
            yield (name, short(x["tolerance"]), short(x["error"], 2), short(x["cpu"]), ratio, x["steps"], x.get("linear", ""))
        else:
            yield (name, short(x["tolerance"]), f"not reached: at {x['t']:.3g} h", short(x["cpu"]), f"> {ratio}" if ratio else "",
                   x["steps"], x.get("linear", ""))


def comparison(part, title):
    text = f"### {title}, {part['n']}^3 cells\n"
    if "failed" in part:
        return text + part["failed"] + "\n"
    best = quickest(part["rows"], OURS)
    if part["reference_bound"]:
        text += f"The reference and one with half the steps differ by {part['reference_bound']:.1g}.  "
    if best:
        text += f"Ratios are to our cheapest run within an error of 1e-3 ({best['cpu']:.3g} s).\n\n"
    return text + table(("integrator", "tolerance", "error", "s", "ratio", "steps", "linear iterations"), comparison_rows(part))


def work_precision(r):
    text = "## A stiff wound: error against time, one thread\n"
    for part in r.get("p2", []):
        text += "\n" + comparison(part, "p2, one week")
    return text


def linear(r):
    text = "## Linear diffusion and decay, 12 substrates\n"
    if "linear" in r:
        text += "\n" + comparison(r["linear"], "A quarter of an hour")
    rows = [(f"{c['shape'][0]}^3", c["precision"], c["threads"], short(c["million_steps"]), short(c.get("pass_million")),
             short(c.get("pass_gbs")), short(c["update_gbs"]), percent(c.get("pass_share"))) for c in good(r.get("passes"))]
    return text + ("\n### Steps and passes\nA pass is all that a step of a locally one-dimensional scheme does: the sweeps along x, y "
                   "and z, which need two ways through the memory (x with y, z), each reading and writing.  One of our steps "
                   "has two, and two evaluations of the right-hand side.\n\n") + table(
        ("cells", "precision", "threads", "steps, 1e6 cell substrates/s", "passes, 1e6 cell substrates/s", "GB/s of two ways",
         "update in place, GB/s", "share"), rows)


def scenarios(r):
    rows = [(f"[{x['scenario']}](../../configs/{x['scenario']}.yml)", x["failed"] if "failed" in x else short(x.get("steps"), 5),
             short(x["wall"]), short(x["cpu"])) for x in r.get("scenarios", [])]
    return ("## Starter scenarios\nWith the program, all threads, results and report included.\n\n"
            + table(("scenario", "steps", "wall, s", "processor, s"), rows))


def growth(r):
    g = r.get("growth", {})
    text = "## How cost grows\nOne thread, processor time.\n"
    for title, key in (("2-D", "slices"), ("3-D", "cells")):
        rows = [(shape(c), c["cells"], short(c["megabytes"]), short(1e3 * c["cpu_seconds"]),
                 short(1e9 * c["cpu_seconds"] / c["cells"] / c["fields"])) for c in good(g.get(key))]
        text += f"\n### Cells (main model, {title})\n" + table(("grid", "cells", "MB", "ms per step", "ns per cell and field"), rows)
    rows = [(c["fields"], short(1e3 * c["cpu_seconds"]), short(1e9 * c["cpu_seconds"] / c["cells"] / c["fields"]))
            for c in good(g.get("fields"))]
    text += "\n### Fields that move\n" + table(("fields", "ms per step", "ns per cell and field"), rows)
    rows = [(x["needles"], short(x.get("steps"), 5), short(x["cpu"])) for x in good(g.get("needles"))]
    text += "\n### Needles (two days of the same block)\n" + table(("needles", "steps", "s"), rows)
    rows = [(x["weeks"], short(x.get("steps"), 5), short(x["cpu"])) for x in good(g.get("weeks"))]
    return text + "\n### Weeks (axisymmetric)\n" + table(("weeks", "steps", "s"), rows)


def judged(value, text, reached):
    return (text, "not measured" if value is None else "yes" if reached(value) else "**no**")


def p2_goal(r, whose):
    """(ratio, words) at the largest size: how much longer than ours the quickest of `whose` integrators takes to an error of 1e-3.
    Where none gets there: the least of the times that they were given, or took to a larger error, as a bound."""
    part = next((p for p in reversed(r.get("p2", [])) if quickest(p.get("rows", []), OURS)), None)
    tried = [x for x in part["rows"] if x["who"] in whose and "cpu" in x] if part else []
    if not tried:
        why = {x["failed"] for x in part["rows"] if x["who"] in whose} or {"not installed"} if part else {"no run of ours"}
        return None, f"not measured ({', '.join(sorted(why))})"
    ours, best = quickest(part["rows"], OURS), quickest(part["rows"], whose)
    least = best or min(tried, key=lambda x: x["cpu"])
    ratio, mine = least["cpu"] / ours["cpu"], f"ours {ours['cpu']:.3g} s, error {ours['error']:.2g}"
    if best:
        return ratio, (f"{ratio:.3g} x ({part['n']}^3; {best['who']} {best['method']} {best['cpu']:.3g} s, "
                       f"error {best['error']:.2g}; {mine})")
    return ratio, f"> {ratio:.3g} x: none arrives within {least['cpu']:.3g} s ({part['n']}^3; {mine})"


def spread_of_cost(r):
    """The larger spread of the two, and both in words."""
    worst, words = None, []
    for title, key in (("2-D", "slices"), ("3-D", "cells")):
        cases = good(r.get("growth", {}).get(key))
        if len(cases) < 2:
            continue
        each = [c["cpu_seconds"] / c["cells"] for c in cases]
        spread = max(each) / min(each) - 1
        worst = spread if worst is None else max(worst, spread)
        words.append(f"{title}: {100 * spread:.0f} % between {cases[0]['cells']} and {cases[-1]['cells']} cells")
    return worst, "; ".join(words)


def speed_up(r, name):
    cases = [c for c in good(r.get("scaling")) if c["case"] == name]
    many = max(cases, key=lambda c: c["threads"], default=None)
    one = next((c for c in cases if c["threads"] == 1), None)
    return (one["seconds"] / many["seconds"], many) if many and many["threads"] > 1 else (None, None)


def goals(r):
    rows = []

    def add(goal, value, text, reached):
        rows.append((goal, *judged(value, text, reached)))

    for goal, whose, least in (("the best of the packaged SUNDIALS and PETSc", PACKAGED, 40),
                               ("the stabilised explicit methods of SUNDIALS 7, built with -O3", BY_HAND, 25)):
        ratio, text = p2_goal(r, whose)
        add(f"p2 at an error of 1e-3, one thread: {least} x faster than {goal}", ratio, text, lambda x, m=least: x >= m)
    passes = [c for c in good(r.get("passes")) if c["precision"] == "double" and "pass_share" in c]
    last = max(passes, key=lambda c: (c["cells"], c["threads"]), default=None)
    add("12 substrates, a pass in double on all threads: 60 % of the bandwidth", last and last["pass_share"],
        last and f"{percent(last['pass_share'])} ({last['shape'][0]}^3, {last['threads']} threads)", lambda x: x >= 0.6)
    fine = max((c for c in good(r.get("scaling")) if c["case"] == "3-D, fine"), key=lambda c: c["threads"], default=None)
    add("a 3-D step of the main model on all threads: 60 % of the bandwidth at the bytes of the scheme", fine and fine["share"],
        fine and f"{percent(fine['share'])} ({shape(fine)} cells, {fine['threads']} threads)", lambda x: x >= 0.6)
    gains = [(gain, f"{gain:.2f} x at {many['cells']} cells on {many['threads']} threads") for gain, many in
             (speed_up(r, name) for name in ("2-D slice, fine", "2-D slice")) if gain]
    add("2-D on two threads: 1.7 x, judged by the finer slice", gains[0][0] if len(gains) > 1 else None,
        ", ".join(words for _, words in gains), lambda x: x >= 1.7)
    spread, text = spread_of_cost(r)
    add("cost per cell the same within 10 % over two decades of cells", spread, text, lambda x: x <= 0.1)
    for what, goal, key, most in (("three sessions, 12 weeks", "three sessions, 12 weeks: at most 1 200 steps", "steps", 1200),
                                  ("four sessions, 24 weeks", "axisymmetric, four sessions, 24 weeks, one thread: about 1 s", "cpu", 1.3)):
        x = next((x for x in good(r.get("growth", {}).get("goals")) if x["what"] == what), {})
        add(goal, x.get(key), short(x.get(key), 4) + (" s, with results and report" if key == "cpu" else ""), lambda v, m=most: v <= m)
    study = next((x for x in good(r.get("growth", {}).get("goals")) if x["what"] == "study"), None)
    seconds = study and 1000 * study["wall"] / study["runs"] * study["cores"] / 2
    add("a study of 1 000 such runs on 2 cores: at most 10 min", seconds,
        study and f"{short(seconds / 60, 3)} min, from {study['runs']} runs in {short(study['wall'], 3)} s on {study['cores']} cores",
        lambda x: x <= 600)
    return "## What was aimed at\n" + table(("goal", "measured", "reached"), [(a, b or "not measured", c) for a, b, c in rows])


NEXT = """- **The next factor** would be fewer operations per cell, not fewer bytes, wherever the tables below say that arithmetic sets the
  pace.  Lines are eliminated from both ends at once, so that half as much waits for itself, and what goes from cell to cell
  stays in registers; where a field is lost at one rate all along a line the factors of the line are kept; a plane is swept
  along x and y while it is near; what reactions need is asked for ahead.  What is left: the reactions, most of whose time are
  divisions (every saturation is one); the end of a step; {rows}; and blocks at rest: late in healing most fields
  rest in most places and could be passed over, if what wakes them is seen in time.
"""


def short_rows(r):
    """What short rows cost, from the growth with cells."""
    cases = good(r.get("growth", {}).get("cells"))
    text = "short rows, for the pieces they do not fill and the work that each row brings"
    if len(cases) < 2:
        return text
    cost = {c["shape"][0]: c["cpu_seconds"] / c["cells"] for c in cases}
    few, best = min(cost), min(cost, key=cost.get)
    return text + f" (a cell in a row of {few} costs {cost[few] / cost[best]:.1f} x one in a row of {best})"


def where(r):
    lines = ["## Where the time goes"]
    for name in ("main model, 3-D", "main model, axisymmetric"):
        case = next((c for c in good(r.get("kernels")) if c["case"] == name and c.get("rows")), None)
        if not case:
            continue
        top = [x for x in case["rows"] if "others below" not in x["kernel"]][:5]
        lines.append(f"- **{name[:1].upper()}{name[1:]}** ({shape(case)} cells, one thread): "
                     + ", ".join(f"{x['kernel']} {percent(x['share'])}" for x in top)
                     + f".  A step moves the bytes of the scheme at {percent(case['share'])} of the bandwidth of its working set, so "
                     + ("memory sets the pace." if case["share"] > 0.6 else "arithmetic and the order of the loops set the pace, "
                        "not memory."))
    for name in ("2-D slice", "2-D slice, fine", "3-D", "3-D, fine"):
        gain, many = speed_up(r, name)
        if gain:
            lines.append(f"- **{many['threads']} threads**, {name} ({many['cells']} cells): {gain:.2f} x the speed of one.")
    quick = next((x for x in good(r.get("scenarios")) if x["scenario"] == "quickstart"), None)
    if quick:
        lines.append(f"- **The first scenario** (`configs/quickstart.yml`) takes {quick['wall']:.3g} s by the clock, {quick['cpu']:.3g} s "
                     f"of processor time, for {short(quick.get('steps'), 5)} steps, results and report.")
    return "\n".join(lines) + "\n" + NEXT.format(rows=short_rows(r))


def text(r):
    head = ("# How fast it is, and where the time goes\n\nWritten by `python3 validation/bench/bench.py`"
            + (" --quick" if r["quick"] else "") + "; all numbers are from one run of it.  `instructions.json` holds what the kernels "
            "execute, as a guard against slow decay (`tests/validation/test_long_instructions.py`).\n")
    if r.get("failures"):
        head += "\n**Not complete: " + "; ".join(r["failures"]) + "**\n"
    parts = [head, machine(r), goals(r), where(r), limits(r), kernels(r), scaling(r), work_precision(r), linear(r), scenarios(r),
             growth(r), HOW]
    return "\n".join(parts)
