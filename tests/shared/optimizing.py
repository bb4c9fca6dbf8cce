"""What lesson 06 tries its sentences on: a thousand digits, and a ravine."""

import numpy as np

from mlcourse import datasets, nn

known, unseen = datasets.digits().split("train"), datasets.digits().split("test")
X, Y = known.images[:, :1000], known.one_hot[:, :1000]
loss = nn.softmax_cross_entropy


def new_network(seed):
    rng = np.random.default_rng(seed)
    return nn.Network.dense([784, 32, 10], rng=rng), rng


def trained(optimizer, B, seed, epochs=5):
    """Training loss, and share of new digits right."""
    network, rng = new_network(seed)
    nn.train(network, X, Y, loss, optimizer, epochs, B, rng)
    return loss(network.forward(X), Y)[0], np.mean(network.predict(unseen.images) == unseen.labels)


def descend(optimizer, H=None, start=(-10.0, 1.0), steps=600):
    """Losses on the ravine, and the last point."""
    H = np.diag([1.0, 100.0]) if H is None else H
    w, losses = np.array(start)[:, None], []
    for _ in range(steps):
        losses.append((w.T @ H @ w).item() / 2)
        optimizer.step([w], [H @ w])
    return np.array(losses), w
