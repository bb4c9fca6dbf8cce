"""A stepper's question: what comes next? Asked before it is shown, and marked at once."""

import html
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

if TYPE_CHECKING:
    from mlcourse.explorers.stepper import Stepper

Answer = TypeVar("Answer")


class Asked(Protocol):
    """What a step computes, and what can be asked for before."""

    @property
    def value(self) -> Any:
        """The right answer."""

    @property
    def hint(self) -> str:
        """Where it comes from, in letters."""


class Question(ABC, Generic[Answer]):
    """A field for what comes next, beside the stepper's controls.

    Parameters
    ----------
    stepper : Stepper
        Whose steps are asked for.

    Attributes
    ----------
    box, field, asks : widget
        All of it, the field, and the box that switches the questions off.
    wanted : str
        What is asked for, such as ``"slope"``.
    examples : str
        Kind and examples of an answer, such as ``"a number, such as 26"``.
    advice : str
        What follows the hint after a wrong answer.
    occasion : str
        When Next asks.
    """

    wanted: str
    examples: str
    advice: str
    occasion: str

    def __init__(self, stepper: "Stepper") -> None:
        from ipywidgets import HTML, Checkbox, Text, VBox

        self._stepper = stepper
        self._step: int | None = None
        self._words = HTML()
        self.asks = Checkbox(value=True, description=f"Ask before a {self.wanted} is shown", indent=False)
        self.field = Text(description=f"Your {self.wanted}", continuous_update=False, disabled=True)
        self.field.tooltip = f"{self.examples[:1].upper()}{self.examples[1:]}; Enter to check it"
        self.asks.tooltip = f"Whether Next asks for a {self.wanted} first"
        self.box: Any = VBox([self.asks, self.field, self._words])
        self.box.add_class("mlc-question")
        self._words.add_class("mlc-question-words")
        self.field.observe(lambda change: self._answered(change["new"]), "value")
        self.asks.observe(lambda _: self.rest(), "value")
        self.rest()

    @abstractmethod
    def read(self, text: str) -> Answer | None:
        """What somebody has typed; None if it is no answer at all."""

    @abstractmethod
    def right(self, answer: Answer, asked: Any) -> bool:
        """Whether it is what was asked for."""

    @abstractmethod
    def ask(self, asked: Any) -> str:
        """The question, as HTML."""

    @abstractmethod
    def confirm(self, asked: Any) -> str:
        """The right answer in words, as HTML."""

    def before(self, step: int) -> bool:
        """Ask for what that step computes; tell whether it is to wait for the answer."""
        asked = self._stepper.asked_before(step)
        if asked is None or not self.asks.value or step == self._step:  # asked already: Next shows it
            return False
        self._step = step
        self.field.value, self.field.disabled = "", False
        self._say(f"{self.ask(asked)} (Next shows it.)")
        return True

    def rest(self) -> None:
        """Ask nothing, until Next is pressed before something that can be asked for."""
        self._step = None
        self.field.value, self.field.disabled = "", True
        self._say(self.occasion if self.asks.value else "")

    def _answered(self, text: str) -> None:
        step = self._step
        if step is None or not text.strip():
            return
        # Somebody may have moved the other controls since: the answer is for where they stand.
        asked, answer = self._stepper.asked_before(step), self.read(text)
        if answer is None:
            self._say(f"Expected {self.examples}.")
        elif asked is None or self.right(answer, asked):
            self.rest()
            self._stepper.set(step=step)
            if asked is not None:
                self._say(f"Right: {self.confirm(asked)}.")
        else:
            self._say(f"Not {html.escape(text.strip())}. {html.escape(asked.hint)}: {self.advice}")

    def _say(self, words: str) -> None:
        self._words.value = words
