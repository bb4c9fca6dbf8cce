"""Right work gets its points, whatever editors, platforms and people did to the file.

The submissions of `honest/` are built from two lessons. They are ours, so they run in this process, without
kernels: what is tried here is how an answer is found, not how it is shut in. In the benchmarks all of them go
the whole way, beside stock nbgrader.
"""

from pathlib import Path

import pytest

HERE = Path(__file__).parent / "honest"
KINDS = [
    line[4:].partition("(")[0]
    for file in ("editors", "platforms", "tools", "cells", "habits", "values", "files")
    for line in (HERE / f"{file}.py").read_text().split("\n")
    if line.startswith("def ") and not line.startswith("def _")
]
LESSONS = ["02-two-layer-network", pytest.param("05-deep-networks", marks=pytest.mark.seeds)]
NO_TEXT = (
    "nothing_but_programs_left",
    "colab_copied_to_a_new_notebook",
    "marimo_export",
    "script_and_back",
)


def test_there_are_enough_of_them(honest):
    assert len(KINDS) >= 80
    assert len(honest) >= len(KINDS) * len(LESSONS)


@pytest.mark.parametrize("lesson_name", LESSONS)
@pytest.mark.parametrize("kind", KINDS)
def test_right_work_gets_all_points(kind, lesson_name, honest, graded_here):
    lesson, files = honest[kind, lesson_name]
    result = graded_here(lesson, files)
    assert result.status == "graded", result.flags
    manual = {name for name, found in result.exercises.items() if found.kind == "manual"}
    points = {name: found.points for name, found in result.exercises.items() if name not in manual}
    assert points == {name: result.exercises[name].max_points for name in points}, result.flags
    if kind not in NO_TEXT:
        assert all(result.exercises[name].points is None for name in manual), "a person is asked to read it"
