import numpy as np


def steps(Y, cache, W2):
    dZ2 = cache["A2"] - Y
    return dZ2, (W2.T @ dZ2) * (cache["A1"] > 0)


def gradients(Y, cache, W2):
    m = Y.shape[1]
    dZ2, dZ1 = steps(Y, cache, W2)
    sums = {"dW1": dZ1 @ cache["X"].T, "db1": dZ1.sum(1, keepdims=True)}
    sums |= {"dW2": dZ2 @ cache["A1"].T, "db2": dZ2.sum(1, keepdims=True)}
    return {name: value / m for name, value in sums.items()}


def fixed_1(Y, cache, W1, b1, W2, b2):
    # One line is enough, where the mean is taken at the beginning: then dZ2 has it too.
    return gradients(Y, cache, W2) | {"dZ2": steps(Y, cache, W2)[0] / Y.shape[1]}


def fixed_2(Y, cache, W1, b1, W2, b2):
    return gradients(Y, cache, W2) | {"dZ1": steps(Y, cache, W2)[1]}


def fixed_3(Y, cache, W1, b1, W2, b2):
    dZ2, dZ1 = steps(Y, cache, W2)
    grads = gradients(Y, cache, W2)
    grads["dW1"] = (cache["X"] @ dZ1.T).T / Y.shape[1]
    return {"dA1": W2.T @ dZ2, **grads}


def fixed_4(Y, cache, W1, b1, W2, b2):
    gW1, gb1, gW2, gb2 = 0, 0, 0, 0
    m = Y.shape[1]
    for i in range(m):
        dz2 = cache["A2"][:, [i]] - Y[:, [i]]
        dz1 = W2.T @ dz2 * (cache["Z1"][:, [i]] > 0)
        gW1, gb1 = gW1 + dz1 @ cache["X"][:, [i]].T / m, gb1 + dz1 / m
        gW2, gb2 = gW2 + dz2 @ cache["A1"][:, [i]].T / m, gb2 + dz2 / m
    dA1 = W2.T @ (cache["A2"] - Y)
    steps = {"dA1": dA1, "dZ1": dA1 * (cache["Z1"] > 0)}
    return {"dW1": gW1, "db1": gb1, "dW2": gW2, "db2": gb2, **steps}


def fixed_5(Y, cache, W1, b1, W2, b2):
    dZ2, dZ1 = steps(Y, cache, W2)
    grads = gradients(Y, cache, W2)
    grads["db1"] = np.mean(dZ1, axis=1).reshape(b1.shape)
    return dict(grads, dZ2=dZ2, dZ1=dZ1)
