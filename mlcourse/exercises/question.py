"""What a question of a lesson is: declared beside the exercises, so that no answer stands in a notebook."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Question:
    """A question whose answer is a number or a choice. It earns no points; answering it counts as progress.

    The question itself stands in the lesson's text, above the cell ``ask("its-id")``.

    Attributes
    ----------
    id : str
        Unique in the course, exercises included, such as ``"count-parameters"``.
    right : float or str
        The answer: a number, or one of `options`.
    why : str
        The reason, shown with every verdict and behind *Reveal*; backticks mark code.
    options : tuple of str
        What there is to choose from; empty where a number is asked for.
    notes : mapping of float or str to str
        What a wrong answer that is often given overlooks, by that answer.
    within : float
        How far a number may be off and still be right.
    label : str
        What stands before the field, where the lesson asks for more than one thing.
    """

    id: str
    right: float | str
    why: str
    options: tuple[str, ...] = ()
    notes: Mapping[float | str, str] = field(default_factory=dict)
    within: float = 0.0
    label: str = "Your answer"

    def __post_init__(self) -> None:
        """Refuse a question that nobody can answer.

        Raises
        ------
        ValueError
            If the right answer, or one that has a note, cannot be given.
        """
        for answer in (self.right, *self.notes):
            if self.options and answer not in self.options:
                raise ValueError(f"question {self.id}: {answer!r} is none of its options {self.options}")
            if not self.options and isinstance(answer, str):
                raise ValueError(f"question {self.id}: expected a number or options, found {answer!r}")
        if any(self.is_right(answer) for answer in self.notes):
            raise ValueError(f"question {self.id}: a note on an answer that is right")

    def is_right(self, answer: float | str) -> bool:
        """Whether this is the answer."""
        if isinstance(answer, str) or isinstance(self.right, str):
            return answer == self.right
        return abs(answer - self.right) <= self.within + 1e-9 * abs(self.right)

    def note(self, answer: float | str) -> str:
        """What this wrong answer overlooks; empty where nothing is known about it."""
        for known, words in self.notes.items():
            if known == answer or (
                not isinstance(known, str)
                and not isinstance(answer, str)
                and abs(answer - known) <= self.within + 1e-9 * abs(known)
            ):
                return words
        return ""
