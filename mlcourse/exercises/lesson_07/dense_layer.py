"""A fully connected layer."""

from collections.abc import Callable
from typing import Any

import numpy as np

from mlcourse.exercises.base import Case, Exercise, Finding, Mistake, Part
from mlcourse.exercises.drawing import Array
from mlcourse.exercises.lesson_03.initialize_parameters import (
    DEVIATIONS,
    he_deviation,
    not_finite,
    undescribed_weights,
)
from mlcourse.exercises.randomness import looks_normal


class Dense:
    """Reference of dense-layer."""

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
        return self.W.T @ dZ


def _drawn(deviation: Callable[[int, int], float]) -> type[Dense]:
    """Layer with initial weights of another size."""

    class Drawn(Dense):
        def __init__(self, n_in: int, n_out: int, rng: np.random.Generator) -> None:
            super().__init__(n_in, n_out, rng)
            self.W *= deviation(n_in, n_out) / he_deviation(n_in, n_out)

    return Drawn


def _backward(after: Callable[[Dense, Array, Array], Array]) -> type[Dense]:
    """Layer with something wrong behind a right backward pass: ``after(layer, dZ, dA)`` returns its dA."""

    class Wrong(Dense):
        def backward(self, dZ: Array) -> Array:
            return after(self, dZ, super().backward(dZ))

    return Wrong


class _WithoutBias(Dense):
    def forward(self, A: Array) -> Array:
        self.A = A
        return self.W @ A


class _WithReLU(Dense):
    def forward(self, A: Array) -> Array:
        return np.maximum(super().forward(A), 0)


class _Accumulating(Dense):
    def backward(self, dZ: Array) -> Array:
        dW, db = self.dW, self.db
        dA = super().backward(dZ)
        if dW is not None:
            self.dW, self.db = self.dW + dW, self.db + db
        return dA


class _FirstInputOnly(Dense):
    def forward(self, A: Array) -> Array:
        self.A = A if self.A is None else self.A
        return self.W @ A + self.b


class _FlatBias(Dense):
    def __init__(self, n_in: int, n_out: int, rng: np.random.Generator) -> None:
        super().__init__(n_in, n_out, rng)
        self.b = np.zeros(n_out)


class _DrawnBias(Dense):
    def __init__(self, n_in: int, n_out: int, rng: np.random.Generator) -> None:
        super().__init__(n_in, n_out, rng)
        self.b = rng.standard_normal((n_out, 1))


class _Transposed(Dense):
    def __init__(self, n_in: int, n_out: int, rng: np.random.Generator) -> None:
        super().__init__(n_in, n_out, rng)
        self.W = self.W.T.copy()

    def forward(self, A: Array) -> Array:
        self.A = A
        return self.W.T @ A + self.b


def _set(**rules: Callable[[Dense, Array], Array]) -> type[Dense]:
    """Layer whose backward pass sets dW or db by another rule."""

    def after(layer: Dense, dZ: Array, dA: Array) -> Array:
        for name, rule in rules.items():
            setattr(layer, name, rule(layer, dZ))
        return dA

    return _backward(after)


def _descending(layer: Dense, dZ: Array, dA: Array) -> Array:
    layer.W -= 0.01 * layer.dW
    layer.b -= 0.01 * layer.db
    return dA


INITIAL_MISTAKES = (
    Mistake(
        "transposed",
        "Your W has shape (n_in, n_out). It has a row for each output: (n_out, n_in).",
        _Transposed,
    ),
    Mistake("flat-bias", "Your b has shape (n_out,). It is a column: np.zeros((n_out, 1)).", _FlatBias),
    Mistake("biases-drawn", "Your b does not start at zero. Only weights are drawn.", _DrawnBias),
    *(Mistake(name, text, _drawn(deviation)) for name, (deviation, text) in DEVIATIONS.items()),
)

MISTAKES = (
    *INITIAL_MISTAKES,
    Mistake("bias-forgotten", "Your forward pass leaves out the bias: W @ A + b.", _WithoutBias),
    Mistake(
        "activation-inside",
        "Your forward pass applies ReLU. The activation is a layer of its own: return W @ A + b.",
        _WithReLU,
    ),
    Mistake(
        "mean-again",
        "You divided dW and db by m. In this lesson dZ contains the 1/m already: sum over the examples.",
        _set(
            dW=lambda layer, dZ: dZ @ layer.A.T / dZ.shape[1],
            db=lambda layer, dZ: np.mean(dZ, axis=1, keepdims=True),
        ),
    ),
    Mistake(
        "mean-again-db",
        "You divided db by m. In this lesson dZ contains the 1/m already: sum over the examples.",
        _set(db=lambda layer, dZ: np.mean(dZ, axis=1, keepdims=True)),
    ),
    Mistake(
        "mean-again-dW",
        "You divided dW by m. In this lesson dZ contains the 1/m already: dW = dZ @ A.T.",
        _set(dW=lambda layer, dZ: dZ @ layer.A.T / dZ.shape[1]),
    ),
    Mistake(
        "accumulates",
        "Your dW and db add up over backward passes. Replace them: self.dW = ..., not +=.",
        _Accumulating,
    ),
    Mistake(
        "first-input-only",
        "Your layer remembers the first A that it was given for ever. Store A in every forward pass.",
        _FirstInputOnly,
    ),
    Mistake(
        "dW-transposed",
        "Your dW is transposed. It has the shape of W: dZ @ A.T, not A @ dZ.T.",
        _set(dW=lambda layer, dZ: layer.A @ dZ.T),
    ),
    Mistake(
        "keepdims-forgotten",
        "Your db has shape (n_out,), b has (n_out, 1). Sum with keepdims=True.",
        _set(db=lambda layer, dZ: np.sum(dZ, axis=1)),
    ),
    Mistake(
        "db-summed-over-everything",
        "You summed the whole of dZ into one number. Sum over the examples only: axis=1, keepdims=True.",
        _set(db=lambda layer, dZ: np.sum(dZ)),
    ),
    Mistake(
        "nothing-returned",
        "Your backward pass returns nothing. Return dA = W.T @ dZ.",
        _backward(lambda *_: None),
    ),
    Mistake(
        "dW-returned",
        "Your backward pass returns dW. Store that, and return dA = W.T @ dZ.",
        _backward(lambda layer, dZ, dA: layer.dW),
    ),
    Mistake(
        "dZ-returned",
        "Your backward pass returns dZ as it came. Send it through the weights: dA = W.T @ dZ.",
        _backward(lambda layer, dZ, dA: dZ),
    ),
    Mistake(
        "updates-itself",
        "Your backward pass changes W and b. Leave that to the optimizer: set dW and db, return dA.",
        _backward(_descending),
    ),
)


@np.errstate(all="ignore")
def compare_layer(case: Case, answer: Any) -> Any:
    """Judge initial weights and biases by their distribution; leave all else to comparison."""
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
    if looks_normal(W, he_deviation(n_in, n_out)):
        return NotImplemented
    names = [name for name, (deviation, _) in DEVIATIONS.items() if looks_normal(W, deviation(n_in, n_out))]
    if len(names) == 1:
        return _known("W", names[0])
    return undescribed_weights("W", W)


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
