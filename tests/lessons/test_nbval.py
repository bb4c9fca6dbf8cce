"""nbval on every notebook: strict on the instructor's editions, lax on the learner's."""

import subprocess
import sys

import pytest

from mlcourse.authoring import Course

COURSE = Course.find()
STRICT = [path for lesson in COURSE.lessons() if (path := lesson.instructor)]
LAX = [lesson.learner for lesson in COURSE.lessons()]


def nbval(option, notebook):
    """Run nbval on one notebook as a person would, in a pytest without this project's options."""
    command = [sys.executable, "-m", "pytest", "-c", "/dev/null", "--rootdir", str(notebook.parent)]
    command += ["-q", "-p", "no:cacheprovider", "-p", "no:xdist", option, "--nbval-current-env"]
    command += ["--nbval-cell-timeout=120", str(notebook)]
    done = subprocess.run(command, cwd=notebook.parent, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("notebook", STRICT, ids=lambda path: path.stem)
def test_recomputed_outputs_are_the_stored_ones(notebook):
    nbval("--nbval", notebook)


@pytest.mark.parametrize("notebook", LAX, ids=lambda path: path.stem)
def test_the_learners_notebook_raises_nothing(notebook):
    nbval("--nbval-lax", notebook)
