"""nbval on the learner's editions, untouched: they run from top to bottom, and score nothing.

Not part of the plain run, which runs the same cells in the instructor's editions.
"""

import pytest

from mlcourse.authoring import Course

pytestmark = pytest.mark.untouched


def test_the_learners_notebooks_raise_nothing_and_score_nothing(nbval):
    nbval("--nbval-lax", [lesson.learner for lesson in Course.find().lessons()], "untouched")
