"""How many times one array is another, and what that number is: a constant, or a size of the inputs."""

import ast
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

_EXACT = 1e-9


@dataclass(frozen=True)
class Factor:
    """A factor that is the same rule on every input: a constant, times or divided by a size.

    Attributes
    ----------
    constant : float
        The constant part.
    size : str
        Letter of a size, such as ``"m"``; empty for a constant alone.
    power : int
        1 for times the size, -1 for divided by it.
    here : float
        What it is on the first input.
    """

    constant: float
    size: str = ""
    power: int = 0
    here: float = 1.0

    def times(self, text: str) -> str:
        """A product with something, as an expression."""
        sign, constant = ("-" if self.constant < 0 else ""), number(abs(self.constant))
        words = text if constant == "1" else f"{constant} * {text}"
        size = {1: f" * {self.size}", -1: f" / {self.size}", 0: ""}[self.power]
        return f"{sign}{words}{size}"

    def on(self, expression: str) -> str:
        """A product with an expression, without what cancels: ``dZ2`` for ``dZ2 / m`` times m."""
        match ast.parse(expression, mode="eval").body:
            case ast.BinOp(left, ast.Div(), ast.Name(size)) if size == self.size and self.power == 1:
                return Factor(self.constant, here=self.here).on(ast.unparse(left))
            case ast.BinOp(left, ast.Mult(), ast.Constant(int() | float() as number)) if number:
                return Factor(self.constant * number, self.size, self.power, self.here).on(ast.unparse(left))
        atom = expression.isidentifier() or self.text == "1"
        return self.times(expression if atom else f"({expression})")

    def added_to(self, formula: str, term: str) -> str:
        """A formula with this many times a term on top."""
        text = self.times(term)
        return f"{formula} - {text[1:]}" if text.startswith("-") else f"{formula} + {text}"

    @property
    def text(self) -> str:
        """As an expression: ``-m``, ``2 / m``."""
        if not self.size:
            return number(self.constant)
        if self.power < 0:
            return f"{number(self.constant)} / {self.size}"
        constant = number(self.constant)
        return {"1": "", "-1": "-"}.get(constant, f"{constant} * ") + self.size

    def sentence(self, variable: str) -> str:
        """What it says about a variable that is this many times what it should be."""
        if not self.size:
            if number(self.constant) == "-1":
                return f"Your `{variable}` has the wrong sign, everything else about it is right."
            return f"Your `{variable}` is exactly {number(self.constant)} times what it should be."
        if number(self.constant) == "1" and self.power > 0:
            here = f"; here {self.size} is {number(self.here)}"
            return f"Your `{variable}` is {self.size} times what it should be{here}."
        return f"Your `{variable}` is `{self.text}` times what it should be."


def number(value: float) -> str:
    """A plain number as it would be written: thirds and the like as fractions, else with its decimals."""
    below = _plain_below(value)
    whole = round(value * below)
    return f"{whole}" if below == 1 else f"{whole}/{below}" if 1 < below < 10 else f"{value:.7g}"


def _plain_below(value: float) -> int:
    """What a number has to be multiplied by to be whole; 0 if it is no number that somebody would write."""
    for below in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 100, 1000, 10**4, 10**5):
        scaled = value * below
        if 0.5 < abs(scaled) < 10**6 and abs(scaled - round(scaled)) <= _EXACT * abs(scaled):
            return below
    return 0


def ratio(base: Any, value: Any) -> float | None:
    """The number by which an array has to be multiplied to give another one; None if there is none."""
    try:
        a, b = np.asarray(base), np.asarray(value)
        if a.dtype.kind not in "fiub" or b.dtype.kind not in "fiub" or a.shape != b.shape or not a.size:
            return None
        a, b = a.astype(float, copy=False).ravel(), b.astype(float, copy=False).ravel()
    except (TypeError, ValueError):
        return None
    square, largest = float(a @ a), float(np.abs(b).max())
    if not (0 < square < np.inf and 0 < largest < np.inf):
        return None
    factor = float(a @ b) / square
    if abs(b[0] - factor * a[0]) > _EXACT * largest:  # most fail at once
        return None
    close = float(np.abs(b - factor * a).max()) <= _EXACT * largest
    return factor if close and factor else None


def is_multiple_of_any(bases: np.ndarray, value: np.ndarray) -> bool:
    """Whether `ratio` finds one for any of several arrays, which are the rows of a matrix."""
    b = value.astype(float, copy=False).ravel()
    largest = float(np.abs(b).max(initial=0.0))
    squares = np.einsum("ij,ij->i", bases, bases)
    if not 0 < largest < np.inf:
        return False
    with np.errstate(all="ignore"):
        factors = bases @ b / squares
        close = np.abs(b - factors[:, None] * bases).max(axis=1) <= _EXACT * largest
        return bool((close & (factors != 0) & (squares > 0) & (squares < np.inf)).any())


def common_factor(factors: Sequence[float | None], sizes: Sequence[dict[str, int]]) -> Factor | None:
    """The one rule that gives these factors on inputs of these sizes.

    A size counts only where it differs between the inputs; two rules that fit are none. A factor of 1
    everywhere is none either.
    """
    found = [factor for factor in factors if factor is not None]
    if len(found) < 2 or len(found) < len(factors):
        return None
    if _equal(found):
        plain = _plain_below(found[0]) and abs(found[0] - 1) > _EXACT
        return Factor(found[0], here=found[0]) if plain else None
    rules = []
    for letter in set.intersection(*(set(s) for s in sizes)):
        values = [s[letter] for s in sizes]
        for power in (1, -1):
            rest = [factor / value**power for factor, value in zip(found, values, strict=True)]
            if _equal(rest) and _plain_below(rest[0]):
                rules.append(Factor(rest[0], letter, power, found[0]))
    return rules[0] if len(rules) == 1 else None


def _equal(values: Sequence[float]) -> bool:
    return all(abs(value - values[0]) <= _EXACT * abs(values[0]) for value in values)
