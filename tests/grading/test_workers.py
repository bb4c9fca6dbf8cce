"""The same class on workers joined by address, processes of their own; one of them dies on the way."""

import json
import shutil
import signal
import subprocess
import sys
import threading
import time

import pytest
from distributed import Client

from mlcourse.errors import CourseError
from mlcourse.grading import class_run, distribution
from mlcourse.grading.class_run import ClassRun
from mlcourse.grading.results import NotebookResult
from mlcourse.grading.version import course_version

LESSON = "02-two-layer-network"

pytestmark = pytest.mark.sandbox


@pytest.fixture(scope="module")
def start(tmp_path_factory):
    """``start("scheduler")``, ``start("worker")``: the process, as started by hand; killed after."""
    folder, started = tmp_path_factory.mktemp("cluster"), []
    options = {
        "scheduler": ["--host", "127.0.0.1", "--port", "0"],
        "worker": ["--nthreads", "1", "--no-nanny", "--local-directory", str(folder)],
    }

    def run(what):
        command = [sys.executable, "-m", f"distributed.cli.dask_{what}", "--no-dashboard", *options[what]]
        command += ["--scheduler-file", str(folder / "scheduler.json")]
        started.append(subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
        return started[-1]

    run.file = str(folder / "scheduler.json")
    yield run
    for process in started:
        process.kill()
        process.wait()


@pytest.fixture(scope="module")
def scheduler(start):
    """Address of a scheduler that nobody works for yet."""
    start("scheduler")
    with Client(scheduler_file=start.file, timeout=60) as client:
        return client.scheduler_info()["address"]


@pytest.fixture(scope="module")
def local(make_course, grade_class, right, answered, tmp_path_factory):
    """A class, and its students as they were graded on one machine."""
    half = answered({"sigmoid": "def sigmoid(Z):\n    return 0.5 * (1 + np.tanh(0.5 * np.asarray(Z)))"})
    slow = answered({"sigmoid": "import time\ntime.sleep(0.5)\n\n\ndef sigmoid(Z):\n    return Z"})
    class_of = {f"s{number:02}": (right, half, slow)[number % 3] for number in range(9)}
    course = make_course(tmp_path_factory.mktemp("here") / "course", class_of)
    return course, class_of, grade_class(course)


@pytest.fixture(scope="module")
def there(start, scheduler, make_course, grade_class, local, tmp_path_factory):
    """The same class on two workers, which join when they are called for; one is killed at its work."""
    course = make_course(tmp_path_factory.mktemp("there") / "course", local[1])
    course.private.mkdir()
    shutil.copy(local[0].private / "secret", course.private)  # the same questions
    said, workers = [], []

    def join(text, file):
        said.append(text)
        workers.extend(start("worker") for _ in "ab")

    def kill_one_when_it_is_at_work():
        journal = course.private / "journal" / LESSON
        with Client(scheduler) as client:
            client.wait_for_workers(2, timeout=60)
        while not (journal.is_dir() and len(list(journal.glob("*.json"))) >= 2):
            time.sleep(0.02)
        workers[0].kill()

    killer = threading.Thread(target=kill_one_when_it_is_at_work)
    killer.start()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(distribution.tqdm, "write", join)
        students = grade_class(course, scheduler=scheduler)
    killer.join()
    return said, students, workers[0].wait()


def without_times(students):
    return {
        name: {key: value for key, value in found.items() if key != "seconds"}
        for name, found in students.items()
    }


def test_workers_by_address_one_of_them_killed_say_what_one_machine_says(local, there):
    _, students, ended = there
    assert ended == -signal.SIGKILL
    assert without_times(students) == without_times(local[2])


def test_a_scheduler_without_workers_is_said_and_workers_that_join_then_grade(scheduler, there):
    said, students, _ = there
    assert {found["status"] for found in students.values()} == {"graded"}
    assert len(said) == 1
    assert f"{scheduler} has no workers yet" in said[0]


def test_as_many_workers_are_started_as_were_asked_for_and_no_message_is_kept_after_it_was_sent():
    with distribution.connected(jobs=2, scheduler=None) as client:
        assert len(client.nthreads()) == 2
        scheduler = client.cluster.scheduler
        senders = (client.scheduler_comm, *scheduler.stream_comms.values())
        kept = [sender.recent_message_log.maxlen for sender in senders]
    assert kept == [0, 0, 0]  # to the scheduler, and from it to each worker


@pytest.mark.parametrize("refuses", [True, False])
def test_a_worker_with_another_version_is_refused_with_both_named(
    make_course, right, grade_class, tmp_path, monkeypatch, refuses
):
    """Also one that is too old to compare versions itself: then its result tells."""
    course = make_course(tmp_path / "course", {"a": right})
    if refuses:
        monkeypatch.setattr(class_run, "course_version", lambda: "9.9.9 (abc)")
    else:
        monkeypatch.setattr(class_run, "NotebookResult", OfAnOldWorker)
    with pytest.raises(CourseError) as caught:
        grade_class(course)
    there = course_version()
    named = {"9.9.9 (abc)", there} if refuses else {"of an unknown version", there}
    assert all(version in caught.value.message for version in named)
    assert "\n" not in caught.value.message
    assert not list((course.private / "journal").rglob("*.json")), "nothing of it is kept"


class OfAnOldWorker(NotebookResult):
    """As an old worker writes it: without a version."""

    @classmethod
    def from_json(cls, text):
        content = json.loads(text)
        del content["version"]
        return NotebookResult.from_json(json.dumps(content))


def test_a_scheduler_that_is_not_there_is_one_line(make_course, right, tmp_path, monkeypatch):
    monkeypatch.setattr(distribution, "_PATIENCE", 0.5)
    course = make_course(tmp_path / "course", {"a": right})
    with pytest.raises(CourseError, match=r"the scheduler tcp://127\.0\.0\.1:9 cannot be reached"):
        ClassRun(course, LESSON, scheduler="tcp://127.0.0.1:9").grade()
