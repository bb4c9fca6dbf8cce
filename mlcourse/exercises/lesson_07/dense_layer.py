"""A fully connected layer."""

from collections.abc import Callable
from typing import Any

import numpy as np

from mlcourse.exercises.base import Case, Exercise, Finding, Mistake, Part
from mlcourse.exercises.drawing import Array
from mlcourse.exercises.known_mistakes import known
from mlcourse.exercises.lesson_03.deviations import DEVIATIONS, he_deviation
from mlcourse.exercises.lesson_03.initialize_parameters import not_finite, same_numbers, undescribed_weights
from mlcourse.exercises.randomness import looks_normal, units_alike


class Dense:
    """A layer that remembers what it needs for the way back."""

    def __init__(self, n_in: int, n_out: int, rng: np.random.Generator) -> None:
        self.W: Array = rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)
        self.b: Array = np.zeros((n_out, 1))
        self.A: Array = None
        self.dW: Array = None
        self.db: Array = None

    def forward(self, A: Array) -> Array:
        """W A + b."""
        self.A = A
        return self.W @ A + self.b

    def backward(self, dZ: Array) -> Array:
        """Set dW, db; return dA."""
        self.dW = dZ @ self.A.T
        self.db = np.sum(dZ, axis=1, keepdims=True)
        dA = self.W.T @ dZ
        return dA


def _drawn(deviation: Callable[[int, int], float]) -> type[Dense]:
    """Layer with initial weights of another size."""

    class Drawn(Dense):
        def __init__(self, n_in: int, n_out: int, rng: np.random.Generator) -> None:
            super().__init__(n_in, n_out, rng)
            self.W *= deviation(n_in, n_out) / he_deviation(n_in, n_out)

    return Drawn


FAN_OUT = "You have the number of outputs under the root. Take the number of inputs: np.sqrt(2 / n_in)."

INITIAL_MISTAKES = (
    *known(
        Dense,
        """
    transposed
        Your W has shape (n_in, n_out). It has a row for each output: (n_out, n_in).
        - rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)
        + (rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)).T.copy()
        - return self.W @ A + self.b
        + return self.W.T @ A + self.b
    flat-bias
        Your b has shape (n_out,). It is a column: np.zeros((n_out, 1)).
        - np.zeros((n_out, 1))
        + np.zeros(n_out)
    biases-drawn
        Your b does not start at zero. Only weights are drawn.
        - np.zeros((n_out, 1))
        + rng.standard_normal((n_out, 1))
    not-from-rng
        Two layers made with the same rng have different weights. Draw every number from rng.
        - rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)
        + np.random.default_rng().standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)
    own-seed
        Your layer has the same weights whatever rng it is given: use that one, no generator of your own.
        - rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)
        + np.random.default_rng(0).standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)
    weights-shared
        All your layers share one W, on the class: a second layer gives the first one other weights. Store it
        in the layer itself: self.W = ...
        - self.W: Array = rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)
        + type(self).W = rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)
    equal-units
        All units have the same weights, so they stay equal for ever. Draw a number for every weight.
        - rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)
        + np.repeat(rng.standard_normal((1, n_in)) * np.sqrt(2 / n_in), n_out, axis=0)
        """,
    ),
    *(
        Mistake(name, FAN_OUT if name == "fan-out" else text, _drawn(deviation))
        for name, (deviation, text) in DEVIATIONS.items()
    ),
)

