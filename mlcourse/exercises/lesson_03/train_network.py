"""The training loop."""

import numpy as np

from mlcourse.exercises.backward_passes import backward_formulas
from mlcourse.exercises.base import Case, Exercise, Part
from mlcourse.exercises.drawing import Array, draw_labels, draw_until, forward, mixed, relu
from mlcourse.exercises.known_mistakes import known
from mlcourse.exercises.lesson_03.initialize_parameters import initialize_parameters
from mlcourse.exercises.lesson_03.own_start import NAMES, Parameters, compare_training
from mlcourse.nn.activations import sigmoid
from mlcourse.nn.losses import binary_cross_entropy


def train_network(
    X: Array, Y: Array, n_hidden: int, learning_rate: float, epochs: int, rng: np.random.Generator
) -> tuple[Parameters, list[float]]:
    """Gradient descent from He's initial weights, and the loss before every step."""
    n_x, m = len(X), X.shape[1]
    W1 = rng.standard_normal((n_hidden, n_x)) * np.sqrt(2 / n_x)
    b1 = np.zeros((n_hidden, 1))
    W2 = rng.standard_normal((1, n_hidden)) * np.sqrt(2 / n_hidden)
    b2 = np.zeros((1, 1))
    losses: list[float] = []
    for epoch in range(epochs):  # noqa: B007  mistakes use it
        Z1 = W1 @ X + b1
        A1 = relu(Z1)
        Z2 = W2 @ A1 + b2
        A2 = sigmoid(Z2)
        loss = binary_cross_entropy(A2, Y)
        losses.append(loss)
        dZ2 = A2 - Y
        dW2 = dZ2 @ A1.T / m
        db2 = np.sum(dZ2, axis=1, keepdims=True) / m
        dA1 = W2.T @ dZ2
        dZ1 = dA1 * (Z1 > 0)
        dW1 = dZ1 @ X.T / m
        db1 = np.sum(dZ1, axis=1, keepdims=True) / m
        W1 = W1 - learning_rate * dW1
        b1 = b1 - learning_rate * db1
        W2 = W2 - learning_rate * dW2
        b2 = b2 - learning_rate * db2
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}, losses


