"""Which hidden units respond to which examples, and what loss that leaves at least."""

from collections.abc import Callable

import numpy as np

from mlcourse.exercises.base import Case, Exercise, Part
from mlcourse.exercises.drawing import Array, draw_labels, draw_parameters, draw_until, mixed
from mlcourse.exercises.known_mistakes import known


def gates(X: Array, parameters: dict[str, Array]) -> Array:
    """Whether each hidden unit is open for each example."""
    Z1 = parameters["W1"] @ X + parameters["b1"]
    return Z1 > 0


GATES = known(
    gates,
    """
    activations
        You returned the activations. A gate is open or shut: return Z1 > 0.
        - Z1 > 0
        + np.maximum(Z1, 0)
    exchanged
        Your True and False are exchanged: a gate is open where Z1 is positive.
        - Z1 > 0
        + Z1 <= 0
    open-at-zero
        A sum of exactly 0 is shut: ReLU's slope there is taken as 0. Compare with > and not with >=.
        - Z1 > 0
        + Z1 >= 0
    no-bias
        You left out the biases: Z1 = W1 @ X + b1.
        - parameters["W1"] @ X + parameters["b1"]
        + parameters["W1"] @ X
    bias-subtracted
        You subtracted the biases: Z1 = W1 @ X + b1.
        - parameters["W1"] @ X + parameters["b1"]
        + parameters["W1"] @ X - parameters["b1"]
    examples-as-rows
        Your array has one row for each example. It needs one row for each hidden unit, as Z1 has.
        - Z1 > 0
        + (Z1 > 0).T
    any-unit
        You returned one answer for each example. Return one for each unit and each example, as Z1 has.
        - Z1 > 0
        + (Z1 > 0).any(axis=0)
    """,
)


def loss_floor(X: Array, Y: Array, parameters: dict[str, Array]) -> float:
    """Smallest mean loss while no hidden unit opens for the examples that are shut out."""
    Z1 = parameters["W1"] @ X + parameters["b1"]
    shut_out = ~(Z1 > 0).any(axis=0)
    count = shut_out.sum()
    ones = Y[0, shut_out].sum()
    if ones == 0 or ones == count:
        return 0.0
    p = ones / count
    entropy = -p * np.log(p) - (1 - p) * np.log(1 - p)
    floor = count / Y.shape[1] * entropy
    return float(floor)


FLOOR = known(
    loss_floor,
    """
    no-special-cases
        Where nobody is shut out the share is 0 / 0, and where all who are have one label, 0 * log(0): both
        are nan. The floor is 0 there; return it before you divide.
        - if ones == 0 or ones == count:
        -     return 0.0
    one-label-forgotten
        Where all who are shut out have the same label, 0 * log(0) is nan. The floor is 0 there too: that
        answer is right.
        - ones == 0 or ones == count
        + count == 0
    nobody-forgotten
        Where nobody is shut out, the share of label 1 among them is 0 / 0, which is nan. The floor is 0
        there.
        - ones = Y[0, shut_out].sum()
        - if ones == 0 or ones == count:
        -     return 0.0
        - p = ones / count
        + ones = Y[0, shut_out].sum()
        + p = ones / count
        + if p == 0 or p == 1:
        +     return 0.0
    units-for-examples
        You looked for units that are shut for all examples. Look for examples that open no unit: any over the
        units, axis=0.
        - (Z1 > 0).any(axis=0)
        + (Z1 > 0).any(axis=1)
        or
        - ~(Z1 > 0).any(axis=0)
        + np.resize(~(Z1 > 0).any(axis=1), Y.shape[1])
    among-the-shut-out
        This is the mean over the examples that are shut out. The mean loss is over all m examples: multiply
        by their number over m.
        - count / Y.shape[1] * entropy
        + entropy
    sum-over-examples
        This is the sum over the examples. The loss is their mean: divide by m.
        - count / Y.shape[1] * entropy
        + count * entropy
    some-unit-shut
        You counted every example for which some unit is shut. Count those for which no unit is open: any over
        the units, then not.
        - ~(Z1 > 0).any(axis=0)
        + ~(Z1 > 0).all(axis=0)
    open-ones
        You took the examples for which a unit is open. The floor comes from the others.
        - ~(Z1 > 0).any(axis=0)
        + (Z1 > 0).any(axis=0)
    share-of-all
        You took the share of label 1 among all examples. Those that are shut out share one probability; take
        the share among them.
        - ones / count
        + Y.mean()
    ones-only
        You left out the examples with label 0: their loss is -log(1 - p).
        - -p * np.log(p) - (1 - p) * np.log(1 - p)
        + -p * np.log(p)
    other-logarithm
        The logarithm is to base 2. The losses of the course are with the natural one, np.log.
        - -p * np.log(p) - (1 - p) * np.log(1 - p)
        + -p * np.log2(p) - (1 - p) * np.log2(1 - p)
    sign
        The sign is wrong: logarithms of probabilities are negative, the loss is minus them.
        - count / Y.shape[1] * entropy
        + -count / Y.shape[1] * entropy
    one-half
        You gave the examples that are shut out the probability 1/2. The best one is the share of label 1
        among them.
        - ones / count
        + 0.5
    """,
)


