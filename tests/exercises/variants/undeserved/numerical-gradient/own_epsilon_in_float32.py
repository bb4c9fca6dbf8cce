import numpy as np


def numerical_gradient(f, theta, epsilon=1e-5):
    epsilon, gradient = 1e-4, np.zeros(theta.shape)
    for index in np.ndindex(theta.shape):
        plus, minus = theta.copy(), theta.copy()
        plus[index] += epsilon
        minus[index] -= epsilon
        gradient[index] = (f(plus) - f(minus)) / (2 * epsilon)
    return gradient.astype(np.float32)
