"""Lines in which a wrong value is made, where nobody knows which of them is wrong: all of them are named."""

from collections.abc import Callable, Sequence

import numpy as np

from mlcourse.exercises.base import Part
from mlcourse.feedback.moments import Moment
from mlcourse.feedback.reading import read_by
from mlcourse.feedback.values import same_values

_MOST = 3
"""Lines that are still a help to a reader."""

Harmless = Callable[[np.ndarray], bool]


def doubtful(part: Part, moments: Sequence[Moment], moment: Moment, is_harmless: Harmless) -> list[Moment]:
    """What a line reads that is not harmless; zeros are, and so is a number taken over as it is."""
    held = [m for m in read_by(moments, moment) if m.value.any()]
    held = [m for m in held if not (m.value.size == 1 and same_values(part, m.value, moment.value))]
    return [m for m in held if not is_harmless(m.value)]


def back_from(
    part: Part,
    moments: Sequence[Moment],
    wrong: Moment,
    is_harmless: Harmless,
) -> list[Moment]:
    """A wrong value's moment, and those of what it is made of, as far back as that is not harmless."""
    found, waiting = [wrong], doubtful(part, moments, wrong, is_harmless)
    while waiting and len({moment.line for moment in found}) <= _MOST:  # of more, none is told
        moment = waiting.pop()
        if moment not in found:
            found.append(moment)
            waiting += doubtful(part, moments, moment, is_harmless)
    return found


def in_words(made: Sequence[Moment]) -> tuple[tuple[int, ...], str]:
    """Their lines, and a clause that names them; empty where they are too many."""
    lines = tuple(sorted({moment.line for moment in made}))
    *first, last = map(str, lines)
    if not first:
        return lines, f"is computed in line {last}"
    return lines, f"is made in lines {', '.join(first)} and {last}" if len(lines) <= _MOST else ""
