"""What the graph costs: one step on the digits with tensors, with `nn`, with PyTorch if it is there."""

from importlib.util import find_spec

import numpy as np
import pytest

from mlcourse import nn
from mlcourse.autograd import Tensor
from mlcourse.datasets import digits

pytestmark = pytest.mark.benchmark
SIZES = [(784, 128), (128, 64), (64, 10)]


@pytest.mark.parametrize("m", [20, 64])
def test_time_of_one_step(race, m):
    """Lesson 09's network, one batch of m digits in float64: loss, gradients and update."""
    train, rng = digits().split("train"), np.random.default_rng(0)
    X, Y = train.images[:, :m].astype(float), train.one_hot[:, :m].astype(float)
    network = nn.Network.dense([784, 128, 64, 10], rng=rng)
    optimizer = nn.GradientDescent(0.05)
    parameters = [Tensor(array.copy()) for array in network.parameters()]

    def with_nn():
        _, dZ = nn.softmax_cross_entropy(network.forward(X), Y)
        network.backward(dZ)
        optimizer.step(network.parameters(), network.gradients())

    def with_tensors():
        W1, b1, W2, b2, W3, b3 = parameters
        A2 = (W2 @ (W1 @ Tensor(X) + b1).relu() + b2).relu()
        loss = ((W3 @ A2 + b3).log_softmax() * Y).sum() * (-1 / m)
        for parameter in parameters:
            parameter.grad = 0.0
        loss.backward()
        for parameter in parameters:
            parameter.data -= 0.05 * parameter.grad

    contestants = {"nn": with_nn, "tensors": with_tensors}
    if find_spec("torch"):
        import torch

        torch.set_num_threads(1)
        theirs = [torch.tensor(array.copy(), requires_grad=True) for array in network.parameters()]
        inputs, labels = torch.tensor(X), torch.tensor(Y)

        def with_torch():
            W1, b1, W2, b2, W3, b3 = theirs
            A2 = (W2 @ (W1 @ inputs + b1).relu() + b2).relu()
            loss = ((W3 @ A2 + b3).log_softmax(0) * labels).sum() * (-1 / m)
            for parameter in theirs:
                parameter.grad = None
            loss.backward()
            with torch.no_grad():
                for parameter in theirs:
                    parameter -= 0.05 * parameter.grad

        contestants["PyTorch"] = with_torch
    race(f"one step on {m} digits", contestants, calls=20)
