"""Numbers that remember how they were computed."""

from math import tanh

import numpy as np

from mlcourse.exercises.base import Case, Exercise, Part
from mlcourse.exercises.known_mistakes import known


class Value:
    """Reference of value-operations and of topological-backward."""

    def __init__(
        self,
        data: float,
        parents: tuple["Value", ...] = (),
        local_derivatives: tuple[float, ...] = (),
        operation: str = "",
        label: str = "",
    ) -> None:
        self.data, self.grad = data, 0.0
        self.parents, self.local_derivatives = parents, local_derivatives
        self.operation, self.label = operation, label

    def __add__(self, other: "Value") -> "Value":
        return type(self)(self.data + other.data, (self, other), (1.0, 1.0), "+")

    def __mul__(self, other: "Value") -> "Value":
        return type(self)(self.data * other.data, (self, other), (other.data, self.data), "*")

    def tanh(self) -> "Value":
        """Hyperbolic tangent."""
        y = tanh(self.data)
        return type(self)(y, (self,), (1 - y**2,), "tanh")

    def propagate(self) -> None:
        """Add to every parent's gradient what comes through this node."""
        for parent, local_derivative in zip(self.parents, self.local_derivatives, strict=True):
            parent.grad += local_derivative * self.grad

    def backward(self) -> None:
        """Gradients of this number along all that it depends on; those of inputs add up over calls."""
        order = topological_order(self)
        self.grad = 1.0
        for node in reversed(order):
            node.propagate()


def topological_order(output: Value) -> list[Value]:
    """Every node once, parents before what is computed from them; with a stack, since graphs may be deep."""
    order, entered, stack = [], set(), [(output, False)]
    while stack:
        node, parents_done = stack.pop()
        if parents_done:
            order.append(node)
        elif id(node) not in entered:  # known only when taken up: pushed is not yet in order
            entered.add(id(node))
            stack.append((node, True))
            stack.extend((parent, False) for parent in node.parents)
    return order


