"""Where a step spends its time, by function, and how near each kernel comes to what the machine can do.

Names are matched loosely: a function that is not known here is listed under its own name, so a change of the engine's insides
makes the table less explained, not wrong.
"""

import bisect
import re
import subprocess

# What the loops have to move, in values per cell and field of that kind and call (u read, f read and written, ...); calls
# in one step; which fields.  State values (double) count as two stage values in mixed precision.
KERNELS = [
    (r"^(rates_range|first_stage|second_stage)", "reaction rates", "fields", 2, 4),
    (r"^movement_range", "diffusivities and taxis potentials", "coefficients", 2, 1),
    (r"^diffuse_row_varying", "diffusion rows, D by cell", "varying", 2, 4),
    (r"^diffuse_row", "diffusion rows", "constant", 2, 3),
    (r"^taxis_row", "taxis rows", "climbing", 2, 4),
    (r"^(load_|store_|turn|clear_lanes|list_rows)", "x sweeps: turning rows into lanes and back", "x", 2, 3),
    (r"^(eliminate|solve_|sweep_|fill_|lines_|tile_|strip_|planes_|whole_piece|copy_lanes|add_line|line_in_|deep_line|factorise"
     r"|find_factors|all_alike|kind_of|take_field|cx_system_side)",
     "sweeps: tridiagonal solves", "xyz", 2, 3),
    (r"^(settle|cx_settle|weigh_|add_eight|keep)", "settle: new state, error, old state kept", "fields", 1, None),
    (r"^(finish_block|cx_stage)", "state of the second stage", "fields", 1, None),
    (r"^(stage$|rates_block|rates_pass|transport_\w+|pad|couple|job_at|coefficient_|even_loss|ask_for)", "rows and blocks: copies, order", "", 0, None),
]


def symbols(program):
    """(addresses, names) of the functions of a program, ascending."""
    text = subprocess.run(["nm", "-n", "--defined-only", str(program)], capture_output=True, text=True, check=True).stdout
    found = [line.split() for line in text.split("\n") if re.match(r"^[0-9a-f]+ [tTwWi] ", line)]
    return [int(f[0], 16) for f in found], [f[2] for f in found]


def counted(profile, program):
    """(samples by function, clones of a function together; by name the range of addresses that was seen most)."""
    addresses, names = symbols(program)
    counts, seen = {}, {}
    for line in profile.read_text().split("\n"):
        words = line.split()
        if not words:
            continue
        if len(words) == 1:
            at = bisect.bisect_right(addresses, int(words[0], 16)) - 1
            name = names[at].split(".")[0]
            seen.setdefault(name, {})[at] = seen.get(name, {}).get(at, 0) + 1
        else:
            library = words[0].rsplit("/", 1)[-1].split(".")[0]
            name = {"libgomp": "waiting for other threads", "libc": "copying and clearing (libc)"}.get(library, library)
        counts[name] = counts.get(name, 0) + 1
    most = {name: max(places, key=places.get) for name, places in seen.items()}
    return counts, {name: (addresses[at], addresses[min(at + 1, len(addresses) - 1)]) for name, at in most.items()}


def touched(case, which):
    """How many field arrays a kernel of this kind goes through in one call."""
    moving, varying = case["moving"], case["varying"]
    axes = [n > 1 for n in case["shape"]]
    return {"fields": case["fields"], "coefficients": varying + case["climbing"], "varying": varying,
            "constant": moving - varying, "climbing": case["climbing"], "x": moving * axes[0],
            "yz": moving * (axes[1] + axes[2]), "xyz": moving * sum(axes), "": 0}[which]


# Bytes per cell and field that are not plain stage values: (mixed, double).
SPECIAL = {"settle: new state, error, old state kept": (16 + 16 + 8, 16 + 24 + 16), "state of the second stage": (12, 24)}


def table(case, profile, program):
    """Rows {kernel, share, ns, gups, gbs}: share of the samples; time per cell and field; billions of updates per second."""
    counts, _ = counted(profile, program)
    total = sum(counts.values())
    if total == 0:
        return []
    rows, double = {}, case["precision"] == "double"
    for name, n in counts.items():
        match = next((k for k in KERNELS if re.match(k[0], name)), None)
        label = match[1] if match else name
        row = rows.setdefault(label, {"kernel": label, "samples": 0, "match": match})
        row["samples"] += n
    found = []
    for row in sorted(rows.values(), key=lambda r: -r["samples"]):
        match, share = row.pop("match"), row["samples"] / total
        row.update(share=share, known=match is not None)
        visits = case["cells"] * touched(case, match[2]) * match[3] if match else 0
        if visits and row["samples"] >= 20:
            seconds = share * case["cpu_seconds"]   # of all threads
            size = SPECIAL[match[1]][double] if match[4] is None else match[4] * (8 if double else 4)
            row.update(ns=1e9 * seconds / visits, gups=1e-9 * visits / seconds * case["threads"],
                       gbs=1e-9 * visits * size / seconds * case["threads"])
        found.append(row)
    small = [r for r in found if r["share"] < 0.01 and "gups" not in r]
    found = [r for r in found if r not in small]
    if small:
        found.append({"kernel": f"{len(small)} others below 1 %", "known": True, "samples": sum(r["samples"] for r in small),
                      "share": sum(r["share"] for r in small)})
    return found


def step_bytes(case):
    """Bytes that the scheme must move in one step if each pass goes through its arrays once and nothing stays in a cache
    from one pass to the next.  Stage 1 reads what the rates see, writes increments and loss rates (3 values); the sweeps along
    x and y read and write the increments and read the loss rates (3), the one along z as well, and the end of the stage after
    it reads and writes what the rates see (5).  Stage 2 reads the first increments and the loss rates as well and writes its
    own (4); sweeps (3); the last one reads its increments, the loss rates and k1, reads and writes the state, and writes what
    the rates see and the old state in k1 and k2 (6 and two states).  Fields that do not move need no sweeps: each stage is one
    pass (4; 6 and two states).  (Where all cells lose a field at the same rate the sweeps need not read it: there the count is
    too high by 4 values.)"""
    s = 8 if case["precision"] == "double" else 4
    moving, still = case["moving"], case["fields"] - case["moving"]
    per_cell = (moving * (24 * s + 16) + still * (10 * s + 16) + 2 * s * case["inputs"]
                + 4 * s * (case["varying"] + case["climbing"]))
    return per_cell * case["cells"]


ARITHMETIC = re.compile(r"\tv(add|sub|mul|div|max|min|and|blendv|cmp\w*|fm\w+)p[sd]\s+.*%([yz])mm")


def machine_operations(profile, program, names):
    """(plain operations, divisions) per cell of a kernel, the mean of those of `names` that were sampled, counted in their vector
    code: an instruction works on one cell per lane and occurs once per round of the loop.  None if there is no such code."""
    _, places = counted(profile, program)
    found = []
    for start, stop in (places[name] for name in names if name in places):
        try:
            text = subprocess.run(["objdump", "-d", "--no-show-raw-insn", f"--start-address={start}", f"--stop-address={stop}",
                                   str(program)], capture_output=True, text=True, check=True).stdout
        except (OSError, subprocess.SubprocessError):
            return None
        all_ = [(m.group(1), m.group(2)) for m in ARITHMETIC.finditer(text)]
        widest = max((width for _, width in all_), default="")
        kinds = [kind for kind, width in all_ if width == widest]
        if kinds:
            found.append((sum(k != "div" for k in kinds), kinds.count("div")))
    return tuple(round(sum(x) / len(found)) for x in zip(*found)) if found else None