TRAIN_MISTAKES = known(
    train_network,
    """
    losses-after-steps
        Your losses[k] is the loss after step k. Take it before the step, so that losses[0] is that of the
        initial parameters.
        - loss = binary_cross_entropy(A2, Y)
        - losses.append(loss)
        + loss = binary_cross_entropy(A2, Y)
        @@ b2
        - b2 = b2 - learning_rate * db2
        + b2 = b2 - learning_rate * db2
        + losses.append(binary_cross_entropy(sigmoid(W2 @ relu(W1 @ X + b1) + b2), Y))
    one-loss-too-many
        You returned one loss too many, that after the last step. losses has one number for each step.
        - return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}, losses
        + losses.append(binary_cross_entropy(sigmoid(W2 @ relu(W1 @ X + b1) + b2), Y))
        + return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}, losses
    last-loss-only
        You returned one loss. Return a list with the loss before every step.
        - return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}, losses
        + return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}, losses[-1] if losses else 0.0
    losses-summed
        Your losses are sums over the examples. The loss is their mean: divide by m.
        - losses.append(loss)
        + losses.append(loss * m)
    squared-error
        Your losses are squared errors, and so are your steps. Here the loss is the binary cross-entropy, and
        dZ2 = A2 - Y.
        - binary_cross_entropy(A2, Y)
        + np.mean((A2 - Y) ** 2)
        - dZ2 = A2 - Y
        + dZ2 = 2 * (A2 - Y) * A2 * (1 - A2)
        or
        - binary_cross_entropy(A2, Y)
        + np.mean((A2 - Y) ** 2) / 2
        - dZ2 = A2 - Y
        + dZ2 = (A2 - Y) * A2 * (1 - A2)
    tanh-for-relu
        Your hidden layer is tanh. In this lesson it is ReLU, with the derivative Z1 > 0.
        - relu(Z1)
        + np.tanh(Z1)
        - (Z1 > 0)
        + (1 - A1**2)
    sigmoid-for-relu
        Your hidden layer is a sigmoid. In this lesson it is ReLU, with the derivative Z1 > 0.
        - relu(Z1)
        + sigmoid(Z1)
        - (Z1 > 0)
        + (A1 * (1 - A1))
    one-step-too-few
        You made one step too few: loop over range(epochs).
        - range(epochs)
        + range(epochs - 1)
    never-updated
        Your parameters are still the initial ones. Assign what the update returns back to W1, b1, W2, b2.
        - W1 = W1 - learning_rate * dW1
        - b1 = b1 - learning_rate * db1
        - W2 = W2 - learning_rate * dW2
        - b2 = b2 - learning_rate * db2
    ascent
        You added the gradients, so the loss rises. Subtract learning_rate times the gradient.
        - W1 - learning_rate * dW1
        + W1 + learning_rate * dW1
        - b1 - learning_rate * db1
        + b1 + learning_rate * db1
        - W2 - learning_rate * dW2
        + W2 + learning_rate * dW2
        - b2 - learning_rate * db2
        + b2 + learning_rate * db2
    restarted
        You draw new parameters in every epoch, so nothing is learned. Draw them once, before the loop.
        - Z1 = W1 @ X + b1
        + if epoch:
        +     W1 = rng.standard_normal((n_hidden, n_x)) * np.sqrt(2 / n_x)
        +     b1 = np.zeros((n_hidden, 1))
        +     W2 = rng.standard_normal((1, n_hidden)) * np.sqrt(2 / n_hidden)
        +     b2 = np.zeros((1, 1))
        + Z1 = W1 @ X + b1
    stale-forward
        You use the forward pass of the initial parameters in every epoch. Go forward anew inside the loop.
        - Z1 = W1 @ X + b1
        - A1 = relu(Z1)
        - Z2 = W2 @ A1 + b2
        - A2 = sigmoid(Z2)
        + if epoch == 0:
        +     Z1 = W1 @ X + b1
        +     A1 = relu(Z1)
        +     Z2 = W2 @ A1 + b2
        +     A2 = sigmoid(Z2)
    gradients-once
        You take the same step in every epoch, along the gradients of the start. Compute them anew inside the
        loop.
        - W1 = W1 - learning_rate * dW1
        - b1 = b1 - learning_rate * db1
        - W2 = W2 - learning_rate * dW2
        - b2 = b2 - learning_rate * db2
        + if epoch == 0:
        +     steps = dW1, db1, dW2, db2
        + W1 = W1 - learning_rate * steps[0]
        + b1 = b1 - learning_rate * steps[1]
        + W2 = W2 - learning_rate * steps[2]
        + b2 = b2 - learning_rate * steps[3]
        or
        - losses.append(loss)
        + losses.append(losses[0] if losses else loss)
        - W1 = W1 - learning_rate * dW1
        - b1 = b1 - learning_rate * db1
        - W2 = W2 - learning_rate * dW2
        - b2 = b2 - learning_rate * db2
        + if epoch == 0:
        +     steps = dW1, db1, dW2, db2
        + W1 = W1 - learning_rate * steps[0]
        + b1 = b1 - learning_rate * steps[1]
        + W2 = W2 - learning_rate * steps[2]
        + b2 = b2 - learning_rate * steps[3]
    no-mean
        Your steps are m times too large: your gradients are sums over the batch. Divide them by m.
        - dZ2 @ A1.T / m
        + dZ2 @ A1.T
        - np.sum(dZ2, axis=1, keepdims=True) / m
        + np.sum(dZ2, axis=1, keepdims=True)
        - dZ1 @ X.T / m
        + dZ1 @ X.T
        - np.sum(dZ1, axis=1, keepdims=True) / m
        + np.sum(dZ1, axis=1, keepdims=True)
    mask-forgotten
        Your backward pass leaves out ReLU's derivative: dZ1 = dA1 * (Z1 > 0).
        - dA1 * (Z1 > 0)
        + dA1
    weights-already-updated
        You had updated W2 before you went back through it. Compute all gradients first, then update.
        - W2.T @ dZ2
        + (W2 - learning_rate * dW2).T @ dZ2
    biases-not-updated
        You never update the biases: b1 and b2 take their steps too.
        - b1 = b1 - learning_rate * db1
        @@ b2
        - b2 = b2 - learning_rate * db2
    hidden-layer-not-updated
        You update W2 and b2 only: W1 and b1 take their steps too.
        - W1 = W1 - learning_rate * dW1
        - b1 = b1 - learning_rate * db1
    biases-drawn
        You start with biases that are not zero. Only the weights are drawn.
        - np.zeros((n_hidden, 1))
        + rng.standard_normal((n_hidden, 1))
        - np.zeros((1, 1))
        + rng.standard_normal((1, 1))
    small-weights
        Your weights have the standard deviation 0.01, whatever the layer. He's is sqrt(2 / number of inputs).
        - np.sqrt(2 / n_x)
        + 0.01
        - np.sqrt(2 / n_hidden)
        + 0.01
    unscaled
        Your weights have the standard deviation 1. Multiply them by sqrt(2 / number of inputs).
        - rng.standard_normal((n_hidden, n_x)) * np.sqrt(2 / n_x)
        + rng.standard_normal((n_hidden, n_x))
        - rng.standard_normal((1, n_hidden)) * np.sqrt(2 / n_hidden)
        + rng.standard_normal((1, n_hidden))
    """,
)


