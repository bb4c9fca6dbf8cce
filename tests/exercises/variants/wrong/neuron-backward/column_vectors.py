import numpy as np


def neuron_backward(x, w, b, dy):
    y = 1 / (1 + np.exp(-(w @ x + b)))
    dz = dy * y * (1 - y)
    return dz * w.reshape(-1, 1), dz * x.reshape(-1, 1), dz
