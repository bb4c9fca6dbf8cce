"""A small course of one lesson, so that a build takes a second and a broken source is one line away."""

import shutil
from pathlib import Path

import pytest

from mlcourse import exercises
from mlcourse.authoring import Course

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
    return float(functions[0](2) == 4)
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
def course(tmp_path, monkeypatch):
    """Course with the lesson ``01-doubling``, whose one exercise is worth 2 points; the current folder."""
    part = exercises.Part("double", inputs=dict, reference=lambda x: x + x, returns="y")
    declared = (exercises.Exercise("double", "01-doubling", 2, (part,), "Doubling"),)
    monkeypatch.setattr(exercises, "of_lesson", lambda lesson: declared)
    root = tmp_path / "course"
    (root / "solutions" / "01-doubling").mkdir(parents=True)
    (root / "lessons").mkdir()
    shutil.copy(REPOSITORY / "nbgrader_config.py", root)
    (root / "solutions" / "01-doubling" / "01-doubling.md").write_text(LESSON)
    monkeypatch.chdir(root)
    return Course.find()


@pytest.fixture
def edit(course):
    """``edit(old, new)`` changes the lesson's text source."""
    source = course.root / "solutions" / "01-doubling" / "01-doubling.md"

    def replace(old, new):
        text = source.read_text()
        assert old in text
        source.write_text(text.replace(old, new))

    return replace
