"""Backward through any number of layers."""

import numpy as np

from mlcourse.exercises.backward_mistakes import backward_mistakes
from mlcourse.exercises.backward_passes import backward_form, backward_order
from mlcourse.exercises.base import Case, Exercise, Part
from mlcourse.exercises.drawing import LARGE, Array, draw_network
from mlcourse.exercises.known_mistakes import known


def deep_backward(Y: Array, cache: dict[str, Array], parameters: dict[str, Array]) -> dict[str, Array]:
    """Gradients of the mean binary cross-entropy, and the steps on the way."""
    L = len(parameters) // 2
    Z = {layer: cache[f"Z{layer}"] for layer in range(1, L + 1)}
    A = {0: cache["X"]} | {layer: cache[f"A{layer}"] for layer in range(1, L + 1)}
    W = {layer: parameters[f"W{layer}"] for layer in range(1, L + 1)}
    m = Y.shape[1]
    dZ, dA, dW, db = {}, {}, {}, {}
    dZ[L] = A[L] - Y
    for layer in range(L, 0, -1):
        if layer < L:
            dA[layer] = W[layer + 1].T @ dZ[layer + 1]
            dZ[layer] = dA[layer] * (Z[layer] > 0)
        dW[layer] = dZ[layer] @ A[layer - 1].T / m
        db[layer] = np.sum(dZ[layer], axis=1, keepdims=True) / m
    steps = {"dZ": dZ, "dW": dW, "db": db, "dA": dA}
    return {f"{name}{layer}": value for name, step in steps.items() for layer, value in step.items()}


MISTAKES = (
    *known(
        deep_backward,
        """
        dA-passed-on
            You passed dA down to the layer below. Pass on dZ, behind the activation: dA[l] = W[l+1].T @
            dZ[l+1].
            - W[layer + 1].T @ dZ[layer + 1]
            + W[layer + 1].T @ (dA | {L: dZ[L]})[layer + 1]
        dW-from-Z
            You took Z of the layer below for dW. The weights were multiplied by the activations: dW = dZ @
            A.T / m with A of the layer below.
            - A[layer - 1].T
            + (Z[layer - 1] if layer > 1 else A[0]).T
        sigmoid-derivative-on-the-way-down
            You multiplied by the sigmoid's derivative A(1 - A) on the way to the layer below. It has
            cancelled: dZ of the output layer, A - Y, goes down as it is.
            - W[layer + 1].T @ dZ[layer + 1]
            + W[layer + 1].T @ (dZ[layer + 1] * (A[L] * (1 - A[L]) if layer + 1 == L else 1))
        derivative-forgotten-in-the-last
            You left out the derivative in the hidden layer next to the output, and only there: dZ[l] = dA[l]
            * (Z[l] > 0) in every hidden layer.
            - dA[layer] * (Z[layer] > 0)
            + dA[layer] * ((Z[layer] > 0) if layer < L - 1 else 1)
        derivative-forgotten-in-the-first
            You left out the derivative in layer 1, and only there: dZ[l] = dA[l] * (Z[l] > 0) in every hidden
            layer.
            - dA[layer] * (Z[layer] > 0)
            + dA[layer] * ((Z[layer] > 0) if layer > 1 else 1)
        last-layer-no-mean
            dW and db of the output layer are sums over the batch. Divide them by m too, as in the other
            layers.
            - dZ[layer] @ A[layer - 1].T / m
            + dZ[layer] @ A[layer - 1].T / (m if layer < L else 1)
            - np.sum(dZ[layer], axis=1, keepdims=True) / m
            + np.sum(dZ[layer], axis=1, keepdims=True) / (m if layer < L else 1)
        hidden-layers-no-mean
            dW and db of the hidden layers are sums over the batch. Divide them by m too, as in the output
            layer.
            - dZ[layer] @ A[layer - 1].T / m
            + dZ[layer] @ A[layer - 1].T / (m if layer == L else 1)
            - np.sum(dZ[layer], axis=1, keepdims=True) / m
            + np.sum(dZ[layer], axis=1, keepdims=True) / (m if layer == L else 1)
        first-layer-left-out
            The loop ends before layer 1: dW1 and db1 are missing. Layers count from L down to 1.
            - range(L, 0, -1)
            + range(L, 1, -1)
        """,
    ),
    *backward_mistakes(deep_backward, "relu"),
)


def _case(rng: np.random.Generator, n_layers: int, sizes: tuple[int, ...] = ()) -> Case:
    Y, cache, parameters = draw_network(rng, n_layers, sizes=sizes)
    return {"Y": Y, "cache": cache | {"A0": cache["X"].copy()}, "parameters": parameters}


def draw(rng: np.random.Generator) -> Case:
    """Three to five layers."""
    return _case(rng, int(rng.integers(3, 6)))


def edges() -> list[Case]:
    """Logistic regression, the network of lesson 02, one deeper than is drawn, and one of many weights."""
    rng = np.random.default_rng(5)
    return [*(_case(rng, n_layers) for n_layers in (1, 2, 7)), _case(rng, 2, LARGE)]


def _layers_of(case: Case) -> int:
    return len(case["parameters"]) // 2


EXERCISE = Exercise(
    id="deep-backward",
    lesson="05-deep-networks",
    points=4,
    title="Backward through any number of layers",
    parts=(
        Part(
            function="deep_backward",
            inputs=draw,
            reference=deep_backward,
            returns=lambda case: backward_form(_layers_of(case)),
            order=lambda case: backward_order(_layers_of(case)),
            shapes={
                "W[l]": "(n[l], n[l-1])",
                "b[l]": "(n[l], 1)",
                "Z[l]": "(n[l], m)",
                "A[l]": "(n[l], m)",
                "dW[l]": "(n[l], n[l-1])",
                "db[l]": "(n[l], 1)",
                "dZ[l]": "(n[l], m)",
                "dA[l]": "(n[l], m)",
            },
            formulas={
                "dW[l]": "dW[l] = dZ[l] @ A[l-1].T / m",
                "db[l]": "db[l] = np.sum(dZ[l], axis=1, keepdims=True) / m",
                "dA[l]": "dA[l] = W[l+1].T @ dZ[l+1]",
                "dZ[l]": "dZ[L] = A[L] - Y, and below: dZ[l] = dA[l] * (Z[l] > 0)",
            },
            section="Any number of layers",
            mistakes=MISTAKES,
            edges=edges,
        ),
    ),
)
