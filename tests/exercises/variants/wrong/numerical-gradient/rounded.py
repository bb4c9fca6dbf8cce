import numpy as np


def numerical_gradient(f, theta, epsilon=1e-5):
    gradient = np.zeros_like(theta)
    for i in np.ndindex(theta.shape):
        step = np.zeros_like(theta)
        step[i] = epsilon
        gradient[i] = round((f(theta + step) - f(theta - step)) / (2 * epsilon), 3)
    return gradient
