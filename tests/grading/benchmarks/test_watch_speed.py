"""``mlcourse grade --watch``: from a submission's arrival to its published feedback; and ``kill -9`` of it.

MLCOURSE_BENCHMARK_ARRIVALS makes it fewer than 30.
"""

import getpass
import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from statistics import median

import psutil
import pytest

LESSON = "02-two-layer-network"
KILLS = 5
ARRIVALS = int(os.environ.get("MLCOURSE_BENCHMARK_ARRIVALS", "30"))
PATIENCE = 300.0

pytestmark = [pytest.mark.benchmark, pytest.mark.sandbox, pytest.mark.timeout(3600)]


class Watching:
    """A watch over a course in processes of its own."""

    def __init__(self, root, command):
        self.root, self.command = root, command
        self.start()

    def start(self):
        with (self.root / "log.txt").open("a") as log:
            self.run = subprocess.Popen(
                self.command, cwd=self.root, stdout=log, stderr=log, start_new_session=True
            )

    def kill(self):
        below = psutil.Process(self.run.pid).children(recursive=True)
        os.killpg(self.run.pid, signal.SIGKILL)
        self.run.wait()
        return psutil.wait_procs(below, timeout=20)[1]

    def wait_for(self, pattern):
        """Seconds until there is such a file."""
        begun = time.monotonic()
        while not list(self.root.glob(pattern)):
            assert time.monotonic() - begun < PATIENCE, (self.root / "log.txt").read_text()[-3000:]
            assert self.run.poll() is None, (self.root / "log.txt").read_text()[-3000:]
            time.sleep(0.02)
        return time.monotonic() - begun


@pytest.fixture
def watching(make_course, ours):
    """``watching(root)``: a course, and a watch over it that is ended with the test."""
    started = []

    def begin(root, exchange=None):
        course = make_course(root, {})
        if exchange:
            with (root / "nbgrader_config.py").open("a") as config:
                config.write(f"\nc.Exchange.root = {str(exchange)!r}\n")
        started.append(Watching(course.root, [*ours, "--watch"]))
        return started[-1]

    yield begin
    for each in started:
        if each.run.poll() is None:
            each.kill()


def learner(answered, number):
    """A submission like nobody else's."""
    answer = "def sigmoid(Z):\n    return 0.5 * (1 + np.tanh(0.5 * np.asarray(Z)))"
    return answered({"sigmoid": f"{answer}\n\n\nmine = {number}"})


def hand_in(root, student, content):
    folder = root / "submitted" / student / LESSON
    folder.mkdir(parents=True)
    (folder / f"{LESSON}.ipynb").write_bytes(content)


def summary(seconds):
    return len(seconds), round(median(seconds), 2), round(max(seconds), 2)


def test_from_arrival_to_published_feedback(watching, answered, tmp_path, show):
    watch, seconds = watching(tmp_path / "course"), []
    hand_in(watch.root, "first", learner(answered, -1))  # workers start with the first
    first = watch.wait_for(f"feedback/first/{LESSON}/*.html")
    for number in range(ARRIVALS):
        hand_in(watch.root, f"learner-{number}", learner(answered, number))
        seconds.append(watch.wait_for(f"feedback/learner-{number}/{LESSON}/*.html"))
    rows = [
        ("arrivals in a folder", "median s", "longest s"),
        summary(seconds),
        ("the first one", round(first, 2), ""),
    ]
    show(f"From arrival to published feedback, one after another, {os.cpu_count()} cores", rows)


