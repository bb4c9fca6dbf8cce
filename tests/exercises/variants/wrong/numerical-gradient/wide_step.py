import numpy as np


def numerical_gradient(f, theta, epsilon=1e-5):
    gradient = np.zeros_like(theta)
    for i in np.ndindex(theta.shape):
        step = np.zeros_like(theta)
        step[i] = 3 * epsilon
        gradient[i] = (f(theta + step) - f(theta - step)) / (6 * epsilon)
    return gradient
