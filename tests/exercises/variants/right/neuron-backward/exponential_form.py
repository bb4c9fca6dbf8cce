import numpy as np


def neuron_backward(x, w, b, dy):
    z = (w * x).sum() + b
    e = np.exp(-z)
    dsigmoid = e / (1 + e) ** 2
    db = dy * dsigmoid
    grads = np.outer(np.array([db]), np.concatenate([w, x])).ravel()
    return grads[: len(w)], grads[len(w) :], db
