import numpy as np


def update_parameters(W1, b1, W2, b2, grads, learning_rate):
    step = lambda p, g: np.add(p, np.negative(learning_rate) * g)  # noqa: E731
    return [step(p, grads["d" + n]) for n, p in (("W1", W1), ("b1", b1), ("W2", W2), ("b2", b2))]
