"""A class graded by ``mlcourse grade`` and by stock nbgrader; then one five times as large.

The promise is a ratio: a class of 60 takes stock nbgrader at least 4.85 times as long, with two jobs on two
cores that do nothing else. Take the median of three. Processor time, of all processes together, says where
seconds are lost when the two cores are not alone. Of nbgrader's time nothing is fixed; of ours the start of
two workers is, some six seconds, so that a class of 20 (MLCOURSE_BENCHMARK_CLASS) shows less.
"""

import json
import os
import resource
import subprocess
import threading
import time
from copy import deepcopy
from pathlib import Path

import psutil
import pytest
from submissions import VARIANTS, source_of

from mlcourse import exercises

REPOSITORY = Path(__file__).resolve().parents[3]
LESSON = "02-two-layer-network"
CLASS = int(os.environ.get("MLCOURSE_BENCHMARK_CLASS", "60"))
LARGER = 5
JOBS = 2
MEGABYTE = 2**20

EXERCISES = (
    "sigmoid",
    "forward-propagation",
    "binary-cross-entropy",
    "backward-propagation",
    "update-parameters",
)
MISTAKES = (
    ("sigmoid", "Z >= 0, 1 / (1 + shrunk)", "Z >= 0, shrunk / (1 + shrunk)"),
    ("forward-propagation", "np.maximum(0, Z1)", "Z1"),
    ("binary-cross-entropy", "np.mean", "np.sum"),
    ("backward-propagation", ' * (cache["Z1"] > 0)', ""),
    ("backward-propagation", "np.sum(dZ1, axis=1, keepdims=True) / m", "np.sum(dZ1, axis=1, keepdims=True)"),
    ("update-parameters", "W1 - learning_rate", "W1 + learning_rate"),
)
"""Exercise, part of the solution, and what stands there instead."""
SLOW = """import time

time.sleep(1)
_unslept = forward_propagation


def forward_propagation(*arguments):
    time.sleep(0.02)
    sum(number * number for number in range(100_000))
    return _unslept(*arguments)"""

pytestmark = [pytest.mark.benchmark, pytest.mark.sandbox, pytest.mark.timeout(3600)]


def read(edition):
    return json.loads((REPOSITORY / edition / LESSON / f"{LESSON}.ipynb").read_text())


def text(cell):
    return "".join(cell["source"])


def variants(kind, exercise):
    return [source_of(path) for path in sorted((VARIANTS / kind / exercise).glob("*.py"))]


def in_turn(items, number):
    return items[number % len(items)]


def answers(number, solutions):
    """Sources by exercise of the student with this number: six kinds in turn, each in many variants."""
    kind, number = number % 6, number // 6
    if kind == 0:
        return solutions
    if kind == 1:
        return {name: in_turn(variants("right", name), number) for name in EXERCISES}
    if kind == 2:
        name, part, instead = in_turn(MISTAKES, number)
        assert part in solutions[name]
        return solutions | {name: solutions[name].replace(part, instead)}
    if kind == 3:
        name = in_turn(EXERCISES, number)
        return solutions | {name: in_turn(variants("wrong", name), number)}
    if kind == 4:
        return {} if number % 2 else {name: solutions[name] for name in EXERCISES[:3]}
    name = "forward-propagation"
    return solutions | {name: f"{solutions[name]}\n\n\n{SLOW}"}


def submissions(count):
    """Notebooks of a class, as bytes by student."""
    release = read("lessons")
    solutions = {
        cell["id"].removesuffix("-solution"): text(cell)
        for cell in read("solutions")["cells"]
        if cell["metadata"].get("nbgrader", {}).get("solution")
    }
    found = {}
    for number in range(count):
        notebook, filled = deepcopy(release), answers(number, solutions)
        for cell in notebook["cells"]:
            about = cell["metadata"].get("nbgrader", {})
            name = about.get("grade_id", "").removesuffix("-solution")
            if about.get("solution") and name in filled:
                cell["source"] = filled[name]
        found[f"student-{number:03}"] = json.dumps(notebook).encode()
    return found


def resident(process):
    """Bytes of memory of a process; shared pages count in each that shares them."""
    try:
        return process.memory_info().rss
    except psutil.Error:
        return 0


def timed(command, root):
    """Run a command: seconds, those of the processor, and at their peaks megabytes, alone and together."""
    started, used = time.monotonic(), processor()
    with (root / "log.txt").open("w") as log:
        run = subprocess.Popen(command, cwd=root, stdout=log, stderr=subprocess.STDOUT)
        alone = together = 0
        ended = threading.Event()

        def watch():
            nonlocal alone, together
            top = psutil.Process(run.pid)
            while not ended.wait(0.2):
                try:
                    below = top.children(recursive=True)
                except psutil.Error:
                    continue
                own = resident(top)
                alone, together = max(alone, own), max(together, own + sum(map(resident, below)))

        watcher = threading.Thread(target=watch)
        watcher.start()
        status = run.wait()
        seconds = time.monotonic() - started
        ended.set()
        watcher.join()
    assert status == 0, (root / "log.txt").read_text()[-3000:]
    return seconds, processor() - used, alone / MEGABYTE, together / MEGABYTE


def processor():
    """Processor seconds of all that was started from here and has ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@pytest.fixture(scope="module")
def graded(make_ours, ours, tmp_path_factory):
    """The class graded here: folder, and what `timed` found."""
    root = tmp_path_factory.mktemp("speed") / "ours"
    make_ours(root, submissions(CLASS))
    return root, *timed([*ours, "--jobs", str(JOBS)], root)


def test_a_class_beside_stock_nbgrader(graded, make_stock, hand_in, stock, scores, show, tmp_path):
    root, seconds, used, _, _ = graded
    make_stock(tmp_path, read("solutions"))
    hand_in(tmp_path, submissions(CLASS))
    stock_seconds, stock_used, _, _ = timed(stock, tmp_path)
    rows = [("", "seconds", "for each", "times faster", "processor seconds for each")]
    for name, time_taken, took in (
        ("nbgrader autograde", stock_seconds, stock_used),
        (f"mlcourse grade --jobs {JOBS}", seconds, used),
    ):
        rows.append((name, time_taken, time_taken / CLASS, stock_seconds / time_taken, took / CLASS))
    show(f"{CLASS} submissions of {LESSON}, {os.cpu_count()} cores", rows)
    found = scores(root)
    assert found == scores(tmp_path)
    assert len(found) == CLASS
    most = sum(exercise.points for exercise in exercises.of_lesson(LESSON))
    assert min(found.values()) < max(found.values()) == most, "the class is mixed"


def test_five_times_the_class(graded, make_ours, ours, scores, show, tmp_path):
    root, *figures = graded
    count = LARGER * CLASS
    make_ours(tmp_path / "larger", submissions(count))
    larger = timed([*ours, "--jobs", str(JOBS)], tmp_path / "larger")
    rows = [("submissions", "seconds", "for each", "peak MB, all processes", "peak MB, the first one")]
    for size, (seconds, _, alone, together) in ((CLASS, figures), (count, larger)):
        rows.append((size, seconds, seconds / size, round(together), round(alone)))
    show(f"mlcourse grade --jobs {JOBS}, {LESSON}, {os.cpu_count()} cores", rows)
    first = scores(root)
    found = scores(tmp_path / "larger")
    assert len(found) == count
    assert {name: found[name] for name in first} == first
