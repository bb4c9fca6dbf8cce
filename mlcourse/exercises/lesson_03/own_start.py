"""Training that draws its initial numbers otherwise than the reference, judged from where it started."""

from typing import Any

import numpy as np

from mlcourse.exercises.base import Case, Finding
from mlcourse.exercises.drawing import Array, forward
from mlcourse.exercises.lesson_02.backward_propagation import backward_propagation
from mlcourse.exercises.lesson_03.deviations import he_deviation
from mlcourse.exercises.lesson_03.initialize_parameters import initialize_parameters
from mlcourse.exercises.randomness import looks_normal
from mlcourse.nn.losses import binary_cross_entropy

Parameters = dict[str, Array]
NAMES = ("W1", "b1", "W2", "b2")


def _descend(
    parameters: Parameters, X: Array, Y: Array, learning_rate: float, epochs: int
) -> tuple[Any, Any]:
    losses = []
    for _ in range(epochs):
        cache = forward(X, parameters)
        losses.append(binary_cross_entropy(cache["A2"], Y))
        grads = backward_propagation(Y, cache, *parameters.values())
        parameters = {name: value - learning_rate * grads[f"d{name}"] for name, value in parameters.items()}
    return parameters, losses


@np.errstate(all="ignore")
def compare_training(case: Case, answer: Any) -> Any:
    """Judge a run that draws its numbers otherwise than the reference; leave all others to comparison.

    The drive asks for zero epochs too, under several seeds. If the parameters that come back are honest ones
    of He's, the run is followed from where it really started.
    """
    parameters, losses = answer
    starts = parameters.get("starts")
    if not starts:
        return NotImplemented
    own = [{name: np.asarray(start[name], float) for name in NAMES} for start in starts]
    stream = initialize_parameters(len(case["X"]), case["n_hidden"], 1, np.random.default_rng(case["seed"]))
    if all(own[0][name].shape == stream[name].shape for name in NAMES) and all(
        np.allclose(own[0][name], stream[name]) for name in NAMES
    ):
        return NotImplemented
    if own[0]["W1"].any() and all(np.array_equal(own[0]["W1"], start["W1"]) for start in own):
        words = "Your weights are the same whatever rng you are given: draw from that one, not from your own."
        return Finding("W1", words)
    if not _honest(own, stream):
        return NotImplemented
    expected, expected_losses = _descend(own[0], case["X"], case["Y"], case["learning_rate"], case["epochs"])
    if np.shape(losses) != np.shape(expected_losses):
        words = f"losses has shape {np.shape(losses)}, expected one loss for each of {case['epochs']} steps."
        return Finding("losses", words)
    for name, got, right in (
        ("losses", losses, expected_losses),
        *((name, parameters[name], expected[name]) for name in NAMES),
    ):
        if not np.allclose(np.asarray(got, float), right, rtol=1e-6, atol=1e-9):
            if name == "losses" and not np.isclose(losses[0], right[0]):
                words = (
                    "losses[0] is not the loss of the parameters you return for epochs = 0 and the same rng. "
                    "Do you draw from that rng, and from no other?"
                )
                return Finding(name, words)
            return Finding(name, f"{name} is not what gradient descent makes of your own initial parameters.")
    return None


def _honest(starts: list[Parameters], like: Parameters) -> bool:
    """Whether parameters drawn with several seeds are He's: shapes, zero biases, and all weights together."""
    if any(start[name].shape != like[name].shape for start in starts for name in NAMES):
        return False
    if any(start[name].any() for start in starts for name in ("b1", "b2")):
        return False
    return all(
        looks_normal(np.stack([start[name] for start in starts]), he_deviation(like[name].shape[1], 0))
        for name in ("W1", "W2")
    )