def test_a_watch_that_is_killed_loses_nobody(watching, answered, tmp_path, show):
    watch = watching(tmp_path / "course")
    hand_in(watch.root, "first", learner(answered, -1))
    watch.wait_for(f"feedback/first/{LESSON}/*.html")
    for number in range(6):
        hand_in(watch.root, f"learner-{number}", learner(answered, number))
    watch.wait_for(f"autograded/learner-*/{LESSON}/*.ipynb")  # in the middle of them
    left = watch.kill()
    hand_in(watch.root, "meanwhile", learner(answered, 7))
    done = len(list(watch.root.glob("feedback/learner-*/*/*.html")))
    watch.start()
    everybody = [f"learner-{number}" for number in range(6)] + ["meanwhile"]
    seconds = [watch.wait_for(f"feedback/{name}/{LESSON}/*.html") for name in everybody]
    rows = [
        ("had feedback when killed", "processes left", "all have it s later"),
        (done, len(left), sum(seconds)),
    ]
    show("A watch killed with six submissions under way", rows)
    assert left == []
    report = [sys.executable, "-m", "mlcourse", "grade", LESSON, "--json", "report.json"]
    watch.kill()
    subprocess.run(report, cwd=watch.root, check=True, capture_output=True)
    students = json.loads((watch.root / "report.json").read_text())["students"]
    assert {name: found["score"] for name, found in students.items()} == dict.fromkeys(
        [*everybody, "first"], 1
    )


@pytest.fixture
def exchange(tmp_path):
    """nbgrader's exchange; ``exchange.hand_in(number, student, content)`` as `nbgrader submit` does."""
    return Exchange(tmp_path / "exchange")


class Exchange:
    """Its folders, of which anybody may read the feedback."""

    def __init__(self, root):
        self.root, self.inbound = root, root / "backpropagation" / "inbound"
        self.inbound.mkdir(parents=True)
        for folder in (root, self.inbound.parent, self.inbound):
            folder.chmod(0o777)

    def hand_in(self, number, student, content):
        stamp = f"2026-11-03 10:{number:02}:00.000000 UTC"
        folder = self.inbound / f"{student}+{LESSON}+{stamp}+{hashlib.sha256(stamp.encode()).hexdigest()[:8]}"
        folder.mkdir()
        (folder / f"{LESSON}.ipynb").write_bytes(content)
        (folder / "timestamp.txt").write_text(stamp)

    @property
    def feedback(self):
        return set((self.inbound.parent / "feedback").glob("*.html"))

    def wait_for(self, number, watch):
        """Seconds until there are so many pages."""
        begun = time.monotonic()
        while len(self.feedback) < number:
            assert time.monotonic() - begun < PATIENCE, (watch.root / "log.txt").read_text()[-3000:]
            time.sleep(0.02)
        return time.monotonic() - begun


def test_from_nbgraders_exchange_to_feedback_in_it(watching, exchange, answered, tmp_path, show):
    watch, seconds = watching(tmp_path / "course", exchange.root), []
    for number in range(ARRIVALS + 1):
        exchange.hand_in(number, getpass.getuser(), learner(answered, number))
        seconds.append(exchange.wait_for(number + 1, watch))
    rows = [("arrivals in an exchange", "median s", "longest s"), summary(seconds[1:])]
    show("From nbgrader's exchange to feedback in it, one student again and again", rows)


def test_a_watch_over_an_exchange_that_is_killed_loses_nobody(watching, exchange, answered, tmp_path, show):
    watch = watching(tmp_path / "course", exchange.root)
    with (watch.root / "nbgrader_config.py").open("a") as config:
        config.write("\nc.ExchangeCollect.check_owner = False\n")  # many students, one user of this machine
    watch.kill()
    watch.start()
    rows, number = [("killed after s", "had feedback", "processes left", "all have it s later")], 0
    generator = random.Random(21)
    for _ in range(KILLS):
        for _ in range(3):
            exchange.hand_in(number, f"learner-{number}", learner(answered, number))
            number += 1
        moment = generator.uniform(3, 9)
        time.sleep(moment)
        done, left = len(exchange.feedback), watch.kill()
        watch.start()
        rows.append((moment, f"{done} of {number}", len(left), exchange.wait_for(number, watch)))
        assert left == []
    show("A watch over an exchange, killed", rows)
    assert len(exchange.feedback) == number
