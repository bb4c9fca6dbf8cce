"""Backward through any graph."""

from collections import deque
from collections.abc import Callable
from typing import Any

import numpy as np

from mlcourse.exercises import drives
from mlcourse.exercises.base import Case, Exercise, Mistake, Part
from mlcourse.exercises.drawing import draw_until
from mlcourse.exercises.lesson_08.value_operations import Value, but, topological_order

RIGHT_ONCE = ("recursion", "inputs-reset")
"""Mistakes that one call on a small graph does not show."""
CHAIN = 2000
"""Nodes of a chain that must not end in a RecursionError."""


def _in_order(
    order: Callable[[Value], list[Value]], seed: Callable[[Value], float] = lambda output: 1.0
) -> type[Value]:
    """Class that goes through the nodes in another order, or starts with another gradient."""

    def backward(self: Value) -> None:
        self.grad = seed(self)
        for node in order(self):
            node.propagate()

    return but(backward=backward)


def _after_a_reset(self: Value) -> None:
    order = topological_order(self)
    for node in order:
        node.grad = 0.0
    self.grad = 1.0
    for node in reversed(order):
        node.propagate()


def _recursive_order(output: Value) -> list[Value]:
    order, seen = [], set()

    def visit(node: Value) -> None:
        if id(node) not in seen:
            seen.add(id(node))
            for parent in node.parents:
                visit(parent)
            order.append(node)

    visit(output)
    return order[::-1]


def _breadth_first(output: Value) -> list[Value]:
    order, seen, queue = [], {id(output)}, deque([output])
    while queue:
        order.append(queue.popleft())
        for parent in order[-1].parents:
            if id(parent) not in seen:
                seen.add(id(parent))
                queue.append(parent)
    return order


def _depth_first(output: Value) -> list[Value]:
    order, seen, stack = [], set(), [output]
    while stack:
        node = stack.pop()
        if id(node) not in seen:
            seen.add(id(node))
            order.append(node)
            stack += reversed(node.parents)
    return order


def _every_path(output: Value) -> list[Value]:
    order, stack = [], [output]
    while stack:
        order.append(stack.pop())
        stack += reversed(order[-1].parents)
    return order


def _overwriting(self: Value) -> None:
    for parent, local_derivative in zip(self.parents, self.local_derivatives, strict=True):
        parent.grad = local_derivative * self.grad


def _local(self: Value) -> None:
    for parent, local_derivative in zip(self.parents, self.local_derivatives, strict=True):
        parent.grad += local_derivative


def _down_recursively(self: Value) -> None:
    """Passes everything on as soon as it comes, with a gradient of 1 in every node."""
    self.grad = 1.0
    for parent in self.parents:
        parent.backward()
    self.propagate()


