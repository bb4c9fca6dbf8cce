"""Two known mistakes in one class are both told, and no pair is told as a mistake that it does not hold."""

from itertools import combinations

import pytest

from mlcourse.exercises import get
from mlcourse.exercises.edits import apply
from mlcourse.feedback import cases, evaluate
from mlcourse.feedback.run import answer

MISTAKES = {
    "dense-layer": ("bias-forgotten", "mean-again-db", "dW-transposed", "dZ-returned"),
    "network": ("first-layer-left-out", "weights-then-biases", "dX-not-returned"),
    "value-operations": ("overwritten-in-sums", "product-like-sum", "tanh-square-forgotten"),
    "tensor-operations": ("sum-second-not-unbroadcast", "product-exchanged", "no-gate"),
}


def named(exercise_id, first, second):
    """Names of what is said of two mistakes at once."""
    exercise = get(exercise_id)
    (part,) = exercise.parts
    edits = {mistake.name: mistake.edit for mistake in part.mistakes if hasattr(type(mistake), "edit")}
    both = apply(part.reference, [edits[first], edits[second]])
    (drawn,) = cases(exercise)
    verdict = evaluate(exercise, part, drawn, [answer(part.drive, both, case) for case in drawn])
    return set((verdict.finding.mistake or "").split(", ")) - {""}


@pytest.mark.parametrize("exercise_id", MISTAKES)
def test_two_mistakes_of_a_class_are_told_together_or_one_of_them(exercise_id):
    told = {pair: named(exercise_id, *pair) for pair in combinations(MISTAKES[exercise_id], 2)}
    assert all(names <= set(pair) for pair, names in told.items())
    assert any(names == set(pair) for pair, names in told.items())
