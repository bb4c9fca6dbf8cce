"""One answer beside the reference's answer to the same case: what is right, what is wrong, in which order."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from mlcourse.exercises.base import Case, Finding, Part
from mlcourse.feedback.answers import Answer
from mlcourse.feedback.compare import Difference, compare, describe
from mlcourse.feedback.form import FormError, describe_form, form, is_unpacked, names, order, split


@dataclass(frozen=True)
class Observation:
    """What there is to see in one answer.

    Attributes
    ----------
    answer : Answer
        The answer itself.
    reference : callable
        Gives the reference's answer.
    required : tuple of str
        Leaves that were asked for, in the order in which they are computed.
    leaves : dict of str to plain data
        The answer's leaves (optional ones too); empty if it failed or has another form.
    expected : dict of str to plain data
        The reference's leaves; empty where it was not needed.
    wrong : dict of str to Difference
        The wrong ones, in the order in which they are computed.
    form_error : str
        How the form differs from what was asked for.
    judged : bool
        True if the part's own `compare` judged this case, not equality with the reference.
    finding : Finding or None
        What the part's own `compare` said.
    """

    answer: Answer
    reference: Callable[[], Answer]
    required: tuple[str, ...]
    leaves: dict[str, Any] = field(default_factory=dict)
    expected: dict[str, Any] = field(default_factory=dict)
    wrong: dict[str, Difference] = field(default_factory=dict)
    form_error: str = ""
    judged: bool = False
    finding: Finding | None = None

    @property
    def trouble(self) -> bool:
        """Whether there is nothing to compare: it failed, or has another form."""
        return bool(self.answer.failure or self.form_error)

    @property
    def values_right(self) -> bool:
        """Whether everything returned is right, whatever happened besides."""
        return not (self.trouble or self.wrong or self.finding)

    @property
    def right(self) -> bool:
        """Whether nothing is wrong."""
        answer = self.answer
        beside = answer.warnings or answer.changed_error_state or answer.inputs_after is not None
        return self.values_right and not beside


def observe(part: Part, case: Case, answer: Answer, reference: Callable[[], Answer]) -> Observation:
    """Compare an answer with the reference's.

    Parameters
    ----------
    part : Part
        What was asked.
    case : Case
        The inputs.
    answer : Answer
        The learner's answer to this case, or a known mistake's.
    reference : callable
        Gives the reference's answer to this case; called only where it is needed.
    """
    shape = form(part, case)
    required = names(shape)
    sequence = order(part, case, required)
    required = tuple(name for name in sequence if name in required)
    if answer.failure:
        return Observation(answer, reference, required)
    try:
        leaves = split(shape, answer.returned, sequence)
    except FormError as error:
        return Observation(answer, reference, required, form_error=str(error))
    finding: Any = NotImplemented
    unread = False
    if part.compare:
        try:
            finding = part.compare(case, answer.returned)
        except Exception:  # values of a kind that the comparison does not expect
            words = f"{part.function} returns something that cannot be read as what was asked for."
            finding, unread = Finding(part.function, words), True
        if finding is not NotImplemented and not unread:
            return Observation(answer, reference, required, leaves, judged=True, finding=finding)
    expected = split(shape, reference().returned, sequence)
    wrong = {}
    for name in sequence:
        if name in leaves and name in expected:
            difference = compare(expected[name], leaves[name], part.rtol, part.atol)
            if difference and (not unread or difference.kind == "type"):
                wrong[name] = difference
    if unread and not wrong:
        return Observation(answer, reference, required, leaves, judged=True, finding=finding)
    if is_unpacked(shape, answer.returned) and any(d.kind == "shape" for d in wrong.values()):
        # Not several values in an array, but one of them alone, whose rows were taken for the others.
        words = f"returns {describe(answer.returned)}, expected {describe_form(shape)}"
        return Observation(answer, reference, required, form_error=words)
    wrong = _blameworthy(wrong, required, sequence, leaves, expected)
    return Observation(answer, reference, required, leaves, expected, wrong)


def _blameworthy(
    wrong: dict[str, Difference],
    required: tuple[str, ...],
    sequence: tuple[str, ...],
    leaves: dict[str, Any],
    expected: dict[str, Any],
) -> dict[str, Difference]:
    """Drop the optional leaves that are not to blame.

    A learner may name a step otherwise, or put the 1/m into dZ2: so an optional leaf counts only where the
    next leaf asked for is wrong too, and where it is no multiple of what was expected.
    """
    kept = {}
    for index, name in enumerate(sequence):
        if name not in wrong:
            continue
        following = next((later for later in sequence[index:] if later in required), None)
        if name in required or (following in wrong and not _proportional(expected[name], leaves[name])):
            kept[name] = wrong[name]
    return kept


def _proportional(expected: Any, got: Any) -> bool:
    a, b = np.asarray(expected), np.asarray(got)
    if a.shape != b.shape or not a.size:
        return False
    a, b = a.ravel().astype(float), b.ravel().astype(float)
    if not (a.any() and np.isfinite(b).all()):
        return False
    factor = b[np.argmax(np.abs(a))] / a[np.argmax(np.abs(a))]
    return bool(np.allclose(b, factor * a, rtol=1e-6, atol=1e-12))
