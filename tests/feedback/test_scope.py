"""What a step could be computed from, and its expressions in the names that a learner knows."""

import ast

import numpy as np
import pytest

from mlcourse.exercises.base import Part
from mlcourse.feedback.derivation import derive
from mlcourse.feedback.scope import Scope, is_atom, moved, shown
from mlcourse.feedback.walker import Step, names_in, value_of

A = np.ones((2, 3))


def scope(expression="x", **values):
    node = ast.parse(expression, mode="eval").body
    return Scope(Step("y", node, {"np": np, **values}, frozenset(values), None, ("y", None), names_in(node)))


def written(nodes):
    return [ast.unparse(node) for node in nodes]


def test_arrays_of_the_function_and_of_its_dicts_are_there_each_under_one_name():
    found = scope(Z=A + 1, X=A, cache={"X": A, "b": np.ones((2, 1)), (1, 2): A + 2}, r=0.5, n=3, t="x")
    assert written(node for node, _ in found.arrays) == ["X", "Z", "cache['b']"]
    assert written(node for node, _ in found.numbers) == ["r"]
    assert all(value_of(node, found.step.before) is array for node, array in found.arrays)
    assert written(found.like((2, 3))) == ["X", "Z"]
    assert written(found.sizes(3)) == ["X.shape[0]", "cache['b'].shape[1]"]
    assert not Scope(
        Step("y", ast.Constant(1), {"np": np, "X": A}, frozenset(), 1, ("y", None), frozenset())
    ).arrays


def test_neighbours_are_other_arrays_of_the_shape_and_other_numbers():
    found = scope(X=A, Z=A + 1, W=A.T, r=0.5, s=0.7, again=0.5, m=3)
    name = {letter: ast.Name(letter, ast.Load()) for letter in ("X", "r", "m", "missing")}
    assert written(found.neighbours(name["X"])) == ["Z"]
    assert written(found.neighbours(name["r"])) == ["s"]
    assert written(found.neighbours(name["m"])) == ["W.shape[1]"]
    assert found.neighbours(ast.Constant(3)) == found.neighbours(name["missing"]) == []


def test_layers_are_counted_from_the_one_that_the_step_is_about():
    layers = {number: np.full((1, 1), number) for number in (1, 2, 3, 5)}
    assert written(node for node, _ in scope("W[l] * 2", l=2, W=layers).arrays) == [
        *("W[l - 1]", "W[l]", "W[l + 1]", "W[5]")
    ]
    assert written(node for node, _ in scope("x * 2", l=2, x=0.5, W=layers).arrays) == [
        *("W[1]", "W[2]", "W[3]", "W[5]")
    ]


@pytest.mark.parametrize(
    ("expression", "atom"),
    [
        ("x", True),
        ("W['a']", True),
        ("W[l - 1]", True),
        ("W[1:]", False),
        ("W[0, 1]", False),
        ("f(x)", False),
        ("W[0][1]", False),
        ("2", False),
    ],
)
def test_what_has_a_name(expression, atom):
    assert is_atom(ast.parse(expression, mode="eval").body) is atom


def test_an_index_some_further():
    index = ast.Name("l", ast.Load())
    assert written(moved(index, by) for by in (-2, -1, 0, 1)) == ["l - 2", "l - 1", "l", "l + 1"]


def backward(X, W, cache, options):
    """As references are written: names of its own, layers counted."""
    inner = W @ X
    outer = options["k"] * inner
    A1 = np.maximum(0, outer)
    grads = {}
    for layer in (1, 2):
        dZ = cache[f"A{layer}"] * A1
        grads[f"dW{layer}"] = dZ @ X.T
    return grads


def deep(X):
    """More names that only it has than a reader can hold at once."""
    a = X + 1
    b = a + 2
    c = b + 3
    d = c + 4
    e = d + 5
    f = e + 6
    return f * 2


def test_expressions_are_shown_in_the_names_of_the_course():
    rng = np.random.default_rng(1)
    case = {
        "X": rng.normal(size=(2, 3)),
        "W": rng.normal(size=(4, 2)),
        "cache": {"A1": rng.normal(size=(4, 3)), "A2": rng.normal(size=(4, 3))},
        "options": {"k": 2.0},
    }
    part = Part(
        "backward",
        dict,
        backward,
        {"dW1": "dW1", "dW2": "dW2"},
        formulas={"A1": "A1 = np.maximum(0, W @ X)", "dW[l]": "dW = dZ @ X.T"},
    )
    made = derive(part, case)
    texts = {step.name: shown(step.expression, step, made) for step in made.steps}
    assert texts["A1"] == "np.maximum(0, options['k'] * (W @ X))"
    assert texts["dW1"] == "dZ @ X.T"
    assert [shown(step.expression, step, made) for step in made.steps if step.name == "dZ"] == [
        *("A1 * A1", "A2 * A1")
    ]
    first, second = made.steps[0], made.steps[2]
    edits = {first.expression: ast.parse("X.T @ W.T", mode="eval").body}
    assert shown(second.expression, second, made, edits) == "np.maximum(0, options['k'] * (X.T @ W.T))"


def test_of_many_names_in_each_other_the_innermost_stays():
    made = derive(Part("deep", dict, deep, "y"), {"X": A})
    last = made.steps[-1]
    assert shown(last.expression, last, made) == "(b + 3 + 4 + 5 + 6) * 2"
