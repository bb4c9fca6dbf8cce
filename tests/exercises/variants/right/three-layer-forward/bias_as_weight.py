import numpy as np


def affine(W, b, A):
    return np.hstack([b, W]) @ np.vstack([np.ones((1, A.shape[1])), A])


def three_layer_forward(X, parameters):
    p = parameters
    Z1 = affine(p["W1"], p["b1"], X)
    A1 = (Z1 + np.abs(Z1)) / 2
    Z2 = affine(p["W2"], p["b2"], A1)
    A2 = (Z2 + np.abs(Z2)) / 2
    Z3 = affine(p["W3"], p["b3"], A2)
    A3 = np.exp(-np.logaddexp(0, -Z3))
    return [A3, dict(X=X, Z1=Z1, A1=A1, Z2=Z2, A2=A2, Z3=Z3, A3=A3)]
