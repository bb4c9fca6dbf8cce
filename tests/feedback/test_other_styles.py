"""Wrong answers in the styles of other people: loops, classes, helpers, a factor carried along.

Each is a right program of ``styles.txt`` with something exchanged; what its card says is part of the promise.
"""

import linecache
import math
from functools import reduce
from pathlib import Path

import numpy as np
import pytest

from mlcourse.exercises import get
from mlcourse.feedback import card_text, checking
from mlcourse.nn.activations import relu, sigmoid

TEXT = Path(__file__).with_name("styles.txt").read_text(encoding="utf-8")
STYLES = {}
for block in TEXT.removeprefix("=== ").split("\n=== "):
    heading, _, program = block.partition("\n")
    STYLES[heading.partition(" | ")[0]] = heading.partition(" | ")[2], program

ROWS = [
    (
        "backward example by example",
        'grads["dW1"] +=',
        'grads["dW1"] =',
        "equals `dZ1[:, -1:] @ X[:, -1:].T / m`",
    ),
    ("backward example by example", "range(m)", "range(m - 1)", "equals `dZ2[:, :-1] @ A1[:, :-1].T / m`"),
    (
        "backward by names of its own",
        "delta1[z1 <= 0] = 0.0",
        "delta1[z1 > 0] = 1.0",
        "`delta1` (line 8), your dZ1, is not: `delta1[z1 > 0] = 1.0`",
    ),
    (
        "backward by names of its own",
        "a2 - Y",
        "2 * (a2 - Y) * a2 * (1 - a2)",
        "`delta2` (line 4), your dZ2, is not right",
    ),
    (
        "backward by names of its own",
        "np.dot(delta1, x.T)/N",
        "np.dot(delta1, x.T)/N/N",
        "Your `dW1` equals `dZ1 @ X.T / m / m`",
    ),
    (
        "backward by names of its own",
        "delta2.mean(axis=1, keepdims=True)",
        "delta2.mean(axis=0, keepdims=True)",
        "Your `db2` equals `dZ2`; the formula",
    ),
    ("backward in a class", "len(s.Y)", "1", "(line 5 of out) is not right"),
    (
        "forward by a helper",
        "Z1=z1, A1=a1",
        "Z1=a1, A1=z1",
        "under each other's names: your `Z1` is `A1`, your `A1` is `Z1`",
    ),
    (
        "loss by a clip",
        "np.log(1-P)",
        "np.log(1+P)",
        "Your `ll` equals `Y * np.log(A) + (1 - Y) * np.log(1 + A)`",
    ),
    ("paths in loops", "+=", "=", "You kept the path to the last output only."),
    (
        "update of a dict",
        "learning_rate*grads",
        "0.01*grads",
        "equals `W1 - 0.01 * dW1`; the formula is `W1 - learning_rate * dW1`",
    ),
    (
        "update of a dict",
        'v - learning_rate*grads["d"+k]',
        '(v - learning_rate)*grads["d"+k]',
        "equals `(W1 - learning_rate) * dW1`",
    ),
    ("regime in a loop", 'return "crawls"', 'return "converges"', "regime is 'converges', expected 'crawls'"),
    ("regime in a loop", "0.1*(a - b)", "0.01*(a - b)", "regime is 'crawls', expected 'converges'"),
    ("regime in a loop", "(n-1)*0.1", "(n-1)*0.5", "regime is 'crawls', expected 'oscillates'"),
    (
        "tanh with the mean in the error",
        "(1 - np.power(A1, 2))",
        "np.power(1 - A1, 2)",
        "`dA1 * (1 - A1 ** 2)`. `back` (line 7), your dZ1, is not right",
    ),
    (
        "deep with a list of errors",
        "len(parameters)//2",
        "len(parameters)",
        "twice the number of layers: L = len(parameters) // 2.",
    ),
    (
        "norms collected backwards",
        "np.linalg.norm(d @ As[l].T/50)",
        "np.abs(d @ As[l].T/50).max()",
        "An entry of `norms` that is wrong comes from line 12: `out.append(",
    ),
    (
        "adam in place",
        "return W - step, m, v",
        "return m, v, W - step",
        "in another order: you returned `m`, `v`, `W`",
    ),
    (
        "network by reduce",
        "reduce(lambda a, l: l.forward(a), self.layers, X)",
        "self.layers[-1].forward(X)",
        "Shapes do not fit",
    ),
    (
        "network by reduce",
        "lambda g, l: l.backward(g), self.layers[::-1], dZ)\n",
        "lambda g, l: [l.backward(g), [p.fill(0) for p in self.parameters()]][0], self.layers[::-1], dZ)\n",
        "changes the parameters. Leave that to the optimizer.",
    ),
    ("epochs counted", "v < low", "v > low", "✗ best is 0, expected 7."),
    (
        "epochs counted",
        "return best, i",
        "return int(np.argmin(validation_losses[:i])) if i else 0, i",
        "best is 1, expected 3",
    ),
    (
        "values with closures",
        "(1 - t**2) * out.grad",
        "(1 - t**2)",
        "In tanh you pass on the local derivative alone, and only there.",
    ),
    (
        "graph with a stack",
        "node not in done",
        "node.data not in [d.data for d in done]",
        "computed in line 21: `p.grad += s*node.grad`",
    ),
    ("graph with a stack", "order[::-1]", "order[-2::-1]", "Nothing is passed on from the output"),
]


def judged(style, old="", new=""):
    """Verdict on a program with something exchanged, its lines counted from its first."""
    exercise, text = STYLES[style]
    assert old in text
    source = text.replace(old, new) if old else text
    linecache.cache["a_cell.py"] = (len(source), None, source.splitlines(keepends=True), "a_cell.py")
    names = {
        "np": np,
        "math": math,
        "reduce": reduce,
        "sigmoid": sigmoid,
        "relu": relu,
        "__name__": "__main__",
    }
    exec(compile(source, "a_cell.py", "exec"), names)
    return checking.judge(exercise, tuple(names[part.function] for part in get(exercise).parts))[0]


@pytest.mark.parametrize("style", STYLES)
def test_the_programs_are_right_as_they_are(style):
    assert judged(style).passed


@pytest.mark.parametrize(("style", "old", "new", "words"), ROWS)
def test_a_wrong_line_is_told_as_what_it_is(style, old, new, words):
    result = judged(style, old, new)
    assert not result.passed
    assert words in " ".join(card_text(result).split())
    assert "Two things" not in card_text(result)
