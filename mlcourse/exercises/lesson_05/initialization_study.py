"""What the size of the initial weights does to the gradients."""

import numpy as np

from mlcourse.exercises.base import Case, Exercise, Part
from mlcourse.exercises.drawing import Array, forward
from mlcourse.exercises.known_mistakes import known


def gradient_norms(scale: float, depth: int, rng: np.random.Generator) -> Array:
    """Reference of initialization-study."""
    X = rng.standard_normal((10, 50))
    Y = (X[:1] > 0).astype(float)
    sizes = [10] * depth + [1]
    parameters = {}
    for layer in range(1, depth + 1):
        n_in, n_out = sizes[layer - 1], sizes[layer]
        parameters[f"W{layer}"] = rng.standard_normal((n_out, n_in)) * scale * np.sqrt(2 / n_in)
        parameters[f"b{layer}"] = np.zeros((n_out, 1))
    cache = forward(X, parameters)
    cache["A0"] = X
    dZ = cache[f"A{depth}"] - Y
    grads = {}
    for layer in range(depth, 0, -1):
        grads[f"dW{layer}"] = dZ @ cache[f"A{layer - 1}"].T / Y.shape[1]
        if layer > 1:
            dZ = parameters[f"W{layer}"].T @ dZ * (cache[f"Z{layer - 1}"] > 0)
    return np.array([np.linalg.norm(grads[f"dW{layer}"]) for layer in range(1, depth + 1)])


MISTAKES = known(
    gradient_norms,
    """
    xavier
        You used Xavier's size, with inputs and outputs under the root. He's has the inputs only:
        np.sqrt(2 / n_in).
        - np.sqrt(2 / n_in)
        + np.sqrt(2 / (n_in + n_out))
    root-mean-square
        You returned the root of the mean square of the entries. The norm is the root of their sum:
        np.linalg.norm(dW).
        - np.linalg.norm(grads[f"dW{layer}"])
        + np.sqrt(np.mean(grads[f"dW{layer}"] ** 2))
    transposed-draw
        You drew the weights with the shape (n_in, n_out) and transposed them, so the numbers are in other
        places. Draw (n_out, n_in).
        - rng.standard_normal((n_out, n_in))
        + rng.standard_normal((n_in, n_out)).T
    scale-alone
        Your weights are scale times the drawn numbers. Multiply by np.sqrt(2 / n_in) as well.
        - rng.standard_normal((n_out, n_in)) * scale * np.sqrt(2 / n_in)
        + rng.standard_normal((n_out, n_in)) * scale
    scale-ignored
        Your result does not depend on scale: multiply the weights of every layer by it.
        - rng.standard_normal((n_out, n_in)) * scale
        + rng.standard_normal((n_out, n_in))
    root-forgotten
        You multiplied the weights by scale * 2 / n_in. It is the square root: scale * np.sqrt(2 / n_in).
        - np.sqrt(2 / n_in)
        + (2 / n_in)
    one-over-n
        You used 1 / n_in under the root. He's initialization, for ReLU, has 2 / n_in.
        - np.sqrt(2 / n_in)
        + np.sqrt(1 / n_in)
    fan-out
        You used the number of outputs of a layer under the root. He's initialization has the number of its
        inputs, n_in.
        - np.sqrt(2 / n_in)
        + np.sqrt(2 / n_out)
    norms-of-W
        You measured the weights W. Measure their gradients dW.
        - grads[f"dW{layer}"]
        + parameters[f"W{layer}"]
    norms-squared
        You returned the sums of squares. The norm is the square root of that.
        - np.linalg.norm(grads[f"dW{layer}"])
        + np.sum(grads[f"dW{layer}"] ** 2)
    mean-size
        You returned the mean size of the entries of dW. Return the norm, np.linalg.norm(dW).
        - np.linalg.norm(grads[f"dW{layer}"])
        + np.mean(np.abs(grads[f"dW{layer}"]))
    spectral-norm
        You took the spectral norm, np.linalg.norm(dW, 2). Take the Frobenius norm, np.linalg.norm(dW).
        - np.linalg.norm(grads[f"dW{layer}"])
        + np.linalg.norm(grads[f"dW{layer}"], 2)
    no-mean
        Your norms are those of sums over the batch, m times too large: divide the gradients by m.
        - np.linalg.norm(grads[f"dW{layer}"])
        + np.linalg.norm(grads[f"dW{layer}"] * Y.shape[1])
    mask-forgotten
        Your backward pass leaves out ReLU's derivative: dZ = dA * (Z > 0).
        - parameters[f"W{layer}"].T @ dZ * (cache[f"Z{layer - 1}"] > 0)
        + parameters[f"W{layer}"].T @ dZ
    weights-before-data
        You drew the weights before X. Draw X first: otherwise the numbers are others.
        - cache = forward(X, parameters)
        + X = rng.standard_normal((10, 50))
        + Y = (X[:1] > 0).astype(float)
        + cache = forward(X, parameters)
        - X = rng.standard_normal((10, 50))
        - Y = (X[:1] > 0).astype(float)
    output-first
        Your norms begin with the output layer. Begin with layer 1.
        -[2] range(1, depth + 1)
        + range(depth, 0, -1)
    sigmoid-overflows
        Right, but with large weights exp(-Z) overflows in your sigmoid. Use one that takes exp(Z) where Z is
        negative, such as that of lesson 02.
        - forward(X, parameters)
        + forward(X, parameters, output=lambda Z: 1 / (1 + np.exp(-Z)))
    """,
)


def _inputs(rng: np.random.Generator) -> Case:
    return {
        "scale": float(rng.uniform(0.6, 0.9) if rng.random() < 0.5 else rng.uniform(1.2, 1.8)),
        "depth": int(rng.integers(3, 8)),
        "seed": int(rng.integers(2**31)),
    }


def _edges() -> list[Case]:
    """One layer only; and scales so large that a plain exp(-Z) overflows."""
    return [
        {"scale": 1.0, "depth": 1, "seed": 11},
        {"scale": 5.0, "depth": 9, "seed": 12},
        {"scale": 10.0, "depth": 6, "seed": 13},
    ]


EXERCISE = Exercise(
    id="initialization-study",
    lesson="05-deep-networks",
    points=4,
    title="Gradients and initial weights",
    parts=(
        Part(
            function="gradient_norms",
            inputs=_inputs,
            reference=gradient_norms,
            returns="norms",
            shapes={"norms": "(depth,)", "X": "(10, 50)", "Y": "(1, 50)"},
            formulas={"norms": "norms[l-1] = np.linalg.norm(dW[l])"},
            section="Initial weights and deep networks",
            drive="with_generator",
            mistakes=MISTAKES,
            edges=_edges,
        ),
    ),
)
