"""How the learner's class `Value` and what walks its graphs are called: programs of numbers. See `drives`."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any


def value_operations(function: Callable[..., Any], case: dict[str, Any]) -> Any:
    """Compute some expressions of two numbers, each with new ones, and what the two get by going back.

    Of each single operation the result's ``operation`` too; a class without that is not asked for it.
    """
    found = {}
    operations = {"a + b": "+", "a * b": "*", "tanh(a)": "tanh"}
    for name, steps in {
        "a + b": lambda a, b: [a + b],
        "a * b": lambda a, b: [a * b],
        "tanh(a)": lambda a, b: [a.tanh()],
        "a + a": lambda a, b: [a + a],
        "a * a": lambda a, b: [a * a],
        "tanh(a * b) + a": lambda a, b: [ab := a * b, t := ab.tanh(), t + a],
        "tanh(a) + a": lambda a, b: [t := a.tanh(), t + a],
        "(a + b) * a": lambda a, b: [s := a + b, s * a],
        "tanh(a) * b": lambda a, b: [t := a.tanh(), t * b],
    }.items():
        a, b = function(case["a"]), function(case["b"])
        nodes = steps(a, b)
        _go_back(nodes)
        found[name] = {"data": nodes[-1].data, "a": a.grad, "b": b.grad}
        if name in operations:
            found[name]["operation"] = getattr(nodes[-1], "operation", operations[name])
    return found


def _go_back(nodes: list[Any]) -> None:
    """Propagate the last node's gradient through nodes in the order of their computation."""
    output = nodes[-1]
    name = next(
        (name for name in ("propagate", "_backward", "backward") if hasattr(output, name)), "propagate"
    )
    if name == "backward":
        output.backward()
        return
    output.grad = 1.0
    for node in reversed(nodes):
        getattr(node, name)()


def computed(function: Callable[..., Any], program: list[list[Any]], inputs: Sequence[Any] = ()) -> list[Any]:
    """Nodes of a program: ["input", number], ["+", i, j], ["*", i, j], ["tanh", i].

    Its inputs are new ones, or those given.
    """
    nodes: list[Any] = []
    given = iter(inputs)
    for operation, *operands in program:
        if operation == "input":
            nodes.append(next(given) if inputs else function(operands[0]))
        elif operation == "tanh":
            nodes.append(nodes[operands[0]].tanh())
        else:
            a, b = (nodes[i] for i in operands)
            nodes.append(a + b if operation == "+" else a * b)
    return nodes


def backward(function: Callable[..., Any], case: dict[str, Any]) -> Any:
    """Gradients in a program, of its inputs after a second pass, and of the two inputs of a long chain.

    The second pass is through the same program, computed anew from the same inputs. Gradients of the chain
    are None if it is too deep.
    """
    program = case["program"]
    nodes = computed(function, program)
    nodes[-1].backward()
    gradients = [node.grad for node in nodes]
    inputs = [node for node, step in zip(nodes[:-1], program, strict=False) if step[0] == "input"]
    if inputs:
        computed(function, program, inputs)[-1].backward()
    twice = [node.grad for node in inputs]
    start, step = function(0.5), function(0.001)
    end = start
    for _ in range(case["chain"]):
        end = end + step
    chain = None
    with suppress(RecursionError):
        end.backward()
        chain = [start.grad, step.grad]
    return {"gradients": gradients, "twice": twice, "chain": chain}


def labelled_graph(function: Callable[..., Any], case: dict[str, Any]) -> Any:
    """Pass the output of a program of the course's own Values, with labels, and backward called."""
    from mlcourse.autograd import Value

    nodes = computed(Value, case["program"])
    for node, label in zip(nodes, case["labels"], strict=True):
        node.label = label
    nodes[-1].backward()
    return function(nodes[-1])
