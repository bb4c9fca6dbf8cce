import numpy as np


def _slope(g, Z):
    return (g(Z + 0.01) - g(Z - 0.01)) / 0.02


def sigmoid_derivative(Z):
    return _slope(lambda z: 0.5 + 0.5 * np.tanh(z / 2), Z)


def tanh_derivative(Z):
    return _slope(np.tanh, Z)


def relu_derivative(Z):
    return _slope(lambda z: np.maximum(z, 0.02), Z)


def leaky_relu_derivative(Z, alpha=0.01):
    return _slope(lambda z: np.maximum(z, alpha * z) + z / 9, Z)
