import numpy as np


def train_network(X, Y, n_hidden, learning_rate, epochs, rng):
    layers = [
        [rng.standard_normal((n, k)) * (2 / k) ** 0.5, np.zeros((n, 1))]
        for n, k in ((n_hidden, X.shape[0]), (1, n_hidden))
    ]
    (W1, b1), (W2, b2) = layers
    losses = []
    while len(losses) < epochs:
        Z1 = np.einsum("ij,jk->ik", W1, X) + b1
        A1 = np.clip(Z1, 0, None)
        Z2 = np.einsum("ij,jk->ik", W2, A1) + b2
        A2 = 1 / (1 + np.exp(-Z2))
        losses.append(float(np.mean(np.logaddexp(0, Z2) - Y * Z2)))
        dZ2 = A2 - Y
        dZ1 = (W2.T @ dZ2) * (Z1 > 0)
        W2 -= learning_rate * np.mean(dZ2[:, None] * A1[None], axis=2)
        b2 -= learning_rate * dZ2.mean(axis=1, keepdims=True)
        W1 -= learning_rate * (dZ1 @ X.T) / X.shape[1]
        b1 -= learning_rate * dZ1.mean(axis=1, keepdims=True)
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}, losses
