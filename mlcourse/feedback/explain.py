"""Say what is wrong where no known mistake explains it: only what is certain."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from mlcourse.exercises.base import Case, Finding, Part
from mlcourse.feedback.compare import Difference
from mlcourse.feedback.conditions import condition
from mlcourse.feedback.entries import fact
from mlcourse.feedback.failures import describe_failure
from mlcourse.feedback.form import form, lookup
from mlcourse.feedback.identical import identical
from mlcourse.feedback.inputs import special
from mlcourse.feedback.observe import Observation
from mlcourse.feedback.plain import to_plain


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
    if observation.wrong and not observation.trouble:
        words = fact(part, cases, seen, finding.variable) or condition(part, cases, seen, finding.variable)
        if words:
            finding = Finding(finding.variable, f"{with_verb(finding.variable, words)}.")
    others = [cases[other] for other in range(index) if seen[other].right]
    if others and len(others) == index:
        words = f"{finding.sentence} {special(part, case, others)}"
        finding = Finding(finding.variable, words, finding.mistake)
    return finding


def only_there(part: Part, cases: Sequence[Case], seen: Sequence[Observation], variable: str) -> str:
    """What is special about the first inputs on which an output is wrong; empty if it always is."""
    index = next((index for index, observation in enumerate(seen) if variable in observation.wrong), 0)
    others = [cases[other] for other in range(index) if seen[other].right]
    return special(part, cases[index], others) if others else ""


def _describe(part: Part, case: Case, observation: Observation) -> Finding:
    name, answer = part.function, observation.answer
    if answer.failure:
        return describe_failure(part, case, answer.failure)
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
        return Finding(name, _warned(answer.warnings[0], answer.warned))
    words = f"{name} changes NumPy's error state for everybody after it: use `with np.errstate(...)`."
    return Finding(name, words)


def _wrong(part: Part, case: Case, observation: Observation) -> Finding:
    variable, difference = next(iter(observation.wrong.items()))
    if difference.kind == "type" and isinstance(form(part, case), str):
        words = f"{part.function} returns {difference.got}, expected {difference.expected}."
        words += " Is there a return at the end?" if observation.answer.returned is None else ""
        return Finding(variable, words)
    words = f"{says(variable, difference)}."
    if difference.kind == "shape" and lookup(part.shapes, variable):
        shape = lookup(part.shapes, variable)
        words += f" {says_is(variable)} {shape}." if shape.startswith("(") else f" It is to have {shape}."
    elif difference.kind == "value":
        words += f" Its form is right: {difference.got}." if "array" in difference.got else ""
    if observation.answer.warnings:
        words += f" NumPy warned: {observation.answer.warnings[0]}."
    return Finding(variable, words)


_PLURALS = {"is": "are", "has": "have", "contains": "contain"}


def says(variable: str, difference: Difference) -> str:
    """How a variable differs, as a clause with the verb that goes with its name: "norms are wrong"."""
    return with_verb(variable, difference.sentence)


def with_verb(variable: str, clause: str) -> str:
    """The variable and a clause, its verb in the number of the name."""
    verb, _, rest = clause.partition(" ")
    return f"{variable} {_PLURALS.get(verb, verb) if _is_plural(variable) else verb} {rest}".strip()


def says_is(variable: str) -> str:
    """The variable with its verb: "norms are", "loss is"."""
    return f"{variable} {'are' if _is_plural(variable) else 'is'}"


def _is_plural(variable: str) -> bool:
    return re.fullmatch(r"[a-z]{3,}[^isu]s( in .*)?", variable) is not None


def _warned(warning: str, line: str) -> str:
    words = f"The values are right, but NumPy warns: {warning}"
    words += f" in the line `{line}`." if line else "."
    if "np.where(" in line.replace("numpy.", "np."):
        return (
            f"{words} np.where computes both of its branches for every entry, and only then chooses. Compute "
            "each branch for its own entries alone."
        )
    return f"{words} Compute them without it."


def _changed(name: str, case: Case, after: Any) -> str:
    changes = _changes(case, after) if type(after) is dict else []
    what = " and ".join(changes[:2]) or "changes its arguments"
    return f"The values are right, but {name} {what}: compute new arrays and leave the inputs."


def _changes(before: Mapping[str, Any], after: Mapping[str, Any], owner: str = "") -> list[str]:
    """What was done to the inputs, each as a clause."""
    found = []
    for key, value in before.items():
        name = f'{owner}["{key}"]' if owner else key
        if key not in after:
            found.append(f"takes {name} out of {owner or 'the inputs'}")
        elif isinstance(value, Mapping) and type(after[key]) is dict and not owner:
            found += _changes(value, after[key], key)
        elif not identical(to_plain(value), after[key]):
            found.append(f"changes {name} in place")
    return found + [f'adds the entry "{key}" to {owner}' for key in after if key not in before and owner]
