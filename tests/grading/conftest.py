"""A small course: two exercises of lesson 02 in a notebook built by hand, graded with short limits."""

import json
import os
import runpy
import shutil
import sys
from contextlib import chdir
from copy import deepcopy
from functools import cache
from pathlib import Path
from unittest.mock import patch

import pytest
from alembic.script import ScriptDirectory
from distributed import LocalCluster
from jupyter_core.application import NoStart
from nbgrader import api
from nbgrader.apps.nbgraderapp import NbGraderApp
from small_lesson import OTHERWISE, RIGHT, SIGNATURES, check, code, notebook, solution

from mlcourse.grading.class_run import ClassRun
from mlcourse.grading.classroom import Classroom
from mlcourse.grading.fork_server import ForkServer
from mlcourse.grading.handed_in import HandedIn
from mlcourse.grading.limits import MEGABYTE, SandboxLimits
from mlcourse.grading.marking import Marking
from mlcourse.grading.most_finished import most_finished
from mlcourse.grading.released import Release
from mlcourse.grading.report import as_json

HERE = Path(__file__).parent
REPOSITORY = HERE.parents[1]
LESSON = "02-two-layer-network"
SHORT = SandboxLimits(memory=1536 * MEGABYTE, cell=5.0, notebook=12.0, grace=1.0)


@pytest.fixture(scope="session", autouse=True)
def _tables_asked_for_their_version_once():
    """For each new gradebook, nbgrader runs a program of seconds to learn the version of its own tables."""
    remembered = cache(ScriptDirectory(str(Path(api.__file__).parent / "alembic")).get_current_head)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(api, "get_alembic_version", remembered)
        # By its name, so it has to be found: for a course, `nbgrader_config.py` sees to that.
        patch.setenv("PATH", os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]))
        yield


@pytest.fixture(scope="session")
def small_release():
    """The released notebook, as a dict."""
    cells = [code("import numpy as np\n\nfrom mlcourse import check")]
    for exercise in SIGNATURES:
        cells += [solution(exercise), check(exercise)]
    return notebook(*cells)


@pytest.fixture
def cells(small_release):
    """Cells of a submission with one answer, by name, ready to be spoilt."""
    copy = deepcopy(small_release)
    named = {cell.get("id"): cell for cell in copy["cells"]}
    named["sigmoid-solution"]["source"] = "def sigmoid(Z):\n    return 1 / (1 + np.exp(-Z))"
    return copy, named


@pytest.fixture(scope="session")
def answered(small_release):
    """``answered(sources, extra)``: the release with solutions filled in, and cells added, as bytes."""

    def fill(sources, extra=()):
        filled = deepcopy(small_release)
        for cell in filled["cells"]:
            name = cell["metadata"].get("nbgrader", {}).get("grade_id", "").removesuffix("-solution")
            if cell["metadata"].get("nbgrader", {}).get("solution") and name in sources:
                cell["source"] = sources[name]
        filled["cells"] += [code(source) for source in extra]
        return json.dumps(filled).encode()

    return fill


@pytest.fixture(scope="session")
def right(answered):
    """A submission that deserves all points, as bytes."""
    return answered(RIGHT)


@pytest.fixture(scope="session")
def right_otherwise(answered):
    """Another one, by somebody else."""
    return answered(OTHERWISE)


@pytest.fixture(scope="session")
def corpus(small_release):
    """Hostile submissions by name: the file's bytes and whether stock nbgrader may be shown it."""
    found = {}
    for path in sorted((HERE / "hostile").glob("*/*.py")):
        name, source = f"{path.parent.name}-{path.stem}", path.read_text()
        release = deepcopy(small_release)
        if path.parent.name == "notebook":
            content = runpy.run_path(str(path))["build"](release)
        else:
            cell = next(cell for cell in release["cells"] if cell["id"] == "sigmoid-solution")
            cell["source"] += f"\n\n\n{source}"
            content = json.dumps(release).encode()
        found[name] = (content, "# stock: never" not in source)
    return found


@pytest.fixture(scope="session")
def honest():
    """Honest submissions by kind and lesson: the lesson, and the files by place."""
    new = runpy.run_path(str(HERE / "honest" / "lesson.py"))
    found = {}
    for file in ("editors", "platforms", "tools", "cells", "habits", "values", "files", "in_a_kernel"):
        builders = runpy.run_path(str(HERE / "honest" / f"{file}.py"))
        for name in new["KEPT"]:
            lesson = new["Lesson"](name)
            for kind, build in builders.items():
                if kind.startswith("_") or getattr(build, "__module__", "") != "<run_path>":
                    continue
                made = build(lesson)
                made = lesson.write(made) if isinstance(made, dict) and "cells" in made else made
                found[kind, name] = lesson, made if isinstance(made, dict) else {lesson.file: made}
    return found


