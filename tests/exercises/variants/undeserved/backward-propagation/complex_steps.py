import numpy as np


def backward_propagation(Y, cache, W1, b1, W2, b2):
    parameters = {"W1": W1 + 0j, "b1": b1 + 0j, "W2": W2 + 0j, "b2": b2 + 0j}

    def loss():
        Z1 = parameters["W1"] @ cache["X"] + parameters["b1"]
        Z2 = parameters["W2"] @ np.where(Z1.real > 0, Z1, 0) + parameters["b2"]
        return np.mean(np.log(1 + np.exp(Z2)) - Y * Z2)

    grads = {}
    for name, theta in parameters.items():
        grad = np.zeros(theta.shape)
        for index in np.ndindex(theta.shape):
            theta[index] += 1e-30j
            grad[index] = loss().imag / 1e-30
            theta[index] -= 1e-30j
        grads[f"d{name}"] = grad
    return grads
