"""Explorer: the forward and the backward pass over a computational graph, one step at a time."""

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from mlcourse.autograd import trace
from mlcourse.explorers import two_layer_steps
from mlcourse.explorers.graph_examples import EXAMPLES
from mlcourse.explorers.graph_steps import Box, Slope, Step, Tape, check_nodes, number
from mlcourse.explorers.settings import Setting, Whole
from mlcourse.explorers.stepper import Stepper

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.figure import Figure

    from mlcourse.explorers.graph_view import GraphView
    from mlcourse.explorers.slope_question import SlopeQuestion

TWO_LAYER = "two-layer"


class GraphStepper(Stepper):
    """Forward and backward through a computational graph, with the numbers in the formulas.

    Parameters
    ----------
    graph : str, list of dict, or Value
        ``"square"``, ``"two-paths"``, ``"neuron"`` or ``"two-layer"``; or a graph of your own: the list that
        `mlcourse.autograd.trace` (or the exercise `labelled_graph`) returns, or the output itself.

    Raises
    ------
    ValueError
        If the name is unknown, or the list is not such a description; the message names the node.
    """

    title = "Forward and backward through the graph"

    def __init__(self, graph: Any = "square") -> None:
        self._graph = graph
        self._fixed: tuple[Sequence[Box], Sequence[Step]] | None = None
        inputs: dict[str, Setting] = {}
        if isinstance(graph, str):
            if graph not in (*EXAMPLES, TWO_LAYER):
                names = ", ".join(map(repr, (*EXAMPLES, TWO_LAYER)))
                raise ValueError(f"graph: expected one of {names}, or a list of nodes; got {graph!r}")
            if graph == TWO_LAYER:
                self.title = "The [2, 3, 1] network, forward and backward"
                self._fixed = two_layer_steps.BOXES, two_layer_steps.steps()
            else:
                self.title = EXAMPLES[graph].title
                inputs.update(EXAMPLES[graph].inputs)
        else:
            tape = Tape(check_nodes(trace(graph) if hasattr(graph, "parents") else graph))
            self._fixed = tape.boxes, tape.steps
        start = {name: setting.start for name, setting in inputs.items()}
        last = len(self._passes(start)[1]) - 1
        self.settings = {"step": Whole(f"Step (of {last})", 0, 0, last), **inputs}
        self.stored = {"step": last}  # there all numbers are to be seen
        super().__init__()

    def compute(self, step: int, **inputs: float) -> Step:
        """Pick the step out of both passes."""
        return self._passes(inputs)[1][step]

    def describe(self, state: Step) -> str:
        """Say the step's formula, and of a gradient that comes from behind that it counts later."""
        told = f"Step {self.values['step']} of {self.last}. {state.sentence}"
        if state.direction != "backward" and self.values.get("upstream", 1.0) != 1.0:
            told += f" The upstream gradient {number(self.values['upstream'])} counts on the way back."
        return told

    def question(self) -> "SlopeQuestion | None":
        """Ask for the next slope, where slopes are plain numbers."""
        from mlcourse.explorers.slope_question import SlopeQuestion

        steps = self._passes({name: v for name, v in self.values.items() if name != "step"})[1]
        return SlopeQuestion(self) if any(step.slope for step in steps) else None

    def asked(self, state: Step) -> Slope | None:
        """The first slope that the step computes."""
        return state.slope

    def build(self, figure: "Figure") -> "Sequence[Artist]":
        """Boxes and arrows above, the formula below."""
        return self._view.build(figure)

    def move(self, state: Step) -> None:
        """Show a step."""
        self._view.show(state)

    def _passes(self, inputs: dict[str, float]) -> tuple[Sequence[Box], Sequence[Step]]:
        if self._fixed is not None:
            return self._fixed
        inputs = dict(inputs)
        seed = inputs.pop("upstream", 1.0)
        tape = Tape(EXAMPLES[self._graph].nodes(**inputs), seed)
        return tape.boxes, tape.steps

    @cached_property
    def _view(self) -> "GraphView":
        from mlcourse.explorers.graph_view import GraphView

        return GraphView(*self._passes({name: v for name, v in self.values.items() if name != "step"}))

    def size(self) -> tuple[int, int]:
        """Width and height follow from the graph."""
        return self._view.width, self._view.height