MISTAKES = (
    *INITIAL_MISTAKES,
    *known(
        Dense,
        """
    bias-forgotten
        Your forward pass leaves out the bias: W @ A + b.
        - self.W @ A + self.b
        + self.W @ A
    activation-inside
        Your forward pass applies ReLU. The activation is a layer of its own: return W @ A + b.
        - self.W @ A + self.b
        + np.maximum(self.W @ A + self.b, 0)
    mean-again
        You divided dW and db by m. In this lesson dZ contains the 1/m already: sum over the examples.
        - dZ @ self.A.T
        + dZ @ self.A.T / dZ.shape[1]
        - np.sum(dZ, axis=1, keepdims=True)
        + np.mean(dZ, axis=1, keepdims=True)
    mean-again-db
        You divided db by m. In this lesson dZ contains the 1/m already: sum over the examples.
        - np.sum(dZ, axis=1, keepdims=True)
        + np.mean(dZ, axis=1, keepdims=True)
    mean-again-dW
        You divided dW by m. In this lesson dZ contains the 1/m already: dW = dZ @ A.T.
        - dZ @ self.A.T
        + dZ @ self.A.T / dZ.shape[1]
    accumulates
        Your dW and db add up over backward passes. Replace them: self.dW = ..., not +=.
        - dZ @ self.A.T
        + dZ @ self.A.T + (0 if self.dW is None else self.dW)
        - np.sum(dZ, axis=1, keepdims=True)
        + np.sum(dZ, axis=1, keepdims=True) + (0 if self.db is None else self.db)
    first-input-only
        Your layer goes back with the first A that it was ever given. Use that of the last forward pass.
        - self.A = A
        + self.A = A if self.A is None else self.A
    dW-transposed
        Your dW is transposed. It has the shape of W: dZ @ A.T, not A @ dZ.T.
        - dZ @ self.A.T
        + self.A @ dZ.T
    input-shared
        All your layers share one A, on the class: the last layer's forward pass replaces it. Store it in the
        layer itself: self.A = A.
        - self.A = A
        + type(self).A = A
        - self.A: Array = None
    keepdims-forgotten
        Your db has shape (n_out,), b has (n_out, 1). Sum with keepdims=True.
        - np.sum(dZ, axis=1, keepdims=True)
        + np.sum(dZ, axis=1)
    db-summed-over-everything
        You summed the whole of dZ into one number. Sum over the examples only: axis=1, keepdims=True.
        - np.sum(dZ, axis=1, keepdims=True)
        + np.sum(dZ)
    db-not-summed
        Your db still has one column for each example. Every example uses the same b, so add their gradients
        up: np.sum(dZ, axis=1, keepdims=True).
        - np.sum(dZ, axis=1, keepdims=True)
        + dZ
    nothing-returned
        Your backward pass returns nothing. Return dA = W.T @ dZ.
        - return dA
    dW-returned
        Your backward pass returns dW. Store that, and return dA = W.T @ dZ.
        - return dA
        + return self.dW
    dZ-returned
        Your backward pass returns dZ as it came. Send it through the weights: dA = W.T @ dZ.
        - return dA
        + return dZ
    updates-itself
        Your layer changes W or b by itself. Leave that to the optimizer: set dW and db, return dA.
        - return dA
        + self.W -= 0.01 * self.dW
        + self.b -= 0.01 * self.db
        + return dA
        """,
    ),
)


@np.errstate(all="ignore")
def compare_layer(case: Case, answer: Any) -> Any:
    """Judge initial weights and biases by their distribution; leave all else to comparison."""
    unset = next((name for name in "Wb" if answer["initial"][name] is None), "")
    if unset:
        return Finding(unset, f"{unset} is None when a layer has just been made. Set it in __init__.")
    W, b = (np.asarray(answer["initial"][name], float) for name in "Wb")
    n_in, n_out = case["n_in"], case["n_out"]
    if W.shape == (n_in, n_out):
        return _known("W", "transposed")
    if W.shape != (n_out, n_in):
        return Finding("W", f"W has shape {W.shape}, expected (n_out, n_in), here {(n_out, n_in)}.")
    if b.shape == (n_out,):
        return _known("b", "flat-bias")
    if b.shape != (n_out, 1):
        return Finding("b", f"b has shape {b.shape}, expected (n_out, 1), here {(n_out, 1)}.")
    if not (np.isfinite(W).all() and np.isfinite(b).all()):
        return not_finite("b", b) if np.isfinite(W).all() else not_finite("W", W)
    if b.any():
        return _known("b", "biases-drawn")
    if len(np.unique(W, axis=0)) < n_out:
        return _known("W", "equal-units")
    if looks_normal(W, he_deviation(n_in, n_out)):
        return _wrong_source(W, answer) or _changed(case, answer) or NotImplemented
    names = [name for name, (deviation, _) in DEVIATIONS.items() if looks_normal(W, deviation(n_in, n_out))]
    if len(names) == 1:
        return _known("W", names[0])
    return undescribed_weights("W", W)


