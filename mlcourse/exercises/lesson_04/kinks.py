"""Where a central difference reaches over the kink of ReLU."""

import numpy as np

from mlcourse.exercises.base import Case, Exercise, Part
from mlcourse.exercises.drawing import Array
from mlcourse.exercises.known_mistakes import known


def crosses_kink(Z_minus: Array, Z_plus: Array) -> Array:
    """Whether one of two inputs of ReLU is negative and the other positive."""
    upwards = (Z_minus < 0) & (Z_plus > 0)
    downwards = (Z_minus > 0) & (Z_plus < 0)
    crossed = upwards | downwards
    return crossed


MISTAKES = known(
    crosses_kink,
    """
    upwards-only
        You found the inputs that go from negative to positive. Those that go from positive to negative cross
        the kink too.
        - upwards | downwards
        + upwards
    downwards-only
        You found the inputs that go from positive to negative. Those that go from negative to positive cross
        the kink too.
        - upwards | downwards
        + downwards
    same-side
        You have it the wrong way round: True is for inputs that change sign.
        - upwards | downwards
        + ~(upwards | downwards)
    zero-counts-as-negative
        Your answer is True between 0 and a positive number. There ReLU is a straight line: True only where
        one is negative and the other positive.
        - upwards | downwards
        + (Z_minus > 0) != (Z_plus > 0)
    zero-counts-as-positive
        Your answer is True between 0 and a negative number. There ReLU is a straight line: True only where
        one is negative and the other positive.
        - upwards | downwards
        + (Z_minus >= 0) != (Z_plus >= 0)
    zero-is-a-third-sign
        Your answer is True wherever the signs differ, also from 0. True only where one is negative and the
        other positive.
        - upwards | downwards
        + np.sign(Z_minus) != np.sign(Z_plus)
    zero-always-crosses
        Your answer is True wherever one of the two is 0. True only where one is negative and the other
        positive: the product < 0, not <= 0.
        - upwards | downwards
        + Z_minus * Z_plus <= 0
    zeros-only
        You looked for inputs that are exactly 0. The kink is crossed where the inputs have opposite signs.
        - upwards | downwards
        + (Z_minus == 0) | (Z_plus == 0)
    any-change
        You found the inputs that change at all. They cross the kink only where they change sign.
        - upwards | downwards
        + Z_minus != Z_plus
    one-answer
        You returned one answer for all. Return one for each entry, in the shape of Z_minus.
        - return crossed
        + return crossed.any()
    numbers
        Your answer is made of numbers. Return booleans, so that ~ and indexing work.
        - return crossed
        + return crossed.astype(int)
    product-too-small
        Two numbers below 1e-162 in size have a product that is 0 for the computer. Compare signs, not the
        product: (Z_minus < 0) & (Z_plus > 0), and the other way round.
        - upwards | downwards
        + Z_minus * Z_plus < 0
    """,
)


def draw(rng: np.random.Generator) -> Case:
    """All nine pairs of signs, zero included, among others; in a random place."""
    rows, columns = (int(n) for n in rng.permutation(np.arange(4, 8))[:2])
    signs = np.array([(i, j) for i in (-1, 0, 1) for j in (-1, 0, 1)])
    rest = rng.choice([-1, 1], (rows * columns - len(signs), 2))
    pairs = rng.permutation(np.concatenate([signs, rest])) * rng.uniform(0.1, 2, (rows * columns, 2))
    return {"Z_minus": pairs[:, 0].reshape(rows, columns), "Z_plus": pairs[:, 1].reshape(rows, columns)}


def edges() -> list[Case]:
    """Steps as small as a check makes them; one row without a dimension for units; the smallest numbers."""
    Z = np.array([[-3e-6, 4e-6, 0.5], [-0.5, 0.0, 9e-6]])
    return [
        {"Z_minus": Z - 1e-5, "Z_plus": Z + 1e-5},
        {"Z_minus": np.array([-1.0, 2.0, 0.0]), "Z_plus": np.array([1.0, -2.0, 0.0])},
        {
            "Z_minus": np.array([-1e-200, 2e-200, 0.0, 3e-200]),
            "Z_plus": np.array([1e-200, -1e-200, 1e-200, 2e-200]),
        },
    ]


EXERCISE = Exercise(
    id="kinks",
    lesson="04-gradient-checking",
    points=1,
    title="Where a central difference fails",
    parts=(
        Part(
            function="crosses_kink",
            inputs=draw,
            reference=crosses_kink,
            returns="crossed",
            shapes={"crossed": "the shape of Z_minus"},
            formulas={"crossed": "True where one of Z_minus, Z_plus is negative and the other positive"},
            section="The false alarm",
            mistakes=MISTAKES,
            edges=edges,
        ),
    ),
)
