"""What the learner's value equals, in words."""

import ast
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from mlcourse.feedback.derivation import Derivation, Step
from mlcourse.feedback.moments import Moment
from mlcourse.feedback.multiples import Factor
from mlcourse.feedback.reading import plain_name

MOST_LETTERS = 120
"""Length of expressions that are still a help to a reader."""

Edits = dict[ast.expr, ast.expr]
"""Expressions of the reference, and what stands in their place."""


@dataclass(frozen=True)
class Sample:
    """One case on which a learner's value is known.

    Attributes
    ----------
    derivation : Derivation
        The reference's steps.
    number : int
        Which of them the value belongs to.
    value : ndarray
        The learner's.
    suspects : frozenset of int
        Steps that may be wrong: what the value is computed from, without what is known to be right.
    sizes : dict of str to int
        The course's letters in this case.
    held : Moment or None
        When a variable of the learner's got it, where that is known otherwise than by the value.
    """

    derivation: Derivation
    number: int
    value: np.ndarray
    suspects: frozenset[int]
    sizes: dict[str, int]
    held: Moment | None = None

    @property
    def step(self) -> Step:
        """The step that the value belongs to."""
        return self.derivation.steps[self.number]

    @property
    def name(self) -> str:
        """The course's name of the step; the learner's own where only the reference knows the course's."""
        if self.held and self.step.name not in self.derivation.known:
            return plain_name(self.held.name) or self.step.name
        return self.step.name

    def computed(self, edits: Edits, until: int | None = None) -> Any:
        """Value of the step with the edits made in all suspects; None where it cannot be computed."""
        steps = self.derivation.steps
        wanted = self.number if until is None else until
        changes = {n: edits[steps[n].expression] for n in self.suspects if steps[n].expression in edits}
        if not changes:
            return None
        try:
            return self.derivation.replayed(changes, wanted)
        except Exception:
            return None


@dataclass(frozen=True)
class Equality:
    """What a value equals.

    Attributes
    ----------
    variable : str
        Whose value.
    assigned : tuple of (str, str, str)
        Steps that are other than in the reference: name, expression that gives the learner's value, formula.
    factor : Factor or None
        What the outcome is multiplied by besides.
    edits : dict
        The change itself.
    words : str
        The sentence, where it is of another form.
    """

    variable: str
    assigned: tuple[tuple[str, str, str], ...]
    factor: Factor | None = None
    edits: Edits = field(default_factory=dict, compare=False)
    words: str = ""

    @property
    def sentence(self) -> str:
        """In words; empty where a formula is too long to be read."""
        if self.words or any(len(formula) > MOST_LETTERS for *_, formula in self.assigned):
            return self.words
        if not self.assigned:
            assert self.factor is not None
            return self.factor.sentence(self.variable)
        if len(self.assigned) == 1 and self.assigned[0][0] == self.variable:
            _, expression, formula = self.assigned[0]
            text = self.factor.on(expression) if self.factor else expression
            return f"Your `{self.variable}` equals `{text}`; the formula is `{formula}`."
        wrong = " and ".join(f"`{name} = {expression}`" for name, expression, _ in self.assigned)
        right = " and ".join(f"`{name} = {formula}`" for name, _, formula in self.assigned)
        times = f", multiplied by `{self.factor.text}`" if self.factor else ""
        plural = "formulas are" if len(self.assigned) > 1 else "formula is"
        return f"Your `{self.variable}` is what comes out with {wrong}{times}; the {plural} {right}."
