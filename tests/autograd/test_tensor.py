"""What a tensor promises beside right gradients."""

import numpy as np
import pytest

from mlcourse import nn
from mlcourse.autograd import Tensor, topological_order, trace_shapes


def test_the_loss_of_lesson_7_and_its_gradients_are_those_of_the_layers():
    rng = np.random.default_rng(3)
    X, Y = rng.standard_normal((5, 7)), np.eye(3)[:, rng.integers(0, 3, 7)]
    network = nn.Network([nn.Dense(5, 4, rng), nn.ReLU(), nn.Dense(4, 3, rng)])
    loss, dZ = nn.softmax_cross_entropy(network.forward(X), Y)
    dX = network.backward(dZ)

    inputs = Tensor(X)
    W1, b1, W2, b2 = parameters = [Tensor(p) for p in network.parameters()]
    Z = W2 @ (W1 @ inputs + b1).relu() + b2
    total = -(Z.log_softmax() * Y).sum() * (1 / 7)
    total.backward()
    assert total.data == pytest.approx(loss, rel=1e-14)
    np.testing.assert_allclose(inputs.grad, dX, rtol=1e-12, atol=1e-15)
    for parameter, gradient in zip(parameters, network.gradients(), strict=True):
        np.testing.assert_allclose(parameter.grad, gradient, rtol=1e-12, atol=1e-15)


def test_gradients_add_where_paths_meet_and_over_calls_at_inputs_only():
    x = Tensor([[3.0, 1.0]])
    y = x * x
    total = (y * y).sum()
    for calls in (1, 2):
        total.backward()
        assert x.grad.tolist() == [[108 * calls, 4 * calls]]
        assert y.grad.tolist() == [[18, 2]]


def test_one_array_handed_to_two_parents_is_not_shared_by_their_gradients():
    a, b = Tensor([1.0, 2.0]), Tensor([3.0, 4.0])
    c = a + b
    ((c + a) * 1).sum().backward()
    assert (a.grad.tolist(), b.grad.tolist(), c.grad.tolist()) == ([2, 2], [1, 1], [1, 1])
    a.grad += 5
    assert b.grad.tolist() == [1, 1]


@pytest.mark.parametrize("nothing", [0.0, None])
def test_a_gradient_set_to_0_or_none_starts_afresh(nothing):
    x = Tensor([1.0, 2.0])
    (x * x).sum().backward()
    x.grad = nothing
    (x * x).sum().backward()
    assert x.grad.tolist() == [2, 4]


def test_plain_numbers_and_arrays_take_part_on_both_sides():
    x = Tensor([[1.0, 2.0]])
    array = np.array([[10.0, 20.0]])
    for result, expected in [
        (2 * x - 1, [[1, 3]]),
        (1 - x, [[0, -1]]),
        (array + x, [[11, 22]]),
        (array * x, [[10, 40]]),
        (x - array, [[-9, -18]]),
        (array.T @ x, [[10, 20], [20, 40]]),
        (-x, [[-1, -2]]),
        (1 + x, [[2, 3]]),
    ]:
        assert isinstance(result, Tensor)
        assert result.data.tolist() == expected


def test_float32_stays_float32_beside_plain_numbers():
    x = Tensor(np.ones((2, 2), np.float32))
    loss = ((2 * x - 1).relu().log_softmax() * 0.5).sum()
    loss.backward()
    assert loss.data.dtype == x.grad.dtype == np.float32
    assert {node.grad.dtype for node in topological_order(loss)} == {np.dtype(np.float32)}
    x.grad = None
    loss.backward()
    assert {node.grad.dtype for node in topological_order(loss)} == {np.dtype(np.float32)}
    assert Tensor([1, 2]).data.dtype == np.float64


def test_an_input_that_is_the_output_adds_up_too_in_its_own_type():
    x = Tensor(np.ones(1, np.float32))
    x.grad = 0.0
    for calls in (1, 2):
        x.backward()
        assert (x.grad.tolist(), x.grad.dtype) == ([calls], np.float32)


def test_a_tensor_knows_the_operation_that_made_it():
    a = Tensor([[0.5]])
    made = {"+": a + a, "-": a - a, "*": a * a, "@": a @ a, "sum": a.sum(), "relu": a.relu()}
    made |= {"log_softmax": a.log_softmax(), "": a}
    assert {name: tensor.operation for name, tensor in made.items()} == {name: name for name in made}
    assert repr(a) == "Tensor(shape=(1, 1))"


