"""A backward pass as small as can be, and a learner's program for it beside its steps."""

import linecache

import numpy as np

from mlcourse.exercises.base import Part
from mlcourse.feedback.comparison import Comparison
from mlcourse.feedback.derivation import Derivations, derive
from mlcourse.feedback.moments import watch
from mlcourse.feedback.observe import observe
from mlcourse.feedback.run import answer, compute
from mlcourse.feedback.whereabouts import whereabouts


def reference(X, Y, W, b, scale, cache):
    m = X.shape[1]
    Z = W @ X + b
    A = np.maximum(0, Z)
    dA = A - Y
    dZ = dA * (Z > 0)
    dW = dZ @ X.T / m
    db = dZ.sum(axis=1, keepdims=True) / m
    norm = scale * np.sqrt(np.sum(dW**2))
    return {"dW": dW, "db": db, "norm": norm}


def drawn(rng):
    """Inputs of any size."""
    n, k, m = rng.integers(2, 6, size=3)
    return {
        "X": rng.normal(size=(n, m)),
        "Y": rng.normal(size=(k, m)),
        "W": rng.normal(size=(k, n)),
        "b": rng.normal(size=(k, 1)),
        "scale": float(rng.uniform(1, 3)),
        "cache": {"P": rng.normal(size=7)},
    }


PART = Part(
    "backward",
    inputs=drawn,
    reference=reference,
    returns={"dW": "dW", "db": "db", "norm": "norm"},
    order=("Z", "A", "dA", "dZ", "dW", "db", "norm"),
    shapes={"X": "(n, m)", "Y": "(k, m)", "W": "(k, n)", "b": "(k, 1)"},
    formulas={name: f"{name} = ..." for name in ("Z", "A", "dA", "dZ", "dW", "db")},
)
X = np.array([[0.5, -1.2, 2.1, 0.3, -0.7], [1.1, 0.4, -0.6, 1.9, 0.8]])
Y = np.array([[1.0, 0.2, 0.4, 0.6, 0.9], [0.1, 0.7, 0.3, 1.3, 0.5], [0.8, 1.6, 0.15, 0.25, 0.35]])
CASE = {
    "X": X,
    "Y": Y,
    "W": np.array([[0.9, -0.4], [0.35, 1.4], [-1.7, 0.65]]),
    "b": np.array([[0.05], [-0.15], [0.22]]),
    "scale": 1.75,
    "cache": {"P": np.array([3.25, 4.5])},
}
STEPS = ["m", "Z", "A", "dA", "dZ", "dW", "db", "norm"]

RIGHT = """\
def backward(X, Y, W, b, scale, cache):
    m = X.shape[1]
    pre = W @ X + b
    A = np.maximum(0, pre)
    error = A - Y
    delta = error * (pre > 0)
    grad = delta @ X.T / m
    total = delta.sum(axis=1, keepdims=True) / m
    return {"dW": grad, "db": total, "norm": scale * np.linalg.norm(grad)}
"""


OTHER = CASE | {"X": X[:, ::-1][:, :3] + 0.35, "Y": 0.7 * Y[:, :3] - 0.2, "scale": 2.25}
"""Another input, with another number of examples."""


def written(source, changes):
    """The function of a program, after some of its lines were replaced by others."""
    for old, new in changes:
        assert old in source
        source = source.replace(old, new)
    title = f"<program {hash(source)}>"
    linecache.cache[title] = len(source), None, source.splitlines(keepends=True), title
    names = {"np": np, "__name__": "__main__"}
    exec(compile(source, title, "exec"), names)
    return names["backward"]


def compared(source=RIGHT, *changes):
    """The comparison of a program with the reference."""
    function = written(source, changes)
    given = answer("call", function, CASE)
    seen = observe(PART, CASE, given, lambda: compute("call", reference, CASE))
    moments = watch("call", function, CASE, given, 5.0)
    return Comparison(PART, CASE, seen, derive(PART, CASE), moments)


def located(source=RIGHT, *changes):
    """The first wrong variable of a program, what its value equals, and where it stops being right."""
    function, cases = written(source, changes), [CASE, OTHER]
    answers = [answer("call", function, case) for case in cases]
    seen = [
        observe(PART, case, given, lambda case=case: compute("call", reference, case))
        for case, given in zip(cases, answers, strict=True)
    ]

    def watched(number, output):
        return watch("call", function, cases[number], answers[number], 5.0)

    found = whereabouts(PART, cases, seen, 2, watched, 0, Derivations(PART, cases))
    return found.variable, found.equality.sentence if found.equality else "", found.place


def value(comparison, name):
    (number,) = (n for n, step in enumerate(comparison.derivation.steps) if step.name == name)
    return np.asarray(comparison.derivation.steps[number].value)


def at(name):
    return STEPS.index(name)


def place(moment):
    return moment and (moment.name, moment.line)
