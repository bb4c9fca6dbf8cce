"""Central differences."""

from collections.abc import Callable
from typing import Any

import numpy as np

from mlcourse.exercises import drives
from mlcourse.exercises.base import Case, Exercise, Finding, Part
from mlcourse.exercises.drawing import Array
from mlcourse.exercises.known_mistakes import known

Function = Callable[[Array], float]
RTOL, ATOL = 1e-6, 1e-8


def numerical_gradient(f: Function, theta: Array, epsilon: float = 1e-5) -> Array:
    """Reference of numerical-gradient."""
    gradient = np.zeros_like(theta)
    for index in np.ndindex(theta.shape):
        plus, minus = theta.copy(), theta.copy()
        plus[index] += epsilon
        minus[index] -= epsilon
        gradient[index] = (f(plus) - f(minus)) / (2 * epsilon)
    return gradient


MISTAKES = known(
    numerical_gradient,
    """
    forward-difference
        You took the forward difference (f(theta + epsilon) - f(theta)) / epsilon. Its error is much larger:
        step to both sides and divide by 2 epsilon.
        - (f(plus) - f(minus)) / (2 * epsilon)
        + (f(plus) - f(theta)) / epsilon
    backward-difference
        You took the backward difference (f(theta) - f(theta - epsilon)) / epsilon. Its error is much larger:
        step to both sides and divide by 2 epsilon.
        - (f(plus) - f(minus)) / (2 * epsilon)
        + (f(theta) - f(minus)) / epsilon
    divided-by-epsilon
        Your gradient is twice too large: the two points are 2 epsilon apart, so divide by 2 * epsilon.
        - 2 * epsilon
        + epsilon
    multiplied-by-two-epsilon
        You wrote / 2 * epsilon, which divides by 2 and then multiplies by epsilon. Write / (2 * epsilon).
        - (f(plus) - f(minus)) / (2 * epsilon)
        + (f(plus) - f(minus)) / 2 * epsilon
    not-divided
        You returned the difference f(plus) - f(minus). Divide it by 2 * epsilon.
        - (f(plus) - f(minus)) / (2 * epsilon)
        + f(plus) - f(minus)
    sign
        Your gradient has the wrong sign: it is f at theta + epsilon minus f at theta - epsilon.
        - f(plus) - f(minus)
        + f(minus) - f(plus)
    half-a-step
        Your second point is theta itself, yet you divide by 2 epsilon: half of the slope. Step to theta -
        epsilon.
        - f(minus)
        + f(theta)
    all-at-once
        You moved all entries of theta at once and gave every entry the same slope. Move one entry at a time.
        - plus[index] += epsilon
        + plus += epsilon
        - minus[index] -= epsilon
        + minus -= epsilon
    one-number
        You moved all entries of theta at once and returned one number. Move one entry at a time.
        - return gradient
        + return (f(theta + epsilon) - f(theta - epsilon)) / (2 * epsilon)
    never-put-back
        You did not put an entry back before you moved the next one. Start every entry from theta itself.
        - gradient = np.zeros_like(theta)
        + gradient, theta = np.zeros_like(theta), theta.copy()
        - plus, minus = theta.copy(), theta.copy()
        + plus, minus = theta.copy(), theta
        or
        - plus, minus = theta.copy(), theta.copy()
        + plus, minus = theta.copy(), theta
        or
        - gradient = np.zeros_like(theta)
        + gradient, plus, minus = np.zeros_like(theta), theta.copy(), theta.copy()
        - plus, minus = theta.copy(), theta.copy()
    first-entry-only
        Only the first entry of your gradient is computed. Go on to the others.
        - gradient[index] = (f(plus) - f(minus)) / (2 * epsilon)
        + gradient[index] = (f(plus) - f(minus)) / (2 * epsilon)
        + break
    cut-to-whole-numbers
        Every slope is cut to a whole number: by int, or by an array that holds whole numbers only.
        - np.zeros_like(theta)
        + np.zeros(theta.shape, dtype=int)
    step-relative-to-theta
        You stepped by epsilon times the entry. Step by epsilon.
        - plus[index] += epsilon
        + plus[index] *= 1 + epsilon
        - minus[index] -= epsilon
        + minus[index] *= 1 - epsilon
    changes-theta
        Your gradient is right, but theta is not as it was. Work on a copy, or put the saved number back:
        adding and subtracting epsilon leaves rounding errors.
        - plus, minus = theta.copy(), theta.copy()
        - plus[index] += epsilon
        - minus[index] -= epsilon
        - gradient[index] = (f(plus) - f(minus)) / (2 * epsilon)
        + theta[index] += epsilon
        + plus = f(theta)
        + theta[index] -= 2 * epsilon
        + minus = f(theta)
        + theta[index] += epsilon
        + gradient[index] = (plus - minus) / (2 * epsilon)
    epsilon-fixed
        Your result does not depend on epsilon as it should. Step by the argument epsilon to both sides, and
        by nothing else.
        - gradient = np.zeros_like(theta)
        + gradient, epsilon = np.zeros_like(theta), 1e-5
    flat
        Your gradient is flat. Return it in the shape of theta.
        - return gradient
        + return gradient.ravel()
    """,
)


