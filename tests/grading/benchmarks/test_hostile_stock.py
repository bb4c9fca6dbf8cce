"""The hostile corpus under ``mlcourse grade`` and, in the same run, under stock nbgrader.

nbgrader is shown one hostile submission at a time, with one honest student graded before and another to be
graded after. It runs under bubblewrap, in a course and a home that are thrown away, without network, so that
nothing is harmed; what a machine would not survive (marked "stock: never") it is not shown.
"""

import json
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import mlcourse

LESSON = "02-two-layer-network"
SECONDS = 120
MEMORY = 4 * 2**20
"""Kilobytes of each of nbgrader's processes."""
BEFORE, HOSTILE, AFTER = "a-before", "m-hostile", "z-after"
MARK = "HOSTILE-MARK"

pytestmark = [pytest.mark.benchmark, pytest.mark.sandbox, pytest.mark.timeout(7200)]


def thrown_away(root, command):
    """A command in a sandbox where all that can be changed is the course and an empty home."""
    system = ["/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/etc/alternatives", "/etc/ld.so.cache"]
    shown = [*system, sys.base_prefix, sys.prefix, str(Path(mlcourse.__file__).parent)]
    box = ["bwrap", "--unshare-all", "--die-with-parent", "--new-session", "--uid", "1000", "--gid", "1000"]
    box += ["--tmpfs", "/tmp", "--tmpfs", "/home"]  # first: what is shown may lie below them
    for place in dict.fromkeys(place for place in shown if os.path.exists(place)):
        box += ["--ro-bind", place, place]
    box += ["--proc", "/proc", "--dev", "/dev", "--clearenv"]
    setting = {"PATH": "/usr/bin:/bin", "HOME": "/home", "USER": "learner", "LANG": "C.UTF-8"}
    for name, value in setting.items():
        box += ["--setenv", name, value]
    box += ["--bind", str(root), "/course", "--chdir", "/course", "--", *command]
    return ["sh", "-c", f'ulimit -v {MEMORY}; exec "$@"', "sh", *box]


def run_stock(root, command):
    """Whether nbgrader came to an end in time."""
    try:
        subprocess.run(
            thrown_away(root, command),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
        )
    except subprocess.TimeoutExpired:
        return False
    return True


def files(root):
    """What nobody but the instructor should have changed, with its content."""
    folders = [root / name for name in ("lessons", "solutions", "submitted")]
    found = {path: path.read_bytes() for folder in folders for path in folder.rglob("*") if path.is_file()}
    return found | {path: None for path in root.iterdir() if not path.name.startswith("gradebook.db")}


@pytest.fixture(scope="module")
def before(right, make_stock, hand_in, stock, contents, tmp_path_factory):
    """A course under stock nbgrader in which one honest student has been graded."""
    root = tmp_path_factory.mktemp("stock")
    instructors = json.loads(right)
    for cell in instructors["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("solution"):
            head, colon, body = cell["source"].partition("):\n")
            cell["source"] = f"{head}{colon}    ### BEGIN SOLUTION\n{body}\n    ### END SOLUTION"
    make_stock(root, instructors)
    hand_in(root, {BEFORE: right})
    assert run_stock(root, stock)
    assert contents(root)[BEFORE, "whole"] == (5, 5, False), "nbgrader grades honest work in its sandbox"
    return root


@pytest.fixture(scope="module")
def under_stock(before, right_otherwise, hand_in, stock, contents, tmp_path_factory):
    """``under_stock(content)``: points of a hostile submission, and what else happened."""

    def grade(content):
        root = tmp_path_factory.mktemp("hostile") / "course"
        shutil.copytree(before, root)
        hand_in(root, {HOSTILE: content, AFTER: right_otherwise})
        expected, there = contents(root), files(root)
        in_time = run_stock(root, stock)
        happened = [] if in_time else [f"not done after {SECONDS} s"]
        try:
            found = contents(root)
        except Exception as error:
            return 0, [*happened, f"gradebook destroyed: {type(error).__name__}"]
        if any(found.get(key) != value for key, value in expected.items()):
            happened.append("gradebook changed")
        whole = found.get((AFTER, "whole"))
        if whole is None or not (root / "autograded" / AFTER).is_dir():
            happened.append("class stopped")
        elif whole[0] != 5:
            happened.append(f"the next student has {whole[0]:g} of 5")
        if {path: text for path, text in files(root).items() if path in there} != there:
            happened.append("course's files changed")
        graded = root / "autograded" / HOSTILE / LESSON / f"{LESSON}.ipynb"
        if not graded.is_file():
            happened.append("not graded")
        elif "SECRET-FOUND" in outputs(graded):
            happened.append("saw what is not for learners")
        own = root / "autograded" / HOSTILE
        if any(not path.is_relative_to(own) for path in root.rglob(f"*{MARK}*")):
            happened.append("files left in the course")
        points = found.get((HOSTILE, "whole"), (0,))[0]
        shutil.rmtree(root, ignore_errors=True)
        return points, happened

    return grade


def outputs(path):
    """What a graded notebook's cells have said, joined."""
    try:
        cells = json.loads(path.read_text())["cells"]
    except (ValueError, KeyError, UnicodeError):
        return ""
    return "".join(json.dumps(cell.get("outputs", [])) for cell in cells)


@pytest.fixture(scope="module")
def hostile(corpus):
    """The corpus, with a port that nobody listens at."""
    return {name: content.replace(b"HOSTILE_PORT", b"9") for name, (content, _) in corpus.items()}


@pytest.fixture(scope="module")
def under_ours(hostile, right, right_otherwise, make_course, ours, tmp_path_factory):
    """The report of ``mlcourse grade`` on the whole corpus, with an honest student before and after."""
    folder = tmp_path_factory.mktemp("ours")
    course = make_course(folder / "course", {BEFORE: right} | hostile | {AFTER: right_otherwise})
    command = [*ours, "--jobs", "2", "--json", "report.json"]
    subprocess.run(command, cwd=course.root, check=True, capture_output=True)
    return json.loads((course.root / "report.json").read_text())["students"]


def test_the_corpus_here_and_under_stock_nbgrader(corpus, hostile, under_ours, under_stock, show):
    shown = [name for name, (_, may_be_shown) in corpus.items() if may_be_shown]
    with ThreadPoolExecutor(2) as pool:
        theirs = dict(zip(shown, pool.map(under_stock, map(hostile.get, shown)), strict=True))
    rows = [("submission", "mlcourse grade", "", "nbgrader", "")]
    for name in hostile:
        own = under_ours[name]
        points, happened = theirs.get(name, ("", ["not shown: the machine would not survive it"]))
        rows.append((name, own["score"], own["status"], points, ", ".join(happened)))
    show("Points (of 5) of submissions that deserve none", rows)

    own_points = [under_ours[name]["score"] for name in hostile]
    their_points = [points for points, _ in theirs.values()]
    rows = [("", "mlcourse grade", "nbgrader"), ("submissions", len(own_points), len(their_points))]
    rows.append(("undeserved points", sum(own_points), sum(their_points)))
    rows.append(("submissions that got some", *(sum(map(bool, got)) for got in (own_points, their_points))))
    for event in sorted({event for _, happened in theirs.values() for event in happened}):
        rows.append((event, "", sum(event in happened for _, happened in theirs.values())))
    show("Together", rows)
    assert sum(own_points) == 0
    assert under_ours[BEFORE]["score"] == under_ours[AFTER]["score"] == 5
