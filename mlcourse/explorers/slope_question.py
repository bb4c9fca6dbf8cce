"""The graph stepper's question: what will the next slope be? Asked before it is shown, and marked at once."""

import html
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from mlcourse.explorers.graph_steps import Slope, number

if TYPE_CHECKING:
    from collections.abc import Callable

CLOSE = 0.005
"""Relative difference up to which an answer is right: the picture shows four digits."""


class SlopeQuestion:
    """A field for the next slope, beside the stepper's controls.

    Parameters
    ----------
    go_on : callable
        Shows the next step.

    Attributes
    ----------
    box, field, asks : widget
        All of it, the field, and the box that switches the questions off.
    """

    def __init__(self, go_on: "Callable[[], None]") -> None:
        from ipywidgets import HTML, Checkbox, Text, VBox

        self._go_on = go_on
        self._slope: Slope | None = None
        self._words = HTML()
        self.asks = Checkbox(value=True, description="Ask before a slope is shown", indent=False)
        self.field = Text(description="Your slope", continuous_update=False, disabled=True)
        self.field.tooltip = "A number, such as 26, -0.5 or 1/4; Enter to check it"
        self.asks.tooltip = "Whether Next asks for a slope first"
        self.box: Any = VBox([self.asks, self.field, self._words])
        self.box.add_class("mlc-question")
        self._words.add_class("mlc-question-words")
        self.field.observe(lambda change: self._answered(change["new"]), "value")
        self.asks.observe(lambda _: self.rest(), "value")
        self.rest()

    def before(self, slope: Slope | None) -> bool:
        """Ask for the slope of the step that comes next; tell whether it is to wait for the answer."""
        if slope is None or not self.asks.value or self._slope == slope:  # asked already: Next shows it
            return False
        self._slope = slope
        self.field.value, self.field.disabled = "", False
        self._say(f"What will <b>d{html.escape(slope.name)}</b> be? (Next shows it.)")
        return True

    def rest(self) -> None:
        """Ask nothing, until Next is pressed before a slope."""
        self._slope = None
        self.field.value, self.field.disabled = "", True
        self._say("Next asks for each slope." if self.asks.value else "")

    def _answered(self, text: str) -> None:
        slope = self._slope
        if slope is None or not text.strip():
            return
        value = read(text)
        if value is None:
            self._say("Expected a number, such as 26, −0.5 or 1/4.")
        elif abs(value - slope.value) <= CLOSE * max(abs(slope.value), 1e-9):
            self.rest()
            self._go_on()
            self._say(f"Right: d{html.escape(slope.name)} = {number(slope.value)}.")
        else:
            self._say(f"Not {html.escape(text.strip())}. {html.escape(slope.hint)}: put the numbers in.")

    def _say(self, words: str) -> None:
        self._words.value = words


def read(text: str) -> float | None:
    """The number that somebody has typed: with either minus, a decimal comma, or as a fraction."""
    plain = text.strip().replace("−", "-").replace(",", ".").replace(" ", "")
    try:
        return float(Fraction(plain)) if "/" in plain else float(plain)
    except (ValueError, ZeroDivisionError, OverflowError):
        return None
