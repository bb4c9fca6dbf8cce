"""What lesson 06 says about time: an epoch of single examples costs many times an epoch of batches of 100."""

import numpy as np
import pytest

from mlcourse.datasets import digits
from mlcourse.nn import GradientDescent, Network, softmax_cross_entropy, train

pytestmark = pytest.mark.benchmark


def test_time_of_one_epoch_by_batch_size(race):
    part = digits().split("train")
    X, Y = part.images[:, :1000], part.one_hot[:, :1000]

    def epoch(size):
        rng = np.random.default_rng(0)
        network = Network.dense([784, 32, 10], rng=rng)
        return lambda: train(network, X, Y, softmax_cross_entropy, GradientDescent(0.001), 1, size, rng)

    sizes = (100, 1000, 10, 1)
    contestants = {f"batches of {size}": epoch(size) for size in sizes}
    race("one epoch over 1000 digits, 784-32-10, float64", contestants, calls=1, repetitions=7)
