"""Programs with much in common that hardly anybody else has: found whatever the names and the order."""

import json
from copy import deepcopy

import pytest

from mlcourse.grading.rebuild import rebuild
from mlcourse.grading.similarity import similar, statements

ONE = """
import numpy as np
def sigmoid(Z):
    'Squash.'
    small = np.exp(-np.abs(Z))
    positive = np.where(Z >= 0, 1 / (1 + small), small / (1 + small))
    clipped = np.clip(positive, 1e-12, 1 - 1e-12) + 0 * np.mean(Z)
    total = 0.0
    for row in np.atleast_2d(clipped):
        total += float(np.max(row) - np.min(row)) * 0.0
    table = {"low": np.min(clipped), "high": np.max(clipped)}
    return clipped + total * table["low"]
"""
COPIED = """
import numpy as num
def sigmoid(values: Array) -> num.ndarray:
    # all mine
    acc: float = 0.0
    e = num.exp( -num.abs(values) )

    p = num.where(0 <= values, 1/(e+1), e/(e+1))
    out = 0 * num.mean(values) + num.clip(p, 1e-12, 1 - 1e-12)
    extent = {"high": num.max(out), "low": num.min(out)}
    for r in num.atleast_2d(out):
        acc = acc + 0.0 * float(num.max(r) - num.min(r))
    return extent["low"] * acc + out
"""
OTHER = """
import numpy as np
def sigmoid(Z):
    result = np.empty_like(Z, dtype=float)
    inside = Z > 0
    result[inside] = 1 / (1 + np.exp(-Z[inside]))
    grown = np.exp(Z[~inside])
    result[~inside] = grown / (1 + grown)
    return np.asarray(result).reshape(np.shape(Z))
"""


@pytest.fixture
def program(small_release, parsed_release):
    """``program(source)``: the statements of a submission with this answer."""

    def make(source):
        notebook = deepcopy(small_release)
        notebook["cells"][1]["source"] = source
        return statements(parsed_release, rebuild(json.dumps(notebook).encode(), parsed_release).cells)

    return make


def test_new_names_another_order_and_layout_do_not_hide_a_copy(program):
    (pair,) = similar({"b": program(COPIED), "a": program(ONE), "c": program(OTHER)})
    assert pair.students == ("a", "b")
    assert pair.share == 1


def test_another_way_to_the_same_result_is_not_alike(program):
    assert similar({"a": program(ONE), "b": program(OTHER)}) == []


def test_a_copied_part_that_was_worked_over_has_a_smaller_share(program):
    lightly = COPIED.replace('"low": num.min(out)', '"low": num.median(out)')
    (pair,) = similar({"a": program(ONE), "b": program(lightly)})
    assert 0.8 <= pair.share < 1
    changed = lightly.replace("e/(e+1)", "1-1/(e+1)").replace("num.max(r)", "num.median(r)")
    assert similar({"a": program(ONE), "b": program(changed)}) == []


def test_what_many_of_a_class_write_is_no_evidence(program):
    assert similar({f"learner-{number}": program(ONE) for number in range(5)}) == []


def test_a_ring_in_a_class_is_found(program):
    ring = {f"ring-{number}": program(ONE) for number in range(4)}
    others = {f"other-{number}": program(OTHER) for number in range(9)}
    assert len(similar(ring | others)) == 6


def test_what_was_released_is_in_common_to_all_and_taken_out(program, parsed_release, small_release):
    given = small_release["cells"][0]["source"]
    assert program(f"{given}\n{OTHER}") == program(OTHER)
    assert statements(parsed_release, parsed_release.cells) == {}


def test_short_answers_say_nothing(program):
    short = program("def sigmoid(Z):\n    return 1 / (1 + np.exp(-Z))")
    assert similar({"a": short, "b": short}) == []


@pytest.mark.parametrize("source", ["def (", "1+" * 50_000 + "1", "x = " + "(" * 500 + ")" * 500, "\x00"])
def test_what_is_no_program_has_no_statements(program, source):
    assert program(source) == {}


def test_a_program_of_many_statements_is_compared_by_some_of_them(program):
    lines = (f"x{number} = {number} * np.sin({number}) + np.cos({number} * y)" for number in range(3000))
    assert len(program("\n".join(lines))) == 2000
