"""nbval on the instructor's editions: what they print is what is stored.

The learner's editions have a file of their own, so that two workers can share the notebooks.
"""

import pytest

from mlcourse.authoring import Course

NOTEBOOKS = [path for lesson in Course.find().lessons() if (path := lesson.instructor)]


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_recomputed_outputs_are_the_stored_ones(notebook, nbval):
    nbval("--nbval", notebook)
