# named: slope-of-relu
import numpy as np


def neuron_backward(x, w, b, dy):
    dz = dy * float(np.dot(w, x) + b > 0)
    return dz * w, dz * x, dz
