"""The one small change of the reference that gives a learner's value, or nothing."""

import ast
from dataclasses import replace

import numpy as np
import pytest

from mlcourse.exercises.base import Part
from mlcourse.feedback.derivation import derive
from mlcourse.feedback.equality import Sample
from mlcourse.feedback.inputs import letters
from mlcourse.feedback.search import find_equality, further


def backward(X, Y, A1, W2):
    """Two layers, from the error on."""
    m = X.shape[1]
    dZ2 = Y - 1
    dA1 = W2.T @ dZ2
    dZ1 = dA1 * (A1 > 0)
    dW1 = dZ1 @ X.T / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    loss = float(np.sum(dZ2)) + 1.0
    return {"dW1": dW1, "db1": db1, "loss": loss}


def inputs(rng):
    n_x, n_h, n_y, m = rng.permutation([2, 3, 4, 5, 6, 7])[:4]
    return {
        "X": rng.normal(size=(n_x, m)),
        "Y": rng.normal(size=(n_y, m)),
        "A1": np.maximum(0, rng.normal(size=(n_h, m))),
        "W2": rng.normal(size=(n_y, n_h)),
    }


PART = Part(
    "backward",
    inputs,
    backward,
    {"dW1": "dW1", "db1": "db1", "loss": "loss"},
    order=("dZ1", "dW1", "db1", "loss"),
    shapes={"X": "(n0, m)", "Y": "(n2, m)", "A1": "(n1, m)", "W2": "(n2, n1)"},
    formulas={
        "dZ2": "dZ2 = Y - 1",
        "dA1": "dA1 = W2.T @ dZ2",
        "dZ1": "dZ1 = dA1 * (A1 > 0)",
        "dW1": "dW1 = dZ1 @ X.T / m",
        "db1": "db1 = np.sum(dZ1, axis=1, keepdims=True) / m",
    },
)
RNG = np.random.default_rng(8)
CASES = [inputs(RNG) for _ in range(3)]
MADE = [derive(PART, case) for case in CASES]


def samples(value, leaf="dW1", suspects=None, numbers=(0, 1, 2)):
    """What a learner's value is on each case, as a function of the steps' values."""
    found = []
    for n in numbers:
        made, number = MADE[n], MADE[n].leaves[leaf]
        named = {step.name: step.value for step in made.steps} | CASES[n]
        names = {step.name: k for k, step in enumerate(made.steps)}
        wrong = frozenset(names[name] for name in suspects) if suspects else frozenset(made.upstream(number))
        found.append(Sample(made, number, np.asarray(value(**named)), wrong, letters(PART, CASES[n])))
    return found


def told(value, leaf="dW1", suspects=None, **more):
    equality = find_equality(PART, samples(value, leaf, suspects), **more)
    assert not equality or len(equality.assigned) <= 2
    return equality and equality.sentence


