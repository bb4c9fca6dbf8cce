"""Lesson 05: activations, three layers, any number of layers, initialization.

Everywhere: columns are examples; no function changes its inputs; m is the number of examples; the hidden
layers are followed by one sigmoid output; the loss is the binary cross-entropy, averaged over the m examples;
labels Y have shape (1, m).

activation-derivatives
    ``sigmoid_derivative(Z)``, ``tanh_derivative(Z)``, ``relu_derivative(Z)``, ``leaky_relu_derivative(Z,
    alpha=0.01)``: Z of any shape; each returns the derivative of its function at every element of Z, in the
    shape of Z. At Z = 0 the derivative of ReLU counts as 0 and that of leaky ReLU as alpha. Values of Z up to
    1000 in size give neither an overflow nor a warning.

tanh-backward
    ``tanh_backward_propagation(Y, cache, W1, b1, W2, b2)``: one hidden layer with tanh. The cache has X (n0,
    m), Z1 and A1 (n1, m), Z2 and A2 (1, m). Returns a dict of dW1, db1, dW2, db2, each of the shape of its
    parameter.

three-layer-forward
    ``three_layer_forward(X, parameters)``: parameters is a dict of W1, b1, W2, b2, W3, b3; ReLU, ReLU,
    sigmoid. Returns A3 of shape (1, m), and the cache, a dict of X, Z1, A1, Z2, A2, Z3, A3. However large Z3
    is, nothing overflows.

three-layer-backward
    ``three_layer_backward(Y, cache, parameters)``: for that cache and those parameters. Returns a dict of
    dW1, db1, dW2, db2, dW3, db3, each of the shape of its parameter.

deep-backward
    ``deep_backward(Y, cache, parameters)``: L = len(parameters) // 2 layers, from one upwards: ReLU in the
    hidden ones, sigmoid in the last. parameters is a dict of W1, b1, ..., WL, bL; the cache has X (also under
    the name A0) and Z1, A1, ..., ZL, AL. Returns a dict of dW1, db1, ..., dWL, dbL, each of the shape of its
    parameter.

initialization-study
    ``gradient_norms(scale, depth, rng)``: see `mlcourse.exercises.initialization_study`.

In every dict, more keys than asked for are welcome (dZ1, dA1): they help `check` to find the first wrong
step.
"""

import numpy as np

from mlcourse.exercises.activation_derivatives import ACTIVATION_DERIVATIVES
from mlcourse.exercises.backward_mistakes import by_parameters, by_two_layers, mistakes_of
from mlcourse.exercises.base import Case, Exercise, Part
from mlcourse.exercises.drawing import Array, draw_network
from mlcourse.exercises.initialization_study import INITIALIZATION_STUDY
from mlcourse.exercises.three_layers import THREE_LAYER_FORWARD

LESSON = "05-deep-networks"


def tanh_backward_propagation(
    Y: Array, cache: dict[str, Array], W1: Array, b1: Array, W2: Array, b2: Array
) -> dict[str, Array]:
    """Reference of tanh-backward."""
    m = Y.shape[1]
    dZ2 = cache["A2"] - Y
    dW2 = dZ2 @ cache["A1"].T / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dA1 = W2.T @ dZ2
    dZ1 = dA1 * (1 - cache["A1"] ** 2)
    dW1 = dZ1 @ cache["X"].T / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2, "dZ1": dZ1, "dA1": dA1, "dZ2": dZ2}


def deep_backward(Y: Array, cache: dict[str, Array], parameters: dict[str, Array]) -> dict[str, Array]:
    """Reference of deep-backward, and of three-layer-backward."""
    n_layers, m = len(parameters) // 2, Y.shape[1]
    grads = {}
    dZ = cache[f"A{n_layers}"] - Y
    for layer in range(n_layers, 0, -1):
        A_below = cache["X"] if layer == 1 else cache[f"A{layer - 1}"]
        grads[f"dZ{layer}"] = dZ
        grads[f"dW{layer}"] = dZ @ A_below.T / m
        grads[f"db{layer}"] = np.sum(dZ, axis=1, keepdims=True) / m
        if layer > 1:
            dA = parameters[f"W{layer}"].T @ dZ
            dZ = dA * (cache[f"Z{layer - 1}"] > 0)
            grads[f"dA{layer - 1}"] = dA
    return grads


def backward_order(n_layers: int) -> tuple[str, ...]:
    """Leaves of a backward pass in the order in which they are computed: dZL, dWL, dbL, dA(L-1), ..., db1."""
    order = [f"dZ{n_layers}", f"dW{n_layers}", f"db{n_layers}"]
    for layer in range(n_layers - 1, 0, -1):
        order += [f"dA{layer}", f"dZ{layer}", f"dW{layer}", f"db{layer}"]
    return tuple(order)


