"""The gradient along an array that was broadcast."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import mutually_broadcastable_shapes

from mlcourse.autograd import unbroadcast


@given(mutually_broadcastable_shapes(num_shapes=2, max_dims=4, max_side=4), st.randoms())
def test_it_is_the_transpose_of_broadcasting(shapes, random):
    """For all g and x: g · broadcast(x) = unbroadcast(g) · x, which is what a gradient has to fulfil."""
    rng = np.random.default_rng(random.randrange(2**32))
    x = rng.standard_normal(shapes.input_shapes[0])
    g = rng.standard_normal(shapes.result_shape)
    back = unbroadcast(g, x.shape)
    assert back.shape == x.shape
    assert np.sum(g * np.broadcast_to(x, g.shape)) == pytest.approx(np.sum(back * x), rel=1e-9, abs=1e-9)


def test_an_entry_used_n_times_adds_up_n_gradients():
    assert unbroadcast(np.array([[1.0, 2.0], [3.0, 4.0]]), (2, 1)).tolist() == [[3], [7]]
    assert unbroadcast(np.array([[1.0, 2.0], [3.0, 4.0]]), (1, 2)).tolist() == [[4, 6]]
    assert unbroadcast(np.array([[1.0, 2.0], [3.0, 4.0]]), (2,)).tolist() == [4, 6]
    assert unbroadcast(np.array([[1.0, 2.0], [3.0, 4.0]]), ()) == 10


def test_what_was_not_broadcast_is_left_as_it_is():
    gradient = np.ones((2, 3), np.float32)
    assert unbroadcast(gradient, (2, 3)) is gradient
    assert unbroadcast(gradient, (1, 3)).dtype == np.float32


@pytest.mark.parametrize("shape", [(3, 2), (2,), (1, 2, 3), (2, 2), (4, 1)])
def test_a_shape_that_is_not_broadcast_to_the_gradient_is_named(shape):
    with pytest.raises(ValueError, match=r"expected one that is broadcast to \(2, 3\), found") as raised:
        unbroadcast(np.ones((2, 3)), shape)
    assert str(shape) in str(raised.value)
