"""The gradients of lesson 02 by PyTorch.

PyTorch may be missing where answers are judged, so the reference and the mistakes are NumPy.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from mlcourse.exercises.base import Case, Exercise, Mistake, Part
from mlcourse.exercises.drawing import Activation, Array, draw_network, forward, relu
from mlcourse.exercises.replaceable_passes import BackwardPass, Rule, tanh_rule
from mlcourse.nn.activations import sigmoid

_right = BackwardPass()


def _computed(
    activation: Activation = relu, scale: Callable[[int], float] = lambda m: 1, **rules: Rule
) -> Callable[..., dict[str, Array]]:
    """Gradients with another activation, times a factor, or with another rule of the backward pass."""
    backward = BackwardPass(**rules)  # type: ignore[arg-type]

    def gradients(X: Array, Y: Array, parameters: dict[str, Array]) -> dict[str, Array]:
        found = backward(Y, forward(X, parameters, activation), parameters)
        return {f"d{name}": found[f"d{name}"] * scale(X.shape[1]) for name in parameters}

    return gradients


torch_gradients = _computed()
"""Reference of torch-agreement."""


def _squared_error(s: Any) -> Array:
    A = s.A[s.layer]
    return 2 * (A - s.Y) * A * (1 - A)


def _sigmoid_twice(s: Any) -> Array:
    A = s.A[s.layer]
    return (sigmoid(A) - s.Y) * A * (1 - A)


MISTAKES = (
    Mistake(
        "no-mean",
        "Your loss is a sum. It is the mean over the examples: the default reduction, or .mean().",
        _computed(scale=lambda m: m),
    ),
    Mistake(
        "backward-twice",
        "Your gradients are twice too large: PyTorch adds them up over calls of backward(). Start from new "
        "tensors, or set .grad to None.",
        _computed(scale=lambda m: 2),
    ),
    Mistake(
        "sigmoid-twice",
        "You gave binary_cross_entropy_with_logits the output of the sigmoid. It applies the sigmoid "
        "itself: give it Z2.",
        _computed(output=_sigmoid_twice),
    ),
    Mistake(
        "squared-error",
        "Your loss is the mean squared error. Here it is the binary cross-entropy.",
        _computed(output=_squared_error),
    ),
    Mistake(
        "no-relu",
        "You left out the hidden activation: torch.relu.",
        _computed(lambda Z: Z, hidden=lambda s: s.dA[s.layer]),
    ),
    Mistake(
        "tanh-hidden",
        "You used tanh in the hidden layer. Here it is ReLU.",
        _computed(np.tanh, hidden=tanh_rule),
    ),
    Mistake(
        "flat-biases",
        "Your db have shape (n,), as those of torch.nn.Linear. Give them the shape of b: (n, 1).",
        _computed(biases=lambda s: _right.biases(s)[:, 0]),
    ),
)


def _inputs(rng: np.random.Generator) -> Case:
    Y, cache, parameters = draw_network(rng, 2)
    return {"X": cache["X"], "Y": Y, "parameters": parameters}


EXERCISE = Exercise(
    id="torch-agreement",
    lesson="08-autograd-and-pytorch",
    points=0,
    title="The same gradients by PyTorch",
    requires="torch",
    parts=(
        Part(
            function="torch_gradients",
            inputs=_inputs,
            reference=torch_gradients,
            returns={name: name for name in ("dW1", "db1", "dW2", "db2")},
            order=("dW2", "db2", "dW1", "db1"),
            shapes={
                "X": "(n0, m)",
                "Y": "(1, m)",
                **{f"{d}W1": "(n1, n0)" for d in ("", "d")},
                **{f"{d}b1": "(n1, 1)" for d in ("", "d")},
                **{f"{d}W2": "(1, n1)" for d in ("", "d")},
                **{f"{d}b2": "(1, 1)" for d in ("", "d")},
            },
            formulas={
                f"d{name}": f"{name} = torch.tensor(..., requires_grad=True); loss.backward(); {name}.grad"
                for name in ("W1", "b1", "W2", "b2")
            },
            section="PyTorch",
            drive="torch_gradients",
            mistakes=MISTAKES,
            seconds=60,
        ),
    ),
)
