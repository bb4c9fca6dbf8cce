"""The line to blame for a wrong value: what it read was right, and what it gave is not.

A line that only hands a value on, a helper that is right about what it was given, the last of several lines
that make up a sum: none of them is blamed for what another one did.
"""

import ast
import itertools
import re
from collections.abc import Callable, Iterator

import numpy as np

from mlcourse.feedback.compare import close
from mlcourse.feedback.comparison import MOST_TAKEN_APART, Comparison
from mlcourse.feedback.equality import Edits, Sample
from mlcourse.feedback.form import known_variable
from mlcourse.feedback.moments import Moment
from mlcourse.feedback.multiples import ratio
from mlcourse.feedback.reading import (
    changes_in_place,
    goes_two_ways,
    handed_on,
    is_copy,
    latest_before,
    plain_name,
    read_by,
    reads,
)
from mlcourse.feedback.suspects import back_from, doubtful
from mlcourse.feedback.values import same_values, value_in

_MOST_LINES_BACK = 12


def only_with(comparison: Comparison, sample: Sample, edits: Edits) -> tuple[int, Moment] | None:
    """The first line whose value comes out with a change of the reference alone; and its step."""
    steps = comparison.derivation.steps
    number = next((n for n in sorted(sample.suspects) if steps[n].expression in edits), None)
    if number is None:
        return None
    step, new = steps[number], edits[steps[number].expression]
    old = {ast.dump(node) for node in ast.walk(step.expression) if isinstance(node, ast.expr)}
    nodes = [n for n in ast.walk(new) if isinstance(n, ast.expr) and ast.dump(n) not in old]
    nodes = nodes if number != sample.number else [n for n in nodes if n is not new]  # the whole says nothing
    values = [np.asarray(v) for n in nodes if isinstance(v := value_in(n, step.before), np.ndarray | float)]
    strange = [v for v in values if not comparison.is_known(v) and not comparison.is_inside(v)]
    found = [m for v in strange for m in (comparison.moment(v), _increment(comparison, v)) if m]
    if found:
        first = min(found, key=list(comparison.moments).index)
        return number, comparison.computed_anew(first) or first
    value = np.asarray(sample.computed(edits, number))
    if number == sample.number:
        return None
    # What is right elsewhere: it is called so, or no other line computes it.
    same = [m for m in comparison.moments if same_values(comparison.part, value, m.value)]
    same = [m for m in same if not m.returned and not m.into and not m.function]
    named = [m for m in same if known_variable(comparison.part, plain_name(m.name)) == step.name]
    same = named or [m for m in same if m not in comparison.right.values()]
    copied = [m for m in same if is_copy(m)]
    before = [np.asarray(steps[n].value) for n in comparison.derivation.upstream(number)[:-1]]
    if any(same_values(comparison.part, other, value) for other in before):
        named, same = [], copied[:1]  # where it was computed it was right
    others = {m.line for m in same[1:] if not is_copy(m) and changes_in_place(m) is None}
    if named or (same and others <= {same[0].line}):
        return number, (named or same)[0]
    return None


def blamed(comparison: Comparison, number: int, wrong: Moment) -> list[Moment]:
    """The line to blame for what a moment holds, which is wrong; several of a sum, none if unknown."""
    factor = ratio(comparison.derivation.steps[number].value, wrong.value)
    for _ in range(_MOST_LINES_BACK):
        source = handed_on(wrong)
        if source:
            before = latest_before(comparison.moments, wrong).get(source.replace("'", '"'))
            if before is None or not np.array_equal(
                before.value.ravel(), wrong.value.ravel(), equal_nan=True
            ):
                return []
        else:
            before = _scaled_before(comparison, factor, wrong) or _called(comparison, number, wrong)
        if before is wrong:
            return _made_wrong(comparison, number, wrong)
        wrong = before
    return []


def uses(comparison: Comparison, moment: Moment) -> list[Moment]:
    """What a line reads that is neither an input nor right, as far as that was watched."""
    return doubtful(comparison.part, comparison.moments, moment, comparison.is_harmless)


def made_in(comparison: Comparison, wrong: Moment) -> list[Moment]:
    """The lines in which a value is made, as far back as they read what is neither an input nor right."""
    return back_from(comparison.part, comparison.moments, wrong, comparison.is_harmless)