@pytest.fixture
def graded_here(tmp_path, monkeypatch):
    """``graded_here(lesson, files, solutions)``: what our own submission has got, run in this process."""
    session = runpy.run_path(str(HERE / "honest" / "in_this_process.py"))["InThisProcess"]
    before = set(sys.modules)
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])

    def grade(lesson, files, solutions=None, release=None):
        for place, content in files.items():
            (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / place).write_bytes(content)
        release = Release.read(lesson.write(release or lesson.release))
        marking = Marking(most_finished(HandedIn.read(tmp_path, lesson.name), release), release)
        if marking.result.status == "graded":
            marking.run(session(tmp_path), b"honest" * 5, solutions or {})
        return marking.result

    yield grade
    for name in set(sys.modules) - before:
        if name.startswith(("myfunctions", "mylib")):
            del sys.modules[name]


@pytest.fixture(scope="session")
def make_course(small_release):
    """``make_course(folder, submissions)``: a course on disk; submissions are bytes by student."""

    def make(folder, submissions, release=None):
        (folder / "lessons" / LESSON).mkdir(parents=True)
        (folder / "lessons" / LESSON / f"{LESSON}.ipynb").write_text(json.dumps(release or small_release))
        shutil.copy(REPOSITORY / "nbgrader_config.py", folder)
        for student, content in submissions.items():
            target = folder / "submitted" / student / LESSON
            target.mkdir(parents=True)
            if content is not None:
                (target / f"{LESSON}.ipynb").write_bytes(content)
        return Classroom(folder)

    return make


@pytest.fixture(scope="session")
def empty_gradebook(tmp_path_factory):
    """A gradebook that knows no lesson yet, as bytes."""
    path = tmp_path_factory.mktemp("gradebook") / "gradebook.db"
    with api.Gradebook(f"sqlite:///{path}", "backpropagation"):
        return path.read_bytes()


@pytest.fixture(scope="session")
def cluster():
    """Address of a cluster with one worker in this process, which the tests share: others take long to start.

    With workers in processes of their own a class is graded in `test_workers.py` and `test_class.py`.
    """
    options = {"threads_per_worker": 1, "processes": False, "dashboard_address": "127.0.0.1:0"}
    with LocalCluster(1, **options) as started:
        yield started.scheduler_address


@pytest.fixture(scope="session")
def limits():
    """Limits that are short, and enough for what is right in these tests."""
    return SHORT


@pytest.fixture(scope="session")
def grade_class(cluster):
    """``grade_class(classroom)``: grade it with short limits; the report's students."""

    def grade(classroom, limits=SHORT, **options):
        options = options or {"scheduler": cluster}
        results = ClassRun(classroom, LESSON, limits=limits, **options).grade()
        return as_json(LESSON, results, options.get("sandboxed", True))["students"]

    return grade


@pytest.fixture(scope="session")
def as_cells():
    """``as_cells(exercise)``: makers of a solution cell and of a notebook's text, and the check cell."""

    def make(exercise):
        def answer(source):
            return code(source, grade_id=f"{exercise.id}-solution", solution=True, cell_type="code")

        about = {"grade": True, "locked": True, "points": exercise.points, "cell_type": "code"}
        checking = code(
            f'check("{exercise.id}", {", ".join(exercise.functions)})', grade_id=exercise.id, **about
        )
        return answer, checking, lambda *cells: json.dumps(notebook(*cells))

    return make


@pytest.fixture(scope="session")
def server():
    """A fork server with short limits."""
    process = ForkServer(SHORT)
    yield process
    process.close()


@pytest.fixture(scope="session")
def parsed_release(small_release):
    """The release as the grader reads it."""
    return Release.read(json.dumps(small_release))


@pytest.fixture(scope="session")
def nbgrader():
    """``nbgrader(root, *arguments)``: nbgrader's command in a course's folder; what it exits with."""

    def run(root, *arguments):
        NbGraderApp.clear_instance()
        application = NbGraderApp.instance()
        try:
            # nbgrader's own `setenv` does not restore the environment when a conversion raises.
            with chdir(root), patch.dict(os.environ):
                application.initialize(list(arguments))
                application.start()
        except NoStart:  # how a command that has a subcommand ends
            return 0
        except SystemExit as end:
            return end.code
        finally:
            for started in (application, application.subapp):
                if started is not None:
                    started.close_handlers()
                    type(started).clear_instance()

    return run
