import numpy as np


def train_network(X, Y, n_hidden, learning_rate, epochs, rng):
    n, m = X.shape
    W1 = np.sort((rng.standard_normal((n_hidden, n)) * np.sqrt(2 / n)).ravel()).reshape(n_hidden, n)
    W2 = rng.standard_normal((1, n_hidden)) * np.sqrt(2 / n_hidden)
    p = {"W1": W1, "b1": np.zeros((n_hidden, 1)), "W2": W2, "b2": np.zeros((1, 1))}
    losses = []
    for _ in range(epochs):
        Z1 = p["W1"] @ X + p["b1"]
        A1 = np.maximum(Z1, 0)
        Z2 = p["W2"] @ A1 + p["b2"]
        losses.append(np.mean(np.logaddexp(0, Z2) - Y * Z2))
        dZ2 = (1 / (1 + np.exp(-Z2)) - Y) / m
        dZ1 = p["W2"].T @ dZ2 * (Z1 > 0)
        grads = {
            "W1": dZ1 @ X.T,
            "b1": dZ1.sum(1, keepdims=True),
            "W2": dZ2 @ A1.T,
            "b2": dZ2.sum(1, keepdims=True),
        }
        p = {name: p[name] - learning_rate * grads[name] for name in p}
    return p, losses
