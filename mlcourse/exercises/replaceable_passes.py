"""One backward pass whose every rule can be replaced: what mistakes in backward passes are made of.

A misconception is one rule gone wrong. Written against this pass it is one line, for a network of any depth,
and the rules that it leaves alone are surely right.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

Array = Any


@dataclass
class Step:
    """What is known when the backward pass is at one layer.

    Attributes
    ----------
    layer, n_layers, m : int
        The layer l, their number L, and the number of examples.
    Y, Z, A : ndarray, dict of ndarray
        Labels; Z[1] to Z[L]; A[0] (which is X) to A[L].
    W, dZ, dA : dict of ndarray
        Weights by layer; derivatives found so far by layer.
    """

    layer: int
    n_layers: int
    m: int
    Y: Array
    Z: Mapping[int, Array]
    A: Mapping[int, Array]
    W: Mapping[int, Array]
    dZ: dict[int, Array]
    dA: dict[int, Array]


Rule = Callable[[Step], Array]


def tanh_rule(s: Step) -> Array:
    """Rule for dZ of a hidden tanh layer."""
    return s.dA[s.layer] * (1 - s.A[s.layer] ** 2)


def relu_rule(s: Step) -> Array:
    """Rule for dZ of a hidden ReLU layer."""
    return s.dA[s.layer] * (s.Z[s.layer] > 0)


@dataclass(frozen=True)
class BackwardPass:
    """Backward pass of a network with a sigmoid output and the mean binary cross-entropy.

    Attributes
    ----------
    hidden : callable
        Rule for dZ of a hidden layer, from dA.
    output : callable
        Rule for dZ of the last layer.
    through : callable
        Rule for dA of a layer, from the layer above.
    weights, biases : callable
        Rules for dW and db.
    """

    hidden: Rule = relu_rule
    output: Rule = lambda s: s.A[s.layer] - s.Y
    through: Rule = lambda s: s.W[s.layer + 1].T @ s.dZ[s.layer + 1]
    weights: Rule = lambda s: s.dZ[s.layer] @ s.A[s.layer - 1].T / s.m
    biases: Rule = lambda s: np.sum(s.dZ[s.layer], axis=1, keepdims=True) / s.m

    def __call__(
        self, Y: Array, cache: Mapping[str, Array], parameters: Mapping[str, Array]
    ) -> dict[str, Array]:
        """Gradients dW1, db1, ..., dWL, dbL, with the dZ and dA between.

        Parameters
        ----------
        Y : ndarray of shape (1, m)
            Labels.
        cache : dict
            X, Z1, A1, ..., ZL, AL of the forward pass.
        parameters : dict
            W1, b1, ..., WL, bL.
        """
        layers = range(1, len(parameters) // 2 + 1)
        s = Step(
            layer=0,
            n_layers=len(layers),
            m=Y.shape[1],
            Y=Y,
            Z={layer: cache[f"Z{layer}"] for layer in layers},
            A={0: cache["X"]} | {layer: cache[f"A{layer}"] for layer in layers},
            W={layer: parameters[f"W{layer}"] for layer in layers},
            dZ={},
            dA={},
        )
        found = {}
        for s.layer in reversed(layers):
            if s.layer == s.n_layers:
                s.dZ[s.layer] = self.output(s)
            else:
                found[f"dA{s.layer}"] = s.dA[s.layer] = self.through(s)
                s.dZ[s.layer] = self.hidden(s)
            found[f"dZ{s.layer}"] = s.dZ[s.layer]
            found[f"dW{s.layer}"], found[f"db{s.layer}"] = self.weights(s), self.biases(s)
        return found