MISTAKES = (
    Mistake(
        "inputs-reset",
        "Right in the first pass. But you set the grad of the inputs to 0, so a second pass forgets the "
        "first. Leave it as it is: the slopes of inputs add up over calls.",
        but(backward=_after_a_reset),
    ),
    Mistake(
        "recursion",
        "Right, but a chain of thousands of nodes ends in a RecursionError: Python nests about a thousand "
        "calls. Walk the graph with a list as a stack.",
        _in_order(_recursive_order),
    ),
    Mistake(
        "breadth-first",
        "You went through the nodes by their distance from the output. A node may be near and far at once; "
        "it has to wait for all that was computed from it: reversed topological order.",
        _in_order(_breadth_first),
    ),
    Mistake(
        "depth-first",
        "You passed a node's gradient on when you first met it, before all its shares had arrived. Make a "
        "list in topological order first, then go through it backwards.",
        _in_order(_depth_first),
    ),
    Mistake(
        "every-path",
        "You passed a node's gradient on each time you met it, so that shares are counted several times. "
        "Visit every node once, in reversed topological order.",
        _in_order(_every_path),
    ),
    Mistake(
        "stops-at-operands",
        "Only the operands of the output have a gradient; nothing is passed on from them. Go through the "
        "topological order backwards, from the output to the inputs: reversed(order).",
        _in_order(topological_order),
    ),
    Mistake(
        "seed-forgotten",
        "All your gradients are 0. Set the output's own gradient to 1 before you start.",
        _in_order(lambda output: topological_order(output)[::-1], seed=lambda output: 0.0),
    ),
    Mistake(
        "seed-is-data",
        "You started with the output's value. Its derivative with respect to itself is 1.",
        _in_order(lambda output: topological_order(output)[::-1], seed=lambda output: output.data),
    ),
    Mistake(
        "overwritten",
        "You set a parent's gradient where you should add to it: a node that is used twice keeps one share "
        "only. Write parent.grad += ...",
        but(propagate=_overwriting),
    ),
    Mistake(
        "own-gradient-forgotten",
        "You added local derivatives without the gradient that arrives: local_derivative * node.grad.",
        but(propagate=_local),
    ),
    Mistake(
        "one-in-every-node",
        "Your backward calls itself for the parents and sets the gradient to 1 in each. Only the output's "
        "is 1: put the nodes in order first, then pass on.",
        but(backward=_down_recursively),
    ),
)


def draw_program(rng: np.random.Generator, operations: int) -> list[list[Any]]:
    """Draw a computation, step after step: ["input", number], ["+", i, j], ["*", i, j], ["tanh", i].

    The output is the last. Some results are used several times, and all of them at least once.
    """
    program: list[list[Any]] = [
        ["input", float(x)] for x in rng.uniform(0.5, 1.5, 3) * rng.choice([-1, 1], 3)
    ]
    for operation in rng.choice(["+", "*", "*", "tanh", "tanh"], operations):
        first, second = (int(i) for i in rng.permutation(len(program))[:2])
        program.append(["tanh", first] if operation == "tanh" else [str(operation), first, second])
    unused = set(range(len(program))) - {i for step in program if step[0] != "input" for i in step[1:]}
    while len(unused) > 1:
        first, second = sorted(unused)[:2]
        program.append(["+", first, second])
        unused = unused - {first, second} | {len(program) - 1}
    return program


def _inputs(rng: np.random.Generator) -> Case:
    """Graphs in which every wrong order gives other gradients."""

    def good(case: Case) -> bool:
        functions = [Value, *(mistake.function for mistake in MISTAKES if mistake.name not in RIGHT_ONCE)]
        found = np.array(
            [drives.backward(function, case | {"chain": 0})["gradients"] for function in functions]
        )
        gaps = np.abs(found[:, None] - found).max(axis=2) + np.eye(len(found))
        return len(case["program"]) < 16 and bool(gaps.min() > 1e-3 and np.abs(found[0]).max() < 100)

    return draw_until(lambda: {"program": draw_program(rng, 8), "chain": 5}, good)


def _edges() -> list[Case]:
    """The output is an input; one operation on one number; the same number over and over; a deep chain."""
    start: list[Any] = ["input", 0.7]
    doubling = [start] + [["+", i, i] for i in range(6)]
    return [
        {"program": [start], "chain": CHAIN},
        {"program": [start, ["*", 0, 0]], "chain": 10},
        {"program": doubling, "chain": 1},
    ]


EXERCISE = Exercise(
    id="topological-backward",
    lesson="08-autograd-and-pytorch",
    points=3,
    title="Backward through any graph",
    parts=(
        Part(
            function="Value",
            inputs=_inputs,
            reference=Value,
            returns={
                "gradients": "gradients",
                "twice": "gradients of the inputs after a second pass",
                "chain": "gradients in a long chain",
            },
            formulas={"gradients": "for node in reversed(topological_order(output)): node.propagate()"},
            section="The right order",
            drive="backward",
            mistakes=MISTAKES,
            edges=_edges,
        ),
    ),
)
