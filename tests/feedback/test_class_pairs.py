"""Two known mistakes in one class are both told, and no pair is told as a mistake that it does not hold."""

from dataclasses import replace
from functools import partial
from itertools import combinations

import numpy as np
import pytest

from mlcourse.exercises import get
from mlcourse.exercises.base import Part
from mlcourse.exercises.edits import apply
from mlcourse.exercises.known_mistakes import known
from mlcourse.feedback import cases, evaluate
from mlcourse.feedback.class_pairs import pair_of_class
from mlcourse.feedback.observe import observe
from mlcourse.feedback.run import answer, compute
from mlcourse.feedback.trials import Trial

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


class Affine:
    def __init__(self, a, b):
        self.a, self.b = a, b

    def forward(self, x):
        self.x = x
        return self.a * x + self.b

    def backward(self, g):
        self.da = np.sum(g * self.x)
        self.db = np.sum(g)
        return self.a * g


KNOWN = known(
    Affine,
    """
    minus-b
        You subtract b.
        - self.a * x + self.b
        + self.a * x - self.b
    mean-da
        Your da is a mean.
        - np.sum(g * self.x)
        + np.mean(g * self.x)
    mean-da
        Your da is a mean.
        - np.sum(g * self.x)
        + np.sum(g * self.x) / len(g)
    mean-db
        Your db is a mean, as in da.
        - np.sum(g)
        + np.mean(g)
    both-means
        Both are means.
        - np.sum(g * self.x)
        + np.mean(g * self.x)
        - np.sum(g)
        + np.mean(g)
    other-da
        Your da is a mean, as in db.
        - np.sum(g * self.x)
        + 1.0 * np.mean(g * self.x)
    """,
)
CALLS = [["forward", "x"], ["backward", "g"], ["da"], ["db"]]
RNG = np.random.default_rng(8)
CASES = [
    {"a": 1.5 + n, "b": 0.7 - n, "x": RNG.normal(size=3 + n), "g": RNG.normal(size=3 + n), "calls": CALLS}
    for n in range(3)
]
PART = Part("Affine", dict, Affine, {name: name for name, *_ in CALLS}, drive="methods", mistakes=KNOWN)


def pair(*names, cases=CASES[:2], mistakes=KNOWN, part=PART, right=()):
    """Names of the pair that is found where these mistakes were made, all but in some cases."""
    made = [next(m for m in KNOWN if m.name == name).edit for name in names]
    both = apply(Affine, made)
    seen = [
        observe(
            part,
            case,
            compute("methods", Affine if number in right else both, case),
            partial(compute, "methods", Affine, case),
        )
        for number, case in enumerate(cases)
    ]
    trials = [Trial(part, mistake, cases, seen) for mistake in mistakes]
    found = pair_of_class(part, trials, cases, seen, range(len(cases)))
    return found and tuple(mistake.name for mistake in found)


def test_the_one_pair_is_found_that_gives_all_outputs_on_two_inputs():
    few = [m for m in KNOWN if m.name in ("minus-b", "mean-db")]
    assert pair("minus-b", "mean-db", mistakes=few) == ("minus-b", "mean-db")
    assert pair("minus-b", "mean-db", mistakes=few[::-1]) == ("mean-db", "minus-b")
    assert pair("minus-b", "mean-db", mistakes=few, cases=CASES) == ("minus-b", "mean-db")
    assert pair("minus-b", "mean-db", mistakes=few, cases=CASES[:1]) is None
    assert pair("minus-b", "mean-db", mistakes=few, cases=CASES, right=(0, 1)) is None
    assert pair("minus-b", "mean-db", mistakes=few[:1]) is None


def test_two_spellings_of_a_pair_are_one_and_two_sentences_are_none():
    spelled = [m for m in KNOWN if m.name in ("minus-b", "mean-da")]
    assert pair("minus-b", "mean-da", mistakes=spelled) == ("minus-b", "mean-da")
    two = [m for m in KNOWN if m.name in ("minus-b", "mean-da", "other-da")]
    assert pair("minus-b", "mean-da", mistakes=two) is None


def test_what_one_mistake_gives_alone_and_what_compares_with_another_output_makes_no_pair():
    alone = [m for m in KNOWN if m.name in ("mean-db", "both-means")]
    assert pair("both-means", mistakes=alone) is None
    comparing = [m for m in KNOWN if m.name in ("mean-db", "other-da")]
    assert pair("mean-db", "other-da", mistakes=comparing) is None
    other = [m for m in KNOWN if m.name in ("mean-da", "mean-db")]
    assert pair("mean-da", "mean-db", mistakes=other) == ("mean-da", "mean-db")


def test_a_function_has_its_pairs_looked_for_elsewhere():
    few = [m for m in KNOWN if m.name in ("minus-b", "mean-db")]
    assert pair("minus-b", "mean-db", mistakes=few, part=replace(PART, reference=lambda *a: a)) is None
