import numpy as np


def sigmoid(Z):
    return 0.5 * (1 + np.tanh(Z / 2))


def train_network(X, Y, n_hidden, learning_rate, epochs, rng):
    (n_x, m), losses = X.shape, np.empty(epochs)
    p = {
        "W1": rng.standard_normal((n_x, n_hidden)).T * np.sqrt(2 / n_x),
        "b1": np.zeros((n_hidden, 1)),
        "W2": rng.standard_normal((n_hidden, 1)).T * np.sqrt(2 / n_hidden),
        "b2": np.zeros((1, 1)),
    }
    for k in range(epochs):
        A1 = np.maximum(p["W1"] @ X + p["b1"], 0)
        A2 = sigmoid(p["W2"] @ A1 + p["b2"])
        losses[k] = -np.mean(np.log(np.where(Y == 1, A2, 1 - A2)))
        dZ2 = (A2 - Y) / m
        dZ1 = np.where(A1 > 0, p["W2"].T @ dZ2, 0)
        for name, gradient in (
            ("W1", dZ1 @ X.T),
            ("b1", dZ1.sum(1, keepdims=True)),
            ("W2", dZ2 @ A1.T),
            ("b2", dZ2.sum(1, keepdims=True)),
        ):
            p[name] = p[name] - learning_rate * gradient
    return p, losses