def _wrong_source(W: Array, answer: Any) -> Finding | None:
    """Whether the weights do not come from the generator, or not one by one."""
    same, other = (np.asarray(answer[name], float) for name in ("same", "other"))
    if not np.array_equal(W, same):
        return _known("W", "not-from-rng")
    if same_numbers(W, other):
        return _known("W", "own-seed")
    return _known("W", "equal-units") if units_alike(W) else None


def _changed(case: Case, answer: Any) -> Finding | None:
    """Whether a pass changed the weights or biases themselves, or another layer's."""
    if "neighbour" in answer and not np.array_equal(answer["neighbour"], answer["other"]):
        return _known("W", "weights-shared")
    for name, value in answer.get("set", {}).items():
        if np.array_equal(value, answer["initial"][name]):
            words = f"What training writes into {name} is lost, as it is a copy. Hand out the array itself."
            return Finding("Dense", words)
        if not np.array_equal(value, case[name]):
            words = f"{name} is an array of {value.dtype}, which cuts what training writes into it."
            return Finding("Dense", f"{words} Make it of float64, as np.zeros does where no dtype is given.")
    after = answer.get("after", {})
    if all(np.array_equal(value, case[name]) for name, value in after.items()):
        return None
    mistake = next(m for m in MISTAKES if m.name == "updates-itself")
    return Finding("Dense", mistake.sentence, mistake.name)


def _known(variable: str, name: str) -> Finding:
    return Finding(variable, next(m.sentence for m in INITIAL_MISTAKES if m.name == name), name)


def _inputs(rng: np.random.Generator) -> Case:
    """Two batches of different sizes, and parameters to use in place of the initial ones."""
    n_in, n_out = int(rng.integers(62, 71)), int(rng.integers(24, 29))
    m, m_again = (int(n) for n in rng.permutation(np.arange(4, 9))[:2])
    return {
        "n_in": n_in,
        "n_out": n_out,
        "seed": int(rng.integers(2**31)),
        "W": rng.standard_normal((n_out, n_in)),
        "b": rng.standard_normal((n_out, 1)),
        "A": rng.standard_normal((n_in, m)),
        "dZ": rng.standard_normal((n_out, m)),
        "A_again": rng.standard_normal((n_in, m_again)),
        "dZ_again": rng.standard_normal((n_out, m_again)),
    }


_FIRST = ("Z", "dW", "db", "dA")

EXERCISE = Exercise(
    id="dense-layer",
    lesson="07-numpy-network",
    points=3,
    title="A fully connected layer",
    parts=(
        Part(
            function="Dense",
            inputs=_inputs,
            reference=Dense,
            returns={
                **{name: name for name in _FIRST},
                "again": {name: f"{name} of the second batch" for name in _FIRST},
            },
            order=(*_FIRST, *(f"{name} of the second batch" for name in _FIRST)),
            shapes={
                "Z": "(n_out, m)",
                "dZ": "(n_out, m)",
                "A": "(n_in, m)",
                "dA": "(n_in, m)",
                "W": "(n_out, n_in)",
                "dW": "(n_out, n_in)",
                "b": "(n_out, 1)",
                "db": "(n_out, 1)",
            },
            formulas={
                "W": "W = rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)",
                "b": "b = np.zeros((n_out, 1))",
                "Z": "Z = W @ A + b",
                "dW": "dW = dZ @ A.T",
                "db": "db = np.sum(dZ, axis=1, keepdims=True)",
                "dA": "dA = W.T @ dZ",
            },
            section="Layers as objects",
            drive="dense_layer",
            compare=compare_layer,
            mistakes=MISTAKES,
        ),
    ),
)
