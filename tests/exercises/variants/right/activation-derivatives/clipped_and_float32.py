import numpy as np


def sigmoid_derivative(Z):
    e = np.exp(-np.clip(Z, -500, 500))
    return np.asarray(1 / (1 + e) * (1 - 1 / (1 + e)), np.float32)


def tanh_derivative(Z):
    return np.cosh(np.clip(Z, -300, 300)) ** -2.0


def relu_derivative(Z):
    slopes = np.zeros(Z.shape, np.float32)
    slopes[Z > 0] = 1
    return slopes


def leaky_relu_derivative(Z, alpha=0.01):
    return np.select([Z > 0], [1.0], alpha)
