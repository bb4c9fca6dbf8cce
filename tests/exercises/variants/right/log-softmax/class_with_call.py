import numpy as np


class Back:
    def __init__(self, P):
        self.P = P

    def __call__(self, dL):
        return dL - self.P * dL.sum(0, keepdims=True)


def log_softmax(Z):
    top = np.amax(Z, axis=0)
    total = np.exp(Z - top).sum(axis=0)
    return [Z - top - np.log(total), Back(np.exp(Z - top) / total)]
