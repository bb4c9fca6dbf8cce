"""nbval on the instructor's editions: what they print is what is stored.

The learner's editions have a file of their own, so that two workers can share the notebooks.
"""

from mlcourse.authoring import Course


def test_recomputed_outputs_are_the_stored_ones(nbval):
    nbval("--nbval", [path for lesson in Course.find().lessons() if (path := lesson.instructor)])
