"""Backward through any graph."""

from typing import Any

import numpy as np

from mlcourse.exercises import drives
from mlcourse.exercises.base import Case, Exercise, Part
from mlcourse.exercises.drawing import draw_until
from mlcourse.exercises.known_mistakes import known
from mlcourse.exercises.lesson_08.value_operations import Value

CHAIN = 2000
"""Nodes of a chain that must not end in a RecursionError."""


MISTAKES = known(
    Value,
    """
    inputs-reset
        Right in the first pass. But you set the grad of the inputs to 0, so a second pass forgets the first.
        Leave it as it is: the slopes of inputs add up over calls.
        - self.grad = 1.0
        + for node in order:
        +     node.grad = 0.0
        + self.grad = 1.0
    recursion
        Right, but a chain of thousands of nodes ends in a RecursionError: Python nests about a thousand
        calls. Walk the graph with a list as a stack.
        - order = topological_order(self)
        + order, seen = [], set()
        + def visit(node):
        +     if id(node) not in seen:
        +         seen.add(id(node))
        +         for parent in node.parents:
        +             visit(parent)
        +         order.append(node)
        + visit(self)
    node-twice-in-the-order
        Your order names a node twice, so it passes its gradient on twice. A node that lies on the stack twice
        may have been done meanwhile: look again before you append it.
        - order = topological_order(self)
        + order, stack, done = [], [self], set()
        + while stack:
        +     waiting = [parent for parent in stack[-1].parents if id(parent) not in done]
        +     if waiting:
        +         stack.extend(waiting)
        +     else:
        +         node = stack.pop()
        +         done.add(id(node))
        +         order.append(node)
    breadth-first
        You went through the nodes by their distance from the output. A node may be near and far at once; it
        has to wait for all that was computed from it: reversed topological order.
        @@ backward
        + self.grad = 1.0
        + seen, queue = {id(self)}, [self]
        + while queue:
        +     node = queue.pop(0)
        +     node.propagate()
        +     for parent in node.parents:
        +         if id(parent) not in seen:
        +             seen.add(id(parent))
        +             queue.append(parent)
    depth-first
        You passed a node's gradient on when you first met it, before all its shares had arrived. Make a list
        in topological order first, then go through it backwards.
        @@ backward
        + self.grad = 1.0
        + seen, stack = set(), [self]
        + while stack:
        +     node = stack.pop()
        +     if id(node) not in seen:
        +         seen.add(id(node))
        +         node.propagate()
        +         stack += reversed(node.parents)
        or
        @@ backward
        + self.grad = 1.0
        + seen, stack = set(), [self]
        + while stack:
        +     node = stack.pop()
        +     if id(node) not in seen:
        +         seen.add(id(node))
        +         node.propagate()
        +         stack += node.parents
        or
        @@ backward
        + self.grad = 1.0
        + seen, stack = {id(self)}, [self]
        + while stack:
        +     node = stack.pop()
        +     node.propagate()
        +     for parent in node.parents:
        +         if id(parent) not in seen:
        +             seen.add(id(parent))
        +             stack.append(parent)
    every-path
        You passed a node's gradient on each time you met it, so that shares are counted several times. Visit
        every node once, in reversed topological order.
        @@ backward
        + self.grad = 1.0
        + stack = [self]
        + while stack:
        +     node = stack.pop()
        +     node.propagate()
        +     stack += reversed(node.parents)
        or
        @@ backward
        + self.grad = 1.0
        + stack = [self]
        + while stack:
        +     node = stack.pop()
        +     node.propagate()
        +     stack += node.parents
        or
        @@ backward
        + self.grad = 1.0
        + queue = [self]
        + while queue:
        +     node = queue.pop(0)
        +     node.propagate()
        +     queue += node.parents
        or
        @@ backward
        + def visit(node, gradient):
        +     node.grad += gradient
        +     for parent, local_derivative in zip(node.parents, node.local_derivatives):
        +         visit(parent, local_derivative * node.grad)
        + visit(self, 1.0)
    stops-at-operands
        Only the operands of the output have a gradient; nothing is passed on from them. Go through the
        topological order backwards, from the output to the inputs: reversed(order).
        - reversed(order)
        + order
    output-left-out
        Nothing is passed on from the output: its own step comes first, and then those before it.
        - reversed(order)
        + reversed(order[:-1])
    seed-forgotten
        All your gradients are 0. Set the output's own gradient to 1 before you start.
        - self.grad = 1.0
        + self.grad = 0.0
    seed-is-data
        You started with the output's value. Its derivative with respect to itself is 1.
        - self.grad = 1.0
        + self.grad = self.data
    overwritten
        You set a parent's gradient where you should add to it: a node that is used twice keeps one share
        only. Write parent.grad += ...
        - parent.grad += local_derivative * self.grad
        + parent.grad = local_derivative * self.grad
    own-gradient-forgotten
        You added local derivatives without the gradient that arrives: local_derivative * node.grad.
        - local_derivative * self.grad
        + local_derivative
    one-in-every-node
        Your backward calls itself for the parents and sets the gradient to 1 in each. Only the output's is 1:
        put the nodes in order first, then pass on.
        @@ backward
        + self.grad = 1.0
        + for parent in self.parents:
        +     parent.backward()
        + self.propagate()
    """,
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


def _program(rng: np.random.Generator) -> list[list[Any]]:
    """Draw a computation in which nodes are near the output and far from it at once.

    Whichever operand comes first, a wrong order takes one of them up before all its shares have arrived.
    """
    program: list[list[Any]] = [
        ["input", float(x)] for x in rng.uniform(0.5, 1.5, 3) * rng.choice([-1, 1], 3)
    ]

    def add(operation: str, *operands: int) -> int:
        program.append([operation, *operands])
        return len(program) - 1

    def either(*operands: int) -> int:
        return add(str(rng.choice(["+", "*"])), *operands)

    s = add("*", 0, 1)
    t = add("tanh", s)
    v = either(either(t, 2), s)
    x = either(s, add("tanh", v))
    add("*", either(x, v) if rng.random() < 0.5 else either(v, x), t)
    return program


def _inputs(rng: np.random.Generator) -> Case:
    """A computation whose output is not near 0, where its value would be no seed that shows."""

    def good(case: Case) -> bool:
        nodes = drives.computed(Value, case["program"])
        return abs(nodes[-1].data) > 0.05

    return draw_until(lambda: {"program": _program(rng), "chain": 5}, good)


def _edges() -> list[Case]:
    """The output is an input; one operation on one number; the same number over and over; a deep chain.

    And different nodes that have the same value.
    """
    start: list[Any] = ["input", 0.7]
    doubling = [start] + [["+", i, i] for i in range(6)]
    twins = [start, start, ["+", 0, 1], ["+", 1, 0], ["*", 2, 3], ["tanh", 4], ["tanh", 4], ["*", 5, 6]]
    return [
        {"program": [start], "chain": CHAIN},
        {"program": [start, ["*", 0, 0]], "chain": 10},
        {"program": doubling, "chain": 1},
        {"program": twins, "chain": 1},
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
