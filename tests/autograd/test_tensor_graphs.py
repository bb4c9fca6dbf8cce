"""Tensors in random graphs, against HIPS autograd everywhere and against PyTorch where it is asked for."""

import operator

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from mlcourse.autograd import Tensor

SHAPES = [(), (3,), (2, 1), (1, 3), (2, 3), (3, 2), (3, 3)]
BINARY = {"+": operator.add, "-": operator.sub, "*": operator.mul, "@": operator.matmul}
UNARY = ["negative", "relu", "sum", "sum 0", "sum -1", "keep 0", "keep -1", "log_softmax 0", "log_softmax -1"]
STEPS = st.tuples(st.sampled_from([*BINARY, *UNARY]), st.integers(0, 10**6), st.integers(0, 10**6))
graphs = given(
    shapes=st.lists(st.sampled_from(SHAPES), min_size=1, max_size=4),
    steps=st.lists(STEPS, min_size=1, max_size=10),
    seed=st.integers(0, 2**32 - 1),
)


def with_tensors(name, a, axis):
    options = {"axis": axis, "keepdims": name == "keep"}
    return {
        "negative": lambda: -a, "relu": a.relu, "log_softmax": lambda: a.log_softmax(axis),
        "sum": lambda: a.sum(**options), "keep": lambda: a.sum(**options),
    }[name]()  # fmt: skip


def with_autograd(name, a, axis):
    options = {"axis": axis, "keepdims": name == "keep"}
    return {
        "negative": lambda: -a, "relu": lambda: a * (a > 0),
        "log_softmax": lambda: a - anp.log(anp.sum(anp.exp(a), axis=axis, keepdims=True)),
        "sum": lambda: anp.sum(a, **options), "keep": lambda: anp.sum(a, **options),
    }[name]()  # fmt: skip


def with_torch(name, a, axis):
    options = {} if axis is None else {"dim": axis, "keepdim": name == "keep"}
    return {
        "negative": lambda: -a, "relu": a.relu, "log_softmax": lambda: a.log_softmax(axis),
        "sum": lambda: a.sum(**options), "keep": lambda: a.sum(**options),
    }[name]()  # fmt: skip


def fits(shape, other):
    try:
        return len(np.broadcast_shapes(shape, other)) <= 2
    except ValueError:
        return False


def run(nodes, steps, unary):
    """A number computed of the nodes: steps take earlier nodes at random, so that paths meet.

    A step that no node fits is left out. Every node is part of the result.
    """
    for step, first, second in steps:
        name, _, axis = step.partition(" ")
        a = nodes[first % len(nodes)]
        if step in UNARY:
            if not axis or len(a.shape) > 0:
                nodes = [*nodes, unary(name, a, int(axis) if axis else None)]
            continue
        inner = len(a.shape) == 2 and step == "@"
        able = [
            b for b in nodes
            if (len(b.shape) == 2 and b.shape[0] == a.shape[1] if inner else fits(a.shape, b.shape))
        ]  # fmt: skip
        if not able or (step == "@" and not inner):
            continue
        b = able[second % len(able)]
        nodes = [*nodes, BINARY[step](a, b)]
    total = nodes[0].sum() * 0.5
    for node in nodes[1:]:
        total = total + (node * node).sum() * 0.1
    return total, nodes


def drawn(shapes, seed):
    rng = np.random.default_rng(seed)
    return [np.asarray(rng.uniform(0.2, 1.5, s) * rng.choice([-1, 1], s)) for s in shapes]


def ours(arrays, steps):
    tensors = [Tensor(array) for array in arrays]
    total, nodes = run(tensors, steps, with_tensors)
    assume(all(np.abs(node.data).max() < 1e4 for node in nodes))
    total.backward()
    return total.data, [tensor.grad for tensor in tensors]


def assert_equal(found, expected):
    """Up to rounding of the largest number on the way."""
    assert [np.shape(g) for g in found] == [np.shape(g) for g in expected]
    scale = max(1, *(np.abs(g).max() for g in expected))
    for a, b in zip(found, expected, strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-9, atol=1e-10 * scale)


@graphs
@settings(max_examples=150)
def test_gradients_of_random_graphs_agree_with_autograd(shapes, steps, seed):
    arrays = drawn(shapes, seed)
    value, gradients = ours(arrays, steps)
    expected, theirs = autograd.value_and_grad(lambda given: run(list(given), steps, with_autograd)[0])(
        tuple(anp.array(array) for array in arrays)
    )
    assert value == pytest.approx(expected, rel=1e-10)
    assert_equal(gradients, theirs)


@pytest.mark.torch
@graphs
@settings(deadline=None)  # the first example waits for PyTorch
def test_gradients_of_random_graphs_agree_with_pytorch(shapes, steps, seed):
    import torch

    arrays = drawn(shapes, seed)
    value, gradients = ours(arrays, steps)
    tensors = [torch.tensor(array, dtype=torch.float64, requires_grad=True) for array in arrays]
    total, _ = run(list(tensors), steps, with_torch)
    total.backward()
    assert value == pytest.approx(total.item(), rel=1e-10)
    assert_equal(gradients, [tensor.grad.numpy() for tensor in tensors])
