"""How many held-out digits a network gets right, and how long its training takes."""

import time

import numpy as np
import pytest
from threadpoolctl import threadpool_limits

from mlcourse.datasets import digits
from mlcourse.nn import Adam, Network, softmax_cross_entropy, train

pytestmark = pytest.mark.benchmark


def test_at_least_92_percent_of_1000_held_out_digits_are_right_on_average_over_five_seeds(capsys):
    training, test = digits().split("train"), digits().split("test")
    accuracies, seconds = [], []
    for seed in range(5):
        rng = np.random.default_rng(seed)
        network = Network.dense([784, 128, 64, 10], rng=rng, dtype=np.float32)
        start = time.perf_counter()
        with threadpool_limits(1):
            train(network, training.images, training.one_hot, softmax_cross_entropy, Adam(0.001), 20, 64, rng)
        seconds.append(time.perf_counter() - start)
        accuracies.append(np.mean(network.predict(test.images) == test.labels))
    with capsys.disabled():
        print(
            f"\ntest accuracy over 5 seeds: mean {np.mean(accuracies):.1%}, "
            f"{min(accuracies):.1%} to {max(accuracies):.1%}, "
            f"standard deviation {np.std(accuracies, ddof=1):.1%}; "
            f"training {np.median(seconds):.1f} s on 1 thread"
        )
    assert np.mean(accuracies) >= 0.92
