"""A network made of layers."""

from typing import Any

import numpy as np

from mlcourse.exercises import drives
from mlcourse.exercises.base import Case, Exercise, Finding, Part
from mlcourse.exercises.drawing import Array
from mlcourse.exercises.known_mistakes import known

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


MISTAKES = known(
    Network,
    """
    backward-not-reversed
        Your backward pass begins with the first layer. Begin with the last: for layer in
        reversed(self.layers).
        @@ backward
        - reversed(self.layers)
        + self.layers
    same-dZ-for-all
        You gave every layer the same dZ. Each gets what the layer behind it returned: dZ =
        layer.backward(dZ).
        @@ backward
        - for layer in reversed(self.layers):
        -     dZ = layer.backward(dZ)
        - return dZ
        + dX = dZ
        + for layer in reversed(self.layers):
        +     dX = layer.backward(dZ)
        + return dX
    dX-not-returned
        Your backward pass returns nothing. Return the derivative with respect to X, what the first layer
        gave.
        - return dZ
    layers-turned-round
        Your backward pass turns the list of layers round for good, and the next forward pass begins at the
        output. reversed(self.layers) leaves the list as it is.
        - for layer in reversed(self.layers):
        -     dZ = layer.backward(dZ)
        + self.layers.reverse()
        + for layer in self.layers:
        +     dZ = layer.backward(dZ)
    first-layer-left-out
        Your backward pass stops before the first layer, which has parameters too.
        - reversed(self.layers)
        + reversed(self.layers[1:])
    X-for-all
        You gave X to every layer. Each gets what the layer before it returned: A = layer.forward(A).
        - for layer in self.layers:
        -     X = layer.forward(X)
        - return X
        + A = X
        + for layer in self.layers:
        +     A = layer.forward(X)
        + return A
    last-layer-left-out
        Your forward pass leaves out the last layer.
        - for layer in self.layers:
        -     X = layer.forward(X)
        + for layer in self.layers[:-1]:
        +     X = layer.forward(X)
    copies
        parameters() returns copies, so that changing them trains nothing. Return the arrays W and b
        themselves.
        - (layer.W, layer.b)
        + (layer.W.copy(), layer.b.copy())
    weights-then-biases
        Your lists have all weights first and then all biases. Keep each layer together: [W, b, W, b, ...].
        @@ parameters
        + layers = [layer for layer in self.layers if hasattr(layer, "W")]
        + return [*(layer.W for layer in layers), *(layer.b for layer in layers)]
        @@ gradients
        + layers = [layer for layer in self.layers if hasattr(layer, "W")]
        + return [*(layer.dW for layer in layers), *(layer.db for layer in layers)]
    biases-first
        Your lists have b before W. The order is [W, b, W, b, ...].
        - (layer.W, layer.b)
        + (layer.b, layer.W)
        - (layer.dW, layer.db)
        + (layer.db, layer.dW)
    pairs
        Your lists are made of pairs. Return one flat list: [W, b, W, b, ...].
        @@ parameters
        + return [(layer.W, layer.b) for layer in self.layers if hasattr(layer, "W")]
        @@ gradients
        + return [(layer.dW, layer.db) for layer in self.layers if hasattr(layer, "W")]
    weights-only
        Your lists leave out the biases: [W, b, W, b, ...].
        - (layer.W, layer.b)
        + (layer.W,)
        - (layer.dW, layer.db)
        + (layer.dW,)
    last-layer-first
        Your lists begin with the last layer. Begin with the first.
        @@ parameters
        - self.layers
        + self.layers[::-1]
        @@ gradients
        - self.layers
        + self.layers[::-1]
    nothing-listed
        Your lists are empty. Ask every layer whether it has parameters with hasattr(layer, 'W'), whatever its
        class.
        @@ parameters
        + return []
        @@ gradients
        + return []
    gradients-of-the-start
        gradients() returns the arrays from before the backward pass. Collect layer.dW and layer.db when you
        are asked.
        - self.layers = layers
        + self.layers = layers
        + self.at_first = [array for layer in layers if hasattr(layer, "W") for array in (layer.dW, layer.db)]
        @@ gradients
        + return self.at_first
    gradients-are-parameters
        gradients() returns the parameters. Return dW and db of each layer.
        - (layer.dW, layer.db)
        + (layer.W, layer.b)
    parameters-are-gradients
        parameters() returns the gradients. Return W and b of each layer.
        - (layer.W, layer.b)
        + (layer.dW, layer.db)
    gradients-kept
        gradients() keeps the arrays of its first call. After another backward pass it is to return the new
        ones: collect layer.dW and layer.db each time.
        @@ gradients
        + if not hasattr(self, "kept"):
        +     with_W = [layer for layer in self.layers if hasattr(layer, "W")]
        +     self.kept = [array for layer in with_W for array in (layer.dW, layer.db)]
        + return self.kept
    """,
)


def compare(case: Case, answer: Any) -> Any:
    """Ask whether parameters() are those of the layers, and left alone; leave all else to comparison."""
    before = [array for pair in zip(case["weights"], case["biases"], strict=True) for array in pair]
    lists = [answer["parameters"], answer["gradients"]]
    shapes = [array.shape for array in before]
    if any([getattr(array, "shape", None) for array in found] != shapes for found in lists):
        return NotImplemented
    if all(np.array_equal(a, b) for a, b in zip(before, lists[0], strict=True)):
        return _copies(case, answer)
    if all(np.array_equal(a, b) for a, b in zip(*lists, strict=True)):
        return NotImplemented
    words = "Your forward or backward pass changes the parameters. Leave that to the optimizer."
    return Finding("parameters()", words, "updates-itself")


def _copies(case: Case, answer: Any) -> Any:
    copied = answer["copied"]
    if not copied or not np.allclose(answer["Z"], drives.network(Network, case)["Z"]):
        return NotImplemented
    sentence = next(mistake.sentence for mistake in MISTAKES if mistake.name == "copies")
    if len(copied) == 1:
        sentence = f"parameters() returns copies of {copied[0]}, so that changing them trains nothing. "
        sentence += f"Return the arrays {copied[0]} of the layers themselves."
    return Finding("parameters()", sentence, "copies")


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
    """A single layer; and one with so many weights that to nudge each of them takes far too long."""
    case = _inputs(np.random.default_rng(12))
    n_out, m = len(case["weights"][0]), case["X"].shape[1]
    dZ = np.linspace(-1, 1, n_out * m).reshape(n_out, m)
    single = case | {"weights": case["weights"][:1], "biases": case["biases"][:1], "dZ": dZ}
    rng = np.random.default_rng(13)
    large = {
        "weights": [rng.standard_normal((300, 400)) / 20],
        "biases": [rng.standard_normal((300, 1)) * 0.3],
        "X": rng.standard_normal((400, 3)),
        "dZ": rng.standard_normal((300, 3)),
    }
    return [single, large]


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
                "gradients_after": "gradients() of a second backward pass",
            },
            order=(
                "Z",
                "parameters()",
                "dX",
                "gradients()",
                "Z after an update of parameters()",
                "gradients() of a second backward pass",
            ),
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
            compare=compare,
        ),
    ),
)
