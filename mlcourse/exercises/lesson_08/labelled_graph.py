"""A graph as a list of nodes."""

from collections.abc import Callable
from typing import Any

import numpy as np

from mlcourse.autograd import Value
from mlcourse.exercises import drives
from mlcourse.exercises.base import Case, Exercise, Finding, Mistake, Part
from mlcourse.exercises.drawing import draw_until
from mlcourse.exercises.known_mistakes import known
from mlcourse.exercises.lesson_08.graph_signatures import (
    Signature,
    first_difference,
    malformed,
    same,
    signatures,
)
from mlcourse.exercises.lesson_08.topological_backward import draw_program

Node = dict[str, Any]
_LEAF = "nodes"


def _ordered(output: Value) -> list[Value]:
    order: list[Value] = []

    def visit(node: Value) -> None:
        if node not in order:
            for parent in node.parents:
                visit(parent)
            order.append(node)

    visit(output)
    return order


def labelled_graph(output: Value) -> list[Node]:
    """Reference of labelled-graph."""
    order = _ordered(output)
    return [
        {
            "label": node.label,
            "operation": node.operation,
            "value": node.data,
            "gradient": node.grad,
            "parents": [order.index(parent) for parent in node.parents],
            "local_derivatives": list(node.local_derivatives),
        }
        for node in order
    ]


def _as_tree(output: Value) -> list[Node]:
    """Shared nodes once for every path: a walk of another structure, so no edit of the reference."""
    nodes: list[Node] = []

    def visit(node: Value) -> int:
        places = [visit(parent) for parent in node.parents]
        nodes.append(labelled_graph(node)[-1] | {"parents": places})
        return len(nodes) - 1

    visit(output)
    return nodes


MISTAKES = (
    Mistake(
        "shared-nodes-repeated",
        "A node that is used several times is in your list several times. Remember which nodes you have "
        "seen, and list each once.",
        _as_tree,
    ),
    *known(
        labelled_graph,
        """
    output-first
        Your list begins with the output. Parents come before what is computed from them: begin with
        the inputs.
        - _ordered(output)
        + _ordered(output)[::-1]
    inputs-left-out
        Your list leaves out the inputs, which have no parents. They are nodes too.
        - _ordered(output)
        + [node for node in _ordered(output) if node.parents]
        - [order.index(parent) for parent in node.parents]
        + [order.index(parent) for parent in node.parents if parent.parents]
    backward-again
        You called backward() again, and the gradients of the inputs added up. It has been called:
        only read grad.
        - order = _ordered(output)
        + output.backward()
        + order = _ordered(output)
    value-and-gradient-exchanged
        You exchanged value and gradient: value is node.data, gradient is node.grad.
        - node.data
        + node.grad
        - node.grad
        + node.data
    shares-for-local-derivatives
        Your local derivatives are multiplied by the node's gradient. Local means without it:
        node.local_derivatives as they are.
        - list(node.local_derivatives)
        + [x * node.grad for x in node.local_derivatives]
    parents-gradients
        You put the parents' gradients in place of the local derivatives. Those are
        node.local_derivatives.
        - list(node.local_derivatives)
        + [parent.grad for parent in node.parents]
    local-derivatives-exchanged
        Your local derivatives are in another order than your parents.
        - list(node.local_derivatives)
        + list(node.local_derivatives)[::-1]
    counted-from-one
        Your parents are counted from 1. The first node of the list has place 0.
        - order.index(parent)
        + order.index(parent) + 1
    values-for-places
        Your parents are the parents' values. Give their places in the list.
        - [order.index(parent) for parent in node.parents]
        + [parent.data for parent in node.parents]
    labels-for-places
        The parents in your list are no numbers. Give their places in the list, counted from 0.
        - [order.index(parent) for parent in node.parents]
        + [parent.label for parent in node.parents]
    children-for-parents
        Your parents are the nodes computed from a node. Its parents are what it was computed from:
        node.parents.
        - [order.index(parent) for parent in node.parents]
        + [i for i, user in enumerate(order) if node in user.parents]
        """,
    ),
)


def compare_graphs(case: Case, answer: Any) -> Finding | None:
    """Judge a list of nodes, whatever the order of its nodes and of the parents of a node."""
    problem = malformed(answer)
    if problem:
        return Finding(_LEAF, problem)
    found = signatures(answer)
    if same(found, _made(labelled_graph, case)):
        return _wrong_label(case, answer)
    names = [mistake for mistake in MISTAKES if same(found, _made(mistake.function, case))]
    if len(names) == 1:
        return Finding(_LEAF, names[0].sentence, names[0].name)
    return Finding(_LEAF, first_difference(found, _made(labelled_graph, case)))


def _wrong_label(case: Case, answer: Any) -> Finding | None:
    """Whether a node that has a label bears another one; nodes are recognised by their values."""
    right = [(node["value"], node["label"]) for node in drives.labelled_graph(labelled_graph, case)]
    for node in answer:
        _, label = min((abs(value - node["value"]), label) for value, label in right)
        if label and node.get("label", label) != label:
            words = f"The node with the value {node['value']:.6g} has the label {node['label']!r}"
            return Finding(_LEAF, f"{words}, expected {label!r}: node.label.")
    return None


def _made(function: Callable[[Value], list[Node]], case: Case) -> list[Signature]:
    return signatures(drives.labelled_graph(function, case))


def _inputs(rng: np.random.Generator) -> Case:
    """Graphs whose nodes all have different values, by which they are recognised."""

    def draw() -> Case:
        program = draw_program(rng, 7)
        return {"program": program, "labels": [f"v{i}" for i in range(len(program))]}

    def good(case: Case) -> bool:
        graphs = [_made(f, case) for f in (labelled_graph, *(mistake.function for mistake in MISTAKES))]
        values = [numbers[0] for _, numbers in graphs[0]]
        distinct = np.diff(values).min() > 1e-3 and len(values) < 16
        return distinct and not any(same(a, b) for i, a in enumerate(graphs) for b in graphs[:i])

    return draw_until(draw, good)


def _edges() -> list[Case]:
    """One node; an operation whose two operands are the same node; and nodes that are merely equal."""
    start: list[Any] = ["input", 0.7]
    equal = [["input", 2.0], ["*", 0, 0], ["input", 4.0], ["*", 2, 0], ["+", 3, 1]]
    return [
        {"program": [start], "labels": ["x"]},
        {"program": [start, ["*", 0, 0], ["tanh", 1]], "labels": ["x", "", ""]},
        {"program": [start, start, ["*", 0, 1], ["tanh", 2]], "labels": ["x", "x", "", ""]},
        {"program": equal, "labels": ["x", "", "y", "", ""]},
    ]


EXERCISE = Exercise(
    id="labelled-graph",
    lesson="08-autograd-and-pytorch",
    points=3,
    title="The graph with its derivatives",
    parts=(
        Part(
            function="labelled_graph",
            inputs=_inputs,
            reference=labelled_graph,
            returns=_LEAF,
            shapes={_LEAF: "a list of dicts"},
            formulas={
                _LEAF: "in topological order: value = node.data, gradient = node.grad, parents = places"
            },
            section="The graph, drawn",
            drive="labelled_graph",
            compare=compare_graphs,
            mistakes=MISTAKES,
            edges=_edges,
        ),
    ),
)
