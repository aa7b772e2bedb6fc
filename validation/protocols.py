"""Runs the published protocols of configs/ and writes validation/protocols.md: measured beside simulated.

    python3 validation/protocols.py [PROGRAM]        PROGRAM: build/cicatrix unless given; takes about ten minutes

Each protocol is run three times: as it stands, with a tenth of the tolerance, and with cells of half the width.  The
largest change that these make to an outcome is its numerical error.  Nothing here adjusts a parameter.
"""

import json
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
PROTOCOLS = ["lotfi_2013", "eldomyati_2015_acne", "eldomyati_2015_photoaged", "kenkel_2021", "kalluri_2011_rat",
             "schwarz_laaff_2011"]
# Outcomes that served to choose parameters (validation/README.md, "Roles of the data"); all others are predictions.
FITTED = {("lotfi_2013", "collagen_papillary_gain"), ("lotfi_2013", "epidermal_thickness_change"),
          ("eldomyati_2015_photoaged", "tropoelastin_change"), ("eldomyati_2015_photoaged", "elastin_total_change"),
          ("kalluri_2011_rat", "tewl_recovery_hours"), ("kalluri_2011_rat", "channel_closure_hours")}
SECOND_HAND = {"schwarz_laaff_2011"}


def run(program, config, folder, *changes):
    words = [program, "run", str(config), "-o", str(folder), "-q", "--progress=none", "--set", "output.at=[0 day]"]
    for change in changes:
        words += ["--set", change]
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL)
    return json.loads((folder / "outcomes.json").read_text())


def cell_of(program, config):
    """Half of the lateral cell of a scenario, as an override."""
    text = pathlib.Path(config).read_text()
    words = text[text.index("cell:") + 5:].replace(",", " ").replace("}", " ").split()
    return f"domain.cell={float(words[0]) / 2} {words[1]}"


def number(x, unit):
    return "never" if x is None else f"{x:.3g} {unit}".replace(" percent", " %")


def measured(row):
    if row["low"] is not None and row["high"] is not None:
        return f"{row['low']:g} to {row['high']:g} {row['unit']}".replace(" percent", " %")
    if row["value"] is not None:
        return number(row["value"], row["unit"])
    return row["sign"]


def error(row):
    if row["value"] in (None, 0) or row["simulated"] is None:
        return ""
    return f"{100 * (row['simulated'] - row['value']) / row['value']:+.0f} %"


def rows_of(name, runs):
    base, *others = runs
    for i, row in enumerate(base["observed"]):
        changes = [abs(o["observed"][i]["simulated"] - row["simulated"]) for o in others
                   if row["simulated"] is not None and o["observed"][i]["simulated"] is not None]
        role = "fit" if (name, row["outcome"]) in FITTED else "plausibility" if name in SECOND_HAND else "prediction"
        verdict = {True: "met", False: "**missed**", None: "not decided"}[row["agrees"]]
        yield (f"| {name} | {row['label']} | {role} | {measured(row)} | {number(row['simulated'], row['unit'])} | "
               f"{error(row)} | {number(max(changes, default=None), row['unit'])} | {verdict} | {row['source']} |")


def main():
    program = sys.argv[1] if len(sys.argv) > 1 else str(HERE.parent / "build" / "cicatrix")
    lines = []
    with tempfile.TemporaryDirectory() as scratch:
        for name in PROTOCOLS:
            config, folder = HERE.parent / "configs" / f"{name}.yml", pathlib.Path(scratch) / name
            print(f"{name} ...", flush=True)
            runs = [run(program, config, folder / "as_it_stands"),
                    run(program, config, folder / "tight", "solver.tolerance=1e-3"),
                    run(program, config, folder / "fine", cell_of(program, config))]
            lines += rows_of(name, runs)
    (HERE / "protocols.md").write_text(HEAD + "\n".join(lines) + "\n")
    print("written: validation/protocols.md")


HEAD = """# Published protocols: measured beside simulated

Made by `python3 validation/protocols.py`. A fit shows that the model can say it; only a prediction is evidence. "met" needs
a measured window or a direction without a size; a size without a spread decides nothing when its direction is met.

| protocol | what was measured | role | measured | simulated | difference | numerical error | verdict | source |
|---|---|---|---|---|---|---|---|---|
"""

if __name__ == "__main__":
    main()
