"""The same class on workers joined by address, processes of their own; one of them dies on the way."""

import os
import shutil
import signal
import subprocess
import sys
import threading
import time

import pytest

from mlcourse.grading.classroom import GradingError
from mlcourse.grading.runner import Run

LESSON = "02-two-layer-network"

pytestmark = pytest.mark.sandbox


@pytest.fixture
def scheduler(tmp_path):
    """A scheduler and two workers, started as an administrator would: address and the workers' processes."""
    where = tmp_path / "scheduler.json"
    started = []

    def start(*arguments):
        command = [sys.executable, "-m", "distributed.cli." + arguments[0], *arguments[1:]]
        started.append(subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
        return started[-1]

    options = ["--scheduler-file", str(where), "--no-dashboard"]
    start("dask_scheduler", *options, "--host", "127.0.0.1", "--port", "0")
    workers = [
        start("dask_worker", *options, "--nthreads", "1", "--no-nanny", "--local-directory", str(tmp_path))
        for _ in "ab"
    ]
    from distributed import Client

    with Client(scheduler_file=str(where), timeout=60) as client:
        client.wait_for_workers(2, timeout=60)
        address = client.scheduler_info()["address"]
    yield address, workers
    for process in started:
        process.kill()
        process.wait()


def without_times(students):
    return {
        name: {key: value for key, value in found.items() if key != "seconds"}
        for name, found in students.items()
    }


def test_two_workers_by_address_one_of_them_killed_say_what_one_machine_says(
    scheduler, make_course, grade_class, right, answered, tmp_path
):
    address, workers = scheduler
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
    there = grade_class(course, scheduler=address)
    killer.join()
    assert workers[0].wait() == -signal.SIGKILL
    assert without_times(there) == without_times(here)


def test_a_scheduler_that_is_not_there_is_one_line(make_course, right, tmp_path):
    course = make_course(tmp_path / "course", {"a": right})
    with pytest.raises(GradingError, match=r"the scheduler tcp://127\.0\.0\.1:9 cannot be reached"):
        Run(course, LESSON, scheduler="tcp://127.0.0.1:9").grade()
