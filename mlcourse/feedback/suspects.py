"""Lines in which a wrong value is made, where nobody knows which of them is wrong: all of them are named."""

from collections.abc import Callable, Sequence

import numpy as np

from mlcourse.exercises.base import Part
from mlcourse.feedback.moments import Moment
from mlcourse.feedback.reading import given_by_a_call, handed_on, latest_before, read_by
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
    passed: list[Moment] = []
    while waiting and len({place(part, moment) for moment in found}) <= _MOST:  # of more, none is told
        moment = waiting.pop()
        if moment in found or moment in passed:
            continue
        source = latest_before(moments, moment).get(handed_on(moment).replace("'", '"'))
        source = source or given_by_a_call(moments, moment)
        if source and same_values(part, source.value, moment.value) and not is_harmless(source.value):
            passed.append(moment)  # it computes nothing
            waiting.append(source)
        else:
            found.append(moment)
            waiting += doubtful(part, moments, moment, is_harmless)
    return found


def place(part: Part, moment: Moment) -> str:
    """Its line, and the function where that is another one than the one that was asked for."""
    named = [name for name in moment.function.split(".") if name.isidentifier()]
    helper = named[-1] if named and named[-1] != part.function else ""
    return f"line {moment.line} of {helper}" if helper else f"line {moment.line}"


def lines_of(part: Part, made: Sequence[Moment]) -> tuple[tuple[str, ...], str]:
    """Their places; and in words, those of a function together."""
    placed = {place(part, moment): moment.line for moment in made}
    places = tuple(sorted(placed, key=lambda one: (one.partition(" of ")[2], placed[one])))
    groups: dict[str, list[str]] = {}
    for one in places:
        groups.setdefault(one.partition(" of ")[2], []).append(str(placed[one]))
    words = []
    for helper, numbers in groups.items():
        lines = f"line{'s' if len(numbers) > 1 else ''} {_listed(numbers)}"
        words.append(f"{lines} of {helper}" if helper else lines)
    return places, _listed(words)


def in_words(part: Part, made: Sequence[Moment]) -> tuple[tuple[str, ...], str]:
    """Their places, and a clause that names them; empty where they are too many."""
    places, words = lines_of(part, made)
    if len(places) > _MOST:
        return places, ""
    return places, f"is {'made' if len(places) > 1 else 'computed'} in {words}"


def _listed(words: Sequence[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last
