"""``kill -9`` of a whole run at random moments; what the run that is started after it ends with."""

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import time

import psutil
import pytest
from nbgrader.api import MissingEntry

LESSON = "02-two-layer-network"
KILLS = 20
SEED = 20

pytestmark = [pytest.mark.benchmark, pytest.mark.sandbox, pytest.mark.timeout(3600)]


@pytest.fixture(scope="module")
def eight(answered, right, right_otherwise, small_release):
    """Eight students, no two of them alike."""
    half = "def sigmoid(Z):\n    return 0.5 * (1 + np.tanh(0.5 * np.asarray(Z)))"
    return {
        "right": right,
        "otherwise": right_otherwise,
        "half": answered({"sigmoid": half}),
        "wrong": answered({"sigmoid": half.replace("0.5 * (1", "0.5 * (2")}),
        "slow": answered({"sigmoid": f"import time\n\ntime.sleep(1)\n\n\n{half}"}),
        "raising": answered({"sigmoid": f"import a_module_that_nobody_has\n\n\n{half}"}),
        "untouched": answered({}),
        "broken": b"{",
    }


def start(command, root):
    """A run in a process group of its own, its workers with it."""
    with (root / "log.txt").open("w") as log:
        return subprocess.Popen(command, cwd=root, stdout=log, stderr=log, start_new_session=True)


def finish(command, root):
    run = start(command, root)
    assert run.wait() == 0, (root / "log.txt").read_text()[-3000:]


def kill(run):
    """Kill a run and its workers, and wait for all that was below it; return the survivors."""
    try:
        below = psutil.Process(run.pid).children(recursive=True)
    except psutil.Error:  # it has just ended
        below = []
    os.killpg(run.pid, signal.SIGKILL)
    assert run.wait() in (0, -signal.SIGKILL)
    return psutil.wait_procs(below, timeout=20)[1]


def in_the_journal(root):
    return len(list((root / ".mlcourse" / "journal" / LESSON).glob("*.json")))


def schema(root):
    """Tables of the gradebook, and the version that they are of."""
    with sqlite3.connect(root / "gradebook.db") as database:
        tables = database.execute("SELECT name FROM sqlite_master ORDER BY name").fetchall()
        return tables, database.execute("SELECT version_num FROM alembic_version").fetchall()


def test_runs_killed_at_random_moments_end_with_the_same_gradebook(
    make_course, eight, ours, contents, show, tmp_path
):
    command = [*ours, "--jobs", "2"]
    straight = make_course(tmp_path / "straight", eight).root
    started = time.monotonic()
    finish(command, straight)
    whole = time.monotonic() - started
    expected = contents(straight)
    assert len({key[0] for key in expected}) == len(eight)

    generator = random.Random(SEED)
    rows = [("killed after s", "results kept", "students scored", "wrong scores", "resumed, gradebook equal")]
    different = []
    for number in range(KILLS):
        root = make_course(tmp_path / f"killed-{number}", eight).root
        (root / ".mlcourse").mkdir()
        shutil.copy(straight / ".mlcourse" / "secret", root / ".mlcourse")  # the same questions
        moment = generator.uniform(0, whole)
        run = start(command, root)
        time.sleep(moment)
        assert kill(run) == []
        before = scored(contents, root, tmp_path / f"seen-{number}")
        false = [key for key, value in before.items() if value[0] != expected[key][0]]
        kept = in_the_journal(root)
        finish(command, root)
        same = contents(root) == expected and schema(root) == schema(straight)
        if not same or false:
            different.append(number)
        rows.append((moment, kept, len({key[0] for key in before}), len(false), "yes" if same else "NO"))
    show(f"{KILLS} runs of {whole:.1f} s killed (seed {SEED}), {len(eight)} submissions, 2 jobs", rows)
    assert different == []


def scored(contents, root, copy):
    """Grades that a killed run left as scored; read from a copy, since to read is to repair."""
    copy.mkdir()
    for path in root.glob("gradebook.db*"):
        shutil.copy(path, copy)
    try:
        found = contents(copy)
    except MissingEntry:  # killed before the lesson was entered
        return {}
    return {key: value for key, value in found.items() if key[1] == "grade" and value[0] is not None}
