"""A network made of layers."""

from collections.abc import Callable
from typing import Any

import numpy as np

from mlcourse.exercises.base import Case, Exercise, Mistake, Part
from mlcourse.exercises.drawing import Array

Layers = list[Any]


class Network:
    """Reference of network."""

    def __init__(self, layers: Layers) -> None:
        self.layers = layers

    def forward(self, X: Array) -> Array:
        """Through all layers."""
        for layer in self.layers:
            X = layer.forward(X)
        return X

    def backward(self, dZ: Array) -> Array:
        """Back through all layers."""
        for layer in reversed(self.layers):
            dZ = layer.backward(dZ)
        return dZ

    def parameters(self) -> list[Array]:
        """W, b of every layer that has them."""
        return [array for layer in self.layers if hasattr(layer, "W") for array in (layer.W, layer.b)]

    def gradients(self) -> list[Array]:
        """dW, db of every layer that has them."""
        return [array for layer in self.layers if hasattr(layer, "W") for array in (layer.dW, layer.db)]


def _but(**methods: Callable[..., Any]) -> type[Network]:
    """Reference with other methods."""
    return type("Network", (Network,), methods)


def _with_parameters(network: Network) -> Layers:
    return [layer for layer in network.layers if hasattr(layer, "W")]


def _listed(collect: Callable[[list[Array], list[Array]], Any]) -> type[Network]:
    """Reference whose lists are made otherwise, from the arrays of the weights and those of the biases."""
    return _but(
        parameters=lambda self: collect(
            [layer.W for layer in _with_parameters(self)], [layer.b for layer in _with_parameters(self)]
        ),
        gradients=lambda self: collect(
            [layer.dW for layer in _with_parameters(self)], [layer.db for layer in _with_parameters(self)]
        ),
    )


def _not_reversed(self: Network, dZ: Array) -> Array:
    for layer in self.layers:
        dZ = layer.backward(dZ)
    return dZ


def _same_for_all(self: Network, dZ: Array) -> Array:
    dX = dZ
    for layer in reversed(self.layers):
        dX = layer.backward(dZ)
    return dX


def _backward_and_forget(self: Network, dZ: Array) -> None:
    Network.backward(self, dZ)


def _first_layer_left_out(self: Network, dZ: Array) -> Array:
    for layer in reversed(self.layers[1:]):
        dZ = layer.backward(dZ)
    return dZ


def _input_for_all(self: Network, X: Array) -> Array:
    A = X
    for layer in self.layers:
        A = layer.forward(X)
    return A


def _last_layer_left_out(self: Network, X: Array) -> Array:
    for layer in self.layers[:-1]:
        X = layer.forward(X)
    return X


class _Remembering(Network):
    """Collects the gradients when it is built."""

    def __init__(self, layers: Layers) -> None:
        super().__init__(layers)
        self.at_first = Network.gradients(self)

    def gradients(self) -> list[Array]:
        return self.at_first


