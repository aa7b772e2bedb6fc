"""The house numbers: short functions, short files, short lines, few arguments, little nesting, some comments."""

import statistics

import house

MEDIAN, NINTH_DECILE, LONGEST = 12, 40, 80
FILE_LINES, ARGUMENTS, NESTING = 400, 5, 3
CODE_COLUMNS, COMMENT_COLUMNS, ROW_COLUMNS = 100, 124, 250
FEW, MANY = 0.08, 0.60
# Signatures that others give us: main, and the calls of an HDF5 storage driver.
GIVEN = {"main", "driver_read", "driver_write"}


def limit_of(bare, by_hand, commented):
    """How many columns a line may have."""
    if by_hand or bare.startswith(("X(", "G(")):
        return ROW_COLUMNS
    return COMMENT_COLUMNS if commented else CODE_COLUMNS


def lines_of(path, code):
    """Columns and length.  Rows of tables are data: they may be wide, and do not count as lines of the file."""
    comments, by_hand, rows = house.comment_lines(code), False, 0
    for number, line in enumerate(code.split("\n")):
        bare = line.strip()
        by_hand = "clang-format off" in bare or (by_hand and "clang-format on" not in bare)
        rows += bare.startswith(("X(", "G("))
        limit = limit_of(bare, by_hand, number in comments)
        if len(line) > limit:
            yield f"{path}:{number + 1}: {len(line)} columns, at most {limit}"
    count = code.count("\n") - rows
    if count > FILE_LINES:
        yield f"{path}: {count} lines besides rows of tables, at most {FILE_LINES}"


def comments_of(paths):
    """By folder: a header tells what its .c file need not repeat.  Rows of tables carry their own text."""
    shares = {}
    for path in paths:
        code = house.text(path)
        lines = [line for line in code.split("\n") if line.strip() and not line.strip().startswith(("X(", "G("))]
        share = shares.setdefault(path.rsplit("/", 1)[0], [0, 0])
        share[0] += len(house.comment_lines(code))
        share[1] += len(lines)
    for folder, (comments, lines) in sorted(shares.items()):
        if not FEW <= comments / lines <= MANY:
            yield f"{folder}: {comments / lines:.2f} of the lines carry a comment, {FEW} to {MANY} should"


def functions_of(path, found):
    for f in found:
        place = f"{path}:{f.line}: {f.name}()"
        if f.lines > LONGEST:
            yield f"{place} has {f.lines} lines, at most {LONGEST}"
        if f.arguments > ARGUMENTS and f.name not in GIVEN:
            yield f"{place} takes {f.arguments} arguments, at most {ARGUMENTS}"
        if f.nesting > NESTING:
            yield f"{place} nests {f.nesting} deep, at most {NESTING}"


def main():
    findings, lengths = [], []
    for path in house.files("engine", "models", "tests", "validation"):
        code = house.text(path)
        findings += lines_of(path, code)
        if path.startswith(("engine/", "models/")):
            found = house.functions(code)
            lengths += [f.lines for f in found]
            findings += functions_of(path, found)
    findings += comments_of(house.files("engine", "models"))
    median, decile = statistics.median(lengths), statistics.quantiles(lengths, n=10)[8]
    if median > MEDIAN:
        findings.append(f"the median function has {median} lines, at most {MEDIAN}")
    if decile > NINTH_DECILE:
        findings.append(f"a tenth of the functions has more than {decile} lines, at most {NINTH_DECILE}")
    house.finish(findings, f"{len(lengths)} functions, median {median:g}, ninth decile {decile:g}, longest {max(lengths)}")


main()
