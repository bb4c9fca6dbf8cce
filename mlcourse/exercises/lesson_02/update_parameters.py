"""One step of gradient descent."""

import numpy as np

from mlcourse.exercises.base import Case, Exercise, Part
from mlcourse.exercises.drawing import Array
from mlcourse.exercises.known_mistakes import known
from mlcourse.exercises.lesson_02.two_layers import SHAPES, draw_parameters, draw_sizes

Parameters = tuple[Array, Array, Array, Array]


def update_parameters(
    W1: Array, b1: Array, W2: Array, b2: Array, grads: dict[str, Array], learning_rate: float
) -> Parameters:
    """Step downhill, into new arrays."""
    W1 = W1 - learning_rate * grads["dW1"]
    b1 = b1 - learning_rate * grads["db1"]
    W2 = W2 - learning_rate * grads["dW2"]
    b2 = b2 - learning_rate * grads["db2"]
    return W1, b1, W2, b2


MISTAKES = known(
    update_parameters,
    """
    in-place
        The values are right, but the parameters that were passed in are changed too: W1 -= ... writes into
        the caller's array. Make a new one: W1 = W1 - ...
        - W1 = W1 - learning_rate * grads["dW1"]
        - b1 = b1 - learning_rate * grads["db1"]
        - W2 = W2 - learning_rate * grads["dW2"]
        - b2 = b2 - learning_rate * grads["db2"]
        + W1 -= learning_rate * grads["dW1"]
        + b1 -= learning_rate * grads["db1"]
        + W2 -= learning_rate * grads["dW2"]
        + b2 -= learning_rate * grads["db2"]
    ascent
        This steps up the slope: the gradient points uphill, so subtract it.
        -[every] learning_rate
        + -learning_rate
    no-learning-rate
        The learning rate is missing: multiply each gradient by it.
        -[every] learning_rate
        + 1.0
    divided-by-learning-rate
        The gradient is divided by the learning rate: multiply.
        -[every] learning_rate
        + (1 / learning_rate)
    biases-not-updated
        The biases stay as they were: b1 and b2 take a step too.
        - b1 - learning_rate * grads["db1"]
        + b1
        - b2 - learning_rate * grads["db2"]
        + b2
    layer-1-not-updated
        Layer 1 stays as it was: W1 and b1 take a step too.
        - W1 - learning_rate * grads["dW1"]
        + W1
        - b1 - learning_rate * grads["db1"]
        + b1
    layer-2-not-updated
        Layer 2 stays as it was: W2 and b2 take a step too.
        - W2 - learning_rate * grads["dW2"]
        + W2
        - b2 - learning_rate * grads["db2"]
        + b2
    nothing-updated
        The parameters come back as they were: W1 = W1 - learning_rate * dW1, and so on.
        - W1 - learning_rate * grads["dW1"]
        + W1
        - b1 - learning_rate * grads["db1"]
        + b1
        - W2 - learning_rate * grads["dW2"]
        + W2
        - b2 - learning_rate * grads["db2"]
        + b2
    returns-steps
        This returns the steps, not the parameters after them: W1 - learning_rate * dW1.
        - W1 - learning_rate * grads["dW1"]
        + -learning_rate * grads["dW1"]
        - b1 - learning_rate * grads["db1"]
        + -learning_rate * grads["db1"]
        - W2 - learning_rate * grads["dW2"]
        + -learning_rate * grads["dW2"]
        - b2 - learning_rate * grads["db2"]
        + -learning_rate * grads["db2"]
    weights-scaled
        The parameter is multiplied by the learning rate as well. Only the gradient is.
        - W1 - learning_rate * grads["dW1"]
        + learning_rate * (W1 - grads["dW1"])
        - b1 - learning_rate * grads["db1"]
        + learning_rate * (b1 - grads["db1"])
        - W2 - learning_rate * grads["dW2"]
        + learning_rate * (W2 - grads["dW2"])
        - b2 - learning_rate * grads["db2"]
        + learning_rate * (b2 - grads["db2"])
    order-of-return
        The values are returned in another order: it is W1, b1, W2, b2.
        - return W1, b1, W2, b2
        + return W1, W2, b1, b2
    returns-dict
        The parameters are returned in a dict: return the four arrays, W1, b1, W2, b2.
        - return W1, b1, W2, b2
        + return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
    """,
)


def draw(rng: np.random.Generator) -> Case:
    """Parameters, and gradients of their shapes."""
    n0, n1, _ = draw_sizes(rng)
    gradients = {f"d{name}": value for name, value in draw_parameters(rng, n0, n1).items()}
    return {
        **draw_parameters(rng, n0, n1),
        "grads": gradients,
        "learning_rate": float(rng.uniform(0.05, 0.5)),
    }


EXERCISE = Exercise(
    id="update-parameters",
    lesson="02-two-layer-network",
    points=1,
    title="One step of gradient descent",
    parts=(
        Part(
            function="update_parameters",
            inputs=draw,
            reference=update_parameters,
            returns=("W1", "b1", "W2", "b2"),
            shapes=SHAPES,
            formulas={n: f"{n} = {n} - learning_rate * d{n}" for n in ("W1", "b1", "W2", "b2")},
            section="One step of gradient descent",
            mistakes=MISTAKES,
        ),
    ),
)
