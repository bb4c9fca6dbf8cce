"""A known mistake is only ruled out where it certainly gives another first wrong output."""

import numpy as np
import pytest

from mlcourse.exercises.base import Mistake, Part
from mlcourse.exercises.known_mistakes import known
from mlcourse.feedback.derivation import Derivations
from mlcourse.feedback.observe import observe
from mlcourse.feedback.ruled_out import cannot_explain, quickest
from mlcourse.feedback.run import compute


def backward(X, Y, n):
    """A loop, a branch, and steps that follow from each other."""
    m = X.shape[1]
    Z = 2 * X
    if n > 1:
        Z = Z + 1
    total = Z - Y
    for _ in range(n):
        total = total + Y
    dW = Z * total / m
    loss = float(np.sum(total))
    return {"dW": dW, "loss": loss}


KNOWN = known(
    backward,
    """
    no-mean
        No mean.
        - Z * total / m
        + Z * total
    other-start
        X is tripled.
        - 2 * X
        + 3 * X
    fewer-rounds
        A round too few.
        - range(n)
        + range(n - 1)
    other-branch
        Another condition.
        - n > 1
        + n > 2
    another-loss
        The loss is a mean.
        - np.sum(total)
        + np.mean(total)
    no-difference
        Y is left out.
        - total = Z - Y
        + total = Z
    cannot-be-computed
        Shapes do not fit.
        - Z * total / m
        + Z @ total / m
    """,
)
MISTAKES = {mistake.name: mistake for mistake in KNOWN}
RNG = np.random.default_rng(5)
CASES = [{"X": RNG.normal(size=(2, 3)), "Y": RNG.normal(size=(2, 3)), "n": n} for n in (4, 2, 3)]
PART = Part("backward", dict, backward, {"dW": "dW", "loss": "loss"}, order=("dW", "loss"), mistakes=KNOWN)


def ruled_out(learner, part=PART, numbers=(0, 1, 2)):
    """Names of the known mistakes that cannot explain a learner's answers."""
    seen = [
        observe(part, case, compute("call", learner, case), lambda c=case: compute("call", part.reference, c))
        for case in CASES
    ]
    is_ruled_out = cannot_explain(part, Derivations(part, CASES), seen, numbers)
    return {name for name, mistake in MISTAKES.items() if is_ruled_out(mistake)}


@pytest.mark.parametrize("name", ["no-mean", "other-start", "fewer-rounds", "other-branch", "another-loss"])
def test_a_mistake_that_was_made_is_not_ruled_out_and_most_others_are(name):
    found = ruled_out(MISTAKES[name].function)
    assert name not in found
    assert {"no-mean", "other-start"} - {name} <= found


def test_what_decides_how_often_and_what_is_computed_is_never_ruled_out():
    found = ruled_out(lambda X, Y, n: backward(X, Y, n) | {"dW": X})
    assert found == {"no-mean", "other-start", "another-loss", "no-difference"}


def test_where_another_output_is_wrong_first_its_value_decides():
    def other_loss(X, Y, n, loss=MISTAKES["another-loss"].function):
        return backward(X, Y, n) | {"loss": np.array([loss(X, Y, n)["loss"]])}

    assert "another-loss" in ruled_out(lambda X, Y, n: backward(X, Y, n) | {"loss": 0.0})
    assert "another-loss" not in ruled_out(other_loss), "a number may come as an array of one element"


def test_nothing_is_ruled_out_where_nothing_is_certain():
    assert not ruled_out(lambda X, Y, n: backward(X, Y, n) | {"dW": X}, numbers=())
    whole = Part("f", dict, type("f", (), {}), "y")
    assert quickest(Derivations(whole, CASES), [0]) is None
    plain = Mistake("m", "No.", backward)
    seen = [
        observe(
            PART,
            c,
            compute("call", lambda X, Y, n: backward(X, Y, n) | {"dW": X}, c),
            lambda c=c: compute("call", backward, c),
        )
        for c in CASES
    ]
    assert not cannot_explain(PART, Derivations(PART, CASES), seen, (0, 1))(plain)


def listed(X, Y, n):
    """Values kept in a list, so that more than variables decides what comes out."""
    found = []
    dW = 2 * X
    found.append(dW)
    loss = float(np.sum(found[0]))
    return {"dW": dW, "loss": loss}


def test_where_lists_are_filled_nothing_is_certain():
    (mistake,) = known(listed, "m\n    Tripled.\n    - 2 * X\n    + 3 * X\n")
    part = Part("listed", dict, listed, {"dW": "dW", "loss": "loss"}, order=("dW", "loss"))
    seen = [
        observe(
            part,
            case,
            compute("call", lambda X, Y, n: listed(X, Y, n) | {"dW": X}, case),
            lambda c=case: compute("call", listed, c),
        )
        for case in CASES
    ]
    assert not cannot_explain(part, Derivations(part, CASES), seen, (0, 1))(mistake)


def test_the_case_with_the_fewest_steps_is_tried():
    assert quickest(Derivations(PART, CASES), [0, 1, 2]) == 1
    assert quickest(Derivations(PART, CASES), [0, 2]) == 2
    assert quickest(Derivations(PART, CASES), []) is None
