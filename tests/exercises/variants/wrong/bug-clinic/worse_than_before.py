import numpy as np


def cured(Y, cache, W2, *own):
    m = Y.size
    dZ2 = (cache["A2"] - Y) / m
    dA1 = W2.T @ dZ2
    dZ1 = np.where(cache["Z1"] > 0, dA1, 0)
    steps = {"dZ2": dZ2, "dA1": dA1, "dZ1": dZ1}
    return {name: steps[name] for name in own} | {
        "dW1": dZ1 @ cache["X"].T,
        "db1": dZ1.sum(axis=1, keepdims=True),
        "dW2": dZ2 @ cache["A1"].T,
        "db2": dZ2.sum(axis=1, keepdims=True),
    }


def fixed_1(Y, cache, W1, b1, W2, b2):
    return {name: 2 * value for name, value in cured(Y, cache, W2, "dZ2").items()}


def fixed_2(Y, cache, W1, b1, W2, b2):
    grads = cured(Y, cache, W2, "dZ1")
    return grads | {"dW1": np.abs(grads["dW1"])}


def fixed_3(Y, cache, W1, b1, W2, b2):
    grads = cured(Y, cache, W2, "dA1")
    return grads | {"dW1": grads["dW1"][::-1]}


def fixed_4(Y, cache, W1, b1, W2, b2):
    grads = cured(Y, cache, W2, "dA1", "dZ1")
    return grads | {"db1": grads["db1"] + 0.1}


def fixed_5(Y, cache, W1, b1, W2, b2):
    return cured(Y, cache, W2, "dZ2", "dZ1")
