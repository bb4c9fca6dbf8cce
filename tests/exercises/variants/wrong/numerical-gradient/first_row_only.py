import numpy as np


def numerical_gradient(f, theta, epsilon=1e-5):
    gradient = np.zeros_like(theta)
    for i in np.ndindex(theta.shape):
        if i[0] == 0:
            step = np.zeros_like(theta)
            step[i] = epsilon
            gradient[i] = (f(theta + step) - f(theta - step)) / (2 * epsilon)
    return gradient
