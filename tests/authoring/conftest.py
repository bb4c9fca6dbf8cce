"""A small course of one lesson, so that a build takes a second and a broken source is one line away."""

import shutil
from pathlib import Path

import nbformat
import pytest

from mlcourse import exercises
from mlcourse.authoring import Course, build

REPOSITORY = Path(__file__).resolve().parents[2]

LESSON = '''\
---
kernelspec:
  display_name: Python 3 (ipykernel)
  language: python
  name: python3
---

# Doubling

Twice $x$ is $x + x$.

+++

Write it.

```{code-cell} ipython3
def check(exercise, *functions):
    return 2.0 * (functions[0](2) == 4)
```

```{code-cell} ipython3
:exercise: double
:role: solution

def double(x):
    """Twice x."""
    ### BEGIN SOLUTION
    return x + x
    ### END SOLUTION
```

```{code-cell} ipython3
:exercise: double
:role: check

check("double", double)
```

+++ {"exercise": "why", "role": "manual", "points": 0}

<!-- BEGIN SOLUTION -->
Because addition is repeated.
<!-- END SOLUTION -->
'''


@pytest.fixture
def declared(monkeypatch):
    """Declare the exercise of ``01-doubling``, worth 2 points, for the time of a test."""
    part = exercises.Part("double", inputs=dict, reference=lambda x: x + x, returns="y")
    doubling = (exercises.Exercise("double", "01-doubling", 2, (part,), "Doubling"),)
    monkeypatch.setattr(exercises, "of_lesson", lambda lesson, own="": doubling)


@pytest.fixture
def course(tmp_path, monkeypatch, declared):
    """Course with one lesson, ``01-doubling``, not built yet; the current folder."""
    folder = tmp_path / "solutions" / "01-doubling"
    folder.mkdir(parents=True)
    (folder / "01-doubling.md").write_text(LESSON)
    (tmp_path / "lessons").mkdir()
    shutil.copy(REPOSITORY / "nbgrader_config.py", tmp_path)
    monkeypatch.chdir(tmp_path)
    return Course.find()


@pytest.fixture(scope="session")
def built_once():
    """Files that the first build of the lesson wrote, by their path in the course."""
    return {}


@pytest.fixture
def built(course, built_once):
    """Both editions of the lesson, built: the instructor's and the learner's."""
    (lesson,) = course.lessons()
    if not built_once:
        assert build([lesson]) == []
        for path in (lesson.instructor, lesson.learner):
            built_once[path.relative_to(course.root)] = path.read_bytes()
    for name, content in built_once.items():
        (course.root / name).parent.mkdir(exist_ok=True)
        (course.root / name).write_bytes(content)
    return [nbformat.read(path, as_version=4) for path in (lesson.instructor, lesson.learner)]


@pytest.fixture
def edit(course):
    """``edit(old, new)`` changes the lesson's text source."""
    source = course.root / "solutions" / "01-doubling" / "01-doubling.md"

    def replace(old, new):
        text = source.read_text()
        assert old in text
        source.write_text(text.replace(old, new))

    return replace
