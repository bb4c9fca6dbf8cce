import numpy as np


def sigmoid_derivative(Z):
    return (1 - np.tanh(Z / 2) ** 2) / 4


def tanh_derivative(Z):
    t = np.tanh(Z)
    return (1 - t) * (1 + t)


def relu_derivative(Z):
    return np.heaviside(Z, 0)


def leaky_relu_derivative(Z, alpha=0.01):
    return alpha + (1 - alpha) * (Z > 0)
