"""Helpers of the style tests: which files there are, and a small, tolerant reader of C."""

import os
import re
import sys

SOURCE = os.environ.get("CX_SOURCE", os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
BUILD = os.environ.get("CX_BUILD", os.path.join(SOURCE, "build"))
ROOMS = "base config space wound solve watch run classroom study report app".split()
SKIPPED = 77


def files(*folders, endings=(".c", ".h")):
    """Paths below the project's folders, relative and sorted."""
    found = []
    for folder in folders:
        for where, below, names in os.walk(os.path.join(SOURCE, folder)):
            below.sort()
            found += [os.path.relpath(os.path.join(where, n), SOURCE) for n in names if n.endswith(endings)]
    return sorted(found)


def text(path):
    with open(os.path.join(SOURCE, path), encoding="utf-8") as file:
        return file.read()


TOKEN = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)


def blank(match):
    """The same number of lines, and an empty literal where a literal was."""
    word = match.group(0)
    return word[0] + word[0] if word[0] in "\"'" else "\n" * word.count("\n") or " "


def without_comments(code):
    return TOKEN.sub(blank, code)


def without_directives(code):
    """Blanks #define and its kind together with continued lines."""
    return re.sub(r"^[ \t]*#(?:[^\n]*\\\n)*[^\n]*", lambda m: "\n" * m.group(0).count("\n"), code, flags=re.M)


def comment_lines(code):
    """Numbers of the lines that carry a comment."""
    lines = set()
    for match in TOKEN.finditer(code):
        if match.group(0)[0] == "/":
            first = code.count("\n", 0, match.start())
            lines.update(range(first, first + match.group(0).count("\n") + 1))
    return lines


def arguments(inside):
    """How many arguments a list names; commas within brackets do not count."""
    if inside.strip() in ("", "void"):
        return 0
    depth, count = 0, 1
    for letter in inside:
        depth += letter in "([{"
        depth -= letter in ")]}"
        count += letter == "," and depth == 0
    return count


HEADER = re.compile(r"([A-Za-z_]\w*)\s*\((.*)\)\s*$", re.S)
NOT_FUNCTIONS = {"if", "for", "while", "switch", "_Pragma", "__attribute__"}


class Function:
    def __init__(self, name, line, inside):
        self.name, self.line, self.arguments = name, line, arguments(inside)
        self.lines, self.nesting, self.body = 0, 0, ""


def header_of(head):
    """(name, argument list) if `head`, the text before a brace at file level, starts a function."""
    head = re.sub(r"__attribute__\s*\(\(.*?\)\)", " ", head, flags=re.S).strip()
    if not head.endswith(")") or "=" in head.split("(")[0]:
        return None
    depth = 0
    for at in range(len(head) - 1, -1, -1):
        depth += (head[at] == ")") - (head[at] == "(")
        if depth == 0:
            break
    name = re.search(r"([A-Za-z_]\w*)\s*$", head[:at])
    if not name or name.group(1) in NOT_FUNCTIONS:
        return None
    return name.group(1), head[at + 1 : -1]


def opens_control(code, at):
    """Does the brace at `at` belong to if, else, for, while, do or switch?"""
    before = code[:at].rstrip()
    if re.search(r"\b(else|do)$", before):
        return True
    if not before.endswith(")"):
        return False
    depth = 0
    for start in range(len(before) - 1, -1, -1):
        depth += (before[start] == ")") - (before[start] == "(")
        if depth == 0:
            return bool(re.search(r"\b(if|for|while|switch)\s*$", before[:start]))
    return False


def functions(code):
    """All functions that a file defines, with lengths, arguments and nesting of braces."""
    code = without_directives(without_comments(code))
    found, stack, current, start = [], [], None, 0
    for at, letter in enumerate(code):
        if letter == "{":
            if not stack:
                head = code[start:at]
                header = header_of(head)
                line = code.count("\n", 0, start + len(head) - len(head.lstrip())) + 1
                current = Function(header[0], line, header[1]) if header else None
                begin = at
            stack.append(bool(current) and opens_control(code, at))
            if current:
                current.nesting = max(current.nesting, sum(stack))
        elif letter == "}" and stack:
            stack.pop()
            if not stack:
                if current:
                    current.lines = code.count("\n", 0, at) + 2 - current.line
                    current.body = code[begin : at + 1]
                    found.append(current)
                start = at + 1
        elif letter == ";" and not stack:
            start = at + 1
    return found


def finish(findings, done):
    """Prints what was found and leaves with 1, or says what was checked and leaves with 0."""
    for finding in findings:
        print(finding)
    print(f"{len(findings)} findings; {done}")
    sys.exit(1 if findings else 0)


def skip(why):
    print(f"skipped: {why}")
    sys.exit(SKIPPED)