@pytest.mark.parametrize(
    ("value", "leaf", "sentence"),
    [
        (
            lambda dZ1, X, **_: dZ1 @ X.T,
            "dW1",
            "Your `dW1` equals `dZ1 @ X.T`; the formula is `dZ1 @ X.T / m`.",
        ),
        (
            lambda dZ1, X, m, **_: dZ1 @ X.T / m**2,
            "dW1",
            "Your `dW1` equals `dZ1 @ X.T / m / m`; the formula is `dZ1 @ X.T / m`.",
        ),
        (
            lambda dA1, X, m, **_: dA1 @ X.T / m,
            "dW1",
            "Your `dW1` is what comes out with `dZ1 = dA1`; the formula is `dZ1 = dA1 * (A1 > 0)`.",
        ),
        (
            lambda dZ1, m, **_: np.mean(dZ1, axis=1, keepdims=True) / m,
            "db1",
            "Your `db1` equals `np.mean(dZ1, axis=1, keepdims=True) / m`; "
            "the formula is `np.sum(dZ1, axis=1, keepdims=True) / m`.",
        ),
        (
            lambda dZ1, m, **_: np.sum(dZ1, axis=1) / m,
            "db1",
            "Your `db1` equals `np.sum(dZ1, axis=1) / m`; the formula is "
            "`np.sum(dZ1, axis=1, keepdims=True) / m`.",
        ),
        (lambda dW1, **_: 2 * dW1, "dW1", "Your `dW1` is exactly 2 times what it should be."),
        (
            lambda dA1, X, m, **_: -3 * dA1 @ X.T / m,
            "dW1",
            "Your `dW1` is what comes out with `dZ1 = dA1`, multiplied by `-3`; "
            "the formula is `dZ1 = dA1 * (A1 > 0)`.",
        ),
        (
            lambda W2, Y, X, **_: (W2.T @ Y) @ X.T,
            "dW1",
            None,  # three changes
        ),
        (lambda dW1, **_: dW1 + 0.1, "dW1", None),
        (lambda loss, **_: loss * loss + 0.3, "loss", None),
        (
            lambda **_: 7.0,
            "loss",
            "Your `loss` is 7 on every input on which it is wrong; it should be another number on each.",
        ),
    ],
)
def test_the_change_that_gives_the_value_is_told(value, leaf, sentence):
    assert told(value, leaf, pairs=100) == sentence


def test_two_changes_together_are_told_where_pairs_are_tried():
    def in_two_lines(dA1, X, m, **_):
        return dA1 @ X.T * m

    def in_one_line(dZ1, m, **_):
        return np.sum(dZ1, axis=1) * m

    assert told(in_two_lines, pairs=900) == (
        "Your `dW1` is what comes out with `dZ1 = dA1` and `dW1 = dZ1 @ X.T * m`; "
        "the formulas are `dZ1 = dA1 * (A1 > 0)` and `dW1 = dZ1 @ X.T / m`."
    )
    assert told(in_one_line, "db1", ["db1"], pairs=900) == (
        "Your `db1` equals `np.sum(dZ1, axis=1) * m`; "
        "the formula is `np.sum(dZ1, axis=1, keepdims=True) / m`."
    )
    assert told(in_two_lines, pairs=0) is None
    assert told(in_one_line, "db1", ["db1"], pairs=0) is None


def test_what_is_known_to_be_right_is_not_changed():
    def unmasked(dA1, X, m, **_):
        return dA1 @ X.T / m

    assert told(unmasked, suspects=["dW1"], pairs=0) != told(unmasked, pairs=0)
    assert told(unmasked, suspects=["dW1", "dZ1"], pairs=0) == told(unmasked, pairs=0)


def test_one_input_is_no_evidence_and_steps_of_different_lines_are_not_compared():
    right = lambda dZ1, X, **_: dZ1 @ X.T  # noqa: E731
    assert find_equality(PART, samples(right, numbers=(0,))) is None
    assert find_equality(PART, samples(right, numbers=(0, 1))) is not None
    mixed = [*samples(right, numbers=(0,)), *samples(lambda db1, **_: 2 * db1, "db1", numbers=(1,))]
    assert find_equality(PART, mixed) is None


def test_further_inputs_are_the_same_each_time_and_none_where_there_are_no_steps():
    assert further(PART) is further(PART)
    drawn = further(PART)[0].steps[1].value
    assert np.array_equal(drawn, further(replace(PART))[0].steps[1].value), "in another session too"
    assert len(further(PART)) >= 2
    assert not np.array_equal(further(PART)[0].steps[1].value, further(PART)[1].steps[1].value)
    assert further(Part("f", inputs, type("f", (), {}), "y")) == []


def test_an_equality_is_true_of_the_value_on_each_input():
    found = samples(lambda dA1, X, m, **_: dA1 @ X.T / m)
    equality = find_equality(PART, found)
    for sample in found:
        np.testing.assert_allclose(sample.computed(equality.edits), sample.value)
    ((old, new),) = equality.edits.items()
    assert (ast.unparse(old), ast.unparse(new)) == ("dA1 * (A1 > 0)", "dA1")