MISTAKES = known(
    Value,
    """
    overwritten
        You set a parent's gradient where you should add to it. With =, a Value that is used twice keeps one
        share only: write parent.grad += ...
        - parent.grad += local_derivative * self.grad
        + parent.grad = local_derivative * self.grad
    subtracted
        You subtract a parent's share of the gradient. Shares add up: parent.grad += ...
        - parent.grad += local_derivative * self.grad
        + parent.grad -= local_derivative * self.grad
    overwritten-in-sums
        In a + b you set the gradients where you should add to them, and only there. Write += for every
        share.
        - parent.grad += local_derivative * self.grad
        + parent.grad = local_derivative * self.grad + (0 if self.operation == "+" else parent.grad)
    overwritten-in-products
        In a * b you set the gradients where you should add to them, and only there. Write += for every
        share.
        - parent.grad += local_derivative * self.grad
        + parent.grad = local_derivative * self.grad + (0 if self.operation == "*" else parent.grad)
    overwritten-in-tanh
        In tanh you set the gradient where you should add to it, and only there. Write += for every share.
        - parent.grad += local_derivative * self.grad
        + parent.grad = local_derivative * self.grad + (0 if self.operation == "tanh" else parent.grad)
    same-parent-once
        In a + a and a * a you count one of the two shares. The same Value is a parent twice there: keep both,
        and not in a set or a dict.
        @@ propagate
        - zip(self.parents, self.local_derivatives, strict=True)
        + dict(zip(self.parents, self.local_derivatives, strict=True)).items()
    own-gradient-forgotten
        The parents get the local derivatives alone, as if the node's own gradient were 1. Their shares are
        local_derivative * self.grad, with the gradient that has arrived.
        - local_derivative * self.grad
        + local_derivative
    own-gradient-forgotten-in-sums
        In a + b you pass on 1, whatever arrives, and only there. Multiply by the node's own gradient.
        - local_derivative * self.grad
        + local_derivative * (1.0 if self.operation == "+" else self.grad)
    own-gradient-forgotten-in-products
        In a * b you pass on the local derivative alone, and only there. Multiply by the node's own gradient.
        - local_derivative * self.grad
        + local_derivative * (1.0 if self.operation == "*" else self.grad)
    own-gradient-forgotten-in-tanh
        In tanh you pass on the local derivative alone, and only there. Multiply by the node's own gradient.
        - local_derivative * self.grad
        + local_derivative * (1.0 if self.operation == "tanh" else self.grad)
    local-derivative-forgotten
        You pass on the node's gradient unchanged. Multiply by the local derivative: local_derivative *
        self.grad.
        - local_derivative * self.grad
        + self.grad
    value-for-gradient
        You multiply local derivatives by the node's value. Multiply them by its gradient: local_derivative *
        self.grad.
        - local_derivative * self.grad
        + local_derivative * self.data
    first-parent-only
        Only the first operand gets a gradient. Every parent gets its share.
        @@ propagate
        + self.parents[0].grad += self.local_derivatives[0] * self.grad
    grad-starts-at-one
        Your gradients start at 1. They start at 0.0: only the output's is set to 1, by backward.
        - self.data, self.grad = data, 0.0
        + self.data, self.grad = data, 1.0
    product-exchanged
        In a * b you exchanged the local derivatives: the one with respect to a is b, the one with respect to
        b is a.
        - (other.data, self.data)
        + (self.data, other.data)
    product-like-sum
        In a * b your local derivatives are 1, as for a sum. They are b and a.
        - (other.data, self.data)
        + (1.0, 1.0)
    product-for-both
        In a * b your local derivatives are the product itself. They are b and a.
        - (other.data, self.data)
        + (self.data * other.data, self.data * other.data)
    sum-like-product
        In a + b your local derivatives are b and a, as for a product. They are 1 and 1.
        - (1.0, 1.0)
        + (other.data, self.data)
    sum-keeps-data
        In a + b your local derivatives are a and b themselves. They are 1 and 1.
        - (1.0, 1.0)
        + (self.data, other.data)
    tanh-of-input
        You took 1 - x**2 with the input x. The derivative of tanh is 1 - y**2 with y = tanh(x).
        - 1 - y**2
        + 1 - self.data**2
    tanh-square-forgotten
        You took 1 - y for tanh. The derivative is 1 - y**2 with y = tanh(x).
        - 1 - y**2
        + 1 - y
    tanh-twice
        You took tanh twice in its derivative: 1 - y**2 with y = tanh(x), not with tanh(y).
        - 1 - y**2
        + 1 - tanh(y) ** 2
    operation-forgotten-in-sums
        The result of a + b does not say its operation. Hand it to the Value that you return: "+".
        - type(self)(self.data + other.data, (self, other), (1.0, 1.0), "+")
        + type(self)(self.data + other.data, (self, other), (1.0, 1.0))
    operation-forgotten-in-products
        The result of a * b does not say its operation. Hand it to the Value that you return: "*".
        - type(self)(self.data * other.data, (self, other), (other.data, self.data), "*")
        + type(self)(self.data * other.data, (self, other), (other.data, self.data))
    operation-forgotten-in-tanh
        The result of a.tanh() does not say its operation. Hand it to the Value that you return: "tanh".
        - type(self)(y, (self,), (1 - y**2,), "tanh")
        + type(self)(y, (self,), (1 - y**2,))
    operation-forgotten
        Your results do not say their operation. Hand it to the Values that you return: "+", "*" and "tanh".
        - type(self)(self.data + other.data, (self, other), (1.0, 1.0), "+")
        + type(self)(self.data + other.data, (self, other), (1.0, 1.0))
        - type(self)(self.data * other.data, (self, other), (other.data, self.data), "*")
        + type(self)(self.data * other.data, (self, other), (other.data, self.data))
        - type(self)(y, (self,), (1 - y**2,), "tanh")
        + type(self)(y, (self,), (1 - y**2,))
    tanh-like-sigmoid
        You took y * (1 - y) for tanh, which is how the sigmoid goes. It is 1 - y**2.
        - 1 - y**2
        + y * (1 - y)
    """,
)

_SINGLE = ("a + b", "a * b", "tanh(a)")
_EXPRESSIONS = (
    *_SINGLE,
    "a + a",
    "a * a",
    "tanh(a * b) + a",
    "tanh(a) + a",
    "(a + b) * a",
    "tanh(a) * b",
)


def _inputs(rng: np.random.Generator) -> Case:
    """Two numbers of different size, neither near 0 or 1, where different derivatives are equal."""
    a, b = rng.uniform([0.3, 1.2], [0.8, 1.8]) * rng.choice([-1, 1], 2)
    return {"a": float(a), "b": float(b)}


EXERCISE = Exercise(
    id="value-operations",
    lesson="08-autograd-and-pytorch",
    points=3,
    title="Numbers that remember",
    parts=(
        Part(
            function="Value",
            inputs=_inputs,
            reference=Value,
            returns={
                expression: {
                    "data": f"data of {expression}",
                    "a": f"a.grad through {expression}",
                    **({"b": f"b.grad through {expression}"} if "b" in expression else {}),
                    **({"operation": f"operation of {expression}"} if expression in _SINGLE else {}),
                }
                for expression in _EXPRESSIONS
            },
            formulas={
                "data of tanh(a)": "math.tanh(a.data)",
                "a.grad through a + b": "1 * v.grad, added to a.grad",
                "a.grad through a * b": "b.data * v.grad, added to a.grad",
                "b.grad through a * b": "a.data * v.grad, added to b.grad",
                "a.grad through tanh(a)": "(1 - v.data**2) * v.grad, added to a.grad",
                "a.grad through a + a": "1 * v.grad + 1 * v.grad",
                "a.grad through a * a": "a.data * v.grad + a.data * v.grad",
            },
            section="A number that remembers",
            drive="value_operations",
            mistakes=MISTAKES,
        ),
    ),
)