def _inputs(rng: np.random.Generator) -> Case:
    """Inputs and a seed with which the hidden layer is well mixed from the start."""

    def draw() -> Case:
        n_x, n_hidden, m = int(rng.integers(4, 7)), int(rng.integers(18, 24)), int(rng.integers(10, 17))
        return {
            "X": rng.standard_normal((n_x, m)),
            "Y": draw_labels(rng, m),
            "n_hidden": n_hidden,
            "learning_rate": float(rng.uniform(0.2, 0.4)),
            "epochs": int(rng.integers(5, 9)),
            "seed": int(rng.integers(2**31)),
        }

    def good(case: Case) -> bool:
        n_x, seed = len(case["X"]), np.random.default_rng(case["seed"])
        return mixed(forward(case["X"], initialize_parameters(n_x, case["n_hidden"], 1, seed))["Z1"])

    return draw_until(draw, good)


def _edges() -> list[Case]:
    """A single step."""
    return [_inputs(np.random.default_rng(6)) | {"epochs": 1}]


EXERCISE = Exercise(
    id="train-network",
    lesson="03-training",
    points=3,
    title="The training loop",
    parts=(
        Part(
            function="train_network",
            inputs=_inputs,
            reference=train_network,
            returns=({name: name for name in NAMES}, "losses"),
            order=("losses", *NAMES),
            shapes={
                "losses": "(epochs,)",
                "X": "(n_x, m)",
                "Y": "(1, m)",
                "W1": "(n_hidden, n_x)",
                "b1": "(n_hidden, 1)",
                "W2": "(1, n_hidden)",
                "b2": "(1, 1)",
            },
            formulas=backward_formulas(2)
            | {
                "Z1": "Z1 = W1 @ X + b1",
                "A1": "A1 = np.maximum(Z1, 0)",
                "Z2": "Z2 = W2 @ A1 + b2",
                "A2": "A2 = sigmoid(Z2)",
                "losses": "losses[k] = binary_cross_entropy(A2, Y) with the parameters before step k",
                "W1": "W1 = W1 - learning_rate * dW1",
                "b1": "b1 = b1 - learning_rate * db1",
                "W2": "W2 = W2 - learning_rate * dW2",
                "b2": "b2 = b2 - learning_rate * db2",
            },
            section="The loop",
            drive="train_network",
            compare=compare_training,
            mistakes=TRAIN_MISTAKES,
            edges=_edges,
        ),
    ),
)