def _scaled_before(comparison: Comparison, factor: float | None, wrong: Moment) -> Moment | None:
    """What a line read that was as many times too large as what it gave, and nowhere made good."""
    if factor is None or abs(factor - 1) < 1e-9 or wrong.value.size == 1:
        return None
    for name, moment in latest_before(comparison.moments, wrong).items():
        found = comparison.ratios(moment.value) if reads(wrong, name) and moment.value.size > 1 else []
        if any(abs(one / factor - 1) < 1e-9 for one in found) and not comparison.is_known(moment.value):
            right = [m for m in comparison.right.values() if m]
            return None if moment in _within(comparison, right, lambda m: True) else moment
    return None


def _called(comparison: Comparison, number: int, wrong: Moment) -> Moment:
    """The line that called a helper, where that is right about what it was given; else the moment itself."""
    given = _arguments(comparison, wrong)
    if not given or wrong.into or given[0].function == wrong.function:
        return wrong
    if not _is_served(comparison, number, wrong, given):
        return wrong
    moments = list(comparison.moments)
    after = moments[moments.index(wrong) + 1 :]
    same = (m for m in after if m.call == given[0].call and not m.into)
    return next((m for m in same if same_values(comparison.part, wrong.value, m.value)), given[0])


def _arguments(comparison: Comparison, wrong: Moment) -> list[Moment]:
    """What a helper was called with, as far as a value in it is made of that; functions too."""
    found, waiting, seen = [], [wrong], set()
    while waiting:
        moment = waiting.pop()
        if moment not in seen:
            seen.add(moment)
            read = read_by(comparison.moments, moment)
            found += [m for m in read if m.into == wrong.call and m not in found]
            waiting += [m for m in read if m.call == wrong.call and not m.into]
    return found if wrong.call else []


def _is_served(comparison: Comparison, number: int, wrong: Moment, given: list[Moment]) -> bool:
    """Whether a helper got something that the step is not made of, or does right what another step wants."""
    derivation, moments = comparison.derivation, comparison.moments
    parts = list(comparison.parts_of(derivation.upstream(number)[::-1]))
    if not all(_belongs(comparison, parts, moment.value) for moment in given):
        return True
    inside = [m for m in moments if m.into and (m.call, m.line) == (wrong.call, wrong.line)]
    functions = [m for m in given if not m.value.size and re.search(rf"\b{m.name}\(", wrong.statement)]
    if functions and all(_belongs(comparison, parts, moment.value) for moment in inside):
        return True
    # Each line that it was made in did right in another call, and none has two ways to go.
    elsewhere = _right_elsewhere(comparison, wrong)
    own = _within(comparison, [wrong], lambda m: m.call == wrong.call)
    if all(_place(m) in map(_place, elsewhere) and not goes_two_ways(m) for m in own):
        return True
    given = [moment for moment in given if moment.value.size]
    arrays = [moment for moment in given if moment.value.size > 1] or given
    gave = [m for m in moments if m.call == wrong.call and not m.into and m.name[:1] in ("", "[")]
    return (
        len(arrays) == 1
        and not comparison.is_part(number, wrong.value)
        and any(
            same_values(comparison.part, m.value, np.asarray(value))
            for m in gave
            for value in _of_formulas(comparison, arrays[0].value)
            if isinstance(value, np.ndarray | float)
        )
    )


def _right_elsewhere(comparison: Comparison, wrong: Moment) -> list[Moment]:
    """Right values of other calls, and what they were made of in the same function."""
    right = [m for m in comparison.right.values() if m and m.call != wrong.call]
    return _within(comparison, right, lambda m: m.function == wrong.function and m.call != wrong.call)


def _within(comparison: Comparison, made: list[Moment], belongs: Callable[[Moment], bool]) -> list[Moment]:
    """Values, and what they were made of as far as that belongs to them."""
    found: list[Moment] = []
    waiting = list(made)
    while waiting:
        moment = waiting.pop()
        if moment not in found:
            found.append(moment)
            waiting += [m for m in read_by(comparison.moments, moment) if not m.into and belongs(m)]
    return found


def _place(moment: Moment) -> tuple[str, int, str]:
    return moment.function, moment.line, moment.name


def _belongs(comparison: Comparison, parts: list[np.ndarray], value: np.ndarray) -> bool:
    """Whether a step is made of this value, or that may be a setting."""
    if value.size > 1:
        return any(same_values(comparison.part, part, value) or ratio(part, value) for part in parts)
    flat = np.resize(value, ())
    same = (part.size == 1 and same_values(comparison.part, np.resize(part, ()), flat) for part in parts)
    return not value.size or not comparison.is_known(value) or any(same)


