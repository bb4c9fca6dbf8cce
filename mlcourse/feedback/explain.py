"""Say what is wrong where no known mistake explains it: only what is certain."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from mlcourse.exercises.base import Case, Finding, Part
from mlcourse.feedback.answers import Failure
from mlcourse.feedback.form import known_variable, lookup
from mlcourse.feedback.observe import Observation

_PLAIN_FAILURES = {
    "InputAsked": "calls input(): there is nobody to answer while it is checked. Use the arguments only.",
    "SystemExit": "ends Python (sys.exit) instead of returning its result.",
    "RecursionError": "calls itself without end.",
    "KeyboardInterrupt": "was interrupted.",
    "MemoryError": "needs more memory than there is.",
    "NotImplementedError": "still raises NotImplementedError for some inputs: is a part not written yet?",
}


def explain(part: Part, cases: Sequence[Case], seen: Sequence[Observation]) -> Finding:
    """Describe the first wrong thing.

    Parameters
    ----------
    part : Part
        What was asked.
    cases : sequence of Case
        The inputs, random ones first.
    seen : sequence of Observation
        The learner's answers, not all right.
    """
    tests = (
        lambda o: o.answer.failure,
        lambda o: o.form_error or o.finding or o.wrong,
        lambda o: o.answer.inputs_after is not None,
        lambda o: o.answer.warnings,
        lambda o: o.answer.changed_error_state,
    )
    index = next(index for test in tests for index, observation in enumerate(seen) if test(observation))
    observation, case = seen[index], cases[index]
    finding = _describe(part, case, observation)
    if any(o.right for o in seen[:index]):
        finding = Finding(finding.variable, f"{finding.sentence} {_special(case)}".strip(), finding.mistake)
    return finding


def met_shapes(failure: Failure | None) -> str:
    """Which shapes met where they did not fit, to go with a named mistake; empty if something else failed."""
    if failure is None or len(failure.operands) < 2 or not failure.about_shapes:
        return ""
    return f"In the line `{failure.line}`, {_met(failure)}."


def _describe(part: Part, case: Case, observation: Observation) -> Finding:
    name, answer = part.function, observation.answer
    if answer.failure:
        return _failure(part, case, answer.failure)
    if observation.form_error:
        hint = " Is there a return at the end?" if answer.returned is None else ""
        return Finding(name, f"{name} {observation.form_error}.{hint}")
    if observation.finding:
        return observation.finding
    if observation.wrong:
        return _wrong(part, case, observation)
    if answer.inputs_after is not None:
        return Finding(name, _changed(name, case, answer.inputs_after))
    if answer.warnings:
        return Finding(
            name, f"The values are right, but NumPy warns: {answer.warnings[0]}. Compute them without it."
        )
    words = f"{name} changes NumPy's error state for everybody after it: use `with np.errstate(...)`."
    return Finding(name, words)


def _wrong(part: Part, case: Case, observation: Observation) -> Finding:
    variable, difference = next(iter(observation.wrong.items()))
    words = f"{variable} {difference.sentence}."
    if difference.kind == "shape" and lookup(part.shapes, variable):
        words += f" {variable} is {lookup(part.shapes, variable)}."
    elif difference.kind == "value":
        words += f" Its form is right: {difference.got}." if "array" in difference.got else ""
    if observation.answer.warnings:
        words += f" NumPy warned: {observation.answer.warnings[0]}."
    return Finding(variable, words)


def _special(case: Case) -> str:
    """Which inputs these are, where others of the same function were right; shapes only, no values."""
    shapes = [f"{name} {value.shape}" for name, value in _arrays(case) if value.ndim]
    return (
        f"Other inputs were right; this happened with {', '.join(shapes[:4])}."
        if shapes
        else "Others were right."
    )


def _arrays(case: Mapping[str, Any]) -> list[tuple[str, np.ndarray]]:
    """Name and value of each array of a case, those of nested dicts included."""
    found: list[tuple[str, np.ndarray]] = []
    for name, value in case.items():
        if type(value) is np.ndarray:
            found.append((name, value))
        elif isinstance(value, Mapping):
            found += _arrays(value)
    return found


def _changed(name: str, case: Case, after: Any) -> str:
    changed = (
        [key for key, value in case.items() if not _still(value, after.get(key))]
        if type(after) is dict
        else []
    )
    what = " and ".join(changed) or "its arguments"
    return (
        f"The values are right, but {name} changes {what} in place: compute new arrays and leave the inputs."
    )


def _still(before: Any, after: Any) -> bool:
    from mlcourse.feedback.plain import identical, to_plain

    return identical(to_plain(before), after)


def _failure(part: Part, case: Case, failure: Failure) -> Finding:
    name = part.function
    if failure.kind == "NotImplementedError" and failure.helper:
        return Finding(name, f"{name} calls {failure.helper}, which is not written yet.")
    if failure.kind in _PLAIN_FAILURES:
        return Finding(name, f"{name} {_PLAIN_FAILURES[failure.kind]}")
    if failure.kind == "TimeLimit":
        return Finding(
            name, f"{name} did not finish within {part.seconds:g} seconds. Is there a loop without end?"
        )
    if failure.kind == "OutputLimit":
        return Finding(name, f"{name} prints {failure.message}: take the print out of it.")
    line = f" in the line `{failure.line}`" if failure.line else ""
    shapes = _shape_clash(part, case, failure)
    if shapes:
        variable = known_variable(part, failure.target) or name
        return Finding(variable, f"Shapes do not fit{line}: {shapes}")
    message = f": {failure.message[:300].rstrip('.')}" if failure.message else ""
    called = ""
    if failure.kind == "TypeError" and not line and part.drive == "call":
        called = f" It is called as {name}({', '.join(case)})."
    return Finding(name, f"{name} raises {failure.kind}{line}{message}.{called}")


def _shape_clash(part: Part, case: Case, failure: Failure) -> str:
    """Which shapes met and which the formula has; empty if the failure is not about shapes."""
    if not failure.about_shapes:
        return ""
    met = f"{_met(failure)}."
    variable = known_variable(part, failure.target)
    formula = lookup(part.formulas, variable) if variable else ""
    if not formula:
        return met
    sizes = _letters(part, case)
    operands = dict.fromkeys(re.findall(r"[A-Za-z]\w*(?:\.T)?", formula.partition("=")[2]))
    told = [words for words in (_told(part, operand, sizes) for operand in operands) if words]
    return f"{met} The formula is {formula}{', where ' + ', '.join(told) if told else ''}."


def _met(failure: Failure) -> str:
    if len(failure.operands) >= 2:
        return " and ".join(f"{text} is {shape}" for text, shape in failure.operands)
    shapes = re.findall(r"\(\d*(?:,\s*\d*)*\)", failure.message)
    return f"{shapes[0]} meets {shapes[1]}" if len(shapes) >= 2 else failure.message[:200].rstrip(".")


def _told(part: Part, operand: str, sizes: dict[str, int]) -> str:
    letters = lookup(part.shapes, operand.removesuffix(".T"))
    if not letters:
        return ""
    symbols = [symbol.strip() for symbol in letters.strip("() ").split(",") if symbol.strip()]
    symbols = symbols[::-1] if operand.endswith(".T") else symbols
    text = f"({', '.join(symbols)})" if len(symbols) != 1 else f"({symbols[0]},)"
    numbers = [sizes.get(symbol, int(symbol) if symbol.isdigit() else None) for symbol in symbols]
    if None in numbers:
        return f"{operand} is {text}"
    return f"{operand} is {text} = {tuple(numbers)}"


def _letters(part: Part, case: Case) -> dict[str, int]:
    """The course's letters as numbers of this case, from the shapes of its inputs."""
    sizes: dict[str, int] = {}
    for name, value in _arrays(case):
        symbols = [symbol.strip() for symbol in lookup(part.shapes, name).strip("() ").split(",")]
        if len(symbols) == value.ndim:
            sizes.update((s, n) for s, n in zip(symbols, value.shape, strict=True) if s and not s.isdigit())
    return sizes
