"""The training loop."""

from collections.abc import Callable
from typing import Any

import numpy as np

from mlcourse.exercises.base import Case, Exercise, Finding, Mistake, Part
from mlcourse.exercises.drawing import Array, draw_labels, draw_until, forward, mixed
from mlcourse.exercises.lesson_03.initialize_parameters import (
    DEVIATIONS,
    he_deviation,
    initialize_parameters,
    initializer,
)
from mlcourse.exercises.randomness import looks_normal
from mlcourse.exercises.replaceable_passes import BackwardPass
from mlcourse.nn.losses import binary_cross_entropy

Parameters = dict[str, Array]
Advance = Callable[[Array, Parameters, Parameters, float], Parameters]
_NAMES = ("W1", "b1", "W2", "b2")
_backward = BackwardPass()


def _descend(
    parameters: Parameters, X: Array, Y: Array, learning_rate: float, epochs: int
) -> tuple[Any, Any]:
    losses = []
    for _ in range(epochs):
        cache = forward(X, parameters)
        losses.append(binary_cross_entropy(cache["A2"], Y))
        grads = _backward(Y, cache, parameters)
        parameters = {name: value - learning_rate * grads[f"d{name}"] for name, value in parameters.items()}
    return parameters, losses


def train_network(
    X: Array, Y: Array, n_hidden: int, learning_rate: float, epochs: int, rng: np.random.Generator
) -> tuple[Parameters, list[float]]:
    """Reference of train-network."""
    return _descend(initialize_parameters(len(X), n_hidden, 1, rng), X, Y, learning_rate, epochs)


def _advance(backward: BackwardPass = _backward, names: tuple[str, ...] = _NAMES, sign: float = 1) -> Advance:
    """Step of gradient descent with another backward pass, of some parameters only, or uphill."""

    def advance(Y: Array, cache: Parameters, parameters: Parameters, learning_rate: float) -> Parameters:
        grads = backward(Y, cache, parameters)
        return parameters | {
            name: parameters[name] - sign * learning_rate * grads[f"d{name}"] for name in names
        }

    return advance


_step = _advance()


def _output_first(Y: Array, cache: Parameters, parameters: Parameters, learning_rate: float) -> Parameters:
    """Step that goes back through weights W2 which it has changed already."""
    later = _advance(names=("W2", "b2"))(Y, cache, parameters, learning_rate)
    first = _advance(names=("W1", "b1"))(Y, cache, parameters | {"W2": later["W2"]}, learning_rate)
    return later | {"W1": first["W1"], "b1": first["b1"]}


def _wrong(
    initialize: Callable[..., Parameters] = initialize_parameters,
    advance: Advance = _step,
    report: Callable[[list[float], int], Any] = lambda losses, m: losses[:-1],
    restart: bool = False,
    stale: bool = False,
    fewer: int = 0,
) -> Callable[..., Any]:
    """Training loop with one thing gone wrong; `report` gets one loss more, that after the last step."""

    def wrong(
        X: Array, Y: Array, n_hidden: int, learning_rate: float, epochs: int, rng: np.random.Generator
    ) -> tuple[Parameters, Any]:
        parameters = initialize(len(X), n_hidden, 1, rng)
        cache, losses = forward(X, parameters), []
        for epoch in range(epochs - fewer):
            if restart and epoch:
                parameters = initialize(len(X), n_hidden, 1, rng)
            cache = cache if stale else forward(X, parameters)
            losses.append(binary_cross_entropy(cache["A2"], Y))
            parameters = advance(Y, cache, parameters, learning_rate)
        losses.append(binary_cross_entropy(forward(X, parameters)["A2"], Y))
        return parameters, report(losses, X.shape[1])

    return wrong


