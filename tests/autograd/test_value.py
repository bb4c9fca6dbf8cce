"""Values against HIPS autograd on random expressions, and what the graph promises."""

import math
import sys

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from mlcourse.autograd import Value, topological_order

UNARY = {
    "exp": (lambda v: v.exp(), anp.exp),
    "log": (lambda v: (v * v + 1).log(), lambda x: anp.log(x * x + 1)),
    "tanh": (lambda v: v.tanh(), anp.tanh),
    "sigmoid": (lambda v: v.sigmoid(), lambda x: 0.5 * (1 + anp.tanh(x / 2))),
    "relu": (lambda v: v.relu(), lambda x: anp.maximum(x, 0)),
    "negative": (lambda v: -v, lambda x: -x),
    "power": (lambda v: v**3, lambda x: x**3),
    "inverse": (lambda v: (v * v + 1) ** -0.5, lambda x: (x * x + 1) ** -0.5),
    "constants": (
        lambda v: 2 + 3 * v - (1 - v) + 1 / (v * v + 2),
        lambda x: 2 + 3 * x - (1 - x) + 1 / (x * x + 2),
    ),
}
BINARY = {
    "+": (lambda a, b: a + b,) * 2,
    "-": (lambda a, b: a - b,) * 2,
    "*": (lambda a, b: a * b,) * 2,
    "/": (lambda a, b: a / (b * b + 1),) * 2,
}


@pytest.mark.filterwarnings("ignore:overflow")  # in autograd's own derivative of tanh
@given(
    inputs=st.lists(st.floats(-2, 2), min_size=1, max_size=4),
    steps=st.lists(
        st.tuples(st.sampled_from(sorted(UNARY | BINARY)), st.integers(0, 10**6), st.integers(0, 10**6)),
        min_size=1,
        max_size=12,
    ),
)
@settings(max_examples=300)
def test_gradients_of_random_graphs_agree_with_autograd(inputs, steps):
    """Steps take earlier nodes at random, so that nodes are shared and paths meet."""

    def number(node):
        return float(getattr(node, "data", getattr(node, "_value", node)))

    def run(nodes, implementation):
        for name, first, second in steps:
            a, b = nodes[first % len(nodes)], nodes[second % len(nodes)]
            assume(name != "exp" or number(a) < 20)  # beyond 709 it overflows
            new = UNARY[name][implementation](a) if name in UNARY else BINARY[name][implementation](a, b)
            assume(abs(number(new)) < 1e6)
            nodes = [*nodes, new]
        return nodes[-1]

    assume(all(x == 0 or abs(x) > 1e-3 for x in inputs))
    values = [Value(x) for x in inputs]
    output = run(values, 0)
    assume(all(node.operation != "relu" or node.parents[0].data for node in topological_order(output)))
    output.backward()
    value, gradients = autograd.value_and_grad(
        lambda x: run([x[i] for i in range(len(inputs))], 1) + 0 * x[0]
    )(np.array(inputs))
    assert output.data == pytest.approx(value, rel=1e-12)
    scale = max(1, np.abs(gradients).max())
    np.testing.assert_allclose([v.grad for v in values], gradients, rtol=1e-10, atol=1e-12 * scale)


def test_gradients_add_where_paths_meet():
    a, b = Value(2.0), Value(3.0)
    f = (a + b) * (b + 1)
    f.backward()
    assert (f.data, a.grad, b.grad) == (20, 4, 9)
    x = Value(3.0)
    (x * x).backward()
    assert x.grad == 6


def test_backward_twice_adds_to_the_inputs_but_not_within_the_graph():
    x = Value(3.0)
    y = x * x
    z = y * y
    z.backward()
    assert (x.grad, y.grad) == (108, 18)
    z.backward()
    assert (x.grad, y.grad) == (216, 18)


def test_backward_on_an_input_is_one():
    x = Value(2.0)
    x.backward()
    assert x.grad == 1


def test_local_derivatives_are_kept_on_the_node():
    a, b = Value(2.0, label="a"), Value(5.0)
    product, quotient = a * b, a / b
    assert (product.parents, product.local_derivatives, product.operation) == ((a, b), (5, 2), "*")
    assert quotient.local_derivatives == pytest.approx((1 / 5, -2 / 25))
    assert (a**3).operation == "**3"
    assert repr(a) == "Value(data=2, grad=0, label='a')"


def test_a_graph_may_be_deeper_than_the_recursion_limit():
    x = y = Value(1.0)
    for _ in range(20 * sys.getrecursionlimit()):
        y = y + x
    y.backward()
    assert x.grad == 20 * sys.getrecursionlimit() + 1


def test_sigmoid_does_not_overflow():
    assert Value(-1000.0).sigmoid().data == 0
    assert Value(1000.0).sigmoid().data == 1
    assert Value(-40.0).sigmoid().local_derivatives[0] == pytest.approx(math.exp(-40), rel=1e-14)


def test_relu_at_its_kink_has_derivative_0():
    x = Value(0.0)
    x.relu().backward()
    assert x.grad == 0


def test_x_to_the_0_has_derivative_0_even_at_0():
    x = Value(0.0)
    (x**0).backward()
    assert x.grad == 0


@pytest.mark.parametrize(
    "make, error, message",
    [
        (lambda: Value(0.0).log(), ValueError, "log: expected a positive number, found 0"),
        (lambda: Value(2.0) ** Value(2.0), TypeError, "exponent: expected a plain number, found Value"),
        (lambda: Value(Value(1.0)), ValueError, "^data: expected a number, found a Value$"),
        (lambda: Value(1.0, (Value(2.0),), ()), ValueError, "expected one for each of 1 parents, found 0"),
    ],
)
def test_mistakes_are_named(make, error, message):
    with pytest.raises(error, match=message):
        make()


def test_a_value_knows_the_operation_that_made_it():
    a = Value(0.5)
    made = {"exp": a.exp(), "log": a.log(), "tanh": a.tanh(), "sigmoid": a.sigmoid()}
    made |= {"neg": -a, "+": a + a, "-": a - a, "*": a * a, "/": a / a, "relu": a.relu(), "**3": a**3}
    assert {name: value.operation for name, value in made.items()} == {name: name for name in made}


def test_a_value_without_a_label_shows_none():
    assert repr(Value(0.5)) == "Value(data=0.5, grad=0)"
    assert repr(Value(0.5, label="x")) == "Value(data=0.5, grad=0, label='x')"


@pytest.mark.parametrize("x", [-0.5, 0.25, 0.5, 2.0])
@pytest.mark.parametrize("name", ["exp", "log", "tanh", "sigmoid", "relu", "negative", "power"])
def test_each_function_has_its_value_and_the_slope_of_differences(name, x):
    ours, expected = UNARY[name]
    assert ours(Value(x)).data == pytest.approx(expected(x), rel=1e-14)
    v = Value(x)
    ours(v).backward()
    assert v.grad == pytest.approx((expected(x + 1e-6) - expected(x - 1e-6)) / 2e-6, rel=1e-8)


def test_an_input_that_is_the_output_adds_up_too():
    a = Value(0.5)
    for calls in (1, 2):
        a.backward()
        assert a.grad == calls
