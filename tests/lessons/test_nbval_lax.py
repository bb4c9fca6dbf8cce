"""nbval on the learner's editions, untouched: nothing raises."""

import pytest

from mlcourse.authoring import Course

NOTEBOOKS = [lesson.learner for lesson in Course.find().lessons()]


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_the_learners_notebook_raises_nothing(notebook, nbval):
    nbval("--nbval-lax", notebook)
