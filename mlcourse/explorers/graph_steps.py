"""The forward and the backward pass over a computational graph, cut into steps."""

import numbers
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

NodeDict = Mapping[str, Any]
_KEYS = ("label", "operation", "value", "parents", "local_derivatives")
_SUPERSCRIPTS = str.maketrans("0123456789-.", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻·")


@dataclass(frozen=True)
class Box:
    """What stands on a node of the picture.

    Attributes
    ----------
    name, formula : str
        First and second line; the formula is empty for an input.
    parents : tuple of int
        Indices of the boxes that it is computed from.
    """

    name: str
    formula: str
    parents: tuple[int, ...]


@dataclass(frozen=True)
class Slope:
    """A slope that a step computes, and that can be asked for before.

    Attributes
    ----------
    name : str
        Of what it belongs to: ``s`` for ds.
    value : float
        The slope, all paths so far together.
    hint : str
        Its formula in letters.
    """

    name: str
    value: float
    hint: str


@dataclass(frozen=True)
class Step:
    """One step of a pass, with all that is known after it.

    Attributes
    ----------
    direction : str
        ``"start"``, ``"forward"`` or ``"backward"``.
    active : int or None
        The box that is at work.
    edges : mapping of (child, which) to str
        Edges along which something flows in this step, and what is written on them.
    values, gradients : mapping of int to str
        What each box shows.
    lines : tuple of str
        The formula with its numbers.
    matrices : tuple of str or (str, sequence of rows)
        The same with matrices: signs, and names with entries; empty where all are plain numbers.
    slope : Slope or None
        The first slope that it computes.
    sentence : str
        The step in words.
    """

    direction: str
    active: int | None
    edges: Mapping[tuple[int, int], str]
    values: Mapping[int, str]
    gradients: Mapping[int, str]
    lines: tuple[str, ...]
    sentence: str
    matrices: tuple[Any, ...] = field(default=())
    slope: Slope | None = None


def number(value: float) -> str:
    """Four significant digits, with a minus sign that is one."""
    if value == 0:
        return "0"
    return f"{value:.4g}".replace("-", "−")


def factor(value: float) -> str:
    """A number as it stands after another sign."""
    return f"({number(value)})" if value < 0 else number(value)


def check_nodes(nodes: Any) -> list[NodeDict]:
    """Return `nodes` as a list, or raise ValueError that names the node and what is wrong with it.

    Raises
    ------
    ValueError
        If it is not a list of dicts as from `mlcourse.autograd.trace`, in topological order.
    """
    if isinstance(nodes, (str, bytes, Mapping)) or not isinstance(nodes, Sequence) or not nodes:
        raise ValueError(f"nodes: expected a list of at least one node, got {type(nodes).__name__}")
    for index, node in enumerate(nodes):
        name = f"nodes[{index}]"
        if not isinstance(node, Mapping):
            raise ValueError(f"{name}: expected a dict, got {type(node).__name__}")
        missing = [key for key in _KEYS if key not in node]
        if missing:
            raise ValueError(f"{name}: expected the keys {', '.join(_KEYS)}; missing: {', '.join(missing)}")
        parents, locals_ = list(node["parents"]), list(node["local_derivatives"])
        for parent in parents:
            if not isinstance(parent, (int, np.integer)) or not 0 <= parent < index:
                raise ValueError(f"{name}: expected parents that stand before it, found index {parent!r}")
        if len(parents) != len(locals_):
            raise ValueError(
                f"{name}: expected {len(parents)} local derivatives, one a parent, found {len(locals_)}"
            )
        for value in (node["value"], *locals_):
            if not isinstance(value, numbers.Real):
                raise ValueError(f"{name}: expected numbers, found {value!r}")
    return list(nodes)


class Tape:
    """A scalar graph as boxes and steps.

    Constants, inputs without a label, get no box: they stand in the formula of what is computed from them.

    Parameters
    ----------
    nodes : sequence of dict
        As from `mlcourse.autograd.trace`. The gradients in it are not used: the steps compute them.
    seed : float
        The upstream gradient at the output.

    Attributes
    ----------
    boxes : list of Box
    steps : list of Step
    gradients : list of float
        Of the output with respect to the node of each box, after the last step.
    """

    def __init__(self, nodes: Sequence[NodeDict], seed: float = 1.0) -> None:
        kept = [i for i, node in enumerate(nodes) if node["parents"] or node["label"] or len(nodes) == 1]
        index = {old: new for new, old in enumerate(kept)}
        self._nodes = [nodes[i] for i in kept]
        names = [str(node["label"]) or f"v{i + 1}" for i, node in enumerate(self._nodes)]
        self._values = [float(node["value"]) for node in self._nodes]
        self._seed = seed
        self.boxes: list[Box] = []
        self._numbers: list[str] = []
        self._flows: list[list[tuple[int, float]]] = []
        for name, node in zip(names, self._nodes, strict=True):
            letters, digits = [], []
            for parent in node["parents"]:
                value = factor(float(nodes[parent]["value"]))
                letters.append(names[index[parent]] if parent in index else value)
                digits.append(value)
            formula = expression(str(node["operation"]), letters) if letters else ""
            flows = [
                (index[parent], float(local))
                for parent, local in zip(node["parents"], node["local_derivatives"], strict=True)
                if parent in index
            ]
            self.boxes.append(Box(name, formula, tuple(parent for parent, _ in flows)))
            self._numbers.append(expression(str(node["operation"]), digits) if digits else "")
            self._flows.append(flows)
        self.gradients = [0.0] * len(self.boxes)
        self.steps = [self._start(), *self._forward(), *self._backward()]

    def _start(self) -> Step:
        values = {i: number(self._values[i]) for i, box in enumerate(self.boxes) if not box.formula}
        given = ", ".join(f"{self.boxes[i].name} = {value}" for i, value in values.items())
        return Step("start", None, {}, values, {}, (given,), f"The inputs are {given}.")

    def _forward(self) -> list[Step]:
        steps = []
        values = {i: number(self._values[i]) for i, box in enumerate(self.boxes) if not box.formula}
        for i, box in enumerate(self.boxes):
            if not box.formula:
                continue
            values[i] = number(self._values[i])
            edges = {(i, which): "" for which in range(len(box.parents))}
            line = f"{box.name} = {box.formula} = {self._numbers[i]} = {values[i]}"
            steps.append(Step("forward", i, edges, dict(values), {}, (line,), f"Forward: {line}."))
        return steps

    def _backward(self) -> list[Step]:
        values = {i: number(value) for i, value in enumerate(self._values)}
        last = len(self.boxes) - 1
        out = self.boxes[last].name
        self.gradients[last] = self._seed
        shown = {last: number(self._seed)}
        line = f"d{out} = {shown[last]}"
        why = f"the slope of {out} along itself" if self._seed == 1 else "the slope that arrives from behind"
        steps = [Step("backward", last, {}, values, dict(shown), (line,), f"Backward starts: {line}, {why}.")]
        reached = {last}
        for i in range(last, -1, -1):
            if i not in reached or not self._flows[i]:
                continue
            lines, edges = [], {}
            first = None
            name, upstream = self.boxes[i].name, self.gradients[i]
            for which, (parent, local) in enumerate(self._flows[i]):
                to = self.boxes[parent].name
                before = f"{number(self.gradients[parent])} + " if parent in reached else ""
                reached.add(parent)
                self.gradients[parent] += local * upstream
                shown[parent] = number(self.gradients[parent])
                letters = f"d{to} = {before}∂{name}/∂{to} · d{name}"
                first = first or Slope(to, self.gradients[parent], letters)
                edges[i, which] = f"× {number(local)}"
                lines.append(f"{letters} = {before}{factor(local)} · {factor(upstream)} = {shown[parent]}")
            sentence = f"Backward through {name}: " + "; ".join(lines) + "."
            steps.append(Step("backward", i, edges, values, dict(shown), tuple(lines), sentence, slope=first))
        return steps


def expression(operation: str, operands: Sequence[str]) -> str:
    """Write an operation of `mlcourse.autograd.Value`, or any other by its name, with its operands."""
    signs = {"+": " + ", "*": " · ", "-": " − ", "/": " / "}
    if operation in signs and len(operands) > 1:
        return signs[operation].join(operands)
    first = operands[0]
    if operation.startswith("**"):
        return f"{first}{operation[2:].translate(_SUPERSCRIPTS)}"
    if operation in ("neg", "-"):
        return f"−{first}"
    if operation == "exp":
        return f"exp {first}"
    names = {"sigmoid": "σ", "relu": "ReLU"}
    inside = ", ".join(operands)
    if len(operands) == 1 and first.startswith("(") and first.endswith(")"):
        inside = first[1:-1]
    return f"{names.get(operation, operation)}({inside})"