def _of_formulas(comparison: Comparison, value: np.ndarray) -> Iterator[object]:
    """What the reference's formulas of one variable, and parts of them, give for this value instead."""
    done = set()
    for step in comparison.derivation.steps[:MOST_TAKEN_APART]:
        for node in [] if step.expression in done else ast.walk(step.expression):
            names = {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}
            variables = [name for name in names if isinstance(step.before.get(name), np.ndarray | float)]
            if not isinstance(node, ast.BinOp | ast.UnaryOp | ast.Call) or len(variables) != 1:
                continue
            if not same_values(comparison.part, np.asarray(step.before[variables[0]]), value):
                yield value_in(node, {**step.before, variables[0]: value})
        done.add(step.expression)


def _changes(comparison: Comparison, moment: Moment) -> list[Moment]:
    """A variable from where it was set anew to this moment, through all that changed it in place."""
    chain = [moment]
    moments = list(comparison.moments)
    for earlier in reversed(moments[: moments.index(moment)]):
        if changes_in_place(chain[0]) is None:
            break
        same = earlier.call == moment.call and earlier.name == moment.name and not earlier.into
        if same and earlier.value.shape == moment.value.shape:
            chain.insert(0, earlier)
    return chain


def _increment(comparison: Comparison, value: np.ndarray) -> Moment | None:
    """The line that added just this value to a sum."""
    for moment in comparison.moments:
        if moment.value.shape == value.shape and isinstance(changes_in_place(moment), ast.Add | ast.Sub):
            before = _changes(comparison, moment)[-2:]
            if len(before) == 2 and same_values(
                comparison.part, value, np.asarray(moment.value - before[0].value)
            ):
                return moment
    return None


def _made_wrong(comparison: Comparison, number: int, wrong: Moment) -> list[Moment]:
    """Which of the lines that change a variable in place made it wrong; of one each."""
    chain = _changes(comparison, wrong)
    right = np.asarray(comparison.derivation.steps[number].value)
    if right.shape != wrong.value.shape:
        return [wrong]
    changed = list(itertools.pairwise(chain))
    kinds = [changes_in_place(moment) for moment in chain[1:]]
    adds = all(isinstance(kind, ast.Add | ast.Sub) for kind in kinds)
    if kinds and adds:
        parts = list(comparison.parts_of(comparison.derivation.upstream(number)[::-1]))
        added = [(m, m.value - before.value) for before, m in changed]
        added += [(chain[0], chain[0].value)] if chain[0].value.any() else []
        signs = (1, -1) if _has_minus(comparison.derivation.steps[number].expression) else (1,)
        is_right = (
            any(same_values(comparison.part, p, np.asarray(sign * v)) for p in parts for sign in signs)
            for _, v in added
        )
        writers = [m for (m, _), right in zip(added, is_right, strict=True) if not right]
    elif any(isinstance(kind, ast.Subscript) for kind in kinds):
        left = ~close(right, wrong.value, comparison.part.rtol, comparison.part.atol)
        writers = []
        for before, moment in reversed(changed):
            written = left & (before.value != moment.value)
            writers += [moment] if written.any() else []
            left &= ~written
        if left.any() and not comparison.is_harmless(chain[0].value):
            writers.append(chain[0])
    else:
        return [wrong]
    lines = {moment.line: moment for moment in writers[::-1]}
    # What a loop adds turn after turn may be right, and its turns too many or too few.
    turns = [m for m in chain if m.line in lines]
    if len(lines) == 1 and len(turns) > 1 and not uses(comparison, writers[0]):
        return []
    return list(lines.values()) if len(lines) == 1 or adds else []


def is_written_to(comparison: Comparison, made: Moment) -> bool:
    """Whether entries of an array are set after this moment, in which it was made."""
    later = [m for m in comparison.moments if (m.name, m.call) == (made.name, made.call)]
    written = [m for m in later if m is not made and isinstance(changes_in_place(m), ast.Subscript)]
    return any(_changes(comparison, moment)[0] is made for moment in written)


def _has_minus(expression: ast.expr) -> bool:
    return any(isinstance(node, ast.Sub | ast.USub) for node in ast.walk(expression))