TRAIN_MISTAKES = (
    Mistake(
        "losses-after-steps",
        "Your losses[k] is the loss after step k. Take it before the step, so that losses[0] is that of the "
        "initial parameters.",
        _wrong(report=lambda losses, m: losses[1:]),
    ),
    Mistake(
        "one-loss-too-many",
        "You returned one loss too many, that after the last step. losses has one number for each step.",
        _wrong(report=lambda losses, m: losses),
    ),
    Mistake(
        "last-loss-only",
        "You returned one loss. Return a list with the loss before every step.",
        _wrong(report=lambda losses, m: losses[-2] if len(losses) > 1 else losses[-1]),
    ),
    Mistake(
        "losses-summed",
        "Your losses are sums over the examples. The loss is their mean: divide by m.",
        _wrong(report=lambda losses, m: [loss * m for loss in losses[:-1]]),
    ),
    Mistake(
        "one-step-too-few",
        "You made one step too few: loop over range(epochs).",
        _wrong(fewer=1),
    ),
    Mistake(
        "never-updated",
        "Your parameters are still the initial ones. Assign what the update returns back to W1, b1, W2, b2.",
        _wrong(advance=_advance(names=())),
    ),
    Mistake(
        "ascent",
        "You added the gradients, so the loss rises. Subtract learning_rate times the gradient.",
        _wrong(advance=_advance(sign=-1)),
    ),
    Mistake(
        "restarted",
        "You draw new parameters in every epoch, so nothing is learned. Draw them once, before the loop.",
        _wrong(restart=True),
    ),
    Mistake(
        "stale-forward",
        "You use the forward pass of the initial parameters in every epoch. Go forward anew inside the loop.",
        _wrong(stale=True),
    ),
    Mistake(
        "no-mean",
        "Your steps are m times too large: your gradients are sums over the batch. Divide them by m.",
        _wrong(
            advance=_advance(
                BackwardPass(
                    weights=lambda s: _backward.weights(s) * s.m, biases=lambda s: _backward.biases(s) * s.m
                )
            )
        ),
    ),
    Mistake(
        "mask-forgotten",
        "Your backward pass leaves out ReLU's derivative: dZ1 = dA1 * (Z1 > 0).",
        _wrong(advance=_advance(BackwardPass(hidden=lambda s: s.dA[s.layer]))),
    ),
    Mistake(
        "weights-already-updated",
        "You had updated W2 before you went back through it. Compute all gradients first, then update.",
        _wrong(advance=_output_first),
    ),
    Mistake(
        "biases-not-updated",
        "You never update the biases: b1 and b2 take their steps too.",
        _wrong(advance=_advance(names=("W1", "W2"))),
    ),
    Mistake(
        "hidden-layer-not-updated",
        "You update W2 and b2 only: W1 and b1 take their steps too.",
        _wrong(advance=_advance(names=("W2", "b2"))),
    ),
    Mistake(
        "biases-drawn",
        "You start with biases that are not zero. Only the weights are drawn.",
        _wrong(initialize=initializer(biases=lambda rng, n: rng.standard_normal((n, 1)))),
    ),
    *(
        Mistake(name, text, _wrong(initialize=initializer(deviation)))
        for name, (deviation, text) in DEVIATIONS.items()
        if name in ("small-weights", "unscaled")
    ),
)


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
    own = [{name: np.asarray(start[name], float) for name in _NAMES} for start in starts]
    stream = initialize_parameters(len(case["X"]), case["n_hidden"], 1, np.random.default_rng(case["seed"]))
    if all(own[0][name].shape == stream[name].shape for name in _NAMES) and all(
        np.allclose(own[0][name], stream[name]) for name in _NAMES
    ):
        return NotImplemented
    if not _honest(own, stream):
        return NotImplemented
    expected, expected_losses = _descend(own[0], case["X"], case["Y"], case["learning_rate"], case["epochs"])
    if np.shape(losses) != np.shape(expected_losses):
        words = f"losses has shape {np.shape(losses)}, expected one loss for each of {case['epochs']} steps."
        return Finding("losses", words)
    for name, got, right in (
        ("losses", losses, expected_losses),
        *((name, parameters[name], expected[name]) for name in _NAMES),
    ):
        if not np.allclose(np.asarray(got, float), right, rtol=1e-6, atol=1e-9):
            if name == "losses" and not np.isclose(losses[0], right[0]):
                words = (
                    "losses[0] is not the loss of the parameters you return for epochs = 0 and the same rng."
                )
                return Finding(name, words)
            return Finding(name, f"{name} is not what gradient descent makes of your own initial parameters.")
    return None


def _honest(starts: list[Parameters], like: Parameters) -> bool:
    """Whether parameters drawn with several seeds are He's: shapes, zero biases, and all weights together."""
    if any(start[name].shape != like[name].shape for start in starts for name in _NAMES):
        return False
    if any(start[name].any() for start in starts for name in ("b1", "b2")):
        return False
    return all(
        looks_normal(np.stack([start[name] for start in starts]), he_deviation(like[name].shape[1], 0))
        for name in ("W1", "W2")
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
            returns=({name: name for name in _NAMES}, "losses"),
            order=("losses", *_NAMES),
            shapes={
                "losses": "(epochs,)",
                "X": "(n_x, m)",
                "Y": "(1, m)",
                "W1": "(n_hidden, n_x)",
                "b1": "(n_hidden, 1)",
                "W2": "(1, n_hidden)",
                "b2": "(1, 1)",
            },
            formulas={
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
