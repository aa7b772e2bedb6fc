"""The name of the source that a program is built from: the commit where nothing was changed, with a digest of the files
where something was, the same for the same files wherever they lie."""

import os
import re
import shutil
import subprocess
import sys
import tempfile

SCRIPT = os.path.join(os.environ["CX_SOURCE"], "engine", "run", "commit.cmake")
GIT, CMAKE = shutil.which("git"), shutil.which("cmake")
FILES = {"engine/run/run.c": "int a;\n", "engine/model.h": "/* model */\n", "models/one/model.c": "int b;\n",
         "models/one/README.md": "Equations.\n", "CMakeLists.txt": "project(x)\n", "tests/test_x.c": "int c;\n"}
failures = []


def check(condition, text):
    if not condition:
        print(f"  test_commit.py:{sys._getframe(1).f_lineno}: {text}")
        failures.append(text)


class Tree:
    """A small source tree; `git` makes a repository of it with one commit."""

    def __init__(self, folder, git):
        self.folder = folder
        for name, text in FILES.items():
            self.write(name, text)
        if git:
            self.git("init", "-q")
            self.commit()

    def write(self, name, text):
        path = os.path.join(self.folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)

    def git(self, *words):
        environment = dict(os.environ, GIT_CONFIG_GLOBAL=os.devnull, GIT_CONFIG_SYSTEM=os.devnull)
        done = subprocess.run([GIT, "-C", self.folder, "-c", "user.name=x", "-c", "user.email=x@x", *words], check=True,
                              capture_output=True, text=True, env=environment)
        return done.stdout.strip()

    def commit(self):
        self.git("add", "-A")
        self.git("commit", "-qm", "x")

    def head(self):
        return self.git("rev-parse", "--short=12", "HEAD")

    def name(self, own=False):
        """What commit.cmake says of all .c, .h and CMakeLists.txt."""
        paths = [os.path.join(where, name) for where, _, names in os.walk(self.folder) for name in names
                 if name.endswith((".c", ".h", "Lists.txt")) and f"{os.sep}tests" not in where[len(self.folder):]]
        with tempfile.TemporaryDirectory() as made:
            with open(os.path.join(made, "list"), "w", encoding="utf-8") as file:
                file.write("\n".join(paths) + "\n")
            subprocess.run([CMAKE, f"-DOUT={made}/commit.h", f"-DLIST={made}/list", f"-DFROM={self.folder}", f"-DGIT={GIT}",
                            f"-DOWN={'ON' if own else 'OFF'}", "-P", SCRIPT], check=True)
            with open(os.path.join(made, "commit.h"), encoding="utf-8") as file:
                return re.search(r'#define CX_COMMIT "(.*)"', file.read())[1]


def the_name_follows_the_files(folder):
    tree = Tree(os.path.join(folder, "one"), git=True)
    clean = tree.name()
    check(clean == tree.head() and len(clean) == 12, f"of a clean tree: {clean}")
    tree.write("models/one/README.md", "Other words.\n")
    tree.write("tests/test_x.c", "int d;\n")
    check(tree.name() == clean, "a text for people, or a test, changed the name")
    own = tree.name(own=True)
    check(re.fullmatch(f"{clean}-dirty-[0-9a-f]{{12}}", own), f"with a model of one's own: {own}")
    tree.write("engine/run/run.c", "int a = 1;\n")
    first = tree.name()
    check(re.fullmatch(f"{clean}-dirty-[0-9a-f]{{12}}", first), f"of a changed tree: {first}")
    tree.write("engine/run/run.c", "int a = 2;\n")
    second = tree.name()
    check(second.startswith(clean) and second not in (first, clean), f"of another change: {second}")
    tree.write("engine/run/run.c", FILES["engine/run/run.c"])
    check(tree.name() == clean, "the change was taken back")
    tree.write("models/two/model.c", "int e;\n")
    check("-dirty-" in tree.name(), "a file that git does not know")
    tree.commit()
    check(tree.name() == tree.head() != clean, "after a commit")


def the_same_files_have_the_same_name(folder):
    names = [Tree(os.path.join(folder, where), git=False).name() for where in ("here", "there/deep")]
    check(names[0] == names[1] and re.fullmatch("unknown-[0-9a-f]{12}", names[0]), f"outside a repository: {names}")
    moved = Tree(os.path.join(folder, "moved"), git=False)
    moved.write("engine/model.h", "/* another model */\n")
    check(moved.name() not in names, "another header has the same name")


def main():
    if not GIT or not CMAKE:
        sys.exit(77)
    for test in (the_name_follows_the_files, the_same_files_have_the_same_name):
        before = len(failures)
        with tempfile.TemporaryDirectory(prefix="cicatrix-commit-") as folder:
            test(folder)
        print("FAIL" if len(failures) > before else "ok  ", test.__name__)
    sys.exit(1 if failures else 0)


main()
