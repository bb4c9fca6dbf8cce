"""The same class on workers joined by address, processes of their own; one of them dies on the way."""

import os
import shutil
import signal
import subprocess
import sys
import threading
import time

import pytest
from distributed import Client

from mlcourse.errors import CourseError
from mlcourse.grading import class_run
from mlcourse.grading.class_run import ClassRun

LESSON = "02-two-layer-network"

pytestmark = pytest.mark.sandbox


@pytest.fixture
def start(tmp_path):
    """``start("scheduler")``, ``start("worker")``: the process, as started by hand; killed after."""
    started = []
    options = {
        "scheduler": ["--host", "127.0.0.1", "--port", "0"],
        "worker": ["--nthreads", "1", "--no-nanny", "--local-directory", str(tmp_path)],
    }

    def run(what):
        command = [sys.executable, "-m", f"distributed.cli.dask_{what}", "--no-dashboard", *options[what]]
        command += ["--scheduler-file", str(tmp_path / "scheduler.json")]
        started.append(subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
        return started[-1]

    yield run
    for process in started:
        process.kill()
        process.wait()


@pytest.fixture
def scheduler(start, tmp_path):
    """Address of a scheduler that nobody works for yet."""
    start("scheduler")
    with Client(scheduler_file=str(tmp_path / "scheduler.json"), timeout=60) as client:
        return client.scheduler_info()["address"]


def without_times(students):
    return {
        name: {key: value for key, value in found.items() if key != "seconds"}
        for name, found in students.items()
    }


def test_two_workers_by_address_one_of_them_killed_say_what_one_machine_says(
    start, scheduler, make_course, grade_class, right, answered, tmp_path
):
    workers = [start("worker") for _ in "ab"]
    with Client(scheduler) as client:
        client.wait_for_workers(2, timeout=60)
    half = answered({"sigmoid": "def sigmoid(Z):\n    return 0.5 * (1 + np.tanh(0.5 * np.asarray(Z)))"})
    slow = answered({"sigmoid": "import time\ntime.sleep(0.5)\n\n\ndef sigmoid(Z):\n    return Z"})
    class_of = {f"s{number:02}": (right, half, slow)[number % 3] for number in range(12)}
    local = make_course(tmp_path / "here", class_of)
    here = grade_class(local)

    course = make_course(tmp_path / "there", class_of)
    course.private.mkdir()
    shutil.copy(local.private / "secret", course.private)  # the same questions

    def kill_one_when_it_is_at_work():
        journal = course.private / "journal" / LESSON
        while not (journal.is_dir() and len(list(journal.glob("*.json"))) >= 2):
            time.sleep(0.02)
        os.kill(workers[0].pid, signal.SIGKILL)

    killer = threading.Thread(target=kill_one_when_it_is_at_work)
    killer.start()
    there = grade_class(course, scheduler=scheduler)
    killer.join()
    assert workers[0].wait() == -signal.SIGKILL
    assert without_times(there) == without_times(here)


def test_a_scheduler_without_workers_is_said_and_a_worker_that_joins_then_grades(
    start, scheduler, make_course, grade_class, right, tmp_path, monkeypatch
):
    said = []

    def join(text, file):
        said.append(text)
        start("worker")

    monkeypatch.setattr(class_run.tqdm, "write", join)
    students = grade_class(make_course(tmp_path / "course", {"a": right}), scheduler=scheduler)
    assert students["a"]["status"] == "graded"
    assert len(said) == 1
    assert f"{scheduler} has no workers yet" in said[0]


def test_no_message_is_kept_after_it_was_sent(make_course, right, tmp_path):
    course = make_course(tmp_path / "course", {"a": right})
    with ClassRun(course, LESSON, jobs=1)._client() as client:
        streams = client.cluster.scheduler.stream_comms
        kept = [sender.recent_message_log.maxlen for sender in (client.scheduler_comm, *streams.values())]
    assert kept == [0, 0, 0]  # to the scheduler; from it to the worker, and back to the client


def test_a_submission_that_changes_while_a_graded_class_is_read_is_said(
    make_course, right, tmp_path, monkeypatch
):
    course = make_course(tmp_path / "course", {"a": right})
    ClassRun(course, LESSON, sandboxed=True).grade()
    seen = []

    def key(*about):
        seen.append(about)
        return real(*about) if len(seen) == 1 else "0" * 64

    real = class_run.key
    monkeypatch.setattr(class_run, "key", key)
    with pytest.raises(CourseError, match="was changed while this run began"):
        ClassRun(course, LESSON, sandboxed=True).grade()


def test_a_scheduler_that_is_not_there_is_one_line(make_course, right, tmp_path):
    course = make_course(tmp_path / "course", {"a": right})
    with pytest.raises(CourseError, match=r"the scheduler tcp://127\.0\.0\.1:9 cannot be reached"):
        ClassRun(course, LESSON, scheduler="tcp://127.0.0.1:9").grade()