MISTAKES = (
    Mistake(
        "backward-not-reversed",
        "Your backward pass begins with the first layer. Begin with the last: for layer in "
        "reversed(self.layers).",
        _but(backward=_not_reversed),
    ),
    Mistake(
        "same-dZ-for-all",
        "You gave every layer the same dZ. Each gets what the layer behind it returned: dZ = "
        "layer.backward(dZ).",
        _but(backward=_same_for_all),
    ),
    Mistake(
        "dX-not-returned",
        "Your backward pass returns nothing. Return the derivative with respect to X, what the first layer "
        "gave.",
        _but(backward=_backward_and_forget),
    ),
    Mistake(
        "first-layer-left-out",
        "Your backward pass stops before the first layer, which has parameters too.",
        _but(backward=_first_layer_left_out),
    ),
    Mistake(
        "X-for-all",
        "You gave X to every layer. Each gets what the layer before it returned: A = layer.forward(A).",
        _but(forward=_input_for_all),
    ),
    Mistake(
        "last-layer-left-out",
        "Your forward pass leaves out the last layer.",
        _but(forward=_last_layer_left_out),
    ),
    Mistake(
        "copies",
        "parameters() returns copies, so that changing them trains nothing. Return the arrays W and b "
        "themselves.",
        _but(parameters=lambda self: [array.copy() for array in Network.parameters(self)]),
    ),
    Mistake(
        "weights-then-biases",
        "Your lists have all weights first and then all biases. Keep each layer together: [W, b, W, b, ...].",
        _listed(lambda W, b: [*W, *b]),
    ),
    Mistake(
        "biases-first",
        "Your lists have b before W. The order is [W, b, W, b, ...].",
        _listed(lambda W, b: [array for pair in zip(b, W, strict=True) for array in pair]),
    ),
    Mistake(
        "pairs",
        "Your lists are made of pairs. Return one flat list: [W, b, W, b, ...].",
        _listed(lambda W, b: list(zip(W, b, strict=True))),
    ),
    Mistake(
        "weights-only",
        "Your lists leave out the biases: [W, b, W, b, ...].",
        _listed(lambda W, b: W),
    ),
    Mistake(
        "last-layer-first",
        "Your lists begin with the last layer. Begin with the first.",
        _listed(lambda W, b: [array for pair in zip(W[::-1], b[::-1], strict=True) for array in pair]),
    ),
    Mistake(
        "nothing-listed",
        "Your lists are empty. Ask every layer whether it has parameters with hasattr(layer, 'W'), whatever "
        "its class.",
        _listed(lambda W, b: []),
    ),
    Mistake(
        "gradients-of-the-start",
        "gradients() returns the arrays from before the backward pass. Collect layer.dW and layer.db when "
        "you are asked.",
        _Remembering,
    ),
    Mistake(
        "gradients-are-parameters",
        "gradients() returns the parameters. Return dW and db of each layer.",
        _but(gradients=Network.parameters),
    ),
)


def _inputs(rng: np.random.Generator) -> Case:
    """Three layers with parameters, of different sizes, with tanh between them."""
    n0, n1, n2, n3, m = (int(n) for n in rng.permutation(np.arange(2, 9))[:5])
    sizes = [(n1, n0), (n2, n1), (n3, n2)]
    return {
        "weights": [rng.standard_normal(shape) / np.sqrt(shape[1]) for shape in sizes],
        "biases": [rng.standard_normal((n, 1)) * 0.3 for n, _ in sizes],
        "X": rng.standard_normal((n0, m)),
        "dZ": rng.standard_normal((n3, m)),
    }


def _edges() -> list[Case]:
    """A single layer."""
    case = _inputs(np.random.default_rng(12))
    n_out, m = len(case["weights"][0]), case["X"].shape[1]
    dZ = np.linspace(-1, 1, n_out * m).reshape(n_out, m)
    return [case | {"weights": case["weights"][:1], "biases": case["biases"][:1], "dZ": dZ}]


EXERCISE = Exercise(
    id="network",
    lesson="07-numpy-network",
    points=3,
    title="A network of layers",
    parts=(
        Part(
            function="Network",
            inputs=_inputs,
            reference=Network,
            returns={
                "Z": "Z",
                "dX": "dX",
                "parameters": "parameters()",
                "gradients": "gradients()",
                "Z_after": "Z after an update of parameters()",
            },
            order=("Z", "parameters()", "dX", "gradients()", "Z after an update of parameters()"),
            shapes={"Z": "(n_L, m)", "dX": "(n_0, m)"},
            formulas={
                "Z": "for layer in self.layers: X = layer.forward(X)",
                "dX": "for layer in reversed(self.layers): dZ = layer.backward(dZ)",
                "parameters()": "[W, b, W, b, ...] of the layers with an attribute W",
                "gradients()": "[dW, db, dW, db, ...] of the layers with an attribute W",
            },
            section="A network is a list",
            drive="network",
            mistakes=MISTAKES,
            edges=_edges,
        ),
    ),
)
