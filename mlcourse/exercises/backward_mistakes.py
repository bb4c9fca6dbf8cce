"""Known mistakes of backward passes, whatever the number of layers."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from mlcourse.exercises.backward_passes import BackwardPass, Rule, relu_rule, tanh_rule
from mlcourse.exercises.base import Mistake
from mlcourse.nn.activations import sigmoid

Adapter = Callable[[BackwardPass], Callable[..., Any]]
Entry = tuple[str, dict[str, Rule], str]

_RIGHT = BackwardPass()
_weights, _biases = _RIGHT.weights, _RIGHT.biases


def _db(dZ: Any, m: int) -> Any:
    return np.sum(dZ, axis=1, keepdims=True) / m


_MEAN: tuple[Entry, ...] = (
    (
        "no-mean",
        {"weights": lambda s: _weights(s) * s.m, "biases": lambda s: _biases(s) * s.m},
        "Your gradients are sums over the batch, m times too large. The loss is the mean of the m examples: "
        "divide every dW and every db by m.",
    ),
    (
        "no-mean-dW",
        {"weights": lambda s: _weights(s) * s.m},
        "Your dW are sums over the batch, your db are means. The loss is a mean: divide dW by m too.",
    ),
    (
        "no-mean-db",
        {"biases": lambda s: _biases(s) * s.m},
        "Your db are sums over the batch, your dW are means. The loss is a mean: divide db by m too.",
    ),
    (
        "mean-twice",
        {"weights": lambda s: _weights(s) / s.m, "biases": lambda s: _biases(s) / s.m},
        "Every gradient is divided by m twice. Divide once only: where you compute dW and db, not in dZ as "
        "well.",
    ),
    (
        "mean-twice-db",
        {"biases": lambda s: _biases(s) / s.m},
        "Your db are divided by m twice. Divide the sum over the examples by m, or take np.mean, not both.",
    ),
    (
        "mean-at-every-layer",
        {"through": lambda s: s.W[s.layer + 1].T @ s.dZ[s.layer + 1] / s.m},
        "Below the output layer your gradients get one more 1/m with every layer. Pass dZ on undivided and "
        "divide by m only in dW and db.",
    ),
    (
        "divided-by-features",
        {
            "weights": lambda s: _weights(s) * s.m / len(s.A[0]),
            "biases": lambda s: _biases(s) * s.m / len(s.A[0]),
        },
        "You divided by the number of features, X.shape[0]. The examples are the columns: m = X.shape[1].",
    ),
)

_OUTPUT: tuple[Entry, ...] = (
    (
        "sign",
        {"output": lambda s: s.Y - s.A[s.layer]},
        "All your gradients have the wrong sign: dZ of the output layer is A - Y, not Y - A.",
    ),
    (
        "sigmoid-derivative-at-output",
        {"output": lambda s: (s.A[s.layer] - s.Y) * s.A[s.layer] * (1 - s.A[s.layer])},
        "You multiplied A - Y by the sigmoid's derivative A(1 - A). With the cross-entropy loss it has "
        "cancelled already: dZ of the output layer is A - Y.",
    ),
)

_BIASES: tuple[Entry, ...] = (
    (
        "keepdims-forgotten",
        {"biases": lambda s: _biases(s)[:, 0]},
        "Your db have lost their second axis. Sum with keepdims=True, so that db has the shape of b: (n, "
        "1), not (n,).",
    ),
    (
        "db-summed-over-everything",
        {"biases": lambda s: np.sum(s.dZ[s.layer]) / s.m},
        "You summed the whole of dZ into one number. db needs one for each unit: sum over the examples "
        "only, with axis=1, keepdims=True.",
    ),
    (
        "db-wrong-axis",
        {"biases": lambda s: np.sum(s.dZ[s.layer], axis=0, keepdims=True) / s.m},
        "You summed db over the units. The examples are the columns of dZ: sum with axis=1.",
    ),
    (
        "db-not-summed",
        {"biases": lambda s: s.dZ[s.layer] / s.m},
        "Your db still has one column for each example. Every example uses the same b, so add their "
        "gradients up: np.sum(dZ, axis=1, keepdims=True) / m.",
    ),
)

_WEIGHTS: tuple[Entry, ...] = (
    (
        "dW-transposed",
        {"weights": lambda s: _weights(s).T},
        "Your dW are transposed. dW has the shape of W: dZ @ A.T, not A @ dZ.T.",
    ),
    (
        "dW-from-Z",
        {"weights": lambda s: s.dZ[s.layer] @ (s.Z[s.layer - 1] if s.layer > 1 else s.A[0]).T / s.m},
        "You took Z of the layer below for dW. The weights were multiplied by the activations: dW = dZ @ "
        "A.T / m with A of the layer below.",
    ),
    (
        "dW-from-own-activations",
        {"weights": lambda s: s.dZ[s.layer] @ s.A[s.layer].T / s.m},
        "You took the activations of the same layer for dW. You are off by one: layer l got A[l-1], and "
        "for l = 1 that is X.",
    ),
)

_HIDDEN: tuple[Entry, ...] = (
    (
        "derivative-forgotten",
        {"hidden": lambda s: s.dA[s.layer]},
        "You went through the hidden activation as if it were not there. Multiply dA by its derivative, "
        "element by element: dZ = dA * g'(Z).",
    ),
    (
        "activation-for-derivative",
        {"hidden": lambda s: s.dA[s.layer] * s.A[s.layer]},
        "You multiplied dA by the activation A. It takes the activation's derivative: dZ = dA * g'(Z).",
    ),
    (
        "sigmoid-derivative-of-A",
        {"hidden": lambda s: s.dA[s.layer] * s.A[s.layer] * (1 - s.A[s.layer])},
        "You took the sigmoid's derivative, A(1 - A), in a hidden layer. Take that of the layer's own "
        "activation.",
    ),
    (
        "sigmoid-derivative-of-Z",
        {"hidden": lambda s: s.dA[s.layer] * sigmoid(s.Z[s.layer]) * (1 - sigmoid(s.Z[s.layer]))},
        "You took the sigmoid's derivative at Z in a hidden layer. Take that of the layer's own activation.",
    ),
    (
        "mask-of-dA",
        {"hidden": lambda s: s.dA[s.layer] * (s.dA[s.layer] > 0)},
        "You kept dA where dA itself is positive. The derivative depends on what went forward, Z, not on dA.",
    ),
)

_TANH: tuple[Entry, ...] = (
    (
        "relu-derivative",
        {"hidden": relu_rule},
        "You took ReLU's derivative. The hidden layer is tanh: dZ1 = dA1 * (1 - A1**2).",
    ),
    (
        "derivative-at-Z",
        {"hidden": lambda s: s.dA[s.layer] * (1 - s.Z[s.layer] ** 2)},
        "You wrote 1 - Z1**2. The derivative of tanh is 1 - tanh(Z1)**2, and tanh(Z1) is A1.",
    ),
    (
        "derivative-at-A",
        {"hidden": lambda s: s.dA[s.layer] * (1 - np.tanh(s.A[s.layer]) ** 2)},
        "You took tanh twice: A1 is tanh(Z1) already. Write 1 - A1**2, or 1 - np.tanh(Z1)**2.",
    ),
    (
        "square-forgotten",
        {"hidden": lambda s: s.dA[s.layer] * (1 - s.A[s.layer])},
        "You wrote 1 - A1 for the derivative of tanh. It is 1 - A1**2.",
    ),
)

_RELU: tuple[Entry, ...] = (
    (
        "tanh-derivative",
        {"hidden": tanh_rule},
        "You took the derivative of tanh, 1 - A**2. The hidden layers are ReLU: dZ = dA * (Z > 0).",
    ),
    (
        "multiplied-by-Z",
        {"hidden": lambda s: s.dA[s.layer] * s.Z[s.layer]},
        "You multiplied dA by Z. ReLU's derivative is 1 where Z > 0 and 0 elsewhere: dZ = dA * (Z > 0).",
    ),
    (
        "leaky",
        {"hidden": lambda s: np.where(s.Z[s.layer] > 0, 1, 0.01) * s.dA[s.layer]},
        "You took the derivative of leaky ReLU. These hidden layers are plain ReLU: nothing passes where Z "
        "<= 0.",
    ),
    (
        "mask-at-output",
        {"output": lambda s: (s.A[s.layer] - s.Y) * (s.Z[s.layer] > 0)},
        "You applied ReLU's mask to the output layer too, which is a sigmoid: its dZ is A - Y.",
    ),
)

_DEEP: tuple[Entry, ...] = (
    (
        "dA-passed-on",
        {"through": lambda s: s.W[s.layer + 1].T @ (s.dA | {s.n_layers: s.dZ[s.n_layers]})[s.layer + 1]},
        "You passed dA down to the layer below. Pass on dZ, behind the activation: dA[l] = W[l+1].T @ "
        "dZ[l+1].",
    ),
)


def _of_layer(layer: int, rule: Rule, right: Rule) -> Rule:
    """Rule that is wrong in one layer only."""
    return lambda s: rule(s) if s.layer == layer else right(s)


def _layer_entries(layer: int, n_layers: int, right: Mapping[str, Rule]) -> list[Entry]:
    """Mistakes made in one layer and not in the others."""

    def only(rule: Rule, name: str) -> dict[str, Rule]:
        return {name: _of_layer(layer, rule, right[name])}

    def times_m(name: str) -> Rule:
        return lambda s: right[name](s) * s.m

    entries: list[Entry] = [
        (
            f"no-mean-dW{layer}",
            only(times_m("weights"), "weights"),
            f"dW{layer} is the sum over the batch, not its mean: divide by m, as in your other gradients.",
        ),
        (
            f"no-mean-db{layer}",
            only(times_m("biases"), "biases"),
            f"db{layer} is the sum over the batch, not its mean: divide by m, as in your other gradients.",
        ),
        (
            f"keepdims-forgotten-db{layer}",
            only(lambda s: _biases(s)[:, 0], "biases"),
            f"db{layer} has lost its second axis. Sum with keepdims=True, so that it has the shape of "
            f"b{layer}.",
        ),
        (
            f"dW{layer}-transposed",
            only(lambda s: _weights(s).T, "weights"),
            f"dW{layer} is transposed. It has the shape of W{layer}: dZ{layer} @ A.T, not A @ dZ{layer}.T.",
        ),
    ]
    if layer < n_layers and n_layers > 2:
        entries.append(
            (
                f"derivative-forgotten-{layer}",
                only(lambda s: s.dA[s.layer], "hidden"),
                f"You left out the derivative in hidden layer {layer}: dZ{layer} = dA{layer} * (Z{layer} > "
                "0).",
            )
        )
    return entries


def mistakes_of(activation: str, adapter: Adapter, n_layers: int | None = None) -> tuple[Mistake, ...]:
    """Known mistakes of a backward pass, as functions of the learner's signature.

    Parameters
    ----------
    activation : str
        That of the hidden layers, ``"tanh"`` or ``"relu"``.
    adapter : callable
        Gives a `BackwardPass` the signature of the exercise.
    n_layers : int, optional
        Number of layers where the exercise fixes it; then mistakes in a single layer are known too.
    """
    right = BackwardPass(hidden=tanh_rule if activation == "tanh" else relu_rule)
    entries = [*_MEAN, *_OUTPUT, *_BIASES, *_WEIGHTS, *_HIDDEN, *(_TANH if activation == "tanh" else _RELU)]
    if n_layers != 2:
        entries += _DEEP
    for layer in range(1, (n_layers or 0) + 1):
        entries += _layer_entries(layer, n_layers or 0, vars(right))
    return tuple(
        Mistake(name, sentence, adapter(replace(right, **rules)))  # type: ignore[arg-type]
        for name, rules, sentence in entries
    )


def by_parameters(backward: BackwardPass) -> Callable[..., Any]:
    """Signature ``(Y, cache, parameters)``."""
    return lambda Y, cache, parameters: backward(Y, cache, parameters)


def by_two_layers(backward: BackwardPass) -> Callable[..., Any]:
    """Signature ``(Y, cache, W1, b1, W2, b2)``."""
    return lambda Y, cache, W1, b1, W2, b2: backward(Y, cache, {"W1": W1, "b1": b1, "W2": W2, "b2": b2})
