import numpy as np


def numerical_gradient(f, theta, epsilon=1e-5):
    flat = theta.ravel()
    slopes = []
    for i in range(flat.size):
        step = np.zeros(flat.size)
        step[i] = epsilon
        slopes.append(
            (f((flat + step).reshape(theta.shape)) - f((flat - step).reshape(theta.shape))) / epsilon / 2
        )
    return np.array(slopes).reshape(theta.shape)
