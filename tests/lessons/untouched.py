"""A plugin of nbval's pytest, for the learner's editions: also, nothing scores and nothing is on stderr."""

from copy import copy

import pytest
from nbgrader.utils import determine_grade, is_grade, is_solution


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    result = yield
    cell = copy(item.cell)
    cell.outputs = item.test_outputs
    assert not [output for output in cell.outputs if output.get("name") == "stderr"], cell.id
    if is_grade(cell) and not is_solution(cell):
        points, _ = determine_grade(cell)
        assert points == 0, f"{cell.id} scores although nothing was written"
    return result