def test_sums_and_softmaxes_are_over_the_axis_that_was_asked_for():
    x = Tensor([[0.0, 0.0, 0.0], [1.0, 2.0, 3.0]])
    assert x.sum(1).data.tolist() == [0, 6]
    np.testing.assert_allclose(np.exp(x.log_softmax(1).data).sum(axis=1), [1, 1])


def test_a_gradient_has_the_shape_of_its_array_before_and_after():
    b = Tensor(np.ones((3, 1)))
    assert b.grad.shape == b.shape == (3, 1) and not b.grad.any()
    (b + np.ones((3, 5))).sum().backward()
    assert b.grad.tolist() == [[5], [5], [5]]


def test_the_data_are_the_array_itself_so_that_an_optimizer_changes_it_in_place():
    array = np.ones(3)
    assert Tensor(array).data is array


@pytest.mark.parametrize(
    ("shapes", "expression"),
    [
        ([(0,)], lambda x: x.relu()),
        ([(0, 3), (1, 3)], lambda x, b: x + b),
        ([(2, 0), (0, 3)], lambda A, B: A @ B),
        ([(1, 1)], lambda x: x * x),
        ([()], lambda x: 3 - x * x),
        ([(2, 1), (3,)], lambda a, b: a * b),
        ([(2, 3, 4)], lambda x: x.sum(-1)),
        ([(2, 3, 4)], lambda x: x.sum((-1, 0))),
        ([(2, 3)], lambda x: x * x.sum(1, keepdims=True)),
    ],
)
def test_slopes_are_those_of_differences_in_odd_shapes_and_orders_too(shapes, expression):
    rng = np.random.default_rng(4)
    tensors = [Tensor(np.asfortranarray(rng.standard_normal(shape))) for shape in shapes]
    fixed = Tensor(np.cos(np.arange(expression(*tensors).data.size)).reshape(expression(*tensors).shape))

    def number():
        return (expression(*tensors) * fixed).sum()

    number().backward()
    for tensor in tensors:
        for place in np.ndindex(tensor.shape):
            ends = []
            for step in (1e-6, -2e-6):
                tensor.data[place] += step
                ends.append(float(number().data))
            tensor.data[place] += 1e-6
            assert tensor.grad[place] == pytest.approx((ends[0] - ends[1]) / 2e-6, abs=1e-7)


def test_a_trace_has_shapes_operations_and_parents():
    W, X, b = Tensor(np.ones((2, 3)), label="W"), Tensor(np.ones((3, 4)), label="X"), Tensor(np.ones((2, 1)))
    total = (W @ X + b).relu().sum()
    total.label = "total"
    parts = ("label", "operation", "shape", "parents")
    assert [tuple(map(node.get, parts)) for node in trace_shapes(total)] == [
        ("W", "", (2, 3), []),
        ("X", "", (3, 4), []),
        ("", "@", (2, 4), [0, 1]),
        ("", "", (2, 1), []),
        ("", "+", (2, 4), [2, 3]),
        ("", "relu", (2, 4), [4]),
        ("total", "sum", (), [5]),
    ]
    assert len(topological_order(total)) == 7
    assert repr(W) == "Tensor(shape=(2, 3), label='W')"
    assert repr(total) == "Tensor(shape=(), operation='sum', label='total')"


@pytest.mark.parametrize(
    "make, message",
    [
        (lambda: Tensor(Tensor(1.0)), "^data: expected an array, found a Tensor$"),
        (lambda: Tensor(None), "data: expected real numbers, found NoneType"),
        (lambda: Tensor([1.0]) + "a", "data: expected real numbers, found str"),
        (lambda: Tensor([1j]), "data: expected real numbers, found an array of complex128"),
        (lambda: Tensor(np.array([1.0, None])), "data: expected real numbers, found an array of objects"),
        (lambda: Tensor(np.ones((2, 2))) @ np.ones(2), r"expected shapes \(p, q\) and \(q, r\), found"),
        (
            lambda: Tensor(1.0, (Tensor(2.0),)),
            "^pullback: expected a function, since there are parents, found None$",
        ),
        (lambda: Tensor(1.0, (Tensor(2.0), Tensor(3.0)), lambda d: (d,)).backward(), "zip"),
        (lambda: Tensor(np.ones((2, 3))).backward(), r"with one entry, found shape \(2, 3\): sum it first"),
    ],
)
def test_mistakes_are_named(make, message):
    with pytest.raises(ValueError, match=message):
        make()
