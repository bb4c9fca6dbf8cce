"""The gradients of lesson 02 by PyTorch.

PyTorch may be missing where answers are judged, so the reference and the mistakes are NumPy.
"""

import numpy as np

from mlcourse.exercises.base import Case, Exercise, Part
from mlcourse.exercises.drawing import Array, draw_network, relu
from mlcourse.exercises.known_mistakes import known
from mlcourse.nn.activations import sigmoid


def torch_gradients(X: Array, Y: Array, parameters: dict[str, Array]) -> dict[str, Array]:
    """Reference of torch-agreement."""
    W1, b1, W2, b2 = (parameters[name] for name in ("W1", "b1", "W2", "b2"))
    m = X.shape[1]
    Z1 = W1 @ X + b1
    A1 = relu(Z1)
    A2 = sigmoid(W2 @ A1 + b2)
    dZ2 = A2 - Y
    dZ1 = W2.T @ dZ2 * (Z1 > 0)
    dW1, db1 = dZ1 @ X.T / m, np.sum(dZ1, axis=1, keepdims=True) / m
    dW2, db2 = dZ2 @ A1.T / m, np.sum(dZ2, axis=1, keepdims=True) / m
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}


MISTAKES = known(
    torch_gradients,
    """
    no-mean
        Your loss is a sum. It is the mean over the examples: the default reduction, or .mean().
        - m = X.shape[1]
        + m = 1
    backward-twice
        Your gradients are twice too large: PyTorch adds them up over calls of backward(). Start from new
        tensors, or set .grad to None.
        - m = X.shape[1]
        + m = X.shape[1] / 2
    sigmoid-twice
        You gave binary_cross_entropy_with_logits the output of the sigmoid. It applies the sigmoid itself:
        give it Z2.
        - A2 - Y
        + (sigmoid(A2) - Y) * A2 * (1 - A2)
    squared-error
        Your loss is the mean squared error. Here it is the binary cross-entropy.
        - A2 - Y
        + 2 * (A2 - Y) * A2 * (1 - A2)
    no-relu
        You left out the hidden activation: torch.relu.
        - relu(Z1)
        + Z1
        - W2.T @ dZ2 * (Z1 > 0)
        + W2.T @ dZ2
    tanh-hidden
        You used tanh in the hidden layer. Here it is ReLU.
        - relu(Z1)
        + np.tanh(Z1)
        - Z1 > 0
        + 1 - A1**2
    flat-biases
        Your db have shape (n,), as those of torch.nn.Linear. Give them the shape of b: (n, 1).
        - {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
        + {"dW1": dW1, "db1": db1[:, 0], "dW2": dW2, "db2": db2[:, 0]}
    """,
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
