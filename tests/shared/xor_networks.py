"""Many networks that learn XOR, at once and one at a time, as lesson 03 trains them."""

from functools import cache

import numpy as np

from mlcourse import datasets, nn

X, Y = datasets.xor()
LOSS = nn.binary_cross_entropy_from_logits


def trained(seed, hidden=4, rate=0.5, epochs=2000, X=X, Y=Y):
    network = nn.Network.dense([2, hidden, 1], rng=np.random.default_rng(seed))
    return network, nn.train(network, X, Y, LOSS, nn.GradientDescent(rate), epochs)


@cache
def batched(hidden, count=300, rate=0.5, epochs=2000, biases=0.0):
    """Parameters of XOR networks from seeds 0, 1, ..., all trained at once with einsum."""
    draws = [np.random.default_rng(seed) for seed in range(count)]
    starts = [nn.Network.dense([2, hidden, 1], rng=rng).parameters() for rng in draws]
    W1, b1, W2, b2 = (np.stack(parts) for parts in zip(*starts, strict=True))
    b1 = biases * np.stack([rng.standard_normal((hidden, 1)) for rng in draws])
    return descend(W1, b1, W2, b2, X, Y, rate, epochs)


def descend(W1, b1, W2, b2, X, Y, rate, epochs):
    """Gradient descent on many networks at once; the rate is one for all, or of shape (networks, 1, 1)."""
    for _ in range(epochs):
        Z1 = np.einsum("shx,xm->shm", W1, X) + b1
        A1 = Z1 * (Z1 > 0)
        A2 = 1 / (1 + np.exp(-(np.einsum("soh,shm->som", W2, A1) + b2)))
        dZ2 = (A2 - Y) / Y.size
        dZ1 = np.einsum("soh,som->shm", W2, dZ2) * (Z1 > 0)
        W2 = W2 - rate * np.einsum("som,shm->soh", dZ2, A1)
        b2 = b2 - rate * dZ2.sum(axis=2, keepdims=True)
        W1 = W1 - rate * np.einsum("shm,xm->shx", dZ1, X)
        b1 = b1 - rate * dZ1.sum(axis=2, keepdims=True)
    return W1, b1, W2, b2


def batched_losses(*which, **training):
    W1, b1, W2, b2 = batched(*which, **training)
    Z2 = W2 @ np.maximum(0, W1 @ X + b1) + b2
    return (np.logaddexp(0, Z2) - Y * Z2).mean(axis=(1, 2))


def shut_out(*which, **training):
    """For each network and example whether no unit is open; and for each network whether it is one line."""
    W1, b1, _, _ = batched(*which, **training)
    is_open = W1 @ X + b1 > 1e-12
    line = (is_open.all(axis=2) | ~is_open.any(axis=2)).all(axis=1)
    return ~is_open.any(axis=1), line


def floors(*which, **training):
    silent, _ = shut_out(*which, **training)
    result = []
    for row in silent:
        p = Y[0, row].mean() if row.any() else 0
        result.append(0 if p in (0, 1) else row.mean() * -(p * np.log(p) + (1 - p) * np.log(1 - p)))
    return np.array(result)
