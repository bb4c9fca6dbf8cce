"""One step of Adam."""

import numpy as np

from mlcourse.exercises.base import Case, Exercise, Part
from mlcourse.exercises.drawing import Array, draw_arrays
from mlcourse.exercises.known_mistakes import known


def adam_step(
    W: Array,
    dW: Array,
    m: Array,
    v: Array,
    t: int,
    learning_rate: float,
    beta1: float,
    beta2: float,
    epsilon: float,
) -> tuple[Array, Array, Array]:
    """Reference of adam."""
    m = beta1 * m + (1 - beta1) * dW
    v = beta2 * v + (1 - beta2) * dW**2
    m_hat = m / (1 - beta1**t)
    v_hat = v / (1 - beta2**t)
    return W - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon), m, v


MISTAKES = known(
    adam_step,
    """
    no-bias-correction
        You left out both bias corrections. m and v start at 0 and are too small at first: divide m by 1 -
        beta1**t and v by 1 - beta2**t before the step.
        - m / (1 - beta1**t)
        + m
        - v / (1 - beta2**t)
        + v
    no-correction-of-m
        You corrected v but not m: m_hat = m / (1 - beta1**t).
        - m / (1 - beta1**t)
        + m
    no-correction-of-v
        You corrected m but not v: v_hat = v / (1 - beta2**t).
        - v / (1 - beta2**t)
        + v
    power-forgotten
        You divided by 1 - beta. The correction fades with time: 1 - beta1**t and 1 - beta2**t.
        - 1 - beta1**t
        + 1 - beta1
        - 1 - beta2**t
        + 1 - beta2
    product-for-power
        You wrote beta * t. It is a power: 1 - beta1**t and 1 - beta2**t.
        - beta1**t
        + beta1 * t
        - beta2**t
        + beta2 * t
    t-from-zero
        Your corrections take t + 1. t is 1 in the first step already: 1 - beta1**t and 1 - beta2**t.
        - beta1**t
        + beta1 ** (t + 1)
        - beta2**t
        + beta2 ** (t + 1)
    t-minus-one
        Your corrections take t - 1, which divides by 0 in the first step. t is 1 there: 1 - beta1**t.
        - beta1**t
        + beta1 ** (t - 1)
        - beta2**t
        + beta2 ** (t - 1)
    betas-exchanged
        You exchanged beta1 and beta2: beta1 belongs to m, beta2 to v.
        -[every] beta1
        + beta2
        -[every] beta2
        + beta1
    beta-exchanged
        You exchanged beta and 1 - beta in m and v. They keep the part beta of themselves: m = beta1 * m +
        (1 - beta1) * dW.
        - beta1 * m + (1 - beta1) * dW
        + (1 - beta1) * m + beta1 * dW
        - beta2 * v + (1 - beta2) * dW**2
        + (1 - beta2) * v + beta2 * dW**2
    square-forgotten
        Your v averages dW itself. It averages the squares: v = beta2 * v + (1 - beta2) * dW**2.
        - dW**2
        + dW
    square-of-both
        You squared 1 - beta2 together with dW. Only dW is squared: (1 - beta2) * dW**2.
        - (1 - beta2) * dW**2
        + ((1 - beta2) * dW) ** 2
    root-forgotten
        You divided by v_hat. Divide by its square root: np.sqrt(v_hat) + epsilon.
        - np.sqrt(v_hat)
        + v_hat
    epsilon-under-root
        You added epsilon under the root. Add it after: np.sqrt(v_hat) + epsilon.
        - np.sqrt(v_hat) + epsilon
        + np.sqrt(v_hat + epsilon)
    epsilon-forgotten
        Your step does not depend on the argument epsilon: divide by np.sqrt(v_hat) + epsilon.
        - np.sqrt(v_hat) + epsilon
        + np.sqrt(v_hat)
    minus-epsilon
        You subtracted epsilon below. Add it, so that nothing is divided by 0: np.sqrt(v_hat) + epsilon.
        - np.sqrt(v_hat) + epsilon
        + np.sqrt(v_hat) - epsilon
    gradient-above
        You divided dW by the root of v_hat, as RMSProp does. Adam divides m_hat.
        - learning_rate * m_hat
        + learning_rate * dW
    ascent
        You added the step to W, which goes uphill. Subtract it.
        - W - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon)
        + W + learning_rate * m_hat / (np.sqrt(v_hat) + epsilon)
    corrected-moments-returned
        You returned m_hat and v_hat. Return m and v: corrections must not add up from step to step.
        - return W - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon), m, v
        + return W - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon), m_hat, v_hat
    in-place
        Right, but W, m and v have changed in the caller's hands too: *=, += and -= work in place. Write m =
        beta1 * m + ..., which makes a new array.
        @@ adam_step
        + m *= beta1
        + m += (1 - beta1) * dW
        + v *= beta2
        + v += (1 - beta2) * dW**2
        + W -= learning_rate * m / (1 - beta1**t) / (np.sqrt(v / (1 - beta2**t)) + epsilon)
        + return W, m, v
    """,
)


def _adam_inputs(rng: np.random.Generator) -> Case:
    case = draw_arrays(rng, "W dW m v")
    return case | {
        "v": np.abs(case["v"]),
        "t": int(rng.integers(2, 6)),
        "learning_rate": float(rng.uniform(0.05, 0.3)),
        "beta1": float(rng.uniform(0.7, 0.85)),
        "beta2": float(rng.uniform(0.9, 0.95)),
        "epsilon": float(rng.uniform(0.02, 0.1)),
    }


def _adam_edges() -> list[Case]:
    """The first step with the usual settings, a gradient that is zero, and a column of biases."""
    case = _adam_inputs(np.random.default_rng(9))
    zeros = np.zeros_like(case["W"])
    usual = {"t": 1, "learning_rate": 0.001, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8}
    return [
        case | usual | {"m": zeros, "v": zeros.copy()},
        case | usual | {"dW": zeros, "m": zeros.copy(), "v": zeros.copy()},
        case | {name: case[name][:, :1] for name in ("W", "dW", "m", "v")},
    ]


EXERCISE = Exercise(
    id="adam",
    lesson="06-optimization",
    points=3,
    title="A step of Adam",
    parts=(
        Part(
            function="adam_step",
            inputs=_adam_inputs,
            reference=adam_step,
            returns=("W", "m", "v"),
            order=("m", "v", "W"),
            shapes=dict.fromkeys(["W", "dW", "m", "v"], "one shape for all"),
            formulas={
                "m": "m = beta1 * m + (1 - beta1) * dW",
                "v": "v = beta2 * v + (1 - beta2) * dW**2",
                "W": "W = W - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon), m_hat = m / (1 - beta1**t)",
            },
            section="Adam",
            mistakes=MISTAKES,
            edges=_adam_edges,
        ),
    ),
)
