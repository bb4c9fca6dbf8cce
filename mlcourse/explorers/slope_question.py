"""What the graph stepper asks for: the next slope."""

import html
from fractions import Fraction

from mlcourse.explorers.graph_steps import Slope, number
from mlcourse.explorers.question import Question

CLOSE = 0.005
"""Relative difference up to which an answer is right: the picture shows four digits."""


class SlopeQuestion(Question[float]):
    """A field for the next slope, a number."""

    wanted = "slope"
    examples = "a number, such as 26, −0.5 or 1/4"
    advice = "put the numbers in."
    occasion = "On the way back, Next asks for a slope at each operation."

    def read(self, text: str) -> float | None:
        """See `read`."""
        return read(text)

    def right(self, answer: float, asked: Slope) -> bool:
        """Whether it is the slope, as far as the picture shows it."""
        return abs(answer - asked.value) <= CLOSE * max(abs(asked.value), 1e-9)

    def ask(self, asked: Slope) -> str:
        """Ask by the slope's name."""
        return f"What will <b>d{html.escape(asked.name)}</b> be?"

    def confirm(self, asked: Slope) -> str:
        """The slope with four digits."""
        return f"d{html.escape(asked.name)} = {number(asked.value)}"


def read(text: str) -> float | None:
    """The number that somebody has typed: with either minus, a decimal comma, or as a fraction."""
    plain = text.strip().replace("−", "-").replace(",", ".").replace(" ", "")
    try:
        return float(Fraction(plain)) if "/" in plain else float(plain)
    except (ValueError, ZeroDivisionError, OverflowError):
        return None
