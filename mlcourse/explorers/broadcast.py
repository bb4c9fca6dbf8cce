"""Explorer: an array is broadcast, and its slope comes back as a sum."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from mlcourse.explorers.settings import Choice, Setting, Whole
from mlcourse.explorers.stepper import Stepper
from mlcourse.plots import palette

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.figure import Figure


A = np.array([[1.0, 0.0, 2.0, 1.0], [0.0, 3.0, 1.0, 2.0]])
UPSTREAM = np.array([[1.0, 2.0, 3.0, 4.0], [5.0, 6.0, 7.0, 8.0]])
OPERANDS = {
    "(2, 1)": np.array([[10.0], [20.0]]),
    "(4,)": np.array([10.0, 20.0, 30.0, 40.0]),
    "(1, 4)": np.array([[10.0, 20.0, 30.0, 40.0]]),
    "()": np.array(10.0),
}
LAST = 6


@dataclass(frozen=True)
class Stage:
    """One step on the way forward or back.

    Attributes
    ----------
    heading : str
        What happens in it.
    forward : bool
        Whether it belongs to the way forward.
    parts : sequence
        Signs, and matrices as name, entries in two axes, and shape in words; see `MatrixLine`.
    sentence : str
        The same for somebody who does not see it.
    """

    heading: str
    forward: bool
    parts: Sequence[Any]
    sentence: str


class BroadcastExplorer(Stepper):
    """C = A + b with a smaller b: what NumPy does to b, and what the way back does to dC."""

    title = "A broadcast, forward and backward"
    height = 176
    settings: Mapping[str, Setting] = {
        "step": Whole(f"Step (of {LAST})", 0, 0, LAST),
        "operand": Choice("Shape of b", tuple(OPERANDS)),
    }
    stored: Mapping[str, Any] = {"step": LAST}

    def compute(self, step: int, operand: str) -> Stage:
        """Pick the step out of both ways."""
        return stages(operand)[step]

    def describe(self, state: Stage) -> str:
        """Number and sentence of the step."""
        return f"Step {self.values['step']} of {LAST}. {state.sentence}"

    def build(self, figure: "Figure") -> "Sequence[Artist]":
        """A heading, and a line of matrices."""
        from mlcourse.explorers.matrix_line import MatrixLine
        from mlcourse.explorers.stamp import stamp

        ax = figure.add_axes((0, 0, 1, 1), xlim=(0, self.width), ylim=(0, self.height))
        ax.set_axis_off()
        self._heading = stamp(ax, 16, self.height - 34, size=12, weight="bold")
        self._line = MatrixLine(ax, 16, self.width - 32, 70)
        return [self._heading, *self._line.artists]

    def move(self, state: Stage) -> None:
        """Show a step."""
        way = "Forward" if state.forward else "Backward"
        self._heading.set(
            text=f"{way}: {state.heading}", color=palette.BLUE if state.forward else palette.DARK_RED
        )
        self._line.show(state.parts)


def stages(operand: str) -> list[Stage]:
    """All steps for a b of one of the shapes."""
    b = OPERANDS[operand]
    padded = b.reshape((1,) * (2 - b.ndim) + b.shape)
    repeated = np.broadcast_to(padded, A.shape)
    axes = tuple(int(axis) for axis in np.flatnonzero(np.array(padded.shape) == 1))
    uses = A.size // b.size
    summed = UPSTREAM.sum(axis=axes, keepdims=True)
    slope = summed.reshape(b.shape)
    along = " and ".join(f"axis {axis}" for axis in axes)
    name = {"(2, 1)": "column", "(4,)": "row", "(1, 4)": "row", "()": "number"}[operand]
    first = UPSTREAM[tuple(slice(None) if axis in axes else 0 for axis in range(2))]
    shares = " + ".join(f"{share:g}" for share in first.ravel())
    dropped = (
        f"the axes that b did not have are dropped: db has the shape of b, {operand}."
        if slope.shape != summed.shape
        else f"every axis of b is still there: db has the shape of b, {operand}."
    )
    missing = (
        f"put 1 in front of {operand} until there are two axes: {padded.shape}"
        if padded.shape != b.shape
        else f"b has two axes already: {operand}"
    )
    return [
        Stage(
            "A and b are given",
            True,
            (_part("A", A), "+", _part("b", b)),
            f"A has the shape (2, 4), and b is a {name} of the shape {operand}.",
        ),
        Stage(
            missing,
            True,
            (_part("b", b), "→", _part("b", padded)),
            f"Forward: the shapes are written one below the other, flush right; {missing}.",
        ),
        Stage(
            f"repeat b along {along}",
            True,
            (_part("b", padded), "→", _part("b repeated", repeated)),
            f"Forward: where b has size 1, it is repeated, along {along}, until it has the shape (2, 4). "
            f"Each entry of b is used {uses} times.",
        ),
        Stage(
            "add entry by entry",
            True,
            (_part("C", A + b), "=", _part("A", A), "+", _part("b repeated", repeated)),
            "Forward: C = A + b, entry by entry; C has the shape (2, 4).",
        ),
        Stage(
            "the slope along C comes from behind",
            False,
            (_part("dC", UPSTREAM), ": slope along each entry of", "b repeated"),
            "Backward: dC comes from behind. Each entry of the repeated b gets the slope of its place in C.",
        ),
        Stage(
            f"add up along {along}, where b was repeated",
            False,
            (_part("dC", UPSTREAM), "→", _part("sum", summed)),
            f"Backward: an entry of b gets a share from each of its {uses} uses: dC is summed over {along}. "
            f"The first entry gets {shares} = {first.sum():g}.",
        ),
        Stage(
            f"db has the shape of b, {operand}",
            False,
            (_part("dC", UPSTREAM), "→", _part("sum", summed), "→", _part("db", slope)),
            f"Backward: {dropped}",
        ),
    ]


def _part(name: str, array: NDArray[np.floating]) -> tuple[str, NDArray[np.floating], str]:
    """A matrix for the line: entries in two axes, and the true shape in words."""
    return name, np.atleast_2d(array), str(array.shape)
