import numpy as np


def forward_propagation(X, W1, b1, W2, b2):
    columns = {"X": [], "Z1": [], "A1": [], "Z2": [], "A2": []}
    for x in X.T:
        z1 = W1.dot(x) + b1[:, 0]
        a1 = z1 * (z1 > 0)
        z2 = W2.dot(a1) + b2[:, 0]
        a2 = 1 / (1 + np.exp(-z2))
        for name, column in zip(columns, (x, z1, a1, z2, a2), strict=True):
            columns[name].append(column)
    cache = {name: np.stack(values, axis=1) for name, values in columns.items()}
    return cache["A2"], cache
