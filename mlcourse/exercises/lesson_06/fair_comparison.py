"""Each method at its own best rate, with the spread over seeds."""

import numpy as np

from mlcourse.exercises.base import Case, Exercise, Part
from mlcourse.exercises.drawing import Array
from mlcourse.exercises.known_mistakes import known


def fair_comparison(losses: Array) -> tuple[Array, Array, Array]:
    """Place of the best rate of each method, its mean loss over the seeds, and the spread there."""
    means = np.mean(losses, axis=2)
    means = np.where(np.isnan(means), np.inf, means)
    best = np.argmin(means, axis=1)
    methods = np.arange(len(losses))
    mean = means[methods, best]
    spread = np.std(losses[methods, best], axis=1)
    return best, mean, spread


MISTAKES = known(
    fair_comparison,
    """
    luckiest-seed
        You chose the rate by its luckiest seed. Choose by the mean over the seeds.
        - np.mean(losses, axis=2)
        + np.min(losses, axis=2)
    diverged-runs-skipped
        You left runs that diverged out of the mean. A rate at which a seed diverges is not a good one.
        - np.mean(losses, axis=2)
        + np.nanmean(losses, axis=2)
        or
        - np.mean(losses, axis=2)
        + np.nanmean(losses, axis=2)
        - np.std(losses[methods, best], axis=1)
        + np.nanstd(losses[methods, best], axis=1)
    median-over-seeds
        You took the median over the seeds. Take the mean: then one run that diverged rules its rate out.
        - np.mean(losses, axis=2)
        + np.median(losses, axis=2)
        or
        - np.mean(losses, axis=2)
        + np.median(np.where(np.isnan(losses), np.inf, losses), axis=2)
    nan-wins
        np.argmin takes nan for the smallest number. A rate at which a run is nan must not be chosen.
        - means = np.where(np.isnan(means), np.inf, means)
    one-rate-for-all
        You took one rate for all methods, the best on average. Give each method its own best rate.
        - np.argmin(means, axis=1)
        + np.full(len(losses), np.argmin(np.mean(means, axis=0)))
    mean-over-rates
        You averaged over the rates. Average over the seeds, the last axis.
        - np.mean(losses, axis=2)
        + np.mean(losses, axis=1)
    largest-loss
        You took the rate with the largest loss. Take the one with the smallest.
        - np.argmin(means, axis=1)
        + np.argmax(np.where(np.isinf(means), -np.inf, means), axis=1)
    best-single-run
        You returned the loss of the best seed. Return the mean over the seeds at that rate.
        - means[methods, best]
        + np.min(losses[methods, best], axis=1)
    variance-for-spread
        You returned the variance. The spread is its root, the standard deviation np.std.
        - np.std(losses[methods, best], axis=1)
        + np.var(losses[methods, best], axis=1)
    range-for-spread
        You returned the largest minus the smallest loss. The spread here is the standard deviation, np.std.
        - np.std(losses[methods, best], axis=1)
        + np.ptp(losses[methods, best], axis=1)
    divided-by-one-less
        You divided by the number of seeds minus one. Here the spread is np.std as it is, without ddof.
        - np.std(losses[methods, best], axis=1)
        + np.std(losses[methods, best], axis=1, ddof=1)
    spread-over-rates
        Your spread is that over the rates. Take it over the seeds, at the best rate.
        - np.std(losses[methods, best], axis=1)
        + np.std(means, axis=1)
    """,
)


def draw(rng: np.random.Generator) -> Case:
    """A sweep in which the methods' best rates differ, and some of the largest rates diverged."""
    methods, rates, seeds = (int(k) for k in rng.choice(np.arange(3, 8), size=3, replace=False))
    valley = rng.permutation(np.arange(rates))[:methods] if rates >= methods else np.arange(methods) % rates
    distance = np.abs(np.arange(rates) - valley[:, None])
    losses = 0.2 + 0.6 * distance[..., None] + rng.uniform(0, 0.25, (methods, rates, seeds))
    lucky, lost = (int(k) for k in rng.permutation(methods)[:2])
    losses[lucky, np.argmax(distance[lucky]), 0] = 0.01
    away = losses[lost, np.argmax(distance[lost])]  # all of its seeds would win, but that one diverged
    away[:] = rng.uniform(0.02, 0.1, seeds)
    away[rng.integers(seeds)] = np.nan
    return {"losses": losses}


def edges() -> list[Case]:
    """One method; a run that became infinite; and one that diverged at a rate that would not win."""
    losses = draw(np.random.default_rng(5))["losses"]
    lost = np.isnan(losses)
    return [
        {"losses": losses[:1]},
        {"losses": np.where(lost, np.inf, losses)},
        {"losses": losses + 5 * lost.any(axis=2, keepdims=True)},
    ]


EXERCISE = Exercise(
    id="fair-comparison",
    lesson="06-optimization",
    points=2,
    title="A fair comparison",
    parts=(
        Part(
            function="fair_comparison",
            inputs=draw,
            reference=fair_comparison,
            returns=("best", "mean", "spread"),
            order=("best", "mean", "spread"),
            shapes={"losses": "(methods, rates, seeds)", "best": "(methods,)", "mean": "(methods,)"}
            | {"spread": "(methods,)"},
            formulas={
                "best": "best = np.argmin(mean over the seeds, axis=1)",
                "mean": "mean = the mean over the seeds at the best rate",
                "spread": "spread = np.std over the seeds at the best rate",
            },
            section="On digits",
            mistakes=MISTAKES,
            edges=edges,
        ),
    ),
)
