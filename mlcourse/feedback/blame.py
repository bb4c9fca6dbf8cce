"""The sentence about lines: which are right, and which is not."""

from collections.abc import Iterator

import numpy as np

from mlcourse.feedback.compare import close
from mlcourse.feedback.comparison import Comparison, same_values
from mlcourse.feedback.derivation import Step
from mlcourse.feedback.equality import Equality, Sample
from mlcourse.feedback.moments import Moment
from mlcourse.feedback.reading import (
    calls,
    computes_nothing,
    fills,
    in_this_call,
    is_added_up,
    is_copy,
    is_loop,
    latest_before,
    plain_name,
    read_in,
)

Lines = tuple[tuple[int, ...], str]
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
    if not sample.held and not comparison.is_known(sample.value):
        entry = comparison.entry(sample.number, sample.value)
        if entry and entry.line:
            words = f"An entry of `{sample.step.name}` that is wrong comes from line {entry.line}"
            return (entry.line,), f"{words}: `{entry.text}`."
    wrong, step = _blamed(comparison, sample, equality)
    if wrong is None or is_loop(wrong) or computes_nothing(wrong.text):
        return NOTHING
    inside = ""
    if wrong.function:
        call = comparison.received(wrong)
        served = _served(comparison, wrong)
        if call is None or not calls(call.text):
            if served:
                return NOTHING
        elif call.line in _calls(comparison, step):
            return NOTHING  # it was right in another turn: what it is given is wrong
        else:
            if not served and wrong.line != call.line:
                inside = f", which takes it from {_line(comparison, wrong)}: `{wrong.text}`"
            wrong = call
    if fills(wrong.text) and wrong.name.isidentifier():
        maker = _writer(comparison, step, wrong)
        if maker is None:
            return NOTHING
        if maker.line != wrong.line:
            words = f"The entries of `{wrong.name}` that are wrong come from line {maker.line}"
            return (maker.line,), f"{words}: `{maker.text}`."
    right = _right_before(comparison, step, wrong)
    code = f": `{wrong.text}`" if wrong.text else ""
    if not equality and not inside:
        code += _used(comparison, step, wrong, {moment.line for _, moment in right})
    code += inside
    lines = (wrong.line, *(moment.line for _, moment in right))
    name, added = _held(comparison, step, wrong), _added_in(comparison, wrong)
    if added:  # of several any may be wrong
        name = f"`{_written(wrong)}`, which is added up in lines {' and '.join(map(str, added))},"
        lines, code = (*added, *lines), inside
    if not right:
        return lines, f"{name} is not right{code}."
    verb = "is" if len(right) == 1 else "are"
    before = " and ".join(_held(comparison, step, moment) for step, moment in right)
    return lines, f"{before} {verb} right, {name} is not{code}."


def _blamed(comparison: Comparison, sample: Sample, equality: Equality | None) -> tuple[Moment | None, Step]:
    """When the learner had the wrong value first, and of which step it is."""
    steps, wrong = comparison.derivation.steps, sample.held
    edits = equality.edits if equality else {}
    for number in sorted(sample.suspects):
        if number == sample.number or steps[number].expression not in edits:
            continue
        if type(steps[number].value) is int:  # no line is known of whole numbers
            return None, sample.step
        value = sample.computed(edits, number)
        held = comparison.computed(number, value)
        if held and comparison.is_known(value):  # it is right elsewhere
            held_so = (m for m in comparison.moments if not m.returned)
            same = [m for m in held_so if same_values(comparison.part, m.value, np.asarray(value))]
            named = next((m for m in same if plain_name(m.name) == steps[number].name), None)
            given = held if held not in comparison.right.values() else None  # no step's, but an input's
            copied = next((m for m in same if is_copy(m.text)), None)
            if named or given or len({m.line for m in same}) > 1:
                return named or given or copied, steps[number]
        elif held:
            return held, steps[number]
    if not wrong and not comparison.is_known(sample.value):
        wrong = comparison.computed(sample.number, sample.value)
    return wrong, sample.step


