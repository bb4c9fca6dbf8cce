"""Name what a learning curve shows."""

import numpy as np

from mlcourse.exercises.base import Case, Exercise, Part
from mlcourse.exercises.drawing import Array
from mlcourse.exercises.known_mistakes import known


def regime(losses: Array) -> str:
    """Diverges, oscillates, crawls or converges: the first that fits."""
    losses = np.asarray(losses)
    first, middle, last = losses[0], losses[len(losses) // 2], losses[-1]
    rises = np.diff(losses) > 1e-4
    if not np.isfinite(last) or last > first:
        return "diverges"
    if np.mean(rises) > 0.1:
        return "oscillates"
    if middle - last > 0.1 * (first - last):
        return "crawls"
    return "converges"


MISTAKES = known(
    regime,
    """
    rounding-counted
        You counted rises that are ripples and rounding errors. Count rises of more than 1e-4.
        - np.diff(losses) > 1e-4
        + np.diff(losses) > 0
    ripples-counted
        You counted rises that are too small to matter. Count rises of more than 1e-4.
        - 1e-4
        + 1e-9
    falls-counted
        You counted the steps at which the loss falls. Count those at which it rises.
        - np.diff(losses) > 1e-4
        + np.diff(losses) < -1e-4
    falls-counted-too
        You counted the steps at which the loss falls as well. Count those at which it rises.
        - np.diff(losses) > 1e-4
        + np.abs(np.diff(losses)) > 1e-4
    tenth-of-the-losses
        You compared with a tenth of the number of losses. Steps are one fewer.
        - np.mean(rises) > 0.1
        + np.sum(rises) > 0.1 * len(losses)
    tenth-is-enough
        You let a tenth of the steps be enough. More than a tenth must rise.
        - np.mean(rises) > 0.1
        + np.sum(rises) >= len(rises) / 10
    begins-at-the-end
        You began to count at losses[0] - losses[-1], where the index -1 is the last loss. Begin at
        losses[1] - losses[0].
        - np.mean(rises) > 0.1
        + np.sum(rises) + (first - last > 1e-4) > len(rises) / 10
    last-step-left-out
        You left out the last step: there are len(losses) - 1 of them.
        - np.mean(rises) > 0.1
        + np.sum(rises[:-1]) > len(rises) / 10
        or
        - np.mean(rises) > 0.1
        + np.mean(rises[:-1]) > 0.1
    first-step-left-out
        You left out the first step, losses[1] - losses[0]: there are len(losses) - 1 steps.
        - np.mean(rises) > 0.1
        + np.sum(rises[1:]) > len(rises) / 10
        or
        - np.mean(rises) > 0.1
        + np.mean(rises[1:]) > 0.1
    above-the-lowest
        You compared the last loss with the lowest. A run diverges if it ends above its first loss.
        - last > first
        + last > np.min(losses)
    infinite-overlooked
        A loss that is not a number has diverged, and no comparison with nan is true: ask np.isfinite first.
        - not np.isfinite(last) or last > first
        + last > first
    oscillates-first
        You asked for oscillation first. A run that ends above its start diverges, however it got there.
        - if not np.isfinite(last) or last > first:
        -     return "diverges"
        - if np.mean(rises) > 0.1:
        -     return "oscillates"
        + if np.mean(rises) > 0.1:
        +     return "oscillates"
        + if not np.isfinite(last) or last > first:
        +     return "diverges"
    crawls-first
        You asked for crawling before oscillation. A run that rises at more than a tenth of its steps
        oscillates.
        - if np.mean(rises) > 0.1:
        -     return "oscillates"
        - if middle - last > 0.1 * (first - last):
        -     return "crawls"
        + if middle - last > 0.1 * (first - last):
        +     return "crawls"
        + if np.mean(rises) > 0.1:
        +     return "oscillates"
    any-rise
        One rise is not yet an oscillation: more than a tenth of the steps must rise.
        - np.mean(rises) > 0.1
        + rises.any()
    exchanged
        Crawling and converging are exchanged: a run that still falls in its second half crawls.
        - middle - last > 0.1 * (first - last)
        + middle - last <= 0.1 * (first - last)
    level-of-the-end
        You compared the last loss with the first. A stuck network has a high loss too, and moves no more:
        compare the fall of the second half with the whole fall.
        - middle - last > 0.1 * (first - last)
        + last > 0.1 * first
    share-of-the-first-loss
        You compared the fall of the second half with the first loss. Compare it with the whole fall.
        - 0.1 * (first - last)
        + 0.1 * first
    middle-one-early
        The second half begins at losses[len(losses) // 2]. You took the entry before it.
        - losses[len(losses) // 2]
        + losses[(len(losses) - 1) // 2]
    share-too-small
        A run crawls if its second half brings more than a tenth of the whole fall. You drew the line lower.
        - 0.1 * (first - last)
        + 0.05 * (first - last)
    share-too-large
        A run crawls if its second half brings more than a tenth of the whole fall. You drew the line higher.
        - 0.1 * (first - last)
        + 0.2 * (first - last)
    second-half-of-the-start
        The second half of the run begins at losses[len(losses) // 2].
        - middle - last
        + first - middle
    """,
)


def _diverging(rng: np.random.Generator, steps: int) -> Array:
    growth = rng.uniform(1.02, 1.1) ** np.arange(steps)
    swing = 1 + 0.3 * (-1.0) ** np.arange(steps)
    losses = rng.uniform(0.5, 1) * growth * (swing if rng.random() < 0.6 else 1)
    if rng.random() < 0.5:
        losses[-int(rng.integers(2, 5)) :] = np.nan
    return losses


def _oscillating(rng: np.random.Generator, steps: int) -> Array:
    """Up at every second to fourth step; falling to the end, or soon still."""
    k = np.arange(steps)
    fall = np.exp(-k / (steps * rng.choice([0.15, 0.8])))
    up = k % int(rng.integers(2, 5)) == 1
    return rng.uniform(0.6, 1) * (0.3 + 0.7 * fall) + 0.1 * up


def _crawling(rng: np.random.Generator, steps: int) -> Array:
    k = np.arange(steps)
    return rng.uniform(0.6, 1) - rng.choice([0.06, 0.35]) * (k / steps) ** rng.uniform(0.8, 1.1)


def _converging(rng: np.random.Generator, steps: int) -> Array:
    """To a low loss or to a high one, and then still."""
    k = np.arange(steps)
    end = rng.choice([0.01, 0.4774])
    return end + rng.uniform(0.3, 0.6) * np.exp(-k / (steps * rng.uniform(0.012, 0.03)))


def _disturbed(losses: Array, bump: bool, ripple: float) -> Array:
    """A single early rise or none, and ripples or rounding errors everywhere."""
    losses = losses + ripple * (-1.0) ** np.arange(len(losses))
    if bump:
        losses[3] = losses[2] + 0.01
    return losses


_KINDS = (_diverging, _oscillating, _crawling, _converging)


def draw(rng: np.random.Generator) -> Case:
    """A record of one of the four kinds."""
    kind = _KINDS[int(rng.integers(4))]
    losses = kind(rng, int(rng.integers(60, 120)))
    return {"losses": _disturbed(losses, rng.random() < 0.5, float(rng.choice([1e-12, 1e-5])))}


_SHARES = (0.03, 0.08, 0.13, 0.3)


def _at_the_limits() -> list[Array]:
    """Records that a comparison with one sign more, or a place one further, would call otherwise."""
    k = np.arange(400)
    falling = np.linspace(0.9, 0.5, 101)
    just_a_tenth = falling.copy()
    just_a_tenth[5:100:10] += 0.01
    up_at_once = np.concatenate([[0.4], np.exp(-k[:60] / 10) + 0.45])
    early = np.where(np.arange(80) < 33, 1.0, 0.5)
    lost_at_the_end = np.append(np.exp(-k[:60] / 10), np.nan)
    # The same number of rises is a large share of a short run and a small one of a long run.
    long, short = np.exp(-k / 20) + 0.05 * (k % 20 == 19), np.exp(-k[:40] / 4) + 0.05 * (k[:40] % 7 == 6)
    limits = [np.full(80, 0.7), just_a_tenth, up_at_once, early, lost_at_the_end, long, short]
    # Rises just above the limit and just below it; the second half brings from 3 to 30 percent of the fall.
    soon = np.exp(-k[:90] / 5)
    at_the_middle = np.where(k[:80] < 40, 1.0, 0.5)
    lowest_between = np.where(k[:80] < 41, 1 - k[:80] / 80, 0.5) - 0.2 * (np.abs(k[:80] - 45) < 3)
    up_at_last = np.linspace(0.9, 0.2, 11)
    up_at_last[[5, 10]] += 0.1  # two rises of ten, the second in the last step
    up_at_first = np.linspace(0.9, 0.2, 11)
    up_at_first[[1, 5]] += 0.1
    limits += [at_the_middle, lowest_between, up_at_last, up_at_first]
    # Just a tenth again: with the first step among them, with the last one, ending where it began.
    with_first, with_last = falling.copy(), falling.copy()
    with_first[1:100:10] += 0.01
    with_last[10:101:10] += 0.01
    level = np.repeat([0.7, 0.7 - 5e-5], [1, 100])
    level[5:100:10] += 0.01
    little_more = np.exp(-k / 20) + 0.05 * np.isin(k, range(8, 372, 9))  # 41 of 399
    limits += [with_first, with_last, level, little_more]
    limits += [np.exp(-k[:45] / 9) + 0.1 * np.isin(k[:45], (5, 9, 13, 17))]  # 4 of 44: one more were a tenth
    # Few rises and few falls, and together more than a tenth.
    limits += [np.repeat([1.0, 0.5, 0.55, 0.5, 0.55, 0.4], [3, 5, 5, 4, 3, 21])]
    limits += [soon + size * (k[:90] % 5 == 4) for size in (3e-4, 8e-5, 0.05)]
    return limits + [1 - 0.7 * np.interp(k[:81], [0, 40, 80], [0, 1 - share, 1]) for share in _SHARES]


def edges() -> list[Case]:
    """Several of each kind, still and disturbed; at the limits; one as a list, as training keeps it."""
    rng = np.random.default_rng(7)
    records = [kind(rng, 80) for kind in _KINDS for _ in range(3)]
    still = [_disturbed(losses, False, 1e-12) for losses in records]
    disturbed = [_disturbed(losses, True, 1e-5) for losses in records]
    return [{"losses": losses} for losses in (*still, *disturbed, *_at_the_limits(), still[-1].tolist())]


EXERCISE = Exercise(
    id="regimes",
    lesson="03-training",
    points=2,
    title="Naming a learning curve",
    parts=(
        Part(
            function="regime",
            inputs=draw,
            reference=regime,
            returns="regime",
            shapes={"losses": "(epochs,)"},
            formulas={
                "regime": "first diverges (not finite, or above the first), then oscillates (np.mean(np.diff("
                "losses) > 1e-4) > 0.1), then crawls (the second half brings more than a tenth of the fall)"
            },
            section="The learning rate",
            mistakes=MISTAKES,
            edges=edges,
            draws=8,
        ),
    ),
)
