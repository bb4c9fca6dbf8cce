"""By what factor one layer changes the size of a signal, on the way forward and on the way back."""

import numpy as np

from mlcourse.exercises.base import Case, Exercise, Part
from mlcourse.exercises.known_mistakes import known


def layer_factor(s: float, n_in: int, n_out: int, alpha: float) -> tuple[float, float]:
    """Root of the mean square behind the layer over that before it: activations forward, errors back."""
    kept = (1 + alpha**2) / 2
    forward = np.sqrt(n_in * s**2 * kept)
    backward = np.sqrt(n_out * s**2 * kept)
    return forward, backward


MISTAKES = known(
    layer_factor,
    """
    gate-forgotten
        Your factors are those of the weighted sums alone. The activation keeps the share (1 + alpha**2) / 2
        of the mean square.
        - (1 + alpha**2) / 2
        + 1
    leak-ignored
        Your factors do not depend on alpha. A leaky unit passes alpha of a negative sum on: the share that
        is kept is (1 + alpha**2) / 2.
        - (1 + alpha**2) / 2
        + 1 / 2
    leak-not-squared
        You took (1 + alpha) / 2. Mean squares count: a sum times alpha has alpha**2 of its square.
        - alpha**2
        + alpha
    half-forgotten
        You took 1 + alpha**2. Half of the sums are positive and half negative, so divide by 2.
        - (1 + alpha**2) / 2
        + 1 + alpha**2
    root-forgotten
        You returned the factors of the mean squares. Take the root: it is the size that is asked for.
        - np.sqrt(n_in * s**2 * kept)
        + n_in * s**2 * kept
        - np.sqrt(n_out * s**2 * kept)
        + n_out * s**2 * kept
    sizes-added
        You multiplied s by the number of products. Their squares add, so s is multiplied by the root of it.
        - np.sqrt(n_in * s**2 * kept)
        + n_in * s * np.sqrt(kept)
        - np.sqrt(n_out * s**2 * kept)
        + n_out * s * np.sqrt(kept)
    s-not-squared
        You put s under the root without its square. s is a size; its square adds.
        - n_in * s**2
        + n_in * s
        - n_out * s**2
        + n_out * s
    inputs-twice
        Your factor backward counts the inputs. On the way back each error is a sum over the n_out outputs.
        - n_out * s**2
        + n_in * s**2
    outputs-twice
        Your factor forward counts the outputs. On the way forward each sum is one over the n_in inputs.
        - n_in * s**2
        + n_out * s**2
    ways-exchanged
        Forward and backward are exchanged: forward sums n_in products, backward n_out.
        - return forward, backward
        + return backward, forward
    """,
)


def draw(rng: np.random.Generator) -> Case:
    """A layer that is not square, whose units leak so much that it shows."""
    n_in, n_out = rng.choice(np.arange(3, 200), size=2, replace=False)
    return {
        "s": float(rng.uniform(0.02, 0.9)),
        "n_in": int(n_in),
        "n_out": int(n_out),
        "alpha": float(rng.uniform(0.1, 0.6)),
    }


def edges() -> list[Case]:
    """ReLU, no activation at all, and He's weights for ReLU."""
    layer = {"s": 0.3, "n_in": 50, "n_out": 20}
    return [layer | {"alpha": 0.0}, layer | {"alpha": 1.0}, layer | {"s": 0.2, "alpha": 0.0}]


EXERCISE = Exercise(
    id="layer-factor",
    lesson="05-deep-networks",
    points=2,
    title="The factor of a layer",
    parts=(
        Part(
            function="layer_factor",
            inputs=draw,
            reference=layer_factor,
            returns=("forward", "backward"),
            order=("forward", "backward"),
            formulas={
                "forward": "forward = np.sqrt(n_in * s**2 * (1 + alpha**2) / 2)",
                "backward": "backward = np.sqrt(n_out * s**2 * (1 + alpha**2) / 2)",
            },
            section="And back",
            mistakes=MISTAKES,
            edges=edges,
        ),
    ),
)