def _network(rng: np.random.Generator, bias: float) -> Case:
    n_x, n_h, m = (int(n) for n in rng.permutation(np.arange(2, 6))[:3])
    m += 9
    parameters = draw_parameters(rng, [n_x, n_h, 1])
    parameters["b1"] = parameters["b1"] + bias
    return {"X": rng.standard_normal((n_x, m)), "Y": draw_labels(rng, m), "parameters": parameters}


def _shut_out(case: Case) -> Array:
    return ~gates(case["X"], case["parameters"]).any(axis=0)


def draw_gates(rng: np.random.Generator) -> Case:
    """A network with open and with shut gates, whose biases matter."""

    def draw() -> Case:
        case = _network(rng, 0.0)
        return {"X": case["X"], "parameters": case["parameters"]}

    return draw_until(draw, lambda case: mixed(case["parameters"]["W1"] @ case["X"]))


def edges_gates() -> list[Case]:
    """Zero biases and the example 0: every sum of its is exactly 0, so every gate is shut."""
    case = draw_gates(np.random.default_rng(3))
    X = case["X"].copy()
    X[:, 1] = 0
    return [
        {"X": X, "parameters": case["parameters"] | {"b1": np.zeros_like(case["parameters"]["b1"])}},
    ]


def draw_floor(rng: np.random.Generator) -> Case:
    """A network that shuts several examples out, with both labels among them, and not half of each."""

    def good(case: Case) -> bool:
        shut_out = _shut_out(case)
        ones, count, m = case["Y"][0, shut_out].sum(), shut_out.sum(), len(shut_out)
        others = case["Y"][0, ~shut_out]
        return bool(
            0 < ones < count < m - 3
            and 2 * ones != count
            and ones / count != case["Y"].mean()
            and 0 < others.mean() < 1
        )

    return draw_until(lambda: _network(rng, -0.8), good)


def edges_floor() -> list[Case]:
    """Nobody shut out; everybody; only one label among those who are, each; sums that are exactly 0."""
    case = draw_floor(np.random.default_rng(4))
    b1 = case["parameters"]["b1"]
    shut_out = _shut_out(case)
    one_label = [case | {"Y": np.where(shut_out, label, case["Y"])} for label in (1.0, 0.0)]
    X = case["X"].copy()
    X[:, :2] = 0
    Y = case["Y"].copy()
    Y[0, :2] = 0, 1
    zeros = {"X": X, "Y": Y, "parameters": case["parameters"] | {"b1": 0 * b1}}

    def biased(by: float) -> Case:
        return case | {"parameters": case["parameters"] | {"b1": b1 + by}}

    return [biased(50.0), biased(-50.0), *one_label, zeros]


_SHAPES = {"X": "(n_x, m)", "Y": "(1, m)", "W1": "(n_h, n_x)", "b1": "(n_h, 1)", "W2": "(1, n_h)"}


def _part(
    function: Callable[..., object], draw: Callable[[np.random.Generator], Case], **details: object
) -> Part:
    return Part(
        function=function.__name__,
        inputs=draw,
        reference=function,
        section="What the gates tell",
        **details,  # type: ignore[arg-type]
    )


EXERCISE = Exercise(
    id="gates",
    lesson="03-training",
    points=2,
    title="Gates and the loss they leave",
    parts=(
        _part(
            gates,
            draw_gates,
            returns="gates",
            shapes=_SHAPES | {"gates": "(n_h, m)"},
            formulas={"gates": "gates = W1 @ X + b1 > 0"},
            mistakes=GATES,
            edges=edges_gates,
        ),
        _part(
            loss_floor,
            draw_floor,
            returns="floor",
            shapes=_SHAPES,
            formulas={
                "floor": "floor = count / m * (-p * log(p) - (1 - p) * log(1 - p)), with p the share of "
                "label 1 among the examples that are shut out"
            },
            mistakes=FLOOR,
            edges=edges_floor,
        ),
    ),
)
