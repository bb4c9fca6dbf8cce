"""The graph of a batch of digits, forward and backward, cut into steps: shapes for numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np

from mlcourse.autograd import Tensor, topological_order

Shape = tuple[int, ...]
SIZES = (784, 128, 64, 10)
"""Units of each layer, the pixels first, as in lesson 07."""
SIGNS = {"*": "·"}
NOT_NEEDED = ("X", "Y", "−1/m")
"""Inputs that are no parameters: an engine finds their slopes too, and nobody uses them."""


@dataclass(frozen=True)
class Line:
    """A node of the picture: one line in a table of two columns.

    Attributes
    ----------
    name, operation : str
        Both as they are shown; the operation is empty for an input.
    row : int
        From the top.
    side : bool
        Whether it stands to the left, as what is put into the row's operation.
    parents : tuple of int
        Indices of the lines that it is computed from, in their order.
    shape : tuple of int
        Of its value, and of its slope.
    """

    name: str
    operation: str
    row: int
    side: bool
    parents: tuple[int, ...]
    shape: Shape


@dataclass(frozen=True)
class AskedShape:
    """A shape that a step computes, and that can be asked for before.

    Attributes
    ----------
    name : str
        Of the array that has it.
    value : tuple of int
        The shape.
    hint : str
        What it is computed from, with the shapes.
    """

    name: str
    value: Shape
    hint: str


@dataclass(frozen=True)
class BatchStep:
    """One step of a pass, with all that is known after it.

    Attributes
    ----------
    direction : str
        ``"start"``, ``"forward"`` or ``"backward"``.
    active : int or None
        The line that is at work.
    values, slopes : frozenset of int
        The lines whose value is there, and those whose slope is.
    formulas : tuple of str
        What is computed, with the shapes.
    sentence : str
        The step in words.
    asked : AskedShape or None
        The shape to ask for before.
    """

    direction: str
    active: int | None
    values: frozenset[int]
    slopes: frozenset[int]
    formulas: tuple[str, ...]
    sentence: str
    asked: AskedShape | None = None


def shown(shape: Shape) -> str:
    """Write a shape as NumPy does."""
    return str(tuple(int(size) for size in shape))


@lru_cache(maxsize=8)
def lines(examples: int) -> tuple[Line, ...]:
    """Run the network on zeros with the course's engine, and describe the graph that it has made.

    Returns
    -------
    tuple of Line
        In topological order: the loss is the last.

    Raises
    ------
    RuntimeError
        If a slope does not have the shape of its value: the engine is then broken.
    """
    images = Tensor(np.zeros((SIZES[0], examples)), label="X")
    loss = _loss(images)
    loss.backward()
    order = topological_order(loss)
    index = {id(node): i for i, node in enumerate(order)}
    rows: dict[int, int] = {}  # of what the batch flows through, and of what is put into it there
    through = {id(images)}
    for node in order:
        if node.grad.shape != node.shape:
            raise RuntimeError(
                f"{node.label}: expected a slope of shape {node.shape}, found {node.grad.shape}"
            )
        if id(node) in through or any(id(parent) in through for parent in node.parents):
            through.add(id(node))
            row = len(through) - 1
            rows.update({id(parent): row for parent in node.parents if id(parent) not in through})
            rows[id(node)] = row
    return tuple(
        Line(
            node.label,
            SIGNS.get(node.operation, node.operation),
            rows[id(node)],
            id(node) not in through,
            tuple(index[id(parent)] for parent in node.parents),
            node.shape,
        )
        for node in order
    )


def _loss(images: Tensor) -> Tensor:
    """Mean cross-entropy of the network of lesson 07, each array with its name in the lesson."""

    def named(label: str, tensor: Tensor) -> Tensor:
        tensor.label = label
        return tensor

    examples = images.shape[1]
    A, before = images, "X"
    last = len(SIZES) - 1
    for layer, (n_in, n_out) in enumerate(pairwise(SIZES), start=1):
        W = Tensor(np.zeros((n_out, n_in)), label=f"W{layer}")
        b = Tensor(np.zeros((n_out, 1)), label=f"b{layer}")
        Z = named(f"Z{layer}", named(f"W{layer} {before}", W @ A) + b)
        A, before = (Z, "") if layer == last else (named(f"A{layer}", Z.relu()), f"A{layer}")
    L = named("L", A.log_softmax())
    product = named("L · Y", L * Tensor(np.zeros((SIZES[-1], examples)), label="Y"))
    return named("J", named("S", product.sum()) * Tensor(-1 / examples, label="−1/m"))


@lru_cache(maxsize=8)
def steps(examples: int) -> tuple[BatchStep, ...]:
    """Both passes for a batch of so many digits."""
    graph = lines(examples)
    given = frozenset(i for i, line in enumerate(graph) if not line.operation)
    data = ", ".join(f"{line.name} {shown(line.shape)}" for line in graph if line.name in ("X", "Y"))
    made = [
        BatchStep(
            "start",
            None,
            given,
            frozenset(),
            (
                f"given: {data}, weights and biases",
                "m = 1 digit" if examples == 1 else f"m = {examples} digits",
            ),
            f"Given are {data}, weights, biases and −1/m, for m = {examples}.",
        )
    ]
    values, slopes = given, frozenset[int]()
    operations = [i for i, line in enumerate(graph) if line.operation]
    for i in operations:
        values |= {i}
        formula = _forward(graph, i)
        made.append(
            BatchStep(
                "forward", i, values, slopes, (formula,), f"Forward: {formula}.", _ask(graph, i, formula)
            )
        )
    last = len(graph) - 1
    slopes |= {last}
    start = f"dJ = 1, the slope of J along itself: {shown(graph[last].shape)}"
    made.append(BatchStep("backward", last, values, slopes, (start,), f"Backward starts: {start}."))
    for i in reversed(operations):
        slopes |= set(graph[i].parents)
        formulas = _backward(graph, i)
        made.append(
            BatchStep(
                "backward",
                i,
                values,
                slopes,
                formulas,
                f"Backward through {graph[i].name}: " + "; ".join(formulas) + ".",
                _ask_back(graph, i, formulas),
            )
        )
    return tuple(made)


def _forward(graph: Sequence[Line], i: int) -> str:
    """What an operation computes, and of which shapes."""
    line = graph[i]
    operands = [graph[parent] for parent in line.parents]
    names = [f"({o.name})" if "/" in o.name else o.name for o in operands]
    shapes = [shown(o.shape) for o in operands]
    if len(operands) == 2:
        sign = f" {line.operation} "
        told = sign.join(names)
        made = "" if line.name == told else f"{line.name} = "
        repeated = next((o for o in operands if o.shape != line.shape), None)
        much = f", {repeated.name} in each column" if line.operation == "+" and repeated else ""
        return f"{made}{told}: {sign.join(shapes)} → {shown(line.shape)}{much}"
    if line.operation == "sum":
        return f"{line.name} = sum of {names[0]}: {shapes[0]} → {shown(line.shape)}"
    alone = ", each column by itself" if line.operation == "log_softmax" else ""
    return f"{line.name} = {line.operation}({names[0]}): {shapes[0]} → {shown(line.shape)}{alone}"


def _backward(graph: Sequence[Line], i: int) -> tuple[str, ...]:
    """The share of each operand, and the shapes that meet in it."""
    line = graph[i]
    first, *others = [graph[parent] for parent in line.parents]
    d, shape = slope(line), shown(line.shape)
    if line.operation == "@":
        (second,) = others
        shares = [
            (first, f"{d} {second.name}ᵀ: {shape} @ {shown(second.shape[::-1])} → {shown(first.shape)}"),
            (second, f"{first.name}ᵀ {d}: {shown(first.shape[::-1])} @ {shape} → {shown(second.shape)}"),
        ]
    elif line.operation == "·":
        (second,) = others
        shares = [
            (one, f"{d} · {f'({other.name})' if '/' in other.name else other.name}: {shape}")
            for one, other in ((first, second), (second, first))
        ]
    elif line.operation == "+":
        shares = [(operand, d + _summed(operand.shape, line.shape)) for operand in (first, *others)]
    elif line.operation == "sum":
        shares = [(first, f"{d}, repeated for each entry of {first.name}: {shape} → {shown(first.shape)}")]
    elif line.operation == "relu":
        shares = [(first, f"{d} where {first.name} > 0, else 0: {shape}")]
    else:
        shares = [(first, f"{d} − P · (sum of {d} over axis 0), P = exp {line.name}: {shape}")]
    return tuple(
        f"{slope(to)} = {share}{', not needed' if to.name in NOT_NEEDED else ''}" for to, share in shares
    )


def _summed(before: Shape, after: Shape) -> str:
    axes = [axis for axis, (one, other) in enumerate(zip(before, after, strict=True)) if one != other]
    if not axes:
        return f": {shown(after)}"
    return f", summed over axis {axes[0]}: {shown(after)} → {shown(before)}"


def slope(line: Line) -> str:
    """Name of the slope along an array."""
    return f"d({line.name})" if " " in line.name or "/" in line.name else f"d{line.name}"


def _ask(graph: Sequence[Line], i: int, formula: str) -> AskedShape | None:
    """A result is asked for where an operand has another shape."""
    line = graph[i]
    if all(graph[parent].shape == line.shape for parent in line.parents):
        return None
    return AskedShape(line.name, line.shape, formula.split(" →")[0])


def _ask_back(graph: Sequence[Line], i: int, formulas: Sequence[str]) -> AskedShape | None:
    """Of the slopes, that of the first operand with another shape than the slope that arrives."""
    for parent, formula in zip(graph[i].parents, formulas, strict=True):
        if graph[parent].shape != graph[i].shape:
            return AskedShape(slope(graph[parent]), graph[parent].shape, formula.split(" →")[0])
    return None
