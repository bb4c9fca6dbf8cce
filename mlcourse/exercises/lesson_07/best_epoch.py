"""Early stopping: which epoch to keep, and when to stop."""

from collections.abc import Sequence

import numpy as np

from mlcourse.exercises.base import Case, Exercise, Part
from mlcourse.exercises.known_mistakes import known


def best_epoch(validation_losses: Sequence[float], patience: int) -> tuple[int, int]:
    """Epoch with the lowest loss read, and the last epoch read."""
    best = 0
    for epoch, loss in enumerate(validation_losses):
        if loss < validation_losses[best]:
            best = epoch
        if epoch - best >= patience:
            break
    return best, epoch


MISTAKES = known(
    best_epoch,
    """
    lowest-of-all
        You took the lowest loss of the whole list. Training has stopped before some of these were seen.
        - return best, epoch
        + return int(np.argmin(validation_losses)), epoch
        or
        - return best, epoch
        + best = int(np.argmin(validation_losses))
        + return best, min(best + patience, len(validation_losses) - 1)
        or
        - return best, epoch
        + best = int(np.argmin(validation_losses))
        + return best, best + patience
    never-stops
        You read the whole list. Stop as soon as patience epochs in a row have brought no lower loss.
        - break
        + pass
    one-epoch-late
        You stop one epoch late: patience epochs without a lower loss are enough.
        - epoch - best >= patience
        + epoch - best > patience
    one-epoch-early
        You stop one epoch early: patience epochs in a row must bring no lower loss.
        - epoch - best >= patience
        + epoch > best and epoch - best >= patience - 1
    equal-counts-as-lower
        You took an equal loss for a lower one. Only a lower loss is an improvement.
        - loss < validation_losses[best]
        + loss <= validation_losses[best]
    compared-with-the-epoch-before
        You compared each loss with the one before. Compare it with the lowest so far.
        - loss < validation_losses[best]
        + loss < validation_losses[max(epoch - 1, 0)]
    first-rise
        You stop at the first loss that is not lower. Wait until patience epochs in a row have brought none.
        - epoch - best >= patience
        + epoch - best >= 1
    compared-with-the-first
        You compared each loss with the first one. Compare it with the lowest so far.
        - loss < validation_losses[best]
        + loss < validation_losses[0]
    always-lower
        Each loss counts as lower in your loop. Keep the lowest loss when you keep its epoch.
        - loss < validation_losses[best]
        + loss < np.inf
    never-lower
        Your best stays 0, and the wait begins there. Set best to the epoch where a loss is lower.
        - loss < validation_losses[best]
        + loss < 0
    stopped-beyond-the-end
        Your stopped is best + patience, even where the list ends before that.
        - return best, epoch
        + return best, best + patience
    must-fall-by-more
        You count a loss as lower only if it is lower by some amount. Any lower loss is an improvement.
        - loss < validation_losses[best]
        + loss < validation_losses[best] - 1e-3
        or
        - loss < validation_losses[best]
        + loss < validation_losses[best] - 1e-4
    waits-in-all
        You count all epochs without a lower loss. Count those since the last lower one: begin again at 0
        there.
        - best = 0
        + best, waited = 0, 0
        - if loss < validation_losses[best]:
        -     best = epoch
        - if epoch - best >= patience:
        -     break
        + if epoch and loss >= validation_losses[best]:
        +     waited += 1
        + if loss < validation_losses[best]:
        +     best = epoch
        + if waited >= patience:
        +     break
    highest
        You kept the highest loss. Keep the lowest.
        - loss < validation_losses[best]
        + loss > validation_losses[best]
    counted-from-one
        You counted the epochs from 1. Count from 0, as the list does.
        - return best, epoch
        + return best + 1, epoch + 1
    epochs-read
        Your stopped is the number of epochs read. Return the last epoch read, counted from 0.
        - return best, epoch
        + return best, epoch + 1
    loss-for-epoch
        You returned the lowest loss. Return its epoch.
        - return best, epoch
        + return validation_losses[best], epoch
    exchanged
        You returned stopped, best. Return best, stopped.
        - return best, epoch
        + return epoch, best
    """,
)


def draw(rng: np.random.Generator) -> Case:
    """Losses fall, wait, fall lower, wait in vain beside an equal one, and are lowest unseen, not at last."""
    patience = int(rng.integers(3, 6))
    low = float(rng.uniform(0.2, 0.4))
    high = rng.uniform(low + 0.05, 0.7, 3 * patience)
    fall = np.sort(rng.uniform(0.9, 1.6, int(rng.integers(2, 5))))[::-1]
    hump = [0.8, *rng.uniform(0.85, 1.1, patience - 1)]
    wait = [low, high[0], low, *high[1 : patience - 1]]
    after = [*rng.uniform(0.75, 0.8, patience), 0.9, 0.74]  # more than patience, and falling at the end
    unseen = [high[patience], low - 0.05, *high[patience + 1 :], low - 0.1, *after]
    return {
        "validation_losses": [float(loss) for loss in (*fall, *hump, *wait, *unseen)],
        "patience": patience,
    }


def edges() -> list[Case]:
    """Small falls; patience that does not run out; lowest at once, or at the end; patience 1; one."""
    small = [0.5, 0.50001, 0.49999, 0.50002, 0.49998, 0.50003, 0.50004, 0.6]
    return [
        {"validation_losses": small, "patience": 2},
        {"validation_losses": [0.9, 0.7, 0.8, 0.6, 0.5, 0.55], "patience": 3},
        {"validation_losses": [0.3, 0.4, 0.5, 0.2, 0.1], "patience": 2},
        {"validation_losses": [0.9, 0.5, 0.6, 0.1], "patience": 1},
        {"validation_losses": [0.7], "patience": 2},
        {"validation_losses": [0.9, 0.7, 0.8, 0.5], "patience": 3},
    ]


EXERCISE = Exercise(
    id="best-epoch",
    lesson="07-numpy-network",
    points=2,
    title="The best epoch",
    parts=(
        Part(
            function="best_epoch",
            inputs=draw,
            reference=best_epoch,
            returns=("best", "stopped"),
            order=("best", "stopped"),
            formulas={
                "best": "best = epoch of the lowest loss so far",
                "stopped": "stopped = first epoch with epoch - best >= patience, or the last one",
            },
            section="Training",
            mistakes=MISTAKES,
            edges=edges,
        ),
    ),
)
