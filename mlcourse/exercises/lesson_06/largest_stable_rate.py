"""The largest rate at which gradient descent stays in a ravine, found by trying."""

import numpy as np

from mlcourse.exercises.base import Case, Exercise, Part
from mlcourse.exercises.drawing import Array
from mlcourse.exercises.known_mistakes import known


def largest_stable_rate(H: Array, start: Array, rates: Array, steps: int) -> tuple[float, Array]:
    """Largest of the rates at which w does not end further from 0 than it started; growth at each rate."""
    largest, growth = 0.0, []
    for rate in rates:
        w = start
        for _ in range(steps):
            w = w - rate * (H @ w)
        ratio = np.linalg.norm(w) / np.linalg.norm(start)
        growth.append(ratio)
        if ratio <= 1:
            largest = max(largest, rate)
    return float(largest), np.array(growth)


MISTAKES = known(
    largest_stable_rate,
    """
    goes-on-from-there
        Each rate goes on where the one before ended. Begin anew at start for each rate.
        - largest, growth = 0.0, []
        + largest, growth, w = 0.0, [], start
        - w = start
        or
        - largest, growth = 0.0, []
        + largest, growth, w = 0.0, [], start
        - rate * (H @ w)
        + rate * H @ w
        - w = start
    changes-start
        w is the same array as start, so `w -= ...` changes start too. Write w = w - rate * (H @ w).
        - w = w - rate * (H @ w)
        + w -= rate * (H @ w)
        or
        - w = w - rate * (H @ w)
        + w -= rate * H @ w
    last-for-largest
        You returned the last stable rate of the list. The rates are in no order: keep the largest.
        - max(largest, rate)
        + rate
    any-rate
        You returned the largest of all rates, stable or not. Compare where w ends with where it started.
        - ratio <= 1
        + True
    smallest-for-largest
        You returned the smallest stable rate. Return the largest.
        - largest, growth = 0.0, []
        + largest, growth = np.inf, []
        - max(largest, rate)
        + min(largest, rate)
    one-step
        You took one step for each rate. Take as many as steps says: a slow growth shows late.
        - range(steps)
        + range(1)
    one-step-less
        You took one step too few: steps is their number.
        - range(steps)
        + range(1, steps)
    uphill
        You added the slope, which climbs. A step of gradient descent subtracts: w = w - rate * (H @ w).
        - w - rate * (H @ w)
        + w + rate * (H @ w)
    slope-of-the-start
        You used the slope at the start in every step. Compute it anew at each w.
        - H @ w
        + H @ start
    entry-by-entry
        You multiplied H and w entry by entry. The slopes are the matrix product H @ w.
        - H @ w
        + np.diag(H)[:, None] * w
    not-relative
        Your growth is the distance at the end. Divide it by the distance at the start.
        - np.linalg.norm(w) / np.linalg.norm(start)
        + np.linalg.norm(w)
    least-growth
        You returned the rate that gets nearest to 0. Return the largest of those whose growth is at most 1.
        - largest, growth = 0.0, []
        + largest, growth, least = 0.0, [], np.inf
        - if ratio <= 1:
        -     largest = max(largest, rate)
        + if ratio <= min(least, 1):
        +     largest, least = rate, ratio
    squared
        Your growth is that of the squared distance. np.linalg.norm has the root in it.
        - np.linalg.norm(w) / np.linalg.norm(start)
        + np.sum(w**2) / np.sum(start**2)
    exchanged
        You returned growth first. Return largest, growth.
        - return float(largest), np.array(growth)
        + return np.array(growth), float(largest)
    """,
)


def _ravine(rng: np.random.Generator, flat: float, steep: float) -> Array:
    """Matrix H of a loss w.T @ H @ w / 2: a ravine that lies askew."""
    angle = rng.uniform(0.4, 1.1)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    return turn @ np.diag([flat, steep]) @ turn.T


def draw(rng: np.random.Generator) -> Case:
    """A ravine, and rates on both sides of its limit 2 / steep, none of them close to it, in no order."""
    steep = rng.uniform(5, 50)
    shares = np.concatenate([rng.uniform(0.05, 0.9, 5), rng.uniform(1.1, 1.6, 4)])
    return {
        "H": _ravine(rng, rng.uniform(0.3, 1.5), steep),
        "start": rng.uniform(1, 4, (2, 1)) * rng.choice([-1, 1], (2, 1)),
        "rates": rng.permutation(shares) * 2 / steep,
        "steps": int(rng.integers(40, 60)),
    }


def edges() -> list[Case]:
    """A start almost along the floor, where growth shows late; rates at the limit, near it, all above."""
    H = np.diag([1.0, 100.0])
    start = np.array([[-10.0], [0.01]])
    rates = np.array([0.022, 0.005, 0.019, 0.03])
    # Of rates that are stable, the largest need not be the one that gets nearest.
    nearly = np.array([0.4, 0.66, 0.1, 0.675])
    across = np.array([[0.0], [1.0]])  # at the rate 1/2 it jumps to and fro, no nearer and no further
    return [
        {"H": H, "start": start, "rates": rates, "steps": 100},
        {"H": H, "start": start, "rates": np.array([0.04, 0.03]), "steps": 50},
        {"H": np.diag([1.0, 3.0]), "start": np.array([[1.0], [2.0]]), "rates": nearly, "steps": 20},
        {"H": np.diag([1.0, 4.0]), "start": across, "rates": np.array([0.1, 0.5, 0.25]), "steps": 9},
    ]


EXERCISE = Exercise(
    id="largest-stable-rate",
    lesson="06-optimization",
    points=2,
    title="The largest stable rate",
    parts=(
        Part(
            function="largest_stable_rate",
            inputs=draw,
            reference=largest_stable_rate,
            returns=("largest", "growth"),
            order=("growth", "largest"),
            shapes={"H": "(2, 2)", "start": "(2, 1)", "rates": "(k,)", "growth": "(k,)"},
            formulas={
                "growth": "growth[i] = np.linalg.norm(w) / np.linalg.norm(start) after the steps at rates[i]",
                "largest": "largest = the largest of the rates whose growth is at most 1",
            },
            section="A ravine",
            mistakes=MISTAKES,
            edges=edges,
        ),
    ),
)
