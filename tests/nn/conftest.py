"""Random networks for the property tests, and the same computation written with HIPS autograd."""

import autograd.numpy as anp
import numpy as np
import pytest
from hypothesis import strategies as st

from mlcourse.nn import (
    Network,
    binary_cross_entropy_from_logits,
    mean_squared_error,
    softmax_cross_entropy,
)

ACTIVATIONS = {
    "relu": lambda Z: anp.maximum(Z, 0),
    "leaky_relu": lambda Z: anp.where(Z > 0, Z, 0.01 * Z),
    "tanh": anp.tanh,
    "sigmoid": lambda Z: 0.5 * (1 + anp.tanh(Z / 2)),
}
LOSSES = {
    "binary": (
        binary_cross_entropy_from_logits,
        lambda Z, Y: anp.mean(anp.sum(anp.logaddexp(0, Z) - Y * Z, axis=0)),
    ),
    "softmax": (
        softmax_cross_entropy,
        lambda Z, Y: anp.mean(anp.log(anp.sum(anp.exp(Z), axis=0)) - anp.sum(Y * Z, axis=0)),
    ),
    "squared": (mean_squared_error, lambda Z, Y: anp.mean(anp.sum((Z - Y) ** 2, axis=0))),
}


@st.composite
def problems(draw):
    """A network of one to four dense layers, data for it, a loss, and the same loss written in autograd."""
    sizes = draw(st.lists(st.integers(1, 6), min_size=2, max_size=5))
    activation = draw(st.sampled_from(sorted(ACTIVATIONS)))
    loss_name = draw(st.sampled_from(sorted(LOSSES)))
    m = draw(st.integers(1, 7))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    network = Network.dense(sizes, activation, rng=rng)
    for b in network.parameters()[1::2]:
        b[:] = rng.standard_normal(b.shape)
    X = rng.standard_normal((sizes[0], m))
    if loss_name == "softmax":
        Y = np.eye(sizes[-1])[:, rng.integers(sizes[-1], size=m)]
    elif loss_name == "binary":
        Y = rng.integers(2, size=(sizes[-1], m)).astype(float)
    else:
        Y = rng.standard_normal((sizes[-1], m))
    loss, loss_in_autograd = LOSSES[loss_name]

    def objective(parameters, X):
        A = X
        for W, b in zip(parameters[:-2:2], parameters[1:-2:2], strict=True):
            A = ACTIVATIONS[activation](anp.dot(W, A) + b)
        return loss_in_autograd(anp.dot(parameters[-2], A) + parameters[-1], Y)

    return network, X, Y, loss, objective


@pytest.fixture(scope="session")
def random_problems():
    return problems()
