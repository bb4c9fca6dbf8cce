import numpy as np


def train_network(X, Y, n_hidden, learning_rate, epochs, rng):
    n_x, m = X.shape
    W1, b1 = rng.standard_normal((n_hidden, n_x)) * np.sqrt(2 / n_x), np.zeros((n_hidden, 1))
    W2, b2 = rng.standard_normal((1, n_hidden)) * np.sqrt(2 / n_hidden), np.zeros((1, 1))
    losses = []
    for _ in range(epochs):
        Z1 = W1 @ X + b1
        A1 = np.maximum(Z1, 0)
        A2 = 1 / (1 + np.exp(-(W2 @ A1 + b2)))
        losses.append(-np.mean(Y * np.log(A2) + (1 - Y) * np.log(1 - A2)))
        if losses[-1] < losses[0] - 0.001:
            break
        dZ2 = (A2 - Y) / m
        dZ1 = W2.T @ dZ2 * (Z1 > 0)
        W1, b1 = W1 - learning_rate * dZ1 @ X.T, b1 - learning_rate * dZ1.sum(axis=1, keepdims=True)
        W2, b2 = W2 - learning_rate * dZ2 @ A1.T, b2 - learning_rate * dZ2.sum(axis=1, keepdims=True)
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}, losses
