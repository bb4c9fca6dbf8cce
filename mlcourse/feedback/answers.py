"""An answer: what came out when the learner's function was called with one case, as plain data."""

import re
from dataclasses import dataclass
from typing import Any

from mlcourse.feedback.plain import PlainError


@dataclass(frozen=True)
class Failure:
    """The learner's code did not return.

    Attributes
    ----------
    kind : str
        Name of the exception's class; ``"TimeLimit"``, ``"OutputLimit"``, ``"InputAsked"`` for what `run`
        stops.
    message : str
        Its text, at most 500 characters.
    line : str
        The learner's line that raised, without indentation; empty where it is not known.
    target : str
        The variable that this line was computing, such as ``"dA1"``.
    operands : tuple of (str, tuple of int)
        The arrays that met in the failing operation, as written, and their shapes.
    helper : str
        Name of the function that raised, where it is another one than the one called.
    """

    kind: str
    message: str = ""
    line: str = ""
    target: str = ""
    operands: tuple[tuple[str, tuple[int, ...]], ...] = ()
    helper: str = ""

    @property
    def about_shapes(self) -> bool:
        """Whether arrays met that do not fit together."""
        words = r"mismatch|broadcast|not aligned|shape"
        return self.kind == "ValueError" and re.search(words, self.message) is not None


@dataclass(frozen=True)
class Answer:
    """What one call gave.

    Attributes
    ----------
    returned : plain data
        What the drive returned; None if it failed.
    inputs_after : plain data or None
        The case as the call left it, None if it left it as it was.
    failure : Failure or None
        Why there is nothing returned.
    warnings : tuple of str
        Warnings that count against the answer, such as ``"overflow encountered in exp"``.
    warned : str
        The learner's line that the first of them came from; empty where it is not known.
    changed_error_state : bool
        True if the call left NumPy's error state other than it was (it is put back).
    printed : str
        What the call wrote to stdout, the beginning of it.
    """

    returned: Any = None
    inputs_after: Any = None
    failure: Failure | None = None
    warnings: tuple[str, ...] = ()
    changed_error_state: bool = False
    warned: str = ""
    printed: str = ""


def answer_to_plain(answer: Answer) -> dict[str, Any]:
    """The answer as plain data, for `mlcourse.feedback.plain.encode`."""
    failure = answer.failure
    return {
        "returned": answer.returned,
        "inputs_after": answer.inputs_after,
        "failure": None
        if failure is None
        else (failure.kind, failure.message, failure.line, failure.target, failure.operands, failure.helper),
        "warnings": answer.warnings,
        "warned": answer.warned,
        "changed_error_state": answer.changed_error_state,
        "printed": answer.printed,
    }


def answer_from_plain(data: Any) -> Answer:
    """Read an answer that came from a sandbox, already through `decode`.

    Raises
    ------
    PlainError
        If it is not an answer.
    """
    match data:
        case {
            "returned": returned,
            "inputs_after": inputs_after,
            "failure": failure,
            "warnings": tuple(warnings),
            "warned": str(warned),
            "changed_error_state": bool(changed),
            "printed": str(printed),
            **rest,
        } if not rest and all(type(text) is str for text in warnings):
            return Answer(
                returned, inputs_after, _failure(failure), warnings[:20], changed, warned[:300], printed
            )
    raise PlainError("not an answer")


def _failure(data: Any) -> Failure | None:
    match data:
        case None:
            return None
        case (str(kind), str(message), str(line), str(target), tuple(operands), str(helper)) if (
            len(operands) <= 8
        ):
            met = tuple(_operand(item) for item in operands)
            return Failure(kind[:80], message[:500], line[:300], target[:60], met, helper[:60])
    raise PlainError("not a failure")


def _operand(data: Any) -> tuple[str, tuple[int, ...]]:
    match data:
        case (str(text), tuple(shape)) if len(shape) <= 8 and all(type(n) is int for n in shape):
            return text[:80], shape
    raise PlainError("not an operand")