def compare(case: Case, answer: Any) -> Any:
    """Hold float32 to the tolerance of float64, and count calls of f; leave all else to comparison."""
    found = np.asarray(answer["gradient"])
    right = drives.numerical_gradient(numerical_gradient, case)["gradient"]
    if found.shape != right.shape or found.dtype.kind != "f":
        return NotImplemented
    if not np.allclose(found.astype(float), right, rtol=RTOL, atol=ATOL):
        if found.dtype == np.float64:
            return NotImplemented
        words = "gradient has fewer right digits than float32 holds. Compute in float64, with epsilon."
        return Finding("gradient", words)
    if answer["calls"] < 2 * right.size:
        words = f"You called f {answer['calls']} times for {right.size} entries. Central differences take two"
        return Finding("gradient", f"{words} calls for each entry, and nothing but these.")
    return NotImplemented


def _case(rng: np.random.Generator, shape: tuple[int, ...]) -> Case:
    """Strongly curved function that couples all entries (see the drive); epsilon so large that it shows."""
    return {
        "theta": rng.uniform(0.3, 1, shape) * rng.choice([-1, 1], shape),
        "linear": rng.standard_normal(shape),
        "cubic": rng.uniform(0.5, 1.5, shape) * rng.choice([-1, 1], shape),
        "coupling": rng.uniform(0.5, 1, shape),
        "epsilon": float(10 ** rng.uniform(-3, -2)),
    }


def _inputs(rng: np.random.Generator) -> Case:
    rows, columns = rng.permutation(np.arange(2, 6))[:2]
    return _case(rng, (int(rows), int(columns)))


def _edges() -> list[Case]:
    """Other numbers of dimensions, and epsilon left at its default."""
    rng = np.random.default_rng(4)
    cases = [_case(rng, (5,)), _case(rng, (2, 3, 2)), _case(rng, (3, 1)), _case(rng, (1,))]
    for case in cases[2:]:
        del case["epsilon"]
    return cases


EXERCISE = Exercise(
    id="numerical-gradient",
    lesson="04-gradient-checking",
    points=2,
    title="The gradient by central differences",
    parts=(
        Part(
            function="numerical_gradient",
            inputs=_inputs,
            reference=numerical_gradient,
            returns={"gradient": "gradient"},
            shapes={"gradient": "the shape of theta", "theta": "any shape"},
            formulas={
                "gradient": "(f(theta + epsilon e_i) - f(theta - epsilon e_i)) / (2 epsilon), entry by entry"
            },
            section="One side or both",
            drive="numerical_gradient",
            mistakes=MISTAKES,
            edges=_edges,
            # Another order of operations moves a central difference by about 1e-16 / epsilon.
            rtol=RTOL,
            atol=ATOL,
            compare=compare,
        ),
    ),
)