def backward_form(n_layers: int) -> dict[str, str]:
    """Form of the returned dict: dW1, db1, ..., dWL, dbL."""
    return {f"d{name}{layer}": f"d{name}{layer}" for layer in range(1, n_layers + 1) for name in "Wb"}


def _backward_shapes(n_layers: int) -> dict[str, str]:
    shapes = {"X": "(n0, m)", "Y": "(1, m)"}
    for layer in range(1, n_layers + 1):
        n, n_below = "1" if layer == n_layers else f"n{layer}", f"n{layer - 1}"
        shapes |= {f"{d}W{layer}": f"({n}, {n_below})" for d in ("", "d")}
        shapes |= {f"{d}b{layer}": f"({n}, 1)" for d in ("", "d")}
        shapes |= {f"{d}{name}{layer}": f"({n}, m)" for name in "ZA" for d in ("", "d")}
    return shapes


def _backward_formulas(n_layers: int, derivative: str) -> dict[str, str]:
    formulas = {f"dZ{n_layers}": f"dZ{n_layers} = A{n_layers} - Y"}
    for layer in range(1, n_layers + 1):
        A_below = "X" if layer == 1 else f"A{layer - 1}"
        formulas[f"dW{layer}"] = f"dW{layer} = dZ{layer} @ {A_below}.T / m"
        formulas[f"db{layer}"] = f"db{layer} = np.sum(dZ{layer}, axis=1, keepdims=True) / m"
        if layer < n_layers:
            formulas[f"dA{layer}"] = f"dA{layer} = W{layer + 1}.T @ dZ{layer + 1}"
            formulas[f"dZ{layer}"] = f"dZ{layer} = dA{layer} * {derivative.format(layer=layer)}"
    return formulas


def _tanh_inputs(rng: np.random.Generator) -> Case:
    Y, cache, parameters = draw_network(rng, 2, np.tanh)
    return {"Y": Y, "cache": cache, **parameters}


def _three_layer_inputs(rng: np.random.Generator) -> Case:
    Y, cache, parameters = draw_network(rng, 3)
    return {"Y": Y, "cache": cache, "parameters": parameters}


def _deep_case(rng: np.random.Generator, n_layers: int) -> Case:
    Y, cache, parameters = draw_network(rng, n_layers)
    return {"Y": Y, "cache": cache | {"A0": cache["X"].copy()}, "parameters": parameters}


def _deep_inputs(rng: np.random.Generator) -> Case:
    return _deep_case(rng, int(rng.integers(3, 6)))


def _deep_edges() -> list[Case]:
    """Logistic regression, the network of lesson 02, and one deeper than is drawn."""
    rng = np.random.default_rng(5)
    return [_deep_case(rng, n_layers) for n_layers in (1, 2, 7)]


def _layers_of(case: Case) -> int:
    return len(case["parameters"]) // 2


TANH_BACKWARD = Exercise(
    id="tanh-backward",
    lesson=LESSON,
    points=3,
    title="Backward through tanh",
    parts=(
        Part(
            function="tanh_backward_propagation",
            inputs=_tanh_inputs,
            reference=tanh_backward_propagation,
            returns=backward_form(2),
            order=backward_order(2),
            shapes=_backward_shapes(2),
            formulas=_backward_formulas(2, "(1 - A{layer}**2)"),
            section="Another activation: tanh",
            mistakes=mistakes_of("tanh", by_two_layers, 2),
        ),
    ),
)

THREE_LAYER_BACKWARD = Exercise(
    id="three-layer-backward",
    lesson=LESSON,
    points=4,
    title="Backward through three layers",
    parts=(
        Part(
            function="three_layer_backward",
            inputs=_three_layer_inputs,
            reference=deep_backward,
            returns=backward_form(3),
            order=backward_order(3),
            shapes=_backward_shapes(3),
            formulas=_backward_formulas(3, "(Z{layer} > 0)"),
            section="Three layers",
            mistakes=mistakes_of("relu", by_parameters, 3),
        ),
    ),
)

DEEP_BACKWARD = Exercise(
    id="deep-backward",
    lesson=LESSON,
    points=4,
    title="Backward through any number of layers",
    parts=(
        Part(
            function="deep_backward",
            inputs=_deep_inputs,
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
            mistakes=mistakes_of("relu", by_parameters),
            edges=_deep_edges,
        ),
    ),
)

EXERCISES: tuple[Exercise, ...] = (
    ACTIVATION_DERIVATIVES,
    TANH_BACKWARD,
    THREE_LAYER_FORWARD,
    THREE_LAYER_BACKWARD,
    DEEP_BACKWARD,
    INITIALIZATION_STUDY,
)
