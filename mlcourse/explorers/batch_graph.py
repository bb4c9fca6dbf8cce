"""Explorer: the graph of a batch of digits, forward and backward in shapes."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from mlcourse.explorers.base import Explorer
from mlcourse.explorers.player import Player
from mlcourse.explorers.settings import Choice, Setting, Whole

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.figure import Figure

    from mlcourse.explorers.batch_steps import BatchStep
    from mlcourse.explorers.batch_view import BatchView
    from mlcourse.explorers.shape_question import ShapeQuestion

EXAMPLES = ("50", "1", "200")
LAST = 25
"""The start, twelve operations forward, the slope of the loss, and twelve operations back."""
SECONDS = 1.5
"""Time for a step while it plays."""


class BatchGraph(Explorer):
    """The network of lesson 07 for one batch, in arrays: which shape each has, and each slope.

    The graph is the one that `mlcourse.autograd.Tensor` makes.
    """

    title = "The graph of a batch, in shapes"
    settings: Mapping[str, Setting] = {
        "step": Whole(f"Step (of {LAST})", 0, 0, LAST),
        "examples": Choice("Digits in the batch", EXAMPLES),
    }
    stored: Mapping[str, Any] = {"step": LAST}

    def __init__(self) -> None:
        super().__init__()
        self._question: ShapeQuestion | None = None
        self._player = Player(self, "step", LAST, step=1, seconds=SECONDS)

    def compute(self, step: int, examples: str) -> "tuple[int, BatchStep]":
        """Pick the step out of both passes."""
        from mlcourse.explorers.batch_steps import steps

        return int(examples), steps(int(examples))[step]

    def describe(self, state: "tuple[int, BatchStep]") -> str:
        """Number and sentence of the step."""
        return f"Step {self.values['step']} of {LAST}. {state[1].sentence}"

    def build(self, figure: "Figure") -> "Sequence[Artist]":
        """A line for each array, and the formulas below."""
        return self._view.build(figure)

    def move(self, state: "tuple[int, BatchStep]") -> None:
        """Show a step."""
        from mlcourse.explorers.batch_steps import lines

        examples, step = state
        self._view.show(lines(examples), step)

    def size(self) -> tuple[int, int]:
        """The height follows from the number of operations."""
        return self.width, self._view.height

    def beside(self) -> Any:
        """Return the question for the next shape."""
        if self._question is None:
            from mlcourse.explorers.shape_question import ShapeQuestion

            self._question = ShapeQuestion(lambda step: self.set(step=step))
        return self._question.box

    def buttons(self) -> list[Any]:
        """Previous, Next and Play."""
        from ipywidgets import Button

        previous, following = Button(description="◀ Previous"), Button(description="Next ▶")
        previous.on_click(lambda _: self._go(-1))
        following.on_click(lambda _: self._go(+1))
        return [previous, following, self._player.button]

    @cached_property
    def _view(self) -> "BatchView":
        from mlcourse.explorers.batch_steps import lines
        from mlcourse.explorers.batch_view import BatchView

        return BatchView(lines(int(EXAMPLES[0])))

    def _go(self, by: int) -> None:
        self._player.pause()
        if self._question is not None:
            following = {**self.values, "step": min(self.values["step"] + by, LAST)}
            if by > 0 and self._question.before(self.compute(**following)[1].asked, following["step"]):
                return
            self._question.rest()
        self.set(step=min(max(self.values["step"] + by, 0), LAST))
