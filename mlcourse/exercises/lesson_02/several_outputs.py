"""Back from several outputs to the hidden units, for one example."""

import numpy as np

from mlcourse.exercises.base import Case, Exercise, Part
from mlcourse.exercises.drawing import Array
from mlcourse.exercises.known_mistakes import known


def hidden_slopes(W2: Array, dz2: Array) -> Array:
    """Slope of the loss along each hidden activation: the sum over the outputs it leads to."""
    da1 = W2.T @ dz2
    return da1


MISTAKES = known(
    hidden_slopes,
    """
    element-wise
        You multiplied entry by entry, which leaves one number for each path. A hidden unit needs the sum over
        its paths: W2.T @ dz2.
        - W2.T @ dz2
        + W2.T * dz2.T
    not-transposed
        You took the rows of W2. The weights that leave hidden unit j are column j: W2.T @ dz2.
        - W2.T @ dz2
        + W2 @ dz2
    row-times-matrix
        The numbers are right, as a row. Each slope has the shape of its variable, (n1, 1): W2.T @ dz2.
        - W2.T @ dz2
        + dz2.T @ W2
    first-output-only
        You followed the path to the first output only. A hidden unit feeds all of them, and the slopes add.
        - W2.T @ dz2
        + W2[:1].T * dz2[0]
    last-output-only
        You kept the path to the last output only. A hidden unit feeds all of them, and the slopes add: += in
        the place of =.
        - W2.T @ dz2
        + W2[-1:].T * dz2[-1]
    mean-over-outputs
        You took the mean over the outputs. Where a value forks, its slopes add.
        - W2.T @ dz2
        + W2.T @ dz2 / len(dz2)
    sums-multiplied
        You added the weights and the errors apart, and then multiplied. Multiply along each path first, then
        add.
        - W2.T @ dz2
        + W2.T.sum(axis=1, keepdims=True) * dz2.sum()
    weights-only
        You added the weights of the paths and left out the errors at their ends.
        - W2.T @ dz2
        + W2.T.sum(axis=1, keepdims=True)
    """,
)


def draw(rng: np.random.Generator) -> Case:
    """Two to five outputs, and another number of hidden units."""
    n1, n2 = (int(n) for n in rng.permutation(np.arange(2, 6))[:2])
    return {"W2": rng.normal(size=(n2, n1)), "dz2": rng.normal(size=(n2, 1))}


def edges() -> list[Case]:
    """As many outputs as hidden units, where wrong shapes fit; one output."""
    rng = np.random.default_rng(5)
    return [{"W2": rng.normal(size=(n2, 3)), "dz2": rng.normal(size=(n2, 1))} for n2 in (3, 1)]


EXERCISE = Exercise(
    id="several-outputs",
    lesson="02-two-layer-network",
    points=1,
    title="Back from several outputs",
    parts=(
        Part(
            function="hidden_slopes",
            inputs=draw,
            reference=hidden_slopes,
            returns="da1",
            shapes={"W2": "(n2, n1)", "dz2": "(n2, 1)", "da1": "(n1, 1)"},
            formulas={"da1": "da1 = W2.T @ dz2"},
            section="Step 4: back to the hidden activations",
            mistakes=MISTAKES,
            edges=edges,
        ),
    ),
)
