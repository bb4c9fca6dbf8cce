import numpy as np


def sigmoid_derivative(Z):
    return np.exp(-(Z**2) / 4) / 4


def tanh_derivative(Z):
    return 1 / (1 + Z**2)


def relu_derivative(Z):
    return 0.5 + 0.5 * np.tanh(Z)


def leaky_relu_derivative(Z, alpha=0.01):
    return np.where(Z > 0, 1 - alpha, alpha)
