"""The sentence about lines: which are right, and which is not."""

from contextlib import suppress

import numpy as np

from mlcourse.feedback.cause import blamed, is_written_to, made_in, only_with
from mlcourse.feedback.comparison import Comparison
from mlcourse.feedback.derivation import Given, Step
from mlcourse.feedback.equality import Equality, Sample
from mlcourse.feedback.moments import Moment
from mlcourse.feedback.multiples import ratio
from mlcourse.feedback.reading import (
    calls,
    changes_in_place,
    computes_nothing,
    is_copy,
    is_loop,
    names_what_it_sets,
    plain_name,
)
from mlcourse.feedback.suspects import in_words, lines_of, place
from mlcourse.feedback.values import same_values

Lines = tuple[tuple[str, ...], str]
"""Lines that are told, and the sentence; both empty where they are not known."""
NOTHING: Lines = ((), "")


def about_lines(comparison: Comparison, sample: Sample, equality: Equality | None) -> Lines:
    """Say where a case stops being right.

    Parameters
    ----------
    comparison : Comparison
        The case.
    sample : Sample
        The first wrong value.
    equality : Equality or None
        What it equals.
    """
    part = comparison.part
    if not sample.held and not equality and not comparison.is_known(sample.value):
        entry = comparison.entry(sample.number, sample.value)
        if entry and entry.line:
            lines_made, clause = in_words(part, made_in(comparison, entry))
            words = f"An entry of `{sample.step.name}` that is wrong"
            if len(lines_made) == 1:
                return lines_made, f"{words} comes from {place(part, entry)}: `{entry.text}`."
            return (lines_made, f"{words} {clause}.") if clause else NOTHING
    steps = comparison.derivation.steps
    if equality and any(
        type(steps[n].value) is int and steps[n].expression in equality.edits for n in sample.suspects
    ):
        return NOTHING  # no line is known of whole numbers
    mistaken = only_with(comparison, sample, equality.edits) if equality else None
    if not mistaken and _is_left_out(comparison, sample):
        return NOTHING
    number, wrong = mistaken or (sample.number, sample.held)
    if not wrong and not comparison.is_known(sample.value):
        wrong = comparison.computed(number, sample.value)
    if wrong is None or is_loop(wrong) or computes_nothing(wrong):
        return NOTHING
    step, first = steps[number], comparison.moment(wrong.value)
    if first and first.function and calls(wrong):  # from within the helper that computed it
        wrong = first
    own = mistaken and (is_copy(wrong) or (changes_in_place(wrong) and not wrong.function))
    lines = [wrong] if own else blamed(comparison, number, wrong)
    if not lines or is_loop(lines[0]) or not lines[0].text or not names_what_it_sets(lines[0]):
        return NOTHING
    wrong, (added, adding) = lines[0], lines_of(part, lines)
    if is_written_to(comparison, wrong) and not same_values(part, sample.value, wrong.value):
        words = f"The entries of `{wrong.name}` that are wrong come from {place(part, wrong)}"
        return (place(part, wrong),), f"{words}: `{wrong.text}`."
    made = [wrong] if len(added) > 1 else made_in(comparison, wrong)
    code = ""
    call = comparison.received(wrong) if wrong.function and not wrong.into else None
    if call and calls(call) and call.line != wrong.line:
        code = f", which takes it from {place(part, wrong)}: `{wrong.text}`"
        wrong = call
    right = _right_before(comparison, step, wrong)
    code = f": `{wrong.text}`{code}"
    target = (
        sample.value if number == sample.number or not equality else sample.computed(equality.edits, number)
    )
    name = _held(comparison, step, wrong, np.asarray(target))
    if len(added) > 1:  # of several any may be wrong
        name, code = f"`{wrong.name}`, which is added up in {adding},", ""
    told = (*added[1:], place(part, wrong), *(place(part, moment) for _, moment in right))
    made_at, words = in_words(part, made)
    if len(made_at) > 1:  # nobody knows what is right among them
        told, code = (*told, *made_at), f"; it {words}"
    if not words:
        return NOTHING
    if not right:
        return told, f"{name} is not right{code}."
    verb = "is" if len(right) == 1 else "are"
    before = " and ".join(_held(comparison, step, moment, np.asarray(step.value)) for step, moment in right)
    return told, f"{before} {verb} right, {name} is not{code}."


def _is_left_out(comparison: Comparison, sample: Sample) -> bool:
    """Whether a value is right of what was to go through a step before: one is missing, and none wrong."""
    derivation, right = comparison.derivation, comparison.right
    upstream = derivation.upstream(sample.number)[:-1]
    for step in (n for n in upstream if n not in right and not derivation.steps[n].alias):
        for start in (n for n in derivation.upstream(step)[:-1] if n in right):
            value = derivation.steps[start].value
            if np.size(value) > 1 and np.shape(value) == np.shape(derivation.steps[step].value):
                with suppress(Exception), np.errstate(all="ignore"):
                    follows = np.asarray(derivation.replayed({step: Given(value)}, sample.number))
                    if same_values(comparison.part, follows, sample.value):
                        return True
    return False


def _right_before(comparison: Comparison, step: Step, wrong: Moment) -> list[tuple[Step, Moment]]:
    """The last two right values that a wrong one is made of, in the same turn of a loop."""
    steps = comparison.derivation.steps
    upstream = comparison.derivation.upstream(steps.index(step))
    before = list(comparison.moments)[: list(comparison.moments).index(wrong)]
    anew = {other.name for other in steps[steps.index(step) :]}  # computed again in this turn of a loop
    found = {
        (moment.line, moment.name): (steps[number], moment)
        for number, moment in sorted(comparison.right.items())
        if moment and number in upstream and moment in before and moment.line != wrong.line
        if moment.line < wrong.line or moment.function != wrong.function or steps[number].name not in anew
    }
    return list(found.values())[-2:]


def _held(comparison: Comparison, step: Step, moment: Moment, value: np.ndarray) -> str:
    """Such as "`delta` (line 4), your dZ2,"; the course's name only where it is no private one."""
    derivation = comparison.derivation
    name, line = "" if moment.into else plain_name(moment.name), f"({place(comparison.part, moment)})"
    if not name:
        return f"`{step.name}` {line}"
    if any(other.name == name and other.value is step.value for other in derivation.steps):
        return f"`{name}` {line}"
    written, held = f"`{_written(moment)}` {line}", np.resize(moment.value, np.shape(value))
    its = same_values(comparison.part, value, held) or (held.size > 1 and ratio(value, held))
    its = its and held.size == moment.value.size and not _is_called(comparison, step.name)
    return f"{written}, your {step.name}," if its and step.name in derivation.known else written


def _is_called(comparison: Comparison, name: str) -> bool:
    """Whether the learner has a variable of this name: then nothing else is theirs of that name."""
    return any(plain_name(m.name) == name and not m.into and not m.returned for m in comparison.moments)


def _written(moment: Moment) -> str:
    return plain_name(moment.name) if moment.name.startswith("[") else moment.name
