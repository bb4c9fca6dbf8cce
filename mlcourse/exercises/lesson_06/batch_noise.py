"""How far the gradient of a batch is off."""

import numpy as np

from mlcourse.exercises.base import Case, Exercise, Part
from mlcourse.exercises.drawing import Array
from mlcourse.exercises.known_mistakes import known


def batch_noise(G: Array, batch_size: int) -> float:
    """Typical distance of a batch's gradient from the full one, in lengths of the full one."""
    n, m = G.shape
    g = np.mean(G, axis=1, keepdims=True)
    means = np.mean(G.reshape(n, m // batch_size, batch_size), axis=2)
    squares = np.sum((means - g) ** 2, axis=0)
    off = np.sqrt(np.mean(squares))
    return off / np.linalg.norm(g)


MISTAKES = known(
    batch_noise,
    """
    sums-for-means
        You added up the gradients of a batch. The gradient of its mean loss is their mean.
        - np.mean(G.reshape(n, m // batch_size, batch_size), axis=2)
        + np.sum(G.reshape(n, m // batch_size, batch_size), axis=2)
    sum-for-the-full-gradient
        You compared with the sum over all examples. The full gradient is the mean over them.
        - np.mean(G, axis=1, keepdims=True)
        + np.sum(G, axis=1, keepdims=True)
    every-so-manyth
        Your batches are not neighbouring columns: the first batch is columns 0 to batch_size - 1.
        - np.mean(G.reshape(n, m // batch_size, batch_size), axis=2)
        + np.mean(G.reshape(n, batch_size, m // batch_size), axis=1)
    single-examples
        Your result does not depend on batch_size: you measured how far single examples are off.
        - np.mean(G.reshape(n, m // batch_size, batch_size), axis=2)
        + G
    root-forgotten
        You left out the root: take it of the mean of the squared distances.
        - np.sqrt(np.mean(squares))
        + np.mean(squares)
    mean-distance
        You averaged the distances. Average their squares and take the root at the end: squares are what adds.
        - np.sqrt(np.mean(squares))
        + np.mean(np.sqrt(squares))
    mean-over-entries
        You averaged over the entries of the gradient. The squared distance is the sum over them.
        - np.sum((means - g) ** 2, axis=0)
        + np.mean((means - g) ** 2, axis=0)
    batches-summed
        You added up the squared distances of all batches. Take their mean.
        - np.mean(squares)
        + np.sum(squares)
    root-before-the-mean
        You took the root before you divided by the number of batches. Take it of the mean.
        - np.sqrt(np.mean(squares))
        + np.sqrt(np.sum(squares)) / len(squares)
    not-relative
        You did not divide by the length of the full gradient.
        - off / np.linalg.norm(g)
        + off
    divided-by-the-square
        You divided by the squared length of the full gradient. Divide by its length, np.linalg.norm(g).
        - np.linalg.norm(g)
        + np.linalg.norm(g) ** 2
    lengths-for-distances
        You took the lengths of the batches' gradients. Take their distances from the full one.
        - means - g
        + means
    """,
)


def draw(rng: np.random.Generator) -> Case:
    """Gradients of single examples around one that is not zero; batches that fit."""
    n, batches, batch_size = (int(k) for k in rng.choice(np.arange(3, 9), size=3, replace=False))
    G = rng.standard_normal((n, batches * batch_size)) + rng.uniform(0.5, 1.5, (n, 1))
    return {"G": G, "batch_size": batch_size}


def edges() -> list[Case]:
    """Single examples, two large batches, and all examples, where nothing is off."""
    G = draw(np.random.default_rng(2))["G"][:, :12]
    return [{"G": G, "batch_size": size} for size in (1, 6, 12)]


EXERCISE = Exercise(
    id="batch-noise",
    lesson="06-optimization",
    points=2,
    title="The noise of a batch",
    parts=(
        Part(
            function="batch_noise",
            inputs=draw,
            reference=batch_noise,
            returns="off",
            shapes={"G": "(n, m)"},
            formulas={"off": "off = np.sqrt(np.mean(squared distances)) / np.linalg.norm(g)"},
            section="How far a batch is off",
            mistakes=MISTAKES,
            edges=edges,
        ),
    ),
)
