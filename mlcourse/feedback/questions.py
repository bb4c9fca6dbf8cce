"""`ask`: a question with a field or buttons, marked at once, never graded."""

import os
import re
from collections.abc import Callable
from html import escape
from math import isfinite
from typing import Any

from mlcourse import exercises
from mlcourse.exercises import Question
from mlcourse.feedback import progress_store
from mlcourse.feedback.card import FONT, PAPER, RIGHT, TEXT, WRONG, mark, rich

EXPECTED = "Type a number, such as 0.25, -3, 1/4 or 2e-5."


class NoNumber(ValueError):
    """What was typed cannot be read as a number."""


def read_number(text: str, question: Question | None = None) -> float:
    """Read a number as people type it: "−3", "1/4", "0,25", "16,898", "25 %", "dx = 4", "x0.25", "four".

    Parameters
    ----------
    text : str
        What was typed.
    question : Question, optional
        Where a comma may be meant in two ways, the way that is its answer counts.

    Raises
    ------
    NoNumber
        If it is none, or not a finite one.
    """
    plain = re.sub(r"\s", "", text.rpartition("=")[2].lower().replace("−", "-").replace("≈", ""))
    plain = re.sub(r"^[x×~+]", "", plain)
    if plain in _WORDS:
        return float(_WORDS.index(plain))
    ways = [plain]
    if plain.count(",") == 1 and "." not in plain:
        ways = [plain.replace(",", ".")]
    if re.fullmatch(r"-?[1-9]\d{0,2}(,\d{3})+(\.\d+)?", plain):
        ways.insert(0, plain.replace(",", ""))  # thousands, as the lessons write them
    try:
        numbers = [_value(way) for way in ways if way.count(",") == 0]
    except (ValueError, ZeroDivisionError):
        raise NoNumber(EXPECTED) from None
    if not numbers or not all(map(isfinite, numbers)):
        raise NoNumber(EXPECTED)
    return next((number for number in numbers if question and question.is_right(number)), numbers[0])


_WORDS = (
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)


def _value(plain: str) -> float:
    above, line, below = plain.removesuffix("%").partition("/")
    number = float(above) / float(below) if line else float(above)
    return number / 100 if plain.endswith("%") else number


def verdict(question: Question, answer: float | str) -> str:
    """Say whether an answer is right, and why, as HTML."""
    if question.is_right(answer):
        return f"<strong>{mark(RIGHT)} Right.</strong> {rich(question.why)}"
    note = question.note(answer)
    return (
        f"<strong>{mark(WRONG)} Not {escape(_shown(answer))}.</strong> "
        f"{rich(note) + ' ' if note else ''}<details><summary>Reveal</summary>{_solution(question)}</details>"
    )


class Asked:
    """A question where it is shown: a field or buttons with a kernel, the answer behind *Reveal* without."""

    def __init__(self, question: Question) -> None:
        self.question = question

    def answer(self, given: float | str) -> str:
        """Mark an answer, as the page does, and keep that there was one.

        Parameters
        ----------
        given : float or str
            One of the options, or a number, also as text.

        Returns
        -------
        str
            The verdict as HTML, or what was expected where a number cannot be read.
        """
        if not self.question.options:
            try:
                given = read_number(given, self.question) if isinstance(given, str) else float(given)
            except NoNumber as error:
                return escape(str(error))
        progress_store.record(self.question.id, 0.0)
        return verdict(self.question, given)

    def __repr__(self) -> str:
        options = self.question.options
        return f"Question {self.question.id}: {' / '.join(options) if options else 'a number'}"

    def _repr_html_(self) -> str:
        options = "".join(f"<li>{rich(option)}</li>" for option in self.question.options)
        choice = f"<ul>{options}</ul>" if options else ""
        return (
            f"<div style='{_STYLE}'>{choice}<details><summary>Reveal</summary>"
            f"{_solution(self.question)}</details></div>"
        )

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        bundle = {"text/plain": repr(self), "text/html": self._repr_html_()}
        if os.environ.get("NBGRADER_EXECUTION"):  # nobody answers a grader
            return bundle
        try:
            bundle |= self.widget()._repr_mimebundle_()
        except Exception:  # no kernel to talk to: the answer is behind Reveal
            return bundle
        return {**bundle, "text/plain": repr(self)}

    def widget(self) -> Any:
        """Make the field or the buttons, and below them the place of the verdict."""
        import ipywidgets

        said = ipywidgets.HTML(layout={"max_width": "46em"})

        def take(given: str) -> None:
            # What comes anew is read out as an alert; as a status only where the region was there before.
            said.value = f"<div role='alert' style='{_STYLE}'>{self.answer(given)}</div>"

        controls = _buttons(self.question, take) if self.question.options else _field(self.question, take)
        return ipywidgets.VBox([ipywidgets.HBox(controls, layout={"flex_flow": "row wrap"}), said])


_STYLE = f"background: {PAPER}; color: {TEXT}; {FONT}"


def _buttons(question: Question, take: Callable[[str], None]) -> list[Any]:
    import ipywidgets

    buttons = []
    for option in question.options:
        button = ipywidgets.Button(description=option.replace("`", ""), layout={"width": "auto"})
        button.on_click(lambda _, option=option: take(option))
        buttons.append(button)
    return buttons


def _field(question: Question, take: Callable[[str], None]) -> list[Any]:
    import ipywidgets

    field = ipywidgets.Text(
        description=question.label,
        placeholder="a number",
        continuous_update=False,
        layout={"width": "auto"},
        style={"description_width": "initial"},
    )
    button = ipywidgets.Button(description="Answer", layout={"width": "auto"})
    # Enter and leaving the field change its value; the button is for a finger, and for the same answer again.
    field.observe(lambda change: take(change["new"]), "value")
    button.on_click(lambda _: take(field.value))
    return [field, button]


def _shown(answer: float | str) -> str:
    return answer.replace("`", "") if isinstance(answer, str) else f"{answer:g}".replace("-", "−")


def _solution(question: Question) -> str:
    return f"<p><strong>{escape(_shown(question.right))}.</strong> {rich(question.why)}</p>"


def ask(question_id: str) -> Asked:
    """Ask a question of the lesson: answer it before you go on.

    Parameters
    ----------
    question_id : str
        As in the lesson's cell, such as ``"count-parameters"``.

    Returns
    -------
    Asked
        Shows itself as a field or buttons. Nothing of it is graded.

    Raises
    ------
    KeyError
        If there is no such question; the message names the nearest.
    """
    return Asked(exercises.question(question_id))
