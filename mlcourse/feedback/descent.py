"""From a wrong value back through the learner's own variables, to the line that had right ones to start from.

A line whose formula holds for what it is given is not to blame: what it reads is, and is looked at next.
"""

import numpy as np

from mlcourse.feedback.comparison import Comparison
from mlcourse.feedback.derivation import Given
from mlcourse.feedback.form import known_variable
from mlcourse.feedback.moments import Moment
from mlcourse.feedback.multiples import ratio
from mlcourse.feedback.reading import latest_before, plain_name, reads
from mlcourse.feedback.values import same_values


def first_cause(
    comparison: Comparison, number: int, value: np.ndarray
) -> tuple[int, np.ndarray, Moment] | None:
    """The step that a wrong value goes back to, where its variables have the course's names.

    Parameters
    ----------
    comparison : Comparison
        One case.
    number, value : int, ndarray
        A step, and what the learner has for it.

    Returns
    -------
    (int, ndarray, Moment) or None
        A step before it, the learner's value, and when they had it; None where no line is free of blame.
    """
    first = comparison.moment(value)
    if first is None:
        return None
    call = comparison.received(first) if first.function else None
    return (call and _traced(comparison, number, call)) or _traced(comparison, number, first)


def _traced(comparison: Comparison, start: int, moment: Moment) -> tuple[int, np.ndarray, Moment] | None:
    number = start
    while True:
        wrong = _wrong_operands(comparison, number, moment)
        if not wrong or not _follows(comparison, number, moment, wrong):
            return (number, moment.value, moment) if number < start else None
        number, moment = min(wrong.items(), key=lambda item: list(comparison.moments).index(item[1]))


def _wrong_operands(comparison: Comparison, number: int, moment: Moment) -> dict[int, Moment] | None:
    """What a line reads that is not right, by step; None where something is read that nobody knows."""
    derivation, part = comparison.derivation, comparison.part
    before = [n for n in derivation.upstream(number) if n != number and not derivation.steps[n].alias]
    found = {}
    for name, held in latest_before(comparison.moments, moment).items():
        if not reads(moment, name):
            continue
        called = known_variable(part, plain_name(name)) or plain_name(name)
        step = next((n for n in reversed(before) if derivation.steps[n].name == called), None)
        if step is None:
            if not comparison.is_harmless(held.value):
                return None
            continue
        right = np.asarray(derivation.steps[step].value)
        if same_values(part, right, held.value):
            continue
        if _is_elsewhere(comparison, step, held.value):
            return None
        found[step] = held
    return found if moment.statement else None


def _is_elsewhere(comparison: Comparison, number: int, value: np.ndarray) -> bool:
    """Whether a wrong value is right for another layer or another time, and not what the step starts from."""
    steps = comparison.derivation.steps
    inside = [steps[n] for n in comparison.derivation.upstream(number) if steps[n].name != steps[number].name]
    start = any(same_values(comparison.part, np.asarray(step.value), value) for step in inside)
    return not start and comparison.is_known(value)


def _follows(comparison: Comparison, number: int, moment: Moment, operands: dict[int, Moment]) -> bool:
    """Whether a line's value is just what its formula gives with these."""
    steps = comparison.derivation.steps
    try:
        with np.errstate(all="ignore"):
            value = comparison.derivation.replayed({n: Given(m.value) for n, m in operands.items()}, number)
    except Exception:
        return False
    if moment.value.size == 1 or ratio(steps[number].value, moment.value):
        # What is so many times too large may be meant so, and made good for later: 1/m in dZ2.
        carried = [ratio(steps[n].value, m.value) or 0 for n, m in operands.items() if m.value.size > 1]
        sizes = {size for array in comparison.case.values() for size in np.shape(array)}
        if any(round(factor, 9) in sizes or (factor and round(1 / factor, 9) in sizes) for factor in carried):
            return False
    return same_values(comparison.part, np.asarray(value), moment.value)
