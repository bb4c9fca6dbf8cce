"""What a graded exercise is: declared once in this package, read by `check`, judge and build.

An exercise has one or more *parts*, one for each function the learner writes. A part knows how to draw
inputs, how the learner's function is called with them, what the right answer is, and which mistakes are
known. It does not know how answers are compared (`mlcourse.feedback`) nor where they are computed
(`mlcourse.grading`).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

Case = dict[str, Any]
"""Plain data only (arrays, numbers, strings, lists, dicts): it travels to a sandbox as JSON."""


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong with an answer, in words for the learner.

    Attributes
    ----------
    variable : str
        The output it is about, such as ``"dW1"``; the function's name where it is about the whole answer.
    sentence : str
        What is wrong, one or two sentences.
    mistake : str or None
        Name of the known mistake that explains the answer, None where no name is certain.
    """

    variable: str
    sentence: str
    mistake: str | None = None


@dataclass(frozen=True)
class Mistake:
    """A misconception, as the function that somebody who holds it would write.

    Attributes
    ----------
    name : str
        Slug, unique within its part, such as ``"no-mean-dW1"``.
    sentence : str
        What the learner is told: what they did, and what to do.
    function : callable
        Same signature as the learner's function; computes what the misconception computes.
    """

    name: str
    sentence: str
    function: Callable[..., Any]


def _whole(case: Case, output: str) -> Case:
    return case


@dataclass(frozen=True)
class Part:
    """One function (or class) that the learner writes.

    Attributes
    ----------
    function : str
        The learner's name for it, such as ``"backward_propagation"``.
    inputs : callable
        ``inputs(rng) -> Case``: one random case; rectangular shapes and m > 1, all shapes drawn too.
    reference : callable
        The right answer, written as the learner would; may return more than is asked (see `order`).
    returns : str, tuple, dict or callable
        The form of the return value. A string is the name of a leaf; a tuple, a tuple or list of that length;
        a dict, a dict with at least these keys. Leaves are named: ``("A2", {"Z1": "Z1", "A1": "A1"})``; every
        name once. A leaf may itself be a list or a dict (a list of batches): it is compared item by item.
        A callable ``returns(case)`` gives the form where it depends on the case (a network of any depth).
    order : tuple of str or callable
        Leaves in the order in which they are computed; a callable ``order(case)`` as for `returns`. Names
        here that are not in `returns` are optional: they are compared where the learner returns them as extra
        keys of a dict (``"dZ2"``) and one of the leaves asked for is wrong, skipped where not.
    shapes : mapping of str to str
        Shape of each leaf **and of each input** in the letters of the course, such as ``{"dW1": "(n1, n0)",
        "W2": "(n2, n1)", "Z1": "(n1, m)"}``; for messages. ``"dW[l]"`` stands for dW1, dW2, ...
    formulas : mapping of str to str
        Formula of each leaf as plain text, such as ``{"dW1": "dW1 = dZ1 @ X.T / m"}``; for later hints and
        for explaining shape errors, so those of the steps between (``"dA1"``) help too. ``"dW[l]"`` as for
        `shapes`.
    section : str
        Heading in the lesson where this is taught; for later hints.
    mistakes : tuple of Mistake
        The known ones.
    edges : callable
        ``edges() -> list[Case]``: fixed cases that are always tried too (overflow, m = 1, short last batch).
    drive : str
        Name of the function in `mlcourse.exercises.drives` that calls the learner's function with a case, in
        the learner's process. ``"call"`` passes the case's values in order.
    compare : callable, optional
        ``compare(case, answer) -> Finding | None``, where equality with the reference is not the question
        (random initialisation, a trained classifier). `answer` is what the drive returned, as plain data, in
        the form of `returns` (that is checked before). Return ``NotImplemented`` to have this case compared
        with the reference after all.
    rtol, atol : float
        Tolerances in float64; those of float32 are derived from them.
    seconds : float
        Time that the learner's function may take for one case.
    draws : int
        How many random cases are tried; one where a case takes seconds and `compare` is sure of what it says.
    narrowed : callable
        ``narrowed(case, output) -> Case``: the case with a mark that the drive is to try only what one output
        takes, where it tries many things that have nothing to do with each other.
    """

    function: str
    inputs: Callable[[np.random.Generator], Case]
    reference: Callable[..., Any]
    returns: Any
    order: tuple[str, ...] | Callable[[Case], tuple[str, ...]] = ()
    shapes: Mapping[str, str] = field(default_factory=dict)
    formulas: Mapping[str, str] = field(default_factory=dict)
    section: str = ""
    mistakes: tuple[Mistake, ...] = ()
    edges: Callable[[], list[Case]] = list
    drive: str = "call"
    compare: Callable[[Case, Any], Any] | None = None
    rtol: float = 1e-7
    atol: float = 1e-10
    seconds: float = 5.0
    draws: int = 3
    narrowed: Callable[[Case, str], Case] = _whole


@dataclass(frozen=True)
class Exercise:
    """A graded exercise; its id, points and function names are the contract with notebooks and instructors.

    Attributes
    ----------
    id : str
        Such as ``"backward-propagation"``; also the nbgrader ``grade_id`` of its graded cell.
    lesson : str
        Folder of its lesson, such as ``"02-two-layer-network"``.
    points : int
        What it is worth; shared equally between its parts.
    parts : tuple of Part
        What the learner writes, in the order in which ``check(id, ...)`` takes it.
    title : str
        A few words for cards and tables.
    requires : str
        Module without which the exercise is not scored (``"torch"``); empty where numpy is enough.
    """

    id: str
    lesson: str
    points: int
    parts: tuple[Part, ...]
    title: str
    requires: str = ""

    @property
    def functions(self) -> tuple[str, ...]:
        """Names of the learner's functions, in the order in which ``check`` takes them."""
        return tuple(part.function for part in self.parts)
