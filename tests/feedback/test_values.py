"""Values beside each other, the lines that made them, and where none is known to be wrong."""

import ast

import numpy as np
import pytest

from mlcourse.exercises.base import Part
from mlcourse.feedback.moments import Moment
from mlcourse.feedback.suspects import back_from, doubtful, in_words
from mlcourse.feedback.values import first_entry, matrices, same_values, soon_same, value_in

PART = Part("f", dict, dict, "y")
A = np.array([[1.0, 2.0], [3.0, 4.0]])


@pytest.mark.parametrize("same", [same_values, soon_same])
@pytest.mark.parametrize(
    ("a", "b", "alike"),
    [
        (A, A.copy(), True),
        (A, A * (1 + 1e-9), True),
        (A, A + 1e-3, False),
        (A, A + np.array([[0, 0], [0, 1]]), False),
        (A, A.T, False),
        (A, A.ravel(), False),
        (1000 * A, 1000 * A + 0.5, False),
        (np.ones(0), np.ones(0), True),
        (np.ones(2), np.ones(0), False),
        (np.ones(0), np.ones(2), False),
        (np.array([1, 2]), np.array([1.0, 2.0]), True),
        (np.array([True, False]), np.array([1, 0]), True),
        (np.array(["a"]), np.array(["a"]), False),
        (np.array([np.nan, 1.0]), np.array([np.nan, 1.0]), True),
        (-A, A, False),
    ],
)
def test_numbers_of_the_same_shape_and_size_are_the_same(same, a, b, alike):
    assert bool(same(PART, a, b)) is alike


def test_nothing_is_not_the_same():
    assert not same_values(PART, A, None)


def held(value, text="y = f(x)", line=1, **more):
    return Moment("y", np.asarray(value), line, text, statement=more.pop("statement", text), **more)


RIGHT = np.array([1.0, 2.0, 3.0])


@pytest.mark.parametrize(
    ("moments", "right", "got", "found"),
    [
        ([held(2.5)], RIGHT, np.array([1.0, 2.5, 9.0]), 0),
        ([held(9.0), held(2.5), held(2.5)], RIGHT, np.array([1.0, 2.5, 9.0]), 1),
        ([held(2.5, into=3), held(2.5, "y = 2.5"), held(2.5)], RIGHT, np.array([1.0, 2.5, 3.0]), 2),
        ([held([2.5]), held(9.0)], RIGHT, np.array([1.0, 2.5, 9.0]), None),
        ([held(2.5, "for y in ys:"), held(2.5)], RIGHT, np.array([1.0, 2.5, 9.0]), None),
        ([held(0.0)], RIGHT, np.array([1.0, 0.0, 3.0]), None),  # many things are 0
        ([held(3.0)], RIGHT, np.array([1.0, 3.0, 3.0]), None),  # right in another place
        ([held(2.5)], RIGHT, RIGHT, None),
        ([held(2.5)], RIGHT, np.array([1.0, 2.5]), None),
        ([held(2.5)], A, A + 1.5, None),
        ([held(3)], RIGHT, np.array([1, 5, 3]), None),
        ([held(2.5)], None, np.array([1.0, 2.5, 3.0]), None),
    ],
)
def test_the_first_wrong_entry_of_a_list_is_placed_where_it_was_computed(moments, right, got, found):
    assert first_entry(PART, moments, right, got) is (None if found is None else moments[found])


def test_an_expression_of_the_reference_has_a_value_or_none():
    tree = ast.parse("a @ b / c", mode="eval").body
    assert value_in(tree, {"a": A, "b": A, "c": 2}).tolist() == (A @ A / 2).tolist()
    assert value_in(tree, {"a": A, "b": np.ones(3), "c": 2}) is None
    with np.errstate(all="raise"):
        assert np.isinf(value_in(tree, {"a": A, "b": A, "c": 0})).all()


def test_matrices_come_as_they_are_and_transposed():
    rows = np.arange(12.0).reshape(2, 6)
    assert [m.shape for m in matrices((2, 3), rows)] == [(2, 3), (3, 2)] * 2
    assert next(matrices((2, 3), rows)).tolist() == [[0, 1, 2], [3, 4, 5]]
    assert list(matrices((6,), rows)) == list(matrices((1, 2, 3), rows)) == []


def line(name, statement, number, value):
    return Moment(name, np.asarray(value), number, statement, statement=statement, call=1)


def nothing_is(value):
    return False


def test_what_a_wrong_value_is_made_of_is_followed_back_as_far_as_it_is_doubtful():
    a = line("a", "a = f(x)", 1, A)
    b = line("b", "b = 2 * a", 2, 2 * A)
    zero = line("z", "z = 0 * a", 3, 0 * A)
    c = line("c", "c = a @ b + z", 4, A @ A)
    moments = [a, b, zero, c]
    assert doubtful(PART, moments, c, nothing_is) == [a, b]
    assert doubtful(PART, moments, c, lambda value: same_values(PART, value, A)) == [b]
    assert set(m.line for m in back_from(PART, moments, c, nothing_is)) == {1, 2, 4}
    assert back_from(PART, moments, c, lambda value: True) == [c]
    assert len(back_from(PART, moments, c, nothing_is)) == 3, "each once"


def test_a_number_that_is_taken_over_as_it_is_is_not_doubtful():
    a, other = line("a", "a = f(x)", 1, 2.5), line("b", "b = g(x)", 2, 1.5)
    y = line("y", "y = max(a, b)", 3, 2.5)
    assert doubtful(PART, [a, other, y], y, nothing_is) == [other]


def test_of_many_lines_none_is_told():
    chain = [line("a0", "a0 = f(x)", 1, A)]
    chain += [line(f"a{n}", f"a{n} = 2 * a{n - 1}", n + 1, (n + 1) * A) for n in range(1, 9)]
    assert in_words(PART, back_from(PART, chain, chain[0], nothing_is)) == (
        ("line 1",),
        "is computed in line 1",
    )
    assert in_words(PART, back_from(PART, chain, chain[1], nothing_is)) == (
        ("line 1", "line 2"),
        "is made in lines 1 and 2",
    )
    assert in_words(PART, back_from(PART, chain, chain[2], nothing_is))[1] == "is made in lines 1, 2 and 3"
    assert in_words(PART, back_from(PART, chain, chain[3], nothing_is))[1] == ""
    assert in_words(PART, back_from(PART, chain, chain[8], nothing_is))[1] == ""
