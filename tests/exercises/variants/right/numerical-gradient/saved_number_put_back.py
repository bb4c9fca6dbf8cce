import numpy as np


def numerical_gradient(f, theta, epsilon=1e-5):
    gradient = np.empty(theta.shape)
    it = np.nditer(theta, flags=["multi_index"])
    for _ in it:
        i = it.multi_index
        saved = theta[i]
        theta[i] = saved + epsilon
        up = f(theta)
        theta[i] = saved - epsilon
        down = f(theta)
        theta[i] = saved
        gradient[i] = (up - down) / (2 * epsilon)
    return gradient
