"""Explorer: the graph of a batch of digits, forward and backward in shapes."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from mlcourse.explorers.settings import Choice, Setting, Whole
from mlcourse.explorers.stepper import Stepper

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.figure import Figure

    from mlcourse.explorers.batch_steps import AskedShape, BatchStep
    from mlcourse.explorers.batch_view import BatchView
    from mlcourse.explorers.shape_question import ShapeQuestion

EXAMPLES = ("50", "1", "200")
LAST = 25
"""The start, twelve operations forward, the slope of the loss, and twelve operations back."""


class BatchGraph(Stepper):
    """The network of lesson 07 for one batch, in arrays: which shape each has, and each slope.

    The graph is the one that `mlcourse.autograd.Tensor` makes.
    """

    title = "The graph of a batch, in shapes"
    settings: Mapping[str, Setting] = {
        "step": Whole(f"Step (of {LAST})", 0, 0, LAST),
        "examples": Choice("Digits in the batch", EXAMPLES),
    }
    stored: Mapping[str, Any] = {"step": LAST}

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

    def question(self) -> "ShapeQuestion":
        """Ask for the next shape."""
        from mlcourse.explorers.shape_question import ShapeQuestion

        return ShapeQuestion(self)

    def asked(self, state: "tuple[int, BatchStep]") -> "AskedShape | None":
        """The shape of the result, where that is another than before."""
        return state[1].asked

    @cached_property
    def _view(self) -> "BatchView":
        from mlcourse.explorers.batch_steps import lines
        from mlcourse.explorers.batch_view import BatchView

        return BatchView(lines(int(EXAMPLES[0])))
