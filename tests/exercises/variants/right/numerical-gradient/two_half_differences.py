import numpy as np


def numerical_gradient(f, theta, epsilon=1e-5):
    directions = np.eye(theta.size).reshape(theta.size, *theta.shape)
    here = f(theta)
    halves = [(f(theta + epsilon * d) - here) + (here - f(theta - epsilon * d)) for d in directions]
    return (np.array(halves) / (2 * epsilon)).reshape(theta.shape)
