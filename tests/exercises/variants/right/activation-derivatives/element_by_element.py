import math

import numpy as np


def _each(slope, Z):
    return np.array([slope(z) for z in Z.ravel()]).reshape(Z.shape)


def sigmoid_derivative(Z):
    return _each(lambda z: math.exp(-abs(z)) / (1 + math.exp(-abs(z))) ** 2, Z)


def tanh_derivative(Z):
    return _each(lambda z: 1 - math.tanh(z) ** 2, Z)


def relu_derivative(Z):
    return Z > 0


def leaky_relu_derivative(Z, alpha=0.01):
    return _each(lambda z: 1 if z > 0 else alpha, Z)