def _served(comparison: Comparison, wrong: Moment) -> bool:
    """Whether a helper's line gave a right value in another call: then what it was given is wrong."""
    right = (moment for moment in comparison.right.values() if moment)
    place = wrong.function, wrong.line, wrong.name
    return any((moment.function, moment.line, moment.name) == place for moment in right)


def _calls(comparison: Comparison, step: Step) -> set[int]:
    """Lines in which the same step came out right in another turn of a loop."""
    steps = comparison.derivation.steps
    turns = [m for n, m in comparison.right.items() if m and steps[n].expression is step.expression]
    return {call.line for call in map(comparison.received, turns) if call}


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


def _writer(comparison: Comparison, step: Step, wrong: Moment) -> Moment | None:
    """When the wrong entries of an array that is filled bit by bit got their values; None if not at once."""
    right = np.asarray(step.value)
    if right.shape != wrong.value.shape:
        return wrong
    off = ~close(right, wrong.value, comparison.part.rtol, comparison.part.atol)
    while fills(wrong.text):
        before = latest_before(comparison.moments, wrong).get(wrong.name)
        if before is None or before.value.shape != wrong.value.shape:
            return None
        changed = before.value != wrong.value
        if (off & changed).any():
            return wrong
        wrong = before
    return wrong


def _added_in(comparison: Comparison, wrong: Moment) -> list[int]:
    """The lines of a sum, where these are several: one that starts from a value, or grows in two lines."""
    if not is_added_up(wrong.text):
        return []
    of_it = [m for m in in_this_call(comparison.moments, wrong) if m.name == wrong.name]
    doubtful = [m for m in (*of_it, wrong) if m.value.any() and not comparison.is_known(m.value)]
    lines = {m.line for m in doubtful}
    return sorted(lines) if len(lines) > 1 else []


def _used(comparison: Comparison, step: Step, wrong: Moment, right: set[int]) -> str:
    """The line of the one thing that a wrong value uses and that nobody knows, not of the `right` lines."""
    read = read_in(wrong.text)
    latest = latest_before(comparison.moments, wrong)
    found = [
        moment
        for name, moment in latest.items()
        if name.replace('"', "'") in read
        and moment.line not in {wrong.line, *right}
        and not comparison.is_harmless(moment.value)
        and (read_in(moment.text) & {*latest, *comparison.case} or not read_in(moment.text))
    ]
    if len(found) > 1:  # what a formula has inside is right
        parts = list(_upstream(comparison, step))
        found = [m for m in found if not any(comparison.is_part(n, m.value) for n in parts)]
    if len(found) != 1:
        return ""
    return f", which uses `{found[0].name}` (line {found[0].line}): `{found[0].text}`"


def _upstream(comparison: Comparison, step: Step) -> Iterator[int]:
    steps = comparison.derivation.steps
    return (n for n in comparison.derivation.upstream(steps.index(step)) if not steps[n].alias)


def _held(comparison: Comparison, step: Step, moment: Moment) -> str:
    """Such as "`delta` (line 4), your dZ2,"; the course's name only where it is no private one."""
    derivation = comparison.derivation
    name, line = plain_name(moment.name), f"({_line(comparison, moment)})"
    if not name:
        return f"`{step.name}` {line}"
    if any(other.name == name and other.value is step.value for other in derivation.steps):
        return f"`{name}` {line}"
    written = f"`{_written(moment)}` {line}"
    return f"{written}, your {step.name}," if step.name in derivation.known else written


def _written(moment: Moment) -> str:
    return plain_name(moment.name) if moment.name.startswith("[") else moment.name


def _line(comparison: Comparison, moment: Moment) -> str:
    """Its line, and the function where that is another one than the one that was asked for."""
    named = [name for name in moment.function.split(".") if name.isidentifier()]
    helper = named[-1] if named and named[-1] != comparison.part.function else ""
    return f"line {moment.line} of {helper}" if helper else f"line {moment.line}"
