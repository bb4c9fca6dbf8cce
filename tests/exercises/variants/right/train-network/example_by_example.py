import numpy as np


def train_network(X, Y, n_hidden, learning_rate, epochs, rng):
    n_x, m = X.shape
    W1 = rng.normal(0, np.sqrt(2 / n_x), (n_hidden, n_x))
    b1 = np.zeros((n_hidden, 1))
    W2 = rng.normal(0, np.sqrt(2 / n_hidden), (1, n_hidden))
    b2 = np.zeros((1, 1))
    losses = []
    for _ in range(epochs):
        loss, gW1, gb1, gW2, gb2 = 0, 0, 0, 0, 0
        for i in range(m):
            x, y = X[:, [i]], Y[0, i]
            z1 = W1 @ x + b1
            a1 = z1 * (z1 > 0)
            a2 = 1 / (1 + np.exp(-(W2 @ a1 + b2)))
            loss -= np.log(a2[0, 0]) if y == 1 else np.log(1 - a2[0, 0])
            dz2 = a2 - y
            dz1 = W2.T * dz2 * (z1 > 0)
            gW2, gb2 = gW2 + dz2 * a1.T, gb2 + dz2
            gW1, gb1 = gW1 + dz1 @ x.T, gb1 + dz1
        losses.append(loss / m)
        W1, b1 = W1 - learning_rate * gW1 / m, b1 - learning_rate * gb1 / m
        W2, b2 = W2 - learning_rate * gW2 / m, b2 - learning_rate * gb2 / m
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}, losses
