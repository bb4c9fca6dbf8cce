import numpy as np


def matmul_backward(A, B, dC):
    def slopes(theta, f):
        grad = np.zeros_like(theta)
        for index in np.ndindex(theta.shape):
            saved = theta[index]
            theta[index] = saved + 1e-5
            plus = f()
            theta[index] = saved - 1e-5
            grad[index] = (plus - f()) / 2e-5
            theta[index] = saved
        return grad

    A, B = A.copy(), B.copy()

    def f():
        return np.sum(dC * (A @ B))

    return slopes(A, f), slopes(B, f)
